"""Types, and the parameters of generic ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from .symbols import Symbol, Target

if TYPE_CHECKING:
    from .members import TypeMember
    from .parameters import Parameter


@dataclass(frozen=True, slots=True)
class Keyword:
    """A built-in type: ``string``, ``unknown``, ``null``, ..."""

    name: Literal["string", "number", "boolean", "bigint", "unknown", "never", "void", "null", "undefined", "object", "this"]


STRING = Keyword("string")
NUMBER = Keyword("number")
BOOLEAN = Keyword("boolean")
UNKNOWN = Keyword("unknown")
NEVER = Keyword("never")
VOID = Keyword("void")
NULL_TYPE = Keyword("null")
UNDEFINED_TYPE = Keyword("undefined")


@dataclass(frozen=True, slots=True)
class TypeRef:
    """A named type: ``Product``, ``Promise<void>``, ``z.infer<T>`` (``path`` is then ``("infer",)``)."""

    target: Target
    args: tuple[Type, ...] = ()
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LiteralNode:
    """The type of one value."""

    value: str | bool | int | float


@dataclass(frozen=True, slots=True)
class ArrayNode:
    """``T[]``, ``readonly T[]``."""

    items: Type
    readonly: bool = False


@dataclass(frozen=True, slots=True)
class TupleElement:
    """One position: ``T``, ``T?``, ``...T[]`` (``type`` is then the array), ``name: T``."""

    type: Type
    optional: bool = False
    rest: bool = False
    name: str | None = None


@dataclass(frozen=True, slots=True)
class TupleNode:
    """``[A, B?, ...C[]]``."""

    elements: tuple[TupleElement, ...]
    readonly: bool = False


@dataclass(frozen=True, slots=True)
class UnionNode:
    """``A | B``. Made by :func:`union_of`, which flattens."""

    members: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class IntersectionNode:
    """``A & B``."""

    members: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class ObjectNode:
    """``{ a: string }``."""

    members: tuple[TypeMember, ...]
    broken: bool = False


@dataclass(frozen=True, slots=True)
class FunctionNode:
    """``(a: A) => B``. Its parameters have no defaults."""

    params: tuple[Parameter, ...]
    returns: Type
    type_params: tuple[TypeParameter, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeofNode:
    """``typeof value.path``."""

    target: Target
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexedNode:
    """``T[K]``."""

    object: Type
    index: Type


@dataclass(frozen=True, slots=True)
class OperatorNode:
    """``keyof T``."""

    operator: Literal["keyof"]
    type: Type


Type: TypeAlias = (
    "Keyword | TypeRef | LiteralNode | ArrayNode | TupleNode | UnionNode | IntersectionNode | ObjectNode | FunctionNode"
    " | TypeofNode | IndexedNode | OperatorNode"
)


@dataclass(frozen=True, slots=True)
class TypeParameter:
    """``T extends C = D``."""

    name: str
    constraint: Type | None = None
    default: Type | None = None


def type_ref(target: Symbol, *args: Type, path: Iterable[str] = ()) -> TypeRef:
    """A type that a module exports; ``path=("infer",)`` for ``z.infer``."""
    return TypeRef(target, args, tuple(path))


def type_name(name: str, *args: Type) -> TypeRef:
    """A local or global type: ``type_name("Promise", VOID)``."""
    return TypeRef(name, args)


def literal(value: str | bool | int | float) -> LiteralNode:
    """The type of one value."""
    return LiteralNode(value)


def array_of(items: Type, *, readonly: bool = False) -> ArrayNode:
    """``T[]``."""
    return ArrayNode(items, readonly)


def tuple_of(*elements: Type | TupleElement, readonly: bool = False) -> TupleNode:
    """``[A, B]``."""
    return TupleNode(tuple(e if isinstance(e, TupleElement) else TupleElement(e) for e in elements), readonly)


def union_of(*members: Type) -> Type:
    """``A | B``: flat, without duplicates; ``never`` for none."""
    flat: dict[tuple[Type, type], Type] = {}
    for member in members:
        for one in member.members if isinstance(member, UnionNode) else (member,):
            flat.setdefault((one, type(one.value) if isinstance(one, LiteralNode) else type(one)), one)
    if not flat:
        return NEVER
    found = tuple(flat.values())
    return found[0] if len(found) == 1 else UnionNode(found)


def intersection_of(*members: Type) -> Type:
    """``A & B``."""
    return members[0] if len(members) == 1 else IntersectionNode(members)


def object_type(*members: TypeMember, broken: bool = False) -> ObjectNode:
    """``{ a: string }``."""
    return ObjectNode(members, broken)


def function_type(params: Iterable[Parameter], returns: Type, type_params: Iterable[TypeParameter] = ()) -> FunctionNode:
    """``(a: A) => B``."""
    return FunctionNode(tuple(params), returns, tuple(type_params))


def typeof(target: Target, *path: str) -> TypeofNode:
    """``typeof value``."""
    return TypeofNode(target, path)


def indexed(object: Type, index: Type) -> IndexedNode:
    """``T[K]``."""
    return IndexedNode(object, index)


def keyof(type: Type) -> OperatorNode:
    """``keyof T``."""
    return OperatorNode("keyof", type)


def type_param(name: str, constraint: Type | None = None, default: Type | None = None) -> TypeParameter:
    """``T extends C = D``."""
    return TypeParameter(name, constraint, default)
