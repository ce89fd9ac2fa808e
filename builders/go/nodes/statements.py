"""Statements: what stands in the body of a function, a line or a block each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from .comments import Doc, DocBlock, doc
from .expressions import Expression
from .symbols import checked
from .types import Type

if TYPE_CHECKING:
    from .declarations import TypeDeclaration, Values


@dataclass(frozen=True, slots=True)
class ExpressionStatement:
    """A call for its effect."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Define:
    """``a, b := value``."""

    names: tuple[str, ...]
    values: tuple[Expression, ...]


AssignmentOperator: TypeAlias = Literal["=", "+=", "-=", "*=", "/=", "%=", "|=", "&=", "^=", "<<=", ">>="]


@dataclass(frozen=True, slots=True)
class Assign:
    """``target = value``."""

    targets: tuple[Expression, ...]
    operator: AssignmentOperator
    values: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """``target++`` and ``target--``."""

    target: Expression
    operator: Literal["++", "--"] = "++"


SimpleStatement: TypeAlias = ExpressionStatement | Define | Assign | Step


@dataclass(frozen=True, slots=True)
class Return:
    """``return values``."""

    values: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class If:
    """``if init; condition { ... } else ...``; another ``If`` alone in ``otherwise`` is ``else if``."""

    condition: Expression
    body: tuple[Statement, ...]
    otherwise: tuple[Statement, ...] = ()
    init: SimpleStatement | None = None


@dataclass(frozen=True, slots=True)
class For:
    """``for init; condition; post { ... }``; with a condition alone a while loop, with nothing an endless one."""

    body: tuple[Statement, ...]
    condition: Expression | None = None
    init: SimpleStatement | None = None
    post: SimpleStatement | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """``for a, b := range subject { ... }``, over functions too; without names, ``for range subject``."""

    subject: Expression
    body: tuple[Statement, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """``case a, b:``; without values, ``default:``."""

    values: tuple[Expression, ...] | None
    body: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Switch:
    """``switch init; subject { ... }``."""

    subject: Expression | None
    cases: tuple[Case, ...]
    init: SimpleStatement | None = None


@dataclass(frozen=True, slots=True)
class TypeSwitch:
    """``switch name := subject.(type) { ... }``."""

    subject: Expression
    cases: tuple[Case, ...]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Defer:
    """``defer call``."""

    call: Expression


@dataclass(frozen=True, slots=True)
class Go:
    """``go call``."""

    call: Expression


@dataclass(frozen=True, slots=True)
class Block:
    """``{ ... }``."""

    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Labeled:
    """``label:`` before a loop."""

    label: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Branch:
    """``continue``, ``break``, ``fallthrough``."""

    word: Literal["continue", "break", "fallthrough"]
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in a body."""

    text: Doc


@dataclass(frozen=True, slots=True)
class BlankLine:
    """A blank line between two statements; at the ends of a body it is nothing."""


Statement: TypeAlias = (
    "SimpleStatement | Return | If | For | Range | Switch | TypeSwitch | Defer | Go | Block | Labeled | Branch | Comment"
    " | BlankLine | Values | TypeDeclaration"
)

CONTINUE: Final = Branch("continue")
BREAK: Final = Branch("break")
FALLTHROUGH: Final = Branch("fallthrough")
BLANK: Final = BlankLine()


def expression(value: Expression) -> ExpressionStatement:
    """A call for its effect."""
    return ExpressionStatement(value)


def define(names: str | Iterable[str], *values: Expression) -> Define:
    """``names := values``."""
    given = (names,) if isinstance(names, str) else names
    return Define(tuple(checked(one) for one in given), values)


def assign(target: Expression | Iterable[Expression], *values: Expression, operator: AssignmentOperator = "=") -> Assign:
    """``target = values``."""
    targets = tuple(target) if isinstance(target, Iterable) else (target,)
    return Assign(targets, operator, values)


def step(target: Expression, operator: Literal["++", "--"] = "++") -> Step:
    """``target++``."""
    return Step(target, operator)


def return_(*values: Expression) -> Return:
    """``return values``."""
    return Return(values)


def if_(
    condition: Expression,
    *body: Statement,
    otherwise: Iterable[Statement] = (),
    init: SimpleStatement | None = None,
) -> If:
    """``if init; condition { body } else { otherwise }``."""
    return If(condition, body, tuple(otherwise), init)


def while_(condition: Expression | None, *body: Statement) -> For:
    """``for condition { body }``; without one, ``for { body }``."""
    return For(body, condition)


def for_(init: SimpleStatement, condition: Expression, post: SimpleStatement, *body: Statement) -> For:
    """``for init; condition; post { body }``."""
    return For(body, condition, init, post)


def range_(names: str | Iterable[str], subject: Expression, *body: Statement) -> Range:
    """``for names := range subject { body }``; no names: ``for range subject``."""
    given = (names,) if isinstance(names, str) else names
    return Range(subject, body, tuple(checked(one) for one in given))


def case(values: Expression | Iterable[Expression], *body: Statement) -> Case:
    """``case values: body``; of a type switch, types."""
    return Case(tuple(values) if isinstance(values, Iterable) else (values,), body)


def default(*body: Statement) -> Case:
    """``default: body``."""
    return Case(None, body)


def switch(subject: Expression | None, *cases: Case, init: SimpleStatement | None = None) -> Switch:
    """``switch subject { cases }``."""
    return Switch(subject, cases, init)


def type_switch(text: str | None, subject: Expression, *cases: Case) -> TypeSwitch:
    """``switch name := subject.(type) { cases }``."""
    return TypeSwitch(subject, cases, None if text is None else checked(text))


def defer(call: Expression) -> Defer:
    """``defer call``."""
    return Defer(call)


def go(call: Expression) -> Go:
    """``go call``."""
    return Go(call)


def block(*body: Statement) -> Block:
    """``{ body }``."""
    return Block(body)


def labeled(label: str, statement: Statement) -> Labeled:
    """``label: statement``."""
    return Labeled(checked(label), statement)


def branch(word: Literal["continue", "break"], label: str) -> Branch:
    """``continue label``."""
    return Branch(word, checked(label))


def comment(*blocks: str | DocBlock) -> Comment:
    """A comment in a body."""
    return Comment(doc(*blocks))


def var(text: str, type: Type | None = None, value: Expression | None = None) -> Values:
    """``var name T = value`` in a body."""
    from .declarations import variable

    return variable(text, type, value)
