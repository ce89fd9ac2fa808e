"""Choices as drf-spectacular writes those of serializers, so that it makes one enum of both and names it as it names others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.plumbing import build_choice_field
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema
from rest_framework.serializers import ChoiceField

from .rewriting import JSONSchema, rewritten

_CHOICES, _BLANK, _NULL = "x-choices", "x-choices-blank", "x-choices-null"


class ChoicesWriter(GenerateJsonSchema):
    """Pydantic's JSON Schema, with the labels of an enum's members."""

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """Adds pairs of values and labels."""
        made = super().enum_schema(schema)
        values = made.get("enum") or [made.get("const")]
        labels = [str(getattr(member, "label", member.name)) for member in schema["members"]]
        return {**made, _CHOICES: list(zip(values, labels, strict=True))} if len(values) == len(labels) else made


def with_choices_in_place(
    schema: Mapping[str, Any], enums: Mapping[str, JSONSchema], *, nullable: bool
) -> JSONSchema:
    """The schema with enums where they are referred to; ``enums`` are by reference. ``nullable``: in the words of OpenAPI 3.0."""

    def joined(part: JSONSchema) -> JSONSchema:
        return _joined({**_words(enums[part["$ref"]]), **_less(part, "$ref")} if part.get("$ref") in enums else part)

    def described(part: JSONSchema) -> JSONSchema:
        return _described(part, nullable=nullable) if _CHOICES in part else part

    return rewritten(rewritten(schema, joined), described)


def enums_of(definitions: Mapping[str, JSONSchema], template: str) -> dict[str, JSONSchema]:
    """Those of the definitions that are enums, by what refers to them."""
    return {template.format(model=name): each for name, each in definitions.items() if _CHOICES in each}


def _words(enum: JSONSchema) -> JSONSchema:
    return {key: value for key, value in enum.items() if key not in ("title", "description")}


def _joined(schema: JSONSchema) -> JSONSchema:
    """Choices with null and the empty text among them."""
    parts = schema.get("anyOf", ())
    chosen = [part for part in parts if _CHOICES in part]
    others = [part for part in parts if _CHOICES not in part]
    if len(chosen) != 1 or not all(part == {"type": "null"} or part.get("const") == "" for part in others):
        return schema
    flags = {_NULL if part == {"type": "null"} else _BLANK: True for part in others}
    return {**chosen[0], **_less(schema, "anyOf"), **flags}


def _described(schema: JSONSchema, *, nullable: bool) -> JSONSchema:
    null = bool(schema.get(_NULL))
    field = ChoiceField(choices=schema[_CHOICES], allow_blank=bool(schema.get(_BLANK)), allow_null=null)
    written: JSONSchema = build_choice_field(field)
    words = [text for text in (schema.get("description"), written.get("description")) if text]
    made = {**_less(schema, _CHOICES, _BLANK, _NULL, "enum", "const", "type"), **written}
    if words:
        made["description"] = "\n\n".join(words)
    return {**made, "nullable": True} if null and nullable else made


def _less(schema: JSONSchema, *keys: str) -> JSONSchema:
    return {key: value for key, value in schema.items() if key not in keys}
