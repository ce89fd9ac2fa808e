"""Pydantic models from Django models, at run time and as generated source.

The names below are imported only when asked for, so that nothing here is in the way of setting Django up.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .building import BaseSchema as BaseSchema
    from .building import InferredField as InferredField
    from .building import ResolvedField as ResolvedField
    from .declaration import Infer as Infer
    from .declaration import InferExcept as InferExcept
    from .declaration import ModelFields as ModelFields
    from .declaration import ModelFieldsCompact as ModelFieldsCompact
    from .declaration import SchemaConfig as SchemaConfig
    from .fields import FieldShape as FieldShape
    from .fields import FieldTypeHandler as FieldTypeHandler
    from .fields import FieldTypeRegistry as FieldTypeRegistry
    from .fields import accessors as accessors
    from .fields import enum_of as enum_of
    from .fields import shape_of as shape_of

__all__ = [
    "BaseSchema",
    "FieldShape",
    "FieldTypeHandler",
    "FieldTypeRegistry",
    "Infer",
    "InferExcept",
    "InferredField",
    "ModelFields",
    "ModelFieldsCompact",
    "ResolvedField",
    "SchemaConfig",
    "accessors",
    "enum_of",
    "shape_of",
]

_HOMES: dict[str, str] = {
    "BaseSchema": "building",
    "FieldShape": "fields",
    "FieldTypeHandler": "fields",
    "FieldTypeRegistry": "fields",
    "Infer": "declaration",
    "InferExcept": "declaration",
    "InferredField": "building",
    "ModelFields": "declaration",
    "ModelFieldsCompact": "declaration",
    "ResolvedField": "building",
    "SchemaConfig": "declaration",
    "accessors": "fields",
    "enum_of": "fields",
    "shape_of": "fields",
}
"""Each public name and the module below this one that has it."""


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{home}", __name__), name)


def __dir__() -> list[str]:
    return sorted(_HOMES)
