"""The JSON Schema of every schema is one (2020-12) and says what the model says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

import pytest
from django.apps import apps
from django.core import validators
from django.db import models
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from specloom.django.schemas import BaseSchema, InferExcept, SchemaConfig, accessors
from specloom.django.schemas.fields import left_out
from tests.django_project.models_shop.models import Customer
from tests.django_project.models_zoo.models import Chosen, Danger, Defaults, Numbers, Texts, Times

Mode = Literal["validation", "serialization"]
MODES: tuple[Mode, ...] = ("validation", "serialization")
APPS = ("models_zoo", "models_shop", "models_graph", "auth", "contenttypes")
MODELS = [model for label in APPS for model in apps.get_app_config(label).get_models()]


@cache
def whole(model: type[models.Model], depth: int = 0) -> type[BaseSchema[Any]]:
    """Every column of a model."""

    class Whole(BaseSchema[Any]):
        config = SchemaConfig(model=model, fields="__all__", name=f"{model.__name__}Schema", depth=depth)

    return Whole


def everything(model: type[models.Model]) -> type[BaseSchema[Any]]:
    """All that a model answers to by name and that has a type."""
    names = [name for name, one in accessors(model).items() if left_out(one.source) is None and not name.startswith("_")]

    class Everything(BaseSchema[Any]):
        config = SchemaConfig(model=model, fields=names)

    return Everything


def checked(schema: type[BaseModel], mode: Mode) -> dict[str, Any]:
    """The JSON Schema, after it was found to be one whose references lead to something, and to be the same again."""
    made = schema.model_json_schema(mode=mode)
    Draft202012Validator.check_schema(made, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for reference in references(made):
        assert reference.removeprefix("#/$defs/") in made["$defs"]
    assert json.dumps(schema.model_json_schema(mode=mode)) == json.dumps(made)  # also the order of its keys
    return made


def references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def properties(model: type[models.Model], mode: Mode = "validation") -> dict[str, Any]:
    found: dict[str, Any] = whole(model).model_json_schema(mode=mode)["properties"]
    return found


def parts(schema: dict[str, Any]) -> dict[str, Any]:
    """The keywords of a type that may be null or blank, and of what is around it."""
    inner = next((part for part in schema.get("anyOf", ()) if part.get("type") != "null" and "const" not in part), {})
    return {**inner, **schema}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_the_schema_of_every_model_is_a_schema(model: type[models.Model]) -> None:
    for schema in (whole(model, depth=2), everything(model)):
        for mode in MODES:
            checked(schema, mode)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_what_a_model_says_of_its_columns_is_in_the_schema(model: type[models.Model]) -> None:
    found = properties(model)
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        if field.name not in found:
            assert field.name.startswith("_") or field.name == "pk"
            continue
        said = found[field.name]
        facts = parts(said)
        assert said["title"] == str(field.verbose_name)
        assert said.get("description", "") == str(field.help_text)
        if field.has_default() and not callable(field.default) and "default" in said:
            assert said["default"] == json.loads(json.dumps(field.to_python(field.default), default=str))
        if field.choices and "$ref" not in json.dumps(said):
            assert facts.get("enum") or isinstance(field, models.DecimalField)
        elif isinstance(field, models.CharField) and not field.choices:
            assert facts["maxLength"] == field.max_length
            assert facts.get("minLength", 0) >= (0 if field.blank else 1) or isinstance(field, models.FilePathField)
        for kind, keyword in ((validators.MinValueValidator, "minimum"), (validators.MaxValueValidator, "maximum")):
            limits = [one.limit_value for one in field.validators if isinstance(one, kind) and not callable(one.limit_value)]
            if isinstance(field, models.IntegerField) and not field.choices and limits:
                narrower = max if keyword == "minimum" else min  # than the column itself
                assert all(narrower(limit, facts[keyword]) == facts[keyword] for limit in limits)
        expected = {
            models.DateTimeField: "date-time", models.DateField: "date", models.TimeField: "time", models.UUIDField: "uuid",
            models.DurationField: "duration", models.EmailField: "email", models.URLField: "uri", models.BinaryField: "byte",
        }  # fmt: skip
        form = next((text for kind, text in expected.items() if isinstance(field, kind)), None)
        assert facts.get("format") == form or form is None
        if field.null and not isinstance(field, models.JSONField):
            assert {"type": "null"} in said["anyOf"]


def test_some_facts_in_full() -> None:
    texts, numbers, times = properties(Texts), properties(Numbers), properties(Times)
    assert texts["upper"] == {"title": "upper", "type": "string", "minLength": 1, "maxLength": 10, "pattern": "^[A-Z]+$"}
    assert texts["url"]["anyOf"][1] == {"const": "", "type": "string"}
    assert numbers["narrowed"] == {"title": "narrowed", "type": "integer", "minimum": 10, "maximum": 20}
    assert numbers["stepped"]["multipleOf"] == 5
    assert times["not_before"]["default"] == "2020-05-17"
    assert properties(Chosen)["danger"] == {"$ref": "#/$defs/Danger", "title": "danger"}
    assert whole(Chosen).model_json_schema()["$defs"]["Danger"]["enum"] == [one.value for one in Danger]
    assert properties(Customer)["name"]["description"] == "As on the card."

    class Said(BaseSchema[Customer]):
        config = SchemaConfig(model=Customer, fields={"nick": InferExcept(deprecated=True, examples=["Al"])})

    said = Said.model_json_schema()["properties"]["nick"]
    assert (said["deprecated"], said["examples"]) == (True, ["Al"])


def test_no_default_is_called_for_a_document() -> None:
    for mode in MODES:
        said = properties(Defaults, mode)  # one of its defaults fails where it is called
        assert "default" not in said["called"] and "default" not in said["listed"]
        assert said["plain"]["default"] == "lion"
        assert said["decimal"]["default"] == "1.50"
