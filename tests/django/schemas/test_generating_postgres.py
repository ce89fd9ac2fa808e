"""Schemas of columns of PostgreSQL as source accept and refuse what the running ones do, but for what is told."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

import specloom
from specloom.django.schemas.generating import schema_of_model, schemas_context
from specloom.django.schemas.generating.validators import left_behind
from specloom.ir.diagnostics import Severity
from tests.django.postgres.storing_support import EDGES, VALUES
from tests.django.schemas.test_generating import generated

JSON = VALUES.map(lambda value: as_json(value))
"""The same as JSON has it: Python's own types are not for those who have no Python."""
MODELS = [model.__name__ for model in apps.get_app_config("models_postgres").get_models()]
LENIENT = {
    "Scalars": {"email", "url", "moment", "address", "address_6"},
    "Arrays": {"moments", "grid", "cube"},
    "Folded": {"email"},
    "Given": {"made"},
    "Booking": {"span"},
    "Stay": {"start", "end"},
    "Ranges": {"integers", "bigs", "decimals", "closed", "dates", "moments", "after"},
}
"""Fields whose generated type takes more: what is refused there is code, and told."""
PAIRS = LENIENT["Ranges"] | LENIENT["Booking"]
"""Fields that take a pair in Python, as Django does, and that JSON has an object for."""


@cache
def running(name: str) -> type[BaseModel]:
    return schema_of_model(apps.get_model("models_postgres", name))


@cache
def source(name: str) -> type[BaseModel]:
    made: type[BaseModel] = getattr(generated(running(name)), f"{name}Schema")
    return made


def refused(schema: type[BaseModel], data: dict[str, object]) -> set[str]:
    try:
        schema.model_validate(data)
    except ValidationError as error:
        return {str(each["loc"][0]) for each in error.errors()}
    return set()


def differing(name: str, data: dict[str, object]) -> Iterator[str]:
    """Fields that one schema refuses and the other does not, unless that is told."""
    one, other = refused(running(name), data), refused(source(name), data)
    for field in one ^ other:
        if not (field in one and field in LENIENT.get(name, ())):
            yield field


def as_json(value: object) -> object:
    return json.loads(json.dumps(value, default=lambda one: b64encode(one).decode() if isinstance(one, bytes) else str(one)))


def is_pair(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2


@pytest.mark.parametrize("name", MODELS)
def test_each_value_is_accepted_by_both_or_by_none(name: str) -> None:
    for value in map(as_json, EDGES):
        data = {field: value for field in running(name).model_fields if not (is_pair(value) and field in PAIRS)}
        assert list(differing(name, data)) == [], value


@pytest.mark.parametrize("name", MODELS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_both_accept_and_refuse_the_same(name: str, data: st.DataObject) -> None:
    drawn: dict[str, Any] = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(running(name).model_fields, JSON)))
    assert list(differing(name, {key: value for key, value in drawn.items() if not (is_pair(value) and key in PAIRS)})) == []


def test_what_takes_more_is_told() -> None:
    told = " ".join(found.message for found in left_behind([running(name) for name in MODELS]))
    for name in MODELS:
        for field in LENIENT.get(name, ()):
            assert f"{name}Schema.{field}" in told


@pytest.mark.parametrize("language", ["typescript", "go", "proto"])
def test_other_languages_have_them_without_a_complaint(language: str) -> None:
    options = {"compile": False} if language == "proto" else {"zod": True} if language == "typescript" else {}
    context = schemas_context([running(name) for name in MODELS])
    made = specloom.emit(context, language, **options)
    assert [found.message for found in made.diagnostics if found.severity is not Severity.INFO] == []
    assert any("RightOpen" in text or "RIGHT_OPEN" in text for text in made.values())
