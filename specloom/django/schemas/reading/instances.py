"""Reads an instance of a model into the data that a schema validates, without a query that the schema does not need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, assert_never

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import BinaryField, FileField, Model
from pydantic import AliasChoices, AliasPath, ValidationError

from specloom.django.schemas.fields import AccessorKind

from .values import ABSENT, keys_of, objects_of, plain_value

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from pydantic_core import InitErrorDetails

    from specloom.django.schemas.building.resolved import ResolvedField
    from specloom.django.schemas.fields import Accessor

Getter = Callable[[Model], object]


class InstanceReader:
    """Reads instances of one model for one schema. Made once for a schema: what can be known before is not asked again."""

    def __init__(self, model: type[Model], fields: Mapping[str, FieldInfo], resolved: Mapping[str, ResolvedField]) -> None:
        self._model = model._meta.concrete_model or model
        self._names = {name: _keys(name, info) for name, info in fields.items()}
        columns = {name: one for name, one in ((name, _column(resolved.get(name))) for name in fields) if one is not None}
        self._keys = tuple(self._names[name][0] for name in columns)
        self._columns = tuple(columns.values())
        self._fetch = _fetching(self._columns)
        self._getters = tuple(
            (keys[0], _getter(name, keys, resolved.get(name))) for name, keys in self._names.items() if name not in columns
        )

    def __call__(self, data: object) -> object:
        """What :meth:`read` gives of an instance; all else as it is."""
        return self.read(data) if isinstance(data, Model) else data

    def read(self, instance: Model) -> dict[str, object]:
        """The data of an instance. What it does not have is left out: Pydantic takes a default, or says that it is missing."""
        if not isinstance(instance, self._model):
            return dict(_present((keys[0], _any_attribute(instance, (name, *keys))) for name, keys in self._names.items()))
        try:
            data = dict(zip(self._keys, self._fetch(instance), strict=True))
        except AttributeError:
            values = (_any_attribute(instance, (name,)) for name in self._columns)
            data = dict(_present(zip(self._keys, values, strict=True)))
        for key, getter in self._getters:
            try:
                value = getter(instance)
            except (ValueError, AssertionError) as error:  # Pydantic would say of these that the whole instance is wrong
                raise _unreadable(instance, key, error) from error
            if value is not ABSENT:
                data[key] = value
        return data


def _unreadable(instance: Model, key: str, error: Exception) -> ValidationError:
    """What Pydantic says of an attribute that cannot be read."""
    said: InitErrorDetails = {
        "type": "get_attribute_error",
        "loc": (key,),
        "input": instance,
        "ctx": {"error": f"{type(error).__name__}: {error}"},
    }
    return ValidationError.from_exception_data(type(instance).__name__, [said])


def _present(pairs: Iterable[tuple[str, object]]) -> Iterable[tuple[str, object]]:
    return ((key, value) for key, value in pairs if value is not ABSENT)


def _fetching(attributes: tuple[str, ...]) -> Callable[[Model], tuple[Any, ...]]:
    if not attributes:
        return lambda instance: ()
    if len(attributes) == 1:
        return lambda instance: (getattr(instance, attributes[0]),)
    return attrgetter(*attributes)


def _keys(name: str, info: FieldInfo) -> tuple[str, ...]:
    """The names under which Pydantic looks for a field in data, and thus in attributes; the first is the one to give it."""
    alias = info.validation_alias
    choices: list[Any] = list(alias.choices) if isinstance(alias, AliasChoices) else [alias]
    keys = [one for one in choices if isinstance(one, str)]
    keys += [one.path[0] for one in choices if isinstance(one, AliasPath) and len(one.path) == 1 and isinstance(one.path[0], str)]
    return tuple(keys) or (name,)


def _column(field: ResolvedField | None) -> str | None:
    """The attribute that simply holds the value; a foreign key's is that of its column, which needs no query."""
    if field is None or field.nested is not None or field.accessor.many:
        return None
    source = field.accessor.source
    match field.accessor.kind:
        case AccessorKind.PRIMARY_KEY:
            return "pk"
        case AccessorKind.GENERIC:
            return str(source.fk_field)
        case AccessorKind.FIELD | AccessorKind.KEY:
            return str(source.attname) if source.concrete and not isinstance(source, FileField | BinaryField) else None
        case AccessorKind.REVERSE | AccessorKind.PROPERTY | AccessorKind.METHOD:
            return None
        case _:
            assert_never(field.accessor.kind)


def _getter(name: str, keys: tuple[str, ...], field: ResolvedField | None) -> Getter:
    if field is None or (field.accessor.related is None and field.accessor.kind is not AccessorKind.GENERIC):
        return lambda instance: _any_attribute(instance, (name, *keys))
    if field.accessor.many and field.accessor.kind in (AccessorKind.FIELD, AccessorKind.REVERSE):
        return _many(field.accessor, nested=field.nested is not None)
    return _one(field.accessor)


def _any_attribute(instance: Model, names: tuple[str, ...]) -> object:
    for name in names:
        value = getattr(instance, name, ABSENT)
        if value is not ABSENT:
            return plain_value(value)
    return ABSENT


def _one(accessor: Accessor) -> Getter:
    """A related object; null where a reverse one-to-one relation has none, nothing where a required one was never set."""

    def read(instance: Model) -> object:
        try:
            value = getattr(instance, accessor.name)
        except ObjectDoesNotExist:
            if accessor.kind is AccessorKind.REVERSE:
                return None
            if accessor.kind is AccessorKind.FIELD:
                return ABSENT
            raise
        except AttributeError:
            return ABSENT
        return plain_value(value)

    return read


def _many(accessor: Accessor, *, nested: bool) -> Getter:
    """Related objects, or their keys; none of an instance that has not been saved."""
    convert = objects_of if nested else lambda value: keys_of(value, key="pk")

    def read(instance: Model) -> object:
        try:
            return [] if instance.pk is None else convert(getattr(instance, accessor.name))
        except AttributeError:
            return ABSENT

    return read
