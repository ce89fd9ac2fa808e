"""Puts one more element into a list of arguments or imported names, laid out as its neighbours are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import libcst as cst

_Element = TypeVar("_Element", cst.Arg, cst.ImportAlias)


def put(
    elements: Sequence[_Element], at: int, new: _Element, opening: cst.BaseParenthesizableWhitespace | None
) -> list[_Element]:
    """The elements with a new one at an index.

    ``opening`` is the white space behind the opening bracket: where it is a new line, each element has a line of its own.
    """
    every: list[_Element] = list(elements)
    if not every:
        return [new]
    between = opening if isinstance(opening, cst.ParenthesizedWhitespace) else cst.SimpleWhitespace(" ")
    if at < len(every):
        every.insert(at, new.with_changes(comma=cst.Comma(whitespace_after=_behind(every, at, between))))
        return every
    last = every[-1]
    behind = _behind(every, len(every) - 1, between)
    tail = last.comma.whitespace_after if isinstance(last.comma, cst.Comma) else None
    if tail is None and isinstance(last, cst.Arg):
        tail = last.whitespace_after_arg
        last = last.with_changes(whitespace_after_arg=cst.SimpleWhitespace(""))
    if isinstance(tail, cst.ParenthesizedWhitespace) and not _plain(tail):  # a comment stays behind what it is about
        like = behind if isinstance(behind, cst.ParenthesizedWhitespace) else tail
        behind = tail.with_changes(indent=like.indent, last_line=like.last_line)
        tail = tail.with_changes(first_line=cst.TrailingWhitespace(newline=tail.first_line.newline), empty_lines=[])
    every[-1] = last.with_changes(comma=cst.Comma(whitespace_after=behind))
    if isinstance(elements[-1].comma, cst.Comma) and tail is not None:
        new = new.with_changes(comma=cst.Comma(whitespace_after=tail))
    elif isinstance(new, cst.Arg) and tail is not None:
        new = new.with_changes(whitespace_after_arg=tail)
    every.append(new)
    return every


def _behind(
    elements: Sequence[_Element], at: int, between: cst.BaseParenthesizableWhitespace
) -> cst.BaseParenthesizableWhitespace:
    """What stands behind the comma of a neighbour that is not the last; ``between`` where there is none."""
    for neighbour in (at - 1, at):
        if 0 <= neighbour < len(elements) - 1:
            comma = elements[neighbour].comma
            if isinstance(comma, cst.Comma) and _plain(comma.whitespace_after):
                return comma.whitespace_after
    return between if _plain(between) else cst.SimpleWhitespace(" ")


def _plain(space: cst.BaseParenthesizableWhitespace) -> bool:
    """Without a comment, which would be written twice."""
    if isinstance(space, cst.ParenthesizedWhitespace):
        return space.first_line.comment is None and not any(line.comment for line in space.empty_lines)
    return True
