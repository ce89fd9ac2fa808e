"""Text as it stands in Python source: string literals and docstrings, escaped and laid out as black leaves them."""

from __future__ import annotations

import re
from functools import lru_cache

_WIDTH = 88


def string_literal(value: str) -> str:
    """A literal of exactly ``value``: double quotes, unless single ones need fewer escapes."""
    body = _escaped(value)
    if '"' in body and body.count("'") < body.count('"'):
        return "'" + body.replace("'", "\\'") + "'"
    return '"' + body.replace('"', '\\"') + '"'


def _escaped(value: str) -> str:
    if value.isprintable() and "\\" not in value:
        return value
    return "".join(_escape(c) for c in value)


def _escape(character: str) -> str:
    known = _ESCAPES.get(character)
    if known is not None:
        return known
    if character.isprintable():
        return character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def docstring_literal(text: str, depth: int) -> str:
    """A docstring that stands ``depth`` levels deep, without the indentation of its further lines.

    Lines are wrapped to fit; the closing quotes of several lines stand alone.
    """
    lines = clean_lines(text, _WIDTH - 4 * depth, 3)
    if not lines:
        lines = ["."]
    shown = [_protected(line) for line in lines]
    if shown[0].startswith('"'):
        shown[0] = "\\" + shown[0]
    if len(shown) > 1:
        return '"""' + "\n".join(shown) + '\n"""'
    only = shown[0]
    return f'"""{only} """' if only.endswith('"') else f'"""{only}"""'


def _protected(line: str) -> str:
    """``line`` with nothing in it that would end the docstring or mean something else than itself."""
    if not line.isprintable() or "\\" in line:
        line = "".join(_escape(c) for c in line)
    return _QUOTES.sub(lambda found: '\\"' * len(found[0]), line) if '""' in line else line


_QUOTES = re.compile(r'"{2,}')
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"( +)")
_BLANKS = re.compile(r"[^\S\n]")


@lru_cache(maxsize=16_384)
def _cleaned(text: str) -> tuple[str, ...]:
    if text.isprintable():
        text = text.strip()
        return (_BLANKS.sub(" ", text),) if text else ()
    lines = [_BLANKS.sub(" ", line.expandtabs(4)).rstrip() for line in _BREAKS.split(text)]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        del lines[-1]
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines[1:] if line), default=0)
    result: list[str] = []
    for index, line in enumerate(lines):
        line = line.strip() if index == 0 else line[margin:]
        if line or (result and result[-1]):
            result.append(line)
    return tuple(result)


def clean_lines(text: str, width: int, first: int = 0, last: int = 3) -> list[str]:
    """The lines of a text from a document, wrapped to ``width``.

    Margins, trailing blanks and runs of empty lines go; tables, code and what cannot be broken stay as they are.
    ``first`` columns are taken on the first line, ``last`` after a text of one line.
    """
    lines = _cleaned(text)
    if not lines:
        return []
    if len(lines) == 1 and len(lines[0]) + first + last <= width:
        return list(lines)
    result: list[str] = []
    fenced = False
    for index, line in enumerate(lines):
        lead = first if index == 0 else 0
        if line.lstrip().startswith("```"):
            fenced = not fenced
        if fenced or len(line) + lead <= width or line.startswith(("|", "    ")):
            result.append(line)
        else:
            result.extend(_wrapped(line, width, lead))
    margin = min((len(line) - len(line.lstrip(" ")) for line in result[1:] if line), default=0)
    return [result[0], *(line[margin:] for line in result[1:])] if margin else result


def _wrapped(line: str, width: int, lead: int) -> list[str]:
    indent = re.match(r" *(?:[-*+] |\d+[.)] )?", line)
    hanging = " " * len(indent[0]) if indent else ""
    lines: list[str] = []
    current: list[str] = []
    length, limit = 0, width - lead
    for chunk in filter(None, _SPACES.split(line)):
        if length + len(chunk) > limit and current:
            _close(lines, current, hanging)
            length = 0
            if lines:
                limit = width - len(hanging)
        if current or not lines or not chunk.isspace():
            current.append(chunk)
            length += len(chunk)
    _close(lines, current, hanging)
    return lines


def _close(lines: list[str], chunks: list[str], hanging: str) -> None:
    """Moves ``chunks`` into a line, less the blanks at its end, unless they are all there is."""
    if chunks[-1:] and chunks[-1].isspace():
        chunks.pop()
    if chunks:
        lines.append((hanging if lines else "") + "".join(chunks))
        chunks.clear()
