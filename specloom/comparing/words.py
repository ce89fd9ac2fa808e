"""Types and values as a reader would say them: ``array of Book``, ``string (date-time) or null``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

from pydantic import JsonValue

from specloom.ir.schemas import (
    Default,
    IRAliasSchema,
    IREnumSchema,
    IRObjectSchema,
    IRPropertyObject,
    IRSchema,
    IRUnionSchema,
)
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
)

_FEW = 6
_DEEPEST = 4
_LONGEST = 300


def of_type(type: IRType, schemas: Mapping[str, IRSchema]) -> str:
    """A type; an inline schema by what it is, any other by its name."""
    return _short(_type(type, schemas, 0))


def of_property(prop: IRPropertyObject, schemas: Mapping[str, IRSchema]) -> str:
    """A property's type and what else there is to know of it."""
    marks = (("required", prop.required), ("read-only", prop.read_only), ("write-only", prop.write_only))
    return ", ".join([of_type(prop.type, schemas), *(word for word, on in marks if on)])


def of_value(value: JsonValue) -> str:
    """A JSON value."""
    return _short(json.dumps(value, ensure_ascii=False, sort_keys=True))


def of_default(default: Default | None) -> str | None:
    """A default, where there is one."""
    return None if default is None else of_value(default.value)


def listed(parts: Iterable[str], word: str = "or", count: int = 0) -> str:
    """Some parts in words, the first few of many; of ``count`` where not all of them are given."""
    each = list(parts)
    count = max(count, len(each))
    if count > _FEW:
        each = [*each[: _FEW - 1], f"{count - _FEW + 1} more"]
    return f" {word} ".join(part for part in (", ".join(each[:-1]), each[-1]) if part) if each else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _type(type: IRType, schemas: Mapping[str, IRSchema], depth: int) -> str:
    if depth > _DEEPEST:
        return "…"
    match type:
        case ScalarType():
            extra = type.format or type.content_media_type or type.content_encoding
            return f"{type.type} ({extra})" if extra else type.type
        case LiteralType(value=value):
            return of_value(value)
        case ArrayType(items=items):
            return f"array of {_inner(items, schemas, depth)}"
        case MapType(values=values):
            return f"map of {_inner(values, schemas, depth)}"
        case TupleType(items=items):
            return f"tuple of {_listed(items, schemas, depth, 'and')}"
        case ReferenceType(name=name):
            return _schema(schemas[name], schemas, depth)
        case UnionType(members=members):
            return _listed(members, schemas, depth)
        case AnyType():
            return "any value"
        case NeverType():
            return "nothing"
        case UploadType():
            return "file"
        case _:
            assert_never(type)


def _listed(types: Sequence[IRType], schemas: Mapping[str, IRSchema], depth: int, word: str = "or") -> str:
    """Several types; those that would not be shown are not put into words, since unions may hold each other."""
    return listed((_type(each, schemas, depth + 1) for each in types[:_FEW]), word, len(types))


def _inner(type: IRType, schemas: Mapping[str, IRSchema], depth: int) -> str:
    text = _type(type, schemas, depth + 1)
    return f"({text})" if isinstance(type, UnionType) else text


def _schema(schema: IRSchema, schemas: Mapping[str, IRSchema], depth: int) -> str:
    if not schema.inline:
        return schema.name
    match schema:
        case IRObjectSchema(base=base):
            return base if base is not None and base in schemas and not schemas[base].inline else "object"
        case IREnumSchema(members=members):
            return listed(of_value(member.value) for member in members)
        case IRUnionSchema(members=members):
            return _listed(members, schemas, depth)
        case IRAliasSchema(type=type):
            return _type(type, schemas, depth + 1)
        case _:
            assert_never(schema)
