"""One run at a time per target: a lock the operating system gives back however the run ends."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from specloom.ir.diagnostics import SpecloomError

_BUSY = frozenset([errno.EACCES, errno.EAGAIN, errno.EDEADLK])
_PAUSE = 0.05

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(target: Path, *, wait: float) -> Iterator[None]:
    """Holds the lock of a resolved target, in this process and against all others.

    The lock is a file outside the target, in the user's state folder, named by a hash of the target: nothing of it can be
    committed by accident. ``wait`` is how many seconds another run may take before this one gives up.

    Raises ``SpecloomError`` ``target-busy``.
    """
    handle = _open(target)
    try:
        deadline = time.monotonic() + wait
        while not _taken(handle):
            if time.monotonic() >= deadline:
                raise SpecloomError.of(
                    "target-busy", f"another run has been writing to {target} for {wait:g} seconds; nothing was written",
                    file=str(target), hint="wait until it ends, or end it, and run again",
                )
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        _take(handle)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        raise
    return True


def _open(target: Path) -> int:
    name = hashlib.sha256(os.fsencode(target)).hexdigest()[:32] + ".lock"
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
    try:
        folder = Path(platformdirs.user_state_path("specloom", appauthor=False)) / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / name, flags, 0o600)
    except OSError:  # no home, or one that cannot be written, as in many containers
        owner = getattr(os, "getuid", lambda: "user")()
        folder = Path(tempfile.gettempdir()) / f"specloom-locks-{owner}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(folder / name, flags, 0o600)
