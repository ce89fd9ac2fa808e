"""What is printed is what black would make of it, and parses back to what was built."""

from __future__ import annotations

import ast

import libcst as cst
import pytest
from black import format_str
from black.mode import Mode
from hypothesis import HealthCheck, given, settings

from specloom.builders.python import nodes
from specloom.builders.python.nodes import Expression, Module, Statement, Symbol
from specloom.printers.python import layout, print_module
from specloom.printers.python import modules as printing

from .trees import TEXTS, modules

_FEW = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@_FEW
@given(modules())
def test_black_changes_nothing(module: Module) -> None:
    text = print_module(module)
    assert format_str(text, mode=Mode()) == text


def _long(*indices: Expression) -> Expression:
    return nodes.subscript(nodes.name("AnnotationThatIsLongEnoughToBeBroken"), *(indices or (nodes.name("t" * 40),)))


_A, _B = nodes.name("a"), nodes.name("b" * 30)
_CHOICE = nodes.conditional(nodes.name("c" * 40), nodes.name("d" * 30), nodes.name("e" * 30))
_NESTED = nodes.subscript(nodes.name("dict"), nodes.name("k" * 40), nodes.name("v" * 40))


@pytest.mark.parametrize("statement", [
    # The comma that black adds to an annotation makes it break the value too, when it looks again.
    nodes.annotated("x" * 20, _long(nodes.name("t" * 60), nodes.name("u" * 40)), nodes.union(_A, _A, _A)),
    nodes.annotated("x" * 40, _long(_long(), nodes.NONE), nodes.list_()),
    nodes.annotated("x" * 40, _long(_A, nodes.NONE, _A), nodes.lambda_(["found"], nodes.conditional(_CHOICE, _CHOICE, _A))),
    # A lambda's comma counts as one of the tuple's.
    nodes.annotated("x" * 40, _long(), nodes.tuple_(nodes.lambda_(["a", "b"], nodes.tuple_(nodes.name("str"))))),
    nodes.annotated("x" * 40, _long(), nodes.tuple_(nodes.tuple_(_A, _A, _A))),
    # So do keywords as assignments.
    nodes.assign(nodes.name("x"), nodes.call(nodes.name("f" * 80), a=nodes.name("y" * 85))),
    nodes.annotated("x", _long(), nodes.attribute(nodes.call(nodes.name("f"), a=_A, b=nodes.name("y" * 85)), "z")),
    # A result that ends in a comma is broken before the parameters are.
    nodes.function("f", [], [nodes.return_(_A)], returns=_long(_NESTED, _NESTED)),
    nodes.function("f", [], [nodes.return_(_A)], returns=_long(nodes.name("t" * 50), _B, _B)),
    nodes.function("f", [nodes.parameter("self")], [nodes.return_(_A)], returns=_long(_NESTED, _B)),
    nodes.function("f", [nodes.parameter("self", _NESTED)], [nodes.return_(_A)], returns=_long(_NESTED, _NESTED)),
    # A parameter by itself gets a comma, unless there is one in its default.
    nodes.function("f" * 60, [nodes.parameter("self", None, nodes.call(_A, _A, _B))], [nodes.return_(_A)]),
    nodes.function("f" * 60, [nodes.parameter("self", None, nodes.lambda_(["a", "b"], _B))], [nodes.return_(_A)]),
    # A conditional expression has the parentheses of a call whose only argument it is, and of what is assigned.
    nodes.assign(nodes.name("x"), _CHOICE),
    nodes.assign(nodes.name("x"), nodes.list_(_CHOICE)),
    nodes.assign(nodes.name("x"), nodes.list_(_CHOICE, _A)),
    nodes.assign(nodes.name("x"), nodes.call(_A, _CHOICE)),
    nodes.assign(nodes.name("x"), nodes.call(_A, _CHOICE, _A)),
    nodes.assign(nodes.name("x"), nodes.call(_A, a=_CHOICE)),
    nodes.assign(nodes.name("x"), nodes.subscript(_A, _CHOICE)),
    nodes.assign(nodes.name("x"), nodes.dict_([(_CHOICE, _CHOICE)])),
    nodes.return_(_CHOICE),
])  # fmt: skip
def test_black_changes_nothing_of(statement: Statement) -> None:
    if isinstance(statement, cst.SimpleStatementLine) and isinstance(statement.body[0], cst.Return):
        statement = nodes.function("f", [], [statement])
    text = print_module(Module(("a",), (statement,)))
    assert format_str(text, mode=Mode()) == text
    assert max(map(len, text.splitlines())) < 100


@_FEW
@given(modules())
def test_lines_that_break_at_brackets_alone_are_those_that_the_search_finds(module: Module) -> None:
    text = print_module(module)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "layout", layout.searched)
        assert print_module(module) == text


@_FEW
@given(modules())
def test_what_is_printed_parses_back_to_an_equal_tree(module: Module) -> None:
    printed = cst.parse_module(print_module(module))
    # libcst's own writer knows no layout, and no imports: without names from elsewhere both have to be the same.
    body = [s for s in printed.body if not _is_import(s)]
    if module.documentation is not None:
        body = body[1:]
    own = cst.Module(module.body)
    assert _dump(cst.Module(body).code) == _dump(own.code)


@_FEW
@given(TEXTS)
def test_a_string_is_exactly_its_value(text: str) -> None:
    literal = nodes.string(text).value
    assert ast.literal_eval(literal) == text
    literal.encode("utf-8")
    assert "\n" not in literal


@_FEW
@given(TEXTS)
def test_a_docstring_says_its_text_and_nothing_else(text: str) -> None:
    module = Module(("client",), (nodes.class_("A", [], [nodes.docstring(text, 1)]),))
    printed = print_module(module)
    assert format_str(printed, mode=Mode()) == printed
    (found,) = ast.parse(printed).body
    assert isinstance(found, ast.ClassDef)
    said = "".join((ast.get_docstring(found) or "").split())
    assert said == "".join(text.split()) or not text.strip() or said == "."


def test_a_name_that_is_bound_in_a_class_is_written_with_its_module() -> None:
    listing = nodes.subscript(nodes.ref(Symbol("builtins", "list")), nodes.ref(Symbol("datetime", "date")))
    module = Module(
        ("models", "a"),
        (
            nodes.class_("Free", [], [nodes.annotated("value", listing)]),
            nodes.class_("Bound", [], [nodes.annotated("list", listing), nodes.annotated("date", listing)]),
        ),
    )
    text = print_module(module)
    assert "    value: list[date]\n" in text
    assert "    list: builtins.list[dt.date]\n" in text
    assert text.startswith("import builtins\nimport datetime as dt\nfrom datetime import date\n\n\n")


def test_two_things_of_one_name_get_two() -> None:
    module = Module(
        ("models", "a"),
        (
            nodes.assign(nodes.name("x"), nodes.ref(Symbol("decimal", "Decimal"))),
            nodes.assign(nodes.name("y"), nodes.ref(Symbol(".models.common", "Decimal"))),
            nodes.assign(nodes.name("z"), nodes.ref(Symbol("uuid", "x"))),
        ),
    )
    assert print_module(module) == (
        "import uuid\nfrom decimal import Decimal\n\nfrom .common import Decimal as Decimal_\n\n"
        "x = Decimal\n\ny = Decimal_\n\nz = uuid.x\n"
    )


@pytest.mark.parametrize("word", ["class", "None", "a-b", "", "1a"])
def test_what_is_no_name_is_refused(word: str) -> None:
    with pytest.raises(nodes.ReservedNameError):
        nodes.name(word)


def test_parentheses_come_from_precedence() -> None:
    either = nodes.union(nodes.name("a"), nodes.name("b"))
    called = nodes.expression(nodes.attribute(nodes.call(nodes.attribute(either, "c")), "d"))
    module = Module(("a",), (called, nodes.expression(nodes.subscript(nodes.lambda_([], either), either))))
    assert print_module(module) == "(a | b).c().d\n\n(lambda: a | b)[a | b]\n"


def _is_import(statement: cst.CSTNode) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and isinstance(statement.body[0], cst.Import | cst.ImportFrom)


def _dump(code: str) -> str:
    """The tree with what a reference may be written as made one: the bare name, no module before it, no underscore after."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            node.value.value = " ".join(node.value.value.split())
    return ast.dump(_Bare().visit(tree))


class _Bare(ast.NodeTransformer):
    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id in ("builtins", "dt", "typing", "pydantic", "decimal"):
            return ast.Name(node.attr, node.ctx)
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(node.id.rstrip("_"), node.ctx)
