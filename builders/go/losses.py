"""What a document says of a type that Go's type does not: said in a diagnostic, each thing once a schema."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.schemas import IREnumSchema, IRObjectSchema, IRSchema, schema_types
from specloom.ir.types import (
    ArrayType,
    IRType,
    NeverType,
    ReferenceType,
    ScalarType,
    TupleType,
    UnionType,
    UploadType,
    children,
    is_null,
)

from .shapes import enum_kind
from .types import ANY_LIST, TypeMapper

_LEAVES = (ScalarType, ReferenceType)


def losses(schema: IRSchema, types: TypeMapper) -> Iterator[Diagnostic]:
    """What the Go type of ``schema`` does not say, though the document does."""
    found: dict[str, dict[str, None]] = {}
    match schema:
        case IREnumSchema():
            if enum_kind(schema) is None:
                found["that a value is one of a few: values of several kinds are any"] = {}
        case IRObjectSchema(properties=properties):
            for prop in properties:
                if not isinstance(prop.type, _LEAVES):
                    for what in _lost(prop.type, types):
                        found.setdefault(what, {})[prop.name] = None
            if schema.additional is not None and not isinstance(schema.additional, NeverType):
                for what in _lost(schema.additional, types):
                    found.setdefault(what, {})
        case _:
            for type in schema_types(schema):
                for what in _lost(type, types):
                    found.setdefault(what, {})
    for what, places in found.items():
        named = ", ".join(repr(place) for place in places)
        yield Diagnostic(
            code="type-not-carried-over",
            severity=Severity.INFO,
            message=f"the Go type does not say {what}" + (f", in {named}" if named else ""),
            pointer=schema.pointer,
        )


def _lost(type: IRType, types: TypeMapper) -> Iterator[str]:
    match type:
        case TupleType():
            if types(type) is ANY_LIST and type.items:
                yield "which type stands at which position of a tuple"
        case NeverType():
            yield "that no value is allowed"
        case UnionType(members=members) if any(map(_has_upload, members)) and not all(map(_is_upload, members)):
            yield "that something else may stand in the place of a file"
        case _:
            pass
    if not isinstance(type, TupleType):
        for child in children(type):
            if not isinstance(child, _LEAVES):
                yield from _lost(child, types)


def _has_upload(type: IRType) -> bool:
    return isinstance(type, UploadType) or (isinstance(type, ArrayType) and isinstance(type.items, UploadType))


def _is_upload(type: IRType) -> bool:
    return _has_upload(type) or is_null(type)
