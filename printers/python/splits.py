"""Black's ways of breaking one line into parts: at the brackets of a signature, at delimiters, at the last brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .leaves import COMMA, DOT, WIDTH, Kind, Leaf, Line, Tracked, is_one_sequence


class CannotSplitError(Exception):
    """A way of breaking a line that leads nowhere: another one is tried."""


@dataclass(slots=True)
class _Split:
    head: Line
    body: Line
    tail: Line
    opening: Leaf
    closing: Leaf

    def lines(self) -> list[Line]:
        for leaf in (self.opening, self.closing):
            leaf.text = leaf.shape
        return [line for line in (self.head, self.body, self.tail) if line.leaves]


def _comma() -> Leaf:
    return Leaf(",", "", Kind.COMMA, token=",", is_added=True)


def left_hand_split(line: Line, force: bool) -> list[Line]:
    """At the first parentheses that hold something: a signature."""
    head: list[Leaf] = []
    body: list[Leaf] = []
    tail: list[Leaf] = []
    current = head
    matching: Leaf | None = None
    for leaf in line.leaves:
        if current is body and leaf.kind is Kind.CLOSING and leaf.opening is matching and matching is not None:
            leaf.text, matching.text = leaf.shape, matching.shape
            current = tail if body else head
        current.append(leaf)
        if current is head and leaf.kind is Kind.OPENING and leaf.shape == "(":
            matching = leaf
            current = body
    if matching is None or not tail:
        raise CannotSplitError
    split = _built(line, head, body, tail, matching, tail[0])
    return [part for part in (split.head, split.body, split.tail) if part.leaves]


def _built(line: Line, head: list[Leaf], body: list[Leaf], tail: list[Leaf], opening: Leaf, closing: Leaf) -> _Split:
    if body and _wants_comma(line, body, opening):
        body = [*body, _comma()]
    inner = Line(body, line.indent + 1, Tracked.ALL, inside=True)
    inner.must_split = _must_split(inner, opening)
    split = _Split(
        Line(head, line.indent, Tracked.MATCHING, is_def=_is_def(head), is_import=line.is_import and _is_import(head)),
        inner,
        Line(tail, line.indent, Tracked.NONE),
        opening,
        closing,
    )
    if not body and len(split.tail.text().strip()) < 3:
        raise CannotSplitError
    return split


def _is_def(leaves: list[Leaf]) -> bool:
    texts = [leaf.text for leaf in leaves[:2]]
    return texts[:1] == ["def"] or texts == ["async", "def"]


def _is_import(leaves: list[Leaf]) -> bool:
    return bool(leaves) and leaves[0].text in ("import", "from")


def _wants_comma(line: Line, body: list[Leaf], opening: Leaf) -> bool:
    """Whether black adds a comma before it breaks at commas: to what is imported, and to a parameter that stands alone."""
    if line.is_import:
        return body[-1].kind is not Kind.COMMA
    if not line.is_def or opening.text != "(" or opening.display:
        return False
    depth = 0
    in_type = False
    for leaf in body:
        if leaf.kind is Kind.OPENING:
            depth += 1
        elif leaf.kind is Kind.CLOSING:
            depth -= 1
        elif (leaf.kind is Kind.COMMA or leaf.inner_commas) and not (in_type and depth):
            return False
        elif depth == 0 and leaf.text == ":":
            in_type = True
        elif depth == 0 and leaf.kind is Kind.EQUAL:
            in_type = False
    return True


def _must_split(line: Line, opening: Leaf) -> bool:
    """Whether the body of a display or an import is broken at its commas at once."""
    last = line.leaves[-1] if line.leaves else None
    trailing = last is not None and last.kind is Kind.COMMA
    priorities = [p for leaf, p in line.delimiters.items() if not (trailing and leaf == id(last))]
    return bool(priorities) and max(priorities) == COMMA and (trailing or opening.display)


def delimiter_split(line: Line, force: bool) -> list[Line]:
    """At every delimiter of the highest priority; a comma after the last element."""
    last = line.leaves[-1]
    priorities = [priority for leaf, priority in line.delimiters.items() if leaf != id(last)]
    if not priorities:
        raise CannotSplitError
    priority = max(priorities)
    if priority == DOT and sum(p == DOT for p in line.delimiters.values()) == 1:
        raise CannotSplitError
    parts: list[list[Leaf]] = [[]]
    for leaf in line.leaves:
        parts[-1].append(leaf)
        if line.delimiters.get(id(leaf)) == priority:
            parts.append([])
    if not parts[-1]:
        parts.pop()
    if priority == COMMA and parts[-1][-1].kind is not Kind.COMMA:
        parts[-1].append(_comma())
    for part in parts:
        part[0].space = ""
    return [Line(part, line.indent, Tracked.ALL, inside=True) for part in parts]


def right_hand_split_with_omits(line: Line, force: bool) -> list[Line]:
    """At the last brackets, or at earlier ones where the first line then fits."""
    lengths: dict[int, int] = {}
    length = 4 * line.indent
    for leaf in line.leaves:
        lengths[id(leaf)] = length
        length += leaf.length
    first: list[Line] | None = None
    for omit in _trailers_to_omit(line):
        if omit:
            target = next((x.opening for x in reversed(line.leaves) if x.kind is Kind.CLOSING and id(x) not in omit), None)
            if target is not None and target.text and lengths.get(id(target), 0) > WIDTH:
                continue
        lines = _right_hand_split(line, force, frozenset(omit))
        if first is None and not omit:
            first = lines
        if lines[0].fits():
            return lines
    return _right_hand_split(line, force, frozenset()) if first is None else first


def _trailers_to_omit(line: Line) -> Iterator[set[int]]:
    """Growing sets of closing brackets whose pairs stay whole, as long as they and what follows fit.

    While they are asked for, brackets appear and depths change: black's answers depend on it, so this is a generator too.
    """
    omit: set[int] = set()
    if not line.is_magic:
        yield omit
    length = 4 * line.indent
    opening: Leaf | None = None
    closing: Leaf | None = None
    inner: set[int] = set()
    leaves = line.leaves
    for index in range(len(leaves) - 1, -1, -1):
        leaf = leaves[index]
        length += leaf.length
        if length > WIDTH:
            return
        if opening is not None:
            if leaf is opening:
                opening = None
            elif leaf.kind is Kind.CLOSING:
                if _must_explode(leaf, index, leaves):
                    return
                inner.add(id(leaf))
        elif leaf.kind is Kind.CLOSING:
            if index and leaves[index - 1].kind is Kind.OPENING:
                inner.add(id(leaf))
                continue
            if closing is not None:
                omit.add(id(closing))
                omit.update(inner)
                inner.clear()
                yield omit
            if _must_explode(leaf, index, leaves):
                return
            if leaf.text:
                opening, closing = leaf.opening, leaf


def _must_explode(closing: Leaf, index: int, leaves: list[Leaf]) -> bool:
    """Whether a comma before a bracket has it broken."""
    if not index or leaves[index - 1].kind is not Kind.COMMA:
        return False
    return closing.shape != ")" or not is_one_sequence(closing, leaves)


def _right_hand_split(line: Line, force: bool, omit: frozenset[int]) -> list[Line]:
    return _omitting_optional(_first_right_hand_split(line, omit), line, force, omit)


def _first_right_hand_split(line: Line, omit: frozenset[int]) -> _Split:
    """At the last brackets that are not to stay whole."""
    tail: list[Leaf] = []
    body: list[Leaf] = []
    head: list[Leaf] = []
    current = tail
    opening: Leaf | None = None
    closing: Leaf | None = None
    for leaf in reversed(line.leaves):
        if current is body and leaf is opening:
            current = head if body else tail
        current.append(leaf)
        if current is tail and leaf.kind is Kind.CLOSING and id(leaf) not in omit:
            opening, closing = leaf.opening, leaf
            current = body
    if opening is None or closing is None or not head:
        raise CannotSplitError
    return _built(line, head[::-1], body[::-1], tail[::-1], opening, closing)


def _omitting_optional(split: _Split, line: Line, force: bool, omit: frozenset[int]) -> list[Line]:
    """``split``, or a better one where its parentheses need not appear."""
    optional = not split.opening.text and not split.closing.text
    if not force and optional and not line.is_import and _can_omit(split):
        further = omit | {id(split.closing)}
        try:
            other = _first_right_hand_split(line, further)
            if _prefers(other, split):
                return _omitting_optional(other, line, force, further)
        except CannotSplitError:
            if _equals(line) < 2 and not (_can_be_split(split.body) or split.body.fits()):
                raise
    return split.lines()


def _can_be_split(line: Line) -> bool:
    """Whether there may be a place to break; to black a dotted name, which is one token here, has one."""
    return len(line.leaves) > 1 or _DOTTED.match(line.leaves[0].text) is not None


_DOTTED: Final = re.compile(r"[^\W\d]\w*\.")


def _prefers(other: _Split, split: _Split) -> bool:
    """Whether breaking inside the right-hand side (``other``) reads better than parentheses around it (``split``)."""
    head = split.head.leaves
    if not (len(head) >= 2 and head[-2].kind is Kind.EQUAL):
        return True
    if not any(leaf.kind in (Kind.OPENING, Kind.CLOSING) for leaf in head[:-1]):
        return True
    if not split.head.fits(WIDTH - 1) or split.head.is_magic:
        return True
    equals = _equals(split.head)
    if equals > 1 and equals > _equals(other.head):
        return False
    for leaf in reversed(other.head.leaves):
        if leaf.kind is Kind.EQUAL:
            break
        if leaf.kind is Kind.CLOSING:
            return True
    return _equals(other.head) > 0 and other.head.fits()


def _equals(line: Line) -> int:
    return sum(leaf.kind is Kind.EQUAL for leaf in line.leaves)


def _can_omit(split: _Split) -> bool:
    """Whether the body stands well without its optional parentheses."""
    line = split.body
    if not line.delimiters:
        return True
    priority = max(line.delimiters.values())
    if sum(p == priority for p in line.delimiters.values()) > 1:
        return False
    if priority == DOT:
        return True
    first, second = line.leaves[0], line.leaves[1]
    if first.kind is Kind.OPENING and second.kind is not Kind.CLOSING and _can_omit_opening(line, first):
        return True
    penultimate, last = line.leaves[-2], line.leaves[-1]
    if last.kind is Kind.CLOSING and (last.shape != "]" or last.display):
        return penultimate.kind is not Kind.OPENING and _can_omit_closing(line, last)
    return False


def _can_omit_opening(line: Line, first: Leaf) -> bool:
    remainder = False
    length = 4 * line.indent
    for leaf in line.leaves:
        if leaf.kind is Kind.CLOSING and leaf.opening is first:
            remainder = True
        if remainder:
            length += leaf.length
            if length > WIDTH:
                return False
            if leaf.kind is Kind.OPENING:
                remainder = False
    return True


def _can_omit_closing(line: Line, last: Leaf) -> bool:
    length = 4 * line.indent
    others = False
    for leaf in line.leaves:
        length += leaf.length
        if leaf is last.opening:
            if others or length <= WIDTH:
                return True
        elif leaf.kind is Kind.OPENING:
            others = True
    return False
