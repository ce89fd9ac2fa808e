"""Waits for changes of the files that a run depends on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import typer

from specloom.jobs import JobResult
from specloom.terminal.progress import Display

_TICK_MS = 500


def watched_files(results: Iterable[JobResult]) -> dict[Path, None]:
    """The documents of jobs with the files they refer to; where one could not be read, every file beside it."""
    found: dict[Path, None] = {}
    for result in results:
        given = result.job.source
        if not isinstance(given, str | Path) or "://" in str(given):
            continue
        source = Path(given).resolve()
        found[source] = None
        if result.document is None:
            beside = source.parent.iterdir() if source.parent.is_dir() else ()
            found.update({path: None for path in beside if path.suffix in (".yaml", ".yml", ".json")})
        else:
            others = (name for name in result.document.references.files if name and "://" not in name)
            found.update({(source.parent / name).resolve(): None for name in others})
    return found


def snapshot(files: Iterable[Path]) -> dict[Path, tuple[int, int] | None]:
    """When each file was changed and how large it is, ``None`` where there is none."""
    found: dict[Path, tuple[int, int] | None] = {}
    for path in files:
        try:
            status = path.stat()
            found[path] = (status.st_mtime_ns, status.st_size)
        except OSError:
            found[path] = None
    return found


def changes(before: dict[Path, tuple[int, int] | None], display: Display) -> tuple[Path, ...]:
    """Waits until a file is no longer as it was ``before``, and says which; one that changed meanwhile counts at once.

    Ends the command with a hint where watchfiles is missing.
    """
    try:
        from watchfiles import watch
    except ImportError:
        display.line("error watch-missing: --watch needs watchfiles")
        display.line("  hint: pip install 'specloom[watch]'")
        raise typer.Exit(2) from None
    folders = sorted({path.parent for path in before if path.parent.is_dir()})
    if not folders:
        display.line("error file-missing: there is nothing to watch: the folder of the document does not exist")
        raise typer.Exit(1)
    display.line(f"watching {len(before)} file{'' if len(before) == 1 else 's'}; Ctrl-C ends it")
    # Folders and not files, because editors put a new file in the place of the old one.
    for _ in watch(*folders, recursive=False, watch_filter=lambda _, path: Path(path).resolve() in before,
                   rust_timeout=_TICK_MS, yield_on_timeout=True):
        now = snapshot(before)
        changed = tuple(path for path, state in before.items() if now[path] != state)
        if changed:
            return changed
    raise KeyboardInterrupt
