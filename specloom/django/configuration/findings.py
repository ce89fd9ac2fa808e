"""What is wrong with a configuration, as diagnostics that name the setting, the file and what would be right."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator

from pydantic import ValidationError

from specloom.ir.diagnostics import Diagnostic, Severity

CODE = "django-config"
"""The code of everything that is wrong with a configuration."""
NOTE = "django-config-idle"
"""The code of a setting that is taken though nothing is to be done about it."""

Path = tuple[int | str, ...]


def config_finding(
    where: str, message: str, hint: str | None = None, *, file: str | None = None, severity: Severity = Severity.ERROR
) -> Diagnostic:
    """A finding about a setting, ``where`` being how people would write it."""
    return Diagnostic(
        code=CODE if severity is Severity.ERROR else NOTE, severity=severity, file=file, hint=hint,
        message=f"{where}: {message}" if where else message,
    )


def validation_findings(
    error: ValidationError, root: str, file: str | None = None, variable: Callable[[Path], str | None] = lambda path: None
) -> Iterator[Diagnostic]:
    """What Pydantic found in the setting ``root``, a finding each; ``variable`` names what else said it than the file."""
    for detail in error.errors(include_url=False, include_input=False):
        context = detail.get("ctx", {})
        message = str(context.get("problem", f"{detail['msg'][:1].lower()}{detail['msg'][1:]}"))
        hint = str(context["hint"]) if "hint" in context else None
        elsewhere = variable(detail["loc"])
        yield config_finding(elsewhere or spelled(root, detail["loc"]), message, hint, file=None if elsewhere else file)


def spelled(root: str, path: Iterable[int | str]) -> str:
    """A setting as people would name it: ``SPECLOOM.groups[0].title``."""
    return root + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)


def settings_file(settings: object) -> str | None:
    """The file of the settings, relative to the current folder where it is below it."""
    module = sys.modules.get(str(getattr(settings, "SETTINGS_MODULE", "")))
    file = getattr(module, "__file__", None)
    if not isinstance(file, str):
        return None
    return os.path.relpath(file) if file.startswith(f"{os.getcwd()}{os.sep}") else file  # noqa: PTH109  # text, not a path
