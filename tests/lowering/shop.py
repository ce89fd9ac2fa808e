"""Small documents for the tests of lowering."""

from __future__ import annotations

from typing import Any, TypeAlias

from specloom.ir.context import IRContext
from specloom.ir.operations import IROperationObject
from specloom.ir.schemas import IRObjectSchema, IRPropertyObject
from specloom.ir.types import IRType
from specloom.reading.document import read_document
from specloom.reading.lowering import lower

Spec: TypeAlias = dict[str, Any] | list[Any] | str | int | bool | None
"""A part of a document."""


def document(
    schemas: dict[str, Any] | None = None, paths: dict[str, Any] | None = None, *, version: str = "3.1.0", **more: Spec
) -> dict[str, Any]:
    components = {"schemas": schemas or {}, **more.pop("components", {})}
    return {"openapi": version, "info": {"title": "Shop", "version": "1"}, "paths": paths or {}, "components": components, **more}


def api(
    schemas: dict[str, Any] | None = None, paths: dict[str, Any] | None = None, *, version: str = "3.1.0", **more: Spec
) -> IRContext:
    return lower(read_document(document(schemas, paths, version=version, **more)))


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def json_body(schema: Spec, media_type: str = "application/json") -> dict[str, Any]:
    return {"content": {media_type: {"schema": schema}}}


def answer(schema: Spec, media_type: str = "application/json") -> dict[str, Any]:
    return {"description": "", **json_body(schema, media_type)}


def operation(**parts: Spec) -> IROperationObject:
    """The one operation of a document: ``get /things`` with ``parts``; ``components`` and ``method`` are taken out of them."""
    method, path = parts.pop("method", "get"), parts.pop("path", "/things")
    schemas, more = parts.pop("schemas", None), parts.pop("more", {})
    parts.setdefault("responses", {"204": {"description": ""}})
    return api(schemas, {path: {method: {"operationId": "things", **parts}}}, **more).operations[0]


def properties(context: IRContext, name: str) -> dict[str, IRPropertyObject]:
    schema = context.schemas[name]
    assert isinstance(schema, IRObjectSchema)
    return {prop.name: prop for prop in schema.properties}


def type_of(schema: Spec, version: str = "3.1.0", **schemas: Spec) -> IRType:
    """The type of a schema that stands inline, as a property."""
    context = api({"Thing": {"type": "object", "properties": {"value": schema}}, **schemas}, version=version)
    return properties(context, "Thing")["value"].type


def codes(context: IRContext) -> set[str]:
    return {diagnostic.code for diagnostic in context.diagnostics}
