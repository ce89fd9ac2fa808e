"""What all ways of showing a comparison say alike: places, counts, headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from .changes import Change, Comparison, Impact, Place, Step
from .rules import RULES

TITLES: Mapping[Impact, str] = {
    Impact.BREAKING: "breaking",
    Impact.SOURCE: "in generated code",
    Impact.COMPATIBLE: "compatible",
}
_FEW = 3


def said(change: Change) -> str:
    """What happened: ``removed``, ``type changed``."""
    return RULES[change.code].said


def printable(text: str) -> str:
    """Text of a document on one line, without control characters that could drive a terminal."""
    return "".join(char if char.isprintable() else " " if char.isspace() else f"\\x{ord(char):02x}" for char in text)


def place_words(place: Place, name: Callable[[str], str]) -> str:
    """Where in its operation or schema a change is: ``response 200, items[].title``. ``name`` shows a name of the document."""
    words: list[str] = []
    for is_path, steps in groupby(place.steps, key=lambda step: step.kind in _PATH):
        if is_path:
            words.append(name(_path(steps)))
        else:
            words += [f"{step.kind} {name(step.name)}" if step.name else step.kind for step in steps]
    return ", ".join(words)


_PATH: Mapping[str, str] = {"property": "{}", "items": "[]", "values": "{*}"}
"""Steps that read as one path."""


def _path(steps: Iterable[Step]) -> str:
    path = ""
    for step in steps:
        if step.kind == "property":
            path += f".{step.name}" if path else step.name or '""'
        else:
            path += _PATH[step.kind]
    return path


def values(change: Change, name: Callable[[str], str]) -> str:
    """What was there and what is."""
    return " → ".join(name(each) for each in (change.old, change.new) if each is not None)


def counted(comparison: Comparison) -> str:
    """How many changes of each impact there are."""
    counts = [f"{count} {TITLES[impact]}" for impact, count in comparison.counts.items() if count]
    return ", ".join(counts) if counts else "no changes"


def by_place(changes: Iterable[Change]) -> Iterator[tuple[Place, list[Change]]]:
    """Changes of one operation or schema together; the place has no steps."""
    for (operation, schema), each in groupby(changes, key=lambda change: (change.place.operation, change.place.schema)):
        yield Place("", operation, schema), list(each)


def users(changes: Sequence[Change], name: Callable[[str], str]) -> str:
    """The first few operations that changes of a schema are about."""
    operations = list(dict.fromkeys(operation for change in changes for operation in change.operations))
    more = [f"{len(operations) - _FEW} more"] if len(operations) > _FEW else []
    return ", ".join([*map(name, operations[:_FEW]), *more])
