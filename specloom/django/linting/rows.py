"""What an attribute or method of a model's row is, read from the model that runs: its fields, relations and annotations."""

from __future__ import annotations

import datetime
import inspect
import types
import typing
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import cached_property as django_cached_property

from .shapes import BOOL, DATE, DATETIME, FLOAT, INT, STR, TIME, UUID, DecimalText, Listed, Mapped, Null, Shape, Single, settled

_FIELDS: dict[str, Single] = {
    **dict.fromkeys(("CharField", "TextField", "SlugField", "EmailField", "URLField", "GenericIPAddressField"), STR),
    **dict.fromkeys(("AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField", "SmallIntegerField",
                     "PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField"), INT),
    "BooleanField": BOOL, "FloatField": FLOAT, "DateTimeField": DATETIME, "DateField": DATE, "TimeField": TIME, "UUIDField": UUID,
}  # fmt: skip
"""Django's own fields, by class."""
_HINTS: dict[object, Single] = {
    str: STR, int: INT, float: FLOAT, bool: BOOL, datetime.datetime: DATETIME, datetime.date: DATE, datetime.time: TIME,
    uuid.UUID: UUID,
}  # fmt: skip
CACHED = (cached_property, django_cached_property)


@dataclass(frozen=True, slots=True)
class Row:
    """An object of a model."""

    model: type[models.Model]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """The value of a ``FileField``: its ``url`` and ``path`` are text, where there is a file at all."""


def attribute(model: type[models.Model], name: str) -> tuple[object, ...] | None:
    """What ``row.name`` may be; ``None`` where that is not certain."""
    meta = model._meta
    if name == "pk":
        return _of_field(meta.pk) if meta.pk is not None else None
    try:
        field = meta.get_field(name)
    except FieldDoesNotExist:
        getter = property_of(model, name)
        return _of_hints(getter) if getter is not None else None
    if isinstance(field, models.ForeignKey) and name == field.attname:  # Django finds a key by this name too
        return _of_field(field)
    if isinstance(field, models.ForeignKey):
        related = field.related_model
        if not isinstance(related, type):
            return None
        return (Row(related), Null()) if field.null else (Row(related),)
    return _of_field(field) if isinstance(field, models.Field) else None


def answer(model: type[models.Model], name: str) -> tuple[object, ...] | None:
    """What ``row.name()`` may be."""
    if name.startswith("get_") and name.endswith("_display"):
        try:
            field = model._meta.get_field(name[len("get_"):-len("_display")])
        except FieldDoesNotExist:
            field = None
        overridden = inspect.isfunction(inspect.getattr_static(model, name, None))
        if isinstance(field, models.Field) and field.choices and not overridden:
            return (STR, Null()) if field.null else (STR,)
    method = inspect.getattr_static(model, name, None)
    return _of_hints(method) if inspect.isfunction(method) else None


def related(model: type[models.Model], name: str) -> type[models.Model] | None:
    """The model at the other end of a relation to many."""
    ends = {each.get_accessor_name(): each.related_model for each in model._meta.related_objects if not each.one_to_one}
    ends |= {field.name: field.related_model for field in model._meta.many_to_many}
    found = ends.get(name)
    return found if isinstance(found, type) else None


def property_of(model: type[object], name: str) -> Callable[..., object] | None:
    """The function behind a property; ``None`` where the name is something else."""
    found = inspect.getattr_static(model, name, None)
    if isinstance(found, property):
        return found.fget
    if isinstance(found, CACHED):
        function: Callable[..., object] = found.func
        return function
    return None


def answered(function: Callable[..., object]) -> Shape | None:
    """What a function's return annotation says."""
    parts = _of_hints(function)
    return settled(parts) if parts is not None else None


def _of_field(field: models.Field[object, object]) -> tuple[object, ...] | None:
    if isinstance(field, models.ForeignKey):
        target = _of_field(field.target_field)
        return target and ((*target, Null()) if field.null else target)
    if isinstance(field, models.FileField):
        return (StoredFile(),)
    if not type(field).__module__.startswith("django.db.models."):
        return None  # a class of the project's own may give anything
    if isinstance(field, models.DecimalField):
        kind: Single | None = DecimalText(field.max_digits or 0, field.decimal_places or 0)
    else:
        kind = _FIELDS.get(type(field).__name__)
    if kind is None:
        return None
    return (kind, Null()) if field.null else (kind,)


def _of_hints(function: Callable[..., object]) -> tuple[object, ...] | None:
    try:
        hint = typing.get_type_hints(function).get("return")
    except Exception:  # a name that is not there, or whatever else an annotation may do
        return None
    return _kinds(hint) if hint is not None else None


def _kinds(hint: object) -> tuple[object, ...] | None:
    if hint is type(None):
        return (Null(),)
    known = _HINTS.get(hint) if isinstance(hint, type) else None
    if known is not None:
        return (known,)
    if isinstance(hint, type) and issubclass(hint, models.Model):
        return (Row(hint),)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        every = [_kinds(argument) for argument in arguments]
        return tuple(part for parts in every for part in parts or ()) if all(every) else None
    if origin is list and len(arguments) == 1:
        inner = _hinted(arguments[0])
        return (Listed(inner.single),) if inner is not None and not inner.nullable else None
    if origin is dict and len(arguments) == 2 and arguments[0] is str:
        inner = _hinted(arguments[1])
        return (Mapped(inner.single),) if inner is not None and not inner.nullable else None
    return None


def _hinted(hint: object) -> Shape | None:
    parts = _kinds(hint)
    return settled(parts) if parts is not None else None
