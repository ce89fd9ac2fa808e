"""What a schema accepts PostgreSQL stores, and gives back equal; what PostgreSQL refuses the schema refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError

from specloom.django.schemas import BaseSchema
from specloom.django.schemas.generating import schema_of_model
from tests.django.postgres.storing_support import EDGES, VALUES
from tests.django_project.models_postgres.models import OnPostgres

pytestmark = pytest.mark.django_db

MODELS: list[type[models.Model]] = [
    model for model in apps.get_app_config("models_postgres").get_models() if not model._meta.constraints
]
TYPICAL: dict[str, dict[str, object]] = {
    "Scalars": {"char": "a", "json": {"a": 1}, "path": "/a"},
    "Arrays": {"words": ["a", "b"]},
    "Stores": {"words": {"a": "b"}},
    "Ranges": {"integers": [1, 5]},
    "Searched": {"text": "a"},
    "Folded": {"char": "a"},
    "Given": {"name": "a"},
    "Place": {"board": "12345678-1234-5678-1234-567812345678", "square": "a1"},
}
SCHEMAS: dict[str, type[BaseSchema[Any]]] = {model.__name__: schema_of_model(model) for model in MODELS}
for name, schema in SCHEMAS.items():
    TYPICAL[name] = {key: None for key, info in schema.model_fields.items() if info.is_required()} | TYPICAL[name]


def accepted(schema: type[BaseModel], data: dict[str, object], typical: dict[str, object]) -> dict[str, object]:
    """The data less the fields that the schema refuses, which are what is typical again."""
    try:
        schema.model_validate(data)
    except ValidationError as error:
        refused = {each["loc"][0] for each in error.errors()}
        return {**{name: value for name, value in data.items() if name not in refused}, **{
            name: value for name, value in typical.items() if name in refused
        }}
    return data


def stored(schema: type[BaseSchema[Any]], data: dict[str, object]) -> None:
    """The data goes into a row and is, of the row, the same; in JSON too, and as its own schema says."""
    model = schema.config.model_class()
    made = schema.model_validate(data)
    with transaction.atomic():
        saved = model(**made.model_kwargs())
        saved.save(force_insert=True)
    back = schema.model_validate(model._default_manager.get(pk=saved.pk))
    for name in made.model_fields_set:
        value = getattr(made, name)
        if not (value is None and schema.model_fields[name].default is None):  # what the database gives where nothing is
            assert numbers(getattr(back, name)) == numbers(value), name
    assert schema.model_validate(back.model_dump()).model_dump() == back.model_dump()
    text = back.model_dump_json()
    assert schema.model_validate_json(text).model_dump() == back.model_dump()
    problems = VALIDATORS[model.__name__].iter_errors(back.model_dump(mode="json"))
    assert [(problem.json_path, problem.message) for problem in problems] == []


def numbers(value: object) -> object:
    """The value; of a JSON value with all numbers as floats: PostgreSQL does not tell 1e30 from 10**30, which Python does."""
    return json.loads(json.dumps(value), parse_int=float) if is_json(value) else value


def is_json(value: object) -> bool:
    try:
        json.dumps(value)
    except TypeError:
        return False
    return True


VALIDATORS = {
    name: Draft202012Validator(schema.model_json_schema(mode="serialization")) for name, schema in SCHEMAS.items()
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_its_document_is_one(name: str) -> None:
    for mode in ("validation", "serialization"):
        Draft202012Validator.check_schema(SCHEMAS[name].model_json_schema(mode=mode))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_accepted_of_any_value_is_stored(name: str) -> None:
    schema, typical = SCHEMAS[name], TYPICAL[name]
    for value in (None, *EDGES):
        data = accepted(schema, {**typical, **dict.fromkeys(columns(schema), value)}, typical)
        if value is None or any(data[field] is value for field in data):
            with transaction.atomic():
                stored(schema, data)
                transaction.set_rollback(True)


@pytest.mark.parametrize("name", SCHEMAS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_accepted_is_stored_and_comes_back_equal(name: str, data: st.DataObject) -> None:
    schema, typical = SCHEMAS[name], TYPICAL[name]
    given_ = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(columns(schema), VALUES)))
    with transaction.atomic():
        stored(schema, accepted(schema, {**typical, **given_}, typical))
        transaction.set_rollback(True)


def columns(schema: type[BaseSchema[Any]]) -> list[str]:
    """The fields that are stored as they are given: not the key, which two rows must not share."""
    sources = {one.name: one.accessor.source for one in schema.resolved_fields() if one.name != "pk"}
    return [name for name, field in sources.items() if not field.primary_key and not getattr(field, "generated", False)]


def test_every_model_is_among_them() -> None:
    assert all(issubclass(model, OnPostgres) for model in MODELS)
    assert {model.__name__ for model in MODELS} == set(TYPICAL) & set(SCHEMAS)
