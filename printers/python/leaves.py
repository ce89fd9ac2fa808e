"""The tokens of a logical line of Python as black sees them: leaves with their brackets, lines, and where lines may break.

A token is a string; a blank is a token of its own; :data:`OPEN` and :data:`CLOSE` are parentheses that only show when a
line is broken at them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

WIDTH: Final = 88
INDENT: Final = "    "


class Token(str):
    """A token that means more than its text says."""

    __slots__ = ()


OPEN: Final = Token("")
"""A parenthesis that appears where a line is broken at it."""
CLOSE: Final = Token("")
SUBSCRIPT_OPEN: Final = Token("[")
SUBSCRIPT_CLOSE: Final = Token("]")
ATOM_OPEN: Final = Token("(")
"""Of a tuple, or around an expression; the plain token is that of a call, a signature or the bases of a class."""
ATOM_CLOSE: Final = Token(")")
UNARY_MINUS: Final = Token("-")

COMMA: Final = 18
DOT: Final = 1
_OPERATORS: Final = {"if": 16, "else": 16, "|": 9, "+": 5, "-": 5, "*": 4, "%": 4}


class Kind(Enum):
    TEXT = auto()
    OPENING = auto()
    CLOSING = auto()
    COMMA = auto()
    OPERATOR = auto()
    EQUAL = auto()
    DOT = auto()


@dataclass(slots=True, eq=False)
class Leaf:
    """A token with its place. ``opening`` is the bracket that a closing one closes; ``text`` of an invisible one may appear."""

    text: str
    space: str
    kind: Kind
    shape: str = ""
    display: bool = False
    opening: Leaf | None = None

    @property
    def length(self) -> int:
        return len(self.space) + len(self.text)


@dataclass(slots=True)
class Line:
    """A run of leaves at a depth. ``inside``: it is the body of a bracket."""

    leaves: list[Leaf]
    depth: int
    inside: bool = False
    is_def: bool = False
    is_import: bool = False
    must_split: bool = False
    _delimiters: dict[int, int] | None = None

    @property
    def delimiters(self) -> dict[int, int]:
        """Priorities by the leaf after which the line may break; known only inside brackets."""
        if self._delimiters is None:
            self._delimiters = _delimiters_of(self.leaves) if self.inside else {}
        return self._delimiters

    def text(self) -> str:
        if not self.leaves:
            return ""
        rest = "".join([leaf.space + leaf.text for leaf in self.leaves[1:]])
        return INDENT * self.depth + self.leaves[0].text + rest

    def fits(self, width: int = WIDTH) -> bool:
        return columns(self.text()) <= width


def columns(text: str) -> int:
    """The columns of ``text`` as black counts them."""
    if text.isascii():
        return len(text)
    from black.strings import str_width

    return str_width(text)


_KINDS: Final[Mapping[str, Kind]] = {
    "(": Kind.OPENING,
    "[": Kind.OPENING,
    "{": Kind.OPENING,
    ")": Kind.CLOSING,
    "]": Kind.CLOSING,
    "}": Kind.CLOSING,
    ",": Kind.COMMA,
    "=": Kind.EQUAL,
    ".": Kind.DOT,
    CLOSE: Kind.CLOSING,
    **dict.fromkeys(_OPERATORS, Kind.OPERATOR),
}


def leaves_of(tokens: Sequence[str]) -> list[Leaf]:
    leaves: list[Leaf] = []
    openings: list[Leaf] = []
    space = ""
    kinds = _KINDS
    for index, token in enumerate(tokens):
        if token == " ":
            space = " "
            continue
        kind = kinds.get(token)
        if kind is None:
            leaf = Leaf(token, space, Kind.TEXT)
        elif kind is Kind.OPENING or token is OPEN:
            shape = token or "("
            display = token is OPEN or token is ATOM_OPEN or (shape != "(" and token is not SUBSCRIPT_OPEN)
            leaf = Leaf(token, space, Kind.OPENING, shape, display)
            openings.append(leaf)
        elif kind is Kind.CLOSING:
            opening = openings.pop()
            leaf = Leaf(token, space, kind, token or ")", opening.display, opening)
        else:
            if kind is Kind.OPERATOR and (token is UNARY_MINUS or not space or tokens[index + 1] != " "):
                kind = Kind.TEXT
            leaf = Leaf(token, space, kind)
        leaves.append(leaf)
        space = ""
    return leaves


def _delimiters_of(leaves: list[Leaf]) -> dict[int, int]:
    found: dict[int, int] = {}
    depth = 0
    previous: Leaf | None = None
    for leaf in leaves:
        kind = leaf.kind
        if kind is Kind.OPENING:
            depth += 1
        elif kind is Kind.CLOSING:
            depth -= 1
        elif depth == 0:
            if kind is Kind.COMMA:
                found[id(leaf)] = COMMA
            elif kind is Kind.OPERATOR and previous is not None:
                found[id(previous)] = _OPERATORS[leaf.text]
            elif kind is Kind.DOT and previous is not None and previous.kind is Kind.CLOSING:
                found[id(previous)] = DOT
        previous = leaf
    return found
