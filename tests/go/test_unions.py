"""Which unions Go needs, what their arms are, and how one is told from another."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import specloom
from specloom.builders.go.models import model_files
from specloom.builders.go.names import allocate_names
from specloom.builders.go.shapes import Shapes
from specloom.builders.go.types import TypeMapper
from specloom.builders.go.validation import Validation
from specloom.builders.go.validator import validate
from specloom.printers.go import print_file

STRING, INTEGER, NUMBER = {"type": "string"}, {"type": "integer"}, {"type": "number"}
DATE_TIME = {"type": "string", "format": "date-time"}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def of_kind(*kinds: str, **others: object) -> dict[str, object]:
    kind = {"type": "string", "enum": list(kinds)}
    return {"type": "object", "required": ["kind"], "properties": {"kind": kind, **others}}


def _models(schemas: Mapping[str, object]) -> str:
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}, "components": {"schemas": schemas}}
    api = specloom.load(document)
    shapes = Shapes(api.schemas)
    types = TypeMapper(allocate_names(api, shapes), shapes)
    found = model_files(api, types, Validation(api, types), "shop")
    assert validate(found.files) == ()
    return "".join(print_file(file) for file in found.files)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ([STRING, DATE_TIME], "type U = string\n"),
        ([DATE_TIME, {"type": "null"}], "type U = time.Time\n"),
        ([INTEGER, NUMBER], "type U = float64\n"),
        ([STRING, {"enum": ["a", "b"]}], "type U = Enum\n"),
        ([STRING, ref("Color")], "type U = Color\n"),
        ([ref("Color"), ref("Size")], "type U = string\n"),
        ([ref("Cat")], "type U = Cat\n"),
        ([{"type": "array", "items": STRING}, {"type": "array", "items": STRING, "minItems": 1}], "type U = []string\n"),
        ([STRING, {}], "type U = any\n"),
    ],
)
def test_go_needs_no_union_where_one_type_holds_all(members: list[object], expected: str) -> None:
    cat = {"type": "object", "properties": {"a": STRING}}
    schemas = {"U": {"anyOf": members}, "Color": {"enum": ["red"]}, "Size": {"enum": ["small"]}, "Cat": cat}
    assert expected in _models(schemas)


def test_a_discriminator_chooses_and_several_values_may_name_one_type() -> None:
    text = _models(
        {
            "Pet": {
                "oneOf": [ref("Cat"), ref("Dog")],
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {"cat": ref("Cat")["$ref"], "kitten": ref("Cat")["$ref"], "dog": ref("Dog")["$ref"]},
                },
            },
            "Cat": {"type": "object", "required": ["kind"], "properties": {"kind": STRING}},
            "Dog": {"type": "object", "required": ["kind"], "properties": {"kind": STRING, "raw": STRING}},
        }
    )
    assert (
        """
	switch kind := shapeOf(data).text("kind"); kind {
	case "cat", "kitten":
		p.Value = new(Cat)
	case "dog":
		p.Value = new(Dog)
	default:
		p.Value = &UnknownPet{Kind: kind, Raw: bytes.Clone(data)}
		return nil
	}
	return json.Unmarshal(data, p.Value)
"""
        in text
    )
    assert '// Dog is the [Pet] of kind "dog".\n' in text
    assert '	if d.Kind == "" {\n		d.Kind = "dog"\n	}\n' in text
    assert "if c.Kind ==" not in text  # it is one of two, and only the caller knows which


def test_without_a_discriminator_kinds_of_json_and_constants_choose() -> None:
    text = _models(
        {
            "U": {
                "oneOf": [
                    of_kind("a", x=STRING),
                    of_kind("b", "c"),
                    {"type": "object", "required": ["y"], "properties": {"y": STRING}},
                    STRING,
                    {"type": "array", "items": ref("U")},
                ]
            },
        }
    )
    assert (
        """
	switch shape := shapeOf(data); {
	case shape.is("string") && decodeAs(data, &u.Value, new(UString)):
	case shape.is("array") && decodeAs(data, &u.Value, new(UUList)):
	case shape.equals("kind", `"a"`) && decodeAs(data, &u.Value, new(UOption1)):
	case (shape.equals("kind", `"b"`) || shape.equals("kind", `"c"`)) && decodeAs(data, &u.Value, new(UOption2)):
	case shape.is("object") && decodeAs(data, &u.Value, new(UOption3)):
	default:
		u.Value = &UnknownU{Raw: bytes.Clone(data)}
	}
	return nil
"""
        in text
    )


def test_the_property_that_tells_most_is_the_one_to_look_at() -> None:
    state = {"type": "string", "enum": ["on", "off"]}
    arms: list[dict[str, object]] = [{"type": "object", "required": ["y"], "properties": {"y": STRING}}]
    for kind in ("a", "b"):
        kinds = {"state": state, "kind": {"type": "string", "const": kind}}
        arms.append({"type": "object", "required": ["state", "kind"], "properties": kinds})
    text = _models({"U": {"oneOf": arms}})
    assert 'case shape.equals("kind", `"a"`) && decodeAs(data, &u.Value, new(UOption2)):' in text
    assert 'case shape.equals("kind", `"b"`) && decodeAs(data, &u.Value, new(UOption3)):' in text
    assert 'case shape.is("object") && decodeAs(data, &u.Value, new(UOption1)):' in text


def test_the_unions_in_a_union_are_its_own_arms() -> None:
    inner = {"oneOf": [STRING, {"type": "array", "items": STRING}]}
    text = _models({"Outer": {"oneOf": [ref("Inner"), INTEGER]}, "Inner": inner})
    assert "[OuterString], [OuterStringList], [OuterInt] or [UnknownOuter]" in text
    assert "isOuter" in text
    assert "func (InnerString) isOuter" not in text


def test_one_type_may_be_an_arm_of_several_unions() -> None:
    a, b = ({"type": "object", "required": [key], "properties": {key: STRING}} for key in "ab")
    text = _models({"A": a, "B": b, "One": {"oneOf": [ref("A"), ref("B")]}, "Two": {"oneOf": [ref("B"), ref("A"), STRING]}})
    for union in ("One", "Two"):
        for arm in ("A", "B"):
            assert text.count(f"func (*{arm}) is{union}() {{}}") == 1


def test_equal_unions_are_one() -> None:
    either = {"oneOf": [ref("A"), STRING]}
    text = _models({"A": {"type": "object", "properties": {"x": either, "y": either, "z": {"type": "array", "items": either}}}})
    assert "X *AOrString " in text and "Y *AOrString " in text and "Z []AOrString " in text
    assert text.count("UnmarshalJSON") == 1 + text.count("// UnmarshalJSON")


@pytest.mark.parametrize(
    "schemas",
    [
        {"A": {"type": "array", "items": ref("A")}},
        {"A": {"type": "array", "items": ref("B")}, "B": {"type": "object", "additionalProperties": ref("A")}},
        {"A": {"oneOf": [STRING, ref("B")]}, "B": {"oneOf": [INTEGER, ref("A")]}},
        {"A": {"oneOf": [{"type": "array", "items": ref("A")}, {"type": "null"}]}},
        {"A": {"type": "array", "items": {"oneOf": [ref("A"), STRING]}}},
        {"A": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": ref("A")}}},
    ],
)
def test_types_that_need_themselves_are_types_of_their_own(schemas: dict[str, object]) -> None:
    assert "type A " in _models(schemas)


def test_a_union_may_hold_itself_where_null_may_stand_too() -> None:
    inner = {"oneOf": [{"$ref": "#/components/schemas/Value"}, {"type": "null"}]}
    members = [{"type": "string"}, {"type": "array", "items": inner}, {"type": "object", "additionalProperties": inner}]
    files = specloom.emit(specloom.load({
        "openapi": "3.1.0", "info": {"title": "Values", "version": "1"}, "paths": {},
        "components": {"schemas": {"Value": {"oneOf": members}, "Holder": {"type": "object", "properties": {"value": inner}}}},
    }), "go")
    assert "\ntype ValueAnyList []*Value\n" in files["models.go"]
    assert files["models.go"].count("interface{ isValue() }") == 1
