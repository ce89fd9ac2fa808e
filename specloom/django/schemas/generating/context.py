"""From schemas to the intermediate representation: by their own JSON Schema, in a document without operations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.errors import PydanticInvalidForJsonSchema, PydanticUserError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from specloom.ir.context import IRContext
from specloom.ir.diagnostics import SpecloomError

Mode = Literal["validation", "serialization"]

_NULL = {"type": "null"}
_REFERENCE = "#/components/schemas/{model}"


class SchemaWriter(GenerateJsonSchema):
    """Pydantic's JSON Schema, with the names and labels of an enumeration's members."""

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """Adds ``x-enum-varnames`` and, where there are labels that say more, ``x-enum-descriptions``."""
        made = super().enum_schema(schema)
        members = [member for member in schema["members"] if isinstance(member, Enum)]
        if "enum" not in made or len(members) != len(made["enum"]):
            return made
        made["x-enum-varnames"] = [member.name for member in members]
        labels = [_label(member) for member in members]
        if any(label.casefold() != _said(member) for label, member in zip(labels, members, strict=True)):
            made["x-enum-descriptions"] = labels
        return made


def schemas_document(schemas: Sequence[type[BaseModel]], mode: Mode = "validation") -> dict[str, Any]:
    """The schemas and all that is nested in them as an OpenAPI 3.1 document without operations.

    Args:
        schemas: Pydantic models, those of Django models among them. Two of one name are told apart by their modules.
        mode: what is accepted, or (``serialization``) what is answered.

    Raises:
        SpecloomError: ``no-json-schema`` where JSON Schema has no word for a field's type, ``schema-not-built`` where a schema
            names another one that is not there.
    """
    try:
        _, found = models_json_schema(
            [(schema, mode) for schema in schemas], ref_template=_REFERENCE, schema_generator=SchemaWriter
        )
    except PydanticInvalidForJsonSchema as error:
        raise SpecloomError.of("no-json-schema", error.message, hint="give the field an annotation that JSON has") from error
    except PydanticUserError as error:
        raise SpecloomError.of("schema-not-built", str(error)) from error
    return {
        "openapi": "3.1.0",
        "info": {"title": "Schemas", "version": "1"},
        "paths": {},
        "components": {"schemas": dict(sorted(found.get("$defs", {}).items()))},
    }


def never_null(document: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Of each schema the properties that may hold anything but null, which the intermediate representation has no type for."""
    return {
        name: frozenset(key for key, value in schema.get("properties", {}).items() if value.get("not") == _NULL)
        for name, schema in document["components"]["schemas"].items()
    }


def schemas_context(schemas: Sequence[type[BaseModel]], mode: Mode = "validation") -> IRContext:
    """The same as the intermediate representation. Raises ``SpecloomError`` as ``schemas_document`` does."""
    from specloom.api import load

    return load(_less_not(schemas_document(schemas, mode)))


def _less_not(document: dict[str, Any]) -> dict[str, Any]:
    """The document without ``not: null``, which no language has a type for: nobody need be told of each."""
    for schema in document["components"]["schemas"].values():
        for value in schema.get("properties", {}).values():
            if value.get("not") == _NULL:
                del value["not"]
    return document


def _label(member: Enum) -> str:
    return str(getattr(member, "label", ""))


def _said(member: Enum) -> str:
    return member.name.replace("_", " ").casefold()
