"""Schemas as they are in views of Django REST framework: what they answer and are given, and drf-spectacular's documents."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import path
from drf_spectacular.contrib.pydantic import PydanticExtension
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings
from drf_spectacular.utils import OpenApiResponse, extend_schema
from drf_spectacular.validation import validate_schema
from pydantic import ValidationError
from rest_framework import serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

import specloom
from specloom.django.schemas import BaseSchema, SchemaConfig
from tests.django_project.models_shop.models import Category, Customer, Product, Tag

from .frameworks_support import (
    CategoryTree,
    ChosenBoth,
    CustomerChange,
    CustomerIn,
    CustomerOut,
    OrderIn,
    ProductBoth,
    TimesBoth,
    answered,
    check_document,
    fill,
    without,
)


class Pages(PageNumberPagination):
    page_size = 1


class Customers(GenericViewSet[Customer]):
    pagination_class = Pages
    queryset = Customer.objects.order_by("pk")

    @extend_schema(responses=CustomerOut)
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(CustomerOut.prefetch_for(self.get_queryset()))
        return self.get_paginated_response([CustomerOut.model_validate(one).model_dump(mode="json") for one in page or ()])

    @extend_schema(request=CustomerIn, responses={201: CustomerOut, 400: OpenApiResponse(description="No.")})
    def create(self, request: Request) -> Response:
        try:
            data = CustomerIn.model_validate(request.data)
        except ValidationError as error:
            return Response(error.errors(include_url=False, include_context=False), 400)
        made = Customer.objects.create(**data.model_kwargs())
        return Response(CustomerOut.model_validate(made).model_dump(mode="json"), 201)


class OneCustomer(APIView):
    @extend_schema(responses=CustomerOut)
    def get(self, request: Request, pk: int) -> Response:
        return Response(CustomerOut.model_validate(CustomerOut.queryset().get(pk=pk)).model_dump(mode="json"))

    @extend_schema(request=CustomerChange, responses=CustomerOut)
    def patch(self, request: Request, pk: int) -> Response:
        Customer.objects.filter(pk=pk).update(**CustomerChange.model_validate(request.data).model_kwargs())
        return self.get(request, pk)

    @extend_schema(request=CustomerIn, responses=CustomerOut)
    def put(self, request: Request, pk: int) -> Response:
        Customer.objects.filter(pk=pk).update(**CustomerIn.model_validate(request.data).model_kwargs())
        return self.get(request, pk)


class Products(APIView):
    @extend_schema(request=ProductBoth, responses=ProductBoth)
    def post(self, request: Request) -> Response:
        data = ProductBoth.model_validate(request.data)
        made = Product.objects.create(**data.model_kwargs())
        made.tags.set(data.tags or ())
        return Response(ProductBoth.model_validate(made).model_dump(mode="json"))

    @extend_schema(request=ProductBoth, responses=ProductBoth)
    def patch(self, request: Request) -> Response:
        raise NotImplementedError


class Categories(APIView):
    @extend_schema(request=OrderIn, responses=CategoryTree)
    def post(self, request: Request) -> Response:
        raise NotImplementedError


class Zoo(APIView):
    @extend_schema(request=TimesBoth, responses=ChosenBoth)
    def post(self, request: Request) -> Response:
        raise NotImplementedError


class CustomerSerializer(serializers.ModelSerializer[Customer]):
    class Meta:
        model = Customer
        fields = ("name", "level")


class Serialized(APIView):
    @extend_schema(request=CustomerSerializer, responses=CustomerSerializer)
    def post(self, request: Request) -> Response:
        raise NotImplementedError


urlpatterns = [
    path("customers/", Customers.as_view({"get": "list", "post": "create"})),
    path("customers/<int:pk>/", OneCustomer.as_view()),
    path("products/", Products.as_view()),
    path("categories/", Categories.as_view()),
    path("zoo/", Zoo.as_view()),
    path("serialized/", Serialized.as_view()),
]


def document(**settings: object) -> dict[str, Any]:
    """drf-spectacular's document of the views above, after nothing was found wrong with it."""
    GENERATOR_STATS.reset()
    with patched_settings(settings):
        made: dict[str, Any] = SchemaGenerator(patterns=urlpatterns).get_schema(request=None, public=True)
        validate_schema(made)
    said = [*GENERATOR_STATS._error_cache, *(one for one in GENERATOR_STATS._warn_cache if "for the same choice set" not in one)]
    assert said == []
    return made


@pytest.mark.parametrize("version", ["3.0.3", "3.1.1"])
@pytest.mark.parametrize("split", [True, False])
def test_the_document_is_valid_in_every_version_and_says_what_the_models_say(version: str, split: bool) -> None:
    made = document(OAS_VERSION=version, COMPONENT_SPLIT_REQUEST=split)
    schemas = check_document(made)
    assert {name for name in schemas if not name.endswith("Enum")} == {
        "CustomerOut", "CustomerOutCountry", "CustomerOutOrders", "CustomerOutOrdersLines", "CustomerOutOrdersLinesProduct",
        "PaginatedCustomerOutList", "CustomerInRequest", "CustomerChangeRequest", "ProductBoth", "ProductBothRequest",
        "JsonValue", "JsonValueRequest", "CategoryTree", "OrderInRequest", "OrderInLinesRequest", "TimesBothRequest",
        "ChosenBoth", "Customer", *(["CustomerRequest"] if split else []),
    }  # fmt: skip
    out = schemas["CustomerOut"]
    assert out["description"] == "A customer, with all that was bought."
    assert out["required"] == list(out["properties"])
    assert out["properties"]["name"] == {
        "title": "full name", "description": "As on the card.", "type": "string", "minLength": 1, "maxLength": 40,
    }  # fmt: skip
    assert schemas["CustomerInRequest"]["required"] == ["name"]
    assert "required" not in schemas["CustomerChangeRequest"]
    assert schemas["ProductBothRequest"]["required"] == ["name", "price", "category"]
    assert schemas["ProductBoth"]["required"] == list(schemas["ProductBoth"]["properties"])
    assert schemas["CategoryTree"]["properties"]["children"] in (
        {"type": "array", "items": {"$ref": "#/components/schemas/CategoryTree"}, "nullable": True, "title": "categorys"},
        {"anyOf": [{"type": "array", "items": {"$ref": "#/components/schemas/CategoryTree"}}, {"type": "null"}],
         "title": "categorys"},
    )  # fmt: skip


def test_enums_are_one_with_those_of_serializers() -> None:
    schemas = document()["components"]["schemas"]
    for name in ("CustomerOut", "CustomerInRequest", "Customer", "CustomerRequest"):
        assert "#/components/schemas/LevelEnum" in str(schemas[name]["properties"]["level"])
    assert schemas["LevelEnum"] == {
        "type": "string", "enum": ["gold", "plain"], "description": "* `gold` - Gold\n* `plain` - Plain",
    }  # fmt: skip


def test_two_schemas_of_one_name_are_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    def named(fields: list[str]) -> type[BaseSchema[Tag]]:
        class One(BaseSchema[Tag]):
            config = SchemaConfig(model=Tag, fields=fields)

        return One

    class Outer(BaseSchema[Product]):
        config = SchemaConfig(model=Product, fields={"tags": [named(["id"])]})

    class View(APIView):
        @extend_schema(request=named(["name"]), responses=Outer)
        def post(self, request: Request) -> Response:
            raise NotImplementedError

        @extend_schema(responses=named(["name"]))
        def get(self, request: Request) -> Response:
            raise NotImplementedError

    SchemaGenerator(patterns=[path("tags/", View.as_view())]).get_schema(request=None, public=True)
    assert 'components with identical names "One"' in capsys.readouterr().err


def test_each_document_is_the_same() -> None:
    assert document() == document()  # PATCH is one of the methods, of which drf-spectacular leaves a mark on serializers
    assert not hasattr(ProductBoth, "partial")


def test_a_partial_update_takes_what_the_schema_says() -> None:
    products = document()["paths"]["/products/"]
    bodies = [products[method]["requestBody"]["content"]["application/json"]["schema"] for method in ("post", "patch")]
    assert bodies == [{"$ref": "#/components/schemas/ProductBothRequest"}] * 2


def test_the_document_becomes_clients() -> None:
    for version in ("3.0.3", "3.1.1"):
        files = specloom.emit(specloom.load(document(OAS_VERSION=version)), "python", package_name="shop")
        assert any("class CustomerOutOrdersLinesProduct" in text for text in files.values())


def test_the_extension_for_all_pydantic_models_makes_a_document_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OpenApiSerializerExtension, "_registry", [PydanticExtension])

    class One(BaseSchema[Tag]):
        config = SchemaConfig(model=Tag, fields=["id", "name"])

    class View(APIView):
        @extend_schema(request=One, responses=One)
        def post(self, request: Request) -> Response:
            raise NotImplementedError

    with patched_settings({"OAS_VERSION": "3.1.1"}):
        made = SchemaGenerator(patterns=[path("tags/", View.as_view())]).get_schema(request=None, public=True)
        validate_schema(made)
    assert set(check_document(made)) == {"One", "OneRequest"}


@pytest.mark.django_db
def test_views_answer_and_take_schemas() -> None:
    ann, bob = fill()
    requests = APIRequestFactory()
    views = Customers.as_view({"get": "list", "post": "create"})
    page = views(requests.get("/", {"page": 2})).render()
    assert page.data["count"] == 2
    assert [without(one, "id", "made") for one in page.data["results"]] == [answered(bob)]
    one = OneCustomer.as_view()
    assert without(json.loads(one(requests.get("/"), pk=ann.pk).render().content), "id", "made") == answered(ann)
    made = views(requests.post("/", {"name": "Cy", "country": "de", "seal": "AAE="}, format="json"))
    assert (made.status_code, made.data["seal"]) == (201, "AAE=")
    wrong = views(requests.post("/", {"name": "", "level": "x"}, format="json"))
    assert [(error["loc"], error["type"]) for error in wrong.data] == [(("name",), "string_too_short"), (("level",), "enum")]
    assert one(requests.patch("/", {"country": None}, format="json"), pk=ann.pk).data["country"] is None
    data = {"name": "Ink", "price": "2.50", "category": Category.objects.get(name="top").pk, "tags": [Tag.objects.get().pk]}
    product = Products.as_view()(requests.post("/", data, format="json")).data
    assert product == {**data, "id": str(Product.objects.get(name="Ink").pk), "config": "plain", "json": {}}
