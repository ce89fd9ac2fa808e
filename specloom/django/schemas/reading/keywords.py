"""From a schema back to the arguments of its model."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING

from django.db.models import Field, FileField
from pydantic import BaseModel

from specloom.django.schemas.fields import AccessorKind
from specloom.django.schemas.fields.storable import file_name

from .values import key_of, target_of

if TYPE_CHECKING:
    from specloom.django.schemas.building.resolved import ResolvedField
    from specloom.django.schemas.fields import Accessor

_ADDRESSES = (IPv4Address, IPv6Address)
_COLUMNS = (AccessorKind.FIELD, AccessorKind.KEY, AccessorKind.PRIMARY_KEY)


def model_keywords(schema: BaseModel, fields: tuple[ResolvedField, ...], *, exclude_unset: bool) -> dict[str, object]:
    """What ``Model(**…)`` takes: the columns of the model, foreign keys by their columns, enums by their values.

    Not among them: relations to many (``set()`` takes them once the instance is saved), what other models point with,
    properties, methods, generated columns, and a related object of which the schema does not have the key.
    """
    keywords: dict[str, object] = {}
    for one in fields:
        source = one.accessor.source
        if one.accessor.kind not in _COLUMNS or one.accessor.many or getattr(source, "generated", False):
            continue
        if not source.concrete and one.name != "pk":  # the key may be of several columns
            continue
        if exclude_unset and one.name not in schema.model_fields_set:
            continue
        value = getattr(schema, one.name)
        if value is None and one.shape is not None and one.shape.automatic:
            continue
        if one.accessor.related is not None and isinstance(value, BaseModel | Mapping):
            value = _key(value, one.accessor)
            if value is None:
                continue
        keywords[source.attname] = _column_value(source, value)
    return keywords


def _key(value: BaseModel | Mapping[str, object], accessor: Accessor) -> object | None:
    target = target_of(accessor)
    related = accessor.related
    primary = related._meta.pk.attname if target == "pk" and related is not None and related._meta.pk is not None else target
    key = key_of(value, key=primary)
    return None if key is value or isinstance(key, BaseModel | Mapping) else key


def _column_value(source: Field[object, object], value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(source, FileField):
        return _file_name(source, value)
    if isinstance(value, list):
        return [_column_value(source, one) for one in value]
    return str(value) if isinstance(value, _ADDRESSES) or type(value).__module__.startswith("pydantic") else value


def _file_name(source: FileField, value: object) -> object:
    """The name of a file; no file is none."""
    if value is None:
        return "" if not source.null else None
    return file_name(source, value) if isinstance(value, str) else value
