"""Whether a pattern is an ECMA-262 regular expression, decided without an engine; and the flags it needs.

A regex literal that is not valid would break the whole file, so what this small grammar does not know for certain is refused
(ECMA-262 §22.2.1; Annex B's leniencies are taken only where every engine agrees on them).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that may stand between slashes, with its flags."""

    source: str
    flags: str


@lru_cache(maxsize=8_192)
def ecma_pattern(text: str) -> Pattern | None:
    r"""``text`` as a regex literal's content; ``None`` where it is not certain to be one.

    ``\A`` and ``\Z``, which Python and Ruby authors write, become ``^`` and ``$``. Property escapes and characters beyond
    the basic plane ask for the flag ``u``.
    """
    source = _ANCHORS.sub(lambda match: _ANCHOR[match.group(2)] if match.group(2) else match.group(), text)
    unicode = any(ord(char) > 0xFFFF for char in source) or bool(_UNICODE_ESCAPE.search(source))
    if not source or _UNPRINTABLE.search(source) or _POSIX_CLASS.search(source) or not _Reader(source, unicode).reads():
        return None
    return Pattern(source, "u" if unicode else "")


_ANCHORS = re.compile(r"(\\\\)|\\([AZz])")
_ANCHOR = {"A": "^", "Z": "$", "z": "$"}
_UNICODE_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\(?:[pP]\{|u\{)")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")
_QUANTIFIER = re.compile(r"(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??")
_PROPERTY = re.compile(r"\{(?:L[ultmo]?|M[nce]?|N[dlo]?|P[dsecoif]?|S[mcko]?|Zs?|C[cf]?|Alphabetic)\}")
_POSIX_CLASS = re.compile(r"\[:\w+:\]")
_GROUP = re.compile(r"\?(?::|=|!|<=|<!|<([A-Za-z_$][A-Za-z0-9_$]*)>)")
_HEX = {"x": re.compile(r"[0-9A-Fa-f]{2}"), "u": re.compile(r"[0-9A-Fa-f]{4}")}
_CODE_POINT = re.compile(r"\{0*(?:10|[0-9A-Fa-f])?[0-9A-Fa-f]{1,4}\}")
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_CLASSES = frozenset("dDwWsS")
_CONTROLS = frozenset("tnrvf0")
_PLAIN_IDENTITY = frozenset("!\"#%&',-:;<=>@_`~ ")
"""What is often escaped without need; an identity escape wherever Annex B holds."""


class _Reader:
    """Reads a pattern once from left to right; false at the first thing that is not certain."""

    __slots__ = ("at", "names", "text", "unicode")

    def __init__(self, text: str, unicode: bool) -> None:
        self.text, self.unicode, self.at = text, unicode, 0
        self.names: set[str] = set()

    def reads(self) -> bool:
        depth = 0
        lookbehinds: list[bool] = []
        quantifiable = False
        while self.at < len(self.text):
            char = self.text[self.at]
            self.at += 1
            if char == "\\":
                known = self._escape()
                if known is None:
                    return False
                quantifiable = known
            elif char == "[":
                if not self._char_class():
                    return False
                quantifiable = True
            elif char == "(":
                assertion = self._group()
                if assertion is None:
                    return False
                lookbehinds.append(assertion)
                depth += 1
                quantifiable = False
            elif char == ")":
                if not depth:
                    return False
                depth -= 1
                quantifiable = not lookbehinds.pop()
            elif char in "*+?{":
                if not quantifiable or not self._quantifier():
                    return False
                quantifiable = False
            elif char in "]}":
                return False
            else:
                quantifiable = char not in "^$|"
        return depth == 0

    def _escape(self, in_class: bool = False) -> bool | None:
        """Whether what was read may be repeated; ``None`` where it is no certain escape."""
        if self.at >= len(self.text):
            return None
        char = self.text[self.at]
        self.at += 1
        if char in "bB":
            return None if in_class and char == "B" else in_class
        if char in _CLASSES or char in _SYNTAX:
            return True
        if char in _CONTROLS:
            return None if self.text[self.at : self.at + 1].isdigit() else True
        if char in "pP":
            return self._take(_PROPERTY) if self.unicode else None
        if char == "u" and self.unicode and self.text[self.at : self.at + 1] == "{":
            return self._take(_CODE_POINT)
        if char in _HEX:
            return self._take(_HEX[char])
        if char == "-" and in_class:
            return True
        return True if char in _PLAIN_IDENTITY and not self.unicode else None

    def _take(self, expression: re.Pattern[str]) -> bool | None:
        match = expression.match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return True

    def _char_class(self) -> bool:
        if self.text[self.at : self.at + 1] == "^":
            self.at += 1
        previous: int | None = None
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "]":
                self.at += 1
                return True
            is_range = char == "-" and previous is not None and self.text[self.at + 1 : self.at + 2] not in ("]", "")
            if is_range:
                self.at += 1
            low, previous = previous, self._class_atom()
            if previous == _REFUSED or (is_range and (low is None or previous < low or previous == _A_CLASS or low == _A_CLASS)):
                return False
            if is_range or previous == _A_CLASS:
                previous = None
                if not is_range and self.text[self.at : self.at + 1] == "-" and self.text[self.at + 1 : self.at + 2] != "]":
                    return False
        return False

    def _class_atom(self) -> int:
        """A character's code, ``_A_CLASS`` for a class of them, ``_REFUSED`` where it is no certain atom."""
        char = self.text[self.at]
        self.at += 1
        if char != "\\":
            return _REFUSED if char == "[" and self.unicode else ord(char)
        start = self.at
        if self._escape(in_class=True) is None:
            return _REFUSED
        read = self.text[start : self.at]
        if read[0] in _CLASSES or read[0] in "pP":
            return _A_CLASS
        if read[0] in "xu":
            return int(read[1:].strip("{}"), 16)
        return _CONTROL_CODES.get(read[0], ord(read[0]))

    def _group(self) -> bool | None:
        """Whether it is an assertion, which nothing may repeat; ``None`` where it is no certain group."""
        if self.text[self.at : self.at + 1] != "?":
            return False
        match = _GROUP.match(self.text, self.at)
        if match is None:
            return None
        if match.group(1):
            if match.group(1) in self.names:
                return None
            self.names.add(match.group(1))
        self.at = match.end()
        return match.group() in ("?=", "?!", "?<=", "?<!")

    def _quantifier(self) -> bool:
        match = _QUANTIFIER.match(self.text, self.at - 1)
        if match is None:
            return False
        self.at = match.end()
        low, high = match.group(1), match.group(2)
        return not (high and int(low) > int(high))


_REFUSED = -2
_A_CLASS = -1
_CONTROL_CODES = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13, "0": 0, "b": 8}
