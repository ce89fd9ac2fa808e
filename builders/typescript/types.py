"""From types of the IR to types of TypeScript."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

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
    references,
)

from . import nodes as ts

UPLOAD = ts.union_of(ts.type_name("File"), ts.type_name("Blob"))
"""Raw bytes that a caller gives."""

_SCALARS: Mapping[str, ts.Type] = {
    "string": ts.STRING,
    "integer": ts.NUMBER,
    "number": ts.NUMBER,
    "boolean": ts.BOOLEAN,
}


@dataclass(frozen=True, slots=True)
class TypeMapper:
    """Maps types. ``symbols`` are those of the schemas by name, ``formats`` a caller's own types for formats of scalars.

    ``recursive`` names the schemas that lead back to themselves: a ``Record`` of those TypeScript calls circular.
    Dates and decimals are strings, as they travel; 64-bit integers are numbers, as ``JSON.parse`` reads them.
    """

    symbols: Mapping[str, ts.Symbol]
    formats: Mapping[str, ts.Type] = field(default_factory=dict)
    recursive: frozenset[str] = frozenset()
    _made: dict[int, tuple[IRType, ts.Type]] = field(default_factory=dict, compare=False, repr=False)
    _refs: dict[str, ts.TypeRef] = field(default_factory=dict, compare=False, repr=False)

    def override(self, formats: Mapping[str, ts.Type]) -> TypeMapper:
        """A mapper that uses ``formats`` too: ``{"decimal": type_ref(package("Decimal", "decimal.js"))}``."""
        return TypeMapper(self.symbols, {**self.formats, **formats}, self.recursive)

    def __call__(self, type: IRType) -> ts.Type:
        """The type of ``type``. One type of the IR is one node, shared wherever it stands."""
        known = self._made.get(id(type))
        if known is not None:
            return known[1]
        made = self._map(type)
        self._made[id(type)] = (type, made)
        return made

    def reference(self, name: str) -> ts.TypeRef:
        """The type of a schema by its name."""
        known = self._refs.get(name)
        if known is None:
            known = self._refs[name] = ts.type_ref(self.symbols[name])
        return known

    def _map(self, type: IRType) -> ts.Type:
        match type:
            case ScalarType(type=scalar, format=format):
                if format is not None and format in self.formats:
                    return self.formats[format]
                return _SCALARS[scalar]
            case ReferenceType(name=name):
                return self.reference(name)
            case ArrayType(items=items):
                return ts.array_of(self(items))
            case UnionType(members=members):
                return ts.union_of(*(self(member) for member in members))
            case LiteralType(value=value):
                return ts.NULL_TYPE if value is None else ts.literal(value)
            case MapType(values=values):
                inner = self(values)
                if any(name in self.recursive for name in references(values)):
                    return ts.object_type(ts.index_signature(inner))
                return ts.type_name("Record", ts.STRING, inner)
            case TupleType():
                return self._tuple(type)
            case AnyType():
                return ts.UNKNOWN
            case NeverType():
                return ts.NEVER
            case UploadType():
                return UPLOAD
            case _:
                assert_never(type)

    def _tuple(self, type: TupleType) -> ts.Type:
        elements = [ts.TupleElement(self(item), optional=at >= type.min_items) for at, item in enumerate(type.items)]
        if not isinstance(type.rest, NeverType):
            elements.append(ts.TupleElement(ts.array_of(self(type.rest)), rest=True))
        return ts.tuple_of(*elements)
