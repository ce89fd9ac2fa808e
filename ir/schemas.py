"""Schemas: the declarations of an API, each with a name: object, enum, union, alias."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, assert_never

from pydantic import Field, JsonValue

from . import types
from .node import IRNode
from .types import IRType


class Role(StrEnum):
    """Which way a schema travels, where that makes a difference."""

    PLAIN = "plain"
    """Both ways, or not known to be split."""
    RESPONSE = "response"
    """What the server answers; has request variants beside it."""
    REQUEST = "request"
    """What is sent to create or replace: read-only properties left out."""
    PATCH = "patch"
    """What is sent to change a part: as ``REQUEST``, nothing required."""


class Default(IRNode):
    """A default value: a wrapper, because ``null`` is one too."""

    value: JsonValue


class IRPropertyObject(IRNode):
    """A property of an object. ``name`` is the wire name. That it may be left out and that it may be null are two things."""

    name: str
    type: IRType
    required: bool = False
    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False
    title: str | None = None
    description: str | None = None
    default: Default | None = None
    examples: tuple[JsonValue, ...] = ()


class IRSchemaObject(IRNode):
    """What all declarations have.

    ``name`` is unique in the context: a component's own key as the document spells it, or, for a schema that stood inline, words
    of where it stood in PascalCase (``ProductPayment``). Builders make each language's names of it.
    """

    name: str
    title: str | None = None
    description: str | None = None
    deprecated: bool = False
    examples: tuple[JsonValue, ...] = ()
    home: str | None = None
    """The one tag whose operations use it, directly or through others; ``None``: several do, or none (it lives in ``common``)."""
    role: Role = Role.PLAIN
    base: str | None = None
    """For a ``REQUEST`` or ``PATCH`` variant: the name of the schema it is a variant of."""
    pointer: str | None = None
    """Where it stands in the document (RFC 6901)."""
    inline: bool = False
    """Whether the name is ours, because the schema stood inline."""


class IRObjectSchema(IRSchemaObject):
    """Named properties, in document order, and what other keys may hold."""

    kind: Literal["object"] = "object"
    properties: tuple[IRPropertyObject, ...] = ()
    additional: IRType | None = None
    """Type of keys that ``properties`` does not name. ``None``: the document does not say; ``NEVER``: there are none."""
    min_properties: int | None = None
    max_properties: int | None = None


class EnumMember(IRNode):
    """One value. ``name`` and ``description`` are the document's (x-enum-varnames and its like), if it has them."""

    value: str | bool | int | float
    name: str | None = None
    description: str | None = None
    deprecated: bool = False


class IREnumSchema(IRSchemaObject):
    """Values to choose from, at least one, in document order, no two the same. ``null`` is never one: references say it."""

    kind: Literal["enum"] = "enum"
    members: tuple[EnumMember, ...]

    @property
    def value_type(self) -> Literal["string", "integer", "mixed"]:
        """What all the values are; numbers with a fraction, booleans and several kinds at once are ``mixed``."""
        if all(isinstance(m.value, str) for m in self.members):
            return "string"
        if all(isinstance(m.value, int) and not isinstance(m.value, bool) for m in self.members):
            return "integer"
        return "mixed"


class Discriminator(IRNode):
    """Which property tells the members of a union apart, and how.

    Every member that ``mapping`` names is a reference to an object schema in which ``property_name`` is required and
    has a literal type (or a union of literals): lowering makes it so. Several values may name one schema.
    """

    property_name: str
    mapping: tuple[tuple[str, str], ...]
    """Pairs of value and schema name, in the order of the union's members."""


class IRUnionSchema(IRSchemaObject):
    """One of several types, with a name. No member is a union itself; ``NULL`` is never one: references say it."""

    kind: Literal["union"] = "union"
    members: tuple[IRType, ...]
    discriminator: Discriminator | None = None
    exclusive: bool = False
    """``oneOf``: a value is to match exactly one member."""


class IRAliasSchema(IRSchemaObject):
    """Another name for a type: a named scalar, array, map or tuple."""

    kind: Literal["alias"] = "alias"
    type: IRType


IRSchema = Annotated[IRObjectSchema | IREnumSchema | IRUnionSchema | IRAliasSchema, Field(discriminator="kind")]


def schema_types(schema: IRSchema) -> Iterator[IRType]:
    """The types that stand directly in a schema, in document order."""
    match schema:
        case IRObjectSchema(properties=properties, additional=additional):
            for prop in properties:
                yield prop.type
            if additional is not None:
                yield additional
        case IREnumSchema():
            pass
        case IRUnionSchema(members=members):
            yield from members
        case IRAliasSchema(type=type):
            yield type
        case _:
            assert_never(schema)


def schema_references(schema: IRSchema) -> Iterator[str]:
    """Names of the schemas that ``schema`` mentions, in order, duplicates included."""
    for type in schema_types(schema):
        yield from types.references(type)
