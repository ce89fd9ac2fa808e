"""Copies of clients in packages of a monorepo: what goes where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from specloom.django.project import MonorepoPackage, Project
from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.writing import Output, read_manifest

from .index import INDEX, index_files

Clients = Mapping[tuple[str, str], Mapping[str, str]]
"""Files of the clients that were made, by language and group."""


@dataclass(frozen=True, slots=True)
class Copies:
    """What one folder is to hold of clients: ``{group}/...``, below ``{language}/`` where it gets several languages."""

    output: Output
    diagnostics: tuple[Diagnostic, ...] = ()


def package_copies(project: Project, clients: Clients, *, force: bool) -> tuple[Copies, ...]:
    """The copies of all packages that get any of ``clients``. What other groups have there stays as it is."""
    by_path: dict[Path, list[MonorepoPackage]] = {}
    for package in project.packages:
        by_path.setdefault(package.path, []).append(package)
    found = []
    for path, packages in by_path.items():
        wanted = [package for package in packages if _groups(package, clients)]
        if wanted:
            found.append(_copies(project, path, packages, clients, force))
    return tuple(found)


def _copies(
    project: Project, path: Path, packages: list[MonorepoPackage], clients: Clients, force: bool
) -> Copies:
    several = len({package.language for package in packages}) > 1
    files: dict[str, str] = {}
    mine: set[str] = set()
    diagnostics: list[Diagnostic] = []
    shared: list[str] = []
    for package in packages:
        below = f"{package.language}/" if several else ""
        groups = _groups(package, clients)
        for group in groups:
            made = clients[package.language, group]
            files.update({f"{below}{group}/{name}": text for name, text in made.items()})
            shared += [f"{below}{group}/{name}" for name in getattr(made, "shared", ())]
            mine.add(f"{below}{group}")
        if package.language == "typescript" and groups:
            index = f"{below}{INDEX}"
            if _is_foreign(path, index) and not force:
                diagnostics.append(_own_index(path / index))
            else:
                files.update({f"{below}{name}": text for name, text in
                              index_files(project, path / below, groups, package.groups).items()})
    current = {f"{package.language}/{group.name}" if several else group.name
               for package in packages for group in project.groups if not package.groups or group.name in package.groups}

    def stays(name: str) -> bool:
        """Whether a file is of a group that is not made in this run, or the index while none is."""
        folder = "/".join(name.split("/")[:2 if several else 1])
        return (folder in current and folder not in mine) or (name.endswith(INDEX) and name not in files and "/" not in name)

    return Copies(Output(files, path, force, tuple(shared), stays), tuple(diagnostics))


def _groups(package: MonorepoPackage, clients: Clients) -> list[str]:
    return [
        group for language, group in clients
        if language == package.language and (not package.groups or group in package.groups)
    ]


def _is_foreign(path: Path, name: str) -> bool:
    return (path / name).is_file() and name not in read_manifest(path, force=True).files


def _own_index(path: Path) -> Diagnostic:
    return Diagnostic(
        code="own-index-kept", severity=Severity.INFO, file=str(path),
        message="is there already and is no file of specloom's: the index over all groups was not copied over it",
        hint="import the groups by their folders, or remove the file",
    )
