"""From schemas to the intermediate representation: by their own JSON Schema, in a document without operations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.errors import PydanticInvalidForJsonSchema, PydanticUserError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from specloom.django.schemas.building.resolved import nested_schemas
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import SpecloomError
from specloom.ir.schemas import IRAliasSchema, IRObjectSchema, IRSchema

from .types import with_decimals

Mode = Literal["validation", "serialization"]

_NULL = {"type": "null"}
_REFERENCE = "#/components/schemas/{model}"


_CLASS = "x-class"
"""Which class a definition is of, by its identity, until that is looked up."""


@dataclass(frozen=True, slots=True)
class Described:
    """Schemas as a document, and the class that each object in it is of."""

    document: Mapping[str, Any]
    models: Mapping[str, type[BaseModel]]


class SchemaWriter(GenerateJsonSchema):
    """Pydantic's JSON Schema, with the names and labels of an enumeration's members, and with the class of each model."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Adds the identity of the class."""
        return {**super().model_schema(schema), _CLASS: id(schema["cls"])}

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """Says of the text of a decimal that it is one, also where a property or a class has the type and no column does."""
        made = super().decimal_schema(schema)
        for part in made.get("anyOf", (made,)):
            if part.get("type") == "string":
                part["format"] = "decimal"
        return made

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """Adds ``x-enum-varnames`` and, where there are labels that say more, ``x-enum-descriptions``."""
        made = super().enum_schema(schema)
        members = [member for member in schema["members"] if isinstance(member, Enum)]
        if "enum" not in made or len(members) != len(made["enum"]):
            return made
        made["x-enum-varnames"] = [member.name for member in members]
        labels = [label if (label := _label(member)).casefold() != _said(member) else "" for member in members]
        if any(labels):
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
    return dict(described(schemas, mode).document)


def described(schemas: Sequence[type[BaseModel]], mode: Mode = "validation") -> Described:
    """The same with the class of each object. Raises ``SpecloomError`` as ``schemas_document`` does."""
    try:
        found = _definitions(schemas, mode)
    except PydanticUserError:
        found = {}
        for schema in schemas:  # says which one it is
            _definitions_of(schema, mode)
    classes = {id(model): model for schema in schemas for model in nested_schemas(schema)}
    named = Counter(model.__name__ for model in classes.values())
    models = {name: model for model in classes.values() if named[name := model.__name__] == 1 and name in found}
    models |= {name: classes[key] for name, schema in found.items() if (key := schema.pop(_CLASS, None)) in classes}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Schemas", "version": "1"},
        "paths": {},
        "components": {"schemas": dict(sorted(found.items()))},
    }
    return Described(document, models)


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
