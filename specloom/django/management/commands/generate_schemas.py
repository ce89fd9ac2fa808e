"""``manage.py generate_schemas``: schemas of models as source."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

from django.core.management.base import CommandParser

from specloom.django.commands.base import FAILED, Options, SpecloomCommand, mode_of
from specloom.jobs import Mode
from specloom.terminal.progress import Display
from specloom.terminal.reporting import show, show_target

_FOLDERS = (("typescript", "TypeScript types"), ("go", "Go structs"), ("proto", "proto3 messages"))


class Command(SpecloomCommand):
    help = "Write schemas of Django models as source: a Python module of Pydantic models, TypeScript, Go or proto3."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "schemas", nargs="+", metavar="app.Model|app|module.Schema|module",
            help="Models, of which all fields are taken; apps, of which all models are; schemas by their path; or modules, of "
            "which all schemas are taken.",
        )  # fmt: skip
        parser.add_argument("--output", metavar="FILE", type=Path, help="The Python module: schemas.py.")
        for name, what in _FOLDERS:
            parser.add_argument(f"--{name}", metavar="DIR", type=Path, help=f"The folder of {what}.")
        parser.add_argument("--zod", action="store_true", help="Zod schemas beside the TypeScript types.")
        parser.add_argument(
            "--mode", choices=("validation", "serialization"), default="validation",
            help="What the schemas say: what is accepted (validation, the default), or what is answered (serialization). Of an "
            "answer every field is there, computed ones too: what TypeScript or Go wants that reads answers.",
        )  # fmt: skip
        parser.add_argument("--stubs", action="store_true", help="A stub (.pyi) beside each module named, for type checkers.")
        parser.add_argument("--check", action="store_true", help="Write nothing; exit 1 where a file is out of date.")
        parser.add_argument("--dry-run", action="store_true", help="Write nothing; list what would be written.")
        parser.add_argument("--force", action="store_true", help="Overwrite files that were changed by hand.")
        parser.add_argument("--verbose", action="store_true", help="Show every diagnostic and file.")

    def work(self, options: Options, display: Display) -> int:
        """Generates, and says what was written; returns the exit code."""
        from specloom.django.schemas.generating import Request, generate

        writing = mode_of(options)
        output, *places = (None if path is None else Path(str(path)) for path in map(options.get, ("output", *dict(_FOLDERS))))
        folders = {name: path for (name, _), path in zip(_FOLDERS, places, strict=True) if path is not None}
        result = generate(
            Request(
                names=tuple(cast("list[str]", options["schemas"])),
                output=output,
                folders=folders,
                stubs=bool(options["stubs"]),
                options={"zod": True} if options["zod"] else {},
                mode=cast("Literal['validation', 'serialization']", options["mode"]),
                force=bool(options["force"]),
                writing=writing,
            )
        )
        verbose = bool(options["verbose"])
        show(display, result.diagnostics, verbose=verbose)
        for each in result.targets:
            show_target(each, display, files=verbose or writing is Mode.DRY_RUN, nothing=writing is not Mode.WRITE)
        return 0 if result.ok else FAILED
