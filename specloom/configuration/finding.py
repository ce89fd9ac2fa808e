"""Finds the configuration file, upward from a folder, and reads it into documents; every fault is a diagnostic with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeGuard

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from specloom.emitters.protocol import EmitterOptions
from specloom.emitters.registry import emitter_names, find_emitter
from specloom.ir.diagnostics import Diagnostic, Place, Severity, SpecloomError, nearest
from specloom.jobs import Job, Target

from .positions import Key, find_key
from .sections import Configuration, DocumentSection, RootSection, config_schema, root_section

OWN_FILE = "specloom.toml"
SHARED_FILE = "pyproject.toml"
_TABLE = ("tool", "specloom")


def find_configuration(start: Path) -> Path | None:
    """The nearest file that configures specloom, from ``start`` upward: specloom.toml, or pyproject.toml with [tool.specloom]."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / OWN_FILE).is_file():
            return folder / OWN_FILE
        shared = folder / SHARED_FILE
        if shared.is_file() and "specloom" in _table(_parsed(shared)[1], ("tool",)):
            return shared
    return None


def load_configuration(file: Path) -> Configuration:
    """The configuration in ``file``, checked as a whole.

    Raises ``SpecloomError`` with every fault at once, each with file, line and column: ``config-unreadable``,
    ``config-syntax``, ``config-unknown-key`` (with the nearest right one), ``config-missing-key``, ``config-invalid``,
    ``config-empty``, ``config-same-output``.
    """
    text, parsed = _parsed(file)
    prefix = _TABLE if file.name == SHARED_FILE else ()
    table = _table(parsed, prefix)
    source = _Source(file, text, prefix)
    if table in ({}, {"documents": {}}):
        raise SpecloomError([source.fault("config-empty", "names no documents", ("documents",),
                                          hint="`specloom init` writes a commented example")])
    emitters = {name: find_emitter(name).options_type for name in _named_emitters(table)}
    try:
        root = root_section(emitters).model_validate(table)
    except ValidationError as error:
        raise SpecloomError(_findings(error, source, emitters)) from None
    documents = tuple(_document(name, section, emitters, file.resolve().parent) for name, section in root.documents.items())
    clashes = list(_same_output(documents, source))
    if clashes:
        raise SpecloomError(clashes)
    return Configuration(file, documents)


class _Source:
    """The text of a file, to point into."""

    def __init__(self, file: Path, text: str, prefix: tuple[str, ...]) -> None:
        self._file, self._text, self._prefix = file, text, prefix

    def fault(self, code: str, message: str, path: Sequence[Key], *, hint: str | None = None) -> Diagnostic:
        """An error at the key of that path."""
        place = find_key(self._text, str(self._file), (*self._prefix, *path))
        return Diagnostic(code=code, severity=Severity.ERROR, message=message, file=str(self._file), place=place, hint=hint)


def _parsed(file: Path) -> tuple[str, dict[str, object]]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
        return text, tomllib.loads(text)
    except OSError as error:
        raise SpecloomError.of("config-unreadable", f"cannot be read: {error.strerror}", file=str(file)) from None
    except UnicodeDecodeError:
        raise SpecloomError.of("config-syntax", "is not UTF-8", file=str(file), hint="save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error), re.DOTALL)
        place = Place(file=str(file), line=int(found[2]), column=int(found[3])) if found and found[2] else None
        message = f"is not TOML: {found[1] if found else error}"
        raise SpecloomError.of("config-syntax", message, file=str(file), place=place) from None


def _table(value: object, path: Iterable[str]) -> dict[str, object]:
    for key in path:
        value = value.get(key) if _is_table(value) else None
    return value if _is_table(value) else {}


def _is_table(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _named_emitters(table: dict[str, object]) -> list[str]:
    """The emitters whose tables are there, in their own order: only these are imported."""
    named = {key for document in _table(table, ("documents",)).values() if _is_table(document) for key in document}
    return [name for name in emitter_names() if name in named and name not in DocumentSection.model_fields]


def _document(name: str, section: DocumentSection, emitters: Mapping[str, type[EmitterOptions]], folder: Path) -> Job:
    targets = []
    for emitter, options in emitters.items():
        table = getattr(section, emitter)
        if table is not None:
            chosen = {field: getattr(table, field) for field in table.model_fields_set if field != "output"}
            targets.append(Target(emitter, folder / table.output, options.model_validate(chosen)))
    is_url = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+://", section.source)
    return Job(
        name=name,
        source=section.source if is_url else folder / section.source,
        targets=tuple(targets),
        include=section.include,
        exclude=section.exclude,
        paging=section.paging,
        strict=section.strict,
        allow=section.allow,
    )


def _same_output(documents: Iterable[Job], source: _Source) -> Iterable[Diagnostic]:
    taken: dict[Path, str] = {}
    for document in documents:
        for target in document.targets:
            name = f"documents.{document.name}.{target.emitter}"
            other = taken.setdefault(target.output.resolve(), name)
            if other != name:
                yield source.fault("config-same-output", f"has the same output as {other}",
                                   ("documents", document.name, target.emitter, "output"), hint="give each a folder of its own")


def _findings(error: ValidationError, source: _Source, emitters: Mapping[str, type[EmitterOptions]]) -> list[Diagnostic]:
    schema = config_schema(emitters)
    return [_finding(detail, source, schema) for detail in error.errors(include_url=False)]


def _finding(detail: ErrorDetails, source: _Source, schema: dict[str, object]) -> Diagnostic:
    path, key = detail["loc"], str(detail["loc"][-1]) if detail["loc"] else ""
    where = ".".join(str(part) for part in path)
    match detail["type"]:
        case "extra_forbidden":
            known = _keys_at(schema, path[:-1])
            if len(path) == 3:  # in a document, where emitters have their tables
                known = [*known, *(name for name in emitter_names() if name not in known)]
            return source.fault("config-unknown-key", f"unknown key {key!r}", path, hint=nearest(key, known))
        case "missing":
            return source.fault("config-missing-key", f"{'.'.join(map(str, path[:-1]))} needs the key {key!r}", path)
        case "value_error":
            return source.fault("config-invalid", f"{where}: {detail['msg'].removeprefix('Value error, ')}", path)
        case _:
            return source.fault("config-invalid", f"{where}: {detail['msg'][:1].lower()}{detail['msg'][1:]}", path)


def _keys_at(schema: dict[str, object], path: Sequence[Key]) -> list[str]:
    """The keys that a table at ``path`` may have."""
    node: object = schema
    for key in path:
        node = _followed(schema, node)
        if isinstance(key, int):
            node = node.get("items")
        else:
            node = _table(node, ("properties",)).get(key, node.get("additionalProperties"))
    return list(_table(_followed(schema, node), ("properties",)))


def _followed(schema: dict[str, object], node: object) -> dict[str, object]:
    """A part of a JSON Schema, behind its reference and the null beside it."""
    while _is_table(node):
        either = node.get("anyOf")
        if "$ref" in node:
            node = _table(schema, str(node["$ref"]).removeprefix("#/").split("/"))
        elif isinstance(either, list):
            node = either[0]
        else:
            return node
    return {}


__all__ = ["RootSection", "find_configuration", "load_configuration"]
