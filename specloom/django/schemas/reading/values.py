"""From what attributes of instances hold (managers, related objects, files) to what Pydantic validates.

Each function gives back what it does not know, so that it is Pydantic that says what is wrong with it, and where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from inspect import ismethod
from typing import TYPE_CHECKING, Final

from django.core.files import File
from django.db.models import BinaryField, FileField, ForeignKey, Manager, Model, QuerySet
from django.db.models.fields.files import FieldFile
from pydantic import BaseModel, BeforeValidator

from specloom.django.schemas.fields import AccessorKind
from specloom.django.schemas.fields.calling import Before

if TYPE_CHECKING:
    from specloom.django.schemas.fields import Accessor

ABSENT: Final = object()
"""In place of a value that an instance does not have."""


def validators_of(accessor: Accessor, *, nested: bool) -> tuple[BeforeValidator, ...]:
    """What has to look at a value before Pydantic does; ``nested`` where related objects are validated as schemas."""
    function = _reading(accessor, nested=nested)
    return () if function is None else (Before(function),)


def _reading(accessor: Accessor, *, nested: bool) -> Callable[[object], object] | None:
    if accessor.many:
        return objects_of if nested else partial(keys_of, key="pk")
    if accessor.related is not None or accessor.kind is AccessorKind.GENERIC:
        return None if nested else partial(key_of, key=target_of(accessor))
    if isinstance(accessor.source, FileField):
        return file_value
    return bytes_of if isinstance(accessor.source, BinaryField) else None


def target_of(accessor: Accessor) -> str:
    """The attribute of the related object that a relation to one holds: what ``to_field`` says, or else its primary key."""
    source = accessor.source
    return source.target_field.attname if isinstance(source, ForeignKey) else "pk"


def objects_of(value: object) -> object:
    """The objects of a manager or queryset, without a query where they were prefetched."""
    if isinstance(value, Manager):
        return list(value.all())
    return list(value) if isinstance(value, QuerySet) else value


def keys_of(value: object, *, key: str) -> object:
    """The keys of related objects: of a manager or queryset, of the objects themselves, of data of them, or keys already."""
    if isinstance(value, Manager):
        value = value.all()
    if isinstance(value, QuerySet):
        # With no objects at hand their keys are all there is to fetch.
        return [getattr(one, key) for one in value] if is_fetched(value) else list(value.values_list(key, flat=True))
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
        return [key_of(one, key=key) for one in value]
    return value


def is_fetched(queryset: QuerySet[Model]) -> bool:
    """Whether the objects of a queryset are there, as those of a prefetched relation are."""
    return getattr(queryset, "_result_cache", None) is not None


def key_of(value: object, *, key: str) -> object:
    """The key of a related object, of data of it, or the key already."""
    if isinstance(value, Model):
        return getattr(value, key, value)
    if isinstance(value, Mapping):
        names = (key, "pk", "id") if key == "pk" else (key, "pk") if key == "id" else (key,)
        return next((value[name] for name in names if name in value), value)
    if isinstance(value, BaseModel):
        return key_of({name: getattr(value, name) for name in type(value).model_fields}, key=key)
    return value


def file_value(value: object) -> object:
    """The address of a file, or its name where its storage has none. No file is null where the column may be, else ``""``."""
    if isinstance(value, FieldFile):
        if not value:
            return None if value.field.null else ""
        try:
            return value.url
        except (NotImplementedError, ValueError):
            return value.name
    return value.name if isinstance(value, File) else value


def bytes_of(value: object) -> object:
    """The bytes of a column: PostgreSQL gives a view of them."""
    return bytes(value) if isinstance(value, memoryview) else value


def plain_value(value: object) -> object:
    """What the value of an attribute is when nothing is known of the attribute: methods are called, managers are lists."""
    if ismethod(value) or isinstance(value, partial):  # get_<field>_display is a partial of a method
        value = value()
    return objects_of(bytes_of(file_value(value)))
