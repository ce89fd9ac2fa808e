"""Finds what earlier runs wrote for groups and languages that the project has no more."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from specloom.django.project import Project
from specloom.writing import MANIFEST_NAME


def left_over(project: Project, languages: Collection[str]) -> tuple[Path, ...]:
    """Folders of clients that specloom wrote and that are of no group of the project, or of none of its languages."""
    groups = {group.name for group in project.groups}
    wanted = {*languages, *project.languages}
    found = []
    for language in _folders(project.outputs.clients):
        found += [folder for folder in _folders(language) if language.name not in wanted or folder.name not in groups]
        if language.name not in wanted:
            found.append(language)
    return tuple(folder for folder in found if (folder / MANIFEST_NAME).is_file())


def _folders(path: Path) -> Iterator[Path]:
    """The folders in a folder, without links: what they lead to is not the project's output."""
    if path.is_dir():
        yield from sorted(entry for entry in path.iterdir() if entry.is_dir() and not entry.is_symlink())


def everything(project: Project) -> tuple[Path, ...]:
    """All folders of the project's output that specloom wrote to, less the archive."""
    languages = list(_folders(project.outputs.clients))
    clients = [folder for language in languages for folder in _folders(language)]
    return tuple(
        folder for folder in (project.outputs.schemas, *clients, *languages) if (folder / MANIFEST_NAME).is_file()
    )
