"""A comparison as plain text: changes under their operation or schema, each with its impact and the reason."""

from __future__ import annotations

from collections.abc import Iterator

from .changes import Change, Comparison, Impact
from .phrases import by_place, counted, place_words, printable, said, users, values

_MARKS = {Impact.BREAKING: "BREAKING", Impact.SOURCE: "generated code", Impact.COMPATIBLE: "compatible"}
_WIDTH = max(map(len, _MARKS.values())) + 2


def as_text(comparison: Comparison) -> str:
    """The whole comparison, without a line break at the end."""
    return "\n".join(_lines(comparison))


def _lines(comparison: Comparison) -> Iterator[str]:
    old, new = printable(comparison.old), printable(comparison.new)
    yield f"{old}: {counted(comparison)}" if old == new else f"{old} → {new}: {counted(comparison)}"
    for place, changes in by_place(comparison.changes):
        yield ""
        if place.operation is not None:
            yield printable(place.operation)
        elif place.schema is not None:
            where = users(changes, printable)
            yield f"schema {printable(place.schema)}" + (f" (in {where})" if where else "")
        else:
            yield "the whole document"
        for change in changes:
            yield f"  {_MARKS[change.impact]:{_WIDTH}}{_sentence(change)}"
            if change.impact is not Impact.COMPATIBLE:
                yield f"  {'':{_WIDTH}}{change.reason}"


def _sentence(change: Change) -> str:
    place, shown = place_words(change.place, printable), values(change, printable)
    return (f"{place}: " if place else "") + said(change) + (f": {shown}" if shown else "")
