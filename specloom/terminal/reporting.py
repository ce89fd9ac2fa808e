"""Says what became of a job: its diagnostics, and what was written for each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from specloom.ir.diagnostics import Diagnostic
from specloom.jobs import JobResult, TargetResult
from specloom.reading import locate

from .progress import Display
from .showing import lines, near, shown
from .tree import tree as tree_lines


def show(
    display: Display, diagnostics: Sequence[Diagnostic], *, verbose: bool, of: JobResult | None = None, notes: bool = False
) -> None:
    """Shows diagnostics on stderr; lines of the document are looked up for those shown one by one."""
    if of is not None and of.document is not None:
        wanted = shown(diagnostics, verbose=verbose, notes=notes)
        places = dict(zip(map(id, wanted), locate(wanted, of.document), strict=True))
        diagnostics = [places.get(id(found), found) for found in diagnostics]
    for severity, text in lines(diagnostics, verbose=verbose, here=Path.cwd(), notes=notes):
        display.line(text, severity)


def show_target(
    result: TargetResult, display: Display, *, files: bool = False, nothing: bool = False, tree: bool = False
) -> None:
    """Says what was written for one language: a line with counts; ``files`` and ``tree`` name each file.

    ``nothing``: that nothing was written, only compared.
    """
    planned = result.plan
    folder = near(str(planned.target), Path.cwd())
    groups = (("created", planned.created), ("changed", planned.changed), ("deleted", planned.deleted), ("kept", planned.kept))
    if files:
        for what, paths in groups:
            for path in paths:
                display.result(f"{what} {near(str(planned.target / path), Path.cwd())}")
    if tree:
        display.result(f"{folder}/")
        for line in tree_lines((*planned.created, *planned.changed, *planned.unchanged)):
            display.result(line)
    counts = [f"{len(paths)} {what}" for what, paths in groups if paths]
    if planned.unchanged or not counts:
        counts.append(f"{len(planned.unchanged)} unchanged")
    would = " (nothing written)" if nothing else ""
    took = f" [{times(result.seconds)}]" if result.seconds else ""
    display.line(f"{result.target.emitter} {folder}: {', '.join(counts)}{would}{took}")


def times(seconds: Mapping[str, float]) -> str:
    """Phases with their seconds, in words."""
    return ", ".join(f"{phase} {value:.2f} s" for phase, value in seconds.items())
