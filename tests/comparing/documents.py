"""Small documents to compare: a schema that is sent, answered, or both; and a whole API to edit."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from specloom.comparing import Change, Comparison, compare
from specloom.ir.context import IRContext
from specloom.reading import read_document
from specloom.reading.lowering import lower

JSON = dict[str, Any]
Edit = Callable[[JSON], object]
WORDS = {"added": "removed", "tightened": "loosened", "widened": "narrowed"}
OPPOSITES = {**WORDS, **{right: left for left, right in WORDS.items()}}


def media(schema: JSON) -> JSON:
    return {"content": {"application/json": {"schema": schema}}}


def document(paths: JSON, schemas: Mapping[str, JSON] | None = None, **rest: object) -> JSON:
    return {
        "openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": paths,
        "components": {"schemas": dict(schemas or {})}, **rest,
    }


def using(schemas: Mapping[str, JSON], *, sent: bool = False, answered: bool = False) -> JSON:
    """A document in which operations send, answer, or do not use the schema ``Thing``."""
    thing = {"$ref": "#/components/schemas/Thing"}
    paths: JSON = {"/other": {"get": {"operationId": "other", "responses": {"204": {"description": "nothing"}}}}}
    if sent:
        paths["/things"] = {"post": {
            "operationId": "send", "requestBody": {"required": True, **media(thing)},
            "responses": {"204": {"description": "done"}},
        }}
    if answered:
        paths.setdefault("/things", {})["get"] = {
            "operationId": "answer", "responses": {"200": {"description": "it", **media(thing)}}
        }
    return document(paths, schemas)


def read(source: JSON) -> IRContext:
    """The API of a document that is sound by construction, so that nobody needs to judge it in another process."""
    return lower(read_document(source, judge=lambda question: None))


def compared(old: JSON, new: JSON) -> Comparison:
    return compare(read(old), read(new))


def edited(base: JSON, edit: Edit) -> JSON:
    made = copy.deepcopy(base)
    edit(made)
    return made


def verdicts(comparison: Comparison) -> list[tuple[str, str]]:
    """Codes and impacts in order, the impact by its first letter."""
    return [(change.code, change.impact.value[0].upper()) for change in comparison.changes]


def mirrored(change: Change) -> tuple[str, str | None, str | None]:
    """The code and values that the same change has from new to old."""
    head, _, word = change.code.rpartition("-")
    return f"{head}-{OPPOSITES.get(word, word)}", change.new, change.old
