"""Archives by the names of Django Revolution: a thin face over the functions of this package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from specloom.django.project import ArchivePolicy, Project
from specloom.writing import Plan

from .comparing import ArchiveComparison, diff
from .listing import Archive, find_archive, list_archives
from .restoring import restore
from .retention import clean
from .storing import Entry, store


class ArchiveManager:
    """The archives of a project, given as one or as what the settings may be; by default of theirs."""

    def __init__(self, config: Project | Mapping[str, object] | None = None) -> None:
        from specloom.django.configuration import project_of

        self.config = project_of(config)

    @property
    def root(self) -> Path:
        """The folder of all archives."""
        return self.config.outputs.archive

    def archive_files(self, entries: Sequence[Entry], *, failed: Mapping[str, str] | None = None) -> Path:
        """Makes an archive of these files; gives its folder."""
        return store(self.root, entries, self.config.archive, failed=failed)

    def list_archives(self) -> tuple[Archive, ...]:
        """All archives, the newest first."""
        return list_archives(self.root)

    def get_archive(self, name: str = "latest") -> Archive:
        """The archive of a name, or of how its name begins."""
        return find_archive(self.root, name)

    def clean_old_archives(self, keep_days: int | None = 30, keep_count: int | None = None) -> tuple[Archive, ...]:
        """Removes what is older than so many days, or beyond so many archives; never the newest. Says which they were."""
        return clean(self.root, ArchivePolicy(days=keep_days, count=keep_count))

    def compare(self, old: str = "latest", new: str | None = None) -> ArchiveComparison:
        """What changed between two archives, or since one."""
        return diff(self.config, old, new)

    def restore(self, name: str, *, force: bool = False) -> tuple[Plan, ...]:
        """Puts what an archive holds in the place of what is there now."""
        return restore(self.config, name, force=force)
