"""Documents that went wrong somewhere are lowered or refused, never answered by a traceback, and promises are kept."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from specloom.ir.diagnostics import SpecloomError
from specloom.reading.document import read_document
from specloom.reading.lowering import lower
from tests.harness.documents import openapi_documents
from tests.harness.invariants import broken_promises

Spec: TypeAlias = dict[str, Any] | list[Any] | str | int | bool | None

WORDS = (
    "type",
    "properties",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
    "$ref",
    "enum",
    "const",
    "required",
    "discriminator",
    "nullable",
    "additionalProperties",
    "readOnly",
    "writeOnly",
    "format",
    "not",
    "prefixItems",
    "default",
    "schema",
    "content",
    "parameters",
    "mapping",
    "propertyName",
    "minimum",
    "maxLength",
    "style",
    "in",
    "name",
    "tags",
    "security",
    "responses",
)


@cache
def small_documents() -> list[Any]:
    found = []
    for path in openapi_documents().values():
        if path.stat().st_size < 40_000:
            found.append(_load(path))
    return found


def _load(path: Path) -> Spec:
    text = path.read_text(encoding="utf-8-sig")
    return json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)


def _plain(value: Spec) -> Spec:
    """YAML's dates and keys as JSON has them."""
    return json.loads(json.dumps(value, default=str))


def _places(value: Spec, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    if isinstance(value, dict):
        for key, inner in value.items():
            found += _places(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found += _places(inner, (*path, index))
    return found


def _at(value: Spec, path: tuple[Any, ...]) -> Spec:
    for key in path:
        value = value[key]
    return value


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from(["", "object", "array", "string", "null", "__proto__", "\0", "x" * 300]),
    st.just([]),
    st.just({}),
    st.lists(st.sampled_from([None, 1, "a", {}, []]), max_size=3),
    st.sampled_from(
        [
            {"$ref": "#/components/schemas/Foo"},
            {"$ref": "#"},
            {"type": "object", "properties": {"a": {"readOnly": True}}},
            {"allOf": [{}]},
            {"oneOf": []},
            {"enum": [1, None, "1", 1.0, True]},
            {"type": ["null"]},
            True,
            False,
        ]
    ),
)

# Shrinking a whole document takes longer than reading the one that failed.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(st.data())
def test_mutated_documents(data: st.DataObject) -> None:
    documents = small_documents()
    document = _plain(copy.deepcopy(data.draw(st.sampled_from(documents))))
    for _ in range(data.draw(st.integers(1, 4))):
        places = [place for place in _places(document) if place]
        if not places:
            return
        path = data.draw(st.sampled_from(places))
        holder = _at(document, path[:-1])
        action = data.draw(st.sampled_from(["replace", "delete", "move", "word"]))
        if action == "replace":
            holder[path[-1]] = copy.deepcopy(data.draw(ODD))
        elif action == "delete":
            del holder[path[-1]]
        elif action == "move":
            other = _at(document, data.draw(st.sampled_from(places)))
            holder[path[-1]] = copy.deepcopy(other)
        elif isinstance(holder, dict):
            holder[data.draw(st.sampled_from(WORDS))] = holder.pop(path[-1])
    try:
        read = read_document(document)
    except SpecloomError:
        return
    assert broken_promises(lower(read)) == []
