"""Generates a project's clients and says what became of each group: what ``generate_api`` and ``revolution --generate`` do."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from specloom.django.project import Project
from specloom.jobs import Mode
from specloom.terminal.progress import Display
from specloom.terminal.reporting import show, show_target
from specloom.terminal.showing import near

from .arguments import Request, wanted_languages

if TYPE_CHECKING:
    from specloom.django.generating import GenerationSummary


def generate(project: Project, request: Request, display: Display) -> int:
    """Does what was asked; returns the exit code: 0, or 1 where a group failed or is out of date."""
    from specloom.django.generating import generate_project

    start = time.perf_counter()
    with display.watching() as observe:
        summary = generate_project(
            project, groups=request.groups, languages=wanted_languages(project, request), mode=request.mode,
            archive=request.archive, clean=request.clean, force=request.force, workers=request.workers,
            monorepo=request.packages, observe=observe,
        )  # fmt: skip
    _tell(summary, request, display)
    took = f"in {time.perf_counter() - start:.2f} s"
    failed = [result.group for result in summary.results if not result.ok]
    count = len(summary.results)
    if failed:
        display.line(f"{len(failed)} of {count} failed {took}: {', '.join(failed)}")
    elif summary.ok:
        display.line(f"{count} done {took}")
    return summary.exit_code


def _tell(summary: GenerationSummary, request: Request, display: Display) -> None:
    nothing = request.mode is not Mode.WRITE
    for result in summary.results:
        display.line(f"{result.group}: {result.operations} operations" if result.ok else f"{result.group}: failed")
        show(display, result.diagnostics, verbose=request.verbose)
        for target in result.targets:
            show_target(target, display, files=request.verbose or request.mode is Mode.DRY_RUN, nothing=nothing)
    for package in summary.packages:
        show(display, package.diagnostics, verbose=request.verbose)
        if package.plan is not None:
            written = len(package.plan.created) + len(package.plan.changed)
            display.line(f"{near(str(package.path), Path.cwd())}: {written} written, {len(package.plan.deleted)} deleted")
    show(display, summary.diagnostics, verbose=request.verbose)
    if summary.archive is not None:
        display.line(f"archived in {near(str(summary.archive), Path.cwd())}")
