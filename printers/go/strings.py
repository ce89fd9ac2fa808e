"""Literals: strings, characters, numbers and struct tags, escaped for where they stand (Go spec, String literals)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_SHORT: Final = {"\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v", "\\": "\\\\"}


def string_literal(value: str) -> str:
    """``"value"``. What cannot be seen is escaped; half of a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD."""
    if '"' not in value and "\\" not in value and value.isprintable():
        return f'"{value}"'
    return '"' + "".join([_escaped(character, '"') for character in value]) + '"'


def rune_literal(value: str) -> str:
    """``'v'``."""
    return "'" + _escaped(value, "'") + "'"


def raw_string_literal(value: str) -> str:
    """The value between backquotes, or between double quotes where backquotes cannot hold it on one line."""
    if "`" not in value and value.isprintable():
        return f"`{value}`"
    return string_literal(value)


def _escaped(character: str, quote: str) -> str:
    if character == quote:
        return "\\" + quote
    short = _SHORT.get(character)
    if short is not None:
        return short
    if character.isprintable():
        return character
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\\ufffd"
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def number_literal(value: int | float) -> str:
    """A number with all of its digits; a float is never written as an integer."""
    return repr(value)


def struct_tag(pairs: Sequence[tuple[str, str]]) -> str:
    """``key:"value"`` pairs as ``reflect.StructTag`` reads them, in backquotes where these can hold them."""
    if len(pairs) == 1:
        [(key, value)] = pairs
        return raw_string_literal(f"{key}:{string_literal(value)}")
    return raw_string_literal(" ".join([f"{key}:{string_literal(value)}" for key, value in pairs]))
