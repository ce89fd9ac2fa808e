"""Serves the menu: asks, does, and asks again until somebody leaves."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from specloom.django.interactive import Action, Choice, ask
from specloom.django.project import Project
from specloom.ir.diagnostics import SpecloomError
from specloom.jobs import Mode
from specloom.terminal.progress import Display

from . import inspecting
from .archives import list_archives
from .arguments import Request
from .generating import generate


def serve(project: Project, request: Request, display: Display, asking: Callable[[Project], Choice] = ask) -> int:
    """Asks and does what is chosen until it is ``QUIT``.

    Args:
        project: whose groups are offered.
        request: how to generate, where the menu does not ask.
        display: where results are shown.
        asking: gives one choice; raises ``KeyboardInterrupt`` where somebody leaves by Ctrl-C.

    Returns:
        The exit code of what was done last.

    Raises:
        SpecloomError: ``no-terminal`` where there is nobody to ask.
    """
    if asking is ask and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise SpecloomError.of("no-terminal", "the menu needs a terminal", hint="say what to do by arguments; --help names them")
    code = 0
    while True:
        try:
            choice = asking(project)
        except KeyboardInterrupt:
            return code
        if choice.action is Action.QUIT:
            return code
        code = _done(project, request, choice, display)


def _done(project: Project, request: Request, choice: Choice, display: Display) -> int:
    wanted = replace(request, groups=choice.groups, languages=choice.languages, without=())
    match choice.action:
        case Action.GENERATE:
            return generate(project, replace(wanted, mode=Mode.WRITE), display)
        case Action.CHECK:
            return generate(project, replace(wanted, mode=Mode.CHECK, clean=False, force=False), display)
        case Action.STATUS:
            return inspecting.status(project, display)
        case Action.LIST:
            return inspecting.list_groups(project, display)
        case Action.URLS:
            return inspecting.show_urls(project, (), display)
        case Action.VALIDATE:
            return inspecting.validate(project, display, verbose=request.verbose)
        case Action.ARCHIVES:
            return list_archives(project, display)
        case Action.QUIT:
            return 0
        case _:
            assert_never(choice.action)
