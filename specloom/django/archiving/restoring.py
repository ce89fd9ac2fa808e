"""Back to an archive: its documents and clients take the place of the current ones, all or none."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from specloom.django.generating.index import index_files
from specloom.django.project import Project
from specloom.emitters.protocol import RememberingEmitter
from specloom.emitters.registry import find_emitter
from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError, nearest
from specloom.writing import Output, Plan, write_all

from .listing import Archive, find_archive


def restore(
    project: Project, name: str, *, groups: Sequence[str] = (), languages: Sequence[str] = (), force: bool = False
) -> tuple[Plan, ...]:
    """Writes what an archive holds to the project's output, and says what was done to each folder.

    Args:
        project: where to.
        name: the archive, as ``find_archive`` takes it.
        groups: only these of its groups; none named means all of them. What it has not stays as it is.
        languages: only these of its languages.
        force: gives up what people changed in generated files.

    Raises:
        SpecloomError: nothing was written: no such archive or group, ``archive-damaged``, and all of ``write``.
    """
    archive = find_archive(project.outputs.archive, name)
    chosen = _chosen("group", groups, tuple(archive.metadata.groups))
    spoken = _chosen("language", languages, archive.languages)
    prefixes = {f"schemas/{group}.yaml": group for group in chosen}
    documents = {f"{group}.yaml": _text(archive, path) for path, group in prefixes.items()}
    outputs = [Output(documents, project.outputs.schemas, force, stays=lambda path: path not in documents)]
    restored: dict[str, list[str]] = {}
    for group in chosen:
        for language in archive.metadata.groups[group].languages:
            if language in spoken:
                outputs.append(_client(project, archive, language, group, force))
                restored.setdefault(language, []).append(group)
    if "typescript" in restored:
        folder = project.outputs.clients / "typescript"
        outputs.append(Output(index_files(project, folder, restored["typescript"]), folder, force))
    return write_all(outputs)


def _client(project: Project, archive: Archive, language: str, group: str, force: bool) -> Output:
    prefix = f"clients/{language}/{group}/"
    files = {path.removeprefix(prefix): _text(archive, path) for path in archive.metadata.files if path.startswith(prefix)}
    emitter = find_emitter(language)
    shared = tuple(name for name in emitter.reads if name in files) if isinstance(emitter, RememberingEmitter) else ()
    return Output(files, project.outputs.client(language, group), force, shared)


def _text(archive: Archive, path: str) -> bytes:
    """A file of an archive. Raises ``SpecloomError`` where it is not as it was archived."""
    place = archive.path / path
    try:
        content = place.read_bytes()
    except OSError as error:
        raise _damaged(str(place), f"cannot be read: {error.strerror}") from error
    if hashlib.sha256(content).hexdigest() != archive.metadata.files.get(path):
        raise _damaged(str(place), "is not as it was archived")
    return content


def _damaged(place: str, what: str) -> SpecloomError:
    return SpecloomError.of("archive-damaged", f"{what}; nothing was restored", file=place, hint="restore another archive")


def _chosen(what: str, names: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    unknown = [name for name in dict.fromkeys(names) if name not in known]
    if unknown:
        raise SpecloomError(
            Diagnostic(code=f"unknown-{what}", severity=Severity.ERROR, message=f"the archive has no {what} {name!r}",
                       hint=nearest(name, known))
            for name in unknown
        )
    return tuple(name for name in known if not names or name in names)
