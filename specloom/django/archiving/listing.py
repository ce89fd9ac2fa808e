"""Which archives there are, and what each says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from specloom.ir.diagnostics import SpecloomError, nearest

from .stamps import stamp

METADATA = "metadata.json"
LATEST = "latest"


class GroupMetadata(BaseModel):
    """One group of an archive."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    languages: tuple[str, ...]
    operations: int
    files: int
    seconds: float
    """How long its document and what all its languages share took."""


class Metadata(BaseModel):
    """What ``metadata.json`` says."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    format: Literal[1] = 1
    created: datetime
    version: str
    """specloom's."""
    groups: Mapping[str, GroupMetadata]
    failed: Mapping[str, str] = {}
    """Groups that something was wrong with, and what; nothing of them is in the archive."""
    seconds: float
    files: Mapping[str, str]
    """The SHA-256 of each file."""


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive: a folder that is named by a time and has ``metadata.json``."""

    path: Path
    metadata: Metadata

    @property
    def name(self) -> str:
        """The name of the folder."""
        return self.path.name

    @property
    def created(self) -> datetime:
        """When it was made, as its name says, in UTC."""
        return self.order[0]

    @property
    def order(self) -> tuple[datetime, int]:
        """What archives are sorted by."""
        return stamp(self.name) or (self.metadata.created, 1)

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of its groups."""
        return tuple(self.metadata.groups)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of all its groups."""
        return tuple(dict.fromkeys(language for group in self.metadata.groups.values() for language in group.languages))

    def schema(self, group: str) -> Path:
        """The document of one of its groups."""
        return self.path / "schemas" / f"{group}.yaml"


def list_archives(root: Path) -> tuple[Archive, ...]:
    """All archives below ``root``, the newest first. What is no archive is not listed."""
    if not root.is_dir():
        return ()
    found = (_read(entry) for entry in root.iterdir() if stamp(entry.name) and entry.is_dir() and not entry.is_symlink())
    return tuple(sorted((archive for archive in found if archive), key=lambda archive: archive.order, reverse=True))


def _read(path: Path) -> Archive | None:
    try:
        return Archive(path, Metadata.model_validate_json((path / METADATA).read_bytes()))
    except (OSError, ValidationError):
        return None


def find_archive(root: Path, name: str) -> Archive:
    """The archive of a name, or of how its name begins; ``latest`` is the newest.

    Raises ``SpecloomError`` ``no-archive``, ``unknown-archive``, ``ambiguous-archive``.
    """
    archives = list_archives(root)
    if not archives:
        raise SpecloomError.of("no-archive", "there is no archive yet", file=str(root), hint="each generation makes one")
    if name == LATEST:
        return archives[0]
    exact = [archive for archive in archives if archive.name == name]
    found = exact or [archive for archive in archives if name and archive.name.startswith(name)]
    if len(found) == 1:
        return found[0]
    names = [archive.name for archive in archives]
    if found:
        raise SpecloomError.of("ambiguous-archive", f"{len(found)} archives begin with {name!r}", file=str(root),
                               hint=f"say more: {', '.join(archive.name for archive in found[:5])}")
    hint = nearest(name, names, f"the newest is {names[0]}")
    raise SpecloomError.of("unknown-archive", f"there is no archive {name!r}", file=str(root), hint=hint)


def show(root: Path, name: str) -> Archive:
    """The archive of a name, as ``find_archive`` finds it."""
    return find_archive(root, name)
