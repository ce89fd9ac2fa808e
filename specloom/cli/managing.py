"""``specloom django``: the commands for Django projects, outside of ``manage.py``."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import typer

from specloom.ir.diagnostics import SpecloomError
from specloom.terminal.progress import Display
from specloom.terminal.reporting import show

USAGE = 2
_NEEDED = {"django": "Django", "rest_framework": "djangorestframework", "drf_spectacular": "drf-spectacular"}


def django_command(settings: str | None, path: Path | None, arguments: Sequence[str]) -> NoReturn:
    """Runs a command of ``specloom.django`` and ends with its exit code."""
    display = Display()
    missing = [name for module, name in _NEEDED.items() if find_spec(module) is None]
    try:
        if missing:
            raise SpecloomError.of("missing-extra", f"{', '.join(missing)} cannot be imported here",
                                   hint="pip install 'specloom[django]' into the project's environment")
        from specloom.django.standalone import commands, run

        if not arguments:
            for name in commands():
                display.result(name)
            raise typer.Exit(0)
        run(settings, path, arguments)
    except SpecloomError as error:
        show(display, error.diagnostics, verbose=False)
        raise typer.Exit(USAGE) from None
    raise typer.Exit(0)
