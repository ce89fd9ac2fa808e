"""Fields and relations as reusable apps make them: objects of their own in attributes, and ways of their own to fetch them."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator, validate
from pydantic import ValidationError

from specloom.django.schemas import BaseSchema, FieldTypeRegistry, Infer, SchemaConfig, accessors, enum_of
from tests.django_project.models_odd.fields import Colour, ColourField
from tests.django_project.models_odd.models import Derived, Label, Labelled, Tone

RED, BLUE = Colour(255, 0, 0), Colour(0, 0, 255)


class ToneSchema(BaseSchema[Tone]):
    config = SchemaConfig(model=Tone, fields="__all__")


class TonePrice(BaseSchema[Tone]):
    config = SchemaConfig(model=Tone, fields=["price"])


class ToneLabels(BaseSchema[Tone]):
    config = SchemaConfig(model=Tone, fields={"colour": Infer, "labels": {"name": Infer}})


def tone(**more: object) -> Tone:
    made = Tone.objects.create(colour=RED, chosen=BLUE, several=["a", "b"], price=3, **more)
    return Tone.objects.get(pk=made.pk)


@pytest.mark.django_db
def test_an_object_of_the_apps_own_is_read_as_what_its_column_holds() -> None:
    row = tone()
    assert row.colour == RED  # and no text
    read = ToneSchema.model_validate(row)
    assert read.model_dump(mode="json") == {
        "id": row.pk, "colour": "ff0000", "chosen": "0000ff", "unset": None, "called": "010203", "several": "a,b",
        "price": 3, "currency": "EUR", "labels": [],
    }
    assert ToneSchema.model_validate(tone(unset=BLUE)).unset == "0000ff"
    for mode in ("validation", "serialization"):
        validate(read.model_dump(mode="json"), ToneSchema.model_json_schema(mode=mode))


@pytest.mark.django_db
def test_what_was_read_makes_the_same_row_again() -> None:
    row = tone(unset=BLUE)
    made = Tone(**ToneSchema.model_validate(row).model_kwargs())
    made.save()
    again = Tone.objects.get(pk=row.pk)
    assert (again.colour, again.chosen, again.unset, again.price) == (row.colour, row.chosen, row.unset, row.price)


def test_defaults_and_choices_are_what_the_column_holds() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Pydantic warns of a default that is nothing for JSON
        properties = ToneSchema.model_json_schema()["properties"]
    assert properties["chosen"]["default"] == "ff0000"
    assert "default" not in properties["called"]
    enum: Any = enum_of(Tone._meta.get_field("chosen"))  # type: ignore[arg-type]
    assert [one.value for one in enum] == ["ff0000", "0000ff"]
    assert "enum" not in properties["several"] and enum_of(Tone._meta.get_field("several")) is None  # type: ignore[arg-type]
    made = ToneSchema.model_validate({"colour": "ffffff", "several": "a,b", "price": 1})
    assert (made.chosen, made.called) == (enum("ff0000"), "010203")


@pytest.mark.parametrize("value", [5, ["ff0000"], {"red": 1}, None, object()])
def test_what_is_no_value_of_the_field_is_told_by_pydantic_as_it_was_given(value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        ToneSchema.model_validate({"colour": value, "several": "a", "price": 1})
    (error,) = caught.value.errors()
    assert (error["type"], error["loc"], error["input"]) == ("string_type", ("colour",), value)


def test_a_registered_type_gets_the_object() -> None:
    registry = FieldTypeRegistry()
    registry.register(ColourField, lambda _: Colour)

    class Registered(BaseSchema[Tone]):
        config = SchemaConfig(model=Tone, fields=["colour", "called"], field_type_registry=registry)

    made = Registered.model_validate(Tone(colour=RED))
    assert (made.colour, made.called) == (RED, Colour(1, 2, 3))
    assert Registered.model_validate({"colour": RED}).called == Colour(1, 2, 3)


@pytest.mark.django_db
def test_an_attribute_made_of_several_columns_has_all_of_them_fetched() -> None:
    tone()
    with CaptureQueriesContext(connection) as queries:
        assert [one.price for one in TonePrice.from_queryset(Tone.objects.all())] == [3]
    assert len(queries) == 1


@pytest.mark.django_db
def test_a_relation_of_the_apps_own_is_fetched_in_its_own_way() -> None:
    labels = [Label.objects.create(name=name) for name in ("new", "old")]
    for _ in range(3):
        row = tone()
        Labelled.objects.bulk_create(Labelled(label=one, owner=row.pk) for one in labels)
    for rows in (Tone.objects.filter(pk=row.pk), Tone.objects.all()):
        with CaptureQueriesContext(connection) as queries:
            read = ToneLabels.from_queryset(rows)
        assert [[one.name for one in each.labels] for each in read] == [["new", "old"]] * rows.count()
        assert len(queries) == 2
    assert ToneSchema.from_queryset(Tone.objects.all())[0].labels == [one.pk for one in labels]
    assert not [name for name in accessors(Label) if name.startswith("tone")]  # there is no way back


def test_a_column_that_begins_with_an_underscore_is_in_no_schema_and_told_when_named() -> None:
    assert "_secret" not in ToneSchema.model_fields
    with pytest.raises(ValueError, match=r"'_secret' of models_odd\.Tone begins with an underscore.*property"):
        class Named(BaseSchema[Tone]):
            config = SchemaConfig(model=Tone, fields=["_secret"])


def test_an_abstract_model_in_a_return_annotation_has_any_key() -> None:
    class Siblings(BaseSchema[Derived]):
        config = SchemaConfig(model=Derived, fields=["siblings"])

    assert Siblings.model_validate({"siblings": [1, Derived(pk=2)]}).siblings == [1, 2]


def test_labels_of_choices_are_read_of_instances() -> None:
    class Labels(BaseSchema[Derived]):
        config = SchemaConfig(model=Derived, fields=["get_size_display", "get_kind_display"])

    def read(**values: object) -> dict[str, object]:
        return Labels.model_validate(Derived(**values)).model_dump()

    assert read(size=2) == {"get_size_display": "Two", "get_kind_display": "Apple"}
    assert read(size=None) == {"get_size_display": None, "get_kind_display": "Apple"}
    assert read(size=3, kind="gone") == {"get_size_display": "3", "get_kind_display": "gone"}  # as Django has it
    Draft202012Validator.check_schema(Labels.model_json_schema())


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["10.0.0.1", "2001:db8::1", None])
def test_an_address_is_saved_as_it_was_read(address: str | None) -> None:
    class Address(BaseSchema[Derived]):
        config = SchemaConfig(model=Derived, fields=["address"])

    row = Derived(**Address.model_validate({"address": address}).model_kwargs())
    row.full_clean()
    row.save()
    assert Derived.objects.get(pk=row.pk).address == address
