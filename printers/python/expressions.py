"""Expressions of Python as tokens, each of which knows where its line may break."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

import libcst as cst

from specloom.builders.python.nodes import Reference

from .imports import Imports
from .leaves import ATOM_CLOSE, ATOM_OPEN, OPEN, SUBSCRIPT_CLOSE, SUBSCRIPT_OPEN, TERNARY_CLOSE, TERNARY_OPEN, UNARY_MINUS

Tokens: TypeAlias = list[str]


def comma_separated(parts: Iterable[Sequence[str]], tokens: Tokens) -> None:
    """Appends ``parts`` to ``tokens``."""
    for index, part in enumerate(parts):
        if index:
            tokens += [",", " "]
        tokens += part


class Expressions:
    """Writes the expressions of one module.

    ``bound`` are the names that the statement around them binds, which nothing imported may be called there. ``_lower`` are the
    lower-case symbols mentioned so far: only those can clash with a member.
    """

    __slots__ = ("_imports", "_lower", "_shared", "bound")

    def __init__(self, imports: Imports) -> None:
        self._imports = imports
        self.bound: frozenset[str] = frozenset()
        self._lower: list[str] = []
        self._shared: dict[int, tuple[Sequence[str], frozenset[str]]] = {}

    def write(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        """Appends an expression, in the parentheses that its node has."""
        write = _WRITERS[type(node)]
        if node.lpar:
            tokens.append(ATOM_OPEN)
            write(self, node, tokens)
            tokens.append(ATOM_CLOSE)
        else:
            write(self, node, tokens)

    def _shared_expression(self, node: cst.BaseExpression, tokens: Tokens, write: _Writer) -> None:
        """Tokens of a subtree that many statements share: written once, unless a name in it is bound here."""
        known = self._shared.get(id(node))
        if known is not None and known[1].isdisjoint(self.bound):
            tokens += known[0]
            self._lower += known[1]
            return
        start, since = len(tokens), len(self._lower)
        write(self, node, tokens)
        lower = frozenset(self._lower[since:])
        if lower.isdisjoint(self.bound):
            self._shared[id(node)] = (tokens[start:], lower)

    def _reference(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        assert isinstance(node, Reference)
        symbol = node.symbol
        if symbol.name[0].islower():
            self._lower.append(symbol.name)
        tokens.append(self._imports.name(symbol, self.bound))

    def _name(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        assert isinstance(node, cst.Name)
        tokens.append(node.value)

    def _attribute(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        assert isinstance(node, cst.Attribute)
        self.write(node.value, tokens)
        if tokens[-1] in (")", "]", "}"):
            tokens += [".", node.attr.value]
        else:
            tokens[-1] += "." + node.attr.value

    def _literal(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        assert isinstance(node, cst.SimpleString | cst.Integer | cst.Float)
        tokens.append(node.value)

    def _ellipsis(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        tokens.append("...")

    def _call(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        assert isinstance(node, cst.Call)
        self.write(node.func, tokens)
        tokens.append("(")
        self.arguments(node.args, tokens)
        tokens.append(")")

    def arguments(self, arguments: Sequence[cst.Arg], tokens: Tokens) -> None:
        """Appends what stands between the parentheses of a call."""
        for index, arg in enumerate(arguments):
            if index:
                tokens += [",", " "]
            if arg.keyword is not None:
                tokens += [arg.keyword.value, "="]
            elif arg.star:
                tokens.append(arg.star)
            elif len(arguments) > 1:
                # Not behind its parenthesis: a conditional expression would take that for its own.
                tokens += self.tokens(arg.value)
                continue
            self.write(arg.value, tokens)

    def _subscript(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        self._shared_expression(node, tokens, _write_subscript)

    def _binary(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        self._shared_expression(node, tokens, _write_binary)

    def _conditional(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        """Black puts parentheses around one that does not fit on a line, if it has none."""
        assert isinstance(node, cst.IfExp)
        is_enclosed = bool(tokens) and tokens[-1] in ("(", OPEN)
        if not is_enclosed:
            tokens.append(TERNARY_OPEN)
        self.write(node.body, tokens)
        tokens += [" ", "if", " "]
        self.write(node.test, tokens)
        tokens += [" ", "else", " "]
        self.write(node.orelse, tokens)
        if not is_enclosed:
            tokens.append(TERNARY_CLOSE)

    def _unary(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        assert isinstance(node, cst.UnaryOperation)
        tokens += ["not", " "] if isinstance(node.operator, cst.Not) else [UNARY_MINUS]
        self.write(node.expression, tokens)

    def _await(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        assert isinstance(node, cst.Await)
        tokens += ["await", " "]
        self.write(node.expression, tokens)

    def _lambda(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        assert isinstance(node, cst.Lambda)
        names = ", ".join(p.name.value for p in node.params.params)
        tokens += [f"lambda {names}:" if names else "lambda:", " "]
        self.write(node.body, tokens)

    def _tuple(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        assert isinstance(node, cst.Tuple)
        # The parentheses of libcst's tuple are in lpar and already written.
        comma_separated([self.tokens(e.value) for e in node.elements], tokens)
        if len(node.elements) == 1:
            tokens.append(",")

    def _list(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        assert isinstance(node, cst.List)
        tokens.append("[")
        comma_separated([self.tokens(e.value) for e in node.elements], tokens)
        tokens.append("]")

    def _dict(self, node: cst.BaseExpression, tokens: Tokens) -> None:
        assert isinstance(node, cst.Dict)
        tokens.append("{")
        parts: list[Tokens] = []
        for element in node.elements:
            assert isinstance(element, cst.DictElement)
            part = self.tokens(element.key)
            part += [":", " "]
            self.write(element.value, part)
            parts.append(part)
        comma_separated(parts, tokens)
        tokens.append("}")

    def tokens(self, node: cst.BaseExpression) -> Tokens:
        tokens: Tokens = []
        self.write(node, tokens)
        return tokens


_Writer: TypeAlias = Callable[[Expressions, cst.BaseExpression, Tokens], None]


def _write_subscript(writer: Expressions, node: cst.BaseExpression, tokens: Tokens) -> None:
    assert isinstance(node, cst.Subscript)
    writer.write(node.value, tokens)
    tokens.append(SUBSCRIPT_OPEN)
    for index, element in enumerate(node.slice):
        if index:
            tokens += [",", " "]
        assert isinstance(element.slice, cst.Index)
        writer.write(element.slice.value, tokens)
    tokens.append(SUBSCRIPT_CLOSE)


def _write_binary(writer: Expressions, node: cst.BaseExpression, tokens: Tokens) -> None:
    assert isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr)
    writer.write(node.left, tokens)
    tokens += [" ", "|", " "]
    writer.write(node.right, tokens)


_WRITERS: Mapping[type[cst.CSTNode], _Writer] = {
    Reference: Expressions._reference,
    cst.Name: Expressions._name,
    cst.Attribute: Expressions._attribute,
    cst.SimpleString: Expressions._literal,
    cst.Integer: Expressions._literal,
    cst.Float: Expressions._literal,
    cst.Ellipsis: Expressions._ellipsis,
    cst.Call: Expressions._call,
    cst.Subscript: Expressions._subscript,
    cst.BinaryOperation: Expressions._binary,
    cst.IfExp: Expressions._conditional,
    cst.UnaryOperation: Expressions._unary,
    cst.Await: Expressions._await,
    cst.Lambda: Expressions._lambda,
    cst.Tuple: Expressions._tuple,
    cst.List: Expressions._list,
    cst.Dict: Expressions._dict,
}
"""Every expression that can be printed."""
