"""How tightly expressions and types bind: what stands where something tighter must is put in parentheses."""

from __future__ import annotations

from enum import IntEnum

from specloom.builders.typescript import nodes
from specloom.builders.typescript.nodes import Expression, Type


class Binds(IntEnum):
    """How tightly an expression binds (ECMA-262 §13); one that stands where a tighter one must is put in parentheses."""

    YIELD = 0
    ASSIGN = 1
    CONDITIONAL = 2
    COALESCE = 3
    OR = 4
    AND = 5
    EQUALITY = 6
    RELATION = 7
    SUM = 8
    PRODUCT = 9
    UNARY = 10
    CALL = 11
    PRIMARY = 12


_OPERATORS: dict[str, Binds] = {
    "??": Binds.COALESCE, "||": Binds.OR, "&&": Binds.AND, "===": Binds.EQUALITY, "!==": Binds.EQUALITY,
    "<": Binds.RELATION, ">": Binds.RELATION, "<=": Binds.RELATION, ">=": Binds.RELATION, "in": Binds.RELATION,
    "instanceof": Binds.RELATION, "+": Binds.SUM, "-": Binds.SUM, "*": Binds.PRODUCT, "/": Binds.PRODUCT, "%": Binds.PRODUCT,
}  # fmt: skip

_LOGICAL = ("??", "||", "&&")


def binding_of(value: Expression) -> Binds:
    """The precedence of ``value``."""
    match value:
        case nodes.Binary(operator=operator):
            return _OPERATORS[operator]
        case nodes.Unary(operator=operator):
            return Binds.YIELD if operator in ("yield", "yield*") else Binds.UNARY
        case nodes.Cast():
            return Binds.RELATION
        case nodes.Conditional():
            return Binds.CONDITIONAL
        case nodes.Arrow() | nodes.Assign():
            return Binds.ASSIGN
        case nodes.NumberLiteral(value=number):
            return Binds.UNARY if number < 0 else Binds.PRIMARY
        case nodes.Member() | nodes.Index() | nodes.Call() | nodes.New():
            return Binds.CALL
        case _:
            return Binds.PRIMARY


def flattens(outer: str, inner: str) -> bool:
    """Whether ``(a inner b) outer c`` is one chain."""
    if _OPERATORS[outer] != _OPERATORS[inner] or _OPERATORS[outer] is Binds.EQUALITY:
        return False
    if "%" in (outer, inner):
        return False
    return not (outer != inner and _OPERATORS[outer] is Binds.PRODUCT)


def is_same_kind(parent: nodes.Binary, value: Expression) -> bool:
    """Whether both are logical, or neither is."""
    return isinstance(value, nodes.Binary) and (value.operator in _LOGICAL) == (parent.operator in _LOGICAL)


def needs_parentheses(parent: nodes.Binary, value: nodes.Binary, *, is_right: bool) -> bool:
    """Whether ``value`` stands in parentheses as an operand of ``parent``: where it must, and where Prettier adds them."""
    outer, inner = _OPERATORS[parent.operator], _OPERATORS[value.operator]
    if parent.operator in _LOGICAL and value.operator in _LOGICAL:
        return parent.operator != value.operator
    return (
        outer > inner
        or (outer == inner and (is_right or not flattens(parent.operator, value.operator)))
        or (value.operator == "%" and parent.operator in "+-")
    )


class TypeBinds(IntEnum):
    """How tightly a type binds; one that stands where a tighter one must is put in parentheses."""

    FUNCTION = 0
    UNION = 1
    INTERSECTION = 2
    OPERATOR = 3
    POSTFIX = 4
    PRIMARY = 5


def type_binding_of(type: Type) -> TypeBinds:
    """The precedence of ``type``."""
    match type:
        case nodes.FunctionNode():
            return TypeBinds.FUNCTION
        case nodes.UnionNode():
            return TypeBinds.UNION
        case nodes.IntersectionNode():
            return TypeBinds.INTERSECTION
        case nodes.OperatorNode() | nodes.ArrayNode(readonly=True) | nodes.TupleNode(readonly=True) | nodes.TypeofNode():
            return TypeBinds.OPERATOR
        case _:
            return TypeBinds.PRIMARY
