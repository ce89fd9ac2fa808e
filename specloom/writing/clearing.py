"""Takes away what specloom wrote into a folder, and the folder itself where nothing else is in it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from . import disk
from .failures import cannot
from .locking import locked
from .manifest import read_manifest
from .paths import MANIFEST_NAME
from .planning import Output, Plan
from .target import write_all


def clear(targets: Sequence[Path]) -> tuple[Plan, ...]:
    """Removes from each target every file that specloom wrote there and nobody changed since; all targets, or none.

    What a person wrote or changed stays, and so do files that people commit and merge (``shared``). Folders that become empty
    go.

    Raises ``SpecloomError`` as ``write`` does.
    """
    standing = [target for target in targets if (target / MANIFEST_NAME).is_file()]
    outputs = [
        Output({}, target, stays=frozenset(read_manifest(target).shared).__contains__) for target in standing
    ]
    plans = write_all(outputs)
    for target in standing:
        _remove_manifest(target)
    return plans


def _remove_manifest(target: Path) -> None:
    """Removes a list that lists nothing any more, and the folder where that was all."""
    try:
        root = target.resolve()
        with locked(root, wait=30.0):
            manifest = read_manifest(root)
            if manifest.files or manifest.pending or manifest.shared or not (root / MANIFEST_NAME).is_file():
                return
            disk.remove_file(str(root / MANIFEST_NAME))
            with suppress(OSError):  # a person's files are in it
                disk.remove_folder(root)
    except OSError as error:
        raise cannot("write", target, error) from error
