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
from specloom.ir.schemas import IRAliasSchema, IRObjectSchema, IRSchema

from .types import with_decimals

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
        found = _definitions(schemas, mode)
    except PydanticUserError:
        found = {}
        for schema in schemas:  # says which one it is
            _definitions_of(schema, mode)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Schemas", "version": "1"},
        "paths": {},
        "components": {"schemas": dict(sorted(found.items()))},
    }


def schemas_context(schemas: Sequence[type[BaseModel]], mode: Mode = "validation") -> IRContext:
    """The same as the intermediate representation. Raises ``SpecloomError`` as ``schemas_document`` does."""
    return context_of(schemas_document(schemas, mode))


def context_of(document: Mapping[str, Any]) -> IRContext:
    """The intermediate representation of such a document; a decimal, which may come as a number too, is a text there."""
    from specloom.api import load

    api = load(_less_not(document))
    schemas = {name: _with_decimals(schema) for name, schema in api.schemas.items()}
    found = tuple(each for each in api.diagnostics if each.code != "no-operations")
    return api.model_copy(update={"schemas": schemas, "diagnostics": found})


def _definitions(schemas: Sequence[type[BaseModel]], mode: Mode) -> dict[str, Any]:
    _, found = models_json_schema([(schema, mode) for schema in schemas], ref_template=_REFERENCE, schema_generator=SchemaWriter)
    definitions: dict[str, Any] = found.get("$defs", {})
    return definitions


def _definitions_of(schema: type[BaseModel], mode: Mode) -> None:
    try:
        _definitions([schema], mode)
    except PydanticInvalidForJsonSchema as error:
        raise SpecloomError.of(
            "no-json-schema", f"{schema.__name__}: {error.message}", hint="give the field an annotation that JSON has"
        ) from error
    except PydanticUserError as error:
        raise SpecloomError.of("schema-not-built", f"{schema.__name__}: {str(error).partition(chr(10))[0]}") from error


def _less_not(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document without ``not: null``, which no language has a type for: nobody need be told of each."""
    schemas = {
        name: {**schema, "properties": {key: _without(value) for key, value in schema["properties"].items()}}
        if "properties" in schema
        else schema
        for name, schema in document["components"]["schemas"].items()
    }
    return {**document, "components": {"schemas": schemas}}


def _without(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if not (key == "not" and value == _NULL)}


def _with_decimals(schema: IRSchema) -> IRSchema:
    match schema:
        case IRObjectSchema(properties=properties):
            changed = tuple(prop.model_copy(update={"type": with_decimals(prop.type)}) for prop in properties)
            return schema.model_copy(update={"properties": changed})
        case IRAliasSchema(type=type):
            return schema.model_copy(update={"type": with_decimals(type)})
        case _:
            return schema


def _label(member: Enum) -> str:
    return str(getattr(member, "label", ""))


def _said(member: Enum) -> str:
    return member.name.replace("_", " ").casefold()
