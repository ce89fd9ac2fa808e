"""The names of a model, and what stands behind each."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from pydantic import ValidationError

from specloom.django.schemas.fields import AccessorKind, UnknownNameError, accessors, shape_of
from tests.django.schemas.fields_support import json_schema, schema_for
from tests.django_project.models_zoo.models import Animal, Cage, Chip, Chosen, Food, Keeper, Note, Ordered, Place


def test_every_name_of_a_model_is_there_with_its_kind() -> None:
    found = {name: each.kind.name for name, each in accessors(Animal).items()}
    assert found == {
        "id": "FIELD", "name": "FIELD", "keeper": "FIELD", "place": "FIELD", "chip": "FIELD", "friends": "FIELD",
        "foods": "FIELD", "notes": "FIELD", "keeper_id": "KEY", "place_id": "KEY", "chip_id": "KEY", "pk": "PRIMARY_KEY",
        "ordered_set": "REVERSE", "shout": "PROPERTY", "length": "PROPERTY", "ratio": "PROPERTY", "unsaid": "PROPERTY",
        "greeting": "METHOD", "nearby": "METHOD",
    }  # fmt: skip
    assert accessors(Note)["about"].kind is AccessorKind.GENERIC


def test_related_models_are_known() -> None:
    found = {name: (each.related, each.many) for name, each in accessors(Animal).items() if each.related}
    assert found == {
        "keeper": (Keeper, False), "place": (Place, False), "chip": (Chip, False), "friends": (Animal, True),
        "foods": (Food, True), "notes": (Note, True), "ordered_set": (Ordered, True), "nearby": (Animal, True),
    }  # fmt: skip
    assert accessors(Keeper)["animal_set"].related is Animal
    assert accessors(Chip)["animal"].many is False


def test_an_unknown_name_is_an_error_with_the_nearest_and_the_rest() -> None:
    with pytest.raises(AttributeError) as unknown:
        accessors(Animal)["keper"]
    text = str(unknown.value)
    assert text.startswith("models_zoo.Animal has no 'keper'. Did you mean 'keeper'")
    assert all(name in text for name in accessors(Animal))
    assert isinstance(unknown.value, UnknownNameError)
    assert "keper" not in accessors(Animal)
    assert accessors(Animal).get("keper") is None
    with pytest.raises(AttributeError, match=r"has no 'zzz'\. It has: id, name"):
        accessors(Animal)["zzz"]


def test_methods_count_only_with_an_annotation_and_without_arguments() -> None:
    names = accessors(Animal)
    assert "greeting" in names
    assert "feed" not in names
    assert "save" not in names
    assert "objects" not in names
    assert "is_authenticated" in accessors(User)


def test_the_label_of_a_choice_is_a_text() -> None:
    found = accessors(Chosen)["get_diet_display"]
    assert found.kind is AccessorKind.METHOD
    assert json_schema(schema_for(found.source)) == {"title": "diet", "type": "string"}
    assert getattr(Chosen(diet="meat"), found.name)() == "Meat"
    assert "get_name_display" not in accessors(Animal)


def test_properties_and_methods_have_the_type_they_say_and_their_docstring() -> None:
    found = accessors(Animal)
    assert (found["length"].shape().annotation, found["ratio"].shape().annotation) == (int, float)
    assert found["greeting"].shape().annotation == (str | None)
    assert found["shout"].shape().description == "The name in capitals."
    assert json_schema(schema_for(found["shout"].source)) == {
        "description": "The name in capitals.", "title": "Value", "type": "string",
    }  # fmt: skip
    anything = schema_for(found["unsaid"].source)
    assert anything.model_validate({"value": [1]}).model_dump() == {"value": [1]}


def test_models_that_a_method_returns_are_their_keys() -> None:
    schema = schema_for(accessors(Animal)["nearby"].source)
    assert schema.model_validate({"value": [1, 2]}).model_dump() == {"value": [1, 2]}
    with pytest.raises(ValidationError):
        schema.model_validate({"value": ["lion"]})


def test_an_annotation_for_type_checkers_only_is_named_in_the_error() -> None:
    def total(self: object) -> Missing:  # type: ignore[name-defined]  # noqa: F821 - the point of the test
        return self

    with pytest.raises(TypeError, match=r"total names 'Missing'.*InferExcept"):
        shape_of(total)


def test_the_key_of_a_child_table_is_its_parents() -> None:
    found = accessors(Cage)
    for name in ("pk", "place_ptr", "place_ptr_id"):
        shape = found[name].shape()
        assert (shape.required, shape.automatic) == (False, True)
        assert json_schema(schema_for(found[name].source), "serialization")["type"] == "integer"
    assert "animals" in found


def test_a_key_of_two_columns_is_the_primary_key_and_no_column() -> None:
    from django.db import models

    from tests.django_project.models_zoo import models as zoo

    pair = getattr(zoo, "Pair", None)
    assert (pair is not None) is hasattr(models, "CompositePrimaryKey")
    if pair is not None:
        found = {name: each.kind.name for name, each in accessors(pair).items()}
        assert found == {"left": "FIELD", "right": "FIELD", "pk": "PRIMARY_KEY"}


def test_a_generic_key_is_the_key_of_what_it_points_to() -> None:
    schema = schema_for(accessors(Note)["about"].source)
    assert json_schema(schema)["minimum"] == 0
    assert schema.model_validate({"value": 3}).model_dump() == {"value": 3}
    assert schema.model_fields["value"].is_required()


def test_what_is_no_field_is_refused() -> None:
    with pytest.raises(ValueError, match="no field"):
        shape_of(3)
