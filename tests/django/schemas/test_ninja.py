"""Schemas as they are in django-ninja: what views answer and are given, and the document about them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext
from ninja import Form, NinjaAPI, PatchDict, Query, Status
from ninja.pagination import LimitOffsetPagination, PageNumberPagination, paginate
from ninja.testing import TestAsyncClient, TestClient

from tests.django_project.models_shop.models import Category, Customer, Line, Order, Product, Tag
from tests.django_project.models_zoo.models import Chosen, Times

from .frameworks_support import (
    CHOSEN,
    TIMES,
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

api = NinjaAPI(urls_namespace="schemas")
client = TestClient(api)


@api.get("/customers", response=list[CustomerOut])
def list_customers(request: HttpRequest) -> QuerySet[Any]:
    return CustomerOut.queryset().order_by("pk")


@api.get("/customers/instances", response=list[CustomerOut])
def list_instances(request: HttpRequest) -> list[Customer]:
    return list(Customer.objects.order_by("pk"))


@api.get("/customers/schemas", response=list[CustomerOut])
def list_schemas(request: HttpRequest) -> list[CustomerOut]:
    return CustomerOut.from_queryset(Customer.objects.order_by("pk"))


@api.get("/customers/async", response=list[CustomerOut])
async def list_async(request: HttpRequest) -> list[CustomerOut]:
    return await CustomerOut.afrom_queryset(Customer.objects.order_by("pk"))


@api.get("/customers/few", response=list[CustomerOut])
@paginate(LimitOffsetPagination)
def list_few(request: HttpRequest) -> QuerySet[Any]:
    return CustomerOut.queryset().order_by("pk")


@api.get("/customers/pages", response=list[CustomerOut])
@paginate(PageNumberPagination, page_size=1)
def list_pages(request: HttpRequest) -> QuerySet[Any]:
    return CustomerOut.queryset().order_by("pk")


@api.get("/customers/named", response=list[CustomerOut])
def list_named(request: HttpRequest, wanted: Query[CustomerChange]) -> QuerySet[Any]:
    return CustomerOut.queryset().filter(**wanted.model_dump(exclude_unset=True))


@api.get("/customers/{pk}", response=CustomerOut)
def get_customer(request: HttpRequest, pk: int) -> Customer:
    return Customer.objects.get(pk=pk)


@api.get("/customers/{pk}/schema", response=CustomerOut)
def get_schema(request: HttpRequest, pk: int) -> CustomerOut:
    return CustomerOut.model_validate(Customer.objects.get(pk=pk))


@api.post("/customers", response={201: CustomerOut})
def post_customer(request: HttpRequest, data: CustomerIn) -> Status[Customer]:
    return Status(201, Customer.objects.create(**data.model_kwargs()))


@api.post("/forms", response=CustomerOut)
def post_form(request: HttpRequest, data: Form[CustomerIn]) -> Customer:
    return Customer.objects.create(**data.model_kwargs())


def changed(pk: int, values: dict[str, Any]) -> Customer:
    one = Customer.objects.get(pk=pk)
    for name, value in values.items():
        setattr(one, name, value)
    one.save()
    return one


@api.patch("/customers/{pk}", response=CustomerOut)
def patch_customer(request: HttpRequest, pk: int, data: CustomerChange) -> Customer:
    return changed(pk, data.model_kwargs())


@api.patch("/customers/{pk}/dict", response=CustomerOut)
def patch_dict(request: HttpRequest, pk: int, data: PatchDict[CustomerIn]) -> Customer:
    return changed(pk, data)


@api.post("/products", response=ProductBoth)
def post_product(request: HttpRequest, data: ProductBoth) -> Product:
    made = Product.objects.create(**data.model_kwargs())
    made.tags.set(data.tags or ())
    return made


@api.post("/orders", response=int)
def post_order(request: HttpRequest, data: OrderIn) -> int:
    made = Order.objects.create(**data.model_kwargs())
    Line.objects.bulk_create(Line(order=made, **one.model_kwargs()) for one in data.lines)
    return made.lines.count()


@api.get("/categories", response=list[CategoryTree])
def list_categories(request: HttpRequest) -> QuerySet[Category]:
    return Category.objects.filter(parent=None)


@api.post("/times", response=TimesBoth)
def post_times(request: HttpRequest, data: TimesBoth) -> Times:
    return Times.objects.create(**data.model_kwargs())


@api.post("/chosen", response=ChosenBoth)
def post_chosen(request: HttpRequest, data: ChosenBoth) -> Chosen:
    return Chosen.objects.create(**data.model_kwargs())


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "/instances", "/schemas", "/named"])
def test_lists_are_answered_from_querysets_instances_and_schemas(path: str) -> None:
    both = fill()
    found = client.get(f"/customers{path}").json()
    assert [without(one, "id", "made") for one in found] == [answered(one) for one in both]
    assert [one["id"] for one in found] == [one.pk for one in both]


@pytest.mark.django_db
def test_lists_take_a_number_of_queries_that_their_length_does_not_change() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/customers").status_code == 200
        return len(captured)

    fill()
    before = queries()
    for one in Customer.objects.bulk_create(Customer(name=str(n)) for n in range(5)):
        Line.objects.create(order=Order.objects.create(customer=one), product=Product.objects.get())
    assert queries() == before


@pytest.mark.django_db(transaction=True)
def test_asynchronous_views_answer_what_was_read_in_a_thread() -> None:
    both = fill()
    found = asyncio.run(TestAsyncClient(api).get("/customers/async")).json()
    assert [without(one, "id", "made") for one in found] == [answered(one) for one in both]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "/schema"])
def test_one_is_answered_with_nothing_in_place_of_what_is_absent(path: str) -> None:
    for one in fill():
        found = client.get(f"/customers/{one.pk}{path}").json()
        assert without(found, "id", "made") == answered(one)


@pytest.mark.django_db
def test_pages() -> None:
    ann, bob = fill()
    few = client.get("/customers/few?limit=1&offset=1").json()
    assert (few["count"], [without(one, "id", "made") for one in few["items"]]) == (2, [answered(bob)])
    page = client.get("/customers/pages?page=1").json()
    assert (page["count"], [without(one, "id", "made") for one in page["items"]]) == (2, [answered(ann)])


@pytest.mark.django_db
def test_queries_are_read_into_schemas() -> None:
    fill()
    assert [one["name"] for one in client.get("/customers/named?name=Bob&level=plain").json()] == ["Bob"]
    assert client.get("/customers/named?level=gold").json() == []
    assert client.get("/customers/named?level=x").status_code == 422


@pytest.mark.django_db
def test_bodies_make_rows_and_bad_ones_are_told_of_by_their_places() -> None:
    fill()
    made = client.post("/customers", json={"name": "Cy", "country": "de", "level": "gold", "seal": "AAE="})
    assert made.status_code == 201
    assert {name: made.json()[name] for name in ("name", "level", "seal")} == {"name": "Cy", "level": "gold", "seal": "AAE="}
    assert bytes(Customer.objects.get(name="Cy").seal) == b"\x00\x01"
    wrong = client.post("/customers", json={"name": "", "country": 3, "level": "x", "seal": "?"})
    assert wrong.status_code == 422
    assert [(one["loc"], one["type"]) for one in wrong.json()["detail"]] == [
        (["body", "data", "name"], "string_too_short"), (["body", "data", "country"], "string_type"),
        (["body", "data", "level"], "enum"), (["body", "data", "seal"], "base64"),
    ]  # fmt: skip
    assert client.post("/forms", data={"name": "Di"}).json()["name"] == "Di"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "/dict"])
def test_a_part_of_a_row_is_changed(path: str) -> None:
    ann, _ = fill()
    found = client.patch(f"/customers/{ann.pk}{path}", json={"name": "Zoe"}).json()
    assert without(found, "id", "made", "name", "initial", "greeting") == without(answered(ann), "name", "initial", "greeting")
    assert found["name"] == "Zoe"
    assert client.patch(f"/customers/{ann.pk}", json={"country": None}).json()["country"] is None
    assert client.patch(f"/customers/{ann.pk}{path}", json={"name": ""}).status_code == 422


@pytest.mark.django_db
def test_relations_keys_decimals_and_json_are_written() -> None:
    fill()
    tag = Tag.objects.get().pk
    data = {"name": "Ink", "price": "2.50", "category": Category.objects.get(name="top").pk, "tags": [tag], "json": {"a": [1]}}
    made = client.post("/products", json=data).json()
    row = Product.objects.get(name="Ink")
    assert made == {**data, "id": str(row.pk), "config": "plain"}
    assert [one.pk for one in row.tags.all()] == [tag]
    wrong = client.post("/products", json={**data, "price": "1.234", "tags": ["x"]})
    assert [(one["loc"][2:], one["type"]) for one in wrong.json()["detail"]] == [
        (["price"], "decimal_max_places"), (["tags", 0], "int_parsing"),
    ]  # fmt: skip
    order = {"customer": Customer.objects.get(name="Bob").pk, "lines": [{"product": made["id"], "count": 2}]}
    assert client.post("/orders", json=order).json() == 1
    assert client.post("/orders", json={**order, "lines": None}).status_code == 422


@pytest.mark.django_db
def test_times_and_choices_come_back() -> None:
    times = client.post("/times", json=TIMES).json()
    assert TimesBoth.model_validate({**times, **TIMES}) == TimesBoth.model_validate(times)
    chosen = client.post("/chosen", json=CHOSEN).json()
    assert without(chosen, "id") == {**CHOSEN, "diet_or_none": None, "diet_or_blank": "", "legs": None}


@pytest.mark.django_db
def test_trees() -> None:
    fill()
    assert client.get("/categories").json() == [{"name": "top", "children": [{"name": "below", "children": []}]}]


def test_the_document_is_valid_and_says_what_the_models_say() -> None:
    document: dict[str, Any] = api.get_openapi_schema(path_prefix="")
    schemas = check_document(document)
    assert set(schemas) == {
        "CustomerIn", "CustomerInPatch", "CustomerChange", "OrderIn", "OrderInLines", "CategoryTree", "ProductBoth", "TimesBoth",
        "ChosenBoth", "CustomerOut", "CustomerOutCountry", "CustomerOutOrders", "CustomerOutOrdersLines",
        "CustomerOutOrdersLinesProduct", "PagedCustomerOut", "Input", "JsonValue", "Level", "Diet", "Danger", "ChosenSizeEnum",
        "ChosenGroupedEnum", "ChosenTwinsEnum", "ChosenLegsEnum",
    }  # fmt: skip
    out = schemas["CustomerOut"]
    assert out["description"] == "A customer, with all that was bought."
    assert out["required"] == list(out["properties"])
    assert out["properties"]["name"] == {
        "title": "full name", "description": "As on the card.", "type": "string", "minLength": 1, "maxLength": 40,
    }
    assert out["properties"]["initial"]["description"] == "The first letter."
    assert schemas["CustomerIn"]["required"] == ["name"]
    assert schemas["CustomerIn"]["properties"]["name"]["examples"] == ["Ann"]
    assert "required" not in schemas["CustomerChange"]
    assert schemas["Level"] == {
        "title": "Level", "description": "How good a customer is.", "type": "string", "enum": ["gold", "plain"],
    }
    assert schemas["Danger"]["enum"] == [1, 2]
    assert schemas["TimesBoth"]["properties"]["duration"]["format"] == "duration"
    paths = document["paths"]
    assert paths["/customers"]["post"]["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/CustomerIn"
    }
    assert [one["name"] for one in paths["/customers/named"]["get"]["parameters"]] == ["name", "nick", "country", "level"]
