"""Questions about nodes that Prettier's layout asks: is it short, simple, a function, something that breaks inside."""

from __future__ import annotations

from specloom.builders.typescript import nodes
from specloom.builders.typescript.nodes import Expression, Parameter, Type
from specloom.printers.width import columns

from .precedence import flattens
from .strings import regex_literal, string_literal

_SHORT = 20
"""A quarter of the line (Prettier's ``isLoneShortArgument``)."""


def is_number(value: Expression) -> bool:
    """Whether ``value`` is a number, with a sign or without."""
    if isinstance(value, nodes.Unary):
        return value.operator in ("+", "-") and isinstance(value.operand, nodes.NumberLiteral)
    return isinstance(value, nodes.NumberLiteral)


def is_literal_name(value: Expression) -> bool:
    """Whether ``value`` is ``null``, ``true`` or ``false``."""
    return isinstance(value, nodes.Name) and value.name in ("null", "true", "false")


def merges_object(value: nodes.Binary) -> bool:
    """Whether the right side is an object or array that stays on the operator's line: ``a && { ... }``."""
    if value.operator not in ("??", "||", "&&"):
        return False
    match value.right:
        case nodes.ObjectLiteral(members=inner) | nodes.ArrayLiteral(elements=inner):
            return bool(inner)
        case _:
            return False


def is_lone_short(value: Expression) -> bool:
    """Whether ``value``, as a call's only argument, is too short to be worth a line of its own."""
    match value:
        case nodes.Name(name=name):
            return len(name) <= _SHORT or is_literal_name(value)
        case nodes.Ref(symbol=symbol):
            return len(symbol.name) <= _SHORT
        case nodes.NumberLiteral():
            return True
        case nodes.RegexLiteral(pattern=pattern):
            return len(regex_literal(pattern, "")) - 2 <= _SHORT
        case nodes.StringLiteral(value=text):
            return len(string_literal(text)) <= _SHORT
        case nodes.Template(parts=parts, tag=None):
            return len(parts) == 0 or (len(parts) == 1 and isinstance(parts[0], str) and len(parts[0]) <= _SHORT)
        case nodes.Unary(operator=operator, operand=inner):
            return operator in ("!", "-", "+", "typeof", "void") and is_lone_short(inner)
        case nodes.Call(callee=nodes.Name(name=name), args=(), optional=False):
            return len(name) <= _SHORT - 2
        case nodes.Call(callee=nodes.Ref(symbol=symbol), args=(), optional=False):
            return len(symbol.name) <= _SHORT - 2
        case _:
            return False


def is_simple(value: Expression, depth: int = 2) -> bool:
    """Whether an argument is trivial enough for a chain of calls to stay on one line (Prettier's ``isSimpleCallArgument``)."""
    if depth <= 0:
        return False
    match value:
        case nodes.RegexLiteral(pattern=pattern):
            return columns(regex_literal(pattern, "")) - 2 <= 5
        case nodes.Name() | nodes.Ref() | nodes.StringLiteral():
            return True
        case nodes.NumberLiteral():
            return True
        case nodes.Template(parts=parts, tag=None):
            return all(isinstance(p, str) or is_simple(p, depth - 1) for p in parts)
        case nodes.ObjectLiteral(members=members):
            return all(isinstance(m, nodes.Property) and m.key != "__proto__" and is_simple(m.value, depth - 1) for m in members)
        case nodes.ArrayLiteral(elements=elements):
            return all(is_simple(e, depth - 1) for e in elements)
        case nodes.Call(callee=callee, args=args) | nodes.New(callee=callee, args=args):
            return is_simple(callee, depth) and len(args) <= depth and all(is_simple(a, depth - 1) for a in args)
        case nodes.Member(object=inner):
            return is_simple(inner, depth)
        case nodes.Index(object=inner, index=at):
            return is_simple(inner, depth) and is_simple(at, depth)
        case nodes.Unary(operator="!" | "-" | "+", operand=inner):
            return is_simple(inner, depth)
        case _:
            return False


def can_hug(value: Expression, *, in_arrow: bool = False) -> bool:
    """Whether ``value``, as the last argument, may break alone while the others stay on the line."""
    match value:
        case nodes.ObjectLiteral(members=inner) | nodes.ArrayLiteral(elements=inner):
            return bool(inner)
        case nodes.Cast(value=inner_value):
            return can_hug(inner_value)
        case nodes.Arrow(body=body):
            match body:
                case nodes.Block() | nodes.ObjectLiteral() | nodes.ArrayLiteral():
                    return True
                case nodes.Arrow():
                    return can_hug(body, in_arrow=True)
                case nodes.Conditional() | nodes.Call():
                    return not in_arrow
                case _:
                    return False
        case _:
            return False


def ends_in_object(value: nodes.Binary) -> bool:
    """Whether a chain of operators ends in an object or array that stays on the last operator's line."""
    if not merges_object(value):
        return False
    left = value.left
    return ends_in_object(left) if isinstance(left, nodes.Binary) and flattens(value.operator, left.operator) else True


def is_matrix(elements: tuple[Expression, ...]) -> bool:
    """Whether an array is of arrays or objects of several parts each: it breaks even where it would fit."""
    if len(elements) < 2:
        return False
    return all(isinstance(e, nodes.ArrayLiteral) and len(e.elements) > 1 for e in elements) or all(
        isinstance(e, nodes.ObjectLiteral) and len(e.members) > 1 for e in elements
    )


def leading_object(value: Expression) -> nodes.ObjectLiteral | None:
    """The object literal that ``value`` begins with: after an arrow or as a statement its brace would begin a block."""
    match value:
        case nodes.ObjectLiteral():
            return value
        case nodes.Member(object=inner) | nodes.Index(object=inner) | nodes.Call(callee=inner) | nodes.Cast(value=inner):
            return leading_object(inner)
        case nodes.Binary(left=inner) | nodes.Conditional(test=inner) | nodes.Assign(target=inner):
            return leading_object(inner)
        case nodes.Template(tag=inner) if inner is not None:
            return leading_object(inner)
        case _:
            return None


def kind(value: Expression) -> object:
    """What Prettier calls the type of a node: two arguments of one kind do not hug."""
    if isinstance(value, nodes.Cast):
        return ("cast", "as const" if value.type is None else value.operator)
    return type(value)


def hugs_object(type: nodes.UnionNode) -> bool:
    """Whether a union is one object or named type and ``null``: then it stays on the line, and only the object breaks."""
    named = next((m for m in type.members if isinstance(m, nodes.ObjectNode | nodes.TypeRef)), None)
    return named is not None and all(
        m is named or (isinstance(m, nodes.Keyword) and m.name in ("null", "void")) for m in type.members
    )


def stays_inline(type: Type) -> bool:
    """Whether ``type``, as the only type argument, stays in the line of its brackets."""
    match type:
        case nodes.Keyword() | nodes.LiteralNode() | nodes.ObjectNode():
            return True
        case nodes.TypeRef(args=args):
            return not args
        case nodes.UnionNode():
            return hugs_object(type)
        case _:
            return False


def hugs_parameter(params: tuple[Parameter, ...]) -> bool:
    """Whether the only parameter is an object or array that breaks instead of the list."""
    if len(params) != 1:
        return False
    one = params[0]
    if one.rest:
        return False
    if not isinstance(one.binding, str):
        if one.default is None:
            return True
        match one.default:
            case nodes.Name() | nodes.Ref() | nodes.ObjectLiteral(members=()) | nodes.ArrayLiteral(elements=()):
                return True
            case _:
                return False
    return one.default is None and isinstance(one.type, nodes.ObjectNode)
