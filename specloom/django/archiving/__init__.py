"""A copy of each generation, by its time: what there is, what changed between two, and back to one of them."""

from .comparing import ArchiveComparison, GroupComparison, diff
from .listing import Archive, Metadata, find_archive, list_archives, show
from .manager import ArchiveManager
from .restoring import restore
from .retention import clean, expired
from .storing import Entry, store

__all__ = [
    "Archive", "ArchiveComparison", "ArchiveManager", "Entry", "GroupComparison", "Metadata", "clean", "diff", "expired",
    "find_archive", "list_archives", "restore", "show", "store",
]
