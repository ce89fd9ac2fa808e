"""Titles and descriptions: translations wait until a JSON Schema is asked for."""

from __future__ import annotations

from dataclasses import replace

from django.db import models
from django.utils.translation import override

from specloom.django.schemas.fields import FieldShape, accessors, shape_of
from tests.django.schemas.fields_support import bound, json_schema, schema_for, schema_of
from tests.django_project.models_zoo.models import Animal, Place, Texts


def test_words_of_a_field_are_its_title_and_description() -> None:
    shape = accessors(Place)["name"].shape()
    assert (shape.title, shape.description) == ("name of the place", None)
    info = accessors(Animal)["keeper"].shape().info()
    assert (info.title, info.description) == ("keeper", "Who feeds it.")
    assert "description" not in json_schema(schema_for(accessors(Place)["name"].source))


def test_translations_are_made_when_the_document_is() -> None:
    field = accessors(Texts)["char"].source
    with override("fr"):
        schema = schema_for(field)
    with override("de"):
        german = json_schema(schema)
    with override("en"):
        english = json_schema(schema)
    assert (german["title"], english["title"]) == ("Vorname", "first name")
    assert (german["description"], english["description"]) == ("Bitte einen gültigen Wert eingeben.", "Enter a valid value.")


def test_an_enum_keeps_its_reference_beside_translated_words() -> None:
    from django.utils.translation import gettext_lazy

    from tests.django_project.models_zoo.models import Diet

    field = bound(models.CharField(gettext_lazy("first name"), max_length=9, choices=Diet.choices))
    with override("de"):
        assert json_schema(schema_for(field)) == {"$ref": "#/$defs/Diet", "title": "Vorname"}


def test_extra_keywords_and_examples_are_in_the_document() -> None:
    for name in ("char", "text"):  # with translations, and without
        shape = replace(accessors(Texts)[name].shape(), examples=("lion",), json_schema_extra={"x-animal": True})
        document = json_schema(schema_of(shape))
        assert (document["examples"], document["x-animal"]) == (["lion"], True)
        assert "title" in document


def test_a_shape_may_be_written_by_hand() -> None:
    shape = FieldShape(int, required=False, default=3, title="Legs")
    schema = schema_of(shape)
    assert schema.model_validate({}).model_dump() == {"value": 3}
    assert json_schema(schema) == {"default": 3, "title": "Legs", "type": "integer"}
    assert shape == replace(shape)


def test_a_shape_is_the_same_whenever_it_is_asked_for() -> None:
    field = accessors(Texts)["text"].source
    assert shape_of(field) == shape_of(field)
