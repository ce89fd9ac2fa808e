"""Schemas made of each other in every way: lowering ends, keeps its promises, and is the same every time."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from specloom.ir.context import IRContext
from specloom.reading.document import read_document
from specloom.reading.lowering import lower
from tests.harness.invariants import broken_promises

NAMES = ("Pet", "Cat", "Dog", "Pets", "Owner")
REFERENCES = st.sampled_from(NAMES).map(lambda name: {"$ref": f"#/components/schemas/{name}"})
PLAIN = st.sampled_from(
    [
        {"type": "string"},
        {"type": "string", "nullable": True},
        {"type": "integer", "minimum": 3},
        {"type": "string", "enum": ["a", "b"]},
        {"type": "string", "enum": ["b", "c"]},
        {"enum": ["", None]},
        {"const": "cat"},
        {"type": "object"},
        {},
        {"type": "boolean"},
        {"type": ["string", "null"]},
        {"type": ["object", "null"]},
        {"type": "string", "format": "binary"},
        {"type": "null"},
        {"required": ["a"]},
        {"type": ["string", "integer", "null"], "maxLength": 3},
        {"type": "object", "additionalProperties": False},
    ]
)
FLAGS = st.sampled_from(
    [{}, {}, {}, {"nullable": True}, {"readOnly": True}, {"writeOnly": True}, {"type": "object"}, {"description": "D"}]
)
DISCRIMINATOR = st.sampled_from(
    [
        {},
        {},
        {"discriminator": {"propertyName": "kind"}},
        {"discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat", "dog": "#/components/schemas/Dog"}}},
        {"discriminator": {"propertyName": "kind", "mapping": {"pet": "#/components/schemas/Pet", "cat": "Cat", "tom": "Cat"}}},
    ]
)


def _composed(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    members = st.lists(inner, min_size=1, max_size=3)
    properties = st.dictionaries(st.sampled_from(["kind", "a", "b", "id"]), inner, min_size=1, max_size=3)
    required = st.lists(st.sampled_from(["kind", "a", "z"]), max_size=2, unique=True)
    whole = st.one_of(
        st.builds(lambda p, r: {"type": "object", "properties": p, "required": r}, properties, required),
        st.builds(lambda m: {"allOf": m}, members),
        st.builds(lambda m, d: {"oneOf": m, **d}, members, DISCRIMINATOR),
        st.builds(lambda m, d: {"anyOf": m, **d}, members, DISCRIMINATOR),
        st.builds(lambda m, p: {"allOf": m, "properties": p}, members, properties),
        st.builds(lambda m, p, d: {"properties": p, **d, "oneOf": m}, members, properties, DISCRIMINATOR),
        st.builds(lambda p, d: {"type": "object", "properties": p, **d}, properties, DISCRIMINATOR),
        st.builds(lambda i: {"type": "array", "items": i}, inner),
        st.builds(lambda i: {"type": "object", "additionalProperties": i}, inner),
        st.builds(lambda i: {"type": "array", "prefixItems": [i]}, inner),
    )
    return st.builds(lambda schema, flags: {**schema, **flags}, whole, FLAGS)


SCHEMAS = st.recursive(st.one_of(REFERENCES, REFERENCES, PLAIN), _composed, max_leaves=8)
MEDIA = st.sampled_from(["application/json", "multipart/form-data", "application/x-www-form-urlencoded", "text/event-stream"])


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    components = {name: draw(SCHEMAS) for name in NAMES}
    paths: dict[str, Any] = {}
    for method in ("post", "patch", "get"):
        body = {"content": {draw(MEDIA): {"schema": draw(st.one_of(REFERENCES, SCHEMAS))} for _ in range(2)}}
        paths[method] = {
            "tags": [draw(st.sampled_from(["one", "two"]))],
            "operationId": f"{method}_pet",
            "responses": {
                "200": {"description": "", "content": {"application/json": {"schema": draw(st.one_of(REFERENCES, SCHEMAS))}}}
            },
            **({} if method == "get" else {"requestBody": body}),
        }
    version = draw(st.sampled_from(["3.0.3", "3.1.0"]))
    return {
        "openapi": version,
        "info": {"title": "T", "version": "1"},
        "paths": {"/pets": paths},
        "components": {"schemas": components},
    }


# Shrinking documents that mention each other takes longer than reading the one that failed.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(documents())
def test_compositions(document: dict[str, Any]) -> None:
    api = lower(read_document(document))

    assert broken_promises(api) == []
    assert len(api.schemas) < 2_000
    assert IRContext.model_validate_json(api.model_dump_json()) == api
    assert lower(read_document(document)) == api


def test_merged_unions_of_unions_are_flat() -> None:
    """Distributing a union over one that mentions itself makes unions inside of unions, down to the limit."""
    ref = "#/components/schemas/"
    api = lower(read_document({
        "openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {},
        "components": {"schemas": {
            "Cat": {"allOf": [{"anyOf": [{"$ref": f"{ref}Pets"}]}, {"properties": {}}]},
            "Dog": {"allOf": [{"anyOf": [{"$ref": f"{ref}Pets"}, {"$ref": f"{ref}Owner"}]}]},
            "Pets": {"oneOf": [{"$ref": f"{ref}Dog"}, {"$ref": f"{ref}Owner"}], "discriminator": {"propertyName": "kind"}},
            "Owner": {},
        }},
    }))  # fmt: skip
    assert broken_promises(api) == []
