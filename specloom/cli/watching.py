"""Waits for changes of the files that a run depends on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import typer

from specloom.jobs import Job, JobResult

from .progress import Display


def watched_files(jobs: Iterable[Job], results: Iterable[JobResult]) -> tuple[Path, ...]:
    """The documents of jobs, with the files they referred to when they were read last."""
    found = {Path(job.source).resolve(): None for job in jobs if "://" not in str(job.source)}
    for result in results:
        if result.document is not None and result.document.file is not None and "://" not in result.document.file:
            folder = Path(result.document.file).resolve().parent
            others = (name for name in result.document.references.files if name and "://" not in name)
            found.update({(folder / name).resolve(): None for name in others})
    return tuple(found)


def changes(files: Iterable[Path], display: Display) -> tuple[Path, ...]:
    """Waits until any of ``files`` changes, and says which. Ends the command with a hint where watchfiles is missing."""
    try:
        from watchfiles import watch
    except ImportError:
        display.line("error watch-missing: --watch needs watchfiles")
        display.line("  hint: pip install 'specloom[watch]'")
        raise typer.Exit(2) from None
    wanted = {path.resolve() for path in files}
    folders = sorted({path.parent for path in wanted if path.parent.is_dir()})
    display.line(f"watching {len(wanted)} file{'' if len(wanted) == 1 else 's'}; Ctrl-C ends it")
    # Folders and not files, because editors put a new file in the place of the old one.
    batches = watch(*folders, recursive=False, watch_filter=lambda _, path: Path(path).resolve() in wanted)
    batch = next(iter(batches), None)
    if batch is None:
        raise KeyboardInterrupt
    return tuple(sorted({Path(path) for _, path in batch}))
