"""``manage.py archive``: earlier generations, and what changed since."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from django.core.management.base import CommandParser

from specloom.django.commands.arguments import with_output
from specloom.django.commands.base import Options, SpecloomCommand, names
from specloom.django.project import LANGUAGES
from specloom.terminal.progress import Display

_NAME = "The name of an archive, or how it begins; latest is the newest."


class Command(SpecloomCommand):
    help = "List, show, compare and restore the archives of generate_api."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output-dir", type=Path, metavar="DIR", help="Where everything is, in place of the settings.")
        actions = parser.add_subparsers(dest="action", required=True, metavar="list|show|diff|restore")
        actions.add_parser("list", help="The archives, newest first.")
        show = actions.add_parser("show", help="What one archive holds.")
        show.add_argument("name", nargs="?", default="latest", help=_NAME)
        diff = actions.add_parser("diff", help="What changed between two archives, or since one.")
        diff.add_argument("old", nargs="?", default="latest", help=_NAME)
        diff.add_argument("new", nargs="?", help="The newer one; without it, what lies in the output now.")
        diff.add_argument("--groups", "--zones", nargs="+", metavar="NAME", help="Only these.")
        diff.add_argument("--format", choices=["text", "json", "markdown"], default="text", help="How to show it.")
        diff.add_argument("--fail-on-breaking", action="store_true", help="Exit 1 where clients would break.")
        restore = actions.add_parser("restore", help="Put an archive in the place of what lies in the output.")
        restore.add_argument("name", help=_NAME)
        restore.add_argument("--groups", "--zones", nargs="+", metavar="NAME", help="Only these.")
        restore.add_argument("--languages", nargs="+", metavar="NAME", help=f"Only these: {', '.join(LANGUAGES)}.")
        restore.add_argument("--force", action="store_true", help="Give up what was changed by hand.")

    def work(self, options: Options, display: Display) -> int:
        """Does what the action says."""
        from specloom.django.commands import archives
        from specloom.django.configuration import load_project

        output = options["output_dir"]
        project = with_output(load_project(), output if isinstance(output, Path) else None)
        groups = names(options.get("groups"))
        match options["action"]:
            case "list":
                return archives.list_archives(project, display)
            case "show":
                return archives.show_archive(project, str(options["name"]), display)
            case "diff":
                old, new = str(options["old"]), options["new"]
                return archives.show_changes(
                    project, old, None if new is None else str(new), groups, display,
                    format=cast("archives.Format", options["format"]), fail=bool(options["fail_on_breaking"]),
                )  # fmt: skip
            case _:
                languages = names(options["languages"])
                return archives.restore(project, str(options["name"]), groups, languages, display, force=bool(options["force"]))
