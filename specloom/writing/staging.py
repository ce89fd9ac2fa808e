"""The folder in which new files wait until they are moved into place; it never outlives its run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from . import disk
from .paths import STAGING_NAME


def discard(stagings: Iterable[Path]) -> None:
    """Removes staging folders; all of them, also where somebody interrupts that."""
    folders = tuple(stagings)
    try:
        for staging in folders:
            disk.remove_tree(staging)
    except BaseException:
        for staging in folders:
            disk.remove_tree(staging)
        raise


@contextmanager
def staged_in(root: Path) -> Iterator[Path]:
    """An empty staging folder in ``root``, which is made with it where it is missing. Whoever asks holds the lock of ``root``."""
    staging = root / STAGING_NAME
    try:
        disk.remove_tree(staging)
        _make(staging)
        yield staging
    finally:
        discard([staging])


def _make(path: Path) -> None:
    if not path.is_dir():
        _make(path.parent)
        disk.make_folder(path)
