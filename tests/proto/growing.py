"""Documents that grow: everything that may be added to an API description without breaking anybody, in the worst place, first."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

ADDED = "aaa_added"


def grown(document: Mapping[str, Any]) -> dict[str, Any]:
    """``document`` with a property more in each object, a value more in each enum, a parameter more in each operation, a schema
    more, an operation more in each tag and one in a new tag, which answer with schemas of other tags.
    """
    new = copy.deepcopy(dict(document))
    schemas: dict[str, Any] = (new.get("components") or {}).get("schemas") or {}
    used = set(schemas)
    fixed = frozenset(_discriminators(new))
    for name, schema in schemas.items():
        if name not in fixed:
            _grow(schema, fixed)
    operations = list(_operations(new.get("paths") or {}))
    tags = dict.fromkeys(str(tag) for operation in operations for tag in (operation.get("tags") or [])[:1])
    for operation in operations:
        parameters = operation.get("parameters") or []
        operation["parameters"] = [{"name": ADDED, "in": "query", "schema": {"type": "string"}}, *parameters]
    answered = [name for name in sorted(used) if _is_answered(name, schemas)]
    paths: dict[str, Any] = {}
    for number, tag in enumerate((ADDED, *tags)):
        answer = {"$ref": f"#/components/schemas/{answered[number % len(answered)]}"} if answered else {"type": "string"}
        paths[f"/{ADDED}/{number}"] = {"get": {
            "operationId": f"{ADDED}_{number}", "tags": [tag],
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": answer}}}},
        }}  # fmt: skip
    new["paths"] = {**paths, **(new.get("paths") or {})}
    if schemas:
        new["components"]["schemas"] = {
            "AaaAdded": {"type": "object", "properties": {"text": {"type": "string"}}},
            **schemas,
        }
    return new


def _grow(schema: object, fixed: frozenset[str]) -> None:
    if not isinstance(schema, dict):
        return
    properties = schema.get("properties")
    if isinstance(properties, dict) and properties:
        for name, prop in properties.items():
            if name not in fixed:
                _grow(prop, fixed)
        if "discriminator" not in schema:
            schema["properties"] = {ADDED: {"type": "string"}, **properties}
    values = schema.get("enum")
    named = any(key in schema for key in ("x-enum-varnames", "x-enumNames", "x-enum-descriptions"))
    if isinstance(values, list) and len(values) > 1 and all(isinstance(v, str) for v in values) and not named:
        schema["enum"] = [ADDED, *values]
    _grow(schema.get("items"), fixed)


def _discriminators(node: object) -> Iterator[str]:
    """Properties that tell the members of a union apart: their values are no enum that may grow."""
    if isinstance(node, dict):
        found = node.get("discriminator")
        if isinstance(found, dict) and isinstance(found.get("propertyName"), str):
            yield found["propertyName"]
        for child in node.values():
            yield from _discriminators(child)
    elif isinstance(node, list):
        for child in node:
            yield from _discriminators(child)


def _operations(paths: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for item in paths.values():
        if isinstance(item, dict):
            for method in ("get", "put", "post", "delete", "patch"):
                if isinstance(item.get(method), dict):
                    yield item[method]


def _is_answered(name: str, schemas: Mapping[str, Any]) -> bool:
    """Whether a schema is an object that any operation may answer with: nothing of it is read-only, write-only or a file."""
    text = repr(schemas[name])
    is_object = isinstance(schemas[name], dict) and bool(schemas[name].get("properties"))
    return is_object and not any(word in text for word in ("nly", "$ref", "binary", "contentMediaType"))
