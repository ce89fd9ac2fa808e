"""From the definitions of a schema to the annotations that Pydantic makes fields of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import GenericAlias
from typing import TYPE_CHECKING, Annotated, Any, ForwardRef

from django.utils.functional import Promise
from pydantic import BaseModel, BeforeValidator, Field
from pydantic.fields import FieldInfo

from specloom.django.schemas.declaration import ALL, UNSET, Definition, InferExcept, SchemaConfig
from specloom.django.schemas.fields import MISSING, FieldShape
from specloom.django.schemas.reading import validators_of

from .overriding import WORDS, is_nullable, not_required, nullable, overridden

if TYPE_CHECKING:
    from django.db.models import Model
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

NestedSchema = Callable[[str, SchemaConfig["Model"]], type[BaseModel]]
"""Makes the schema of fields that were nested in the field of this name."""


@dataclass(frozen=True, slots=True)
class Composed:
    """What Pydantic makes a field of: its type with all that is read or checked, and what is known about it beside that."""

    annotation: object
    info: FieldInfo
    as_model: bool = True
    """Whether nobody but the model says its type and its limits."""

    @property
    def whole(self) -> object:
        """Both in one annotation."""
        return Annotated[self.annotation, self.info]


def compose(config: SchemaConfig[Any], name: str, nest: NestedSchema) -> Mapping[str, Composed]:
    """Each field of the schema of this name, in order.

    Raises ``AttributeError`` for names that the model does not have, ``ValueError`` for what cannot be a field.
    """
    return {one.name: compose_field(one, config, name, nest) for one in config.tree()}


def compose_field(definition: Definition, config: SchemaConfig[Any], owner: str, nest: NestedSchema) -> Composed:
    """The field of one definition."""
    _check_name(definition.name, config)
    accessor = definition.accessor
    shape = accessor.shape(registry=config.field_type_registry, strict_null=config.strict_null)
    nested = _nested(definition, owner, nest)
    said: FieldInfo | None = None
    if nested is None:
        shape, said = overridden(shape, definition.value)
    else:
        whole = GenericAlias(list, (nested,)) if accessor.many else nested
        shape = _holding(shape, nullable(whole) if is_nullable(shape.annotation) else whole)
    if config.optional == ALL or definition.name in config.optional:
        shape = not_required(shape)
    made = with_words(shape, validators_of(accessor, nested=nested is not None), said)
    return replace(made, as_model=False) if _says_limits(definition.value) else made


def _check_name(name: str, config: SchemaConfig[Any]) -> None:
    if name.startswith("_"):
        reason = "begins with an underscore, which Pydantic keeps for itself: give"
    elif name == "model_config":
        reason = "is the name of Pydantic's own settings: exclude it, or give"
    else:
        return
    raise ValueError(f"{name!r} of {config.model_class()._meta.label} {reason} the model a property for it")


def _says_limits(value: object) -> bool:
    if isinstance(value, FieldInfo):
        return value.annotation is not None or bool(value.metadata)
    return isinstance(value, InferExcept) and (value.annotation is not UNSET or bool(value.info().metadata))


def with_words(shape: FieldShape, validators: tuple[BeforeValidator, ...], said: FieldInfo | None) -> Composed:
    """The type with what is read before it, with what the model says of it, and with what was said otherwise."""
    info = shape.info()
    if said is None:
        return Composed(Annotated[(shape.annotation, *validators)] if validators else shape.annotation, info)
    words = {name: getattr(said, name) for name in WORDS if isinstance(getattr(said, name), Promise)}
    lazy = partial(_worded, words) if words else None
    extras = tuple(one for one in (info.json_schema_extra, said.json_schema_extra, lazy) if one is not None)
    if lazy is None and len(extras) < 2:
        return Composed(Annotated[(shape.annotation, *validators, info)], said)
    if lazy is None and isinstance(said.json_schema_extra, dict):  # which Pydantic does not put together with a function
        return Composed(Annotated[(shape.annotation, *validators, _Extra(extras[0]), shape.info(with_extra=False))], said)
    both: Any = partial(_extended, extras)
    return Composed(Annotated[(shape.annotation, *validators, info, said)], Field(json_schema_extra=both))


def _worded(words: Mapping[str, object], schema: dict[str, Any]) -> None:
    """Puts translations into a JSON Schema, in the language of the moment."""
    schema.update({name: str(text) for name, text in words.items()})


@dataclass(frozen=True, slots=True, eq=False)
class _Extra:
    """In an ``Annotated``: what the model says in a JSON Schema beside the type."""

    extra: Any

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The type's own schema with it."""
        schema = dict(handler(core_schema))
        _extended((self.extra,), schema)
        return schema


def _extended(extras: tuple[Any, ...], schema: dict[str, Any]) -> None:
    """Adds to a JSON Schema what the model says and then what was said otherwise: Pydantic would keep only the latter."""
    for extra in extras:
        if callable(extra):
            extra(schema)
        else:
            schema.update(extra)


def _nested(definition: Definition, owner: str, nest: NestedSchema) -> Any:  # noqa: ANN401  # a type, made of values
    value = definition.value
    if isinstance(value, SchemaConfig):
        return nest(definition.name, value)
    if isinstance(value, ForwardRef):
        return ForwardRef(owner) if value.__forward_arg__ == "Self" else value
    if isinstance(value, type) and issubclass(value, BaseModel):
        return value
    return None


def _holding(shape: FieldShape, annotation: object) -> FieldShape:
    """The shape of a relation with whole objects in place of their keys; a default that is a key is none of them."""
    changed = replace(shape, annotation=annotation, examples=())
    if shape.default in (MISSING, None) and shape.default_factory in (None, list):
        return changed
    return replace(changed, required=True, default=MISSING, default_factory=None)
