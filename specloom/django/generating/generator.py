"""Generation by the names of Django Revolution: a thin face over ``generate_project``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from specloom.django.project import Project
from specloom.ir.diagnostics import SpecloomError
from specloom.jobs import Mode
from specloom.writing import Plan, clear

from .cleaning import everything
from .results import GenerationResult, GenerationSummary
from .running import generate_project

if TYPE_CHECKING:
    from .making import Describe


class OpenAPIGenerator:
    """Documents and clients of a project, given as one or as what the settings may be; by default of theirs."""

    def __init__(self, config: Project | Mapping[str, object] | None = None, *, describe: Describe | None = None) -> None:
        self._describe = describe
        from specloom.django.configuration import project_of

        self.config = project_of(config)

    def generate_all(
        self, zones: Sequence[str] | None = None, typescript: bool = True, python: bool = True, archive: bool = True,
        clean: bool = False,
    ) -> GenerationSummary:
        """The documents and the TypeScript and Python clients of these zones, of all where none is named.

        Raises ``SpecloomError`` as ``generate_project`` does.
        """
        languages = [name for name, on in (("typescript", typescript), ("python", python)) if on]
        if not languages:
            raise SpecloomError.of("no-language", "no language is switched on", hint="give typescript=True or python=True")
        return self._generate(zones or (), languages, archive=archive, clean=clean)

    def generate_typescript_client(self, zone: str) -> GenerationResult:
        """The TypeScript client of one zone, with its document."""
        return self._generate([zone], ["typescript"]).typescript_results[zone]

    def generate_python_client(self, zone: str) -> GenerationResult:
        """The Python client of one zone, with its document."""
        return self._generate([zone], ["python"]).python_results[zone]

    def check(self) -> GenerationSummary:
        """Whether everything is up to date; writes nothing."""
        return generate_project(self.config, mode=Mode.CHECK, describe=self._describe)

    def clean_output(self) -> tuple[Plan, ...]:
        """Removes everything that specloom wrote, less what people changed. The archive stays."""
        return clear(everything(self.config))

    def get_output_structure(self) -> dict[str, Path]:
        """Where everything goes."""
        outputs = self.config.outputs
        return {"base": outputs.base, "schemas": outputs.schemas, "clients": outputs.clients, "archive": outputs.archive}

    def _generate(
        self, zones: Sequence[str], languages: Sequence[str], *, archive: bool = True, clean: bool = False
    ) -> GenerationSummary:
        return generate_project(
            self.config, groups=zones, languages=languages, archive=archive, clean=clean, describe=self._describe
        )
