"""What became of a generation: of each group, of each package, and of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.jobs import Mode, TargetResult
from specloom.writing import Plan

_NONE: Mapping[str, float] = MappingProxyType({})


def has_error(diagnostics: tuple[Diagnostic, ...]) -> bool:
    """Whether an error is among them."""
    return any(found.severity is Severity.ERROR for found in diagnostics)


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What became of one group. Where something is at fault, nothing of it was written, and ``targets`` is empty."""

    group: str
    targets: tuple[TargetResult, ...] = ()
    """A result for each language."""
    schema: Plan | None = None
    """What was done, or would be, to the folder of the documents; of this group's file alone."""
    diagnostics: tuple[Diagnostic, ...] = ()
    failure: str | None = None
    """The traceback of a defect, which ``diagnostics`` tells in words."""
    operations: int = 0
    seconds: Mapping[str, float] = field(default_factory=lambda: _NONE)
    """How long each phase took that all languages share: ``schema`` (drf-spectacular), ``read``, ``IR``."""

    @property
    def ok(self) -> bool:
        """Whether the group was done, without an error."""
        return self.failure is None and not has_error(self.diagnostics)

    @property
    def error(self) -> str:
        """The first error in words; empty where there is none."""
        return next((found.message for found in self.diagnostics if found.severity is Severity.ERROR), "")


@dataclass(frozen=True, slots=True)
class PackageResult:
    """What became of one package of a monorepo."""

    path: Path
    plan: Plan | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it was done, without an error."""
        return not has_error(self.diagnostics)


@dataclass(frozen=True, slots=True)
class GenerationResult:
    """One client: one group in one language."""

    success: bool
    zone_name: str
    client_type: str
    output_path: Path
    files_generated: int = 0
    duration_seconds: float = 0.0
    error_message: str = ""


@dataclass(frozen=True, slots=True)
class GenerationSummary:
    """What became of all groups. ``diagnostics`` are about what no single group is: the index, the archive, cleaning."""

    results: tuple[GroupResult, ...]
    languages: tuple[str, ...]
    outputs: Mapping[tuple[str, str], Path] = field(default_factory=dict, repr=False)
    """The folder of each client, by language and group."""
    mode: Mode = Mode.WRITE
    index: Plan | None = None
    """What was done, or would be, to the TypeScript index over all groups."""
    packages: tuple[PackageResult, ...] = ()
    cleaned: tuple[Plan, ...] = ()
    archive: Path | None = None
    """The folder of this run in the archive."""
    diagnostics: tuple[Diagnostic, ...] = ()
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether everything was done, without an error."""
        whole = not has_error(self.diagnostics) and all(package.ok for package in self.packages)
        return whole and all(result.ok for result in self.results)

    @property
    def exit_code(self) -> int:
        """What a command ends with: 0, or 1 where anything is at fault or, when only compared, out of date."""
        return 0 if self.ok else 1

    @property
    def total_zones(self) -> int:
        """How many groups there were."""
        return len(self.results)

    @property
    def total_files_generated(self) -> int:
        """How many files all clients have."""
        return sum(client.files_generated for client in self.clients)

    @property
    def total_duration_seconds(self) -> float:
        """How long it took, by the clock."""
        return self.seconds

    @property
    def clients(self) -> tuple[GenerationResult, ...]:
        """Every client, one language after the other."""
        return tuple(
            _client(result, language, self.outputs[language, result.group])
            for language in self.languages for result in self.results
        )

    @property
    def typescript_results(self) -> dict[str, GenerationResult]:
        """The TypeScript clients by group."""
        return self.of_language("typescript")

    @property
    def python_results(self) -> dict[str, GenerationResult]:
        """The Python clients by group."""
        return self.of_language("python")

    def of_language(self, language: str) -> dict[str, GenerationResult]:
        """The clients of one language by group."""
        return {client.zone_name: client for client in self.clients if client.client_type == language}

    @property
    def successful_typescript(self) -> int:
        """How many TypeScript clients were made."""
        return _count(self.typescript_results, success=True)

    @property
    def failed_typescript(self) -> int:
        """How many TypeScript clients were not."""
        return _count(self.typescript_results, success=False)

    @property
    def successful_python(self) -> int:
        """How many Python clients were made."""
        return _count(self.python_results, success=True)

    @property
    def failed_python(self) -> int:
        """How many Python clients were not."""
        return _count(self.python_results, success=False)


def _count(clients: Mapping[str, GenerationResult], *, success: bool) -> int:
    return sum(client.success is success for client in clients.values())


def _client(result: GroupResult, language: str, output: Path) -> GenerationResult:
    made = next((target for target in result.targets if target.target.emitter == language), None)
    files = (*made.plan.created, *made.plan.changed, *made.plan.unchanged) if made else ()
    return GenerationResult(
        success=result.ok, zone_name=result.group, client_type=language, output_path=output, files_generated=len(files),
        duration_seconds=sum(made.seconds.values()) if made else 0.0, error_message=result.error,
    )
