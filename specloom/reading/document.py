"""A document as the lowering reads it: plain data, checked and repaired, with its references and diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias

from specloom.collecting import no_collection
from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError

from .checking import check
from .files import Neighbours, Refusal, Source, open_source
from .formats import UNKNOWN, recognise, refuse_text
from .grammar import Kind
from .limits import Limits
from .linking import link
from .loading import Parsed, decode, parse, plain
from .naming import name_operations
from .pointers import JSON, Absent, split, step
from .positions import places
from .references import Location, References, Resolved
from .repairs import Site
from .walk import Walk
from .yaml_core import too_deep

_ROUNDS = 10
Version: TypeAlias = Literal["3.0", "3.1"]
Judge: TypeAlias = Callable[[Callable[[], bool]], None]
"""Is given a question about the document as it stands now, to be asked of a copy, because asking takes out what is refused."""


@dataclass(frozen=True, slots=True)
class Document:
    """An OpenAPI document as plain data (dict, list, str, int, float, bool, None).

    ``root`` is the document after repairs; it is shared, so treat it as read-only. Every ``$ref`` in a place where
    OpenAPI has references is canonical (``#/components/schemas/Pet``, or ``shared/pets.yaml#/Pet`` for a value in
    another file, written as from the document itself) and points at something of the right kind: resolve it without a
    base, and compare references as text.
    ``version`` says which dialect to read: 3.2 documents are read as 3.1.
    ``file`` is the document's name as the caller gave it, None for text and data.
    ``diagnostics`` holds no errors (those are raised); they are in document order and have no lines yet: see
    :func:`locate`.
    """

    root: Mapping[str, JSON]
    version: Version
    file: str | None
    references: References
    diagnostics: tuple[Diagnostic, ...]

    def resolve(self, ref: str, base: str = "") -> Resolved | None:
        """The value a reference points at and its canonical location (file and JSON pointer); None if there is none."""
        found = self.references.resolve(ref, base)
        return None if isinstance(found, Refusal) else found

    def follow(self, ref: str, base: str = "") -> Resolved | None:
        """Like :meth:`resolve`, but through values that are nothing but a reference."""
        found = self.references.follow(ref, base)
        return None if isinstance(found, Refusal) else found


def read_document(
    source: str | Path | bytes | Mapping[str, object],
    *,
    strict: bool = False,
    allow: Collection[str] = (),
    limits: Limits = Limits(),  # noqa: B008 - frozen
    judge: Judge | None = None,
) -> Document:
    """Reads, repairs and checks an OpenAPI 3.0, 3.1 or 3.2 document.

    Args:
        source: a path, the document's own text or bytes, or its parsed data (which is copied, not changed).
        strict: warnings count as errors.
        allow: files and folders outside the document's folder, and URLs, that it may refer to. Paths are taken from
            the document's folder; a folder allows all below it, a URL itself and all below it.
        limits: bounds on size, depth, aliases and files.
        judge: has openapi-pydantic's judgement passed elsewhere, while the caller goes on. If it is ``False``, neither the
            document nor an error raised here is to be used: read it again without ``judge``.

    Raises:
        SpecloomError: the document cannot be used; carries every diagnostic found, with lines.
    """
    opened = _open(source, allow, limits)
    try:
        with no_collection():
            return _read(source, opened, strict, tuple(allow), limits, judge)
    except SpecloomError as error:
        raise SpecloomError(_placed(error.diagnostics, {opened.file: opened})) from None


def _open(source: str | Path | bytes | Mapping[str, object], allow: Collection[str], limits: Limits) -> Source:
    return Source("") if isinstance(source, Mapping) else open_source(source, allow, limits)


def _read(
    source: str | Path | bytes | Mapping[str, object],
    opened: Source,
    strict: bool,
    allow: tuple[str, ...],
    limits: Limits,
    judge: Judge | None,
) -> Document:
    text = _text(opened)
    try:
        parsed = Parsed(plain(source, limits), ()) if isinstance(source, Mapping) else parse(text, opened.file, limits)
        version = recognise(parsed.value, opened.file)
    except SpecloomError as error:
        raise (refuse_text(text, opened.file) if error.diagnostics[0].code in UNKNOWN else None) or error from None
    assert isinstance(parsed.value, dict)
    references = References(parsed.value, opened, Neighbours(opened.folder, allow, limits))
    found = _repaired(references, version, limits, judge)
    ordered = in_order([*parsed.diagnostics, *references.diagnostics, *found], references)
    return _judged(Document(parsed.value, version, opened.file, references, ordered), strict)


def _repaired(references: References, version: Version, limits: Limits, judge: Judge | None) -> list[Diagnostic]:
    """Mends the data where it stands and checks it; returns what was found.

    Once is enough for a sound document. Where something had to go, what counted on it is looked at once more. A ``judge`` is
    asked only about data in its last state.
    """
    found: list[Diagnostic] = []
    try:
        for number in range(_ROUNDS):
            walk = Walk(Site(version, references))
            walk.visit(Kind.DOCUMENT, references.root)
            pieces = link(walk)
            named = name_operations(walk.operations, references.display(""))
            seen = [*walk.diagnostics, *named]
            found += seen if number == 0 else [d for d in seen if d.severity is not Severity.INFO]
            if judge is not None and not walk.dropped:
                judge(partial(_is_sound, references, version, pieces))
                break
            refused = check(references, version, pieces)
            found += refused
            references.forget()
            if not walk.dropped and not refused:
                break
    except SpecloomError as error:
        raise SpecloomError([*found, *error.diagnostics]) from None
    except RecursionError:
        raise too_deep(references.display(""), limits) from None
    return found


def _is_sound(references: References, version: Version, pieces: list[tuple[Location, Kind]]) -> bool:
    return not check(references, version, pieces)


def in_order(diagnostics: Iterable[Diagnostic], references: References) -> tuple[Diagnostic, ...]:
    """Diagnostics in document order, each once."""
    files = {references.display(file): (number, value) for number, (file, value) in enumerate(references.files.items())}
    indexes: dict[int, dict[str, int]] = {}

    def order(found: Diagnostic) -> tuple[int, list[int]]:
        number, here = files.get(found.file, (0, None))
        places: list[int] = []
        for key in split(found.pointer or ""):
            if isinstance(here, dict):
                index = indexes.get(id(here))
                if index is None:
                    index = indexes[id(here)] = {name: place for place, name in enumerate(here)}
                places.append(index.get(key, -1))
            else:
                places.append(int(key) if isinstance(here, list) and key.isascii() and key.isdigit() else -1)
            below = step(here, key)
            here = None if isinstance(below, Absent) else below
        return number, places

    return tuple(sorted(dict.fromkeys(diagnostics), key=order))


def _judged(document: Document, strict: bool) -> Document:
    """Raises if there are errors; warnings are errors where the caller is strict."""
    diagnostics = document.diagnostics
    if strict:
        diagnostics = tuple(
            d.model_copy(update={"severity": Severity.ERROR}) if d.severity is Severity.WARNING else d for d in diagnostics
        )
    if any(d.severity is Severity.ERROR for d in diagnostics):
        raise SpecloomError(locate(diagnostics, document.references))
    return document


def locate(diagnostics: Iterable[Diagnostic], of: Document | References) -> tuple[Diagnostic, ...]:
    """The same diagnostics with line and column, for showing them: parses the texts a second time."""
    references = of.references if isinstance(of, Document) else of
    return _placed(diagnostics, {source.file: source for source in references.sources.values()})


def _placed(diagnostics: Iterable[Diagnostic], sources: Mapping[str | None, Source]) -> tuple[Diagnostic, ...]:
    diagnostics = tuple(diagnostics)
    asked: dict[str | None, list[str]] = {}
    for d in diagnostics:
        if d.place is None and d.pointer is not None and d.file in sources:
            asked.setdefault(d.file, []).append(d.pointer)
    found = {
        (file, pointer): place
        for file, pointers in asked.items()
        if (text := _text(sources[file]))
        for pointer, place in places(text, pointers, file or "<text>").items()
    }
    return tuple(
        d.model_copy(update={"place": found[key]}) if d.place is None and (key := (d.file, d.pointer or "")) in found else d
        for d in diagnostics
    )


def _text(source: Source) -> str:
    return source.data if isinstance(source.data, str) else decode(source.data, source.file)
