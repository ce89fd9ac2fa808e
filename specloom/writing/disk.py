"""The few operations that change a disk, each one step: what can fail or be interrupted, fails or is interrupted here."""

from __future__ import annotations

import shutil
from pathlib import Path


def create(path: Path, content: bytes) -> None:
    """Writes a file that must not exist yet."""
    with path.open("xb") as file:
        file.write(content)


def replace(source: Path, destination: Path) -> None:
    """Moves a file over another (or none) in one atomic step."""
    source.replace(destination)


def keep(source: Path, copy: Path) -> None:
    """Keeps what a file is now under a second name: a hard link, or a copy where the file system knows none."""
    try:
        copy.hardlink_to(source)
    except (OSError, NotImplementedError):
        shutil.copy2(source, copy, follow_symlinks=False)


def same_mode(source: Path, destination: Path) -> None:
    """Gives a file the permissions of another."""
    shutil.copymode(source, destination)


def make_folder(path: Path) -> None:
    """Makes one folder, whose parent exists."""
    path.mkdir()


def remove_folder(path: Path) -> None:
    """Removes one empty folder."""
    path.rmdir()


def remove_tree(path: Path) -> None:
    """Removes a folder with all in it, where it is there."""
    shutil.rmtree(path, ignore_errors=True)
