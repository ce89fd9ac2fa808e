"""What each thing of a Django model is to Pydantic: types, constraints, choices, words, and the table of required and default."""

from __future__ import annotations

from .accessors import Accessor, AccessorKind, Accessors, UnknownNameError, accessors
from .choices import enum_of
from .registry import FieldTypeHandler, FieldTypeRegistry
from .shape import MISSING, FieldShape
from .shaping import shape_of
from .types import UnmappedFieldError, left_out

__all__ = [
    "MISSING",
    "Accessor",
    "AccessorKind",
    "Accessors",
    "FieldShape",
    "FieldTypeHandler",
    "FieldTypeRegistry",
    "UnknownNameError",
    "UnmappedFieldError",
    "accessors",
    "enum_of",
    "left_out",
    "shape_of",
]
