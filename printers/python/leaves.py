"""The tokens of a logical line of Python as black sees them: leaves with their brackets, lines, and where lines may break.

A token is a string; a blank is a token of its own; :data:`OPEN` and :data:`CLOSE` are parentheses that only show when a
line is broken at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
TERNARY_OPEN: Final = Token("")
"""Around a conditional expression: one that appeared stays, while black judges the others anew whenever it looks at them."""
TERNARY_CLOSE: Final = Token("")
SUBSCRIPT_OPEN: Final = Token("[")
SUBSCRIPT_CLOSE: Final = Token("]")
ATOM_OPEN: Final = Token("(")
"""Of a tuple, or around an expression; the plain token is that of a call, a signature or the bases of a class."""
ATOM_CLOSE: Final = Token(")")
UNARY_MINUS: Final = Token("-")

COMMA: Final = 18
DOT: Final = 1
OPERATORS: Final = {"if": 16, "else": 16, "|": 9, "+": 5, "-": 5, "*": 4, "%": 4}


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
    token: str = ""
    gap: str = ""
    """The blank before it on one line; ``space`` loses it where a line begins."""
    is_listed: bool = False
    """A comma between the arguments of a call or the parameters of a signature."""
    is_added: bool = False
    """A comma that was not there before this pass."""
    inner_commas: int = 0
    """Commas in it, of a lambda's parameters; to black they are one level deeper than the lambda."""
    depth: int = 0
    """Brackets around it on the line that was made of it last."""

    @property
    def length(self) -> int:
        return len(self.space) + len(self.text)


class Tracked(Enum):
    """Whose brackets black keeps account of when it makes a line."""

    ALL = auto()
    MATCHING = auto()
    """Of those that open and close on the line."""
    NONE = auto()


@dataclass(slots=True, eq=False)
class Line:
    """A run of leaves at an indentation. ``inside``: it is the body of a bracket. Making one numbers the depth of its leaves."""

    leaves: list[Leaf]
    indent: int
    tracked: Tracked
    inside: bool = False
    is_def: bool = False
    is_import: bool = False
    must_split: bool = False
    is_magic: bool = False
    """There is a comma before a closing bracket: black breaks such a line although it fits."""
    delimiters: dict[int, int] = field(default_factory=dict)
    """Priorities by the leaf after which the line may break."""
    invisible: list[Leaf] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.tracked is Tracked.ALL:
            self._track(None)
        elif self.tracked is Tracked.MATCHING:
            matching = _inside_matching(self.leaves)
            if matching:
                self._track(matching)

    def _track(self, only: set[int] | None) -> None:
        delimiters = self.delimiters
        depth = 0
        previous: Leaf | None = None
        for index, leaf in enumerate(self.leaves):
            if only is not None and id(leaf) not in only:
                continue
            kind = leaf.kind
            if kind is Kind.CLOSING:
                depth -= 1
                leaf.depth = depth
                if not leaf.text:
                    self.invisible.append(leaf)
                if index and self.leaves[index - 1].kind is Kind.COMMA and self._is_magic(leaf):
                    self.is_magic = True
            else:
                leaf.depth = depth
                if kind is Kind.OPENING:
                    depth += 1
                    if not leaf.text:
                        self.invisible.append(leaf)
                elif depth == 0:
                    if kind is Kind.COMMA:
                        delimiters[id(leaf)] = COMMA
                    elif kind is Kind.OPERATOR and previous is not None:
                        delimiters[id(previous)] = OPERATORS[leaf.text]
                    elif kind is Kind.DOT and previous is not None and previous.kind is Kind.CLOSING:
                        delimiters[id(previous)] = DOT
            previous = leaf

    def _is_magic(self, closing: Leaf) -> bool:
        if closing.shape == "}":
            return True
        if closing.shape == "]":
            return closing.display or not is_one_sequence(closing, self.leaves)
        return self.is_import or not is_one_sequence(closing, self.leaves)

    def text(self) -> str:
        if not self.leaves:
            return ""
        rest = "".join([leaf.space + leaf.text for leaf in self.leaves[1:]])
        return INDENT * self.indent + self.leaves[0].text + rest

    def fits(self, width: int = WIDTH) -> bool:
        return columns(self.text()) <= width


def is_one_sequence(closing: Leaf, leaves: list[Leaf]) -> bool:
    """Whether black sees one element, with a comma, before ``closing``. It goes by the depths that leaves have just now."""
    at = next((index for index, leaf in enumerate(leaves) if leaf is closing.opening), None)
    if at is None:
        return False
    depth = closing.depth + 1
    commas = 0
    for leaf in leaves[at + 1 :]:
        if leaf is closing:
            break
        if leaf.kind is Kind.COMMA:
            if leaf.depth == depth:
                if leaf.is_listed:
                    return False
                commas += 1
        elif leaf.inner_commas and leaf.depth + 1 == depth:
            commas += leaf.inner_commas
    return commas < 2


def _inside_matching(leaves: list[Leaf]) -> set[int]:
    """Leaves between brackets that are both in ``leaves``, the brackets included, up to the first that closes nothing."""
    found: set[int] = set()
    stack: list[tuple[Leaf, list[int]]] = []
    opened = False
    for leaf in leaves:
        if leaf.kind is Kind.OPENING:
            stack.append((leaf, [id(leaf)]))
            opened = True
        elif leaf.kind is Kind.CLOSING:
            if stack and leaf.opening is stack[-1][0]:
                _, level = stack.pop()
                found.update(level)
                found.add(id(leaf))
            elif opened:
                break
        elif stack:
            stack[-1][1].append(id(leaf))
    return found


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
    **dict.fromkeys(OPERATORS, Kind.OPERATOR),
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
            if token.startswith("lambda "):
                leaf.inner_commas = token.count(",")
        elif kind is Kind.OPENING or token is OPEN or token is TERNARY_OPEN:
            shape = token or "("
            display = not token or token is ATOM_OPEN or (shape != "(" and token is not SUBSCRIPT_OPEN)
            leaf = Leaf(token, space, Kind.OPENING, shape, display)
            openings.append(leaf)
        elif kind is Kind.CLOSING:
            opening = openings.pop()
            leaf = Leaf(token, space, kind, token or ")", opening.display, opening)
        else:
            if kind is Kind.OPERATOR and (token is UNARY_MINUS or not space or tokens[index + 1] != " "):
                kind = Kind.TEXT
            leaf = Leaf(token, space, kind)
            if kind is Kind.COMMA and openings:
                leaf.is_listed = openings[-1].shape == "(" and not openings[-1].display
        leaf.token, leaf.gap = token, space
        leaves.append(leaf)
        space = ""
    return leaves


def tokens_of(leaves: Iterable[Leaf]) -> list[str]:
    """The tokens of lines that were broken, commas and parentheses that appeared included."""
    tokens: list[str] = []
    for leaf in leaves:
        if leaf.gap:
            tokens.append(leaf.gap)
        if leaf.text and leaf.token is TERNARY_OPEN:
            tokens.append(ATOM_OPEN)
        elif leaf.text and leaf.token is TERNARY_CLOSE:
            tokens.append(ATOM_CLOSE)
        else:
            tokens.append(leaf.token)
    return tokens
