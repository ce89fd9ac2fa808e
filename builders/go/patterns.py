r"""ECMA-262 regular expressions in the syntax of Go's regexp, which is RE2's.

Only what is certain is carried over, and where the two differ, Go's may match more, never less: what a document allows is never
refused. RE2 has no look-around and no backreferences; ``\s`` there is ASCII, and ``.`` stops at a newline only.
"""

from __future__ import annotations

import re
from functools import lru_cache

_MAX_LENGTH = 1_000
_MAX_REPEAT = 1_000
"""Go compiles no expression that repeats a thing more often, nested repetitions multiplied."""
_MAX_DEPTH = 50


@lru_cache(maxsize=8_192)
def re2_pattern(text: str) -> str | None:
    r"""``text`` as Go writes it; ``None`` where it is not certain to mean the same, or not certain to compile.

    ``\A``, ``\Z`` and ``\z``, which Python and Ruby authors write, are kept as they mean them.
    """
    if not text or len(text) > _MAX_LENGTH or _UNPRINTABLE.search(text):
        return None
    reader = _Reader(text)
    try:
        found = reader.alternatives(0)
    except _UncertainError:
        return None
    return found if reader.at == len(text) else None


class _UncertainError(Exception):
    """Something that Go has not, or that engines read in different ways."""


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_QUANTIFIER = re.compile(r"(?:[*+?]|\{(\d+)(,?)(\d*)\})")
_GROUP = re.compile(r"\?(?::|<[A-Za-z_$][A-Za-z0-9_$]*>)")
_PROPERTY = re.compile(
    r"\{(?:General_Category=|gc=)?((?:L[ultmo]?|M[nce]?|N[dlo]?|P[dsecoif]?|S[mcko]?|Z[slp]?|C[cf]))\}"
)
_HEX = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}")
_CONTROL_CODES = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}
_ANCHORS = {"A": "\\A", "Z": "\\z", "z": "\\z", "b": "\\b", "B": "\\B"}
_SPECIAL = frozenset("\\.+*?()|[]{}^$")
_SPACES = "\\s\\v\\p{Z}\\x{FEFF}"
"""White space and line terminators of ECMA-262 (§12.2, §12.3), inside a class."""
_ANYTHING = "(?s:.)"


class _Reader:
    """Reads a pattern once from left to right and says it in Go's words."""

    __slots__ = ("at", "text")

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def alternatives(self, depth: int, repeated: int = 1) -> str:
        """Everything up to a closing parenthesis or the end; ``repeated``: how often what is around repeats it."""
        if depth > _MAX_DEPTH:
            raise _UncertainError
        found: list[str] = []
        while self.at < len(self.text) and self.text[self.at] != ")":
            if self.text[self.at] == "|":
                self.at += 1
                found.append("|")
            else:
                found.append(self._term(depth, repeated))
        return "".join(found)

    def _term(self, depth: int, repeated: int) -> str:
        start = self.at
        atom, quantifiable = self._atom(depth, repeated)
        match = _QUANTIFIER.match(self.text, self.at)
        if match is None:
            return atom
        times = _times(match)
        if not quantifiable or times * repeated > _MAX_REPEAT:
            raise _UncertainError
        if times > 1 and atom[0] == "(" and atom != _ANYTHING:
            # What is inside repeats as often again: read once more with that in mind.
            self.at = start
            self._atom(depth, repeated * times)
        self.at = match.end()
        lazy = self.text[self.at : self.at + 1] == "?"
        self.at += lazy
        if _QUANTIFIER.match(self.text, self.at):
            raise _UncertainError
        return atom + match.group() + "?" * lazy

    def _atom(self, depth: int, repeated: int) -> tuple[str, bool]:
        char = self.text[self.at]
        self.at += 1
        if char == "\\":
            return self._escape()
        if char == "[":
            return self._char_class(), True
        if char == "(":
            return self._group(depth, repeated), True
        if char in "^$":
            return char, False
        if char == ".":
            return char, True
        if char in "*+?" or (char == "{" and _QUANTIFIER.match(self.text, self.at - 1)):
            raise _UncertainError
        return _literal(char), True

    def _group(self, depth: int, repeated: int) -> str:
        opening = "("
        if self.text[self.at : self.at + 1] == "?":
            match = _GROUP.match(self.text, self.at)
            if match is None:
                raise _UncertainError
            self.at = match.end()
            opening = "(?:"
        inside = self.alternatives(depth + 1, repeated)
        if self.text[self.at : self.at + 1] != ")":
            raise _UncertainError
        self.at += 1
        return f"{opening}{inside})"

    def _escape(self) -> tuple[str, bool]:
        char = self.text[self.at : self.at + 1]
        if char in _ANCHORS and char:
            self.at += 1
            return _ANCHORS[char], False
        if char and char in "dDwWS":
            self.at += 1
            return f"\\{char}", True
        if char == "s":
            self.at += 1
            return f"[{_SPACES}]", True
        if char and char in "pP":
            return self._property(), True
        return _literal_code(self._character()), True

    def _property(self) -> str:
        match = _PROPERTY.match(self.text, self.at + 1)
        if match is None:
            raise _UncertainError
        letter = self.text[self.at]
        self.at = match.end()
        return f"\\{letter}{{{match.group(1)}}}"

    def _character(self) -> int:
        """The code of the character that an escape means."""
        char = self.text[self.at : self.at + 1]
        if char in _CONTROL_CODES and char:
            self.at += 1
            return _CONTROL_CODES[char]
        match = _HEX.match(self.text, self.at)
        if match is not None:
            code = int(match.group(1) or match.group(2) or match.group(3), 16)
            if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
                raise _UncertainError
            self.at = match.end()
            return code
        if char == "0" and not self.text[self.at + 1 : self.at + 2].isdigit():
            self.at += 1
            return 0
        if not char or not char.isascii() or char.isalnum():
            raise _UncertainError
        self.at += 1
        return ord(char)

    # --- classes

    def _char_class(self) -> str:
        negated = self.text[self.at : self.at + 1] == "^"
        self.at += negated
        parts: list[str] = []
        classes: list[str] = []
        while self.text[self.at : self.at + 1] != "]":
            if self.at >= len(self.text):
                raise _UncertainError
            low = self._member(negated)
            if isinstance(low, str):
                classes.append(low)
                parts.append(_SPACES if low == "\\s" and not negated else low)
                if self.text[self.at : self.at + 1] == "-":
                    # No range begins with a class: the sign is itself (Annex B.1.2, CharacterRangeOrUnion).
                    self.at += 1
                    parts.append("\\-")
                continue
            if self.text[self.at : self.at + 1] == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                high = self._member(negated)
                if isinstance(high, str) or high < low:
                    raise _UncertainError
                parts.append(f"{_in_class(low)}-{_in_class(high)}")
            else:
                parts.append(_in_class(low))
        self.at += 1
        if not parts and not negated:
            raise _UncertainError
        everything = {"\\s", "\\S"} <= set(classes) or {"\\d", "\\D"} <= set(classes) or {"\\w", "\\W"} <= set(classes)
        if everything:
            if negated:
                raise _UncertainError
            return _ANYTHING
        return f"[{'^' if negated else ''}{''.join(parts)}]" if parts else _ANYTHING

    def _member(self, negated: bool) -> int | str:
        """A character's code, or a class of characters."""
        char = self.text[self.at]
        self.at += 1
        if char != "\\":
            if char == "[" and self.text[self.at : self.at + 1] in (":", ".", "="):
                raise _UncertainError
            return ord(char)
        char = self.text[self.at : self.at + 1]
        if char and char in "dDwWsS":
            if char == "S" and negated:
                # All white space, of which Go's own class has only a part.
                raise _UncertainError
            self.at += 1
            return f"\\{char}"
        if char and char in "pP":
            return self._property()
        if char == "b":
            self.at += 1
            return 8
        return self._character()


def _times(match: re.Match[str]) -> int:
    """How often at most a quantifier repeats, as Go counts it: stars count once."""
    low, comma, high = match.group(1), match.group(2), match.group(3)
    if low is None:
        return 1
    if not comma and high:
        raise _UncertainError
    least, most = int(low), int(high) if high else int(low)
    if most < least:
        raise _UncertainError
    return max(most, 1)


def _literal(char: str) -> str:
    return f"\\{char}" if char in _SPECIAL else char


def _literal_code(code: int) -> str:
    return next((f"\\{letter}" for letter, known in _CONTROL_CODES.items() if known == code), None) or _shown(code, _SPECIAL)


def _in_class(code: int) -> str:
    return next((f"\\{letter}" for letter, known in _CONTROL_CODES.items() if known == code), None) or _shown(code, _IN_CLASS)


_IN_CLASS = frozenset("\\]^-[&~")


def _shown(code: int, special: frozenset[str]) -> str:
    char = chr(code)
    if char in special:
        return f"\\{char}"
    return char if char.isprintable() else f"\\x{{{code:04X}}}"
