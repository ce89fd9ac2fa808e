"""What the fields of a finished schema are: what of the model each reads, its shape, and the schema nested in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from specloom.django.schemas.fields import accessors

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from specloom.django.schemas.declaration import SchemaConfig
    from specloom.django.schemas.fields import Accessor, FieldShape


@dataclass(frozen=True, slots=True)
class ResolvedField:
    """One field of a schema that reads something of its model."""

    name: str
    accessor: Accessor
    shape: FieldShape | None
    """What the model says of the field; none where a schema is nested in it."""
    nested: type[BaseModel] | None
    many: bool


def resolve(fields: Mapping[str, FieldInfo], config: SchemaConfig[Any]) -> tuple[ResolvedField, ...]:
    """The fields that the model knows, written in the class or declared; what the model does not know reads nothing of it."""
    known = accessors(config.model_class())
    return tuple(_resolved(name, info, known[name], config) for name, info in fields.items() if name in known)


def _resolved(name: str, info: FieldInfo, accessor: Accessor, config: SchemaConfig[Any]) -> ResolvedField:
    nested = next(schemas_in(info.annotation), None)
    shape = None
    if nested is None:
        shape = accessor.shape(registry=config.field_type_registry, strict_null=config.strict_null)
    return ResolvedField(name, accessor, shape, nested, accessor.many)


def schemas_in(annotation: object) -> Iterator[type[BaseModel]]:
    """The Pydantic models in a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from schemas_in(one)


def nested_schemas(schema: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A Pydantic model and all that are nested in it, each once."""
    seen: dict[type[BaseModel], None] = {}
    waiting = [schema]
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen[model] = None
            waiting += [each for info in model.model_fields.values() for each in schemas_in(info.annotation)]
            waiting += [each for info in model.model_computed_fields.values() for each in schemas_in(info.return_type)]
    return iter(seen)
