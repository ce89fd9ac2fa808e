"""The list of what specloom wrote into a target, with a hash each: by it a later run knows its own files from a person's."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from specloom.ir.diagnostics import SpecloomError

from .paths import MANIFEST_NAME, path_fault

_NOTE = "Files specloom wrote here. Commit it: by it specloom knows its own files from yours."


def digest(content: bytes) -> str:
    """The SHA-256 of a file, by which a checkout with Windows line endings is the same file.

    git may turn LF into CRLF and back; so CRLF counts as LF, except in binary files, which git tells by a null byte too.
    """
    text = content if b"\0" in content else content.replace(b"\r\n", b"\n")
    return hashlib.sha256(text).hexdigest()


def _checked(path: str) -> str:
    fault = path_fault(path)
    if fault:
        raise ValueError(f"{path!r}: {fault}")
    return path


_Path = Annotated[str, AfterValidator(_checked)]
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(BaseModel):
    """``files``: path -> hash of what was written. ``pending``: the same of a run that was under way, empty once it ended.

    ``shared``: what was written too, but is the user's to commit and merge, and so may hold anything.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    note: str = _NOTE
    version: Literal[1] = 1
    files: dict[_Path, _Hash] = {}
    pending: dict[_Path, _Hash] = {}
    shared: tuple[_Path, ...] = ()

    def dump(self) -> bytes:
        """The text of the manifest: sorted, a file a line, no timestamp, so that it merges and diffs well."""
        exclude = {name for name in ("pending", "shared") if not getattr(self, name)}
        ordered = self.model_copy(
            update={"files": dict(sorted(self.files.items())), "pending": dict(sorted(self.pending.items()))}
        )
        return (ordered.model_dump_json(indent=2, exclude=exclude) + "\n").encode()


def read_manifest(target: Path, *, force: bool = False) -> Manifest:
    """The manifest of a target; an empty one where there is none.

    Raises ``SpecloomError`` (``manifest-damaged``, ``manifest-newer``) unless ``force``, which takes a damaged one as empty.
    """
    path = target / MANIFEST_NAME
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Manifest()
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        if force:
            return Manifest()
        raise _damaged(path, content, error) from None


def _damaged(path: Path, content: bytes, error: ValidationError) -> SpecloomError:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    if content.lstrip().startswith((b"<<<<<<<", b"=======")) or b"\n<<<<<<< " in content:
        return SpecloomError.of(
            "manifest-damaged", f"{path.name} has the conflict markers of a merge in it", file=str(path),
            hint="generate again with --force: files are written as the document says, and the list anew",
        )
    if where == "version":
        return SpecloomError.of(
            "manifest-newer", f"{path.name} was written by a newer specloom", file=str(path),
            hint="upgrade specloom, or generate with --force to write the list anew",
        )
    return SpecloomError.of(
        "manifest-damaged", f"{path.name} cannot be read: {f'{where}: ' if where else ''}{first['msg']}", file=str(path),
        hint="restore it from version control, or generate with --force to write it anew "
        "(files made earlier and not made now then stay)",
    )
