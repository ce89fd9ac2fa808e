"""How black 26 breaks one logical line of Python: its line-splitting algorithm on our own tokens.

Only lines that do not fit come here. The steps and their order are those of black's ``linegen.py`` (stable style), for the
constructs that the Python nodes can say: no comments, no ``with``, no multi-line strings, and no comma that is there already.
A token is a string; a blank is a token of its own; :data:`OPEN` and :data:`CLOSE` are parentheses that only show when a
line is broken at them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
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

_COMMA: Final = 18
_DOT: Final = 1
_OPERATORS: Final = {"if": 16, "else": 16, "|": 9, "+": 5, "-": 5, "*": 4, "%": 4}


class _Kind(Enum):
    TEXT = auto()
    OPENING = auto()
    CLOSING = auto()
    COMMA = auto()
    OPERATOR = auto()
    EQUAL = auto()
    DOT = auto()


@dataclass(slots=True, eq=False)
class _Leaf:
    """A token with its place. ``opening`` is the bracket that a closing one closes; ``text`` of an invisible one may appear."""

    text: str
    space: str
    kind: _Kind
    shape: str = ""
    display: bool = False
    opening: _Leaf | None = None

    @property
    def length(self) -> int:
        return len(self.space) + len(self.text)


@dataclass(slots=True)
class _Line:
    """A run of leaves at a depth. ``inside``: it is the body of a bracket."""

    leaves: list[_Leaf]
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
            self._delimiters = _delimiters(self.leaves) if self.inside else {}
        return self._delimiters

    def text(self) -> str:
        if not self.leaves:
            return ""
        rest = "".join([leaf.space + leaf.text for leaf in self.leaves[1:]])
        return INDENT * self.depth + self.leaves[0].text + rest

    def fits(self, width: int = WIDTH) -> bool:
        return columns(self.text()) <= width


class _CannotSplitError(Exception):
    """A way of breaking a line that leads nowhere: another one is tried."""


@dataclass(slots=True)
class _Split:
    head: _Line
    body: _Line
    tail: _Line
    opening: _Leaf
    closing: _Leaf

    def lines(self) -> list[_Line]:
        for leaf in (self.opening, self.closing):
            leaf.text = leaf.shape
        return [line for line in (self.head, self.body, self.tail) if line.leaves]


def columns(text: str) -> int:
    """The columns of ``text`` as black counts them."""
    if text.isascii():
        return len(text)
    from black.strings import str_width

    return str_width(text)


def layout(tokens: Sequence[str], depth: int, *, is_def: bool = False, is_import: bool = False) -> list[str]:
    """The lines, indented, that black makes of a logical line of these tokens."""
    line = _Line(_leaves(tokens), depth, is_def=is_def, is_import=is_import)
    return _transform(line, line.text(), whole=True, force=False)


_KINDS: Final[Mapping[str, _Kind]] = {
    "(": _Kind.OPENING,
    "[": _Kind.OPENING,
    "{": _Kind.OPENING,
    ")": _Kind.CLOSING,
    "]": _Kind.CLOSING,
    "}": _Kind.CLOSING,
    ",": _Kind.COMMA,
    "=": _Kind.EQUAL,
    ".": _Kind.DOT,
    CLOSE: _Kind.CLOSING,
    **dict.fromkeys(_OPERATORS, _Kind.OPERATOR),
}


def _leaves(tokens: Sequence[str]) -> list[_Leaf]:
    leaves: list[_Leaf] = []
    openings: list[_Leaf] = []
    space = ""
    kinds = _KINDS
    for index, token in enumerate(tokens):
        if token == " ":
            space = " "
            continue
        kind = kinds.get(token)
        if kind is None:
            leaf = _Leaf(token, space, _Kind.TEXT)
        elif kind is _Kind.OPENING or token is OPEN:
            shape = token or "("
            display = token is OPEN or token is ATOM_OPEN or (shape != "(" and token is not SUBSCRIPT_OPEN)
            leaf = _Leaf(token, space, _Kind.OPENING, shape, display)
            openings.append(leaf)
        elif kind is _Kind.CLOSING:
            opening = openings.pop()
            leaf = _Leaf(token, space, kind, token or ")", opening.display, opening)
        else:
            if kind is _Kind.OPERATOR and (token is UNARY_MINUS or not space or tokens[index + 1] != " "):
                kind = _Kind.TEXT
            leaf = _Leaf(token, space, kind)
        leaves.append(leaf)
        space = ""
    return leaves


def _delimiters(leaves: list[_Leaf]) -> dict[int, int]:
    found: dict[int, int] = {}
    depth = 0
    previous: _Leaf | None = None
    for leaf in leaves:
        kind = leaf.kind
        if kind is _Kind.OPENING:
            depth += 1
        elif kind is _Kind.CLOSING:
            depth -= 1
        elif depth == 0:
            if kind is _Kind.COMMA:
                found[id(leaf)] = _COMMA
            elif kind is _Kind.OPERATOR and previous is not None:
                found[id(previous)] = _OPERATORS[leaf.text]
            elif kind is _Kind.DOT and previous is not None and previous.kind is _Kind.CLOSING:
                found[id(previous)] = _DOT
        previous = leaf
    return found


def _transform(line: _Line, text: str, *, whole: bool, force: bool) -> list[str]:
    """``line`` broken until everything fits or nothing more can be done. ``whole``: it is a logical line, not a part of one."""
    if not line.must_split and columns(text) <= WIDTH:
        return [text]
    splits: list[Callable[[_Line, bool], list[_Line]]]
    if line.is_def:
        splits = [_left_hand_split]
    elif line.inside:
        splits = [_delimiter_split, _right_hand_split_with_omits]
    else:
        splits = [_right_hand_split_with_omits]
    for split in splits:
        try:
            return _run(line, split, text, whole=whole, force=force)
        except _CannotSplitError:
            continue
    return [text]


def _run(
    line: _Line, split: Callable[[_Line, bool], list[_Line]], text: str, *, whole: bool, force: bool
) -> list[str]:
    hidden = [leaf for leaf in line.leaves if not leaf.text] if split is _right_hand_split_with_omits else []
    result: list[str] = []
    for part in split(line, force):
        part_text = part.text()
        if part_text == text:
            raise _CannotSplitError
        result += _transform(part, part_text, whole=False, force=force)
    if force or not hidden or columns(result[0]) <= WIDTH:
        return result
    invisible = _tracked_invisible(line, hidden, whole=whole)
    if not invisible or any(leaf.text for leaf, depth in invisible if depth == 0):
        return result
    copy = _Line(_copied(line.leaves), line.depth, line.inside, line.is_def, line.is_import, line.must_split)
    second = _run(copy, split, text, whole=whole, force=True)
    return second if all(columns(part) <= WIDTH for part in second) else result


def _tracked_invisible(line: _Line, hidden: list[_Leaf], *, whole: bool) -> list[tuple[_Leaf, int]]:
    """Which of ``hidden``, the parentheses that were invisible before, black would know of; and their depth."""
    found: list[tuple[_Leaf, int]] = []
    before = {id(leaf) for leaf in hidden}
    if not (whole or line.inside):
        tracked = _inside_matching(line.leaves)
        leaves = [leaf for leaf in line.leaves if id(leaf) in tracked]
    else:
        leaves = line.leaves
    depth = 0
    for leaf in leaves:
        if leaf.kind is _Kind.OPENING:
            if id(leaf) in before:
                found.append((leaf, depth))
            depth += 1
        elif leaf.kind is _Kind.CLOSING:
            depth -= 1
            if id(leaf) in before:
                found.append((leaf, depth))
    return found


def _inside_matching(leaves: list[_Leaf]) -> set[int]:
    """Leaves between brackets that are both in ``leaves``, the brackets included."""
    found: set[int] = set()
    stack: list[tuple[_Leaf, list[int]]] = []
    for leaf in leaves:
        if leaf.kind is _Kind.OPENING:
            stack.append((leaf, [id(leaf)]))
        elif leaf.kind is _Kind.CLOSING:
            if stack and leaf.opening is stack[-1][0]:
                _, level = stack.pop()
                found.update(level)
                found.add(id(leaf))
            elif stack:
                break
        elif stack:
            stack[-1][1].append(id(leaf))
    return found


def _copied(leaves: list[_Leaf]) -> list[_Leaf]:
    copies: dict[int, _Leaf] = {}
    for leaf in leaves:
        opening = None if leaf.opening is None else copies.get(id(leaf.opening), leaf.opening)
        copies[id(leaf)] = _Leaf(leaf.text, leaf.space, leaf.kind, leaf.shape, leaf.display, opening)
    return list(copies.values())


def _comma() -> _Leaf:
    return _Leaf(",", "", _Kind.COMMA)


def _left_hand_split(line: _Line, force: bool) -> list[_Line]:
    """At the first parentheses that hold something: a signature."""
    head: list[_Leaf] = []
    body: list[_Leaf] = []
    tail: list[_Leaf] = []
    current = head
    matching: _Leaf | None = None
    for leaf in line.leaves:
        if current is body and leaf.kind is _Kind.CLOSING and leaf.opening is matching and matching is not None:
            leaf.text, matching.text = leaf.shape, matching.shape
            current = tail if body else head
        current.append(leaf)
        if current is head and leaf.kind is _Kind.OPENING and leaf.shape == "(":
            matching = leaf
            current = body
    if matching is None or not tail:
        raise _CannotSplitError
    split = _built(line, head, body, tail, matching, tail[0])
    return [part for part in (split.head, split.body, split.tail) if part.leaves]


def _built(
    line: _Line, head: list[_Leaf], body: list[_Leaf], tail: list[_Leaf], opening: _Leaf, closing: _Leaf
) -> _Split:
    if body and _wants_comma(line, body, opening):
        body = [*body, _comma()]
    inner = _Line(body, line.depth + 1, inside=True)
    inner.must_split = _must_split(inner, opening)
    split = _Split(
        _Line(head, line.depth, is_def=_is_def(head), is_import=line.is_import and _is_import(head)),
        inner,
        _Line(tail, line.depth),
        opening,
        closing,
    )
    if not body and len(split.tail.text().strip()) < 3:
        raise _CannotSplitError
    return split


def _is_def(leaves: list[_Leaf]) -> bool:
    texts = [leaf.text for leaf in leaves[:2]]
    return texts[:1] == ["def"] or texts == ["async", "def"]


def _is_import(leaves: list[_Leaf]) -> bool:
    return bool(leaves) and leaves[0].text in ("import", "from")


def _wants_comma(line: _Line, body: list[_Leaf], opening: _Leaf) -> bool:
    if line.is_import:
        return body[-1].kind is not _Kind.COMMA
    if not line.is_def or opening.display:
        return False
    depth = 0
    for leaf in body:
        if leaf.kind is _Kind.OPENING:
            depth += 1
        elif leaf.kind is _Kind.CLOSING:
            depth -= 1
        elif leaf.kind is _Kind.COMMA and depth == 0:
            return False
    return True


def _must_split(line: _Line, opening: _Leaf) -> bool:
    """Whether the body of a display or an import is broken at its commas at once."""
    last = line.leaves[-1] if line.leaves else None
    trailing = last is not None and last.kind is _Kind.COMMA
    priorities = [p for leaf, p in line.delimiters.items() if not (trailing and leaf == id(last))]
    return bool(priorities) and max(priorities) == _COMMA and (trailing or opening.display)


def _delimiter_split(line: _Line, force: bool) -> list[_Line]:
    """At every delimiter of the highest priority; a comma after the last element."""
    last = line.leaves[-1]
    priorities = [priority for leaf, priority in line.delimiters.items() if leaf != id(last)]
    if not priorities:
        raise _CannotSplitError
    priority = max(priorities)
    if priority == _DOT and sum(p == _DOT for p in line.delimiters.values()) == 1:
        raise _CannotSplitError
    parts: list[list[_Leaf]] = [[]]
    for leaf in line.leaves:
        parts[-1].append(leaf)
        if line.delimiters.get(id(leaf)) == priority:
            parts.append([])
    if not parts[-1]:
        parts.pop()
    if priority == _COMMA and parts[-1][-1].kind is not _Kind.COMMA:
        parts[-1].append(_comma())
    for part in parts:
        part[0].space = ""
    return [_Line(part, line.depth, inside=True) for part in parts]


def _right_hand_split_with_omits(line: _Line, force: bool) -> list[_Line]:
    """At the last brackets, or at earlier ones where the first line then fits."""
    lengths: dict[int, int] = {}
    length = 4 * line.depth
    for leaf in line.leaves:
        lengths[id(leaf)] = length
        length += leaf.length
    first: list[_Line] | None = None
    for omit in _trailers_to_omit(line):
        if omit:
            target = next(
                (x.opening for x in reversed(line.leaves) if x.kind is _Kind.CLOSING and id(x) not in omit), None
            )
            if target is not None and target.text and lengths.get(id(target), 0) > WIDTH:
                continue
        lines = _right_hand_split(line, force, frozenset(omit))
        if first is None and not omit:
            first = lines
        if lines[0].fits():
            return lines
    return _right_hand_split(line, force, frozenset()) if first is None else first


def _trailers_to_omit(line: _Line) -> Iterator[set[int]]:
    """Growing sets of closing brackets whose pairs stay whole, as long as they and what follows fit."""
    omit: set[int] = set()
    yield omit
    length = 4 * line.depth
    opening: _Leaf | None = None
    closing: _Leaf | None = None
    inner: set[int] = set()
    leaves = line.leaves
    for index in range(len(leaves) - 1, -1, -1):
        leaf = leaves[index]
        length += leaf.length
        if length > WIDTH:
            return
        previous = leaves[index - 1] if index else None
        if opening is not None:
            if leaf is opening:
                opening = None
            elif leaf.kind is _Kind.CLOSING:
                inner.add(id(leaf))
        elif leaf.kind is _Kind.CLOSING:
            if previous is not None and previous.kind is _Kind.OPENING:
                inner.add(id(leaf))
                continue
            if closing is not None:
                omit.add(id(closing))
                omit.update(inner)
                inner.clear()
                yield omit
            if leaf.text:
                opening, closing = leaf.opening, leaf


def _right_hand_split(line: _Line, force: bool, omit: frozenset[int]) -> list[_Line]:
    return _omitting_optional(_first_right_hand_split(line, omit), line, force, omit)


def _first_right_hand_split(line: _Line, omit: frozenset[int]) -> _Split:
    """At the last brackets that are not to stay whole."""
    tail: list[_Leaf] = []
    body: list[_Leaf] = []
    head: list[_Leaf] = []
    current = tail
    opening: _Leaf | None = None
    closing: _Leaf | None = None
    for leaf in reversed(line.leaves):
        if current is body and leaf is opening:
            current = head if body else tail
        current.append(leaf)
        if current is tail and leaf.kind is _Kind.CLOSING and id(leaf) not in omit:
            opening, closing = leaf.opening, leaf
            current = body
    if opening is None or closing is None or not head:
        raise _CannotSplitError
    return _built(line, head[::-1], body[::-1], tail[::-1], opening, closing)


def _omitting_optional(split: _Split, line: _Line, force: bool, omit: frozenset[int]) -> list[_Line]:
    """``split``, or a better one where its parentheses need not appear."""
    optional = not split.opening.text and not split.closing.text
    if not force and optional and not line.is_import and _can_omit(split):
        further = omit | {id(split.closing)}
        try:
            other = _first_right_hand_split(line, further)
            if _prefers(other, split):
                return _omitting_optional(other, line, force, further)
        except _CannotSplitError:
            if not (_can_be_split(split.body) or split.body.fits()):
                raise
    return split.lines()


def _can_be_split(line: _Line) -> bool:
    """Whether there may be a place to break; to black a dotted name, which is one token here, has one."""
    return len(line.leaves) > 1 or _DOTTED.match(line.leaves[0].text) is not None


_DOTTED: Final = re.compile(r"[^\W\d]\w*\.")


def _prefers(other: _Split, split: _Split) -> bool:
    """Whether breaking inside the right-hand side (``other``) reads better than parentheses around it (``split``)."""
    head = split.head.leaves
    if not (len(head) >= 2 and head[-2].kind is _Kind.EQUAL):
        return True
    if not any(leaf.kind in (_Kind.OPENING, _Kind.CLOSING) for leaf in head[:-1]):
        return True
    if not split.head.fits(WIDTH - 1):
        return True
    equals = _equals(split.head)
    if equals > 1 and equals > _equals(other.head):
        return False
    for leaf in reversed(other.head.leaves):
        if leaf.kind is _Kind.EQUAL:
            break
        if leaf.kind is _Kind.CLOSING:
            return True
    return _equals(other.head) > 0 and other.head.fits()


def _equals(line: _Line) -> int:
    return sum(leaf.kind is _Kind.EQUAL for leaf in line.leaves)


def _can_omit(split: _Split) -> bool:
    """Whether the body stands well without its optional parentheses."""
    line = split.body
    if not line.delimiters:
        return True
    priority = max(line.delimiters.values())
    if sum(p == priority for p in line.delimiters.values()) > 1:
        return False
    if priority == _DOT:
        return True
    first, second = line.leaves[0], line.leaves[1]
    if first.kind is _Kind.OPENING and second.kind is not _Kind.CLOSING and _can_omit_opening(line, first):
        return True
    penultimate, last = line.leaves[-2], line.leaves[-1]
    if last.kind is _Kind.CLOSING and (last.shape != "]" or last.display):
        return penultimate.kind is not _Kind.OPENING and _can_omit_closing(line, last)
    return False


def _can_omit_opening(line: _Line, first: _Leaf) -> bool:
    remainder = False
    length = 4 * line.depth
    for leaf in line.leaves:
        if leaf.kind is _Kind.CLOSING and leaf.opening is first:
            remainder = True
        if remainder:
            length += leaf.length
            if length > WIDTH:
                return False
            if leaf.kind is _Kind.OPENING:
                remainder = False
    return True


def _can_omit_closing(line: _Line, last: _Leaf) -> bool:
    length = 4 * line.depth
    others = False
    for leaf in line.leaves:
        length += leaf.length
        if leaf is last.opening:
            if others or length <= WIDTH:
                return True
        elif leaf.kind is _Kind.OPENING:
            others = True
    return False
