"""``specloom diff``: what changed between two documents, and whether existing clients break."""

from __future__ import annotations

from typing import NoReturn, assert_never

import typer

from specloom.comparing import Comparison, compare
from specloom.generation import read
from specloom.ir.context import IRContext
from specloom.jobs import Job
from specloom.terminal.last_resort import told_failure
from specloom.terminal.progress import Display
from specloom.terminal.reporting import show

from .arguments import DiffFormat


def diff_command(
    old: str, new: str, format: DiffFormat, *, fail_on_breaking: bool, strict: bool, allow: tuple[str, ...], verbose: bool
) -> NoReturn:
    """Reads both documents, shows what is wrong with them, then how they differ."""
    display = Display()
    apis = [_read(display, Job(source, strict=strict, allow=allow), verbose=verbose) for source in (old, new)]
    known = [api for api in apis if api is not None]
    if len(known) < len(apis):
        raise typer.Exit(1)
    comparison = compare(*known)
    display.result(_shown(comparison, format))
    raise typer.Exit(1 if fail_on_breaking and comparison.breaking else 0)


def _read(display: Display, job: Job, *, verbose: bool) -> IRContext | None:
    """The API, or nothing where the document is at fault."""
    result, api = read(job)
    if result.failure is not None:
        raise typer.Exit(told_failure(result.failure))
    show(display, result.diagnostics, verbose=verbose, of=result)
    return api if result.ok else None


def _shown(comparison: Comparison, format: DiffFormat) -> str:
    match format:
        case DiffFormat.TEXT:
            return comparison.text()
        case DiffFormat.JSON:
            return comparison.json()
        case DiffFormat.MARKDOWN:
            return comparison.markdown()
        case _:
            assert_never(format)
