"""Ranges of PostgreSQL: the driver's range object in Python, an object with both ends in JSON."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

T = TypeVar("T")
Bounds = Literal["[]", "[)", "(]", "()"]


class RangeValue(BaseModel, Generic[T]):
    """A range: its ends, ``null`` for one without end, and which of them belong to it."""

    model_config = ConfigDict(extra="forbid")

    lower: T | None = None
    upper: T | None = None
    bounds: Bounds = "[)"
    empty: bool = False


def range_type(made: type[Any], name: str, item: Any, bounds: str) -> Any:  # noqa: ANN401 - a type known only at run time
    """The type of a range of items: values are the driver's ``made`` (``NumericRange``, ``DateRange``…).

    ``name`` is that of the object in JSON. A pair is taken too, with the field's own bounds, as Django takes it.
    """
    return Annotated[made, _Range(made, _named(name, item), bounds)]


@cache
def _named(name: str, item: Any) -> type[RangeValue[Any]]:  # noqa: ANN401 - a type known only at run time
    """One model for one kind of range, however often it is asked for."""
    kind: Any = RangeValue[item]
    made: type[RangeValue[Any]] = type(name, (kind,), {"__module__": __name__, "__doc__": RangeValue.__doc__})
    return made


@dataclass(frozen=True, slots=True, eq=False)
class _Range:
    made: type[Any]
    model: Any
    bounds: str

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Through the model with both ends to the driver's range, and back for JSON."""
        inner = handler(self.model)
        return core_schema.no_info_after_validator_function(
            self._to_range,
            core_schema.no_info_before_validator_function(self._to_ends, inner),
            serialization=core_schema.plain_serializer_function_ser_schema(self._written, info_arg=True),
        )

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """That of the model with both ends, also for what is answered."""
        read: Any = {name: value for name, value in schema.items() if name != "serialization"}
        return handler(read)

    def _to_ends(self, value: Any) -> object:  # noqa: ANN401 - a validator takes what there is
        if isinstance(value, (list, tuple)) and len(value) == 2:
            return {"lower": value[0], "upper": value[1], "bounds": self.bounds}
        return self._ends(value) if hasattr(value, "isempty") else value

    def _to_range(self, value: RangeValue[Any]) -> object:
        if value.empty:
            return self.made(empty=True)
        try:
            if value.lower is not None and value.upper is not None and value.lower > value.upper:
                raise PydanticCustomError("range_order", "The lower end of a range should not be above its upper end")
        except TypeError as error:
            raise PydanticCustomError("range_order", str(error)) from None
        return self.made(value.lower, value.upper, value.bounds)

    def _written(self, value: Any, info: core_schema.SerializationInfo) -> object:  # noqa: ANN401 - the driver's range
        """The range itself in Python, both ends in JSON."""
        return self.model.model_validate(self._ends(value)).model_dump(mode="json") if info.mode == "json" else value

    @staticmethod
    def _ends(value: Any) -> dict[str, object]:  # noqa: ANN401 - the driver's range
        if value.isempty:
            return {"empty": True}
        # As Django reads it: the public names are not the same in both versions of psycopg, and call an open end excluded.
        return {"lower": value.lower, "upper": value.upper, "bounds": value._bounds}
