"""Calls, members and chains of them, as Prettier lays them out: what hugs the parentheses, when a chain breaks at its dots."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from specloom.builders.typescript import nodes
from specloom.builders.typescript.nodes import Expression
from specloom.printers.doc import (
    BREAK_PARENT,
    HARDLINE,
    LINE,
    SOFTLINE,
    Doc,
    conditional_group,
    forces_break,
    group,
    if_break,
    indent,
    join,
)

from .expressions import CannotHugError, arrow, expression
from .precedence import Binds, binding_of
from .scope import Scope
from .shapes import can_hug, is_number, is_simple, kind
from .strings import is_identifier
from .types import type_arguments

_FACTORY = re.compile(r"[A-Z]|[$_]+$")


class _Link(Enum):
    HEAD = auto()
    MEMBER = auto()
    INDEX = auto()
    NUMBER_INDEX = auto()
    CALL = auto()

    @property
    def is_member(self) -> bool:
        return self in (_Link.MEMBER, _Link.INDEX, _Link.NUMBER_INDEX)


class _Printed(NamedTuple):
    """One step of a chain: what it is, its name where it has one, its layout."""

    link: _Link
    name: str
    doc: Doc
    node: Expression


def call(scope: Scope, value: nodes.Call, *, is_statement: bool = False) -> tuple[Doc, bool]:
    """``callee(...)``, and whether it is a chain that breaks at its dots."""
    callee = value.callee
    if isinstance(callee, nodes.Member | nodes.Index):
        return _chain(scope, value, is_statement=is_statement)
    shown = (_callee(scope, callee), _tail(scope, value))
    return (group(shown), False) if isinstance(callee, nodes.Call) else (shown, False)


def new(scope: Scope, value: nodes.New) -> Doc:
    """``new callee(...)``."""
    return ("new ", _callee(scope, value.callee), type_arguments(scope, value.type_args), arguments(scope, value.args))


def _callee(scope: Scope, callee: Expression) -> Doc:
    shown = expression(scope, callee)
    return shown if binding_of(callee) >= Binds.CALL else ("(", shown, ")")


def _tail(scope: Scope, value: nodes.Call) -> Doc:
    return ("?." if value.optional else "", type_arguments(scope, value.type_args), arguments(scope, value.args))


def lookup(scope: Scope, value: nodes.Member | nodes.Index) -> Doc:
    """``.name``, ``?.name``, ``[index]``."""
    if isinstance(value, nodes.Member):
        if value.name.startswith("#") or is_identifier(value.name):
            return f"{'?.' if value.optional else '.'}{value.name}"
        at: Expression = nodes.StringLiteral(value.name)
    else:
        at = value.index
    dots = "?." if value.optional else ""
    if isinstance(at, nodes.NumberLiteral):
        return (dots, "[", expression(scope, at), "]")
    return group(dots, "[", indent(SOFTLINE, expression(scope, at)), SOFTLINE, "]")


def member(scope: Scope, value: nodes.Member | nodes.Index, *, inline: bool = False) -> Doc:
    """``object.name`` that is not called. ``inline``: it does not break before the name."""
    inner = value.object
    at = lookup(scope, value)
    if isinstance(inner, nodes.Member | nodes.Index):
        shown = member(scope, inner, inline=inline)
        plain = inline or _is_computed(value)
    else:
        shown = _object(scope, inner)
        plain = inline or _is_computed(value)
    return (shown, at) if plain else (shown, group(indent(SOFTLINE, at)))


def _object(scope: Scope, value: Expression) -> Doc:
    shown = expression(scope, value)
    if binding_of(value) >= Binds.CALL and not isinstance(value, nodes.NumberLiteral):
        return shown
    if isinstance(value, nodes.Unary) and value.operator == "await":
        return group("(", indent(SOFTLINE, shown), SOFTLINE, ")")
    if isinstance(value, nodes.Binary | nodes.Cast):
        return group("(", indent(SOFTLINE, shown), SOFTLINE, ")")
    return ("(", shown, ")")


def _is_computed(value: nodes.Member | nodes.Index) -> bool:
    return isinstance(value, nodes.Index) or not (value.name.startswith("#") or is_identifier(value.name))


def assigned(scope: Scope, value: Expression, *, is_declaration: bool) -> tuple[Doc, bool]:
    """The right side of an assignment, and whether it is a chain that breaks at its dots."""
    if isinstance(value, nodes.Call):
        return call(scope, value)
    if isinstance(value, nodes.Binary):
        return _assigned_binary(scope, value), False
    if is_declaration and isinstance(value, nodes.Member | nodes.Index):
        inner = value.object
        inline = isinstance(inner, nodes.Call) and (bool(inner.args) or is_member_chain(inner))
        return member(scope, value, inline=inline), False
    return expression(scope, value), False


def _assigned_binary(scope: Scope, value: nodes.Binary) -> Doc:
    from .expressions import binary_argument, binary_parts
    from .shapes import merges_object

    return binary_argument(scope, value) if merges_object(value) else group(*binary_parts(scope, value))


# -------------------------------------------------------------------------------------------------------------- chains


def _steps(scope: Scope, value: Expression, out: list[_Printed]) -> None:
    """The steps of a chain, from its head on."""
    match value:
        case nodes.Call(callee=nodes.Member() | nodes.Index() | nodes.Call() as callee):
            _steps(scope, callee, out)
            out.append(_Printed(_Link.CALL, "", _tail(scope, value), value))
        case nodes.Member(object=inner, name=name):
            _steps(scope, inner, out)
            link = _Link.INDEX if _is_computed(value) else _Link.MEMBER
            out.append(_Printed(link, name, lookup(scope, value), value))
        case nodes.Index(object=inner, index=at):
            _steps(scope, inner, out)
            link = _Link.NUMBER_INDEX if isinstance(at, nodes.NumberLiteral) else _Link.INDEX
            out.append(_Printed(link, "", lookup(scope, value), value))
        case _:
            shown = _object(scope, value)
            name = shown if isinstance(shown, str) and isinstance(value, nodes.Name | nodes.Ref) else ""
            out.append(_Printed(_Link.CALL if isinstance(value, nodes.Call) else _Link.HEAD, name, shown, value))


def _split(steps: list[_Printed]) -> list[list[_Printed]]:
    """The head and what stays with it, then a group for each run of members and their calls."""
    size = len(steps)
    at = 1
    while at < size and steps[at].link in (_Link.CALL, _Link.NUMBER_INDEX):
        at += 1
    if steps[0].link is not _Link.CALL:
        while at + 1 < size and steps[at].link.is_member and steps[at + 1].link.is_member:
            at += 1
    groups = [steps[:at]]
    current: list[_Printed] = []
    called = False
    for step in steps[at:]:
        if called and step.link.is_member:
            if step.link is _Link.NUMBER_INDEX:
                current.append(step)
                continue
            groups.append(current)
            current, called = [], False
        called = called or step.link is _Link.CALL
        current.append(step)
    if current:
        groups.append(current)
    return groups


def _stays_together(groups: list[list[_Printed]], *, is_statement: bool) -> bool:
    """Whether the first call stays on the head's line: ``this.x()``, ``Object.keys()``, ``z.object()`` as a statement."""
    if len(groups) < 2:
        return False
    computed = groups[1][0].link in (_Link.INDEX, _Link.NUMBER_INDEX)
    if len(groups[0]) == 1:
        head = groups[0][0]
        if isinstance(head.node, nodes.Name) and head.node.name == "this":
            return True
        return bool(head.name) and (
            bool(_FACTORY.match(head.name)) or (is_statement and len(head.name) <= 2) or computed
        )
    last = groups[0][-1]
    return last.link is _Link.MEMBER and not last.name.startswith("#") and (bool(_FACTORY.match(last.name)) or computed)


def is_member_chain(value: Expression) -> bool:
    """Whether a call is a chain that may break at its dots, rather than in its arguments."""
    if not isinstance(value, nodes.Call) or not isinstance(value.callee, nodes.Member | nodes.Index):
        return False
    steps: list[_Printed] = []
    _outline(value, steps)
    groups = _split(steps)
    return len(groups) > (3 if _stays_together(groups, is_statement=False) else 2)


def _outline(value: Expression, out: list[_Printed]) -> None:
    """The steps of a chain without their layout."""
    match value:
        case nodes.Call(callee=nodes.Member() | nodes.Index() | nodes.Call() as callee):
            _outline(callee, out)
            out.append(_Printed(_Link.CALL, "", "", value))
        case nodes.Member(object=inner, name=name):
            _outline(inner, out)
            out.append(_Printed(_Link.INDEX if _is_computed(value) else _Link.MEMBER, name, "", value))
        case nodes.Index(object=inner, index=at):
            _outline(inner, out)
            out.append(_Printed(_Link.NUMBER_INDEX if isinstance(at, nodes.NumberLiteral) else _Link.INDEX, "", "", value))
        case nodes.Name(name=name):
            out.append(_Printed(_Link.HEAD, name, "", value))
        case nodes.Ref(symbol=symbol):
            out.append(_Printed(_Link.HEAD, symbol.name, "", value))
        case _:
            out.append(_Printed(_Link.CALL if isinstance(value, nodes.Call) else _Link.HEAD, "", "", value))


def _chain(scope: Scope, value: nodes.Call, *, is_statement: bool) -> tuple[Doc, bool]:
    steps: list[_Printed] = []
    _steps(scope, value, steps)
    groups = _split(steps)
    together = _stays_together(groups, is_statement=is_statement)
    docs = [tuple(step.doc for step in one) for one in groups]
    one_line = tuple(docs)
    if len(groups) <= (3 if together else 2):
        return group(*one_line), False
    rest = docs[2:] if together else docs[1:]
    expanded = (docs[0], docs[1] if together else "", indent(HARDLINE, join(HARDLINE, rest)))
    calls = [step.node for step in steps if step.link is _Link.CALL]
    if (
        (len(calls) > 2 and not all(_has_simple_arguments(one) for one in calls))
        or any(forces_break(doc) for doc in docs[:-1])
        or (forces_break(docs[-1]) and any(_takes_function(one) for one in calls[:-1]))
    ):
        return group(expanded), True
    return (BREAK_PARENT if forces_break(one_line) else "", conditional_group((one_line, expanded))), True


def _has_simple_arguments(value: Expression) -> bool:
    return isinstance(value, nodes.Call) and all(is_simple(a) for a in value.args)


def _takes_function(value: Expression) -> bool:
    return isinstance(value, nodes.Call) and any(isinstance(a, nodes.Arrow) for a in value.args)


# ----------------------------------------------------------------------------------------------------------- arguments


def arguments(scope: Scope, args: tuple[Expression, ...]) -> Doc:
    """``(a, b)``."""
    if not args:
        return "()"
    if _is_hook_with_dependencies(args):
        return ("(", join(", ", [expression(scope, a) for a in args]), ")")
    shown: list[Doc] = []
    last = len(args) - 1
    for at, one in enumerate(args):
        doc = expression(scope, one)
        shown.append(doc if at == last else (doc, ",", LINE))
    if _composes_functions(args):
        return _broken_out(shown)
    if _hugs_first(args):
        return _hug_first(scope, args, shown)
    if _hugs_last(args):
        return _hug_last(scope, args, shown)
    breaks = any(forces_break(doc) for doc in shown)
    return group("(", indent(SOFTLINE, *shown), if_break(","), SOFTLINE, ")", should_break=breaks)


def _broken_out(shown: list[Doc]) -> Doc:
    return group("(", indent(LINE, *shown), ",", LINE, ")", should_break=True)


def _hug_first(scope: Scope, args: tuple[Expression, ...], shown: list[Doc]) -> Doc:
    if any(forces_break(doc) for doc in shown[1:]):
        return _broken_out(shown)
    try:
        first = _hugged(scope, args[0], shown[0])
    except CannotHugError:
        return _broken_out(shown)
    rest = shown[1:]
    if forces_break(first):
        return (BREAK_PARENT, conditional_group((("(", group(first, should_break=True), ", ", *rest, ")"), _broken_out(shown))))
    states = (("(", first, ", ", *rest, ")"), ("(", group(first, should_break=True), ", ", *rest, ")"), _broken_out(shown))
    return conditional_group(states)


def _hug_last(scope: Scope, args: tuple[Expression, ...], shown: list[Doc]) -> Doc:
    head = shown[:-1]
    if any(forces_break(doc) for doc in head):
        return _broken_out(shown)
    try:
        last = _hugged(scope, args[-1], shown[-1])
    except CannotHugError:
        return _broken_out(shown)
    if forces_break(last):
        return (BREAK_PARENT, conditional_group((("(", *head, group(last, should_break=True), ")"), _broken_out(shown))))
    states = (("(", *head, last, ")"), ("(", *head, group(last, should_break=True), ")"), _broken_out(shown))
    return conditional_group(states)


def _hugged(scope: Scope, value: Expression, shown: Doc) -> Doc:
    return arrow(scope, value, hugged=True) if isinstance(value, nodes.Arrow) else shown


def _hugs_last(args: tuple[Expression, ...]) -> bool:
    last = args[-1]
    if not can_hug(last):
        return False
    if len(args) == 1:
        return True
    before = args[-2]
    if kind(before) == kind(last):
        return False
    if len(args) == 2 and isinstance(before, nodes.Arrow) and isinstance(last, nodes.ArrayLiteral):
        return False
    return not (isinstance(last, nodes.ArrayLiteral) and all(is_number(e) for e in last.elements))


def _hugs_first(args: tuple[Expression, ...]) -> bool:
    if len(args) != 2:
        return False
    first, second = args
    if not isinstance(first, nodes.Arrow) or not isinstance(first.body, nodes.Block):
        return False
    if isinstance(second, nodes.Arrow | nodes.Conditional) or can_hug(second):
        return False
    match second:
        case nodes.Call(args=inner) | nodes.New(args=inner) if len(inner) > 1:
            return False
        case nodes.Binary(left=left, right=right):
            return is_simple(left, 1) and is_simple(right, 1)
        case nodes.RegexLiteral():
            return True
        case _:
            return is_simple(second)


def _composes_functions(args: tuple[Expression, ...]) -> bool:
    """``compose((a) => b, (c) => d)``: each on its own line."""
    if len(args) < 2:
        return False
    functions = 0
    for one in args:
        if isinstance(one, nodes.Arrow):
            functions += 1
            if functions > 1:
                return True
        elif _takes_function(one):
            return True
    return False


def _is_hook_with_dependencies(args: tuple[Expression, ...]) -> bool:
    """``useEffect(() => { ... }, [a, b])``."""
    if len(args) == 3 and not isinstance(args[0], nodes.Name | nodes.Ref):
        return False
    if len(args) not in (2, 3):
        return False
    first, second = args[-2], args[-1]
    return (
        isinstance(first, nodes.Arrow)
        and not first.params
        and isinstance(first.body, nodes.Block)
        and isinstance(second, nodes.ArrayLiteral)
    )
