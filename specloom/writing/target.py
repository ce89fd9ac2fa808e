"""Carries out a plan: everything is staged first, then moved into place; a failure on the way puts everything back.

The order of steps, and why a run that is cut off between any two of them does no harm:

1. What an earlier run left in the staging folder is removed.
2. All new files are written to the staging folder. A full disk shows here, where nothing has changed yet.
3. The manifest is replaced by one that lists both what was there and what is coming (``pending``), so that from here on
   every file is known as ours whichever of the two it holds.
4. Files no longer made are moved to the staging folder, then new ones over the old. Each move is atomic; the old
   file stays reachable in the staging folder until the end.
5. The final manifest replaces that of step 3: the run is done. The staging folder goes.

Generated files are not synced to the disk one by one: after a power cut they are generated again.
"""

# ruff: noqa: PTH114, PTH118
# There may be thousands of files, and pathlib takes longer for each than the disk does.

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from specloom.ir.diagnostics import SpecloomError

from . import disk
from .failures import cannot
from .locking import locked
from .paths import MANIFEST_NAME, STAGING_NAME
from .planning import Output, Plan, plan
from .staging import discard
from .standing import folders_of


def write(
    files: Mapping[str, str | bytes], target: str | Path, *, force: bool = False, wait: float = 30.0,
    shared: Collection[str] | None = None,
) -> Plan:
    """Makes ``target`` hold exactly ``files`` beside what is the user's own, and says what was done.

    ``files`` maps paths (relative, with ``/``) to text or bytes. The folder is made where it does not exist. Only what
    differs is written, so modification times stay; what an earlier run wrote and this one does not is deleted, with
    the folders that become empty. ``force`` gives up what people changed. ``wait``: seconds to wait for another run
    in the same target. ``shared``: as in ``plan``.

    Raises ``SpecloomError`` with nothing written: all of ``plan``, ``edited-file``, ``foreign-file``, ``target-busy``,
    ``disk-full``, ``not-permitted``, ``not-writable``, ``cannot-write``.
    """
    return write_all([Output(files, Path(target), force, shared)], wait=wait)[0]


def write_all(outputs: Sequence[Output], *, wait: float = 30.0) -> tuple[Plan, ...]:
    """Does what ``write`` does for several folders, none of which is another: all of them, or none.

    Raises ``SpecloomError`` as ``write`` does.
    """
    if not outputs:
        return ()
    place = outputs[0].target
    try:
        roots = {output.target.resolve(): output.target for output in outputs}
        with ExitStack() as locks:
            for root in sorted(roots):  # always in one order, so that two runs never wait for each other
                place = roots[root]
                locks.enter_context(locked(root, wait=wait))
            return _write_all(outputs)
    except (OSError, RuntimeError) as error:
        raise cannot("write", place, error) from error


def _write_all(outputs: Sequence[Output]) -> tuple[Plan, ...]:
    plans: list[Plan] = []
    for output in outputs:
        staging = output.target.resolve() / STAGING_NAME
        if staging.exists():
            disk.remove_tree(staging)
        plans.append(plan(output.files, output.target, force=output.force, shared=output.shared, stays=output.stays))
    if any(planned.errors for planned in plans):
        raise SpecloomError(found for planned in plans for found in planned.diagnostics)
    _all_or_nothing([
        planned for planned in plans
        if planned.created or planned.changed or planned.deleted or planned.manifest != planned.before
    ])
    return tuple(plans)


def _all_or_nothing(plans: Sequence[Plan]) -> None:
    begun: list[tuple[Plan, _Steps]] = []
    try:
        for planned in plans:
            begun.append((planned, _Steps(planned.root)))
            _stage(*begun[-1])
        for planned, steps in begun:
            _move(planned, steps)
    except BaseException as error:
        undone = [steps.undo() for _, steps in reversed(begun)]
        if isinstance(error, OSError):
            raise cannot("write", begun[-1][0].target, error, restored=all(undone)) from error
        raise
    discard(steps.staging for _, steps in begun)


def _stage(planned: Plan, steps: _Steps) -> None:
    steps.make_staging()
    for index, path in enumerate((*planned.created, *planned.changed)):
        steps.stage(f"new-{index}", planned.contents[path])
    steps.stage("pending", planned.settled.model_copy(update={"pending": planned.manifest.files}).dump())
    steps.stage("final", planned.manifest.dump())


def _move(planned: Plan, steps: _Steps) -> None:
    root = planned.root
    written = (*planned.created, *planned.changed)
    steps.put("pending", MANIFEST_NAME)
    steps.begin_moving()
    for path in planned.deleted:
        steps.take_away(root / path)
    for folder in folders_of(written):
        steps.make_folders(root / folder)
    for index, path in enumerate(written):
        steps.put(f"new-{index}", path)
    steps.put("final", MANIFEST_NAME)


@dataclass(slots=True)
class _Steps:
    """The steps taken so far, with what takes each back."""

    root: Path
    staging: Path = field(init=False)
    _undo: list[Callable[[], None]] = field(default_factory=list)
    _before_moving: int = 0
    _backups: int = 0

    def __post_init__(self) -> None:
        self.staging = self.root / STAGING_NAME

    def make_staging(self) -> None:
        """Makes the staging folder, and the target where it is missing."""
        self.make_folders(self.root)
        self._undo.append(lambda: disk.remove_tree(self.staging))
        disk.make_folder(self.staging)

    def stage(self, name: str, content: bytes) -> None:
        """Writes a new file to the staging folder."""
        disk.create(self._staged(name), content)

    def begin_moving(self) -> None:
        """From here on files move: what was done before is taken back only if all that follows could be."""
        self._before_moving = len(self._undo)

    def make_folders(self, folder: Path) -> None:
        """Makes a folder and those above it, where they are missing."""
        if folder.is_dir():
            return
        self.make_folders(folder.parent)
        self._undo.append(lambda: _remove_if_empty(folder))
        disk.make_folder(folder)

    def put(self, staged: str, path: str) -> None:
        """Moves a staged file into place, over what is there. Its folder exists."""
        source, place = self._staged(staged), os.path.join(self.root, *path.split("/"))
        if os.path.lexists(place):
            self._clear(Path(place))
        if os.path.lexists(place):
            backup = self._backup()
            disk.keep(place, backup)
            if not os.path.islink(place):
                disk.same_mode(place, source)
            self._undo.append(partial(disk.replace, backup, place))
        else:
            self._undo.append(partial(_move_if_there, place, self._staged("undone")))
        disk.replace(source, place)

    def _clear(self, path: Path) -> None:
        """Removes what is a folder of empty folders: with a file in it, the plan would have been refused."""
        if path.is_dir() and not path.is_symlink():
            for folder in sorted(path.rglob("*"), reverse=True):
                self._remove_folder(folder)
            self._remove_folder(path)

    def take_away(self, path: Path) -> None:
        """Moves a file out of its place, and removes the folders that become empty by it."""
        backup = self._backup()
        self._undo.append(partial(_move_if_there, backup, str(path)))
        disk.replace(str(path), backup)
        for folder in path.parents:
            if folder == self.root or not _is_empty(folder):
                break
            if (folder / "__pycache__").is_dir():  # Python's own traces of the files that went
                disk.remove_tree(folder / "__pycache__")
            self._remove_folder(folder)

    def _remove_folder(self, folder: Path) -> None:
        self._undo.append(partial(_make_again, folder))
        disk.remove_folder(folder)

    def undo(self) -> bool:
        """Takes the steps back, the last first, and says whether all could be.

        Where one could not, the manifest that knows both states stays, and the next run finishes or heals.
        """
        restored = True
        for index in reversed(range(len(self._undo))):
            if index < self._before_moving and not restored:
                break
            try:
                self._undo[index]()
            except OSError:
                restored = False
        return restored

    def _backup(self) -> str:
        self._backups += 1
        return self._staged(f"old-{self._backups}")

    def _staged(self, name: str) -> str:
        return os.path.join(self.staging, name)


def _is_empty(folder: Path) -> bool:
    return all(entry.name == "__pycache__" for entry in folder.iterdir())


def _make_again(folder: Path) -> None:
    with suppress(FileExistsError):
        disk.make_folder(folder)


def _move_if_there(path: str, away: str) -> None:
    with suppress(FileNotFoundError):
        disk.replace(path, away)


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):  # somebody has put a file of their own there meanwhile
        disk.remove_folder(folder)
