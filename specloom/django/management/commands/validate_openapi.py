"""``manage.py validate_openapi``: what in serializers and views makes a bad schema, and how to put it right."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import TextIO, cast

from specloom.django.commands.base import Options, SpecloomCommand
from specloom.django.commands.validate_openapi import REPORTS, SEVERITIES, asked, validate
from specloom.terminal.progress import Display


class Command(SpecloomCommand):
    help = "Find what makes a bad OpenAPI schema in serializers and views, and fix what is certain."

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_argument_group("where")
        where.add_argument("--app", nargs="+", action="extend", metavar="APP", help="Only these apps, by label or name.")
        where.add_argument("--file", nargs="+", action="extend", metavar="FILE", help="Only these files.")
        where.add_argument(
            "--pattern", nargs="+", action="extend", metavar="PATTERN",
            help="Only files whose names match; with a slash, whose paths below the app do. Default: serializers and views.",
        )
        what = parser.add_argument_group("what")
        what.add_argument("--rule", nargs="+", action="extend", metavar="RULE", help="Only these rules.")
        what.add_argument("--severity", choices=SEVERITIES, help="Only findings at least this bad.")
        what.add_argument("--fixable-only", action="store_true", help="Only what --fix can put right.")
        what.add_argument("--list-rules", action="store_true", help="Show the rules and what they are for.")
        fixing = parser.add_argument_group("fixing")
        fixing.add_argument("--fix", action="store_true", help="Put right what is certain, after asking.")
        fixing.add_argument("--dry-run", action="store_true", help="Show what --fix would change, and write nothing.")
        fixing.add_argument("--no-confirm", action="store_true", help="Do not ask before writing.")
        showing = parser.add_argument_group("showing")
        showing.add_argument("--report", choices=REPORTS, default="console", help="The form of the report.")
        showing.add_argument("--output", metavar="FILE", help="Write the report to a file.")
        showing.add_argument("--summary", action="store_true", help="Only how often each rule found something.")
        showing.add_argument("--verbose", action="store_true", help="Also why each rule matters.")

    def work(self, options: Options, display: Display) -> int:
        return validate(asked(options), display, cast("TextIO", self.stdout))
