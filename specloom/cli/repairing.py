"""``specloom lock repair``: a lock of field numbers that a merge or an accident damaged, made whole."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import typer

from specloom.builders.proto.lock import LOCK_NAME, parse, text
from specloom.builders.proto.repairing import repair
from specloom.ir.diagnostics import SpecloomError
from specloom.terminal.progress import Display
from specloom.terminal.reporting import show
from specloom.terminal.showing import one_line
from specloom.writing import read_shared, replace_shared


def repair_command(folder: Path) -> NoReturn:
    """Repairs the lock in a folder and says what was decided; a whole one is left as it is."""
    display = Display()
    path = folder / LOCK_NAME
    try:
        content = read_shared(folder, [LOCK_NAME], force=True).get(LOCK_NAME)
        if content is None:
            raise SpecloomError.of("no-lock", "is not there", file=str(path), hint="name the folder of the .proto files")
        if _is_whole(content, str(path)):
            display.result(f"{path} is whole")
            raise typer.Exit(0)
        repaired = repair(content, str(path))
        replace_shared(folder, LOCK_NAME, text(repaired.lock))
    except SpecloomError as error:
        show(display, error.diagnostics, verbose=False)
        raise typer.Exit(1) from None
    for note in repaired.notes:
        display.result(one_line(note))
    display.result(f"repaired {path}; generate again, and commit it")
    raise typer.Exit(0)


def _is_whole(content: str, file: str) -> bool:
    """Whether it can be read. Raises ``SpecloomError`` where no repair helps: a newer specloom wrote it."""
    try:
        parse(content, file)
    except SpecloomError as error:
        if any(found.code == "lock-newer" for found in error.diagnostics):
            raise
        return False
    return True
