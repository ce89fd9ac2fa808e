"""How black 26 breaks one logical line of Python: its line-splitting algorithm on our own tokens.

Only lines that do not fit come here, and only those that ``brackets`` cannot break by itself are searched for. The steps and
their order are those of black's ``linegen.py`` (stable style), for the constructs that the Python nodes can say: no comments,
no ``with``, no multi-line strings. Black looks at a file twice, because a comma that it added may change what it makes of the
line: so does :func:`searched`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from typing import Final

from .brackets import NeedsSearchError, broken_at_brackets
from .leaves import WIDTH, Kind, Leaf, Line, Tracked, columns, leaves_of, tokens_of
from .splits import CannotSplitError, delimiter_split, left_hand_split, right_hand_split_with_omits

_PASSES: Final = 4
"""Black looks twice; what it changes once more would not be what it leaves as it is."""


def layout(tokens: list[str], indent: int, *, is_def: bool = False, is_import: bool = False) -> list[str]:
    """The lines, indented, that black makes of a logical line of these tokens."""
    try:
        return broken_at_brackets(tokens, indent, is_def=is_def, is_import=is_import)
    except NeedsSearchError:
        return searched(tokens, indent, is_def=is_def, is_import=is_import)


def searched(tokens: list[str], indent: int, *, is_def: bool = False, is_import: bool = False) -> list[str]:
    """The same for every line, found by trying what black tries."""
    lines: list[tuple[str, Line]] = []
    for _ in range(_PASSES):
        line = Line(leaves_of(tokens), indent, Tracked.ALL, is_def=is_def, is_import=is_import)
        lines = _transform(line, line.text(), force=False)
        if is_import or _is_settled(lines, indent, is_def=is_def):
            break
        before, tokens = tokens, tokens_of(chain.from_iterable(part.leaves for _, part in lines))
        if tokens == before:
            break
    return [text for text, _ in lines]


def _is_settled(lines: list[tuple[str, Line]], indent: int, *, is_def: bool) -> bool:
    """Whether there is one pair of brackets with a line for each of what it holds: looking again would find the same.

    But for signatures, which are always broken there, it has to be the only pair and to end the line.
    """
    outer = 0
    for text, line in lines:
        if line.indent > indent + 1 or columns(text) > WIDTH:
            return False
        outer += line.indent == indent
    if outer != 2 or is_def:
        return outer == 2
    head, tail = lines[0][1].leaves, lines[-1][1].leaves
    brackets = [leaf for leaf in head if leaf.kind is Kind.OPENING and leaf.text]
    return len(brackets) == 1 and brackets[0] is head[-1] and bool(head[-1].token) and sum(bool(leaf.text) for leaf in tail) == 1


def _transform(line: Line, text: str, *, force: bool) -> list[tuple[str, Line]]:
    """``line`` broken until everything fits or nothing more can be done."""
    if not line.must_split and not line.is_magic and columns(text) <= WIDTH:
        return [(text, line)]
    splits: list[Callable[[Line, bool], list[Line]]]
    if line.is_def and not _breaks_its_result(line):
        splits = [left_hand_split]
    elif line.inside:
        splits = [delimiter_split, right_hand_split_with_omits]
    else:
        splits = [right_hand_split_with_omits]
    for split in splits:
        try:
            return _run(line, split, text, force=force)
        except CannotSplitError:
            continue
    return [(text, line)]


def _run(line: Line, split: Callable[[Line, bool], list[Line]], text: str, *, force: bool) -> list[tuple[str, Line]]:
    optional = [leaf for leaf in line.invisible if leaf.depth == 0]
    result: list[tuple[str, Line]] = []
    for part in split(line, force):
        part_text = part.text()
        if part_text == text:
            raise CannotSplitError
        result += _transform(part, part_text, force=force)
    if (
        force
        or split is not right_hand_split_with_omits
        or not line.invisible
        or any(leaf.text for leaf in optional)
        or columns(result[0][0]) <= WIDTH
        or any(leaf.is_added for leaf in line.leaves)
    ):
        return result
    copy = Line(
        _copied(line.leaves), line.indent, Tracked.ALL, line.inside, line.is_def, line.is_import, line.must_split, line.is_magic
    )
    second = _run(copy, split, text, force=True)
    return second if all(columns(part) <= WIDTH for part, _ in second) else result


def _breaks_its_result(line: Line) -> bool:
    """Whether the type that a function returns is what black breaks first: it has a comma at its end, or is a long string."""
    leaves: list[Leaf] = []
    is_result = False
    for leaf in line.leaves:
        if leaf.text == ":":
            is_result = False
        if is_result:
            leaves.append(leaf)
        if leaf.text == "->":
            is_result = True
    if not leaves:
        return False
    result = Line(leaves, line.indent, Tracked.MATCHING)
    first = next((leaf.text for leaf in leaves if leaf.text), "")
    return result.is_magic or (first.endswith(('"', "'")) and not result.fits())


def _copied(leaves: list[Leaf]) -> list[Leaf]:
    copies: dict[int, Leaf] = {}
    for leaf in leaves:
        made = replace(leaf, opening=None if leaf.opening is None else copies.get(id(leaf.opening), leaf.opening))
        copies[id(leaf)] = made
    return list(copies.values())
