"""What changes of a schema mean, sent and answered, forth and back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.comparing.documents import compared, using, verdicts

Schema = dict[str, Any]
STRING, INTEGER, NUMBER = {"type": "string"}, {"type": "integer"}, {"type": "number"}


def thing(properties: Schema, required: tuple[str, ...] = (), **rest: object) -> Schema:
    return {"type": "object", "properties": properties, **({"required": list(required)} if required else {}), **rest}


def value(schema: Schema) -> Schema:
    return thing({"a": schema})


# old, new, (code, when sent, when answered), the same from new to old
ROWS: dict[str, tuple[Schema, Schema, tuple[str, str, str], tuple[str, str, str]]] = {
    "property": (
        thing({"a": STRING}), thing({"a": STRING, "b": STRING}), ("property-added", "C", "C"), ("property-removed", "B", "B")),
    "required property": (
        thing({"a": STRING}), thing({"a": STRING, "b": STRING}, ("b",)),
        ("required-property-added", "B", "C"), ("required-property-removed", "B", "B")),
    "required": (thing({"a": STRING}), thing({"a": STRING}, ("a",)),
        ("required-added", "B", "C"), ("required-removed", "C", "B")),
    "required with a default": (
        value({"type": "string", "default": "x"}), thing({"a": {"type": "string", "default": "x"}}, ("a",)),
        ("required-added", "B", "C"), ("required-removed", "C", "B")),
    "null": (value(STRING), value({"type": ["string", "null"]}), ("nullable-added", "C", "B"), ("nullable-removed", "B", "C")),
    "null beside a reference": (
        value({"$ref": "#/components/schemas/Enum"}), value({"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Enum"}]}),
        ("nullable-added", "C", "B"), ("nullable-removed", "B", "C")),
    "another type": (value(STRING), value(INTEGER), ("type-changed", "B", "B"), ("type-changed", "B", "B")),
    "a wider number": (value(INTEGER), value(NUMBER), ("type-widened", "S", "B"), ("type-narrowed", "B", "S")),
    "a wider integer": (
        value({"type": "integer", "format": "int32"}), value(INTEGER), ("type-widened", "S", "B"), ("type-narrowed", "B", "S")),
    "anything": (value(STRING), value({}), ("type-widened", "S", "B"), ("type-narrowed", "B", "S")),
    "no longer an enum": (
        value({"enum": ["x", "y"]}), value(STRING), ("type-widened", "S", "B"), ("type-narrowed", "B", "S")),
    "array items": (
        value({"type": "array", "items": INTEGER}), value({"type": "array", "items": NUMBER}),
        ("type-widened", "S", "B"), ("type-narrowed", "B", "S")),
    "map values": (
        value({"type": "object", "additionalProperties": INTEGER}), value({"type": "object", "additionalProperties": NUMBER}),
        ("type-widened", "S", "B"), ("type-narrowed", "B", "S")),
    "tuple items": (
        value({"type": "array", "prefixItems": [STRING, INTEGER]}), value({"type": "array", "prefixItems": [STRING, NUMBER]}),
        ("type-widened", "S", "B"), ("type-narrowed", "B", "S")),
    "a list around it": (
        value(STRING), value({"type": "array", "items": STRING}), ("type-changed", "B", "B"), ("type-changed", "B", "B")),
    "an alternative": (
        value(STRING), value({"oneOf": [STRING, {"type": "boolean"}]}),
        ("alternative-added", "C", "B"), ("alternative-removed", "B", "S")),
    "an alternative of a union": (
        {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]},
        {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("Cat", "Dog", "Cow")]},
        ("alternative-added", "C", "B"), ("alternative-removed", "B", "S")),
    "an enum value": (
        value({"enum": ["x", "y"]}), value({"enum": ["y", "x", "z"]}),
        ("enum-value-added", "C", "B"), ("enum-value-removed", "B", "S")),
    "a value beside an enum": (
        value({"$ref": "#/components/schemas/Enum"}), value({"anyOf": [{"$ref": "#/components/schemas/Enum"}, {"enum": [""]}]}),
        ("enum-value-added", "C", "B"), ("enum-value-removed", "B", "S")),
    "a format": (
        value(STRING), value({"type": "string", "format": "uuid"}), ("format-added", "B", "S"), ("format-removed", "S", "B")),
    "another format": (
        value({"type": "string", "format": "date"}), value({"type": "string", "format": "date-time"}),
        ("format-changed", "B", "B"), ("format-changed", "B", "B")),
    "minimum": (
        value(INTEGER), value({"type": "integer", "minimum": 1}),
        ("constraint-tightened", "B", "C"), ("constraint-loosened", "C", "B")),
    "higher minimum": (
        value({"type": "number", "minimum": 1}), value({"type": "number", "exclusiveMinimum": 1}),
        ("constraint-tightened", "B", "C"), ("constraint-loosened", "C", "B")),
    "maximum": (
        value({"type": "integer", "maximum": 9}), value({"type": "integer", "exclusiveMaximum": 9}),
        ("constraint-tightened", "B", "C"), ("constraint-loosened", "C", "B")),
    "minLength": (
        value(STRING), value({"type": "string", "minLength": 1}),
        ("constraint-tightened", "B", "C"), ("constraint-loosened", "C", "B")),
    "maxLength": (
        value({"type": "string", "maxLength": 20}), value({"type": "string", "maxLength": 10}),
        ("constraint-tightened", "B", "C"), ("constraint-loosened", "C", "B")),
    "multipleOf": (
        value({"type": "integer", "multipleOf": 2}), value({"type": "integer", "multipleOf": 4}),
        ("constraint-tightened", "B", "C"), ("constraint-loosened", "C", "B")),
    "another multipleOf": (
        value({"type": "integer", "multipleOf": 2}), value({"type": "integer", "multipleOf": 3}),
        ("constraint-changed", "B", "B"), ("constraint-changed", "B", "B")),
    "pattern": (
        value(STRING), value({"type": "string", "pattern": "^a"}),
        ("constraint-tightened", "B", "C"), ("constraint-loosened", "C", "B")),
    "another pattern": (
        value({"type": "string", "pattern": "^b"}), value({"type": "string", "pattern": "^a"}),
        ("constraint-changed", "B", "B"), ("constraint-changed", "B", "B")),
    "minItems": (
        value({"type": "array", "items": STRING}), value({"type": "array", "items": STRING, "minItems": 1}),
        ("constraint-tightened", "B", "C"), ("constraint-loosened", "C", "B")),
    "uniqueItems": (
        value({"type": "array", "items": STRING}), value({"type": "array", "items": STRING, "uniqueItems": True}),
        ("constraint-tightened", "B", "C"), ("constraint-loosened", "C", "B")),
    "maxProperties": (
        value({"type": "object", "additionalProperties": STRING}),
        value({"type": "object", "additionalProperties": STRING, "maxProperties": 3}),
        ("constraint-tightened", "B", "C"), ("constraint-loosened", "C", "B")),
    "other keys": (
        thing({"a": STRING}, additionalProperties=False), thing({"a": STRING}),
        ("additional-properties-added", "C", "C"), ("additional-properties-removed", "B", "C")),
    "default": (
        value({"type": "integer", "default": 1}), value({"type": "integer", "default": 2}),
        ("default-changed", "C", "C"), ("default-changed", "C", "C")),
    "deprecated property": (
        value(STRING), value({"type": "string", "deprecated": True}),
        ("deprecation-added", "C", "C"), ("deprecation-removed", "C", "C")),
    "another kind of schema": (
        {"enum": ["x", "y"]}, {"type": "string"}, ("type-widened", "S", "B"), ("type-narrowed", "B", "S")),
    "an object for a value": (thing({"a": STRING}), {"type": "string"}, ("type-changed", "B", "B"), ("type-changed", "B", "B")),
    "any object for a described one": (
        value(thing({"b": STRING})), value({"type": "object"}), ("type-widened", "S", "B"), ("type-narrowed", "B", "S")),
}
OTHERS: dict[str, Schema] = {
    "Enum": {"type": "string", "enum": ["x", "y"]},
    "Cat": thing({"kind": {"const": "cat"}, "lives": INTEGER}, ("kind",)),
    "Dog": thing({"kind": {"const": "dog"}, "name": STRING}, ("kind",)),
    "Cow": thing({"kind": {"const": "cow"}, "milk": NUMBER}, ("kind",)),
}
WAYS = {"sent": {"sent": True}, "answered": {"answered": True}, "both": {"sent": True, "answered": True}, "unused": {}}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("row", ROWS)
def test_a_change_of_a_schema(row: str, way: str) -> None:
    old, new, forth, back = ROWS[row]
    olds, news = (using({"Thing": schema, **OTHERS}, **WAYS[way]) for schema in (old, new))
    for left, right, (code, sent, answered) in ((olds, news, forth), (news, olds, back)):
        worst = min((sent, answered), key="BSC".index)
        expected = {"sent": sent, "answered": answered, "both": worst, "unused": "C" if worst == "C" else "S"}[way]
        assert verdicts(compared(left, right)) == [(code, expected)]


NOT_WORTH_A_WORD: dict[str, tuple[Schema, Schema]] = {
    "descriptions": (value(STRING), value({"type": "string", "description": "new", "title": "A", "examples": ["x"]})),
    "order": (thing({"a": STRING, "b": INTEGER}, ("a", "b")), thing({"b": INTEGER, "a": STRING}, ("b", "a"))),
    "order of an enum": (value({"enum": ["x", "y"]}), value({"enum": ["y", "x"]})),
    "order of a union": (value({"oneOf": [STRING, INTEGER]}), value({"oneOf": [INTEGER, STRING]})),
    "the widest format": (value(INTEGER), value({"type": "integer", "format": "int64"})),
    "a format for forms": (value(STRING), value({"type": "string", "format": "password"})),
    "0 or none": (value(STRING), value({"type": "string", "minLength": 0})),
    "a bound of whole numbers": (
        value({"type": "integer", "minimum": 1}), value({"type": "integer", "exclusiveMinimum": 0})),
    "what any number is": (value(INTEGER), value({"type": "integer", "multipleOf": 1})),
    "two ways to say null": (value({"type": ["string", "null"]}), value({"anyOf": [{"type": "null"}, STRING]})),
    "other keys of any type": (thing({"a": STRING}), thing({"a": STRING}, additionalProperties=True)),
}


@pytest.mark.parametrize("row", NOT_WORTH_A_WORD)
def test_what_means_the_same(row: str) -> None:
    old, new = NOT_WORTH_A_WORD[row]
    olds, news = (using({"Thing": schema}, sent=True, answered=True) for schema in (old, new))
    assert verdicts(compared(olds, news)) == verdicts(compared(news, olds)) == []


def test_true_is_not_1() -> None:
    olds, news = (using({"Thing": value({"const": each})}, answered=True) for each in (1, True))
    assert verdicts(compared(olds, news)) == [("enum-value-removed", "S"), ("enum-value-added", "B")]


def test_a_key_that_had_a_type_before_it_had_a_name() -> None:
    old = using({"Thing": thing({"a": STRING}, additionalProperties=STRING)}, sent=True)
    new = using({"Thing": thing({"a": STRING, "b": INTEGER}, additionalProperties=STRING)}, sent=True)
    assert verdicts(compared(old, new)) == [("property-added", "C"), ("type-changed", "B")]


def test_a_discriminator() -> None:
    members = {
        name: thing({"kind": {"const": name}, "sort": {"const": name}}, ("kind", "sort")) for name in ("Cat", "Dog")
    }
    pets = {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in members]}
    old, new = (
        using({"Thing": {**pets, "discriminator": {"propertyName": name}}, **members}, answered=True) for name in ("kind", "sort")
    )
    assert verdicts(compared(old, new)) == verdicts(compared(new, old)) == [("discriminator-changed", "B")]


def test_a_schema_is_judged_by_all_ways_it_travels() -> None:
    old, new = (using({"Thing": thing({"a": STRING}, required)}, sent=True, answered=True) for required in ((), ("a",)))
    (change,) = compared(old, new).changes
    assert change.reason == "in requests: requests of existing clients may leave it out"
    assert change.operations == ("POST /things", "GET /things")
    assert [use.value for use in change.uses] == ["request", "response"]
    assert (change.place.schema, change.place.pointer) == ("Thing", "/components/schemas/Thing/properties/a")
