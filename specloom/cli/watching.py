"""Waits for changes of the files that a run depends on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import typer

from specloom.jobs import JobResult

from .progress import Display


def watched_files(results: Iterable[JobResult]) -> dict[Path, None]:
    """The documents of jobs with the files they refer to; where one could not be read, every file beside it."""
    found: dict[Path, None] = {}
    for result in results:
        if "://" in str(result.job.source):
            continue
        source = Path(result.job.source).resolve()
        found[source] = None
        if result.document is None:
            beside = source.parent.iterdir() if source.parent.is_dir() else ()
            found.update({path: None for path in beside if path.suffix in (".yaml", ".yml", ".json")})
        else:
            others = (name for name in result.document.references.files if name and "://" not in name)
            found.update({(source.parent / name).resolve(): None for name in others})
    return found


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
    if not folders:
        display.line("error file-missing: there is nothing to watch: the folder of the document does not exist")
        raise typer.Exit(1)
    display.line(f"watching {len(wanted)} file{'' if len(wanted) == 1 else 's'}; Ctrl-C ends it")
    # Folders and not files, because editors put a new file in the place of the old one.
    batches = watch(*folders, recursive=False, watch_filter=lambda _, path: Path(path).resolve() in wanted)
    batch = next(iter(batches), None)
    if batch is None:
        raise KeyboardInterrupt
    return tuple(sorted({Path(path) for _, path in batch}))
