"""Models that Django takes without a word: blank defaults, choices of a foreign key, properties that break, names of Pydantic."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator, validate
from pydantic import BaseModel, ConfigDict, ValidationError

import specloom.django.schemas as public
from specloom.django.schemas import BaseSchema, SchemaConfig, accessors
from tests.django_project.models_odd.models import Label, Plan


class PlanSchema(BaseSchema[Plan]):
    config = SchemaConfig(model=Plan, fields="__all__", exclude=["id", "model_config"])


def errors(schema: type[BaseModel], value: object) -> list[tuple[Any, ...]]:
    with pytest.raises(ValidationError) as caught:
        schema.model_validate(value)
    return [(one["type"], one["loc"], one["input"], one["msg"]) for one in caught.value.errors()]


def test_a_default_that_is_blank_is_a_value_of_its_field() -> None:
    made = PlanSchema()
    assert (made.note, made.mail, made.mood) == ("", "", "")
    assert PlanSchema.model_validate(made.model_dump()) == made
    assert PlanSchema.model_validate_json(made.model_dump_json()) == made
    assert PlanSchema.model_validate(Plan()).mail == ""
    for mode in ("validation", "serialization"):
        document = PlanSchema.model_json_schema(mode=mode)
        Draft202012Validator.check_schema(document)
        validate(made.model_dump(mode="json"), document)
    assert [one[0] for one in errors(PlanSchema, {"mail": "a@b.cd", "mood": "so"})] == ["min_length", "enum", "literal_error"]


@pytest.mark.django_db
def test_choices_of_a_foreign_key_are_its_values() -> None:
    made = PlanSchema.model_validate({"size": 1})
    assert made.model_dump(mode="json")["size"] == 1
    assert PlanSchema.model_validate({"size": Label(pk=2)}).size == 2 == PlanSchema().size
    assert errors(PlanSchema, {"size": 3})[0][:3] == ("enum", ("size",), 3)
    Label.objects.bulk_create([Label(pk=1, name="one"), Label(pk=2, name="two")])
    row = Plan(**made.model_kwargs())
    row.save()
    assert PlanSchema.from_queryset(Plan.objects.all())[0].size == row.size_id == 1


def test_a_property_that_breaks_is_told_as_pydantic_tells_it() -> None:
    class Wrong(BaseSchema[Plan]):
        config = SchemaConfig(model=Plan, fields=["note", "wrong"])

    class ByHand(BaseModel):
        model_config = ConfigDict(from_attributes=True)
        note: str
        wrong: int

    class Outer(BaseSchema[Label]):
        config = SchemaConfig(model=Label, fields={"plans": [Wrong]})

    row = Plan()
    assert errors(Wrong, row) == errors(ByHand, row)
    assert errors(Outer, {"plans": [row]})[0][:2] == ("get_attribute_error", ("plans", 0, "wrong"))


def test_an_error_that_is_none_of_the_data_is_raised_as_it_is() -> None:
    class Failing(BaseSchema[Plan]):
        config = SchemaConfig(model=Plan, fields=["failing"])

    with pytest.raises(OSError, match="no disk"):
        Failing.model_validate(Plan())


def test_what_has_to_be_waited_for_is_no_name_of_a_model() -> None:
    assert "total" in accessors(Plan)
    assert "later" not in accessors(Plan)


@pytest.mark.parametrize("fields", ["__all__", ["model_config"]])
def test_a_column_named_as_pydantics_settings_is_told_by_its_name(fields: Any) -> None:  # noqa: ANN401
    with pytest.raises(ValueError, match=r"'model_config' of models_odd\.Plan is the name of Pydantic.s own settings: exclude"):
        class Named(BaseSchema[Plan]):
            config = SchemaConfig(model=Plan, fields=fields)


def test_everything_public_is_imported_with_a_star() -> None:
    space: dict[str, object] = {}
    exec("from specloom.django.schemas import *", space)
    assert {*public.__all__} == {*dir(public)} == {name for name in space if name != "__builtins__"}
    assert space["BaseSchema"] is BaseSchema
