"""What is wrong with a configuration, as diagnostics that name the setting, its file and line, and what would be right."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from specloom.ir.diagnostics import Diagnostic, Place, Severity

from .positions import Key, setting_place

CODE = "django-config"
"""The code of everything that is wrong with a configuration."""
NOTE = "django-config-idle"
"""The code of a setting that is taken though nothing is to be done about it."""

@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of a project, and the file it is in."""

    name: str
    file: str | None = None

    def finding(self, path: Iterable[Key], message: str, hint: str | None = None) -> Diagnostic:
        """What is wrong at ``path`` below the setting."""
        return self._made(CODE, Severity.ERROR, tuple(path), message, hint)

    def note(self, path: Iterable[Key], message: str, hint: str) -> Diagnostic:
        """What is to be said at ``path`` though it is not wrong."""
        return self._made(NOTE, Severity.INFO, tuple(path), message, hint)

    def validation_findings(
        self, error: ValidationError, elsewhere: Callable[[tuple[Key, ...]], str | None] = lambda path: None
    ) -> Iterator[Diagnostic]:
        """What Pydantic found, a finding each; ``elsewhere`` names what said it if it was not the file."""
        for detail in error.errors(include_url=False, include_input=False):
            context = detail.get("ctx", {})
            message = str(context.get("problem", f"{detail['msg'][:1].lower()}{detail['msg'][1:]}"))
            hint = str(context["hint"]) if "hint" in context else None
            other = elsewhere(detail["loc"])
            yield Setting(other).finding((), message, hint) if other else self.finding(detail["loc"], message, hint)

    def _made(self, code: str, severity: Severity, path: tuple[Key, ...], message: str, hint: str | None) -> Diagnostic:
        where = self.name + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
        return Diagnostic(
            code=code, severity=severity, message=f"{where}: {message}" if where else message, hint=hint, file=self.file,
            place=setting_place(self.file, self.name, path) if self.file and self.name else None,
        )


def settings_findings(error: ValidationError) -> Iterator[Diagnostic]:
    """What Pydantic found while the settings were read, at the line of the settings that was at fault."""
    place = _raised(error)
    for found in Setting(error.title).validation_findings(error):
        yield found.model_copy(update={"place": place, "file": place.file if place else None})


def _raised(error: BaseException) -> Place | None:
    """Where the project's own code last stood: neither Pydantic's nor ours."""
    own = Path(__file__).parents[2]
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__)
        if "pydantic" not in Path(frame.filename).parts and not Path(frame.filename).is_relative_to(own)
    ]
    return Place(file=shown(frames[-1].filename), line=frames[-1].lineno) if frames else None


def settings_file(settings: object) -> str | None:
    """The file of the settings, as people would name it."""
    module = sys.modules.get(str(getattr(settings, "SETTINGS_MODULE", "")))
    file = getattr(module, "__file__", None)
    return shown(file) if isinstance(file, str) else None


def shown(file: str) -> str:
    """A path for people: from the current folder where it is below it."""
    path = Path(file)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file
