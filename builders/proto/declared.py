"""Which schemas become messages or enums, and which are spelled out where they are mentioned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias, assert_never

from specloom.ir.recursion import components
from specloom.ir.schemas import IRAliasSchema, IREnumSchema, IRObjectSchema, IRSchema, IRUnionSchema, schema_references
from specloom.ir.types import (
    IRType,
    LiteralType,
    LiteralValue,
    NeverType,
    ReferenceType,
    ScalarType,
    UnionType,
    is_null,
)

JsonKind: TypeAlias = Literal["string", "number", "boolean", "other"]


def json_kind(type: IRType, schemas: Mapping[str, IRSchema], seen: frozenset[str] = frozenset()) -> JsonKind:
    """What every value of ``type`` is in JSON, where that is one kind of scalar; ``null`` aside."""
    match type:
        case ScalarType(type=kind):
            return "number" if kind == "integer" else kind
        case LiteralType(value=value):
            return _value_kind(value)
        case UnionType(members=members):
            return _common_kind(json_kind(member, schemas, seen) for member in members if not is_null(member))
        case ReferenceType(name=name):
            if name in seen:
                return "other"
            schema = schemas[name]
            match schema:
                case IRObjectSchema():
                    return "other"
                case IREnumSchema(members=values):
                    return _common_kind(_value_kind(member.value) for member in values)
                case IRUnionSchema(members=members):
                    return _common_kind(json_kind(member, schemas, seen | {name}) for member in members)
                case IRAliasSchema(type=other):
                    return json_kind(other, schemas, seen | {name})
                case _:
                    assert_never(schema)
        case _:
            return "other"


def _value_kind(value: LiteralValue) -> JsonKind:
    if isinstance(value, str):
        return "string"
    if isinstance(value, bool):
        return "boolean"
    return "other" if value is None else "number"


def _common_kind(kinds: Iterable[JsonKind]) -> JsonKind:
    found = set(kinds)
    return found.pop() if len(found) == 1 else "other"


def declared_schemas(schemas: Mapping[str, IRSchema]) -> frozenset[str]:
    """Names of the schemas that become a message or an enum.

    Others are spelled out where they are mentioned, because their JSON has no field for them: scalars, lists and maps by a name,
    objects that are only a map, unions of one kind of scalar. Those that lead back to themselves are messages all the same.
    """
    spelled_out = {
        name: tuple(schema_references(schema)) for name, schema in schemas.items() if not _is_declared(schema, schemas)
    }
    circular = {
        name
        for group in components(spelled_out)
        for name in group
        if len(group) > 1 or group[0] in spelled_out[group[0]]
    }
    return frozenset(name for name in schemas if name not in spelled_out or name in circular)


def _is_declared(schema: IRSchema, schemas: Mapping[str, IRSchema]) -> bool:
    match schema:
        case IRObjectSchema(properties=properties, additional=additional):
            return bool(properties) or isinstance(additional, NeverType)
        case IREnumSchema():
            return True
        case IRUnionSchema():
            return json_kind(ReferenceType(name=schema.name), schemas) == "other"
        case IRAliasSchema():
            return False
        case _:
            assert_never(schema)
