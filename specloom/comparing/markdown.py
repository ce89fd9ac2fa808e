"""A comparison as Markdown for a pull request: breaking changes first, the harmless ones folded away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .changes import Change, Comparison, Impact
from .phrases import by_place, counted, place_words, printable, said, users, values

_SECTIONS = (
    (Impact.BREAKING, "Breaking changes", "Existing clients may fail or lose data."),
    (Impact.SOURCE, "Changes in generated code",
     "Running clients go on; code that uses a generated client changes with the next generation."),
    (Impact.COMPATIBLE, "Compatible changes", None),
)


def as_markdown(comparison: Comparison) -> str:
    """The whole comparison in GitHub Flavored Markdown; everything that a document says stands in code spans."""
    return "\n".join(_lines(comparison))


def code(text: str) -> str:
    """A code span that holds any text (CommonMark §6.1): the fence is longer than any run of backticks in it."""
    text = printable(text)
    longest = max(map(len, re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    bare = bool(text.strip(" ")) and not text.startswith(("`", " ")) and not text.endswith(("`", " "))
    return f"{fence}{text}{fence}" if bare else f"{fence} {text} {fence}"


def _lines(comparison: Comparison) -> Iterator[str]:
    yield f"## API changes: {code(comparison.old)} → {code(comparison.new)}"
    yield ""
    yield f"{counted(comparison).capitalize()}."
    for impact, title, about in _SECTIONS:
        changes = [change for change in comparison.changes if change.impact is impact]
        if changes:
            yield ""
            yield from _section(title, about, changes, folded=impact is Impact.COMPATIBLE)


def _section(title: str, about: str | None, changes: Sequence[Change], *, folded: bool) -> Iterator[str]:
    if folded:
        yield "<details>"
        yield f"<summary>{title} ({len(changes)})</summary>"
    else:
        yield f"### {title} ({len(changes)})"
    if about is not None:
        yield ""
        yield about
    for place, each in by_place(changes):
        yield ""
        if place.operation is not None:
            yield f"**{code(place.operation)}**"
        elif place.schema is not None:
            where = users(each, code)
            yield f"**Schema {code(place.schema)}**" + (f" in {where}" if where else "")
        else:
            yield "**The whole document**"
        yield ""
        for change in each:
            yield f"- {_sentence(change)}"
    if folded:
        yield ""
        yield "</details>"


def _sentence(change: Change) -> str:
    place, shown = place_words(change.place, code), values(change, code)
    happened = (f"{place}: " if place else "") + said(change) + (f": {shown}" if shown else "")
    return happened if change.impact is Impact.COMPATIBLE else f"{happened}. *{change.reason[:1].upper()}{change.reason[1:]}.*"
