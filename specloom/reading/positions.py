"""Lines and columns of JSON pointers, found by a second light pass over the text, and only when somebody looks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from json import JSONDecodeError, JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined] # not in the stubs
from typing import Final

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from specloom.ir.diagnostics import Place

from .pointers import split
from .yaml_core import events, position

_SPACE: Final = re.compile(r"[ \t\r\n]*")


@dataclass(slots=True)
class _Wanted:
    """A tree of the pointers somebody asks for; what no one asks for is skipped."""

    below: dict[str, _Wanted] = field(default_factory=dict)
    line: int = 0
    column: int = 0


def places(text: str, pointers: Iterable[str], file: str) -> dict[str, Place]:
    """Where each pointer stands: a member at its key, an item at its start, an absent one at its nearest parent.

    Lines and columns count from 1, columns in characters.
    """
    wanted = _Wanted()
    asked = {pointer: split(pointer) for pointer in pointers}
    for keys in asked.values():
        node = wanted
        for key in keys:
            node = node.below.setdefault(key, _Wanted())
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] in ("{", "["):
        try:
            _Json(text).visit(_space(text, 0), wanted, first=True)
        except (JSONDecodeError, IndexError, RecursionError, ValueError):
            _yaml(text, wanted)
    else:
        _yaml(text, wanted)
    return {pointer: _nearest(wanted, keys, file) for pointer, keys in asked.items()}


def _nearest(wanted: _Wanted, keys: Iterable[str], file: str) -> Place:
    node = wanted
    best = node
    for key in keys:
        node = node.below[key]
        if not node.line:
            break
        best = node
    return Place(file=file, line=best.line or 1, column=best.column or 1)


def _space(text: str, index: int) -> int:
    found = _SPACE.match(text, index)
    return found.end() if found else index


class _Json:
    """Finds members and items in JSON text; values nobody asks for are skipped by the C scanner."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self.skip = JSONDecoder(strict=False).raw_decode

    def mark(self, wanted: _Wanted, index: int) -> None:
        line = bisect_right(self.lines, index)
        wanted.line, wanted.column = line, index - self.lines[line - 1] + 1

    def visit(self, index: int, wanted: _Wanted, *, first: bool = False) -> int:
        """Visits the value at ``index`` and returns where it ends."""
        if first:
            self.mark(wanted, index)
        opening = self.text[index]
        if opening not in "{[" or not wanted.below:
            return self.skip(self.text, index)[1]
        index = _space(self.text, index + 1)
        item = 0
        while self.text[index] not in "}]":
            start = index
            if opening == "{":
                key, index = scanstring(self.text, index + 1, False)
                index = _space(self.text, _space(self.text, index) + 1)
            else:
                key, item = str(item), item + 1
            below = wanted.below.get(key)
            if below is None:
                index = self.skip(self.text, index)[1]
            else:
                self.mark(below, start)
                index = self.visit(index, below)
            index = _space(self.text, index)
            if self.text[index] == ",":
                index = _space(self.text, index + 1)
        return index + 1


def _yaml(text: str, wanted: _Wanted) -> None:
    """Marks what the events of a YAML parse show; stops quietly where the text is broken."""
    try:
        _mark_yaml(events(text), wanted)
    except yaml.YAMLError:
        return


@dataclass(slots=True)
class _Open:
    """A mapping or list that is still open, and what is wanted of it."""

    wanted: _Wanted | None
    is_mapping: bool
    key: _Wanted | None = None
    at_value: bool = False
    items: int = 0


def _mark_yaml(stream: Iterator[Event], wanted: _Wanted) -> None:
    stack: list[_Open] = []
    for event in stream:
        kind = type(event)
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            stack.pop()
            continue
        if kind is DocumentEndEvent:
            return
        if kind not in (ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent):
            continue
        here = _enter(stack, event, wanted)
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            stack.append(_Open(here, kind is MappingStartEvent))


def _enter(stack: list[_Open], event: Event, root: _Wanted) -> _Wanted | None:
    """What is wanted of the value that starts here; a key is remembered for its value."""
    if not stack:
        _mark(root, event)
        return root
    top = stack[-1]
    if not top.is_mapping:
        here = top.wanted.below.get(str(top.items)) if top.wanted else None
        top.items += 1
        if here is not None:
            _mark(here, event)
        return here
    if not top.at_value:
        name = event.value if isinstance(event, ScalarEvent) else None
        top.key = top.wanted.below.get(name) if top.wanted and name is not None else None
        if top.key is not None:
            _mark(top.key, event)
        top.at_value = True
        return None
    top.at_value = False
    return top.key


def _mark(wanted: _Wanted, event: Event) -> None:
    wanted.line, wanted.column = position(event)


def scalar_text(text: str, pointer: str) -> str | None:
    """How a number is spelled in a document: ``1.10`` is the version "1.10", not 1.1."""
    place = places(text, [pointer], "")[pointer]
    lines = text.removeprefix("\ufeff").splitlines()
    if place.line is None or place.column is None or place.line > len(lines):
        return None
    found = re.match(r"""["']?[\w$]+["']?\s*:\s*([-+]?[0-9][0-9._eE+-]*)""", lines[place.line - 1][place.column - 1 :])
    return found.group(1) if found else None
