"""Files of a target that a run reads before it writes them: people commit and merge them, and what they hold counts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from specloom.ir.diagnostics import SpecloomError

from . import disk
from .failures import cannot
from .locking import locked
from .manifest import read_manifest
from .paths import STAGING_NAME


def read_shared(target: Path, names: Iterable[str], *, force: bool = False) -> dict[str, str]:
    """The texts of those files that are there, by name, with LF at the ends of lines.

    Raises ``SpecloomError``: ``shared-file-missing`` for one that specloom wrote earlier and that is gone (unless ``force``),
    ``not-utf-8``, ``cannot-read``.
    """
    found: dict[str, str] = {}
    missing: list[str] = []
    try:
        for name in names:
            path = target / name
            try:
                found[name] = _decoded(path, path.read_bytes())
            except (FileNotFoundError, NotADirectoryError):
                missing.append(name)
        gone = [name for name in missing if name in read_manifest(target, force=force).shared] if missing and not force else []
    except OSError as error:
        raise cannot("read", target, error) from error
    if gone:
        raise SpecloomError.of(
            "shared-file-missing", "is gone, and what it keeps would be made anew and otherwise", file=str(target / gone[0]),
            hint="restore it from version control, or give up what it keeps with --force",
        )
    return found


def _decoded(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise SpecloomError.of("not-utf-8", "is no UTF-8 text", file=str(path), hint="restore it from version control") from None


def replace_shared(target: Path, name: str, text: str) -> None:
    """Writes one such file alone, in one step. Raises ``SpecloomError`` as ``write`` does."""
    staging = target / STAGING_NAME
    try:
        with locked(target.resolve(), wait=30.0):
            disk.remove_tree(staging)
            disk.make_folder(staging)
            try:
                disk.create(str(staging / name), text.encode())
                disk.replace(str(staging / name), str(target / name))
            finally:
                disk.remove_tree(staging)
    except OSError as error:
        raise cannot("write", target, error) from error
