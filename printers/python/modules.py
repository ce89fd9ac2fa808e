"""Python source from libcst nodes, laid out as black 26 would, so that black finds nothing to change.

A statement becomes tokens; where they do not fit on a line, ``layout`` breaks them. libcst's own ``.code`` knows no
width and is not used. Imports are written here, because only here it is known which names a module mentions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

import libcst as cst

from specloom.builders.python import nodes
from specloom.builders.python.nodes import Module, Reference, Statement

from .imports import Imports
from .layout import layout
from .leaves import (
    ATOM_CLOSE,
    ATOM_OPEN,
    CLOSE,
    INDENT,
    OPEN,
    SUBSCRIPT_CLOSE,
    SUBSCRIPT_OPEN,
    TERNARY_CLOSE,
    TERNARY_OPEN,
    UNARY_MINUS,
    WIDTH,
    columns,
)
from .structure import blank_lines, bound_by, is_block, is_docstring, members_of, statements_of

_Tokens: TypeAlias = list[str]


def print_module(module: Module) -> str:
    """The text of a file, imports included."""
    return _Printer(module).print()


class _Printer:
    """Prints one module. ``_lower`` are the lower-case symbols mentioned so far: only those can clash with a member."""

    __slots__ = ("_bound", "_imports", "_lines", "_lower", "_module", "_shared")

    def __init__(self, module: Module) -> None:
        self._module = module
        self._imports = Imports(module.path, bound_by(module.body))
        self._bound: frozenset[str] = frozenset()
        self._lower: list[str] = []
        self._lines: list[str] = []
        self._shared: dict[int, tuple[Sequence[str], frozenset[str]]] = {}

    def print(self) -> str:
        module = self._module
        previous: Statement | None = None
        for statement in module.body:
            if previous is not None:
                self._lines.extend([""] * blank_lines(previous, statement, 0))
            self._bound = members_of(statement)
            self._statement(statement, 0)
            previous = statement
        body = self._lines
        exports = self._exports()
        head = self._head(body + exports)
        text = "\n".join([*head, *body, *exports])
        return text + "\n" if text else ""

    def _head(self, body: Sequence[str]) -> list[str]:
        """Documentation and imports, and the blank lines before ``body``."""
        module = self._module
        lines: list[str] = []
        if module.documentation is not None:
            lines += _literal_lines(nodes.docstring(module.documentation, 0), "")
        groups = self._imports.groups(future_annotations=module.future_annotations)
        for group in groups:
            if lines:
                lines.append("")
            for statement in group:
                lines += self._simple(statement, 0)
        if body and lines:
            opens = body[0].startswith(("class ", "def ", "async def ", "@"))
            lines += [""] * (2 if groups and opens else 1)
            if opens and not groups and module.documentation is not None:
                lines.append("")
        return lines

    def _exports(self) -> list[str]:
        if not self._module.exports:
            return []
        names = sorted(self._imports.name(symbol, frozenset()) for symbol in self._module.exports)
        statement = nodes.assign(nodes.name("__all__"), nodes.list_(*(nodes.string(n) for n in names)))
        gap = [""] * (2 if is_block(self._module.body[-1]) else 1) if self._module.body else []
        return gap + self._simple(statement, 0)

    # --- statements

    def _statement(self, statement: Statement, depth: int) -> None:
        match statement:
            case cst.SimpleStatementLine():
                self._lines += self._simple(statement, depth)
            case cst.ClassDef():
                self._class(statement, depth)
            case cst.FunctionDef():
                self._function(statement, depth)
            case cst.If(orelse=None):
                tokens: _Tokens = ["if", " ", OPEN]
                self._expression(statement.test, tokens)
                self._lines += _laid_out([*tokens, CLOSE, ":"], depth)
                self._block(statement.body, depth + 1)
            case _:
                raise TypeError(type(statement).__name__)

    def _block(self, block: cst.BaseSuite, depth: int) -> None:
        previous: Statement | None = None
        for statement in statements_of(block):
            if previous is not None and blank_lines(previous, statement, depth, first=previous is block.body[0]):
                self._lines.append("")
            self._statement(statement, depth)
            previous = statement

    def _class(self, node: cst.ClassDef, depth: int) -> None:
        self._decorators(node.decorators, depth)
        tokens: _Tokens = ["class", " ", node.name.value]
        arguments = (*node.bases, *node.keywords)
        if arguments:
            tokens.append("(")
            self._arguments(arguments, tokens)
            tokens.append(")")
        tokens.append(":")
        self._lines += _laid_out(tokens, depth)
        self._block(node.body, depth + 1)

    def _function(self, node: cst.FunctionDef, depth: int) -> None:
        self._decorators(node.decorators, depth)
        tokens: _Tokens = ["async", " "] if node.asynchronous else []
        tokens += ["def", " ", node.name.value, "("]
        self._parameters(node.params, tokens)
        tokens.append(")")
        if node.returns is not None:
            tokens += [" ", "->", " ", OPEN]
            self._expression(node.returns.annotation, tokens)
            tokens.append(CLOSE)
        tokens.append(":")
        lines = _laid_out(tokens, depth, is_def=True)
        if node.body.body and node.body.body[0] is nodes.STUB:
            lines[-1] += " ..."
            if columns(lines[-1]) > WIDTH:
                lines = _laid_out([*tokens, " ", "..."], depth, is_def=True)
            self._lines += lines
            return
        self._lines += lines
        self._block(node.body, depth + 1)

    def _decorators(self, decorators: Iterable[cst.Decorator], depth: int) -> None:
        for decorator in decorators:
            tokens: _Tokens = ["@"]
            self._expression(decorator.decorator, tokens)
            self._lines += _laid_out(tokens, depth)

    def _parameters(self, node: cst.Parameters, tokens: _Tokens) -> None:
        parts: list[_Tokens] = [self._parameter(p) for p in node.params]
        if isinstance(node.star_arg, cst.ParamStar):
            parts.append(["*"])
        elif isinstance(node.star_arg, cst.Param):
            parts.append(self._parameter(node.star_arg))
        parts += [self._parameter(p) for p in node.kwonly_params]
        if node.star_kwarg is not None:
            parts.append(self._parameter(node.star_kwarg))
        _comma_separated(parts, tokens)

    def _parameter(self, node: cst.Param) -> _Tokens:
        star = node.star if isinstance(node.star, str) else ""
        tokens: _Tokens = [star + node.name.value]
        if node.annotation is not None:
            type = node.annotation.annotation
            tokens += [":", " "]
            optional = type.__class__ is cst.BinaryOperation
            if optional:
                tokens.append(OPEN)
            self._expression(type, tokens)
            if optional:
                tokens.append(CLOSE)
        if node.default is not None:
            tokens += [" ", "=", " "] if node.annotation is not None else ["="]
            self._expression(node.default, tokens)
        return tokens

    def _simple(self, statement: cst.SimpleStatementLine, depth: int) -> list[str]:
        small = statement.body[0]
        tokens: _Tokens = []
        match small:
            case cst.AnnAssign(target=target, annotation=annotation, value=value):
                self._expression(target, tokens)
                tokens += [":", " ", OPEN]
                self._expression(annotation.annotation, tokens)
                tokens.append(CLOSE)
                if value is not None:
                    tokens += [" ", "=", " "]
                    self._right_hand_side(value, tokens)
            case cst.Expr(value=cst.SimpleString()) if is_docstring(small):
                return _literal_lines(statement, INDENT * depth)
            case cst.Expr(value=value):
                self._expression(value, tokens)
            case cst.Assign(targets=targets, value=value):
                for assigned in targets:
                    self._expression(assigned.target, tokens)
                    tokens += [" ", "=", " "]
                self._right_hand_side(value, tokens)
            case cst.Return(value=value):
                tokens.append("return")
                if value is not None:
                    tokens.append(" ")
                    self._right_hand_side(value, tokens)
            case cst.Pass():
                tokens.append("pass")
            case cst.Import(names=names):
                tokens += ["import", " "]
                _comma_separated([_alias(alias) for alias in names], tokens)
            case cst.ImportFrom(module=module, names=imported, relative=dots) if not isinstance(imported, cst.ImportStar):
                path = "." * len(dots) + ("" if module is None else _dotted(module))
                tokens += ["from", " ", path, " ", "import", " ", OPEN]
                _comma_separated([_alias(alias) for alias in imported], tokens)
                tokens.append(CLOSE)
                return _laid_out(tokens, depth, is_import=True)
            case _:
                raise TypeError(type(small).__name__)
        return _laid_out(tokens, depth)

    def _right_hand_side(self, value: cst.BaseExpression, tokens: _Tokens) -> None:
        """A value around which black puts parentheses where a line breaks; a tuple has its own."""
        if type(value) is cst.Tuple:
            self._expression(value, tokens)
            return
        tokens.append(OPEN)
        self._expression(value, tokens)
        tokens.append(CLOSE)

    # --- expressions

    def _expression(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        if node.lpar:
            tokens.append(ATOM_OPEN)
            self._bare(node, tokens)
            tokens.append(ATOM_CLOSE)
        else:
            self._bare(node, tokens)

    def _bare(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        _WRITERS[type(node)](self, node, tokens)

    def _shared_expression(self, node: cst.BaseExpression, tokens: _Tokens, write: _Writer) -> None:
        """Tokens of a subtree that many statements share: written once, unless a name in it is bound here."""
        known = self._shared.get(id(node))
        if known is not None and known[1].isdisjoint(self._bound):
            tokens += known[0]
            self._lower += known[1]
            return
        start, since = len(tokens), len(self._lower)
        write(self, node, tokens)
        lower = frozenset(self._lower[since:])
        if lower.isdisjoint(self._bound):
            self._shared[id(node)] = (tokens[start:], lower)

    def _reference(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        assert isinstance(node, Reference)
        symbol = node.symbol
        if symbol.name[0].islower():
            self._lower.append(symbol.name)
        tokens.append(self._imports.name(symbol, self._bound))

    def _name(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        assert isinstance(node, cst.Name)
        tokens.append(node.value)

    def _attribute(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        assert isinstance(node, cst.Attribute)
        self._expression(node.value, tokens)
        if tokens[-1] in (")", "]", "}"):
            tokens += [".", node.attr.value]
        else:
            tokens[-1] += "." + node.attr.value

    def _literal(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        assert isinstance(node, cst.SimpleString | cst.Integer | cst.Float)
        tokens.append(node.value)

    def _ellipsis(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        tokens.append("...")

    def _call(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        assert isinstance(node, cst.Call)
        self._expression(node.func, tokens)
        tokens.append("(")
        self._arguments(node.args, tokens)
        tokens.append(")")

    def _arguments(self, arguments: Sequence[cst.Arg], tokens: _Tokens) -> None:
        for index, arg in enumerate(arguments):
            if index:
                tokens += [",", " "]
            if arg.keyword is not None:
                tokens += [arg.keyword.value, "="]
            elif arg.star:
                tokens.append(arg.star)
            elif len(arguments) > 1:
                # Not behind its parenthesis: a conditional expression would take that for its own.
                tokens += self._tokens(arg.value)
                continue
            self._expression(arg.value, tokens)

    def _subscript(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        self._shared_expression(node, tokens, _write_subscript)

    def _binary(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        self._shared_expression(node, tokens, _write_binary)

    def _conditional(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        """Black puts parentheses around one that does not fit on a line, if it has none."""
        assert isinstance(node, cst.IfExp)
        is_enclosed = bool(tokens) and tokens[-1] in ("(", OPEN)
        if not is_enclosed:
            tokens.append(TERNARY_OPEN)
        self._expression(node.body, tokens)
        tokens += [" ", "if", " "]
        self._expression(node.test, tokens)
        tokens += [" ", "else", " "]
        self._expression(node.orelse, tokens)
        if not is_enclosed:
            tokens.append(TERNARY_CLOSE)

    def _unary(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        assert isinstance(node, cst.UnaryOperation)
        tokens += ["not", " "] if isinstance(node.operator, cst.Not) else [UNARY_MINUS]
        self._expression(node.expression, tokens)

    def _await(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        assert isinstance(node, cst.Await)
        tokens += ["await", " "]
        self._expression(node.expression, tokens)

    def _lambda(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        assert isinstance(node, cst.Lambda)
        names = ", ".join(p.name.value for p in node.params.params)
        tokens += [f"lambda {names}:" if names else "lambda:", " "]
        self._expression(node.body, tokens)

    def _tuple(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        assert isinstance(node, cst.Tuple)
        # The parentheses of libcst's tuple are in lpar and already written.
        _comma_separated([self._tokens(e.value) for e in node.elements], tokens)
        if len(node.elements) == 1:
            tokens.append(",")

    def _list(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        assert isinstance(node, cst.List)
        tokens.append("[")
        _comma_separated([self._tokens(e.value) for e in node.elements], tokens)
        tokens.append("]")

    def _dict(self, node: cst.BaseExpression, tokens: _Tokens) -> None:
        assert isinstance(node, cst.Dict)
        tokens.append("{")
        parts: list[_Tokens] = []
        for element in node.elements:
            assert isinstance(element, cst.DictElement)
            part = self._tokens(element.key)
            part += [":", " "]
            self._expression(element.value, part)
            parts.append(part)
        _comma_separated(parts, tokens)
        tokens.append("}")

    def _tokens(self, node: cst.BaseExpression) -> _Tokens:
        tokens: _Tokens = []
        self._expression(node, tokens)
        return tokens


_Writer: TypeAlias = Callable[[_Printer, cst.BaseExpression, _Tokens], None]


def _write_subscript(printer: _Printer, node: cst.BaseExpression, tokens: _Tokens) -> None:
    assert isinstance(node, cst.Subscript)
    printer._expression(node.value, tokens)
    tokens.append(SUBSCRIPT_OPEN)
    for index, element in enumerate(node.slice):
        if index:
            tokens += [",", " "]
        assert isinstance(element.slice, cst.Index)
        printer._expression(element.slice.value, tokens)
    tokens.append(SUBSCRIPT_CLOSE)


def _write_binary(printer: _Printer, node: cst.BaseExpression, tokens: _Tokens) -> None:
    assert isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr)
    printer._expression(node.left, tokens)
    tokens += [" ", "|", " "]
    printer._expression(node.right, tokens)


_WRITERS: Mapping[type[cst.CSTNode], _Writer] = {
    Reference: _Printer._reference,
    cst.Name: _Printer._name,
    cst.Attribute: _Printer._attribute,
    cst.SimpleString: _Printer._literal,
    cst.Integer: _Printer._literal,
    cst.Float: _Printer._literal,
    cst.Ellipsis: _Printer._ellipsis,
    cst.Call: _Printer._call,
    cst.Subscript: _Printer._subscript,
    cst.BinaryOperation: _Printer._binary,
    cst.IfExp: _Printer._conditional,
    cst.UnaryOperation: _Printer._unary,
    cst.Await: _Printer._await,
    cst.Lambda: _Printer._lambda,
    cst.Tuple: _Printer._tuple,
    cst.List: _Printer._list,
    cst.Dict: _Printer._dict,
}
"""Every expression that can be printed."""


def _laid_out(tokens: _Tokens, depth: int, *, is_def: bool = False, is_import: bool = False) -> list[str]:
    text = INDENT * depth + "".join(tokens)
    if (len(text) <= WIDTH and text.isascii()) or columns(text) <= WIDTH:
        return [text]
    return layout(tokens, depth, is_def=is_def, is_import=is_import)


def _comma_separated(parts: Iterable[Sequence[str]], tokens: _Tokens) -> None:
    for index, part in enumerate(parts):
        if index:
            tokens += [",", " "]
        tokens += part


def _alias(alias: cst.ImportAlias) -> _Tokens:
    assert isinstance(alias.name, cst.Name | cst.Attribute)
    tokens = [_dotted(alias.name)]
    if alias.asname is not None:
        assert isinstance(alias.asname.name, cst.Name)
        tokens += [" ", "as", " ", alias.asname.name.value]
    return tokens


def _dotted(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Attribute):
        return f"{_dotted(node.value)}.{node.attr.value}"
    assert isinstance(node, cst.Name)
    return node.value


def _literal_lines(statement: cst.SimpleStatementLine, indent: str) -> list[str]:
    """The lines of a docstring, those after the first indented; empty ones stay empty."""
    small = statement.body[0]
    assert isinstance(small, cst.Expr) and isinstance(small.value, cst.SimpleString)
    first, *rest = small.value.value.split("\n")
    return [indent + first, *(indent + line if line else "" for line in rest)]
