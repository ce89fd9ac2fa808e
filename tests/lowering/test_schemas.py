"""Schemas, row by row of the coverage list: what each becomes in the IR."""

from __future__ import annotations

from typing import Any

import pytest

from specloom.ir.schemas import Discriminator, IRAliasSchema, IREnumSchema, IRObjectSchema, IRUnionSchema
from specloom.ir.types import (
    ANYTHING,
    BOOLEAN,
    INTEGER,
    NEVER,
    NULL,
    NUMBER,
    STRING,
    ArrayType,
    Constraints,
    IRType,
    LiteralType,
    MapType,
    ReferenceType,
    ScalarType,
    TupleType,
    UnionType,
    nullable,
    union,
)
from tests.lowering.shop import Spec, api, codes, properties, ref, type_of

NULLABLE = [
    ("3.0.3", {"type": "string", "nullable": True}),
    ("3.1.0", {"type": ["string", "null"]}),
    ("3.1.0", {"type": ["null", "string"]}),
    ("3.1.0", {"anyOf": [{"type": "string"}, {"type": "null"}]}),
    ("3.1.0", {"oneOf": [{"type": "null"}, {"type": "string"}]}),
    ("3.1.0", {"oneOf": [{"type": "string"}, {"const": None}]}),
    ("3.0.3", {"allOf": [{"type": "string"}], "nullable": True}),
]


@pytest.mark.parametrize(("version", "schema"), NULLABLE)
def test_null_has_one_spelling(version: str, schema: Spec) -> None:
    assert type_of(schema, version) == UnionType(members=(STRING, NULL))


@pytest.mark.parametrize(
    "declaration",
    [
        {"type": ["object", "null"], "properties": {"a": {"type": "string"}}},
        {"oneOf": [{"type": "object", "properties": {"a": {"type": "string"}}}, {"type": "null"}]},
        {"enum": ["a", "b", None]},
        {"type": ["string", "null"]},
    ],
)
def test_null_of_a_declaration_moves_to_its_references(declaration: Spec) -> None:
    assert type_of(ref("Part"), Part=declaration) == nullable(ReferenceType(name="Part"))


def test_blank_and_null_enums_of_drf_spectacular() -> None:
    context = api(
        {
            "Thing": {
                "type": "object",
                "properties": {"state": {"oneOf": [ref("StateEnum"), ref("BlankEnum"), ref("NullEnum")]}},
            },
            "StateEnum": {"enum": ["on", "off"], "type": "string", "description": "* `on` - Switched on\n* `off` - Switched off"},
            "BlankEnum": {"enum": [""]},
            "NullEnum": {"enum": [None]},
        },
        version="3.0.3",
    )

    assert properties(context, "Thing")["state"].type == union((ReferenceType(name="StateEnum"), LiteralType(value=""), NULL))
    assert list(context.schemas) == ["Thing", "StateEnum"]
    enum = context.schemas["StateEnum"]
    assert isinstance(enum, IREnumSchema)
    assert [(m.value, m.description) for m in enum.members] == [("on", "Switched on"), ("off", "Switched off")]
    assert enum.description is None


def test_bullets_of_a_property_say_nothing_twice() -> None:
    bullets = "Where it stands.\n\n* `on` - Switched on\n* `off` - Switched off"
    context = api(
        {
            "Thing": {"type": "object", "properties": {"state": {"allOf": [ref("StateEnum")], "description": bullets}}},
            "StateEnum": {"enum": ["on", "off"], "type": "string"},
        },
        version="3.0.3",
    )

    assert properties(context, "Thing")["state"].description == "Where it stands."


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": ["string", "integer"]}, union((STRING, INTEGER))),
        (
            {"type": ["string", "integer", "null"], "maxLength": 3},
            union((ScalarType(type="string", constraints=Constraints(max_length=3)), INTEGER, NULL)),
        ),
        ({}, ANYTHING),
        (True, ANYTHING),
        ({"type": "object"}, MapType(values=ANYTHING)),
        ({"type": "object", "additionalProperties": True}, MapType(values=ANYTHING)),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, MapType(values=INTEGER)),
        ({"additionalProperties": {"type": "integer"}}, MapType(values=INTEGER)),
        ({"type": "object", "patternProperties": {"^x-": {"type": "string"}}}, MapType(values=STRING)),
        (
            {"type": "object", "patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": False},
            MapType(values=STRING, key_pattern="^x-"),
        ),
        ({"type": "object", "propertyNames": {"pattern": "^a"}}, MapType(values=ANYTHING, key_pattern="^a")),
        ({"type": "array"}, ArrayType(items=ANYTHING)),
        ({"items": {"type": "string"}}, ArrayType(items=STRING)),
        (
            {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 2, "uniqueItems": True},
            ArrayType(items=STRING, min_items=1, max_items=2, unique_items=True),
        ),
        (
            {"type": "array", "prefixItems": [{"type": "number"}, {"type": "string"}], "items": False, "minItems": 1},
            TupleType(items=(NUMBER, STRING), rest=NEVER, min_items=1),
        ),
        ({"type": "array", "prefixItems": [{"type": "number"}]}, TupleType(items=(NUMBER,), rest=ANYTHING)),
        ({"const": 3}, LiteralType(value=3)),
        ({"enum": ["only"]}, LiteralType(value="only")),
        ({"enum": [True, False]}, BOOLEAN),
        ({"type": "boolean", "enum": [True]}, LiteralType(value=True)),
        (
            {"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"},
            ScalarType(type="string", content_encoding="base64", content_media_type="image/png"),
        ),
        ({"type": "string", "format": "byte"}, ScalarType(type="string", format="byte")),
        (
            {"type": "integer", "minimum": 1, "exclusiveMaximum": 10, "multipleOf": 2},
            ScalarType(type="integer", constraints=Constraints(minimum=1, exclusive_maximum=10, multiple_of=2)),
        ),
        ({"minLength": 2}, ScalarType(type="string", constraints=Constraints(min_length=2))),
        ({"anyOf": [{"type": "string"}]}, STRING),
        (
            {"allOf": [{"type": "string", "maxLength": 9}, {"type": "string", "maxLength": 5, "minLength": 1}]},
            ScalarType(type="string", constraints=Constraints(min_length=1, max_length=5)),
        ),
        ({"allOf": [{"type": "number"}, {"type": "integer"}]}, INTEGER),
    ],
)
def test_types(schema: Spec, expected: IRType) -> None:
    assert type_of(schema) == expected


def test_exclusive_bounds_of_3_0_are_flags() -> None:
    found = type_of({"type": "integer", "minimum": 1, "exclusiveMinimum": True}, "3.0.3")

    assert found == ScalarType(type="integer", constraints=Constraints(exclusive_minimum=1))


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "minimum": 5, "maximum": 1},
        {"type": "string", "minLength": 5, "maxLength": 1},
        {"type": "array", "items": {}, "minItems": 5, "maxItems": 1},
    ],
)
def test_impossible_constraints_are_left_out(schema: Spec) -> None:
    context = api({"Thing": {"type": "object", "properties": {"value": schema}}})

    assert "impossible-constraint" in codes(context)
    type = properties(context, "Thing")["value"].type
    assert type in (INTEGER, STRING, ArrayType(items=ANYTHING))


def test_all_of_is_merged() -> None:
    context = api(
        {
            "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}},
            "Thing": {
                "allOf": [ref("Base"), {"type": "object", "properties": {"size": {"type": "integer"}}}],
                "required": ["name"],
            },
        }
    )

    found = properties(context, "Thing")
    assert [(p.name, p.required) for p in found.values()] == [("id", True), ("name", True), ("size", False)]
    assert not properties(context, "Base")["name"].required


def test_all_of_with_siblings() -> None:
    context = api(
        {
            "Base": {"type": "object", "properties": {"id": {"type": "integer"}}},
            "Thing": {"allOf": [ref("Base")], "properties": {"size": {"type": "integer"}}, "required": ["id", "size"]},
        }
    )

    assert [(p.name, p.required) for p in properties(context, "Thing").values()] == [("id", True), ("size", True)]


def test_all_of_the_same_property_is_narrowed() -> None:
    context = api(
        {
            "Base": {"type": "object", "properties": {"kind": {"type": "string"}, "size": {"type": "number"}}},
            "Thing": {
                "allOf": [ref("Base"), {"properties": {"kind": {"const": "a"}, "size": {"type": "integer", "minimum": 0}}}]
            },
        }
    )

    found = properties(context, "Thing")
    assert found["kind"].type == LiteralType(value="a")
    assert found["size"].type == ScalarType(type="integer", constraints=Constraints(minimum=0))


def test_all_of_that_conflicts_takes_the_last() -> None:
    context = api({"Thing": {"allOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"a": {"type": "integer"}}}]}})

    assert properties(context, "Thing")["a"].type == INTEGER
    assert "conflicting-property" in codes(context)


@pytest.mark.parametrize(
    "annotations",
    [
        {},
        {"description": "Which."},
        {"readOnly": True},
        {"default": None},
        {"title": "T"},
        {"deprecated": True},
        {"type": "object"},
    ],
)
def test_all_of_one_reference_is_that_reference(annotations: Spec) -> None:
    assert type_of(
        {"allOf": [ref("Part")], **annotations}, "3.0.3", Part={"type": "object", "properties": {"a": {}}}
    ) == ReferenceType(name="Part")


def test_all_of_in_a_loop_ends() -> None:
    context = api(
        {
            "A": {"allOf": [ref("B")], "properties": {"a": {"type": "string"}}},
            "B": {"allOf": [ref("A")], "properties": {"b": {"type": "string"}}},
        }
    )

    assert "ref-loop" in codes(context)
    assert "a" in properties(context, "A")


def test_all_of_with_one_of_is_distributed() -> None:
    context = api(
        {
            "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}},
            "Thing": {"allOf": [ref("Base"), {"oneOf": [ref("Cat"), ref("Dog")]}]},
            "Cat": {"type": "object", "properties": {"meows": {"type": "boolean"}}},
            "Dog": {"type": "object", "properties": {"barks": {"type": "boolean"}}},
        }
    )

    thing = context.schemas["Thing"]
    assert isinstance(thing, IRUnionSchema)
    assert thing.members == (ReferenceType(name="ThingCat"), ReferenceType(name="ThingDog"))
    assert list(properties(context, "ThingCat")) == ["id", "meows"]


def test_one_of_with_properties_beside_it() -> None:
    context = api(
        {
            "Thing": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "integer"}},
                "oneOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"b": {"type": "string"}}}],
            }
        }
    )

    thing = context.schemas["Thing"]
    assert isinstance(thing, IRUnionSchema)
    assert [list(properties(context, m.name)) for m in thing.members if isinstance(m, ReferenceType)] == [
        ["id", "a"],
        ["id", "b"],
    ]


def test_any_of_what_is_required_is_one_object() -> None:
    context = api(
        {
            "Thing": {
                "type": "object",
                "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
                "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
            }
        }
    )

    assert [(p.name, p.required) for p in properties(context, "Thing").values()] == [("a", False), ("b", False)]


def test_open_enums_keep_both() -> None:
    context = api({"Thing": {"type": "object", "properties": {"size": {"anyOf": [{"enum": ["s", "l"]}, {"type": "string"}]}}}})

    assert properties(context, "Thing")["size"].type == union((ReferenceType(name="Size"), STRING))


PETS = {
    "Cat": {"type": "object", "properties": {"kind": {"type": "string"}}},
    "Dog": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "barks": {"type": "boolean"}}},
}


@pytest.mark.parametrize(
    ("mapping", "values"),
    [
        ({"cat": "#/components/schemas/Cat", "dog": "Dog"}, ("cat", "dog")),
        ({}, ("Cat", "Dog")),
        ({"cat": "#/components/schemas/Cat"}, ("cat", "Dog")),
    ],
)
def test_discriminators_give_literals(mapping: dict[str, str], values: tuple[str, str]) -> None:
    context = api(
        {"Pet": {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind", "mapping": mapping}}, **PETS}
    )

    pet = context.schemas["Pet"]
    assert isinstance(pet, IRUnionSchema)
    assert pet.discriminator == Discriminator(property_name="kind", mapping=tuple(zip(values, ("Cat", "Dog"), strict=True)))
    for value, name in zip(values, ("Cat", "Dog"), strict=True):
        assert properties(context, name)["kind"].type == LiteralType(value=value)
        assert properties(context, name)["kind"].required


def test_discriminator_by_all_of() -> None:
    context = api(
        {
            "Pet": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"type": "string"}, "name": {"type": "string"}},
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {"cat": "#/components/schemas/Cat", "any": "#/components/schemas/Pet"},
                },
            },
            "Cat": {"allOf": [ref("Pet"), {"type": "object", "properties": {"meows": {"type": "boolean"}}}]},
            "Owner": {"type": "object", "properties": {"pet": ref("Pet")}},
        }
    )

    pet = context.schemas["Pet"]
    assert isinstance(pet, IRUnionSchema)
    assert pet.discriminator == Discriminator(property_name="kind", mapping=(("cat", "Cat"), ("any", "PetBase")))
    assert list(properties(context, "Cat")) == ["kind", "name", "meows"]
    assert list(properties(context, "PetBase")) == ["kind", "name"]
    assert properties(context, "Owner")["pet"].type == ReferenceType(name="Pet")


def test_discriminator_of_what_is_no_object_is_dropped() -> None:
    context = api({"Pet": {"oneOf": [ref("Cat"), {"type": "string"}], "discriminator": {"propertyName": "kind"}}, **PETS})

    pet = context.schemas["Pet"]
    assert isinstance(pet, IRUnionSchema)
    assert pet.discriminator is None
    assert "discriminator-dropped" in codes(context)


def test_discriminated_unions_in_unions_are_flat() -> None:
    context = api(
        {
            "Animal": {"oneOf": [ref("Pet"), ref("Cow")], "discriminator": {"propertyName": "kind"}},
            "Pet": {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}},
            "Cow": {"type": "object", "properties": {"kind": {"const": "cow"}}},
            **PETS,
        }
    )

    animal = context.schemas["Animal"]
    assert isinstance(animal, IRUnionSchema)
    assert animal.discriminator == Discriminator(property_name="kind", mapping=(("Cat", "Cat"), ("Dog", "Dog"), ("cow", "Cow")))


@pytest.mark.parametrize(
    ("schema", "members"),
    [
        ({"type": "string", "enum": ["a", "b"]}, [("a", None, None), ("b", None, None)]),
        ({"type": "integer", "enum": [1, 2, -1]}, [(1, None, None), (2, None, None), (-1, None, None)]),
        ({"enum": ["auto", 1, True, None]}, [("auto", None, None), (1, None, None), (True, None, None)]),
        (
            {"enum": [1, 2], "x-enum-varnames": ["Low", "High"], "x-enum-descriptions": ["l", "h"]},
            [(1, "Low", "l"), (2, "High", "h")],
        ),
        ({"enum": [1, 2], "x-enumNames": ["Low", "High"]}, [(1, "Low", None), (2, "High", None)]),
        (
            {"oneOf": [{"const": 1, "title": "Low", "description": "l"}, {"const": 2, "title": "High"}]},
            [(1, "Low", "l"), (2, "High", None)],
        ),
        ({"type": "string", "enum": ["a", "a", "b"]}, [("a", None, None), ("b", None, None)]),
    ],
)
def test_enums(schema: Spec, members: list[tuple[Any, Any, Any]]) -> None:
    enum = api({"Thing": schema}).schemas["Thing"]

    assert isinstance(enum, IREnumSchema)
    assert [(m.value, m.name, m.description) for m in enum.members] == members
    assert [type(m.value) for m in enum.members] == [type(value) for value, _, _ in members]


def test_equal_inline_enums_are_one_and_others_are_told_apart_by_their_owner() -> None:
    same, other = {"enum": ["s", "l"]}, {"enum": ["draft", "sold"]}
    context = api(
        {
            "Shirt": {"type": "object", "properties": {"size": same, "status": other}},
            "Shoe": {"type": "object", "properties": {"size": same, "status": {"enum": ["new", "worn"]}}},
        }
    )

    assert {name for name, schema in context.schemas.items() if schema.inline} == {"Size", "ShirtStatus", "ShoeStatus"}
    assert properties(context, "Shoe")["size"].type == ReferenceType(name="Size")


def test_names_of_inline_schemas_never_clash_with_components() -> None:
    inner = {"type": "object", "properties": {"a": {"type": "string"}}}
    context = api(
        {
            "Thing": {
                "type": "object",
                "properties": {
                    "part": inner,
                    "parts": {"type": "array", "items": inner},
                    "map": {"additionalProperties": inner},
                    "data": {"items": inner},
                },
            },
            "ThingPart": {"type": "object", "properties": {"b": {"type": "string"}}},
        }
    )

    assert [name for name in context.schemas if context.schemas[name].inline] == [
        "ThingPart2",
        "ThingPart3",
        "ThingMapValue",
        "ThingDataItem",
    ]
    assert list(properties(context, "ThingPart")) == ["b"]


def test_additional_properties_with_properties() -> None:
    context = api(
        {
            "Open": {"type": "object", "properties": {"a": {}}, "additionalProperties": {"type": "string"}},
            "Closed": {"type": "object", "properties": {"a": {}}, "additionalProperties": False},
            "Unsaid": {"type": "object", "properties": {"a": {}}},
        }
    )

    found = {name: schema.additional for name, schema in context.schemas.items() if isinstance(schema, IRObjectSchema)}
    assert found == {"Open": STRING, "Closed": NEVER, "Unsaid": None}


def test_what_is_not_carried_is_said() -> None:
    context = api({"Thing": {"type": "object", "properties": {"a": {"not": {"type": "string"}}}, "if": {}, "then": {}}})

    assert [d.pointer for d in context.diagnostics if d.code == "keyword-not-carried"] == [
        "/components/schemas/Thing/if",
        "/components/schemas/Thing/then",
        "/components/schemas/Thing/properties/a/not",
    ]


def test_defaults_examples_and_deprecation() -> None:
    found = properties(
        api(
            {
                "Thing": {
                    "type": "object",
                    "properties": {
                        "a": {"type": "integer", "default": 10, "examples": [1, 2]},
                        "b": {"type": ["string", "null"], "default": None, "deprecated": True},
                    },
                }
            }
        ),
        "Thing",
    )

    assert found["a"].default is not None and found["a"].default.value == 10
    assert found["a"].examples == (1, 2)
    assert found["b"].default is not None and found["b"].default.value is None
    assert found["b"].deprecated


@pytest.mark.parametrize(
    ("schema", "default", "is_kept"),
    [
        ({"type": "string"}, "a", True),
        ({"type": "string"}, 1, False),
        ({"type": "integer"}, True, False),
        ({"type": "integer"}, 2.0, True),
        ({"enum": ["a", "b"]}, "c", False),
        ({"enum": ["a", "b"]}, "b", True),
        ({"type": ["string", "null"]}, None, True),
        ({"type": "string"}, None, False),
        ({"type": "array", "items": {"type": "string"}}, [1], False),
        ({"type": "array", "items": {}}, [], True),
        ({"type": "object", "properties": {"a": {}}, "required": ["a"]}, {}, False),
        ({}, {"x": 1}, True),
    ],
)
def test_defaults_are_values_of_their_type(schema: Spec, default: Spec, is_kept: bool) -> None:
    context = api({"Thing": {"type": "object", "properties": {"value": {**schema, "default": default}}}})

    kept = properties(context, "Thing")["value"].default
    assert (kept is not None and kept.value == default) if is_kept else kept is None
    assert ("default-mismatch" in codes(context)) is not is_kept


def test_defs_and_deep_references() -> None:
    context = api(
        {
            "Thing": {
                "type": "object",
                "properties": {
                    "part": {"$ref": "#/components/schemas/Thing/$defs/Part"},
                    "again": {"$ref": "#/components/schemas/Thing/properties/part"},
                    "inner": {"type": "object", "properties": {"x": {"type": "string"}}},
                    "same": {"$ref": "#/components/schemas/Thing/properties/inner"},
                },
                "$defs": {"Part": {"type": "object", "properties": {"name": {"type": "string"}}}},
            }
        }
    )

    found = properties(context, "Thing")
    assert found["part"].type == found["again"].type == ReferenceType(name="Part")
    assert found["inner"].type == found["same"].type == ReferenceType(name="ThingInner")


def test_reference_with_siblings() -> None:
    schema = {"$ref": "#/components/schemas/Name", "description": "What it is called.", "maxLength": 20}
    newer = properties(api({"Name": {"type": "string"}, "Thing": {"properties": {"name": schema}}}), "Thing")["name"]
    older = api({"Name": {"type": "string"}, "Thing": {"type": "object", "properties": {"name": schema}}}, version="3.0.3")

    assert newer.type == ScalarType(type="string", constraints=Constraints(max_length=20))
    assert newer.description == "What it is called."
    assert properties(older, "Thing")["name"].type == ReferenceType(name="Name")
    assert "ref-siblings-ignored" in codes(older)


def test_aliases() -> None:
    context = api({"Id": {"type": "integer"}, "Same": ref("Id"), "Many": {"type": "array", "items": ref("Id")}})

    assert {n: s.type for n, s in context.schemas.items() if isinstance(s, IRAliasSchema)} == {
        "Id": INTEGER,
        "Same": ReferenceType(name="Id"),
        "Many": ArrayType(items=ReferenceType(name="Id")),
    }


def test_loops_without_content_are_anything() -> None:
    context = api({"A": ref("B"), "B": ref("A"), "C": {"type": "array", "items": ref("C")}})

    assert {n: s.type for n, s in context.schemas.items() if isinstance(s, IRAliasSchema)}["C"] == ArrayType(
        items=ReferenceType(name="C")
    )
    assert any(isinstance(s, IRAliasSchema) and s.type == ANYTHING for s in context.schemas.values())


@pytest.mark.parametrize("name", ["__proto__", "constructor", "", "a\0b", "\u2028", "*/"])
def test_any_key_is_a_property(name: str) -> None:
    assert name in properties(
        api({"Thing": {"type": "object", "properties": {name: {"type": "object", "properties": {"a": {}}}}}}), "Thing"
    )
