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
    made: set[str] = set()
    kept: set[str] = set()
    shared: list[str] = []
    diagnostics: list[Diagnostic] = []
    for package in packages:
        below = f"{package.language}/" if several else ""
        groups = _groups(package, clients)
        for group in groups:
            client = clients[package.language, group]
            files |= {f"{below}{group}/{name}": text for name, text in client.items()}
            shared += [f"{below}{group}/{name}" for name in getattr(client, "shared", ())]
        made |= {f"{below}{group}" for group in groups}
        kept |= {f"{below}{group.name}" for group in project.groups if not package.groups or group.name in package.groups}
        if package.language != "typescript":
            continue
        if not groups:
            kept.add(f"{below}{INDEX}")
        elif _is_foreign(path, below + INDEX) and not force:
            diagnostics.append(_own_index(path / below / INDEX))
        else:
            index = index_files(project, path / below, groups, package.groups)
            files |= {f"{below}{name}": text for name, text in index.items()}

    def stays(name: str) -> bool:
        """Whether a file is of a group, or an index, that this run says nothing of."""
        return "/".join(name.split("/")[:2 if several else 1]) in kept - made

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
