"""The commands outside of ``manage.py``: ``specloom django --settings shop.settings generate_api``."""

from __future__ import annotations

import os
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path

from specloom.ir.diagnostics import SpecloomError, nearest


def commands() -> tuple[str, ...]:
    """The names of the commands that come with specloom."""
    folder = Path(__file__).parent / "management" / "commands"
    return tuple(sorted(module.name for module in pkgutil.iter_modules([str(folder)])))


def run(settings: str | None, path: Path | None, arguments: Sequence[str]) -> None:
    """Sets a project up and runs one command in it; the command ends the process where it fails.

    Args:
        settings: the settings module; else the environment's DJANGO_SETTINGS_MODULE.
        path: the folder that holds the project's packages; else the current one.
        arguments: the command's name and its own arguments.

    Raises:
        SpecloomError: ``unknown-command``, ``no-settings``, ``django-setup``.
    """
    name = arguments[0]
    if name not in commands():
        raise SpecloomError.of("unknown-command", f"there is no command {name!r}", hint=nearest(name, commands()))
    from django.conf import settings as project
    from django.core.management import load_command_class

    command = load_command_class("specloom.django", name)
    module = settings or os.environ.get("DJANGO_SETTINGS_MODULE")
    needless = not getattr(command, "needs_project", True) or {"-h", "--help"}.intersection(arguments)
    if needless and not module:
        project.configure()
    else:
        _set_up(module, path)
    command.run_from_argv(["specloom django", *arguments])


def _set_up(module: str | None, path: Path | None) -> None:
    if not module:
        raise SpecloomError.of("no-settings", "which project?", hint="name its settings: --settings shop.settings")
    folder = (path or Path.cwd()).resolve()
    if not folder.is_dir():
        raise SpecloomError.of("django-setup", f"there is no folder {folder}", hint="--pythonpath is the folder of manage.py")
    os.environ["DJANGO_SETTINGS_MODULE"] = module
    sys.path.insert(0, str(folder))
    import django
    from pydantic import ValidationError

    try:
        django.setup()
    except ValidationError as error:
        from specloom.django.configuration.findings import settings_findings

        raise SpecloomError(settings_findings(error)) from None
    except Exception as error:  # whatever the project's own modules raise
        raise SpecloomError.of(
            "django-setup", f"the project cannot be set up by {module}: {type(error).__name__}: {error}",
            hint="the same happens in `python manage.py check`; --pythonpath names the folder of manage.py",
        ) from None
