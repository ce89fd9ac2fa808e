"""Text as TypeScript spells it: string, template and number literals, property keys, comments. Escapes for where each stands."""

from __future__ import annotations

import re
from functools import lru_cache

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\\\\\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_SHORT = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", "\v": "\\v"}
_PLAIN_STRING = re.compile(r"[ !#-\[\]-~]*")
_ASCII_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_ONLY_IN_ECMASCRIPT = re.compile(
    "[\u037a\u0e33\u0eb3\ufc5e-\ufc63\ufdfa\ufdfb\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e\uff9e\uff9f]"
)
"""Characters of ECMAScript identifiers that Python's own do not have."""


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    return _SHORT.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def string_literal(value: str) -> str:
    """``value`` in double quotes, in single ones where that needs fewer escapes."""
    if _PLAIN_STRING.fullmatch(value):
        return f'"{value}"'
    quote = "'" if value.count('"') > value.count("'") else '"'
    return quote + _UNSAFE.sub(_escape, value).replace(quote, "\\" + quote) + quote


def template_text(value: str) -> str:
    """``value`` as it stands between backticks, on one line."""
    return _UNSAFE.sub(_escape, value).replace("`", "\\`").replace("${", "\\${")


def regex_literal(pattern: str, flags: str) -> str:
    """``/pattern/flags``: slashes outside classes and line ends are escaped, an empty pattern is made one that is no comment."""
    out: list[str] = []
    in_class = escaped = False
    for character in pattern:
        if escaped:
            escaped = False
            out.append(_UNSAFE.sub(_escape, character)[1:] if character in "\n\r\u2028\u2029" else character)
            continue
        if character == "\\":
            escaped = True
        elif character == "[":
            in_class = True
        elif character == "]":
            in_class = False
        elif character == "/" and not in_class:
            out.append("\\")
        out.append(character if character == "\\" else _UNSAFE.sub(_escape, character))
    if escaped:
        out.append("\\")
    return f"/{''.join(out) or '(?:)'}/{flags}"


def number_literal(value: int | float) -> str:
    """A number as ECMAScript and Prettier write it."""
    if isinstance(value, int):
        return str(value)
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    mantissa, _, exponent = repr(value).partition("e")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


@lru_cache(maxsize=16_384)
def is_identifier(text: str) -> bool:
    """Whether ``text`` may stand as a property name without quotes."""
    if text.isascii():
        return bool(_ASCII_IDENTIFIER.fullmatch(text))
    return _ONLY_IN_ECMASCRIPT.sub("a", text).replace("$", "a").isidentifier()


def type_key(name: str | int) -> str:
    """A property's name in an interface, object type or class."""
    if isinstance(name, int):
        return str(name)
    return name if is_identifier(name) else string_literal(name)


def object_key(name: str) -> str:
    """A property's name in an object literal, where a plain ``__proto__`` would set the prototype."""
    return '["__proto__"]' if name == "__proto__" else type_key(name)


_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_NO_COMMENT = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)
_TAG = re.compile(r"(^|\s|\{)@(?=\S)")


def comment_lines(text: str) -> list[str]:
    """``text`` as lines of a JSDoc comment: nothing in it ends the comment, is taken for a tag, or is invisible."""
    if text.isascii() and text.isprintable() and "@" not in text and "*/" not in text:
        return [text.rstrip()]
    found: list[str] = []
    for line in _LINE_END.split(text):
        line = _NO_COMMENT.sub("", line).replace("\t", "  ").replace("*/", "*\\/")
        found.append(_TAG.sub(r"\1\\@", line).rstrip())
    return found
