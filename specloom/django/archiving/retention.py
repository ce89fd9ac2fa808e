"""Which archives are kept no longer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from specloom.django.project import ArchivePolicy
from specloom.writing import disk
from specloom.writing.failures import cannot
from specloom.writing.locking import locked
from specloom.writing.staging import staged_in

from .listing import Archive, list_archives


def expired(archives: Iterable[Archive], policy: ArchivePolicy, now: datetime) -> tuple[Archive, ...]:
    """The archives that a policy keeps no longer: older than its days, or beyond the newest of its count. Never the newest."""
    newest_first = sorted(archives, key=lambda archive: archive.order, reverse=True)
    found = []
    for index, archive in enumerate(newest_first):
        old = policy.days is not None and now - archive.created > timedelta(days=policy.days)
        beyond = policy.count is not None and index >= policy.count
        if index and (old or beyond):
            found.append(archive)
    return tuple(found)


def clean(root: Path, policy: ArchivePolicy, *, now: datetime | None = None) -> tuple[Archive, ...]:
    """Removes the expired archives below ``root``, and says which they were. Nothing else there is touched.

    Raises ``SpecloomError`` as ``write`` does.
    """
    if not root.is_dir():
        return ()
    try:
        with locked(root.resolve(), wait=30.0):
            gone = expired(list_archives(root), policy, now or datetime.now(UTC))
            if gone:
                with staged_in(root) as staging:
                    for archive in gone:
                        disk.replace(str(archive.path), str(staging / archive.name))
            return gone
    except OSError as error:
        raise cannot("write", root, error) from error
