"""The few operations that change a disk, each one step: what can fail or be interrupted, fails or is interrupted here."""

# ruff: noqa: PTH105, PTH108, PTH123, PTH211
# There may be thousands of files, and pathlib takes longer for each than the disk does.

from __future__ import annotations

import os
import shutil
from pathlib import Path


def create(path: str, content: bytes) -> None:
    """Writes a file that must not exist yet."""
    with open(path, "xb", buffering=0) as file:
        rest = memoryview(content)
        while rest:
            rest = rest[file.write(rest):]


def replace(source: str, destination: str) -> None:
    """Moves a file over another (or none) in one atomic step."""
    os.replace(source, destination)


def keep(source: str, copy: str) -> None:
    """Keeps what a file is now under a second name: a hard link, or a copy where the file system knows none."""
    try:
        os.link(source, copy, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(source, copy, follow_symlinks=False)


def link(target: str, path: str) -> None:
    """Makes a symbolic link that must not exist yet."""
    os.symlink(target, path, target_is_directory=True)


def same_mode(source: str, destination: str) -> None:
    """Gives a file the permissions of another."""
    shutil.copymode(source, destination)


def remove_file(path: str) -> None:
    """Removes one file."""
    os.unlink(path)


def make_folder(path: Path) -> None:
    """Makes one folder, whose parent exists."""
    path.mkdir()


def remove_folder(path: Path) -> None:
    """Removes one empty folder."""
    path.rmdir()


def remove_tree(path: Path) -> None:
    """Removes a folder with all in it, where it is there."""
    shutil.rmtree(path, ignore_errors=True)
