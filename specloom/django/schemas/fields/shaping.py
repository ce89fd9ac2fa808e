"""The shape of each kind of thing that a model has: columns, relations in both directions, properties and methods."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from django.db import connection, models
from django.utils.functional import cached_property
from pydantic import BeforeValidator, Field

from .annotations import return_type
from .presence import Presence, has_db_default, in_column, list_presence, presence_of, presence_of_many
from .registry import FieldTypeRegistry
from .remembering import Same
from .shape import GIVEN_BY_SERVER, FieldShape
from .types import FieldTypes, UnmappedFieldError, left_out, list_of, named

CACHED = (cached_property, functools.cached_property)


def shape_of(field: object, *, registry: FieldTypeRegistry | None = None, strict_null: bool = False) -> FieldShape:
    """What a thing of a model is to Pydantic.

    ``field`` is a Django field, a reverse relation, a ``GenericForeignKey``, a property, a ``cached_property`` or a method.
    ``registry`` has types of the project's own fields beside those of the shared one. ``strict_null`` gives lists of relations
    that are never null.

    Raises ``UnmappedFieldError`` for a field whose class no table knows, or that is left out for a reason.
    """
    registry = registry if registry is not None else FieldTypeRegistry.instance()
    if isinstance(field, models.Field) and not field.is_relation:
        said = (*field.validators, *vars(field).values(), *registry.said(), type(connection.ops))
        return _of_column(Same((field,)), Same(said), registry)
    return _shape_of(field, registry, strict_null)


@functools.lru_cache(maxsize=4096)
def _of_column(column: Same, said: Same, registry: FieldTypeRegistry) -> FieldShape:
    """The shape of a column that points to no other; ``said`` is all that it is made of."""
    return _shape_of(column.things[0], registry, False)


def _shape_of(field: object, registry: FieldTypeRegistry, strict_null: bool) -> FieldShape:
    types = FieldTypes(registry)
    if isinstance(field, models.ForeignObjectRel):
        return _of_reverse(field, types, strict_null)
    if is_generic_key(field):
        return _of_generic_key(field, types)
    if isinstance(field, models.Field):
        return _of_generic_relation(field, types, strict_null) if _is_generic(field) else _of_field(field, types, strict_null)
    chosen = chosen_of(field)
    if chosen is not None:
        # What is no choice any more is its own label; nothing has none.
        label: Any = Annotated[str, Field(coerce_numbers_to_str=True)]
        made = label | None if chosen.null else label
        return FieldShape(made, required=True, title=_said(chosen.verbose_name), description=_said(chosen.help_text))
    function = function_of(field)
    if function is None:
        raise UnmappedFieldError(f"{named(field)} is no field, relation, property or method: {field!r}")
    words = inspect.getdoc(function) or None
    return FieldShape(return_type(function, types), required=True, description=words)


def is_generic_key(field: object) -> bool:
    """Whether it is a ``GenericForeignKey``, whose class needs an installed app and is a field only since Django 5.1."""
    return hasattr(field, "fk_field") and hasattr(field, "ct_field")


def chosen_of(thing: object) -> models.Field[Any, Any] | None:
    """The field whose ``get_<field>_display()`` it is: Django writes that method for every field with choices."""
    found = thing.keywords.get("field") if isinstance(thing, functools.partialmethod) else None
    return found if isinstance(found, models.Field) and found.choices else None


def function_of(thing: object) -> Callable[..., Any] | None:
    """The function behind a property, a ``cached_property`` or a method."""
    if isinstance(thing, property):
        return thing.fget
    if isinstance(thing, CACHED):
        found: Callable[..., Any] = thing.func
        return found
    return thing if inspect.isfunction(thing) else None


def _of_field(field: models.Field[Any, Any], types: FieldTypes, strict_null: bool) -> FieldShape:
    made = types.of(field)
    presence = presence_of_many(field, strict_null) if field.many_to_many else presence_of(field)
    if types.by_column(field):
        presence = in_column(field, presence)
    shape = _shaped(made, presence, field.verbose_name, field.help_text, has_db_default(field))
    handler = types.registry.handler(field)
    if handler is None:
        return shape
    said = {
        name: getattr(handler, name)
        for name in ("title", "description", "default", "default_factory", "examples")
        if hasattr(handler, name)
    }
    if "default" in said or "default_factory" in said:
        said["required"] = False
    return replace(shape, **said)


def _shaped(
    made: Any,  # noqa: ANN401 - a type known only at run time
    presence: Presence,
    title: object | None,
    description: object | None,
    in_database: bool = False,
) -> FieldShape:
    if presence.nullable:
        made = made | None
    elif presence.automatic:
        made = Annotated[made | None, GIVEN_BY_SERVER]
    if in_database:
        made = Annotated[made, BeforeValidator(_without_expression)]
    return FieldShape(
        annotation=made,
        required=presence.required,
        default=presence.default,
        default_factory=presence.default_factory,
        title=_said(title),
        description=_said(description),
        automatic=presence.automatic,
    )


def _said(words: object | None) -> object | None:
    """Words, or nothing where they are empty; a translation is not looked into, its language may not be there yet."""
    return None if isinstance(words, str) and type(words) is str and not words else words


def _without_expression(value: object) -> object:
    """Nothing in place of the expression that an unsaved instance has until the database gives the value."""
    return None if hasattr(value, "resolve_expression") else value


def _of_reverse(rel: models.ForeignObjectRel, types: FieldTypes, strict_null: bool) -> FieldShape:
    key = types.key_of(rel.related_model)
    words: Any = rel.related_model._meta
    if not rel.multiple:  # a reverse one-to-one
        return _shaped(key, Presence(True, default=None), words.verbose_name, None)
    return _shaped(list_of(key), list_presence(strict_null), words.verbose_name_plural, None)


def _is_generic(field: models.Field[Any, Any]) -> bool:
    return any(kind.__name__ == "GenericRelation" for kind in type(field).__mro__)


def _of_generic_relation(field: models.Field[Any, Any], types: FieldTypes, strict_null: bool) -> FieldShape:
    related: Any = field.related_model
    made = types.of(field)
    return _shaped(made, list_presence(strict_null), related._meta.verbose_name_plural, field.help_text)


def _of_generic_key(field: Any, types: FieldTypes) -> FieldShape:  # noqa: ANN401 - its class needs an installed app
    reason = left_out(field)
    if reason is not None:
        raise UnmappedFieldError(f"{named(field)} has no schema: {reason}")
    column = field.model._meta.get_field(field.fk_field)
    return _shaped(types.of(column), presence_of(column), field.name.replace("_", " "), column.help_text)
