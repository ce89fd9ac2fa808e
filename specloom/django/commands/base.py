"""The base of every command: words and an exit code for whatever goes wrong, never a traceback for a bad project."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable, Mapping
from typing import TextIO, cast

from django.core.management.base import BaseCommand, CommandError

from specloom.ir.diagnostics import Severity, SpecloomError
from specloom.jobs import Mode
from specloom.terminal.last_resort import BUG, INTERRUPTED, stop_on_termination, told
from specloom.terminal.progress import Display
from specloom.terminal.reporting import show

FAILED = 1
USAGE = 2

Options = Mapping[str, object]
"""What Django parsed of the command line, by name."""


class SpecloomCommand(BaseCommand):
    """A command that says what is wrong in words.

    Django's own checks do not run before it: they import every URLconf and end in a traceback where one is broken, which
    is what these commands explain.
    """

    requires_system_checks: list[str] = []  # noqa: RUF012  # Django's own spelling
    needs_project = True
    """Whether the command is of no use without a project's settings."""

    def run_from_argv(self, argv: list[str]) -> None:
        """Runs as a process of its own: SIGTERM puts back what is under way."""
        stop_on_termination()
        super().run_from_argv(argv)

    def handle(self, *args: object, **options: object) -> None:
        """Runs ``work``; ends in a ``CommandError`` whose ``returncode`` is the exit code where that is not 0."""
        display = Display(cast("TextIO", self.stdout), cast("TextIO", self.stderr))
        try:
            code = self.work(options, display)
        except SpecloomError as error:
            show(display, error.diagnostics, verbose=bool(options.get("verbose")))
            raise CommandError(counted(error), returncode=USAGE) from None
        except KeyboardInterrupt:
            raise CommandError("interrupted; nothing was left half-written", returncode=INTERRUPTED) from None
        except CommandError:
            raise
        except BrokenPipeError:  # who reads the output, as head does, has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it ends
            sys.exit(FAILED)
        except Exception as error:
            told(f"{type(error).__name__}: {error}".partition("\n")[0], traceback.format_exc())
            raise CommandError("specloom itself is at fault", returncode=BUG) from None
        if code:
            raise CommandError("failed; the messages above say why", returncode=code)

    def work(self, options: Options, display: Display) -> int:
        """What the command does; returns the exit code."""
        raise NotImplementedError


def counted(error: SpecloomError) -> str:
    """How many errors there are, in words."""
    count = sum(found.severity is Severity.ERROR for found in error.diagnostics)
    return f"{count} error{'' if count == 1 else 's'}; nothing was written"


def mode_of(options: Options) -> Mode:
    """What ``--check`` and ``--dry-run`` say is to be done with the files."""
    return Mode.CHECK if options.get("check") else Mode.DRY_RUN if options.get("dry_run") else Mode.WRITE


def names(values: object) -> tuple[str, ...]:
    """Names as a command line gives them, separated by blanks or commas, each once, in their order."""
    if values is None:
        return ()
    parts: Iterable[object] = values if isinstance(values, (list, tuple)) else (values,)
    split = (name.strip() for part in parts for name in str(part).split(","))
    return tuple(dict.fromkeys(name for name in split if name))
