"""The regular expressions of Django's validators in other dialects: that of JSON Schema, and Python's own as a text alone.

Python's ``$`` is also before a newline at the end, which it is to no other engine (``re``, Regular Expression Syntax).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.core import validators as django

_FLAGS: Final = re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE | re.LOCALE
_ONLY_PYTHON: Final = re.compile(r"\(\?(?:[aiLmsux-]+[:)]|P=|P>|#|\(|>)|[*+?}]\+|\{,")
_TOKEN: Final = re.compile(r"\\[\s\S]|\(\?P<\w+>|[\s\S]")
_ASCII: Final = {"d": "0-9", "w": "a-zA-Z0-9_", "s": r" \t\n\r\f\v"}
_ASCII_NOT: Final = {"D": "d", "W": "w", "S": "s"}


def json_pattern(validator: object) -> str | None:
    """The regular expression of a validator as JSON Schema writes it (ECMA-262); ``None`` where it cannot say the same."""
    regex = _regex(validator)
    return None if regex is None else _written(regex, _Ecma)


def python_pattern(validator: object) -> str | None:
    """The same in Python's dialect, without the flags of a compiled one; ``None`` where ``json_pattern`` is."""
    regex = _regex(validator)
    return None if regex is None else _written(regex, _Python)


def _regex(validator: object) -> re.Pattern[str] | None:
    if not isinstance(validator, django.RegexValidator) or type(validator).__call__ is not django.RegexValidator.__call__:
        return None
    regex = validator.regex
    if validator.inverse_match or not isinstance(regex, re.Pattern) or regex.flags & _FLAGS:
        return None
    text: str = regex.pattern
    return regex if text and not _ONLY_PYTHON.search(re.sub(r"\\.", "", text)) else None


class _UnsaidError(Exception):
    """Something that has no other spelling."""


def _written(regex: re.Pattern[str], spelling: type[_Spelling]) -> str | None:
    try:
        return "".join(spelling(regex).tokens())
    except _UnsaidError:
        return None


class _Spelling:
    """Writes a regular expression anew, token by token."""

    def __init__(self, regex: re.Pattern[str]) -> None:
        self.text: str = regex.pattern
        self.ascii = bool(regex.flags & re.ASCII)

    def tokens(self) -> Iterator[str]:
        """What each token becomes."""
        depth, inside = 0, -1  # where a set of characters began
        for found in _TOKEN.finditer(self.text):
            token, at = found[0], found.start()
            if token.startswith("\\"):
                yield self.escape(token[1], inside=inside >= 0)
            elif inside >= 0:
                first = at == inside + 1 or (at == inside + 2 and self.text[at - 1] == "^")
                inside = -1 if token == "]" and not first else inside
                yield token
            elif token == "$":
                rest = self.text[found.end() :]
                yield self.end(last=not rest.strip(")") or (rest.startswith("|") and not depth))
            else:
                inside = at if token == "[" else -1
                depth += token.startswith("(") - (token == ")")
                yield self.group(token) if token.startswith("(?P") else token

    def escape(self, letter: str, *, inside: bool) -> str:
        """An escaped character; of classes that mean ASCII alone, the characters themselves."""
        if not self.ascii or letter not in "dDwWsSbB" or (letter == "b" and inside):
            return f"\\{letter}"
        if letter in _ASCII:
            return _ASCII[letter] if inside else f"[{_ASCII[letter]}]"
        if letter in _ASCII_NOT and not inside:
            return f"[^{_ASCII[_ASCII_NOT[letter]]}]"
        raise _UnsaidError

    def end(self, *, last: bool) -> str:
        """The end of the text; ``last`` where nothing has to match behind it."""
        raise NotImplementedError

    def group(self, token: str) -> str:
        """The beginning of a group that has a name."""
        raise NotImplementedError


class _Ecma(_Spelling):
    def escape(self, letter: str, *, inside: bool) -> str:
        return {"Z": "$", "A": "^"}.get(letter) or super().escape(letter, inside=inside)

    def end(self, *, last: bool) -> str:
        return r"\n?$" if last else r"(?=\n?$)"

    def group(self, token: str) -> str:
        return token.replace("P", "", 1)


class _Python(_Spelling):
    def end(self, *, last: bool) -> str:
        return "$"

    def group(self, token: str) -> str:
        return "("  # groups are counted as they were; who reads ECMA-262 alone takes a named one for a fault
