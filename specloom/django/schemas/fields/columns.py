"""Fields of apps whose attributes hold objects of the app's own (a phone number, a country): back to what the column holds."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, Final, cast
from uuid import UUID

from django.db import connection, models
from pydantic import BaseModel

_PLAIN: Final = frozenset(
    {type(None), bool, int, float, Decimal, str, bytes, date, datetime, time, timedelta, UUID, list, tuple, dict, set}
)
"""What needs no conversion: if Pydantic refuses it, it says so of the value as it was given."""

_CONVERSIONS: Final = (
    *("to_python", "from_db_value", "descriptor_class", "contribute_to_class"),
    *("get_prep_value", "get_db_prep_value", "get_db_prep_save"),
)


@dataclass(frozen=True, slots=True, eq=False)
class ColumnValue:
    """In a ``BeforeValidator``: an object of the app's own becomes what the field would write into its column."""

    field: models.Field[Any, Any]

    def __call__(self, value: object) -> object:
        """The value of the column; the value itself where it is plain, or nothing that the field knows."""
        if type(value) in _PLAIN or isinstance(value, (Enum, models.Model, BaseModel)):
            return value
        for convert in (self.field.get_prep_value, self._saved):
            try:
                made = convert(value)
            except Exception:
                continue
            if type(made) in _PLAIN:
                return made
        return value

    def _saved(self, value: object) -> object:
        return self.field.get_db_prep_save(value, connection)


def converts(field: models.Field[Any, Any]) -> bool:
    """Whether the class of a field is not Django's own, and makes of a column's value what it likes."""
    if field.is_relation or isinstance(field, models.FileField):
        return False
    return _is_own(cast(Hashable, type(field)))


@lru_cache(maxsize=512)
def _is_own(kind: Any) -> bool:  # noqa: ANN401 - a class
    own = [above for above in kind.__mro__ if above.__module__.partition(".")[0] != "django"]
    return any(name in vars(above) for above in own for name in _CONVERSIONS)


def with_lenient_validators(field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    """The field with validators of the app's own that say nothing of a column's value where they take only the app's object."""
    made = copy(field)
    kept = [each if _is_djangos(each) else _lenient(each) for each in field.validators]
    made.__dict__["validators"] = kept  # a cached property of every field
    return made


def _is_djangos(validator: object) -> bool:
    module = getattr(validator, "__module__", None) or type(validator).__module__
    return module.partition(".")[0] == "django"


def _lenient(validator: Callable[[Any], object]) -> Callable[[Any], object]:
    def check(value: object) -> None:
        with suppress(AttributeError, TypeError):
            validator(value)

    check.__name__ = getattr(validator, "__name__", type(validator).__name__)
    return check


def column_value(field: models.Field[Any, Any], value: object) -> object:
    """A value of the field, a default or a choice, as its column holds it."""
    return ColumnValue(field)(value) if converts(field) else value
