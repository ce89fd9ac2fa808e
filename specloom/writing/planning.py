"""Compares made files with a target folder: what would be created, changed, deleted, and what is in the way. Only reads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError

from .failures import cannot
from .manifest import Manifest, digest, read_manifest
from .paths import check_paths, clash_key
from .standing import Kind, Standing, folders_of, look


def nothing(path: str) -> bool:
    """No path at all."""
    return False


@dataclass(frozen=True, slots=True)
class Output:
    """Files (path -> text or bytes), and the folder that is to hold exactly them beside what is the user's own.

    ``force`` gives up what people changed. ``shared``: files that people commit and merge, by default those that an emission
    names itself. ``stays`` says of a path that an earlier run wrote whether it is left as it is, and on the list, because this
    run has nothing to say of it.
    """

    files: Mapping[str, str | bytes]
    target: Path
    force: bool = False
    shared: Collection[str] | None = None
    stays: Callable[[str], bool] = nothing


@dataclass(frozen=True, slots=True)
class Plan:
    """What writing would do to a target. Each tuple holds sorted paths below ``target``; each path is in one of them.

    ``edited`` were written by specloom and changed by a person since; ``foreign`` exist and were never specloom's: while
    there is one of either, nothing is written. ``kept`` were edited too, but are no longer made: they stay, as the
    person's. ``diagnostics`` says all of this in words.
    """

    target: Path
    """As the caller named it."""
    root: Path
    """The same folder, absolute and with symbolic links followed."""
    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    contents: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    manifest: Manifest = field(default_factory=Manifest, repr=False)
    """The list of the files as it will be once the plan is carried out."""
    before: Manifest = field(default_factory=Manifest, repr=False)
    """The list as it was found."""
    settled: Manifest = field(default_factory=Manifest, repr=False)
    """The same, with what a run that was cut off left undecided settled by what the files hold now."""

    @property
    def is_current(self) -> bool:
        """Whether the target already holds exactly what was made."""
        return not (self.created or self.changed or self.deleted or self.edited or self.foreign)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What forbids carrying out the plan."""
        return tuple(found for found in self.diagnostics if found.severity is Severity.ERROR)


def plan(
    files: Mapping[str, str | bytes], target: Path, *, force: bool = False, shared: Collection[str] | None = None,
    stays: Callable[[str], bool] = nothing,
) -> Plan:
    """What writing ``files`` (path -> text or bytes) into ``target`` would do. Nothing is changed.

    With ``force``, files a person edited or owns count as specloom's own, and a damaged manifest as none. ``shared`` names
    files that people commit and merge: whatever is there is written over, and they are never deleted; by default, those that
    an emission names itself. ``stays`` as in ``Output``.
    Text is UTF-8; a file that differs only in CRLF against LF is unchanged.

    Raises ``SpecloomError``: ``unsafe-path``, ``not-encodable``, ``target-not-a-folder``, ``manifest-damaged``,
    ``manifest-newer``, ``leaves-target``, ``in-the-way``, ``cannot-read``. Edited and foreign files are no exception but
    errors in ``Plan.diagnostics``.
    """
    contents = _encoded(files)
    try:
        root = target.resolve()
        if root.exists() and not root.is_dir():
            raise SpecloomError.of("target-not-a-folder", f"{target} is a file, not a folder", file=str(target),
                                   hint="name a folder; it is made where it does not exist")
        before = read_manifest(root, force=force)
        named: Collection[str] = getattr(files, "shared", ()) if shared is None else shared
        return _compare(Output(contents, target, force, frozenset(named), stays), contents, root, before)
    except (OSError, RuntimeError) as error:
        raise cannot("read", target, error) from error


def _encoded(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    found = list(check_paths(files))
    contents: dict[str, bytes] = {}
    for path in sorted(files):
        content = files[path]
        try:
            contents[path] = content.encode() if isinstance(content, str) else content
        except UnicodeEncodeError as error:
            found.append(Diagnostic(
                code="not-encodable", severity=Severity.ERROR,
                message=f"{path} holds half a surrogate pair ({error.object[error.start]!r}), which is no Unicode text",
                hint="correct the text in the document",
            ))
    if found:
        raise SpecloomError(found)
    return contents


def _compare(output: Output, contents: Mapping[str, bytes], root: Path, before: Manifest) -> Plan:
    target, force, shared = output.target, output.force, output.shared or ()
    owned = _owned(before)
    spelled = {clash_key(path): path for path in owned}
    stale = [path for path in owned if path not in contents and not output.stays(path)]
    standing = look(str(root), [*contents, *stale])
    obstacles = _obstacles(standing, root, contents, stale)
    if obstacles:
        raise SpecloomError(obstacles)

    groups: dict[str, list[str]] = {name: [] for name in ("created", "changed", "unchanged", "edited", "foreign")}
    for path, content in contents.items():
        earlier = spelled.get(clash_key(path), path) if spelled else path
        fate = _fate(standing.read(path), content, owned.get(earlier), force or path in shared, renamed=earlier != path)
        groups[fate].append(path)
    deleted: list[str] = []
    kept: list[str] = []
    for path in stale:
        current = standing.read(path)
        if current is not None:
            (deleted if force or digest(current) in owned[path] else kept).append(path)

    settled = _settled(standing, before, owned)
    listed = {path: hash for path, hash in settled.files.items() if path not in contents and output.stays(path)}
    return Plan(
        target=target,
        root=root,
        **{name: tuple(paths) for name, paths in groups.items()},
        deleted=tuple(deleted),
        kept=tuple(kept),
        diagnostics=tuple(_findings(target, groups["edited"], groups["foreign"], kept)),
        contents=contents,
        manifest=Manifest(
            files={**listed, **{path: digest(content) for path, content in contents.items() if path not in shared}},
            shared=(
                *(path for path in before.shared if path not in contents and output.stays(path)),
                *(path for path in contents if path in shared),
            ),
        ),
        before=before,
        settled=settled,
    )


def _owned(manifest: Manifest) -> dict[str, frozenset[str]]:
    """Every path specloom may have written, with each content it may have left there, also by a run that was cut off."""
    both = (manifest.files, manifest.pending)
    return {
        path: frozenset(hashes[path] for hashes in both if path in hashes)
        for path in sorted({*manifest.files, *manifest.pending})
    }


def _settled(standing: Standing, before: Manifest, owned: Mapping[str, frozenset[str]]) -> Manifest:
    files = dict(before.files)
    for path in before.pending:
        current = standing.read(path)
        if current is not None and digest(current) in owned[path]:
            files[path] = digest(current)
    return Manifest(files=files, shared=before.shared)


def _fate(current: bytes | None, content: bytes, hashes: frozenset[str] | None, force: bool, *, renamed: bool) -> str:
    if current is None:
        return "created"
    if renamed and hashes is not None and digest(current) in hashes:
        # Perhaps the same file in another spelling, which is deleted first: then it must be written again.
        return "changed"
    if current == content or (b"\r\n" in current and digest(current) == digest(content)):
        return "unchanged"
    if force or (hashes is not None and digest(current) in hashes):
        return "changed"
    return "foreign" if hashes is None else "edited"


def _obstacles(standing: Standing, root: Path, wanted: Iterable[str], stale: Iterable[str]) -> list[Diagnostic]:
    """Symbolic links that lead out of the target, folders where a file goes, and files where a folder goes."""
    gone = frozenset(stale)
    found: list[Diagnostic | None] = []
    files, folders = list(wanted), folders_of(wanted)
    for path in sorted({*files, *folders, *gone, *folders_of(gone)}):
        if standing.kinds.get(path) is Kind.LINK:
            found.append(_link_out(root, path))
    found.extend(_blocked_folder(root, path) for path in folders
                 if path in standing.kinds and path not in gone and not standing.is_folder(path))
    found.extend(_blocked_file(root, path, gone) for path in files if standing.is_folder(path))
    return [fault for fault in found if fault]


def _link_out(root: Path, name: str) -> Diagnostic | None:
    path = root / name
    if path.resolve().is_relative_to(root):
        return None
    return Diagnostic(
        code="leaves-target", severity=Severity.ERROR, file=str(path),
        message=f"{name} is a symbolic link that leads out of the target",
        hint="remove the link, or generate into the folder it leads to",
    )


def _blocked_file(root: Path, name: str, gone: frozenset[str]) -> Diagnostic | None:
    path = root / name
    if all(entry.relative_to(root).as_posix() in gone or entry.is_dir() for entry in path.rglob("*")):
        return None
    return _in_the_way(path, f"a file is to be written to {name}, where a folder is")


def _blocked_folder(root: Path, name: str) -> Diagnostic:
    return _in_the_way(root / name, f"a folder is to be made at {name}, where a file is")


def _in_the_way(path: Path, message: str) -> Diagnostic:
    return Diagnostic(code="in-the-way", severity=Severity.ERROR, message=message, file=str(path),
                      hint="move it away, or generate into another folder")


def _findings(target: Path, edited: Iterable[str], foreign: Iterable[str], kept: Iterable[str]) -> Iterable[Diagnostic]:
    for path in edited:
        yield Diagnostic(
            code="edited-file", severity=Severity.ERROR, file=str(target / path),
            message="was changed by hand since it was generated; nothing was written",
            hint="move the change elsewhere and restore the file, or give it up with --force",
        )
    for path in foreign:
        yield Diagnostic(
            code="foreign-file", severity=Severity.ERROR, file=str(target / path),
            message="is there already and was not written by specloom; nothing was written",
            hint="move it away, generate into another folder, or overwrite it with --force",
        )
    for path in kept:
        yield Diagnostic(
            code="edited-file-kept", severity=Severity.WARNING, file=str(target / path),
            message="is no longer generated, but was changed by hand: it stays, and is yours from now on",
            hint="delete it where it is not needed",
        )
