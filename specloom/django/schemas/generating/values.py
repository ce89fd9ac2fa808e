"""Defaults as source: what stands behind ``=``, or as the ``default`` of a field."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from specloom.builders.python.names import Names, member_names
from specloom.builders.python.nodes import Expression, Symbol, attribute, call, constant, dict_, list_, ref, string
from specloom.ir.schemas import IREnumSchema, IRSchema
from specloom.ir.types import IRType, LiteralType, ReferenceType, ScalarType, UnionType


def plain_value(value: JsonValue) -> Expression:
    """A JSON value as a literal."""
    if isinstance(value, dict):
        return dict_((string(key), plain_value(each)) for key, each in value.items())
    if isinstance(value, list):
        return list_(*map(plain_value, value))
    return constant(value)


def enum_member(value: JsonValue, type: IRType, schemas: Mapping[str, IRSchema], names: Names) -> Expression | None:
    """The member of an enumeration among the members of ``type`` that has this value."""
    for part in type.members if isinstance(type, UnionType) else (type,):
        schema = schemas[part.name] if isinstance(part, ReferenceType) else None
        if isinstance(schema, IREnumSchema):
            for member, name in zip(schema.members, member_names(schema), strict=True):
                if member.value == value and isinstance(member.value, bool) == isinstance(value, bool):
                    return attribute(ref(names.schemas[schema.name]), name)
    return None


def constructed(value: JsonValue, type: IRType) -> Expression | None:
    """The value of a decimal, a UUID or a date, made of its text: ``Decimal("1.50")``."""
    for part in type.members if isinstance(type, UnionType) else (type,):
        if isinstance(part, ScalarType) and isinstance(value, str) and part.type == "string" and part.format in _MADE:
            return call(_MADE[part.format], string(value))
    return None


_MADE: Mapping[str | None, Expression] = {
    "decimal": ref(Symbol("decimal", "Decimal")),
    "uuid": ref(Symbol("uuid", "UUID")),
    "date": attribute(ref(Symbol("datetime", "date")), "fromisoformat"),
}


def is_plain(value: JsonValue, type: IRType) -> bool:
    """Whether the JSON value of a default is the value in Python too; otherwise pydantic has to read it."""
    if value is None or isinstance(value, dict | list):
        return value is None or not value
    parts = type.members if isinstance(type, UnionType) else (type,)
    return any(
        (isinstance(part, LiteralType) and part.value == value)
        or (isinstance(part, ScalarType) and _holds(part, value))
        for part in parts
    )


def _holds(type: ScalarType, value: JsonValue) -> bool:
    if type.format in _READ or type.content_encoding:
        return False
    kinds = {"string": (str,), "integer": (int,), "boolean": (bool,), "number": (int, float)}
    return isinstance(value, kinds[type.type]) and isinstance(value, bool) is (type.type == "boolean")


_READ = frozenset({"date-time", "date", "time", "duration", "uuid", "decimal", "byte", "base64", "ipv4", "ipv6"})
"""Formats whose texts are something else in Python."""
