"""Expressions as text, with gofmt's blanks: around operators by precedence and depth (``go/printer``, ``binaryExpr``)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, assert_never

from specloom.builders.go import nodes
from specloom.printers.doc.aligned import aligned

from . import statements
from .imports import Scope
from .strings import number_literal, raw_string_literal, rune_literal, string_literal
from .types import byte_size, signature, type_text

_PRECEDENCE: Final = {
    "||": 1, "&&": 2,
    "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3,
    "+": 4, "-": 4, "|": 4, "^": 4,
    "*": 5, "/": 5, "%": 5, "<<": 5, ">>": 5, "&": 5, "&^": 5,
}  # fmt: skip
_LOWEST: Final = 0
_UNARY: Final = 6
_HIGHEST: Final = 7

_SMALL_KEY: Final = 40
_KEY_RATIO: Final = 2.5


def expression(scope: Scope, node: nodes.Element, tab: str, depth: int = 1, precedence: int = _LOWEST) -> str:
    """An expression on a line that is indented by ``tab``, in parentheses where it binds looser than ``precedence``."""
    match node:
        case nodes.Name():
            scope.bare.add(node.name)
            return node.name
        case nodes.Selector():
            return f"{_before_dot(scope, node.value, tab, depth)}.{node.name}"
        case nodes.StringLiteral():
            return raw_string_literal(node.value) if node.raw else string_literal(node.value)
        case nodes.Call():
            return _call(scope, node, tab, depth)
        case nodes.Ref():
            return scope.qualified(node)
        case nodes.Binary():
            if _PRECEDENCE[node.operator] < precedence:
                return f"({_binary(scope, node, tab, max(1, depth - 1))})"
            return _binary(scope, node, tab, depth)
        case nodes.Unary():
            text = _unary(scope, node, tab, depth)
            return f"({text})" if precedence > _UNARY else text
        case nodes.NumberLiteral():
            text = number_literal(node.value)
            return f"({text})" if precedence > _UNARY and text[0] == "-" else text
        case nodes.Composite():
            return _composite(scope, node, tab)
        case nodes.Elements():
            return _braced(scope, node.elements, node.multiline, tab)
        case nodes.FuncLiteral():
            return _function(scope, node, tab)
        case nodes.Index():
            value = expression(scope, node.value, tab, 1, _HIGHEST)
            return f"{value}[{_apart(scope, node.index, tab, depth + 1)}]"
        case nodes.Slicing():
            return _slicing(scope, node, tab, depth)
        case nodes.TypeAssertion():
            return f"{_before_dot(scope, node.value, tab, depth)}.({type_text(scope, node.type, tab)})"
        case nodes.RuneLiteral():
            return rune_literal(node.value)
        case nodes.Pointer() | nodes.FuncType():
            text = type_text(scope, node, tab)
            return f"({text})" if precedence > _UNARY else text
        case nodes.SliceType() | nodes.ArrayType() | nodes.MapType():
            text = type_text(scope, node, tab)
            return f"({text})" if precedence > _UNARY and _ends_in_parameters(node) else text
        case nodes.Instance() | nodes.StructType() | nodes.InterfaceType():
            return type_text(scope, node, tab)
    assert_never(node)


def _before_dot(scope: Scope, node: nodes.Expression, tab: str, depth: int) -> str:
    """What a dot follows: to an integer it would give a fraction."""
    text = expression(scope, node, tab, depth, _HIGHEST)
    return text + " " if isinstance(node, nodes.NumberLiteral) and text.isdigit() else text


def _ends_in_parameters(type: nodes.Type) -> bool:
    """Whether parentheses behind a type would be taken for the results of a function: those of ``[]func()``."""
    while True:
        match type:
            case nodes.SliceType(element=inner) | nodes.ArrayType(element=inner) | nodes.Pointer(element=inner):
                type = inner
            case nodes.MapType(value=inner):
                type = inner
            case nodes.FuncType(results=results):
                if len(results) != 1 or results[0].name is not None:
                    return not results
                type = results[0].type
            case _:
                return False


def header(scope: Scope, node: nodes.Expression, tab: str) -> str:
    """An expression before a block's brace, where a literal's brace would be taken for it: that literal gets parentheses.

    A generic literal must not stand there alone: gofmt takes its parentheses, and no parser reads what is left.
    """
    scope.before_block = True
    text = expression(scope, node, tab)
    scope.before_block = False
    return text


def _apart(scope: Scope, node: nodes.Element, tab: str, depth: int) -> str:
    """An expression between brackets or parentheses, where no brace can be taken for a block's."""
    if not scope.before_block:
        return expression(scope, node, tab, depth)
    scope.before_block = False
    text = expression(scope, node, tab, depth)
    scope.before_block = True
    return text


def _call(scope: Scope, node: nodes.Call, tab: str, depth: int) -> str:
    args = node.args
    if len(args) > 1:
        depth += 1
    function = expression(scope, node.function, tab, depth, _HIGHEST)
    if not args:
        return function + "()"
    spread = "..." if node.spread else ""
    if node.multiline:
        inner = tab + "\t"
        lines = f",\n{inner}".join([_apart(scope, arg, inner, depth) for arg in args])
        return f"{function}(\n{inner}{lines}{spread},\n{tab})"
    return f"{function}({', '.join([_apart(scope, arg, tab, depth) for arg in args])}{spread})"


def _unary(scope: Scope, node: nodes.Unary, tab: str, depth: int) -> str:
    operand = expression(scope, node.value, tab, depth, _UNARY)
    # Two signs would be read as one operator.
    blank = " " if node.operator + operand[0] in ("++", "--", "&&", "&^") else ""
    return node.operator + blank + operand


def _binary(scope: Scope, node: nodes.Binary, tab: str, depth: int) -> str:
    return _operands(scope, node, tab, _cutoff(node, depth), depth)


def _operands(scope: Scope, node: nodes.Binary, tab: str, cutoff: int, depth: int) -> str:
    precedence = _PRECEDENCE[node.operator]
    same = isinstance(node.left, nodes.Binary) and _PRECEDENCE[node.left.operator] == precedence
    left = expression(scope, node.left, tab, depth if same else depth + 1, precedence)
    right = expression(scope, node.right, tab, depth + 1, precedence + 1)
    return f"{left} {node.operator} {right}" if precedence < cutoff else f"{left}{node.operator}{right}"


def _cutoff(node: nodes.Binary, depth: int) -> int:
    """The precedence from which operators stand without blanks."""
    sums, products, clash = _walk(node)
    if clash:
        return clash + 1
    if sums and products:
        return 5 if depth == 1 else 4
    return 6 if depth == 1 else 4


def _walk(node: nodes.Binary) -> tuple[bool, bool, int]:
    """Whether operators of sums and of products stand in it, and the precedence of one that would merge with an operand's."""
    precedence = _PRECEDENCE[node.operator]
    sums, products, clash = precedence == 4, precedence == 5, 0
    left, right = node.left, node.right
    if isinstance(left, nodes.Binary) and _PRECEDENCE[left.operator] >= precedence:
        sums, products, clash = _added(_walk(left), sums, products, clash)
    if isinstance(right, nodes.Binary):
        if _PRECEDENCE[right.operator] > precedence:
            sums, products, clash = _added(_walk(right), sums, products, clash)
    elif isinstance(right, (nodes.Unary, nodes.NumberLiteral)):
        sign = right.operator if isinstance(right, nodes.Unary) else number_literal(right.value)[0]
        match node.operator + sign:
            case "/*" | "&&" | "&^":
                clash = 5
            case "++" | "--":
                clash = max(clash, 4)
            case _:
                pass
    return sums, products, clash


def _added(found: tuple[bool, bool, int], sums: bool, products: bool, clash: int) -> tuple[bool, bool, int]:
    return sums or found[0], products or found[1], max(clash, found[2])


def _slicing(scope: Scope, node: nodes.Slicing, tab: str, depth: int) -> str:
    value = expression(scope, node.value, tab, 1, _HIGHEST)
    low = "" if node.low is None else _apart(scope, node.low, tab, depth + 1)
    high = "" if node.high is None else _apart(scope, node.high, tab, depth + 1)
    apart = depth <= 1 and low and high and (isinstance(node.low, nodes.Binary) or isinstance(node.high, nodes.Binary))
    return f"{value}[{low} : {high}]" if apart else f"{value}[{low}:{high}]"


def _function(scope: Scope, node: nodes.FuncLiteral, tab: str) -> str:
    outside, scope.before_block = scope.before_block, False
    head = "func" + signature(scope, node.type, tab)
    text = head + statements.function_body(scope, head, node.body, tab, one_line=node.one_line)
    scope.before_block = outside
    return text


def _composite(scope: Scope, node: nodes.Composite, tab: str) -> str:
    outside, scope.before_block = scope.before_block, False
    text = type_text(scope, node.type, tab) + _braced(scope, node.elements, node.multiline, tab)
    scope.before_block = outside
    if outside and isinstance(node.type, (nodes.Name, nodes.Ref, nodes.Instance)):
        return f"({text})"
    return text


def _braced(scope: Scope, elements: Sequence[nodes.Pair | nodes.Element], multiline: bool, tab: str) -> str:
    if not elements:
        return "{}"
    if not multiline:
        return "{" + ", ".join([_one_line_element(scope, element, tab) for element in elements]) + "}"
    inner = tab + "\t"
    lines = [inner + line for line in _rows(scope, elements, inner)]
    return "{\n" + "\n".join(lines) + f"\n{tab}}}"


def _one_line_element(scope: Scope, element: nodes.Pair | nodes.Element, tab: str) -> str:
    if isinstance(element, nodes.Pair):
        return f"{_key(scope, element.key, tab)}: {expression(scope, element.value, tab)}"
    return expression(scope, element, tab)


def _key(scope: Scope, key: str | nodes.Expression, tab: str) -> str:
    return key if isinstance(key, str) else expression(scope, key, tab)


def _rows(scope: Scope, elements: Sequence[nodes.Pair | nodes.Element], tab: str) -> list[str]:
    """Each element on its line, values in a column as far as the keys are of similar size (``go/printer``, ``exprList``)."""
    lines: list[str] = []
    run: list[tuple[str, ...]] = []
    size = 0
    sum_of_logs = 0.0
    count = 0
    for element in elements:
        previous = size
        if isinstance(element, nodes.Pair):
            key, value = _key(scope, element.key, tab), expression(scope, element.value, tab)
            size = 0 if "\n" in value or "\n" in key else byte_size(key)
            in_columns = size > 0 and len(elements) > 1
            cells = (f"{key}:", f"{value},") if in_columns else (f"{key}: {value},",)
        else:
            text = expression(scope, element, tab)
            size = 0 if "\n" in text else byte_size(text)
            cells = (f"{text},",)
        if previous == 0 or size == 0 or not _similar(previous, size, sum_of_logs, count):
            lines += aligned(run)
            run.clear()
            sum_of_logs, count = 0.0, 0
        run.append(cells)
        if size:
            sum_of_logs += math.log(size)
            count += 1
    return lines + aligned(run)


def _similar(previous: int, size: int, sum_of_logs: float, count: int) -> bool:
    if count == 0 or (previous <= _SMALL_KEY and size <= _SMALL_KEY):
        return True
    ratio = size / math.exp(sum_of_logs / count)
    return _KEY_RATIO * ratio > 1 and ratio < _KEY_RATIO
