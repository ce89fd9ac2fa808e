"""What changed between two archives, or since one: group by group, by the meaning of their documents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from specloom.comparing import Comparison, compare
from specloom.comparing.data import as_data
from specloom.django.project import Project
from specloom.ir.diagnostics import SpecloomError

from .listing import Archive, find_archive

CURRENT = "current"


@dataclass(frozen=True, slots=True)
class GroupComparison:
    """One group. ``comparison`` is there where both sides have its document."""

    group: str
    status: Literal["added", "removed", "same", "changed"]
    comparison: Comparison | None = None

    @property
    def breaking(self) -> bool:
        """Whether clients of the old one break."""
        return self.status == "removed" or (self.comparison is not None and self.comparison.breaking)


@dataclass(frozen=True, slots=True)
class ArchiveComparison:
    """All groups of two archives; ``new`` is ``current`` where the second is the project's output."""

    old: str
    new: str
    groups: tuple[GroupComparison, ...]

    @property
    def breaking(self) -> bool:
        """Whether clients of any group break."""
        return any(group.breaking for group in self.groups)

    def text(self) -> str:
        """For a terminal."""
        parts = [f"{self.old} -> {self.new}"]
        for group in self.groups:
            changes = group.comparison.text().rstrip() if group.status == "changed" and group.comparison else ""
            parts.append(f"{group.group}: {_words(group)}" + (f"\n{changes}" if changes else ""))
        return "\n\n".join(parts) + "\n"

    def markdown(self) -> str:
        """For a pull request."""
        parts = [f"# {self.old} → {self.new}"]
        for group in self.groups:
            parts.append(f"## {group.group}")
            changes = group.comparison.markdown().rstrip() if group.status == "changed" and group.comparison else ""
            parts.append(changes or f"{_words(group).capitalize()}.")
        return "\n\n".join(parts) + "\n"

    def data(self) -> dict[str, object]:
        """As plain data."""
        return {
            "old": self.old, "new": self.new, "breaking": self.breaking,
            "groups": {
                group.group: {
                    "status": group.status, "breaking": group.breaking,
                    "comparison": as_data(group.comparison) if group.comparison else None,
                }
                for group in self.groups
            },
        }  # fmt: skip

    def json(self) -> str:
        """As JSON."""
        return json.dumps(self.data(), indent=2, ensure_ascii=False) + "\n"


def diff(project: Project, old: str = "latest", new: str | None = None, *, groups: Sequence[str] = ()) -> ArchiveComparison:
    """What changed from one archive to another, or to the project's documents as they are now.

    Args:
        project: whose archives.
        old: the older archive, as ``find_archive`` takes it.
        new: the newer one; ``None`` is the documents in the project's output.
        groups: only these; none named means all that either side has.

    Raises:
        SpecloomError: no such archive; a document that cannot be read.
    """
    first = _documents(find_archive(project.outputs.archive, old))
    second = _current(project) if new is None else _documents(find_archive(project.outputs.archive, new))
    names = [name for name in dict.fromkeys((*first, *second)) if not groups or name in groups]
    missing = [name for name in groups if name not in names]
    if missing:
        raise SpecloomError.of("unknown-group", f"neither side has a group {missing[0]!r}", hint="see what `archive show` lists")
    return ArchiveComparison(
        find_archive(project.outputs.archive, old).name,
        CURRENT if new is None else find_archive(project.outputs.archive, new).name,
        tuple(_group(name, first.get(name), second.get(name)) for name in names),
    )


def _documents(archive: Archive) -> dict[str, Path]:
    return {group: archive.schema(group) for group in archive.metadata.groups}


def _current(project: Project) -> dict[str, Path]:
    documents = {group.name: project.outputs.schema(group.name) for group in project.groups}
    return {group: path for group, path in documents.items() if path.is_file()}


def _group(name: str, old: Path | None, new: Path | None) -> GroupComparison:
    if old is None or new is None:
        return GroupComparison(name, "added" if old is None else "removed")
    if old.read_bytes() == new.read_bytes():
        return GroupComparison(name, "same")
    from specloom.api import load

    comparison = compare(load(old), load(new))
    return GroupComparison(name, "changed" if comparison.changes else "same", comparison)


def _words(group: GroupComparison) -> str:
    match group.status:
        case "added":
            return "a new group"
        case "removed":
            return "the group is gone, which breaks its clients"
        case "same":
            return "nothing changed"
        case "changed":
            return "breaking changes" if group.breaking else "changes"
