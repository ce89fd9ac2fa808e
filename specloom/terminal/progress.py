"""What a run shows while it works: a live display on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from specloom.ir.diagnostics import Severity

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from specloom.generation import Observer, Step

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def is_plain(stream_is_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Whether plain lines are wanted: no terminal, a dumb one, NO_COLOR (https://no-color.org), or a CI service."""
    return (
        not stream_is_terminal
        or bool(environment.get("NO_COLOR"))
        or bool(environment.get("CI"))
        or environment.get("TERM") == "dumb"
    )


class Display:
    """Shows steps and lines on stderr, results on stdout, or on the streams given in their places."""

    def __init__(self, out: TextIO | None = None, error: TextIO | None = None) -> None:
        self._out, self._error = out or sys.stdout, error or sys.stderr
        self.plain = is_plain(self._error.isatty(), os.environ)
        self._console: Console | None = None
        if not self.plain:
            from rich.console import Console

            self._console = Console(file=self._error, highlight=False)

    def line(self, text: str, severity: Severity | None = None) -> None:
        """A line on stderr."""
        if self._console is None:
            self._error.write(_encodable(text, self._error.encoding) + "\n")
        else:
            self._console.print(text, style=_STYLES.get(severity) if severity else None, markup=False, soft_wrap=True)

    def result(self, text: str) -> None:
        """A line on stdout: what the command was asked for."""
        self._out.write(_encodable(text, self._out.encoding) + "\n")

    @contextmanager
    def watching(self) -> Iterator[Observer]:
        """An observer that shows the steps of jobs while the block runs."""
        if self._console is None:
            yield self._plain_step
            return
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
        # No thread of its own: a process with threads cannot be forked safely, and targets are made in forked ones.
        progress = Progress(*columns, console=self._console, auto_refresh=False, transient=True)
        with progress:
            yield _Live(progress)

    def _plain_step(self, step: Step | None) -> None:
        if step is not None and step.seconds is not None:
            self.line(f"{_title(step)}: {step.seconds:.2f} s")


class _Live:
    """A line per step on a terminal, with a running clock while it lasts."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, step: Step | None) -> None:
        if step is not None:
            title = _title(step)
            if step.seconds is None:
                self._tasks[title] = self._progress.add_task(title, total=1)
            elif title in self._tasks:
                self._progress.update(self._tasks[title], completed=1)
        self._progress.refresh()


def _title(step: Step) -> str:
    return " ".join(part for part in (step.job, step.target, step.phase) if part)


def _encodable(text: str, encoding: str | None) -> str:
    """Text that a stream can take whatever its encoding: what it cannot is escaped."""
    return text.encode(encoding or "utf-8", "backslashreplace").decode(encoding or "utf-8", "replace")
