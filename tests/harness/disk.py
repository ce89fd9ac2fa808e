"""A disk that fails, or is interrupted, at a step that a test chooses; and what a folder holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from specloom.writing import disk

OPERATIONS = (
    "create", "replace", "keep", "link", "same_mode", "make_folder", "remove_file", "remove_folder", "remove_tree"
)


class Killed(BaseException):
    """The process is gone: nothing it would still do is done."""


class Disk:
    """Counts the operations on the disk, and lets the ``fatal``-th raise, and those after it too where the run is killed."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.count, self.fatal, self.killed = 0, -1, False
        self.failure: BaseException = Killed()
        for name in OPERATIONS:
            patch.setattr(disk, name, self._counted(getattr(disk, name)))

    def _counted(self, operation: Callable[..., None]) -> Callable[..., None]:
        def counted(*arguments: object) -> None:
            self.count += 1
            if self.count == self.fatal or (self.killed and 0 < self.fatal <= self.count):
                raise self.failure
            operation(*arguments)

        return counted

    def arm(self, fatal: int, failure: BaseException, *, killed: bool = False) -> None:
        self.count, self.fatal, self.failure, self.killed = 0, fatal, failure, killed

    def disarm(self) -> None:
        self.fatal, self.killed = -1, False


def state(folder: Path) -> dict[str, object]:
    """Every file with its content and time, every folder."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }
