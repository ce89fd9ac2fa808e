"""What the tests of fields share: a model made of given fields, a Pydantic model made of a shape."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.test.utils import isolate_apps
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ConfigDict, create_model

from specloom.django.schemas.fields import FieldShape, FieldTypeRegistry, shape_of


def bound(field: models.Field[Any, Any], name: str = "value", **others: models.Field[Any, Any]) -> models.Field[Any, Any]:
    """The field in a model of its own, which no other test sees."""
    with isolate_apps("tests.django_project.models_zoo"):
        space = {"__module__": "tests.django_project.models_zoo.models", name: field, **others}
        model = type("Sample", (models.Model,), space)
    found = model._meta.get_field(name)
    assert isinstance(found, models.Field)
    return found


def schema_of(*shapes: FieldShape) -> type[BaseModel]:
    """A plain Pydantic model with the shapes as the fields ``value``, ``value_1``…"""
    fields: dict[str, Any] = {
        f"value_{index}" if index else "value": (shape.annotation, shape.info()) for index, shape in enumerate(shapes)
    }
    made: type[BaseModel] = create_model("Sample", __config__=ConfigDict(from_attributes=True), **fields)
    return made


def schema_for(
    field: object, *, registry: FieldTypeRegistry | None = None, strict_null: bool = False
) -> type[BaseModel]:
    """The same of a field."""
    return schema_of(shape_of(field, registry=registry, strict_null=strict_null))


def json_schema(model: type[BaseModel], mode: Any = "validation") -> dict[str, Any]:  # noqa: ANN401 - Pydantic's literal
    """The JSON Schema of the field ``value``, after the whole was found to be one (2020-12)."""
    whole = model.model_json_schema(mode=mode)
    Draft202012Validator.check_schema(whole)
    found: dict[str, Any] = whole["properties"]["value"]
    return found

