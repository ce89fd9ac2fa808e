"""The validator of Go nodes: each rule finds what breaks it, and nothing else."""

from __future__ import annotations

import pytest

from specloom.builders.go import nodes as go
from specloom.builders.go.validator import validate

PET = go.type_declaration("Pet", go.struct(go.field("Name", go.STRING, (("json", "name"),))))
SELF = go.parameter("p", go.name("Pet"))


def _problems(*declarations: go.Declaration) -> list[str]:
    return [d.message for d in validate([go.file("models.go", "shop", declarations)], frozenset({"marshalJSON"}))]


def _method(name: str, *body: go.Statement) -> go.Function:
    return go.function(name, (), (), body, receiver=SELF)


def test_what_is_right_is_not_reported() -> None:
    method = _method(
        "Print",
        go.type_declaration("plain", go.name("Pet")),
        go.define(("text", "err"), go.call(go.name("marshalJSON"), go.call(go.name("plain"), go.name("p")))),
        go.range_("letter", go.name("text"), go.expression(go.call(go.name("println"), go.name("letter"), go.name("err")))),
        go.switch(go.dotted("p.Name"), go.case(go.string("a")), go.case(go.string("b")), go.default()),
        go.expression(go.call(go.ref("fmt", "Println"), go.dotted("p.Name"))),
    )
    node = go.type_declaration("Node", go.struct(go.field("Next", go.pointer(go.name("Node"))), go.field("Pet", go.name("Pet"))))
    circle = go.type_declaration("Circle", go.slice_of(go.name("Circle")))
    assert _problems(PET, method, node, circle) == []


@pytest.mark.parametrize(
    ("expected", "declarations"),
    [
        ("duplicate-declaration: Pet", (PET, go.const("Pet", None, go.number(1)))),
        ("duplicate-declaration: marshalJSON", (go.function("marshalJSON", (), (), ()),)),
        ("duplicate-member: Pet.Name", (PET, _method("Name"))),
        ("duplicate-member: Pet.Save", (PET, _method("Save"), _method("Save"))),
        (
            "duplicate-member: Cat.A",
            (go.type_declaration("Cat", go.struct(go.field("A", go.STRING), go.field("A", go.INT64))),),
        ),
        (
            "duplicate-tag: Cat has 'a' twice",
            (
                go.type_declaration(
                    "Cat",
                    go.struct(go.field("A", go.STRING, (("json", "a"),)), go.field("B", go.STRING, (("json", "a,omitzero"),))),
                ),
            ),
        ),
        ("unknown-name: Dog in Cat", (go.type_declaration("Cat", go.slice_of(go.name("Dog"))),)),
        ("unknown-name: gone in Pet.Save", (PET, _method("Save", go.expression(go.call(go.name("gone")))))),
        ("unknown-member: Gone in Pet.Save", (PET, _method("Save", go.expression(go.call(go.dotted("p.Gone")))))),
        ("unknown-name: Cat in Cat.Save", (go.function("Save", (), (), (), receiver=go.parameter("c", go.name("Cat"))),)),
        (
            "method-of-alias: Pet",
            (go.type_declaration("Pet", go.STRING, alias=True), _method("Save")),
        ),
        (
            "duplicate-parameter: a in call",
            (go.function("call", (go.parameter("a", go.STRING), go.parameter("a", go.INT64)), (), ()),),
        ),
        (
            "duplicate-case: x in call",
            (go.function("call", (go.parameter("a", go.STRING),), (), (
                go.switch(go.name("a"), go.case(go.string("x")), go.case([go.string("y"), go.string("x")])),)),),
        ),
        (
            "recursive-type: A, B holds itself",
            (
                go.type_declaration("A", go.struct(go.field("B", go.name("B")))),
                go.type_declaration("B", go.struct(go.field("A", go.instance(go.name("Nullable"), go.name("A"))))),
                go.type_declaration("Nullable", go.struct(), params=(go.type_parameter("T"),)),
            ),
        ),
        ("recursive-type: A holds itself", (go.type_declaration("A", go.slice_of(go.name("A")), alias=True),)),
    ],
)  # fmt: skip
def test_a_broken_rule_is_found(expected: str, declarations: tuple[go.Declaration, ...]) -> None:
    assert [problem.partition(": ")[2] for problem in _problems(*declarations)] == [expected]
