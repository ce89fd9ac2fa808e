"""What a column cannot hold although its type in Python can: null characters, numbers that are none, zones of times.

PostgreSQL refuses these; other databases lose them, or keep what no form of Django lets in. So they are refused everywhere, with
the words of Django or Pydantic, before a query is made.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils import timezone
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from django.db import models
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

_NULL: Final = "Null characters are not allowed."


def storable_text(value: str) -> str:
    """A text without null characters, as in Django's forms, and of Unicode: no halves of surrogate pairs."""
    if "\0" in value:
        raise PydanticCustomError("null_characters_not_allowed", _NULL)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise _not_unicode() from None
    return value


@dataclass(frozen=True, slots=True)
class Zoneless:
    """In an ``Annotated`` of a time: it has no time zone, which no column of Django keeps."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The time's own schema with Pydantic's own constraint."""
        schema: Any = {**handler(source), "tz_constraint": "naive"}
        made: CoreSchema = schema
        return made


def moment(value: datetime) -> datetime:
    """A moment as the column keeps it: where Django has time zones, one without is of the current zone, as in Django's forms.

    Refused are moments that the clocks of that zone show twice or never, and the very first and last hours of the calendar where
    they are none in UTC, in which the database answers.
    """
    try:
        if not settings.USE_TZ:
            return value if value.tzinfo is None else timezone.make_naive(value)
        made = value if value.tzinfo is not None else _in_current_zone(value)
        if not 1 < made.year < 9999:
            made.astimezone(UTC)
    except OverflowError:
        raise PydanticCustomError("date_out_of_range", "Input should be within the calendar in UTC") from None
    return made


def _in_current_zone(value: datetime) -> datetime:
    made = timezone.make_aware(value)
    if made.utcoffset() != made.replace(fold=not made.fold).utcoffset():
        raise PydanticCustomError(
            "ambiguous_timezone",
            "Input should have a time zone: the clocks of {current_timezone} show this time twice or never",
            {"current_timezone": timezone.get_current_timezone_name()},
        )
    return made


def without_scope(value: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """An address less the interface of one machine (``%eth0``, RFC 4007 §11), which no column keeps."""
    if getattr(value, "scope_id", None) is not None:
        raise PydanticCustomError("ip_v6_scope", "Input should be an IPv6 address without a scope")
    return value


def storable_json(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A JSON value that JSON can say and jsonb stores: its numbers are some, its texts are Unicode without null characters."""
    if value is None or value is True or value is False or type(value) is int:
        return value
    try:
        said = json.dumps(value, allow_nan=False, ensure_ascii=False)
        said.encode()
    except UnicodeEncodeError:
        raise _not_unicode() from None
    except ValueError:
        raise PydanticCustomError("finite_number", "Input should have finite numbers only") from None
    if r"\u0000" in said and r"\u0000" in said.replace(r"\\", ""):
        raise PydanticCustomError("null_characters_not_allowed", _NULL)
    return value


def _not_unicode() -> PydanticCustomError:
    return PydanticCustomError("string_unicode", "Input should be Unicode, without halves of surrogate pairs")


def file_name(field: models.FileField, value: str) -> str:
    """The name that a storage knows a file by: an address without that of the storage."""
    base = getattr(field.storage, "base_url", None)
    if isinstance(base, str) and base and value.startswith(base):
        from urllib.parse import unquote

        return unquote(value.removeprefix(base))
    return value


@dataclass(frozen=True, slots=True, eq=False)
class FileName:
    """Of a file: its name fits into the column. Of an address elsewhere nobody knows which part is the name."""

    field: models.FileField

    def __call__(self, value: str) -> str:
        """The value, if it does."""
        longest = self.field.max_length
        if longest is not None and len(value) > longest:
            name = file_name(self.field, value)
            if len(name) > longest and "://" not in name:
                raise PydanticCustomError(
                    "string_too_long", "The name of a file should have at most {max_length} characters", {"max_length": longest}
                )
        return value


@dataclass(frozen=True, slots=True)
class SameLengths:
    """Of lists in lists: all of one depth have the same length, or PostgreSQL has no array of them."""

    depth: int

    def __call__(self, value: list[Any]) -> list[Any]:
        """The value, if it is such an array."""
        self._dimensions(value, self.depth)
        return value

    def _dimensions(self, value: object, depth: int) -> tuple[int, ...]:
        if not isinstance(value, list):
            return ()
        inner = {self._dimensions(item, depth - 1) for item in value} if depth > 1 else set[tuple[int, ...]]()
        if len(inner) > 1:
            raise PydanticCustomError("nested_array_mismatch", "Nested arrays must have the same length.")
        return (len(value), *next(iter(inner), ()))
