"""From JSON Schema 2020-12, which Pydantic writes, to the schemas of OpenAPI 3.0 (3.0.3, Schema Object)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .rewriting import JSONSchema, rewritten

_UNKNOWN = (
    "$comment", "$schema", "contains", "contentEncoding", "contentMediaType", "else", "if", "maxContains", "minContains",
    "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties",
)  # fmt: skip
_LIMITS = (("exclusiveMinimum", "minimum", max), ("exclusiveMaximum", "maximum", min))


def as_openapi_30(schema: Mapping[str, Any]) -> JSONSchema:
    """The schema as OpenAPI 3.0 says it. What it has no word for is left out: the result takes all that the schema takes."""
    return rewritten(schema, _said)


def _said(schema: JSONSchema) -> JSONSchema:
    made = {key: value for key, value in schema.items() if key not in _UNKNOWN}
    for step in (_null, _constant, _limits, _arrays, _example, _reference):
        made = step(made)
    return made


def _null(schema: JSONSchema) -> JSONSchema:
    if _is_null(schema.get("not")):
        schema = {key: value for key, value in schema.items() if key != "not"}  # as everything without nullable
    kinds = schema.get("type")
    if isinstance(kinds, list):
        return _several(schema, [kind for kind in kinds if kind != "null"])
    if kinds == "null":
        return {**schema, "type": "object", "nullable": True, "enum": [None]}
    for key in ("anyOf", "oneOf"):
        parts = schema.get(key)
        if parts is None or not any(map(_is_null, parts)):
            continue
        rest = {name: value for name, value in schema.items() if name != key}
        kept = [part for part in parts if not _is_null(part)]
        if len(kept) != 1:
            return {**rest, **({key: kept} if kept else {}), "nullable": True}
        only = {"allOf": kept} if "$ref" in kept[0] else kept[0]
        return {**only, **rest, "nullable": True}
    return schema


def _several(schema: JSONSchema, kinds: list[str]) -> JSONSchema:
    """A list of types, which 3.0 does not have."""
    rest = {key: value for key, value in schema.items() if key != "type"}
    if len(kinds) < len(schema["type"]):
        rest["nullable"] = True
    return {**rest, "type": kinds[0]} if len(kinds) == 1 else {**rest, "anyOf": [_arrays({"type": kind}) for kind in kinds]}


def _is_null(schema: object) -> bool:
    return isinstance(schema, Mapping) and (schema.get("type") == "null" or schema.get("enum") == [None])


def _constant(schema: JSONSchema) -> JSONSchema:
    if "const" not in schema:
        return schema
    rest = {key: value for key, value in schema.items() if key != "const"}
    return {**rest, "enum": [schema["const"]]}


def _limits(schema: JSONSchema) -> JSONSchema:
    """A limit that is not taken itself is a limit and a word that says so."""
    for exclusive, inclusive, narrower in _LIMITS:
        limit = schema.get(exclusive)
        if isinstance(limit, int | float) and not isinstance(limit, bool):
            other = schema.get(inclusive, limit)
            schema = {**schema, inclusive: narrower(limit, other), exclusive: narrower(limit, other) == limit}
    return schema


def _arrays(schema: JSONSchema) -> JSONSchema:
    if "prefixItems" in schema:
        parts = [each for at, each in enumerate(schema["prefixItems"]) if each not in schema["prefixItems"][:at]]
        rest = {key: value for key, value in schema.items() if key != "prefixItems"}
        return {**rest, "items": parts[0] if len(parts) == 1 else {"anyOf": parts}}
    if "patternProperties" in schema:
        values = list(schema["patternProperties"].values())
        rest = {key: value for key, value in schema.items() if key != "patternProperties"}
        return {**rest, "additionalProperties": values[0] if len(values) == 1 else {"anyOf": values}}
    if schema.get("type") == "array":
        return {"items": {}, **schema}
    return schema


def _example(schema: JSONSchema) -> JSONSchema:
    examples = schema.get("examples")
    if examples is None:
        return schema
    rest = {key: value for key, value in schema.items() if key != "examples"}
    return {**rest, "example": examples[0]} if examples else rest


def _reference(schema: JSONSchema) -> JSONSchema:
    """What stands beside a reference counts only where the reference is in an ``allOf`` (3.0.3, Reference Object)."""
    if "$ref" not in schema or len(schema) == 1:
        return schema
    rest = {key: value for key, value in schema.items() if key != "$ref"}
    return {"allOf": [{"$ref": schema["$ref"]}], **rest}
