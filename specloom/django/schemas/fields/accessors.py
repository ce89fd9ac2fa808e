"""Everything that an instance of a model answers to by name, and what a schema may therefore name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from inspect import getattr_static
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from .annotations import related_model, says_return
from .registry import FieldTypeRegistry
from .shape import FieldShape
from .shaping import CACHED, chosen_of, function_of, is_generic_key, shape_of


class AccessorKind(Enum):
    """What stands behind a name."""

    FIELD = "field"
    """A column, or a relation that the model declares."""
    KEY = "key"
    """The column of a foreign key: ``author_id``."""
    PRIMARY_KEY = "primary key"
    """``pk``, whatever the column is called."""
    GENERIC = "generic"
    """A ``GenericForeignKey``."""
    REVERSE = "reverse"
    """The other end of a relation that another model declares."""
    PROPERTY = "property"
    """A property or a ``cached_property``."""
    METHOD = "method"
    """A method with a return annotation, called with nothing; and ``get_<field>_display``."""


@dataclass(frozen=True, slots=True)
class Accessor:
    """A name of a model: ``source`` is the field, relation, property or function behind it.

    ``related`` is the model of the objects that are there, if they are of one model; ``many`` says that there is a list of them.
    """

    name: str
    kind: AccessorKind
    source: Any
    related: type[models.Model] | None = None
    many: bool = False

    def shape(self, *, registry: FieldTypeRegistry | None = None, strict_null: bool = False) -> FieldShape:
        """What it is to Pydantic."""
        return shape_of(self.source, registry=registry, strict_null=strict_null)


class UnknownNameError(AttributeError, KeyError):
    """A model has nothing of a name."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class Accessors(Mapping[str, Accessor]):
    """The names of a model, in order: columns and relations, their keys, ``pk``, reverse relations, properties, methods.

    A name that is not there is an ``UnknownNameError``, an ``AttributeError`` naming the nearest and listing the rest.
    """

    __slots__ = ("_all", "_fields", "_model")

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model
        self._all: Mapping[str, Accessor] | None = None
        self._fields: dict[str, Accessor] = {}

    def __getitem__(self, name: str) -> Accessor:
        found = self._get(name)
        if found is not None:
            return found
        names = self._found()
        near = get_close_matches(name, names, n=3, cutoff=0.6)
        hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
        rest = ", ".join(each for each in names if each not in near)
        raise UnknownNameError(f"{self._model._meta.label} has no {name!r}.{hint} It has{' also' if near else ''}: {rest}.")

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._get(name) is not None

    def _get(self, name: str) -> Accessor | None:
        # Most names are those of fields, which Django finds at once: the others are not looked at for these.
        known = self._fields.get(name) or _field(self._model, name)
        if known is None:
            return self._found().get(name)
        self._fields[name] = known
        return known

    def _found(self) -> Mapping[str, Accessor]:
        if self._all is None:
            found: dict[str, Accessor] = {}
            for each in (*_fields(self._model), *_keys(self._model), *_reverse(self._model), *_written(self._model)):
                found.setdefault(each.name, each)
            self._all = found
        return self._all


def accessors(model: type[models.Model]) -> Accessors:
    """Every name of a model that a schema may have."""
    return Accessors(model)


def _field(model: type[models.Model], name: str) -> Accessor | None:
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return _of_field(field) if field.name == name else None


def _of_field(field: Any) -> Accessor | None:  # noqa: ANN401 - a field or a relation
    if is_generic_key(field):
        return Accessor(field.name, AccessorKind.GENERIC, field)
    if isinstance(field, models.Field) and field.name != "pk":
        return Accessor(field.name, AccessorKind.FIELD, field, _related(field), bool(field.one_to_many or field.many_to_many))
    return None


def _fields(model: type[models.Model]) -> Iterator[Accessor]:
    # Those with a column first, then those without: ForeignObject, GenericForeignKey, GenericRelation. A key of several columns
    # is called "pk", and is no column of its own.
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many, *model._meta.get_fields()):
        made = _of_field(field)
        if made is not None:
            yield made


def _keys(model: type[models.Model]) -> Iterator[Accessor]:
    for field in model._meta.concrete_fields:
        if field.attname != field.name:
            yield Accessor(field.attname, AccessorKind.KEY, field)
    if model._meta.pk is not None:
        yield Accessor("pk", AccessorKind.PRIMARY_KEY, model._meta.pk)


def _reverse(model: type[models.Model]) -> Iterator[Accessor]:
    for rel in model._meta.get_fields():
        if not isinstance(rel, models.ForeignObjectRel):
            continue
        name = rel.get_accessor_name()
        # Those that are hidden have no name; a relation that an app made may lead back by a query only.
        if name and getattr_static(model, name, None) is not None:
            yield Accessor(name, AccessorKind.REVERSE, rel, _related(rel), bool(rel.multiple))


def _written(model: type[models.Model]) -> Iterator[Accessor]:
    """Properties, then methods, of the model and the classes above it below Django's own ``Model``."""
    seen: dict[str, object] = {}
    for kind in model.__mro__:
        if kind is models.Model or kind is object:
            continue
        for name, thing in vars(kind).items():
            if not name.startswith("_"):
                seen.setdefault(name, thing)
    for name, thing in seen.items():
        function = function_of(thing) if isinstance(thing, (property, *CACHED)) else None
        if function is not None:
            yield Accessor(name, AccessorKind.PROPERTY, thing, *related_model(function))
    for name, thing in seen.items():
        function = function_of(thing) if says_return(thing) else None
        if chosen_of(thing) is not None:
            yield Accessor(name, AccessorKind.METHOD, thing)
        elif function is not None:
            yield Accessor(name, AccessorKind.METHOD, thing, *related_model(function))


def _related(field: Any) -> type[models.Model] | None:  # noqa: ANN401 - a field or a relation
    related = field.related_model
    return related if isinstance(related, type) and issubclass(related, models.Model) else None
