"""Random values that a schema allows, as JSON: what a client has to read and write without losing anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import TypeAlias, assert_never

from specloom.ir.context import IRContext
from specloom.ir.schemas import IRAliasSchema, IREnumSchema, IRObjectSchema, IRSchema, IRUnionSchema
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
)

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"
_DEEPEST = 5
_TEXTS = ("", "a", "äöü", "<&>", "\u2028", "two words", "0")
_ANYTHING: tuple[JSON, ...] = ([1.5, None, {"a": "b"}], {"x": [True]}, "text", 7, False)
"""Without null: where a key may be absent too, Go's ``any`` is the same for both."""
_FORMATS: Mapping[str, tuple[str, ...]] = {
    "date-time": ("2026-01-31T10:00:00Z", "2024-02-29T23:59:59.123456Z"),
    "date": ("2026-01-31", "2024-02-29"),
    "byte": ("", "aGVsbG8="),
    "base64": ("aGVsbG8=",),
}


class NoValueError(Exception):
    """There is no value, or none that is not too deep: it contains itself, or a file."""


class Instances:
    """Makes values of the schemas of one API."""

    def __init__(self, api: IRContext, seed: int) -> None:
        self._schemas: Mapping[str, IRSchema] = api.schemas
        self._random = Random(seed)

    def of_schemas(self, each: int) -> Iterator[tuple[str, JSON]]:
        """Up to ``each`` values of every schema, by its name."""
        for name in self._schemas:
            for _ in range(each):
                try:
                    yield name, self._schema(name, 0)
                except NoValueError:
                    continue

    def _schema(self, name: str, depth: int) -> JSON:
        schema = self._schemas[name]
        match schema:
            case IRObjectSchema():
                return self._object(schema, depth + 1)
            case IREnumSchema(members=members):
                return self._random.choice(members).value
            case IRUnionSchema(members=members):
                return self._one_of(members, depth)
            case IRAliasSchema(type=type):
                return self._value(type, depth)
            case _:
                assert_never(schema)

    def _object(self, schema: IRObjectSchema, depth: int) -> JSON:
        if depth > _DEEPEST:
            raise NoValueError
        found: dict[str, JSON] = {}
        for prop in schema.properties:
            if prop.required:
                found[prop.name] = self._value(prop.type, depth)
            elif self._random.random() < 0.5:
                try:
                    found[prop.name] = self._value(prop.type, depth)
                except NoValueError:
                    continue
        if schema.additional is not None and not isinstance(schema.additional, NeverType):
            for key in self._random.sample(("further", "x-y", "ID", "ü"), k=2):
                if key not in found and all(prop.name != key for prop in schema.properties):
                    try:
                        found[key] = self._value(schema.additional, depth)
                    except NoValueError:
                        continue
        return found

    def _one_of(self, members: tuple[IRType, ...], depth: int) -> JSON:
        for member in self._random.sample(members, k=len(members)):
            try:
                return self._value(member, depth)
            except NoValueError:
                continue
        raise NoValueError

    def _value(self, type: IRType, depth: int) -> JSON:
        match type:
            case ScalarType():
                return self._scalar(type)
            case LiteralType(value=value):
                return value
            case ReferenceType(name=name):
                return self._schema(name, depth)
            case ArrayType(items=items):
                return self._list(items, depth)
            case MapType(values=values):
                return dict(zip(("a", "b c", "ü"), self._list(values, depth), strict=False))
            case TupleType(items=items):
                return [self._value(item, depth + 1) for item in items]
            case UnionType(members=members):
                return None if allows_null(type) and self._random.random() < 0.2 else self._one_of(members, depth)
            case AnyType():
                return self._random.choice(_ANYTHING)
            case NeverType() | UploadType():
                raise NoValueError
            case _:
                assert_never(type)

    def _list(self, items: IRType, depth: int) -> list[JSON]:
        if depth > _DEEPEST:
            return []
        try:
            return [self._value(items, depth + 1) for _ in range(self._random.randrange(3))]
        except NoValueError:
            return []

    def _scalar(self, type: ScalarType) -> JSON:
        match type.type:
            case "string":
                encoded = "byte" if (type.content_encoding or "").lower() == "base64" else type.format
                return self._random.choice(_FORMATS.get(encoded or "", _TEXTS))
            case "integer":
                return self._random.choice((0, 1, 42, 2**31 - 1))
            case "number":
                return self._random.choice((0, 1.5, -2, 1e-7, 12345678.9))
            case "boolean":
                return self._random.random() < 0.5
