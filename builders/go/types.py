"""IR types as Go types: what a field, a parameter, a result holds, and how it says that there is nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeAlias, assert_never

from specloom.ir.schemas import IRPropertyObject
from specloom.ir.types import (
    AnyType,
    ArrayType,
    IRType,
    LiteralType,
    MapType,
    NeverType,
    ReferenceType,
    ScalarType,
    TupleType,
    UnionType,
    UploadType,
    allows_null,
    is_null,
)

from . import nodes as go
from .names import Names
from .shapes import Shapes, is_bytes

TIME = go.ref("time", "Time")
DATE = go.name("Date")
BYTES = go.slice_of(go.BYTE)
FILE_UPLOAD = go.name("FileUpload")
NULLABLE = go.name("Nullable")
ANY_LIST = go.slice_of(go.ANY)

_Key: TypeAlias = tuple[str, str]
_FORMATS: Mapping[_Key, go.Type] = MappingProxyType(
    {
        ("string", "date-time"): TIME,
        ("string", "date"): DATE,
        ("string", "byte"): BYTES,
        ("string", "base64"): BYTES,
        ("integer", "int32"): go.INT32,
        ("integer", "uint32"): go.name("uint32"),
        ("integer", "uint64"): go.name("uint64"),
    }
)
"""Formats that Go has a type for. Others, ``uuid``, ``uri``, ``decimal`` and the like, stay what they are in JSON."""
_PLAIN: Mapping[str, go.Type] = MappingProxyType(
    {"string": go.STRING, "integer": go.INT64, "number": go.FLOAT64, "boolean": go.BOOL}
)


@dataclass(frozen=True, slots=True)
class TypeMapper:
    """From IR types to nodes. Immutable: :meth:`override` answers a changed copy."""

    names: Names
    shapes: Shapes
    formats: Mapping[_Key, go.Type] = field(default_factory=lambda: _FORMATS)
    own: frozenset[_Key] = frozenset()
    """Formats that the caller has put a type of their own for."""

    def override(self, format: str, type: go.Symbol | go.Type, *, of: str = "string") -> TypeMapper:
        """The same mapper, but ``format`` of the scalar type ``of`` is ``type``.

        ``mapper.override("money", Symbol("example.com/money", "Amount"))``
        """
        node = go.ref(type.path, type.name) if isinstance(type, go.Symbol) else type
        key = (of, format)
        return replace(self, formats=MappingProxyType({**self.formats, key: node}), own=self.own | {key})

    def __call__(self, type: IRType) -> go.Type:
        """The type of a value that is there and not null."""
        match type:
            case ScalarType():
                return self.scalar(type)
            case ReferenceType(name=name):
                return go.name(self.names.types[name])
            case ArrayType(items=items):
                return go.slice_of(self.value(items))
            case MapType(values=values):
                return go.map_of(go.STRING, self.value(values))
            case UnionType():
                found = self.shapes.simplified(type)
                return go.name(self.names.inline[found].type) if isinstance(found, tuple) else self(found)
            case LiteralType(value=value):
                return literal_type(value)
            case TupleType(items=items, rest=rest):
                held = {self.value(item) for item in (*items, rest) if not isinstance(item, NeverType)}
                return go.slice_of(held.pop()) if len(held) == 1 else ANY_LIST
            case AnyType() | NeverType():
                return go.ANY
            case UploadType():
                return FILE_UPLOAD
            case _:
                assert_never(type)

    def scalar(self, type: ScalarType) -> go.Type:
        """The type of a scalar, by its format, else by its type."""
        if type.format is None and type.content_encoding is None:
            return _PLAIN[type.type]
        found = self.formats.get((type.type, type.format)) if type.format else None
        if found is None and is_bytes(type):
            found = BYTES
        return found or _PLAIN[type.type]

    def value(self, type: IRType) -> go.Type:
        """The type of what is always there: an item, a result. What may be null is a pointer, slices too: a nil one is empty."""
        node = self(type)
        return go.pointer(node) if allows_null(type) and not self.shapes.facts(type).anything else node

    def optional(self, type: IRType) -> go.Type:
        """The type of something that may be left out: a pointer, or ``Nullable`` where it may be null too."""
        if is_null(type):
            return go.instance(NULLABLE, go.ANY)
        if self.shapes.facts(type).anything:
            return go.ANY
        if allows_null(type):
            return go.instance(NULLABLE, self(type))
        return self(type) if self.is_bare(type) else go.pointer(self(type))

    def property(self, owner: str, prop: IRPropertyObject) -> go.Type:
        """The type of the field of a property of the schema ``owner``."""
        if isinstance(prop.type, ScalarType):
            # Most properties are plain scalars.
            node = self.scalar(prop.type)
            return node if prop.required or node is BYTES else go.pointer(node)
        struct = self.shapes.facts(prop.type).struct
        if struct is not None and self.shapes.points(owner, struct):
            # Without the pointer the struct would hold itself.
            node = go.pointer(self(prop.type))
            return node if prop.required or not allows_null(prop.type) else go.instance(NULLABLE, node)
        return self.value(prop.type) if prop.required else self.optional(prop.type)

    def is_bare(self, type: IRType) -> bool:
        """Whether nil says that there is no value: slices, maps and any."""
        if isinstance(type, ScalarType) and (type.type, type.format) in self.own:
            return False
        return self.shapes.facts(type).bare

    def is_struct(self, type: IRType) -> bool:
        """Whether it is the struct of an object schema."""
        return self.shapes.facts(type).struct is not None


def literal_type(value: str | bool | int | float | None) -> go.Type:
    """The type of a value that is always the same."""
    if value is None:
        return go.ANY
    if isinstance(value, str):
        return go.STRING
    if isinstance(value, bool):
        return go.BOOL
    return go.INT64 if isinstance(value, int) and -(2**63) <= value < 2**63 else go.FLOAT64
