"""The command line: reads arguments and configuration, shows what happens, decides the exit code."""

from __future__ import annotations

from typing import NoReturn


def main() -> NoReturn:
    """The ``specloom`` command. Ends the process: 0 done, 1 the document or the output is at fault, 2 wrong usage."""
    from specloom.terminal.last_resort import guarded, leave

    from .app import app

    leave(guarded(app))
