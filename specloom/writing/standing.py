"""What stands in a target now: each folder of interest is listed once, no file is asked about one by one."""

# ruff: noqa: PTH112, PTH118, PTH123
# There may be thousands of files, and pathlib takes longer for each than the disk does.

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """What an entry of a folder is; a symbolic link counts as one whatever it leads to."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Standing:
    """Entries of a target by their relative path, of those folders that some path of interest runs through."""

    root: str
    kinds: dict[str, Kind] = field(default_factory=dict)

    def full(self, path: str) -> str:
        """The absolute path."""
        return os.path.join(self.root, *path.split("/"))

    def read(self, path: str) -> bytes | None:
        """The content of a file, ``None`` where there is none: a folder holds only what is deleted first, or is an obstacle."""
        if self.kinds.get(path) not in (Kind.FILE, Kind.LINK):
            return None
        try:
            with open(self.full(path), "rb") as file:
                return file.read()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def is_folder(self, path: str) -> bool:
        """Whether a folder is there, or a link to one."""
        kind = self.kinds.get(path)
        return kind is Kind.FOLDER or (kind is Kind.LINK and os.path.isdir(self.full(path)))


def folders_of(paths: Iterable[str]) -> list[str]:
    """Every folder that the paths run through, outer ones before inner ones, sorted."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return sorted(found)


def look(root: str, paths: Iterable[str]) -> Standing:
    """Lists the target and every folder in it that ``paths`` run through."""
    standing = Standing(root)
    _list(standing, "")
    for folder in folders_of(paths):
        if standing.is_folder(folder):
            _list(standing, folder + "/")
    return standing


def _list(standing: Standing, prefix: str) -> None:
    try:
        with os.scandir(standing.full(prefix.rstrip("/")) if prefix else standing.root) as entries:
            for entry in entries:
                kind = Kind.LINK if entry.is_symlink() else Kind.FOLDER if entry.is_dir() else Kind.FILE
                standing.kinds[prefix + entry.name] = kind
    except FileNotFoundError:
        return  # the target does not exist yet


__all__ = ["Kind", "Standing", "folders_of", "look"]
