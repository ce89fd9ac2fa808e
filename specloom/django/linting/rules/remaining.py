"""Rules for what is left: files that cannot be read, a schema that cannot be made, and whatever else drf-spectacular says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from specloom.django.linting.findings import Finding, Position, Rule
from specloom.django.linting.generation import Crash, Message
from specloom.django.linting.handlers import standing_view
from specloom.django.linting.inspection import Inspection, found, of_schema
from specloom.django.linting.serializers import serializers_of
from specloom.django.linting.sources import Source
from specloom.ir.diagnostics import Severity

from . import naming, views

_OF_VIEWS = (
    views.GUESS, views.RAISED, views.NO_QUERYSET, views.UNTYPED_PATH,
    naming.TWO_COMPONENTS, naming.ENUM_HASH, naming.ENUM_NAMES, naming.TWO_OPERATIONS,
)  # fmt: skip
_OF_FIELDS = (
    re.compile(r"^unable to resolve type hint for function"), re.compile(r"^SerializerMethodField \".*\" is missing"),
    re.compile(r"^could not resolve serializer field"), re.compile(r"^Could not derive type for ReadOnlyField"),
    re.compile(r"^Could not derive type for under-specified"),
)  # fmt: skip
"""What the other rules explain of the serializers in the files that were asked for."""


def _unreadable(inspection: Inspection) -> Iterator[Finding]:
    for file in inspection.unreadable:
        text = f"the file cannot be read: {' '.join(file.message.split())}"
        suggestion = "correct it; no other rule has looked at the file"
        yield Finding(UNREADABLE_FILE, file.app, file.path, file.position, text, suggestion)


def _unimportable(inspection: Inspection) -> Iterator[Finding]:
    for source in inspection.sources:
        if source.failure is not None:
            text = f"the module cannot be imported: {' '.join(source.failure.split())}"
            suggestion = "correct it; only its text was judged, not its classes"
            yield Finding(UNIMPORTABLE_MODULE, source.app, source.path, Position(1, 1), text, suggestion)


def _crashes(inspection: Inspection) -> Iterator[Finding]:
    suggestion = "correct what raises; there is no request and nobody is signed in while a schema is made"
    for document in inspection.generation.documents:
        for crash in document.crashes:
            what = crash.view.__name__ if crash.view is not None else f"the schema of {document.group}".removesuffix(" of ")
            text = f"{what} cannot be described: {' '.join(crash.text.split())}"
            view = standing_view(inspection, crash.view) if crash.view is not None else None
            place = _innermost(inspection, crash)
            if place is not None:
                yield Finding(SCHEMA_CRASH, place[0].app, place[0].path, Position(place[1], 1), text, suggestion)
            elif view is not None and inspection.targets.covers(view[0].path):
                yield from found(SCHEMA_CRASH, *view, text, suggestion)
            elif view is None and not inspection.targets.exact:
                yield of_schema(SCHEMA_CRASH, text, suggestion)


def _innermost(inspection: Inspection, crash: Crash) -> tuple[Source, int] | None:
    """The last line of the project's own that was at work."""
    for path, line in reversed(crash.frames):
        source = inspection.at(path) if inspection.targets.covers(path) else None
        if source is not None:
            return source, line
    return None


def _said(inspection: Inspection, severity: Severity, rule: Rule) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for message in inspection.generation.messages:
        if message.severity is not severity or any(pattern.search(message.text) for pattern in _OF_VIEWS):
            continue
        place = _place(inspection, message)
        looked_at = place is not None and place[0].path in inspection.targets.files
        if looked_at and any(pattern.search(message.text) for pattern in _OF_FIELDS):
            continue
        key = (message.text, str(place and (place[0].path, place[0].position(place[1]))))
        if key in seen:
            continue
        seen.add(key)
        operation = f" ({message.method} {message.path})" if message.path else ""
        text = f"drf-spectacular: {' '.join(message.text.split())}{operation}"
        if place is not None and inspection.targets.covers(place[0].path):
            yield from found(rule, *place, text, "see drf-spectacular's documentation of the message")
        elif place is None and not inspection.targets.exact:
            yield of_schema(rule, text, "see drf-spectacular's documentation of the message")


def _place(inspection: Inspection, message: Message) -> tuple[Source, cst.CSTNode] | None:
    standing = inspection.standing(message.serializer) if message.serializer is not None else None
    if standing is not None:
        for each in serializers_of(standing[0]):
            if each.running is message.serializer:
                return each.source, each.mention(message.field)
    return standing_view(inspection, message.view) if message.view is not None else None


def _errors(inspection: Inspection) -> Iterator[Finding]:
    return _said(inspection, Severity.ERROR, SPECTACULAR_ERROR)


def _warnings(inspection: Inspection) -> Iterator[Finding]:
    return _said(inspection, Severity.WARNING, SPECTACULAR_WARNING)


UNREADABLE_FILE = Rule(
    "unreadable-file", "File that cannot be read", Severity.ERROR,
    "The file has a syntax error, or is not text in its encoding.",
    False, _unreadable,
)
UNIMPORTABLE_MODULE = Rule(
    "unimportable-module", "Module that cannot be imported", Severity.ERROR,
    "Importing the module raises. Nothing of it can be in the API, and what stands in it can be judged by its text only.",
    False, _unimportable,
)
SCHEMA_CRASH = Rule(
    "schema-crash", "Schema that cannot be made", Severity.ERROR,
    "drf-spectacular ends in a traceback on a view, which is then not in the schema; or on all of them, and there is no client "
    "at all.",
    False, _crashes,
)
SPECTACULAR_ERROR = Rule(
    "spectacular-error", "Another error of drf-spectacular", Severity.ERROR,
    "drf-spectacular says that a part of the schema is wrong or missing, in a way that no other rule explains.",
    False, _errors,
)
SPECTACULAR_WARNING = Rule(
    "spectacular-warning", "Another warning of drf-spectacular", Severity.WARNING,
    "drf-spectacular says that it had to guess, in a way that no other rule explains.",
    False, _warnings,
)
RULES = (UNREADABLE_FILE, UNIMPORTABLE_MODULE, SCHEMA_CRASH, SPECTACULAR_ERROR, SPECTACULAR_WARNING)
