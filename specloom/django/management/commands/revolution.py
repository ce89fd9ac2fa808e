"""``manage.py revolution``: zones and their clients, in the words of Django Revolution; without arguments, a menu."""

from __future__ import annotations

from django.core.management.base import CommandParser

from specloom.django.commands.arguments import add_generation_arguments, request_of, with_output, with_settings
from specloom.django.commands.base import Options, SpecloomCommand
from specloom.terminal.progress import Display

_ACTIONS = ("generate", "status", "list_zones", "validate", "validate_zones", "show_urls", "test_schemas", "interactive")


class Command(SpecloomCommand):
    help = "Generate clients of the project's zones, and look at the zones; without arguments, a menu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--generate", "-g", action="store_true", help="Generate clients.")
        add_generation_arguments(parser, "zone")
        parser.add_argument("--no-monorepo", action="store_true", help="Copy nothing into the packages of a monorepo.")
        parser.add_argument("--no-multithreading", action="store_true", help="One task after the other.")
        parser.add_argument("--status", action="store_true", help="Show the state of everything.")
        parser.add_argument("--list-zones", action="store_true", help="List the zones and their apps.")
        parser.add_argument("--validate", action="store_true", help="Check the settings, the zones and their schemas.")
        parser.add_argument("--validate-zones", action="store_true", help="Check the zones, not their schemas.")
        parser.add_argument("--show-urls", action="store_true", help="Show the address of everything.")
        parser.add_argument("--test-schemas", action="store_true", help="Make every schema and say what is wrong with it.")
        parser.add_argument("--interactive", "-i", action="store_true", help="Ask what to do, with arrow keys.")
        parser.add_argument("--debug", action="store_true", help="Show every diagnostic, and where a defect happened.")

    def work(self, options: Options, display: Display) -> int:
        """Does each thing that is asked, in the order of the help; the exit code is the worst."""
        from specloom.django.commands import inspecting
        from specloom.django.commands.generating import generate
        from specloom.django.commands.menu import serve
        from specloom.django.configuration import load_project

        request = request_of(options, "zone")
        project = with_output(load_project(), request.output)
        request = with_settings(request, project)
        asked = [name for name in _ACTIONS if options[name]]
        if not asked:
            asked = ["generate"] if request.says_what_to_make else ["interactive"]
        code = 0
        for name in asked:
            match name:
                case "generate":
                    code = max(code, generate(project, request, display))
                case "status":
                    code = max(code, inspecting.status(project, display))
                case "list_zones":
                    code = max(code, inspecting.list_groups(project, display))
                case "validate":
                    code = max(code, inspecting.validate(project, display, verbose=request.verbose))
                case "validate_zones":
                    code = max(code, inspecting.validate(project, display, verbose=request.verbose, schemas=False))
                case "show_urls":
                    code = max(code, inspecting.show_urls(project, request.groups, display))
                case "test_schemas":
                    code = max(code, inspecting.test_schemas(project, request.groups, display, verbose=request.verbose))
                case _:
                    code = max(code, serve(project, request, display))
        return code
