"""Where ``left = right`` breaks: after the operator, within the right side, or within the left (Prettier's layouts)."""

from __future__ import annotations

from specloom.builders.typescript import nodes
from specloom.builders.typescript.nodes import Expression, Type
from specloom.printers.doc import LINE, Doc, Group, IndentIfBreak, can_break, group, indent
from specloom.printers.width import columns

from .scope import Scope
from .shapes import hugs_object, is_literal_name, is_lone_short, is_number, merges_object
from .types import bare_type, type_doc

_SHORT_KEY = 5
"""Columns below which a property's key is not worth a line of its own."""


def assignment(
    scope: Scope, left: Doc, operator: str, right: Expression, *, is_property: bool = False, breaks_left: bool = False,
    is_declaration: bool = False,
) -> Doc:
    """``left operator right``. ``breaks_left``: the left side is complex, and breaks first."""
    from . import calls

    right_doc, is_chain = calls.assigned(scope, right, is_declaration=is_declaration)
    left_can_break = can_break(left)
    if breaks_left or (is_declaration and isinstance(right, nodes.Arrow) and left_can_break):
        return group(left, operator, " ", group(right_doc))
    short_key = is_property and isinstance(left, str) and columns(left) < _SHORT_KEY
    if _breaks_after_operator(right, short_key=short_key, is_chain=is_chain):
        return group(group(left), operator, group(indent(LINE, right_doc)))
    is_unsigned = isinstance(right, nodes.NumberLiteral) and right.value >= 0
    if not left_can_break and (short_key or isinstance(right, nodes.Template) or _is_boolean(right) or is_unsigned):
        return group(group(left), operator, " ", right_doc)
    return _fluid(left, operator, right_doc)


def _is_boolean(right: Expression) -> bool:
    return is_literal_name(right) and isinstance(right, nodes.Name) and right.name != "null"


def _fluid(left: Doc, operator: str, right: Doc) -> Doc:
    gap = Group(indent(LINE))
    return group(group(left), operator, gap, IndentIfBreak(right, gap))


def type_assignment(scope: Scope, left: Doc, right: Type, type_params: tuple[nodes.TypeParameter, ...]) -> Doc:
    """``type left = right``."""
    if isinstance(right, nodes.UnionNode) and not hugs_object(right):
        return group(group(left), " =", group(indent(LINE, bare_type(scope, right))))
    shown = type_doc(scope, right)
    if len(type_params) > 1 and any(p.constraint or p.default for p in type_params):
        return group(left, " = ", group(shown))
    return _fluid(left, " =", shown)


def _breaks_after_operator(right: Expression, *, short_key: bool, is_chain: bool) -> bool:
    match right:
        case nodes.Binary():
            if not merges_object(right):
                return True
        case nodes.Conditional(test=nodes.Binary() as test):
            return not merges_object(test)
        case _:
            pass
    if short_key:
        return False
    while isinstance(right, nodes.Unary):
        right = right.operand
    return isinstance(right, nodes.StringLiteral) or (not is_chain and _breaks_poorly(right))


def _breaks_poorly(value: Expression, *, deep: bool = False) -> bool:
    """A chain of members and calls with no arguments worth breaking."""
    match value:
        case nodes.Call(callee=callee, args=args, type_args=type_args):
            from . import calls

            if calls.is_member_chain(value):
                return False
            if args and not (len(args) == 1 and (is_lone_short(args[0]) or is_number(args[0]))):
                return False
            if len(type_args) > 1 or (
                type_args and isinstance(type_args[0], nodes.UnionNode | nodes.IntersectionNode | nodes.ObjectNode)
            ):
                return False
            return _breaks_poorly(callee, deep=True)
        case nodes.Member(object=inner) | nodes.Index(object=inner):
            return _breaks_poorly(inner, deep=True)
        case nodes.Name() | nodes.Ref():
            return deep
        case _:
            return False
