"""Arguments that ``generate_api`` and ``revolution`` have in common, and what they make of a project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from django.core.management.base import CommandParser

from specloom.django.project import LANGUAGES, Outputs, Project
from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError
from specloom.jobs import Mode

from .base import mode_of, names


@dataclass(frozen=True, slots=True)
class Request:
    """What a generation was asked for; what is empty or ``None`` is left to the project's settings."""

    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    mode: Mode = Mode.WRITE
    archive: bool = True
    clean: bool = False
    force: bool = False
    packages: bool = True
    workers: int | None = None
    output: Path | None = None
    verbose: bool = False

    @property
    def says_what_to_make(self) -> bool:
        """Whether it names groups, languages or how to write, which only a generation has."""
        return bool(self.groups or self.languages or self.without or self.clean or self.mode is not Mode.WRITE)


def add_generation_arguments(parser: CommandParser, group: str) -> None:
    """The arguments of a generation; ``group`` is what the command calls one: ``group`` or ``zone``."""
    parser.add_argument(f"--{group}s", nargs="+", metavar="NAME", help=f"Only these {group}s, separated by blanks or commas.")
    for language in LANGUAGES:
        parser.add_argument(f"--{language}", action="store_true", help=f"Only the languages named so: {language}.")
    for language in LANGUAGES:
        parser.add_argument(f"--no-{language}", action="store_true", help=f"No {language}.")
    parser.add_argument("--check", action="store_true", help="Write nothing; exit 1 where anything is out of date.")
    parser.add_argument("--dry-run", action="store_true", help="Write nothing; list what would be written.")
    parser.add_argument("--force", action="store_true", help="Overwrite files that were changed by hand.")
    parser.add_argument("--clean", action="store_true", help="First remove what was generated before.")
    parser.add_argument("--no-archive", action="store_true", help="Keep no copy of this run.")
    parser.add_argument("--max-workers", type=int, metavar="N", help="How many tasks run at once at most.")
    parser.add_argument("--output-dir", type=Path, metavar="DIR", help="Where everything goes, in place of the settings.")
    parser.add_argument("--verbose", action="store_true", help="Show every diagnostic and file.")


def request_of(options: Mapping[str, object], group: str) -> Request:
    """The request that parsed options make. Raises ``SpecloomError`` for options that do not go together."""
    both = [language for language in LANGUAGES if options.get(language) and options.get(f"no_{language}")]
    wrong = [f"--{language} and --no-{language}" for language in both]
    if options.get("check") and (options.get("dry_run") or options.get("clean") or options.get("force")):
        wrong.append("--check and what writes or only lists")
    if options.get("dry_run") and options.get("clean"):
        wrong.append("--dry-run and --clean")
    workers = 1 if options.get("no_multithreading") else options.get("max_workers")
    if isinstance(workers, int) and workers < 1:
        wrong.append(f"--max-workers {workers} and any work")
    if wrong:
        raise SpecloomError(_usage(f"{each} do not go together") for each in wrong)
    output = options.get("output_dir")
    return Request(
        groups=names(options.get(f"{group}s")),
        languages=tuple(language for language in LANGUAGES if options.get(language)),
        without=tuple(language for language in LANGUAGES if options.get(f"no_{language}")),
        mode=mode_of(options),
        archive=not options.get("no_archive"),
        clean=bool(options.get("clean")),
        force=bool(options.get("force")),
        packages=not options.get("no_monorepo"),
        workers=workers if isinstance(workers, int) else None,
        output=Path(str(output)) if output else None,
        verbose=bool(options.get("verbose") or options.get("debug")),
    )


def with_output(project: Project, folder: Path | None) -> Project:
    """The project with everything below another folder, in the same arrangement."""
    if folder is None:
        return project
    base, was = folder.resolve(), project.outputs

    def moved(path: Path) -> Path:
        return base / path.relative_to(was.base) if path.is_relative_to(was.base) else base / path.name

    return replace(project, outputs=Outputs(base, moved(was.schemas), moved(was.clients), moved(was.archive)))


def with_settings(request: Request, project: Project) -> Request:
    """The request, which shows more where the settings say ``debug``."""
    return replace(request, verbose=request.verbose or project.debug)


def wanted_languages(project: Project, request: Request) -> tuple[str, ...]:
    """The languages that are to be made. Raises ``SpecloomError`` where none is left."""
    languages = tuple(name for name in request.languages or project.languages if name not in request.without)
    if not languages:
        raise SpecloomError([_usage("no language is left to generate", hint="name one, as in --typescript")])
    return languages


def _usage(message: str, hint: str | None = None) -> Diagnostic:
    return Diagnostic(code="usage", severity=Severity.ERROR, message=message, hint=hint)
