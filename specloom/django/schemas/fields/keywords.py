"""Metadata that says in JSON Schema what a type alone does not: formats, patterns, a blank text beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class TextKeywords:
    """In an ``Annotated`` of a text: what JSON Schema says of it beside its lengths.

    Django looks at a blank text with no validator, so where a blank one is allowed the schema says so: an empty text or one of
    the format; a pattern takes the empty text in.
    """

    format: str | None
    pattern: str | None
    blank: bool

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The text's own schema, with its format and pattern."""
        schema = handler(core_schema)
        if self.pattern is not None:
            schema["pattern"] = f"^$|{self.pattern}" if self.blank and self.format is None else self.pattern
        if self.format is not None:
            schema["format"] = self.format
            if self.blank:
                return {"anyOf": [schema, {"const": "", "type": "string"}]}
        return schema


@dataclass(frozen=True, slots=True, eq=False)
class ExtraKeywords:
    """In an ``Annotated``: keywords that JSON Schema is to have beside those of the type."""

    keywords: Mapping[str, object]

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The type's own schema with the keywords."""
        return {**handler(core_schema), **self.keywords}


@dataclass(frozen=True, slots=True, eq=False)
class ExactKeywords:
    """In an ``Annotated``: the whole JSON Schema of the type, in place of what Pydantic says of it."""

    keywords: Mapping[str, object]

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The keywords, and none of the type's own."""
        return dict(self.keywords)
