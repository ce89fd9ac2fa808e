"""Each rule of the validator, broken once, and the same tree in order."""

from __future__ import annotations

import pytest

from specloom.builders.typescript import nodes as ts
from specloom.builders.typescript.validator import TypeScriptValidator

X = ts.param("x", ts.STRING)
MODELS = ts.file("models.ts", ts.interface("Model", [ts.prop("id", ts.NUMBER)]))


def _codes(*statements: ts.Statement) -> list[str]:
    return [found.code for found in TypeScriptValidator().check([MODELS, ts.file("a.ts", *statements)])]


@pytest.mark.parametrize(
    ("rule", "broken", "sound"),
    [
        (
            "required-after-optional",
            ts.function("f", [ts.param("a", ts.STRING, optional=True), X], None),
            ts.function("f", [X, ts.param("a", ts.STRING, optional=True)], None),
        ),
        (
            "required-in-optional",
            ts.function("f", [ts.param("a", ts.type_ref(ts.symbol("Model", "models")), default=ts.obj())], None),
            ts.function("f", [ts.param("a", ts.object_type(ts.prop("b", ts.STRING, optional=True)), default=ts.obj())], None),
        ),
        ("unknown-type", ts.export_type("A", ts.type_name("Nothing")), ts.export_type("A", ts.type_name("Promise", ts.VOID))),
        (
            "unresolved-reference",
            ts.export_type("A", ts.type_ref(ts.symbol("Nothing", "models"))),
            ts.export_type("A", ts.type_ref(ts.symbol("Model", "models"))),
        ),
        (
            "unresolved-reference",
            ts.export_type("A", ts.type_ref(ts.symbol("X", "nowhere"))),
            ts.export_type("A", ts.type_ref(ts.symbol("APIError", "errors"))),
        ),
        ("unresolved-reference", ts.export_from("models", "Nothing"), ts.export_from("models", "Model")),
        (
            "duplicate-member",
            ts.interface("A", [ts.prop("a", ts.STRING), ts.prop("a", ts.NUMBER)]),
            ts.interface("A", [ts.prop("a", ts.STRING), ts.prop("A", ts.NUMBER)]),
        ),
        (
            "duplicate-member",
            ts.cls("A", ts.method("a", [], None), ts.method("a", [], None)),
            ts.cls("A", ts.overload("a", [X], None), ts.method("a", [], None)),
        ),
        (
            "duplicate-member",
            ts.export_const("a", ts.obj(("b", ts.NULL), ("b", ts.NULL))),
            ts.export_const("a", ts.obj(("b", ts.NULL), ("c", ts.NULL))),
        ),
        ("duplicate-parameter", ts.function("f", [X, X], None), ts.function("f", [X], None)),
        ("reserved-name", ts.function("f", [ts.param("class")], None), ts.function("f", [ts.param("klass")], None)),
        ("reserved-name", ts.export_const("delete", ts.NULL), ts.export_const("remove", ts.NULL)),
    ],
)
def test_rules(rule: str, broken: ts.Statement, sound: ts.Statement) -> None:
    assert _codes(broken) == [rule]
    assert _codes(sound) == []


def test_a_value_and_a_type_may_share_a_name_but_not_two_types() -> None:
    assert _codes(ts.export_const("A", ts.NULL), ts.export_type("A", ts.STRING)) == []
    assert _codes(ts.export_type("A", ts.NUMBER), ts.export_type("A", ts.STRING)) == ["duplicate-declaration"]
