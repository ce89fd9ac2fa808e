"""From JSON Schema to the schemas of OpenAPI 3.0, and lists of schemas in documents of drf-spectacular."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import path
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings
from drf_spectacular.utils import extend_schema
from drf_spectacular.validation import validate_schema
from pydantic import RootModel
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from specloom.django.schemas import BaseSchema, SchemaConfig
from specloom.django.schemas.documenting.openapi30 import as_openapi_30
from tests.django_project.models_shop.models import Customer


@pytest.mark.parametrize(("schema", "expected"), [
    ({"type": "string", "minLength": 1}, {"type": "string", "minLength": 1}),
    ({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}], "title": "T"},
     {"type": "integer", "minimum": 0, "title": "T", "nullable": True}),
    ({"anyOf": [{"$ref": "#/c/A"}, {"type": "null"}]}, {"allOf": [{"$ref": "#/c/A"}], "nullable": True}),
    ({"anyOf": [{"type": "integer"}, {"type": "string"}, {"type": "null"}]},
     {"anyOf": [{"type": "integer"}, {"type": "string"}], "nullable": True}),
    ({"type": "null"}, {"type": "object", "nullable": True, "enum": [None]}),
    ({"not": {"type": "null"}}, {}),
    ({"const": "a", "type": "string"}, {"type": "string", "enum": ["a"]}),
    ({"type": "number", "exclusiveMaximum": 5}, {"type": "number", "maximum": 5, "exclusiveMaximum": True}),
    ({"type": "number", "exclusiveMinimum": 5, "minimum": 7}, {"type": "number", "minimum": 7, "exclusiveMinimum": False}),
    ({"$ref": "#/c/A"}, {"$ref": "#/c/A"}),
    ({"$ref": "#/c/A", "default": 1}, {"allOf": [{"$ref": "#/c/A"}], "default": 1}),
    ({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}, {"type": "integer"}]},
     {"type": "array", "items": {"anyOf": [{"type": "integer"}, {"type": "string"}]}}),
    ({"type": "array"}, {"type": "array", "items": {}}),
    ({"type": "object", "patternProperties": {"^a": {"const": 1}}}, {"type": "object", "additionalProperties": {"enum": [1]}}),
    ({"type": "string", "examples": ["a", "b"], "contentEncoding": "base64"}, {"type": "string", "example": "a"}),
    ({"properties": {"const": {"const": 1}, "examples": {"const": 2}}, "default": {"const": 1}},
     {"properties": {"const": {"enum": [1]}, "examples": {"enum": [2]}}, "default": {"const": 1}}),
])
def test_what_openapi_30_says_of_a_schema(schema: dict[str, Any], expected: dict[str, Any]) -> None:
    assert as_openapi_30(schema) == expected
    validate_schema({
        "openapi": "3.0.3", "info": {"title": "", "version": ""}, "paths": {},
        "components": {"schemas": {"It": as_openapi_30(schema)}},
    })


class Named(BaseSchema[Customer]):
    config = SchemaConfig(model=Customer, fields=["name", "nick", "level", "country"])


class LeveledSerializer(serializers.ModelSerializer[Customer]):
    class Meta:
        model = Customer
        fields = ("level",)


class Everybody(APIView):
    @extend_schema(responses=RootModel[list[Named]])
    def get(self, request: Request) -> Response:
        raise NotImplementedError

    @extend_schema(request=Named, responses=LeveledSerializer)
    def put(self, request: Request) -> Response:
        raise NotImplementedError


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize("split", [True, False])
def test_a_list_of_schemas_and_the_enums_of_serializers(version: str, split: bool) -> None:
    GENERATOR_STATS.reset()
    with patched_settings({"OAS_VERSION": version, "COMPONENT_SPLIT_REQUEST": split}):
        made = SchemaGenerator(patterns=[path("all/", Everybody.as_view())]).get_schema(request=None, public=True)
        validate_schema(made)
    assert not GENERATOR_STATS._warn_cache and not GENERATOR_STATS._error_cache
    schemas = made["components"]["schemas"]
    assert set(schemas) == {"Leveled", "Named", "NamedRequest", "LevelEnum", "RootModel_list_Named"}
    assert schemas["RootModel_list_Named"] == {"type": "array", "items": {"$ref": "#/components/schemas/Named"}}
    assert schemas["Named"]["required"] == ["name", "nick", "level", "country"]
    assert schemas["NamedRequest"]["required"] == ["name"]
    assert schemas["NamedRequest"]["properties"]["level"]["default"] == "plain"
    assert schemas["LevelEnum"]["enum"] == ["gold", "plain"]
