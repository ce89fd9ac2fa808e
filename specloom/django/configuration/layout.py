"""Whether a project's folders are apart: nothing may be written over, or cleaned away with, something else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from specloom.django.project import Project, Spelling
from specloom.ir.diagnostics import Diagnostic, nearest

from .findings import Setting


def layout_findings(project: Project, setting: Setting) -> Iterator[Diagnostic]:
    """Folders of a project that are in each other, and packages that get clients of groups there are not."""
    outputs = project.outputs
    own = {"documents": outputs.schemas, "clients": outputs.clients, "archive": outputs.archive}
    at = ("output",) if project.spelling is Spelling.ZONES else ("output_dir",)
    for (one, first), (other, second) in combinations(own.items(), 2):
        if _meet(first, second):
            yield setting.finding(at, f"the folders of {one} and {other} are in each other: {first}, {second}",
                                  "give each a folder of its own")
    for path in dict.fromkeys(package.path for package in project.packages):
        for name, folder in own.items():
            if _meet(path, folder):
                yield setting.finding(("monorepo",), f"the package {path} and the folder of {name} are in each other",
                                      "name a package outside of the output")
    known = [group.name for group in project.groups]
    for name in dict.fromkeys(name for package in project.packages for name in package.groups):
        if name not in known:
            yield setting.finding(("monorepo",), f"there is no {name!r}", nearest(name, known))


def _meet(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)
