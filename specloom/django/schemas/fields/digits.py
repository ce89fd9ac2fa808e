"""Decimals: how many digits they have, to Pydantic and in JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class Digits:
    """In an ``Annotated`` of a decimal: how many digits it has, and how many after the point."""

    max_digits: int | None
    decimal_places: int | None

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The decimal's own schema with its digits."""
        found = {"max_digits": self.max_digits, "decimal_places": self.decimal_places}
        schema: Any = {**handler(source), **{name: value for name, value in found.items() if value is not None}}
        made: CoreSchema = schema
        return made

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """A number with as many digits before the point, or a text with as many before and after it."""
        schema = handler(core_schema)
        for part in schema.get("anyOf", (schema,)):
            match part.get("type"):
                case "string":
                    part["format"] = "decimal"
                    if self.max_digits is not None and self.decimal_places is not None:
                        part["pattern"] = self._pattern(self.max_digits - self.decimal_places, self.decimal_places)
                case "number" if self.max_digits is not None and self.decimal_places is not None:
                    part.setdefault("exclusiveMaximum", 10 ** (self.max_digits - self.decimal_places))
                    part.setdefault("exclusiveMinimum", -(10 ** (self.max_digits - self.decimal_places)))
                case _:
                    pass
        return schema

    @staticmethod
    def _pattern(whole: int, places: int) -> str:
        return rf"^[-+]?\d{{0,{whole}}}(?:\.\d{{0,{places}}})?$"
