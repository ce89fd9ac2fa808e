"""Expressions, with what object literals and the bodies of functions are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from .comments import NO_DOC, JSDoc
from .parameters import Parameter
from .symbols import Symbol
from .types import Type, TypeParameter

if TYPE_CHECKING:
    from .statements import Statement


@dataclass(frozen=True, slots=True)
class Name:
    """A local or global value."""

    name: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A value that a module exports."""

    symbol: Symbol


@dataclass(frozen=True, slots=True)
class StringLiteral:
    """``"text"``."""

    value: str


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """``1``, ``-2.5``."""

    value: int | float


@dataclass(frozen=True, slots=True)
class RegexLiteral:
    """``/pattern/flags``. ``/`` and line ends in the pattern are escaped; whether it is valid is not checked."""

    pattern: str
    flags: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A template literal: strings as they are to be read, and expressions. ``tag`` makes it a tagged one."""

    parts: tuple[str | Expression, ...]
    tag: Expression | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """``object.name``, ``object?.name``; ``#name`` is a private one. A name that is none becomes ``object["na-me"]``."""

    object: Expression
    name: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """``object[index]``."""

    object: Expression
    index: Expression
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """``callee<T>(...)``."""

    callee: Expression
    args: tuple[Expression, ...] = ()
    type_args: tuple[Type, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class New:
    """``new callee<T>(...)``."""

    callee: Expression
    args: tuple[Expression, ...] = ()
    type_args: tuple[Type, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """``{ ... }`` of a function."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """``(a) => b``."""

    params: tuple[Parameter, ...]
    body: Expression | Block
    returns: Type | None = None
    is_async: bool = False
    type_params: tuple[TypeParameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """``key: value``; printed as ``key`` where both are the same name."""

    key: str
    value: Expression
    doc: JSDoc = NO_DOC


@dataclass(frozen=True, slots=True)
class ComputedProperty:
    """``[key]: value``."""

    key: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class Getter:
    """``get name(): T { return value; }`` of an object literal or class."""

    name: str
    body: Block
    returns: Type | None = None
    doc: JSDoc = NO_DOC


@dataclass(frozen=True, slots=True)
class Spread:
    """``...value`` in a call, array or object."""

    value: Expression


ObjectMember: TypeAlias = "Property | ComputedProperty | Getter | Spread"


@dataclass(frozen=True, slots=True)
class ObjectLiteral:
    """``{ a: 1 }``; ``broken`` keeps it on several lines even where it would fit on one."""

    members: tuple[ObjectMember, ...]
    broken: bool = False


@dataclass(frozen=True, slots=True)
class ArrayLiteral:
    """``[a, b]``."""

    elements: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Unary:
    """``!a``, ``-a``, ``typeof a``, ``await a``, ``yield a``, ``yield* a``."""

    operator: Literal["!", "-", "+", "typeof", "void", "await", "yield", "yield*"]
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """``a && b``."""

    operator: Literal["??", "||", "&&", "===", "!==", "<", ">", "<=", ">=", "in", "instanceof", "+", "-", "*", "/", "%"]
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Conditional:
    """``test ? yes : no``."""

    test: Expression
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Assign:
    """``target = value``."""

    target: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class Cast:
    """``value as T``, ``value satisfies T``; a type of ``None`` is ``as const``."""

    value: Expression
    type: Type | None
    operator: Literal["as", "satisfies"] = "as"


Expression: TypeAlias = (
    "Name | Ref | StringLiteral | NumberLiteral | RegexLiteral | Template | Member | Index | Call | New | Arrow | ObjectLiteral"
    " | ArrayLiteral | Spread | Unary | Binary | Conditional | Assign | Cast"
)

THIS = Name("this")
NULL = Name("null")
TRUE = Name("true")
FALSE = Name("false")
UNDEFINED = Name("undefined")


def name(text: str) -> Name:
    """A local or global value; also ``this``, ``null``, ``true``, ``undefined``, ``super``."""
    return Name(text)


def ref(target: Symbol) -> Ref:
    """A value that a module exports; imports it."""
    return Ref(target)


def string(value: str) -> StringLiteral:
    """``"text"``."""
    return StringLiteral(value)


def number(value: int | float) -> NumberLiteral:
    """``1``."""
    return NumberLiteral(value)


def regex(pattern: str, flags: str = "") -> RegexLiteral:
    """``/pattern/``."""
    return RegexLiteral(pattern, flags)


def template(*parts: str | Expression, tag: Expression | None = None) -> Template:
    """A template literal, tagged where ``tag`` is given."""
    return Template(parts, tag)


def member(object: Expression, *names: str, optional: bool = False) -> Expression:
    """``object.a.b``; ``optional`` makes every step ``?.``."""
    for one in names:
        object = Member(object, one, optional)
    return object


def index(object: Expression, at: Expression, *, optional: bool = False) -> Index:
    """``object[at]``."""
    return Index(object, at, optional)


def call(callee: Expression, *args: Expression, types: Iterable[Type] = (), optional: bool = False) -> Call:
    """``callee(...)``."""
    return Call(callee, args, tuple(types), optional)


def chain(object: Expression, *calls: tuple[str, Iterable[Expression]]) -> Expression:
    """``object.a(...).b(...)``: each call a pair of method and arguments."""
    for method_name, args in calls:
        object = Call(Member(object, method_name), tuple(args))
    return object


def new(callee: Expression, *args: Expression, types: Iterable[Type] = ()) -> New:
    """``new callee(...)``."""
    return New(callee, args, tuple(types))


def block(*statements: Statement) -> Block:
    """``{ ... }``."""
    return Block(statements)


def arrow(
    params: Iterable[Parameter], body: Expression | Block, *, returns: Type | None = None, is_async: bool = False,
    type_params: Iterable[TypeParameter] = (),
) -> Arrow:
    """``(a) => b``."""
    return Arrow(tuple(params), body, returns, is_async, tuple(type_params))


def pair(key: str, value: Expression, *, doc: JSDoc = NO_DOC) -> Property:
    """``key: value`` of an object literal."""
    return Property(key, value, doc)


def obj(*members: ObjectMember | tuple[str, Expression], broken: bool = False) -> ObjectLiteral:
    """``{ a: 1, ...b }``; a pair is a property."""
    return ObjectLiteral(tuple(Property(m[0], m[1]) if isinstance(m, tuple) else m for m in members), broken)


def array(*elements: Expression) -> ArrayLiteral:
    """``[a, b]``."""
    return ArrayLiteral(elements)


def spread(value: Expression) -> Spread:
    """``...value``."""
    return Spread(value)


def getter(name: str, *statements: Statement, returns: Type | None = None, doc: JSDoc = NO_DOC) -> Getter:
    """``get name() { ... }``."""
    return Getter(name, Block(statements), returns, doc)


def unary(
    operator: Literal["!", "-", "+", "typeof", "void", "await", "yield", "yield*"], operand: Expression
) -> Unary:
    """``!a``."""
    return Unary(operator, operand)


def await_(value: Expression) -> Unary:
    """``await value``."""
    return Unary("await", value)


def binary(
    left: Expression,
    operator: Literal["??", "||", "&&", "===", "!==", "<", ">", "<=", ">=", "in", "instanceof", "+", "-", "*", "/", "%"],
    right: Expression,
) -> Binary:
    """``left operator right``."""
    return Binary(operator, left, right)


def conditional(test: Expression, yes: Expression, no: Expression) -> Conditional:
    """``test ? yes : no``."""
    return Conditional(test, yes, no)


def assign(target: Expression, value: Expression) -> Assign:
    """``target = value``."""
    return Assign(target, value)


def as_const(value: Expression) -> Cast:
    """``value as const``."""
    return Cast(value, None)


def as_type(value: Expression, type: Type) -> Cast:
    """``value as T``. Rarely right: see whether ``satisfies`` does."""
    return Cast(value, type)


def satisfies(value: Expression, type: Type) -> Cast:
    """``value satisfies T``."""
    return Cast(value, type, "satisfies")
