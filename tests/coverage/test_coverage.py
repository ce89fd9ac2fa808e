"""Every row of the coverage list becomes something in every language, and docs/coverage.md shows what."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

import specloom
from specloom import Diagnostic, Severity
from tests.harness.emitting import ALL_OPTIONS
from tests.harness.tools import ROOT

from .documents import Row, rows
from .excerpts import EXCERPTS

PAGE = ROOT / "docs" / "coverage.md"
_NAMES = {"typescript": "TypeScript", "python": "Python", "go": "Go", "proto": "proto"}
_INTRODUCTION = """\
# What becomes of what

Every row of the list is a small document; what is shown is cut out of what specloom makes of it. This page is written by the
tests (`pytest tests/coverage --update-golden`), which also give every row's output to the compilers. In the tables, *as it is*
means that nothing is lost; otherwise the diagnostics' codes say what could not be carried over.
"""


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.slug)
@pytest.mark.parametrize("language", EXCERPTS)
def test_a_row_is_shown_in_every_language(row: Row, language: str) -> None:
    shown, _ = _excerpt(row.slug, language)
    assert shown.strip()


def test_the_page_shows_what_becomes_of_every_row(request: pytest.FixtureRequest) -> None:
    page = "\n".join(_page())
    if request.config.getoption("--update-golden"):
        PAGE.write_text(page)
    assert page == PAGE.read_text(), "docs/coverage.md is out of date; pytest tests/coverage --update-golden writes it anew"


@cache
def _excerpt(slug: str, language: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """What is shown of a row, and what was found: made once, for the row's own test and for the page."""
    row = next(row for row in rows() if row.slug == slug)
    api = specloom.load(dict(row.document))
    emission = specloom.emit(api, language, **ALL_OPTIONS[language])
    parts = (EXCERPTS[language][1](emission, name) for name in row.show)
    return "\n\n".join(part for part in parts if part), (*api.diagnostics, *emission.diagnostics)


def _page() -> Iterator[str]:
    made = {(row.slug, language): _excerpt(row.slug, language) for row in rows() for language in EXCERPTS}
    yield _INTRODUCTION
    groups = list(dict.fromkeys(row.group for row in rows()))
    for group in groups:
        yield f"## {group.capitalize()}\n"
        yield f"| row | {' | '.join(_NAMES[language] for language in EXCERPTS)} |"
        yield f"| --- {'| --- ' * len(EXCERPTS)}|"
        of_group = [row for row in rows() if row.group == group]
        for row in of_group:
            cells = " | ".join(_verdict(made[row.slug, language][1]) for language in EXCERPTS)
            yield f"| [{row.name}](#{row.slug}) | {cells} |"
        yield ""
        for row in of_group:
            yield f'### <a id="{row.slug}"></a>{row.name}\n'
            for language, (fence, _) in EXCERPTS.items():
                yield f"```{fence}\n{made[row.slug, language][0]}\n```\n"


def _verdict(found: tuple[Diagnostic, ...]) -> str:
    codes = dict.fromkeys(d.code for d in found if d.severity is not Severity.INFO)
    notes = dict.fromkeys(d.code for d in found if d.severity is Severity.INFO)
    return ", ".join([*(f"**{code}**" for code in codes), *notes]) or "as it is"
