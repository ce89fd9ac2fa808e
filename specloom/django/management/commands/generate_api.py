"""``manage.py generate_api``: the clients of every group."""

from __future__ import annotations

from django.core.management.base import CommandParser

from specloom.django.commands.arguments import add_generation_arguments, request_of, with_output, with_settings
from specloom.django.commands.base import Options, SpecloomCommand
from specloom.terminal.progress import Display


class Command(SpecloomCommand):
    help = "Generate clients of the project's API, in every language that its settings switch on."

    def add_arguments(self, parser: CommandParser) -> None:
        add_generation_arguments(parser, "group")
        parser.add_argument("--list-groups", action="store_true", help="List the groups and their apps; generate nothing.")
        parser.add_argument("--validate", action="store_true", help="Check the settings and the schemas; generate nothing.")
        parser.add_argument("--interactive", "-i", action="store_true", help="Ask what to do, with arrow keys.")

    def work(self, options: Options, display: Display) -> int:
        """Generates, or does what one of the other arguments asks."""
        from specloom.django.commands import inspecting
        from specloom.django.commands.generating import generate
        from specloom.django.commands.menu import serve
        from specloom.django.configuration import load_project

        request = request_of(options, "group")
        project = with_output(load_project(), request.output)
        request = with_settings(request, project)
        if options["list_groups"]:
            return inspecting.list_groups(project, display)
        if options["validate"]:
            return inspecting.validate(project, display, verbose=request.verbose)
        if options["interactive"]:
            return serve(project, request, display)
        return generate(project, request, display)
