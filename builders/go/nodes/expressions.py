"""Expressions. A type is one too, where it is called (a conversion) or handed to ``make`` and ``new``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from .symbols import checked
from .types import (
    ArrayType,
    FuncType,
    Instance,
    InterfaceType,
    MapType,
    Name,
    Parameter,
    Pointer,
    Ref,
    SliceType,
    StructType,
    Type,
    name,
    parameters,
)

if TYPE_CHECKING:
    from .statements import Statement


@dataclass(frozen=True, slots=True)
class StringLiteral:
    """A string of exactly this value. ``raw`` asks for backquotes, which it gets where they can hold the value."""

    value: str
    raw: bool = False


@dataclass(frozen=True, slots=True)
class RuneLiteral:
    """One character: ``'a'``."""

    value: str


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """An integer or a floating-point number, negative ones too. A float is always written as one: ``1.0``."""

    value: int | float


@dataclass(frozen=True, slots=True)
class Selector:
    """``value.name``."""

    value: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """``function(args)``; ``spread`` hands on the last one as ``args...``, ``multiline`` gives each a line."""

    function: Expression
    args: tuple[Expression, ...] = ()
    spread: bool = False
    multiline: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """``value[index]``."""

    value: Expression
    index: Expression


@dataclass(frozen=True, slots=True)
class Slicing:
    """``value[low:high]``."""

    value: Expression
    low: Expression | None = None
    high: Expression | None = None


@dataclass(frozen=True, slots=True)
class TypeAssertion:
    """``value.(T)``."""

    value: Expression
    type: Type


UnaryOperator: TypeAlias = Literal["&", "*", "!", "-", "+", "^", "<-"]
BinaryOperator: TypeAlias = Literal[
    "||", "&&", "==", "!=", "<", "<=", ">", ">=", "+", "-", "|", "^", "*", "/", "%", "<<", ">>", "&", "&^"
]


@dataclass(frozen=True, slots=True)
class Unary:
    """``&value``, ``!value``, ``*value``."""

    operator: UnaryOperator
    value: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """``left + right``. The printer adds the parentheses that the tree needs."""

    left: Expression
    operator: BinaryOperator
    right: Expression


@dataclass(frozen=True, slots=True)
class Pair:
    """``key: value`` in a literal: a field's name, or an expression for a map or an array."""

    key: str | Expression
    value: Element


@dataclass(frozen=True, slots=True)
class Elements:
    """``{...}`` inside a literal, where the type is left out."""

    elements: tuple[Pair | Element, ...] = ()
    multiline: bool = False


@dataclass(frozen=True, slots=True)
class Composite:
    """``T{...}``; ``multiline`` gives each element a line, in aligned columns."""

    type: Type
    elements: tuple[Pair | Element, ...] = ()
    multiline: bool = False


@dataclass(frozen=True, slots=True)
class FuncLiteral:
    """``func(a A) B { ... }``; ``one_line`` keeps a short body beside the braces."""

    type: FuncType
    body: tuple[Statement, ...] = ()
    one_line: bool = False


Expression: TypeAlias = (
    Name
    | Ref
    | StringLiteral
    | RuneLiteral
    | NumberLiteral
    | Selector
    | Call
    | Index
    | Slicing
    | TypeAssertion
    | Unary
    | Binary
    | Composite
    | FuncLiteral
    | Instance
    | Pointer
    | SliceType
    | ArrayType
    | MapType
    | FuncType
    | StructType
    | InterfaceType
)
Element: TypeAlias = "Expression | Elements"

NIL: Final = Name("nil")
TRUE: Final = Name("true")
FALSE: Final = Name("false")
BLANK_NAME: Final = Name("_")


@lru_cache(maxsize=16_384)
def string(value: str) -> StringLiteral:
    """A string literal of exactly ``value``."""
    return StringLiteral(value)


def raw_string(value: str) -> StringLiteral:
    """A string between backquotes, where it can be one."""
    return StringLiteral(value, raw=True)


def rune(value: str) -> RuneLiteral:
    """A character.

    Raises:
        ValueError: it is not one character.
    """
    if len(value) != 1:
        raise ValueError(value)
    return RuneLiteral(value)


def number(value: int | float) -> NumberLiteral:
    """A number.

    Raises:
        ValueError: Go has no literal for it (infinity, NaN), or it is a truth value.
    """
    if isinstance(value, bool) or value != value or value in (float("inf"), float("-inf")):
        raise ValueError(repr(value))
    return NumberLiteral(value)


def constant(value: str | bool | int | float | None) -> Expression:
    """A literal of any JSON scalar; null is ``nil``."""
    if value is None:
        return NIL
    if isinstance(value, bool):
        return TRUE if value else FALSE
    return string(value) if isinstance(value, str) else number(value)


@lru_cache(maxsize=16_384)
def selector(value: Expression, *names: str) -> Expression:
    """``value.name``; more names go deeper."""
    for one in names:
        value = Selector(value, checked(one))
    return value


@lru_cache(maxsize=16_384)
def dotted(path: str) -> Expression:
    """``req.query``: a local name, and what is selected from it."""
    first, *rest = path.split(".")
    return selector(name(first), *rest)


def call(function: Expression, *args: Expression, spread: bool = False, multiline: bool = False) -> Call:
    """A call, or a conversion where ``function`` is a type."""
    return Call(function, args, spread, multiline)


def index(value: Expression, at: Expression) -> Index:
    """``value[at]``."""
    return Index(value, at)


def slicing(value: Expression, low: Expression | None = None, high: Expression | None = None) -> Slicing:
    """``value[low:high]``."""
    return Slicing(value, low, high)


def type_assertion(value: Expression, type: Type) -> TypeAssertion:
    """``value.(type)``."""
    return TypeAssertion(value, type)


def unary(operator: UnaryOperator, value: Expression) -> Unary:
    """``!value``."""
    return Unary(operator, value)


def address_of(value: Expression) -> Unary:
    """``&value``."""
    return Unary("&", value)


def deref(value: Expression) -> Unary:
    """``*value``."""
    return Unary("*", value)


def not_(value: Expression) -> Unary:
    """``!value``."""
    return Unary("!", value)


def binary(left: Expression, operator: BinaryOperator, right: Expression) -> Binary:
    """``left operator right``."""
    return Binary(left, operator, right)


def chain(operator: BinaryOperator, *operands: Expression) -> Expression:
    """``a && b && c``; of one operand, that one."""
    first, *rest = operands
    for operand in rest:
        first = Binary(first, operator, operand)
    return first


def pair(key: str | Expression, value: Element) -> Pair:
    """``key: value``; a string is a field's name."""
    return Pair(checked(key) if isinstance(key, str) else key, value)


def composite(type: Type, elements: Iterable[Pair | Element] = (), *, multiline: bool = False) -> Composite:
    """``type{elements}``."""
    return Composite(type, tuple(elements), multiline)


def elements(given: Iterable[Pair | Element] = (), *, multiline: bool = False) -> Elements:
    """``{elements}`` inside a literal of slices, arrays or maps."""
    return Elements(tuple(given), multiline)


def func_literal(
    params: Iterable[Parameter | Type],
    results: Iterable[Parameter | Type],
    body: Iterable[Statement],
    *,
    one_line: bool = False,
) -> FuncLiteral:
    """``func(params) results { body }``."""
    return FuncLiteral(FuncType(parameters(params), parameters(results)), tuple(body), one_line)
