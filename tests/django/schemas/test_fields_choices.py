"""Choices of fields: the project's own enums, enums made of them, literals, with null and blank where the field takes them."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any

import django
import pytest
from django.db import models
from pydantic import ValidationError

from specloom.django.schemas.fields import enum_of, shape_of
from tests.django.schemas.fields_support import bound, json_schema, schema_for
from tests.django_project.models_zoo.models import Chosen, Danger, Diet, no_dragons


def _field(name: str) -> models.Field[Any, Any]:
    found = Chosen._meta.get_field(name)
    assert isinstance(found, models.Field)
    return found


def _accepts(field: models.Field[Any, Any], *values: object) -> list[bool]:
    schema = schema_for(field)
    answers: list[bool] = []
    for value in values:
        try:
            schema.model_validate({"value": value})
        except ValidationError:
            answers.append(False)
        else:
            answers.append(True)
    return answers


def test_choices_of_a_projects_enum_are_that_enum() -> None:
    assert enum_of(_field("diet")) is Diet
    assert enum_of(_field("diet_or_blank")) is Diet
    assert enum_of(_field("danger")) is Danger
    made = schema_for(_field("diet")).model_validate({"value": "meat"})
    assert made.model_dump() == {"value": Diet.MEAT}
    assert made.model_dump_json() == '{"value":"meat"}'


def test_choices_that_are_not_exactly_those_are_another_enum() -> None:
    fewer = bound(models.CharField(max_length=9, choices=Diet.choices[:2]))
    assert enum_of(fewer) is not Diet
    assert _accepts(fewer, "meat", "anything") == [True, False]
    renamed = bound(models.CharField(max_length=9, choices=[(value, "Food") for value in Diet.values]))
    assert enum_of(renamed) is not Diet


def test_an_enum_of_python_is_found_by_the_default() -> None:
    class Shade(Enum):
        DARK = "dark"
        LIGHT = "light"

    field = bound(models.CharField(max_length=9, choices=[(each.value, each.name) for each in Shade], default=Shade.DARK))
    assert enum_of(field) is Shade
    assert shape_of(field).default is Shade.DARK


def test_an_enum_is_made_once_and_named_after_model_and_field() -> None:
    made = enum_of(_field("size"))
    assert made is not None
    assert made is enum_of(_field("size"))
    assert made.__name__ == "ChosenSizeEnum"
    assert {member.name: member.value for member in made} == {"S": "s", "L": "l"}
    legs = enum_of(_field("legs"))
    assert legs is not None
    assert issubclass(legs, IntEnum)
    assert {member.name: member.value for member in legs} == {"NONE": 0, "TWO": 2, "FOUR": 4}


def test_groups_are_opened() -> None:
    assert _accepts(_field("grouped"), "owl", "hawk", "cod", "other", "Birds", "Fish") == [True] * 4 + [False] * 2


def test_labels_and_values_that_look_alike_stay_apart() -> None:
    made = enum_of(_field("twins"))
    assert made is not None
    assert [member.value for member in made] == ["a-b", "a b", "1"]
    assert len({member.name for member in made}) == 3
    assert all(member.name.isidentifier() for member in made)
    odd = enum_of(bound(models.IntegerField(choices=[(-1, "Less"), (1, "Less"), (3, ""), (4, "4")])))
    assert odd is not None
    assert [member.value for member in odd] == [-1, 1, 3, 4]


def test_null_and_blank_are_taken_where_the_field_takes_them() -> None:
    assert _accepts(_field("diet"), "meat", "", None, "stones") == [True, False, False, False]
    assert _accepts(_field("diet_or_none"), "meat", "", None, "stones") == [True, True, True, False]
    assert _accepts(_field("diet_or_blank"), "meat", "", None, "stones") == [True, True, False, False]
    assert _accepts(_field("legs"), 2, "", None, 3) == [True, False, True, False]
    assert shape_of(_field("diet_or_blank")).default == ""
    assert schema_for(_field("diet_or_blank")).model_validate({}).model_dump() == {"value": ""}
    only_null = bound(models.CharField(max_length=9, choices=Diet.choices, null=True))
    assert _accepts(only_null, "meat", "", None) == [True, False, True]
    document = json_schema(schema_for(_field("diet_or_none")))
    assert document["anyOf"] == [{"$ref": "#/$defs/Diet"}, {"const": "", "type": "string"}, {"type": "null"}]


def test_a_choice_of_nothing_says_only_that_there_may_be_nothing() -> None:
    listed = [(None, "Nobody knows"), ("", "Nothing"), *Diet.choices]
    field = bound(models.CharField(max_length=9, choices=listed, null=True, blank=True))
    assert enum_of(field) is Diet
    assert _accepts(field, None, "", "meat") == [True, True, True]
    required = bound(models.CharField(max_length=9, choices=[(None, "Nobody knows"), *Diet.choices]))
    assert _accepts(required, None, "meat") == [False, True]


def test_the_blank_member_of_an_enum_is_the_default_of_a_blank_field() -> None:
    class Mood(models.TextChoices):
        NONE = "", "No mood"
        GOOD = "good", "Good"

    field = bound(models.CharField(max_length=9, choices=Mood.choices, blank=True, default=Mood.NONE))
    assert enum_of(field) is Mood
    assert shape_of(field).default is Mood.NONE
    without = bound(models.CharField(max_length=9, choices=Mood.choices, blank=True))
    assert schema_for(without).model_validate({}).model_dump() == {"value": ""}


def test_the_default_is_a_member() -> None:
    assert shape_of(_field("diet")).default is Diet.ANYTHING
    raw = bound(models.CharField(max_length=9, choices=Diet.choices, default="meat"))
    assert shape_of(raw).default is Diet.MEAT
    called = shape_of(bound(models.CharField(max_length=9, choices=Diet.choices, default=lambda: "meat"))).default_factory
    assert called is not None
    assert called() is Diet.MEAT
    assert json_schema(schema_for(raw))["default"] == "meat"


def test_other_values_are_literals_or_checked() -> None:
    assert enum_of(_field("tame")) is None
    assert _accepts(_field("tame"), True, False, "x") == [True, True, False]
    assert enum_of(_field("rate")) is None
    assert _accepts(_field("rate"), Decimal("1.5"), "2.5", 3) == [True, True, False]
    mixed = bound(models.JSONField(choices=[(1, "One"), ("two", "Two")]))
    assert _accepts(mixed, 1, "two", 3) == [True, True, True]  # a JSON column's own check looks at its shape only
    floats = bound(models.FloatField(choices=[(0.5, "Half"), (1.0, "Whole")]))
    assert _accepts(floats, 0.5, 0.7) == [True, False]
    assert json_schema(schema_for(floats))["enum"] == [0.5, 1.0]


def test_a_validator_of_the_project_runs_beside_choices() -> None:
    field = bound(models.CharField(max_length=9, choices=[("lion", "Lion"), ("dragon", "Dragon")], validators=[no_dragons]))
    assert _accepts(field, "lion", "dragon") == [True, False]


@pytest.mark.parametrize("blank", [True, False])
def test_choices_of_a_function_are_those_of_the_moment(blank: bool) -> None:
    listed = [("a", "A")]
    if django.VERSION < (5, 0):
        return  # choices are no functions there
    field = bound(models.CharField(max_length=1, choices=lambda: listed, blank=blank))
    assert enum_of(field) is None
    assert _accepts(field, "a", "b", "") == [True, False, blank]
    assert json_schema(schema_for(field))["enum"] == ["a", *([""] if blank else [])]
    listed.append(("b", "B"))
    assert _accepts(field, "a", "b", "") == [True, True, blank]


def test_the_enum_of_a_project_keeps_its_name_in_the_document() -> None:
    document = schema_for(_field("diet")).model_json_schema()
    assert document["$defs"]["Diet"]["enum"] == ["meat", "plants", "anything"]
    assert document["properties"]["value"]["title"] == "diet"
