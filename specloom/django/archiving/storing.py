"""Puts the files of a run into an archive: complete or not at all, and what an earlier one has already, only once on the disk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from specloom.django.project import ArchivePolicy
from specloom.ir.diagnostics import SpecloomError
from specloom.writing import disk
from specloom.writing.failures import cannot
from specloom.writing.locking import locked
from specloom.writing.staging import staged_in
from specloom.writing.standing import folders_of

from .listing import LATEST, METADATA, Archive, GroupMetadata, Metadata, list_archives
from .retention import expired
from .stamps import free_name

_WAIT = 30.0


@dataclass(frozen=True, slots=True)
class Entry:
    """What is archived of one group: its document and its clients by language."""

    group: str
    document: str
    clients: Mapping[str, Mapping[str, str]]
    operations: int = 0
    seconds: float = 0.0


def store(
    root: Path, entries: Sequence[Entry], policy: ArchivePolicy, *, failed: Mapping[str, str] | None = None,
    seconds: float = 0.0, now: datetime | None = None,
) -> Path:
    """Makes an archive below ``root``, points ``latest`` to it, and removes those that the policy keeps no longer.

    Files that the newest archive holds too become hard links to it where the file system has them. Raises ``SpecloomError`` as
    ``write`` does, with no new archive.
    """
    moment = now or datetime.now(UTC)
    try:
        with locked(root.resolve(), wait=_WAIT):
            return _store(root, entries, policy, failed or {}, seconds, moment)
    except OSError as error:
        raise cannot("write", root, error) from error


def _store(
    root: Path, entries: Sequence[Entry], policy: ArchivePolicy, failed: Mapping[str, str], seconds: float, now: datetime
) -> Path:
    files = _files(entries)
    earlier = list_archives(root)
    path = root / free_name(now, (entry.name for entry in root.iterdir()) if root.is_dir() else ())
    metadata = Metadata(
        created=now, version=version("specloom"), groups={entry.group: _described(entry) for entry in entries},
        failed=failed, seconds=seconds, files={name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    )  # fmt: skip
    _refuse_folder(root / LATEST)
    with staged_in(root) as staging:
        disk.make_folder(staging / path.name)
        _fill(staging / path.name, files, earlier[0] if earlier else None)
        disk.create(str(staging / path.name / METADATA), (metadata.model_dump_json(indent=2) + "\n").encode())
        _point(staging / LATEST, path.name)
        disk.replace(str(staging / path.name), str(path))
        disk.replace(str(staging / LATEST), str(root / LATEST))
        for archive in expired((Archive(path, metadata), *earlier), policy, now):
            disk.replace(str(archive.path), str(staging / archive.name))
    return path


def _files(entries: Sequence[Entry]) -> dict[str, bytes]:
    found = {f"schemas/{entry.group}.yaml": entry.document.encode() for entry in entries}
    for entry in entries:
        for language, client in entry.clients.items():
            found |= {f"clients/{language}/{entry.group}/{path}": text.encode() for path, text in client.items()}
    return dict(sorted(found.items()))


def _described(entry: Entry) -> GroupMetadata:
    return GroupMetadata(
        languages=tuple(entry.clients), operations=entry.operations, files=sum(map(len, entry.clients.values())) + 1,
        seconds=round(entry.seconds, 3),
    )


def _fill(folder: Path, files: Mapping[str, bytes], earlier: Archive | None) -> None:
    for name in folders_of(files):
        disk.make_folder(folder / name)
    for name, content in files.items():
        same = earlier and _same(earlier.path / name, content)
        if same:
            disk.keep(str(same), os.path.join(folder, name))  # noqa: PTH118
        else:
            disk.create(os.path.join(folder, name), content)  # noqa: PTH118


def _same(path: Path, content: bytes) -> Path | None:
    """The file where it holds just this: what somebody changed in an archive does not spread."""
    try:
        return path if path.read_bytes() == content else None
    except OSError:
        return None


def _point(path: Path, name: str) -> None:
    """A link to an archive beside it; a file with its name where links cannot be made."""
    try:
        disk.link(name, str(path))
    except (OSError, NotImplementedError):
        disk.create(str(path), f"{name}\n".encode())


def _refuse_folder(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        raise SpecloomError.of("in-the-way", "is a folder, where the link to the newest archive goes", file=str(path),
                               hint="move it away")
