"""Expressions: their layout, with parentheses where precedence asks for them."""

from __future__ import annotations

from functools import partial
from typing import assert_never

from specloom.builders.typescript import nodes
from specloom.builders.typescript.nodes import Expression
from specloom.printers.doc import (
    HARDLINE,
    LINE,
    SOFTLINE,
    Doc,
    align,
    deferred,
    fill,
    forces_break,
    group,
    if_break,
    indent,
    join,
    remove_lines,
    to_text,
)

from . import comments
from .assignments import assignment
from .flat import flat_text
from .precedence import Binds, binding_of, flattens, is_same_kind, needs_parentheses
from .scope import Scope
from .shapes import ends_in_object, is_matrix, is_number, leading_object, merges_object
from .strings import is_identifier, number_literal, object_key, regex_literal, string_literal, template_text
from .types import object_group, parameter, parameters, type_doc, type_parameters


def expression(scope: Scope, value: Expression) -> Doc:
    """``value`` where any expression may stand."""
    match value:
        case nodes.Name(name=name):
            return name
        case nodes.Ref(symbol=symbol):
            return scope.value(symbol)
        case nodes.StringLiteral(value=text):
            return string_literal(text)
        case nodes.NumberLiteral(value=number):
            return number_literal(number)
        case nodes.RegexLiteral(pattern=pattern, flags=flags):
            return regex_literal(pattern, flags)
        case nodes.Call():
            from .calls import call

            return call(scope, value)[0]
        case nodes.Member() | nodes.Index():
            from .calls import member

            return member(scope, value)
        case nodes.ObjectLiteral():
            return object_literal(scope, value)
        case nodes.ArrayLiteral():
            return array_literal(scope, value)
        case nodes.Arrow():
            return arrow(scope, value)
        case nodes.Template():
            return _template(scope, value)
        case nodes.New():
            from .calls import new

            return new(scope, value)
        case nodes.Spread(value=inner):
            return ("...", expression(scope, inner))
        case nodes.Unary():
            return _unary(scope, value)
        case nodes.Binary():
            return binary_argument(scope, value)
        case nodes.Conditional():
            return group(_conditional(scope, value))
        case nodes.Cast():
            return _cast(scope, value)
        case nodes.Assign(target=target, value=inner):
            return assignment(scope, expression(scope, target), " =", inner)
        case _:
            assert_never(value)


def operand(scope: Scope, value: Expression, at_least: Binds) -> Doc:
    """``value``, in parentheses unless it binds at least so tightly."""
    shown = expression(scope, value)
    return shown if binding_of(value) >= at_least else ("(", shown, ")")


# ------------------------------------------------------------------------------------------------------------ literals


def _template(scope: Scope, value: nodes.Template) -> Doc:
    parts: list[Doc] = [expression(scope, value.tag), "`"] if value.tag is not None else ["`"]
    for part in value.parts:
        if isinstance(part, str):
            parts.append(template_text(part))
        else:
            parts.extend(("${", to_text(expression(scope, part), width=1_000_000), "}"))
    parts.append("`")
    return tuple(parts)


def object_literal(scope: Scope, value: nodes.ObjectLiteral) -> Doc:
    """``{ a: 1, b }``, in parentheses where its brace would begin a block."""
    if scope.leading_object is value:
        scope.leading_object = None
        return ("(", object_literal(scope, value), ")")
    if not value.members:
        return "{}"
    shown: list[Doc] = []
    for at, one in enumerate(value.members):
        if at:
            shown.extend((",", LINE))
        shown.append(_object_member(scope, one))
    return object_group(("{", indent(LINE, *shown), if_break(","), LINE, "}"), broken=value.broken)


def _object_member(scope: Scope, member: nodes.ObjectMember) -> Doc:
    match member:
        case nodes.Property(key=key, value=value, doc=doc):
            comment = comments.leading(doc) if doc is not nodes.NO_DOC else ()
            key_text = object_key(key)
            if isinstance(value, nodes.Name) and value.name == key_text and is_identifier(key):
                return (*comment, key)
            flat = flat_text(scope, value)
            if flat is None:
                return (*comment, assignment(scope, key_text, ":", value, is_property=True))
            return (*comment, deferred(f"{key_text}: {flat}", partial(assignment, scope, key_text, ":", value, is_property=True)))
        case nodes.ComputedProperty(key=key_value, value=value):
            return assignment(scope, ("[", expression(scope, key_value), "]"), ":", value, is_property=True)
        case nodes.Getter():
            return getter(scope, member)
        case nodes.Spread():
            return expression(scope, member)
        case _:
            assert_never(member)


def getter(scope: Scope, value: nodes.Getter) -> Doc:
    """``get name(): T { ... }``."""
    result: Doc = (": ", type_doc(scope, value.returns)) if value.returns is not None else ""
    return (*comments.leading(value.doc), "get ", object_key(value.name), group("()", result), " ", block(scope, value.body))


def array_literal(scope: Scope, value: nodes.ArrayLiteral) -> Doc:
    """``[a, b]``; numbers as many on a line as fit."""
    elements = value.elements
    if not elements:
        return "[]"
    if all(is_number(e) for e in elements):
        return _number_array(scope, elements)
    shown: list[Doc] = []
    for at, one in enumerate(elements):
        if at:
            shown.extend((",", LINE))
        flat = flat_text(scope, one)
        shown.append(group(expression(scope, one)) if flat is None else deferred(flat, partial(expression, scope, one)))
    return group("[", indent(SOFTLINE, *shown, if_break(",")), SOFTLINE, "]", should_break=is_matrix(elements))


def _number_array(scope: Scope, elements: tuple[Expression, ...]) -> Doc:
    shown = [expression(scope, one) for one in elements]
    parts: list[Doc] = []
    for one in shown:
        parts.extend(((one, ","), LINE))
    broken = ("[", indent(SOFTLINE, fill(parts[:-1])), SOFTLINE, "]")
    return group(if_break(broken, ("[", join(", ", shown), "]")))


# ------------------------------------------------------------------------------------------------------------ operators


def _unary(scope: Scope, value: nodes.Unary) -> Doc:
    operator, inner = value.operator, value.operand
    word = operator if operator in ("!", "-", "+") else f"{operator} "
    if operator in ("yield", "yield*"):
        return (word, returned(scope, inner))
    if isinstance(inner, nodes.Binary):
        parts = binary_parts(scope, inner)
        if operator == "await":
            return (word, "(", binary_argument(scope, inner), ")")
        return (word, "(", group(indent(SOFTLINE, *parts), SOFTLINE), ")")
    same_sign = isinstance(inner, nodes.Unary) and inner.operator == operator and operator in "+-"
    negative = isinstance(inner, nodes.NumberLiteral) and inner.value < 0 and operator == "-"
    if isinstance(inner, nodes.NumberLiteral) and not negative:
        return (word, expression(scope, inner))
    awaited = isinstance(inner, nodes.Unary) and inner.operator == "await" and operator != "await"
    if same_sign or negative or awaited:
        return (word, "(", expression(scope, inner), ")")
    return (word, operand(scope, inner, Binds.UNARY))


def binary_parts(scope: Scope, value: nodes.Binary, *, within: bool = False) -> list[Doc]:
    """Operands and operators of a chain of one precedence, flat. ``within``: it stands in another chain of its kind."""
    left = value.left
    if isinstance(left, nodes.Binary) and flattens(value.operator, left.operator):
        parts = binary_parts(scope, left, within=True)
    else:
        parts = [group(_binary_operand(scope, value, left, is_right=False))]
    right = _binary_operand(scope, value, value.right, is_right=True)
    shown: Doc = (value.operator, " ", right) if merges_object(value) else (value.operator, LINE, right)
    alone = not (within or is_same_kind(value, left) or is_same_kind(value, value.right))
    parts.extend((" ", group(shown) if alone else shown))
    return parts


def _binary_operand(scope: Scope, parent: nodes.Binary, value: Expression, *, is_right: bool) -> Doc:
    if isinstance(value, nodes.Binary):
        shown = binary_argument(scope, value, within=is_same_kind(parent, value))
        return ("(", shown, ")") if needs_parentheses(parent, value, is_right=is_right) else shown
    if isinstance(value, nodes.Cast) or (isinstance(value, nodes.Unary) and value.operator in ("await", "yield", "yield*")):
        return ("(", expression(scope, value), ")")
    if isinstance(value, nodes.Unary) and not is_right and parent.operator in ("in", "instanceof"):
        return ("(", expression(scope, value), ")")
    return operand(scope, value, Binds.UNARY)


def binary_argument(scope: Scope, value: nodes.Binary, *, within: bool = False) -> Doc:
    """A chain as an argument, or within another: further lines are indented."""
    parts = binary_parts(scope, value, within=within)
    if ends_in_object(value):
        return group(*parts)
    return group(parts[0], indent(*parts[1:]))


def returned(scope: Scope, value: Expression) -> Doc:
    """What stands after ``return``, ``throw`` or ``yield``: a chain of operators that breaks is put in parentheses."""
    if isinstance(value, nodes.Binary):
        return group(if_break("("), indent(SOFTLINE, group(*binary_parts(scope, value))), SOFTLINE, if_break(")"))
    return expression(scope, value)


def _conditional(scope: Scope, value: nodes.Conditional, *, nested: bool = False, aligned: bool = False) -> Doc:
    test = value.test
    if isinstance(test, nodes.Conditional):
        shown: Doc = ("(", group(indent(SOFTLINE, group(_conditional(scope, test))), SOFTLINE), ")")
    elif isinstance(test, nodes.Binary):
        shown = _branch(scope, test)
    else:
        shown = operand(scope, test, Binds.COALESCE) if not isinstance(test, nodes.Unary | nodes.Cast) else _tested(scope, test)
    yes: Doc = align("  ", _branch(scope, value.yes))
    if isinstance(value.yes, nodes.Conditional):
        yes = (if_break("", "("), align("  ", _conditional(scope, value.yes, nested=True)), if_break("", ")"))
    if isinstance(value.no, nodes.Conditional):
        no: Doc = align("  ", _conditional(scope, value.no, nested=True, aligned=True))
    else:
        no = align("  ", _branch(scope, value.no))
    branches = (LINE, "? ", yes, LINE, ": ", no)
    if nested:
        return (align("  ", shown) if aligned else shown, branches)
    return (shown, indent(branches))


def _branch(scope: Scope, value: Expression) -> Doc:
    if isinstance(value, nodes.Binary):
        shown = group(*binary_parts(scope, value))
        return ("(", shown, ")") if value.operator == "??" else shown
    return ("(", expression(scope, value), ")") if isinstance(value, nodes.Cast) else expression(scope, value)


def _tested(scope: Scope, test: nodes.Unary | nodes.Cast) -> Doc:
    shown = expression(scope, test)
    if isinstance(test, nodes.Cast) or test.operator in ("await", "yield", "yield*"):
        return ("(", shown, ")")
    return shown


def _cast_tail(scope: Scope, value: nodes.Cast) -> Doc:
    return (f" {value.operator} ", "const" if value.type is None else type_doc(scope, value.type))


def _cast(scope: Scope, value: nodes.Cast) -> Doc:
    inner = value.value
    if isinstance(inner, nodes.Unary) and inner.operator == "await":
        shown: Doc = ("(", expression(scope, inner), ")")
    elif isinstance(inner, nodes.Cast):
        shown = expression(scope, inner)
    elif isinstance(inner, nodes.Binary):
        shown = ("(", binary_argument(scope, inner), ")")
    else:
        shown = operand(scope, inner, Binds.RELATION)
    return (shown, _cast_tail(scope, value))


# ------------------------------------------------------------------------------------------------------------- functions


class CannotHugError(Exception):
    """The parameters or the result of a function break, so it cannot stand at the end of a call's line."""


def arrow(scope: Scope, value: nodes.Arrow, *, hugged: bool = False) -> Doc:
    """``(a) => b``. ``hugged``: as the last argument, which breaks alone; raises :class:`CannotHugError` where that cannot be."""
    result: Doc = ""
    if value.returns is not None:
        shown_result = type_doc(scope, value.returns)
        result = (": (", shown_result, ")") if isinstance(value.returns, nodes.FunctionNode) else (": ", shown_result)
    type_params = type_parameters(scope, value.type_params)
    if hugged:
        signature: Doc = group(_flat_parameters(scope, value, type_params), group(remove_lines(result)))
        if forces_break(result):
            raise CannotHugError
    else:
        signature = group(parameters(scope, value.params, type_params), result)
    head: Doc = ("async ", signature) if value.is_async else signature
    body = value.body
    if isinstance(body, nodes.Block):
        return group(group(head), " =>", group(" ", block(scope, body)))
    shown = _arrow_body(scope, body)
    comma, end = (if_break(","), SOFTLINE) if hugged else ("", "")
    if isinstance(body, nodes.ObjectLiteral | nodes.ArrayLiteral | nodes.Arrow):
        tail: Doc = (" ", shown)
    elif isinstance(body, nodes.Conditional):
        tail = (" ", group(if_break("", "("), indent(SOFTLINE, shown), if_break("", ")"), comma, end))
    else:
        tail = (indent(LINE, shown), comma, end)
    return group(group(head), " =>", group(tail))


def _arrow_body(scope: Scope, body: Expression) -> Doc:
    scope.leading_object = leading_object(body)
    return group(*binary_parts(scope, body)) if isinstance(body, nodes.Binary) else expression(scope, body)


def _flat_parameters(scope: Scope, value: nodes.Arrow, type_params: Doc) -> Doc:
    shown = [parameter(scope, p) for p in value.params]
    if forces_break(tuple(shown)) or forces_break(type_params):
        raise CannotHugError
    parts: list[Doc] = []
    for at, one in enumerate(shown):
        if at:
            parts.append(", ")
        parts.append(remove_lines(one))
    return group(remove_lines(type_params), "(", *parts, ")")


def block(scope: Scope, body: nodes.Block) -> Doc:
    """``{ ... }``."""
    from .statements import statements

    if not body.statements:
        return "{}"
    return ("{", indent(HARDLINE, statements(scope, body.statements)), HARDLINE, "}")
