"""Each rule of the validator is broken once; what the builders make breaks none."""

from __future__ import annotations

import pytest
from libcst import CSTValidationError

from specloom.builders.python import nodes
from specloom.builders.python.nodes import Module, Statement, Symbol
from specloom.builders.python.validator import validate

STR = nodes.ref(Symbol("builtins", "str"))
A, B = Symbol(".models.a", "A"), Symbol(".models.a", "B")


def _problems(*body: Statement, future: bool = True, exports: tuple[Symbol, ...] = ()) -> list[str]:
    module = Module(("models", "a"), body, None, future, exports)
    return [diagnostic.message.removeprefix("models/a.py: ") for diagnostic in validate([module])]


def _method(*positional: str, named: str | None = None, body: nodes.Expression = nodes.NONE) -> Statement:
    params = [nodes.parameter("self"), *(nodes.parameter(p, STR) for p in positional)]
    return nodes.function("f", params, [nodes.return_(body)], named=[nodes.parameter(named, STR)] if named else [])


def test_a_module_that_keeps_the_rules() -> None:
    again = nodes.call(nodes.dotted("self.f"), nodes.lambda_(["x"], nodes.name("x")), nodes.name("b"))
    assert _problems(
        nodes.class_("A", [], [nodes.annotated("a", nodes.ref(B)), _method("b", named="c", body=again)]),
        nodes.class_("B", [nodes.ref(A)], []),
        nodes.assign(nodes.name("C"), nodes.ref(B)),
        exports=(A,),
    ) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ([nodes.class_("A", [], []), nodes.class_("A", [], [])], "duplicate-name: A"),
        ([nodes.class_("A", [], [nodes.annotated("a", STR), nodes.annotated("a", STR)])], "duplicate-member: a"),
        ([nodes.class_("A", [], [nodes.annotated("f", STR), _method()])], "duplicate-member: f"),
        ([nodes.class_("A", [], [_method("a", named="a")])], "duplicate-parameter: a"),
        ([nodes.class_("A", [], [_method(body=nodes.name("missing"))])], "unresolved-name: missing"),
        ([nodes.class_("A", [], [nodes.annotated("a", nodes.ref(B))])], "unresolved-reference: .models.a.B"),
        ([nodes.class_("A", [nodes.ref(B)], []), nodes.class_("B", [], [])], "used-before-defined: B"),
        ([nodes.annotated("C", STR, nodes.ref(A)), nodes.class_("A", [], [])], "used-before-defined: A"),
    ],
)
def test_a_broken_rule_is_found(body: list[Statement], problem: str) -> None:
    assert _problems(*body) == [problem]


def test_annotations_count_where_they_are_not_deferred() -> None:
    body = (nodes.class_("A", [], [nodes.annotated("b", nodes.ref(B))]), nodes.class_("B", [], []))
    assert _problems(*body) == []
    assert _problems(*body, future=False) == ["used-before-defined: B"]


def test_a_required_parameter_after_an_optional_one_cannot_be_made() -> None:
    with pytest.raises(CSTValidationError):
        nodes.function("f", [nodes.parameter("a", STR, nodes.NONE), nodes.parameter("b", STR)], [nodes.PASS])


def test_what_is_handed_on_must_be_there() -> None:
    assert _problems(exports=(A,)) == ["unresolved-reference: .models.a.A"]
