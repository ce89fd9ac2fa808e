"""What schemas say and the IR has no word for: factories of defaults, null left out, lengths of bytes."""

from __future__ import annotations

import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from specloom.builders.python.nodes import FALSE, NONE, TRUE, Expression, Symbol, ref, subscript, union
from specloom.builders.python.types import BOOL, DICT, FLOAT, INT, LIST, LITERAL, STR
from specloom.django.schemas.building import BaseSchema

JSON_VALUE = Symbol("pydantic", "JsonValue")

_NOT_NULL = union(
    subscript(DICT, STR, ref(JSON_VALUE)), subscript(LIST, ref(JSON_VALUE)), STR, BOOL, INT, FLOAT
)  # fmt: skip
"""Every JSON value but null."""
_TRUE_OR_FALSE = subscript(LITERAL, TRUE, FALSE)
"""Choices of a boolean, which takes texts and a choice does not."""


@dataclass(frozen=True, slots=True)
class Facts:
    """By schema and by the property's name in JSON."""

    factories: Mapping[str, Mapping[str, Symbol]] = field(default_factory=dict)
    """What makes the defaults."""
    types: Mapping[str, Mapping[str, Expression]] = field(default_factory=dict)
    """Annotations that say more than those of the intermediate representation."""
    lengths: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """How many bytes there are at most, where the text in base64 is longer."""
    bytes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Defaults that are bytes, in base64."""
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What the fields are called in Python."""


def facts_of(schemas: Sequence[type[BaseModel]], document: Mapping[str, Any]) -> Facts:
    """The facts of schemas, and of those nested in them, whose document is ``document``."""
    models = {model.__name__: model for schema in schemas for model in nested(schema)}
    return Facts(
        {name: _factories(model) for name, model in models.items()},
        {name: _types(schema) for name, schema in document["components"]["schemas"].items()},
        {name: _lengths(model) for name, model in models.items()},
        {name: _bytes(model) for name, model in models.items()},
        {name: {json_name(key, info): key for key, info in model.model_fields.items()} for name, model in models.items()},
    )


def nested(schema: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A schema and all that are nested in it, each once."""
    seen: dict[type[BaseModel], None] = {}
    waiting = [schema]
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen[model] = None
            waiting += [each for info in model.model_fields.values() for each in _models(info.annotation)]
    return iter(seen)


def json_name(name: str, info: FieldInfo) -> str:
    """What a field is called in JSON."""
    return info.validation_alias if isinstance(info.validation_alias, str) else info.alias or name


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for each in get_args(annotation):
        yield from _models(each)


def _factories(schema: type[BaseModel]) -> dict[str, Symbol]:
    """Only Python's own functions: a factory of the project stays there, because what is generated stands alone."""
    found: dict[str, Symbol] = {}
    for name, info in schema.model_fields.items():
        symbol = None if info.default_factory is None else _symbol(info.default_factory)
        if symbol is not None:
            found[json_name(name, info)] = symbol
    return found


def _symbol(factory: Callable[..., object]) -> Symbol | None:
    module, name = getattr(factory, "__module__", None), getattr(factory, "__qualname__", "")
    if not isinstance(module, str) or not name.isidentifier() or module.partition(".")[0] not in sys.stdlib_module_names:
        return None
    return Symbol(module, name) if getattr(sys.modules.get(module), name, None) is factory else None


def _types(schema: Mapping[str, Any]) -> dict[str, Expression]:
    found = {name: _type(value) for name, value in schema.get("properties", {}).items()}
    return {name: node for name, node in found.items() if node is not None}


def _type(schema: Mapping[str, Any]) -> Expression | None:
    parts = schema.get("anyOf", (schema,))
    booleans = [part for part in parts if part.get("type") == "boolean" and part.get("enum") in ([True, False], [False, True])]
    if booleans and len(parts) == 1:
        return _TRUE_OR_FALSE
    if booleans and len(parts) == 2 and {"type": "null"} in parts:
        return union(_TRUE_OR_FALSE, NONE)
    anything = "type" not in schema and "anyOf" not in schema
    return _NOT_NULL if anything and schema.get("not") == {"type": "null"} else None


def _lengths(schema: type[BaseModel]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, info in schema.model_fields.items():
        if _mentions(info.annotation, bytes):
            for metadata in (*info.metadata, *_metadata(info.annotation)):
                if isinstance(metadata, annotated_types.MaxLen):
                    found[json_name(name, info)] = metadata.max_length
    return found


def _bytes(schema: type[BaseModel]) -> dict[str, str]:
    """What the model says, where the schema takes it: JSON Schema does not call what makes it."""
    found: dict[str, str] = {}
    for one in schema.resolved_fields() if issubclass(schema, BaseSchema) else ():
        info, default = schema.model_fields[one.name], getattr(one.accessor.source, "default", None)
        if not isinstance(default, bytes) or info.default_factory_takes_validated_data:
            continue
        if info.default_factory is not None and info.get_default(call_default_factory=True) == default:
            found[json_name(one.name, info)] = b64encode(default).decode("ascii")
    return found


def _mentions(annotation: object, kind: type) -> bool:
    return annotation is kind or any(_mentions(each, kind) for each in get_args(annotation))


def _metadata(annotation: object) -> Iterator[object]:
    yield from getattr(annotation, "__metadata__", ())
    for each in get_args(annotation):
        yield from _metadata(each)
