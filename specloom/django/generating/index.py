"""The TypeScript index over all groups: which of them it has, and its text."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from specloom.builders.typescript.groups import client_groups, groups_file
from specloom.django.project import Project
from specloom.printers.typescript import print_file

INDEX = "index.ts"


def index_files(project: Project, folder: Path, made: Collection[str], only: Collection[str] = ()) -> Mapping[str, str]:
    """The index beside the groups' clients in ``folder``; empty where there is none.

    It has the groups that are ``made`` in this run and those whose client is there from an earlier one, so that a run for some
    of the groups and one for all give the same. ``only``: no others than these, all where none is named.
    """
    groups = [
        group for group in client_groups(group.name for group in project.groups)
        if (not only or group.folder in only) and (group.folder in made or (folder / group.folder / "client.ts").is_file())
    ]
    if not groups:
        return {}
    ending = project.options.get("typescript", {}).get("import_ending", "")
    return {INDEX: print_file(groups_file(groups, project.title), import_ending=str(ending))}
