"""The closed sum of types: what a value may be, without a name of its own.

``null`` is a type like any other, the literal ``None``: a nullable string is the union of a string and ``NULL``. There is
one spelling of everything: :func:`union` flattens, drops duplicates and puts ``NULL`` last, and no code builds a
:class:`UnionType` around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Literal, assert_never

from pydantic import Field

from .node import IRNode, trusted

Number = int | float
LiteralValue = str | bool | int | float | None


class Constraints(IRNode):
    """What JSON Schema Validation (2020-12 §6.2, §6.3) asks of a string or a number. Bounds are inclusive unless named so."""

    minimum: Number | None = None
    maximum: Number | None = None
    exclusive_minimum: Number | None = None
    exclusive_maximum: Number | None = None
    multiple_of: Number | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    """An ECMA-262 regular expression, not anchored; not checked here for being one."""


NO_CONSTRAINTS = trusted(Constraints)()


class ScalarType(IRNode):
    """A string, a number or a boolean. ``format`` is the document's word (``date-time``, ``int64``, ``decimal``, ``x-own``)."""

    kind: Literal["scalar"] = "scalar"
    type: Literal["string", "integer", "number", "boolean"]
    format: str | None = None
    constraints: Constraints = NO_CONSTRAINTS
    content_encoding: str | None = None
    content_media_type: str | None = None


class LiteralType(IRNode):
    """Exactly one value: a ``const``, an inline enum's only value, a discriminator's, or ``null``."""

    kind: Literal["literal"] = "literal"
    value: LiteralValue


class ArrayType(IRNode):
    """Any number of values of one type."""

    kind: Literal["array"] = "array"
    items: IRType
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False


class MapType(IRNode):
    """String keys, values of one type. ``key_pattern`` is the regular expression that keys match, where there is one."""

    kind: Literal["map"] = "map"
    values: IRType
    key_pattern: str | None = None
    min_properties: int | None = None
    max_properties: int | None = None


class TupleType(IRNode):
    """Values by position (``prefixItems``). ``rest`` types further ones; ``NEVER`` there means that none may follow."""

    kind: Literal["tuple"] = "tuple"
    items: tuple[IRType, ...]
    rest: IRType
    min_items: int = 0
    """How many values must be there at least; a required position is one below this."""


class ReferenceType(IRNode):
    """A schema of the context by its name. The name is always there: dangling references never reach the IR."""

    kind: Literal["reference"] = "reference"
    name: str


class UnionType(IRNode):
    """One of several types. Made by :func:`union` only: at least two members, flat, no duplicates, ``NULL`` last."""

    kind: Literal["union"] = "union"
    members: tuple[IRType, ...]


class AnyType(IRNode):
    """Any JSON value."""

    kind: Literal["anything"] = "anything"


class NeverType(IRNode):
    """No value at all (the boolean schema ``false``)."""

    kind: Literal["never"] = "never"


class UploadType(IRNode):
    """Raw bytes: a file in a form, or a body that is nothing else. Never inside JSON, where bytes are a string."""

    kind: Literal["upload"] = "upload"
    media_type: str | None = None


IRType = Annotated[
    ScalarType
    | LiteralType
    | ArrayType
    | MapType
    | TupleType
    | ReferenceType
    | UnionType
    | AnyType
    | NeverType
    | UploadType,
    Field(discriminator="kind"),
]

_scalar = trusted(ScalarType)
_union = trusted(UnionType)

NULL = trusted(LiteralType)(value=None)
ANYTHING = trusted(AnyType)()
NEVER = trusted(NeverType)()
STRING = _scalar(type="string")
INTEGER = _scalar(type="integer")
NUMBER = _scalar(type="number")
BOOLEAN = _scalar(type="boolean")


def same_literal(left: LiteralValue, right: LiteralValue) -> bool:
    """Whether two values are one JSON value: ``1`` and ``True`` are two, ``1`` and ``1.0`` are one."""
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def same_type(left: IRType, right: IRType) -> bool:
    """Equality of types that keeps ``true`` and ``1`` apart, which Python's ``==`` does not."""
    if isinstance(left, LiteralType) and isinstance(right, LiteralType):
        return same_literal(left.value, right.value)
    return left == right


def union(members: Iterable[IRType]) -> IRType:
    """One type for all of ``members``: flat, without duplicates and ``NEVER``, ``NULL`` last; anything swallows the rest."""
    flat: list[IRType] = []
    has_null = False
    for member in _flatten(members):
        if isinstance(member, AnyType):
            return ANYTHING
        if isinstance(member, LiteralType) and member.value is None:
            has_null = True
        elif not isinstance(member, NeverType) and not any(same_type(member, known) for known in flat):
            flat.append(member)
    if has_null:
        flat.append(NULL)
    if not flat:
        return NEVER
    return flat[0] if len(flat) == 1 else _union(members=tuple(flat))


def _flatten(members: Iterable[IRType]) -> Iterator[IRType]:
    for member in members:
        if isinstance(member, UnionType):
            yield from member.members
        else:
            yield member


def nullable(type: IRType) -> IRType:
    """``type`` or ``null``; a type that allows ``null`` comes back as it is."""
    if isinstance(type, ScalarType | ReferenceType):
        return _union(members=(type, NULL))
    return type if allows_null(type) else union((type, NULL))


def allows_null(type: IRType) -> bool:
    """Whether ``null`` is a value of ``type``. A reference is asked about by its schema, never here."""
    match type:
        case UnionType(members=members):
            return is_null(members[-1])
        case AnyType():
            return True
        case _:
            return is_null(type)


def is_null(type: IRType) -> bool:
    """Whether ``type`` is ``NULL`` and nothing else."""
    return isinstance(type, LiteralType) and type.value is None


def without_null(type: IRType) -> IRType:
    """``type`` less ``null``; ``NEVER`` where nothing is left."""
    match type:
        case ScalarType() | ReferenceType():
            return type
        case UnionType(members=members):
            return union(members[:-1]) if is_null(members[-1]) else type
        case _:
            return NEVER if is_null(type) else type


def children(type: IRType) -> tuple[IRType, ...]:
    """The types directly inside ``type``."""
    match type:
        case ArrayType(items=items):
            return (items,)
        case MapType(values=values):
            return (values,)
        case TupleType(items=items, rest=rest):
            return (*items, rest)
        case UnionType(members=members):
            return members
        case ScalarType() | LiteralType() | ReferenceType() | AnyType() | NeverType() | UploadType():
            return ()
        case _:
            assert_never(type)


def references(type: IRType) -> Iterator[str]:
    """Names of the schemas that ``type`` mentions, in order, duplicates included."""
    found: list[str] = []
    _collect_references(type, found)
    return iter(found)


def _collect_references(type: IRType, found: list[str]) -> None:
    # Asked of every type of a document several times over, so the most frequent kinds come first.
    if isinstance(type, ScalarType):
        return
    if isinstance(type, ReferenceType):
        found.append(type.name)
        return
    for child in children(type):
        _collect_references(child, found)


def replace(type: IRType, change: Callable[[IRType], IRType]) -> IRType:
    """``type`` with ``change`` applied to every type in it, innermost first; untouched parts are shared, not copied."""
    match type:
        case ScalarType() | ReferenceType():
            pass
        case ArrayType(items=items):
            new = replace(items, change)
            type = type if new is items else type.model_copy(update={"items": new})
        case MapType(values=values):
            new = replace(values, change)
            type = type if new is values else type.model_copy(update={"values": new})
        case TupleType(items=items, rest=rest):
            news, new = tuple(replace(item, change) for item in items), replace(rest, change)
            same = new is rest and all(a is b for a, b in zip(news, items, strict=True))
            type = type if same else type.model_copy(update={"items": news, "rest": new})
        case UnionType(members=members):
            news = tuple(replace(member, change) for member in members)
            type = type if all(a is b for a, b in zip(news, members, strict=True)) else union(news)
        case LiteralType() | AnyType() | NeverType() | UploadType():
            pass
        case _:
            assert_never(type)
    return change(type)
