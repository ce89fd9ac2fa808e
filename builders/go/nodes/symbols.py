"""Identifiers, and names that come from somewhere: mentioning a symbol is importing it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

KEYWORDS: Final = frozenset((
    "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func", "go",
    "goto", "if", "import", "interface", "map", "package", "range", "return", "select", "struct", "switch", "type",
    "var",
))


class InvalidNameError(ValueError):
    """A keyword, or no identifier, where a name has to be: a mistake in a builder, never of a document."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """Something exported by another package, by the import path of that package: ``net/http``, ``Request``."""

    path: str
    name: str


@lru_cache(maxsize=65_536)
def is_identifier(text: str) -> bool:
    """Whether ``text`` is a name in Go (spec, Identifiers): letters, ``_`` and decimal digits, and no keyword."""
    if text in KEYWORDS:
        return False
    if text.isascii():
        return text.isidentifier()
    return not text[:1].isdecimal() and all(_may_stand(character) for character in text)


def _may_stand(character: str) -> bool:
    category = unicodedata.category(character)
    return character == "_" or category == "Nd" or category[0] == "L"


def checked(text: str) -> str:
    """``text``, which must be an identifier.

    Raises:
        InvalidNameError: it is a keyword or no identifier.
    """
    if not is_identifier(text):
        raise InvalidNameError(text)
    return text
