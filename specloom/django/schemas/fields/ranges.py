"""Ranges of PostgreSQL: the driver's range object in Python, an object with both ends in JSON."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Final, Generic, TypeVar, cast

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, create_model
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

T = TypeVar("T")


class Bounds(StrEnum):
    """Which ends of a range belong to it."""

    CLOSED = "[]"
    RIGHT_OPEN = "[)"
    LEFT_OPEN = "(]"
    OPEN = "()"


def _title(name: str, _: object) -> str:
    """Titles in small letters, as Django's names of fields are."""
    return name


class RangeValue(BaseModel, Generic[T]):
    """A range: its ends, ``null`` for one without end, and which of them belong to it."""

    model_config = ConfigDict(extra="forbid", field_title_generator=_title)

    lower: T | None = None
    upper: T | None = None
    bounds: Bounds = Bounds.RIGHT_OPEN
    empty: bool = False


_NAMES: Final = {"[)": "", "[]": "Closed", "()": "Open", "(]": "LeftOpen"}
"""What is added to the name of ranges whose bounds, where nobody says any, are other than PostgreSQL's."""


@dataclass(frozen=True, slots=True)
class Discrete:
    """Of ranges whose items are countable: what is between two of them, and the last that there is."""

    step: Any
    highest: Any


def range_type(
    made: type[Any],
    name: str,
    item: Any,  # noqa: ANN401 - a type known only at run time
    bounds: str,
    discrete: Discrete | None = None,
) -> Any:  # noqa: ANN401 - a type known only at run time
    """The type of a range of items: values are the driver's ``made`` (``NumericRange``, ``DateRange``…).

    ``name`` is that of the object in JSON. A pair is taken too. What says no bounds has the field's own, as Django has it of
    pairs. A range is what the database makes of it: of whole numbers and dates it has its first item and not its last (``[1, 5]``
    is ``[1, 6)``), and one without items is empty.
    """
    return Annotated[made, _Range(made, _named(name, item, bounds), bounds, discrete)]


@cache
def _named(name: str, item: Any, bounds: str) -> type[RangeValue[Any]]:  # noqa: ANN401 - a type known only at run time
    """One model for one kind of range, however often it is asked for."""
    kind: Any = RangeValue[item]
    own: dict[str, Any] = {"bounds": (Bounds, Bounds(bounds))}
    words: Any = {"__module__": __name__, "__doc__": RangeValue.__doc__}
    return cast("type[RangeValue[Any]]", create_model(name + _NAMES[bounds], __base__=kind, **words, **own))


@dataclass(frozen=True, slots=True, eq=False)
class _Range:
    made: type[Any]
    model: Any
    bounds: str
    discrete: Discrete | None

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
        lower, upper, bounds = value.lower, value.upper, value.bounds
        first, last = (lower is not None and bounds[0] == "["), (upper is not None and bounds[1] == "]")
        if value.empty or self._is_empty(lower, upper, first and last):
            return self.made(empty=True)
        if self.discrete is not None:
            lower = lower if lower is None or first else self._next(lower, self.discrete)
            upper = self._next(upper, self.discrete) if last else upper
            first, last = lower is not None, False
            if self._is_empty(lower, upper, False):
                return self.made(empty=True)
        return self.made(lower, upper, f"{'[' if first else '('}{']' if last else ')'}")

    @staticmethod
    def _is_empty(lower: Any, upper: Any, closed: bool) -> bool:  # noqa: ANN401 - items of any kind
        if lower is None or upper is None:
            return False
        try:
            if lower > upper:
                raise PydanticCustomError("range_order", "The lower end of a range should not be above its upper end")
        except TypeError as error:
            raise PydanticCustomError("range_order", str(error)) from None
        return bool(lower == upper and not closed)

    @staticmethod
    def _next(end: Any, discrete: Discrete) -> Any:  # noqa: ANN401 - an item
        if discrete.highest is not None and end >= discrete.highest:
            raise PydanticCustomError("range_bounds", "The end of a range should be below {limit}", {"limit": discrete.highest})
        return end + discrete.step

    def _written(self, value: Any, info: core_schema.SerializationInfo) -> object:  # noqa: ANN401 - the driver's range
        """The range itself in Python, both ends in JSON."""
        return self.model.model_validate(self._ends(value)).model_dump(mode="json") if info.mode == "json" else value

    @staticmethod
    def _ends(value: Any) -> dict[str, object]:  # noqa: ANN401 - the driver's range
        if value.isempty:
            return {"empty": True}
        # As Django reads it: the public names are not the same in both versions of psycopg, and call an open end excluded.
        return {"lower": value.lower, "upper": value.upper, "bounds": value._bounds}
