"""Text as proto3 spells it: string and number literals, comments. Escapes for where each stands."""

from __future__ import annotations

import math
import re

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\"\\\\\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_NO_COMMENT = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def string_literal(value: str) -> str:
    """``value`` in double quotes. What cannot be seen is written as octal bytes of UTF-8, which no digit after it changes."""
    if value.isascii() and value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return f'"{_UNSAFE.sub(_escape, value)}"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    short = _SHORT.get(character)
    if short is not None:
        return short
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"  # half a pair is no text, and a string has to be UTF-8
    return "".join(f"\\{byte:03o}" for byte in character.encode())


def number_literal(value: int | float) -> str:
    """A number as the value of an option (``inf`` and ``nan`` are words)."""
    if isinstance(value, int) or math.isfinite(value):
        return repr(value)
    return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"


def comment_lines(text: str) -> list[str]:
    """``text`` as the lines of a comment, without the slashes: none blank at its beginning or end, nothing invisible in it."""
    if text.isascii() and text.isprintable():
        line = text.strip()
        return [line] if line else []
    lines = [_NO_COMMENT.sub("", line).replace("\t", "  ").rstrip() for line in _LINE_END.split(text)]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def docstring_lines(text: str) -> list[str]:
    """The same for services and rpcs, whose comments grpc's plugin for Python copies into docstrings as they are."""
    if "\\" not in text and '"""' not in text:
        return comment_lines(text)
    return comment_lines(text.replace("\\", "\\\\").replace('"""', "'''"))
