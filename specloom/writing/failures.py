"""Turns what the operating system refused into an error that says what to do."""

from __future__ import annotations

import errno
from pathlib import Path

from specloom.ir.diagnostics import SpecloomError

from .paths import STAGING_NAME

_KNOWN: dict[int, tuple[str, str, str]] = {
    errno.ENOSPC: ("disk-full", "the disk is full", "free some space and run again"),
    errno.EDQUOT: ("disk-full", "the disk quota is used up", "free some space and run again"),
    errno.EROFS: ("not-writable", "the file system is read-only", "generate into a folder that can be written"),
    errno.EACCES: ("not-permitted", "permission denied", "check who owns the folder and its permissions"),
    errno.EPERM: ("not-permitted", "operation not permitted", "check who owns the folder and its permissions"),
    errno.ENAMETOOLONG: ("path-too-long", "the path is too long here", "generate into a folder with a shorter path"),
    errno.ELOOP: ("link-loop", "symbolic links lead in a circle", "remove the links"),
}


def cannot(what: str, target: Path, error: OSError | RuntimeError, *, restored: bool = True) -> SpecloomError:
    """The error for ``what`` ("read", "write") of a target: which file, why, and in what state the target is left."""
    place = str(target)
    if not isinstance(error, OSError):  # Path.resolve on a loop of links, before Python 3.13
        return SpecloomError.of("link-loop", f"cannot {what} {place}: {error}", file=place, hint="remove the links")
    code, why, hint = _KNOWN.get(error.errno or 0, (f"cannot-{what}", error.strerror or str(error), None))
    after = ""
    if what == "write":
        after = "; everything is as it was before" if restored else "; some files are new and some are old"
    if not restored:
        hint = f"{hint or 'remove the cause and run again'}: the next run finishes what this one began"
    file = str(error.filename) if error.filename and STAGING_NAME not in str(error.filename) else place
    return SpecloomError.of(code, f"cannot {what} {place}: {why}{after}", file=file, hint=hint)
