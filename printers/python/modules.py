"""Python source from libcst nodes, laid out as black 26 would, so that black finds nothing to change.

A statement becomes tokens; where they do not fit on a line, ``layout`` breaks them. libcst's own ``.code`` knows no
width and is not used. Imports are written here, because only here it is known which names a module mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import libcst as cst

from specloom.builders.python import nodes
from specloom.builders.python.nodes import Module, Statement
from specloom.builders.python.statements import bound_by, statements_of

from .expressions import Expressions, Tokens, comma_separated
from .imports import Imports
from .layout import layout
from .leaves import CLOSE, INDENT, OPEN, WIDTH, columns
from .structure import blank_lines, is_block, is_docstring, members_of


def print_module(module: Module) -> str:
    """The text of a file, imports included."""
    return _Printer(module).print()


class _Printer:
    """Prints one module."""

    __slots__ = ("_expressions", "_imports", "_lines", "_module")

    def __init__(self, module: Module) -> None:
        self._module = module
        self._imports = Imports(module.path, frozenset(bound_by(module.body)))
        self._expressions = Expressions(self._imports)
        self._lines: list[str] = []

    def print(self) -> str:
        module = self._module
        previous: Statement | None = None
        for statement in module.body:
            if previous is not None:
                self._lines.extend([""] * blank_lines(previous, statement, 0))
            self._expressions.bound = members_of(statement)
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
        if type(statement) is cst.SimpleStatementLine:
            self._lines += self._simple(statement, depth)
        elif type(statement) is cst.FunctionDef:
            self._function(statement, depth)
        elif type(statement) is cst.ClassDef:
            self._class(statement, depth)
        elif type(statement) is cst.If and statement.orelse is None:
            tokens: Tokens = ["if", " ", OPEN]
            self._expressions.write(statement.test, tokens)
            self._lines += _laid_out([*tokens, CLOSE, ":"], depth)
            self._block(statement.body, depth + 1)
        else:
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
        tokens: Tokens = ["class", " ", node.name.value]
        arguments = (*node.bases, *node.keywords)
        if arguments:
            tokens.append("(")
            self._expressions.arguments(arguments, tokens)
            tokens.append(")")
        tokens.append(":")
        self._lines += _laid_out(tokens, depth)
        self._block(node.body, depth + 1)

    def _function(self, node: cst.FunctionDef, depth: int) -> None:
        self._decorators(node.decorators, depth)
        tokens: Tokens = ["async", " "] if node.asynchronous else []
        tokens += ["def", " ", node.name.value, "("]
        self._parameters(node.params, tokens)
        tokens.append(")")
        if node.returns is not None:
            tokens += [" ", "->", " ", OPEN]
            self._expressions.write(node.returns.annotation, tokens)
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
            tokens: Tokens = ["@"]
            self._expressions.write(decorator.decorator, tokens)
            self._lines += _laid_out(tokens, depth)

    def _parameters(self, node: cst.Parameters, tokens: Tokens) -> None:
        parts: list[Tokens] = [self._parameter(p) for p in node.params]
        if isinstance(node.star_arg, cst.ParamStar):
            parts.append(["*"])
        elif isinstance(node.star_arg, cst.Param):
            parts.append(self._parameter(node.star_arg))
        parts += [self._parameter(p) for p in node.kwonly_params]
        if node.star_kwarg is not None:
            parts.append(self._parameter(node.star_kwarg))
        comma_separated(parts, tokens)

    def _parameter(self, node: cst.Param) -> Tokens:
        star = node.star if isinstance(node.star, str) else ""
        tokens: Tokens = [star + node.name.value]
        if node.annotation is not None:
            type = node.annotation.annotation
            tokens += [":", " "]
            optional = type.__class__ is cst.BinaryOperation
            if optional:
                tokens.append(OPEN)
            self._expressions.write(type, tokens)
            if optional:
                tokens.append(CLOSE)
        if node.default is not None:
            tokens += [" ", "=", " "] if node.annotation is not None else ["="]
            self._expressions.write(node.default, tokens)
        return tokens

    def _simple(self, statement: cst.SimpleStatementLine, depth: int) -> list[str]:
        small = statement.body[0]
        write = self._expressions.write
        tokens: Tokens = []
        if type(small) is cst.AnnAssign:
            write(small.target, tokens)
            tokens += [":", " ", OPEN]
            write(small.annotation.annotation, tokens)
            tokens.append(CLOSE)
            if small.value is not None:
                tokens += [" ", "=", " "]
                self._right_hand_side(small.value, tokens)
        elif type(small) is cst.Expr:
            if is_docstring(small):
                return _literal_lines(statement, INDENT * depth)
            write(small.value, tokens)
        elif type(small) is cst.Return:
            tokens.append("return")
            if small.value is not None:
                tokens.append(" ")
                self._right_hand_side(small.value, tokens)
        elif type(small) is cst.Assign:
            for assigned in small.targets:
                write(assigned.target, tokens)
                tokens += [" ", "=", " "]
            self._right_hand_side(small.value, tokens)
        elif type(small) is cst.Pass:
            tokens.append("pass")
        else:
            return _imported(small, depth)
        return _laid_out(tokens, depth)

    def _right_hand_side(self, value: cst.BaseExpression, tokens: Tokens) -> None:
        """A value around which black puts parentheses where a line breaks; a tuple has its own."""
        if type(value) is cst.Tuple:
            self._expressions.write(value, tokens)
            return
        tokens.append(OPEN)
        self._expressions.write(value, tokens)
        tokens.append(CLOSE)


def _laid_out(tokens: Tokens, depth: int, *, is_def: bool = False, is_import: bool = False) -> list[str]:
    text = INDENT * depth + "".join(tokens)
    if (len(text) <= WIDTH and text.isascii()) or columns(text) <= WIDTH:
        return [text]
    return layout(tokens, depth, is_def=is_def, is_import=is_import)


def _imported(small: cst.BaseSmallStatement, depth: int) -> list[str]:
    tokens: Tokens = []
    match small:
        case cst.Import(names=names):
            tokens += ["import", " "]
            comma_separated([_alias(alias) for alias in names], tokens)
            return _laid_out(tokens, depth)
        case cst.ImportFrom(module=module, names=imported, relative=dots) if not isinstance(imported, cst.ImportStar):
            path = "." * len(dots) + ("" if module is None else _dotted(module))
            tokens += ["from", " ", path, " ", "import", " ", OPEN]
            comma_separated([_alias(alias) for alias in imported], tokens)
            tokens.append(CLOSE)
            return _laid_out(tokens, depth, is_import=True)
        case _:
            raise TypeError(type(small).__name__)


def _alias(alias: cst.ImportAlias) -> Tokens:
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
