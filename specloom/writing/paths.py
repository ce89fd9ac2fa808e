"""Which paths may be written: the same set of files must come out of every file system, and none outside the target."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from specloom.ir.diagnostics import Diagnostic, Severity

STAGING_NAME = ".specloom.tmp"
MANIFEST_NAME = ".specloom.json"

LONGEST_NAME = 255
"""Bytes of UTF-8 in one name: the limit of ext4, APFS and NTFS alike."""
LONGEST_PATH = 1000
"""Bytes of UTF-8 in a whole path below the target; macOS stops at 1,024 with the target before it."""

_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"]
    + [f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789¹²³"]
)
_FORBIDDEN = frozenset('<>:"|?*\\')
_RESERVED = frozenset([STAGING_NAME, MANIFEST_NAME, ".git"])
_ORDINARY = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]{0,200}[A-Za-z0-9_-])?")
"""Names that need no closer look, but for devices."""
_INVISIBLE = frozenset(["Cc", "Cf", "Cs", "Zl", "Zp"])


def clash_key(path: str) -> str:
    """What a path is to a file system that is blind to case and normalises Unicode: equal keys, one file."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", path).casefold())


def check_paths(paths: Iterable[str]) -> tuple[Diagnostic, ...]:
    """Every path that cannot be written everywhere, as an error each.

    ``paths`` are relative, with ``/`` between names. Refused are: absolute paths, ``..`` and empty names, device names
    (``CON``, ``nul.txt``), names ending in a dot or a space, control and invisible characters, characters Windows forbids,
    names specloom or git keeps for itself, names over 255 and paths over 1,000 bytes, and two paths (or two folders,
    or a file and a folder) that are one on a file system blind to case or normalising Unicode.
    """
    ordered = sorted(paths)
    found = [_refused(path, reason) for path in ordered for reason in _faults(path)]
    found.extend(_clashes(ordered))
    return tuple(found)


def path_fault(path: str) -> str | None:
    """Why one path may not be written, or ``None`` where it may."""
    return next(_faults(path), None)


def _faults(path: str) -> Iterator[str]:
    if not path:
        yield "it is empty"
        return
    if path.startswith("/"):
        yield "it is absolute"
        return
    if len(path) * 4 > LONGEST_PATH and len(path.encode("utf-8", "replace")) > LONGEST_PATH:
        yield f"it is longer than {LONGEST_PATH} bytes"
        return
    for name in path.split("/"):
        reason = None if _ORDINARY.fullmatch(name) and name.partition(".")[0].lower() not in _DEVICES else _name_fault(name)
        if reason:
            yield reason
            return


def _name_fault(name: str) -> str | None:
    if name in ("", ".", ".."):
        return f"{name!r} is no name of a file or folder"
    if len(name.encode("utf-8", "replace")) > LONGEST_NAME:
        return f"a name in it is longer than {LONGEST_NAME} bytes"
    odd = next((char for char in name if char in _FORBIDDEN or unicodedata.category(char) in _INVISIBLE), None)
    if odd is not None:
        return f"{odd!r} is not allowed in a name"
    if name[-1] in ". ":
        return f"{name!r} ends in a dot or a space, which Windows drops"
    if name.partition(".")[0].rstrip(" ").lower() in _DEVICES:
        return f"{name!r} is a device on Windows"
    if clash_key(name) in _RESERVED:
        return f"{name!r} is a name specloom or git keeps for itself"
    return None


def _clashes(ordered: Iterable[str]) -> Iterator[Diagnostic]:
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    known: set[str] = set()
    for path in ordered:
        first = files.setdefault(clash_key(path), path)
        if first != path:
            yield _refused(path, f"it is the same file as {first!r} where case or Unicode form does not count")
        folder = path
        while "/" in folder:
            folder = folder.rpartition("/")[0]
            if folder in known:
                break
            known.add(folder)
            spelling = folders.setdefault(clash_key(folder), folder)
            if spelling != folder:
                yield _refused(path, f"its folder is the same as {spelling!r} where case or Unicode form does not count")
                break
    for key, path in files.items():
        if key in folders:
            yield _refused(path, f"{folders[key]!r} is a folder in the same output")


def _refused(path: str, reason: str) -> Diagnostic:
    return Diagnostic(
        code="unsafe-path",
        severity=Severity.ERROR,
        message=f"cannot write {path!r}: {reason}",
        hint="rename what the path is named after, in the document or by configuration",
    )
