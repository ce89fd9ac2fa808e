"""Clients of a document that lies in a file: what ``generate_ts_client`` and its sisters do, without any configuration."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from django.core.management.base import CommandError, CommandParser

from specloom.generation import run
from specloom.jobs import Job, Mode
from specloom.options import targets_of
from specloom.terminal.last_resort import told_failure
from specloom.terminal.progress import Display
from specloom.terminal.reporting import show, show_target

from .base import FAILED, USAGE, Options, SpecloomCommand, mode_of


class DocumentCommand(SpecloomCommand):
    """Makes a client in one language, the one of ``emitter``, from an OpenAPI file."""

    needs_project = False
    emitter: str
    switches: tuple[tuple[str, str], ...] = ()
    """Options of the emitter that are on or off, with what they are."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--openapi-schema", metavar="FILE", required=True, type=Path, help="The OpenAPI document.")
        parser.add_argument("--output", metavar="DIR", required=True, type=Path, help="The folder of the client.")
        for name, what in self.switches:
            parser.add_argument(f"--{name.replace('_', '-')}", action="store_true", help=what)
        parser.add_argument("--option", metavar="KEY=VALUE", action="append", default=[], help="Any other option.")
        parser.add_argument("--check", action="store_true", help="Write nothing; exit 1 where the folder is out of date.")
        parser.add_argument("--dry-run", action="store_true", help="Write nothing; list what would be written.")
        parser.add_argument("--force", action="store_true", help="Overwrite files that were changed by hand.")
        parser.add_argument("--verbose", action="store_true", help="Show every diagnostic and file.")

    def work(self, options: Options, display: Display) -> int:
        """Reads the file, writes the client; returns the exit code."""
        given: dict[str, object] = dict(_pair(text) for text in cast("list[str]", options["option"]))
        given.update({name: True for name, _ in self.switches if options[name]})
        targets = targets_of({self.emitter: cast("Path", options["output"])}, given)
        mode = mode_of(options)
        job = Job(cast("Path", options["openapi_schema"]), targets, force=bool(options["force"]), mode=mode)
        with display.watching() as observe:
            result = run(job, observe)
        if result.failure is not None:
            return told_failure(result.failure)
        verbose = bool(options["verbose"])
        show(display, result.diagnostics, verbose=verbose, of=result)
        for each in result.targets:
            show_target(each, display, files=verbose or mode is Mode.DRY_RUN, nothing=mode is not Mode.WRITE)
        return 0 if result.ok else FAILED


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise CommandError(f"--option {text}: say KEY=VALUE", returncode=USAGE)
    return name.strip().replace("-", "_"), value
