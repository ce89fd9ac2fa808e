"""Schemas as they are in FastAPI: what endpoints answer and are given, and the document about them."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from django.core.exceptions import SynchronousOnlyOperation
from django.db import connections
from django.db.models import QuerySet
from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool

import specloom
from tests.django_project.models_shop.models import Category, Customer, Product, Tag
from tests.django_project.models_zoo.models import Chosen, Times

from .frameworks_support import (
    CHOSEN,
    TIMES,
    CategoryTree,
    ChosenBoth,
    CustomerChange,
    CustomerIn,
    CustomerOut,
    ProductBoth,
    TimesBoth,
    answered,
    check_document,
    fill,
    without,
)

pytestmark = pytest.mark.django_db(transaction=True)  # endpoints that are no coroutines run in threads

app = FastAPI()


@app.get("/customers", response_model=list[CustomerOut])
def list_customers() -> QuerySet[Any]:
    return CustomerOut.queryset().order_by("pk")


@app.get("/customers/instances", response_model=list[CustomerOut])
def list_instances() -> list[Customer]:
    return list(Customer.objects.order_by("pk"))


@app.get("/customers/schemas")
def list_schemas() -> list[CustomerOut]:
    return CustomerOut.from_queryset(Customer.objects.order_by("pk"))


@app.get("/customers/async")
async def list_async() -> list[CustomerOut]:
    return await CustomerOut.afrom_queryset(Customer.objects.order_by("pk"))


@app.get("/customers/async-rows", response_model=list[CustomerOut])
async def list_async_rows() -> list[Customer]:
    return [one async for one in CustomerOut.queryset().order_by("pk")]


@app.get("/customers/async-lazy", response_model=list[CustomerOut])
async def list_async_lazy() -> list[Customer]:
    return [one async for one in Customer.objects.order_by("pk")]


@app.get("/customers/{pk}", response_model=CustomerOut)
def get_customer(pk: int) -> Customer:
    return Customer.objects.get(pk=pk)


@app.get("/customers/{pk}/async", response_model=CustomerOut)
async def get_customer_async(pk: int) -> Customer:
    found: Customer = await CustomerOut.queryset().aget(pk=pk)
    return found


@app.post("/customers", response_model=CustomerOut, status_code=201)
def post_customer(data: CustomerIn) -> Customer:
    return Customer.objects.create(**data.model_kwargs())


@app.patch("/customers/{pk}", response_model=CustomerOut)
async def patch_customer(pk: int, data: CustomerChange) -> Customer:
    await Customer.objects.filter(pk=pk).aupdate(**data.model_kwargs())
    found: Customer = await CustomerOut.queryset().aget(pk=pk)
    return found


@app.post("/products", response_model=ProductBoth)
def post_product(data: ProductBoth) -> Product:
    made = Product.objects.create(**data.model_kwargs())
    made.tags.set(data.tags or ())
    return made


@app.get("/categories", response_model=list[CategoryTree])
def list_categories() -> QuerySet[Category]:
    return Category.objects.filter(parent=None)


@app.post("/times", response_model=TimesBoth)
def post_times(data: TimesBoth) -> Times:
    return Times.objects.create(**data.model_kwargs())


@app.post("/chosen", response_model=ChosenBoth)
def post_chosen(data: ChosenBoth) -> Chosen:
    return Chosen.objects.create(**data.model_kwargs())


def close_connections() -> None:
    """Closes what the thread of endpoints leaves behind; Django itself keeps a database in memory open."""
    for one in connections.all(initialized_only=True):
        if one.connection is not None:
            one.connection.close()
            one.connection = None


def request(method: str, path: str, **named: Any) -> httpx.Response:  # noqa: ANN401  # what httpx takes
    async def send() -> httpx.Response:
        try:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
                return await client.request(method, path, **named)
        finally:
            await run_in_threadpool(close_connections)

    return asyncio.run(send())


@pytest.mark.parametrize("path", ["", "/instances", "/schemas", "/async", "/async-rows"])
def test_lists_are_answered_from_querysets_instances_and_schemas(path: str) -> None:
    both = fill()
    found = request("GET", f"/customers{path}").json()
    assert [without(one, "id", "made") for one in found] == [answered(one) for one in both]


def test_reading_what_was_not_fetched_is_refused_where_it_would_block() -> None:
    fill()
    with pytest.raises(SynchronousOnlyOperation):
        request("GET", "/customers/async-lazy")


@pytest.mark.parametrize("path", ["", "/async"])
def test_one_is_answered_with_nothing_in_place_of_what_is_absent(path: str) -> None:
    for one in fill():
        found = request("GET", f"/customers/{one.pk}{path}").json()
        assert without(found, "id", "made") == answered(one)


def test_bodies_make_rows_and_bad_ones_are_told_of_by_their_places() -> None:
    fill()
    made = request("POST", "/customers", json={"name": "Cy", "country": "de", "level": "gold", "seal": "AAE="})
    assert made.status_code == 201
    assert {name: made.json()[name] for name in ("name", "level", "seal")} == {"name": "Cy", "level": "gold", "seal": "AAE="}
    assert bytes(Customer.objects.get(name="Cy").seal) == b"\x00\x01"
    wrong = request("POST", "/customers", json={"name": "", "country": 3, "level": "x", "seal": "?"})
    assert wrong.status_code == 422
    assert [(one["loc"], one["type"]) for one in wrong.json()["detail"]] == [
        (["body", "name"], "string_too_short"), (["body", "country"], "string_type"), (["body", "level"], "enum"),
        (["body", "seal"], "base64"),
    ]  # fmt: skip


def test_a_part_of_a_row_is_changed() -> None:
    ann, _ = fill()
    found = request("PATCH", f"/customers/{ann.pk}", json={"name": "Zoe", "country": None}).json()
    assert without(found, "id", "made", "name", "initial", "greeting", "country") == without(
        answered(ann), "name", "initial", "greeting", "country"
    )
    assert (found["name"], found["country"]) == ("Zoe", None)


def test_relations_keys_decimals_and_json_are_written() -> None:
    fill()
    tag = Tag.objects.get().pk
    data = {"name": "Ink", "price": "2.50", "category": Category.objects.get(name="top").pk, "tags": [tag], "json": {"a": [1]}}
    made = request("POST", "/products", json=data).json()
    assert made == {**data, "id": str(Product.objects.get(name="Ink").pk), "config": "plain"}


def test_times_and_choices_come_back() -> None:
    times = request("POST", "/times", json=TIMES).json()
    assert TimesBoth.model_validate({**times, **TIMES}) == TimesBoth.model_validate(times)
    chosen = request("POST", "/chosen", json=CHOSEN).json()
    assert without(chosen, "id") == {**CHOSEN, "diet_or_none": None, "diet_or_blank": "", "legs": None}


def test_trees() -> None:
    fill()
    assert request("GET", "/categories").json() == [{"name": "top", "children": [{"name": "below", "children": []}]}]


def test_the_document_is_valid_and_says_what_the_models_say() -> None:
    document = request("GET", "/openapi.json").json()
    schemas = check_document(document)
    assert set(schemas) == {
        "CustomerIn", "CustomerChange", "CategoryTree", "ProductBoth-Input", "ProductBoth-Output", "TimesBoth-Input",
        "TimesBoth-Output", "ChosenBoth-Input", "ChosenBoth-Output", "CustomerOut", "CustomerOutCountry", "CustomerOutOrders",
        "CustomerOutOrdersLines", "CustomerOutOrdersLinesProduct", "JsonValue", "Level", "Diet", "Danger", "ChosenSizeEnum",
        "ChosenGroupedEnum", "ChosenTwinsEnum", "ChosenLegsEnum", "HTTPValidationError", "ValidationError",
    }  # fmt: skip
    out = schemas["CustomerOut"]
    assert out["description"] == "A customer, with all that was bought."
    assert out["required"] == list(out["properties"])
    assert out["properties"]["name"] == {
        "title": "full name", "description": "As on the card.", "type": "string", "minLength": 1, "maxLength": 40,
    }  # fmt: skip
    assert schemas["CustomerIn"]["required"] == ["name"]
    assert schemas["CustomerIn"]["properties"]["name"]["examples"] == ["Ann"]
    assert "required" not in schemas["CustomerChange"]
    assert schemas["Danger"]["enum"] == [1, 2]
    # A schema that is asked and answered is two: what is answered has every field.
    assert schemas["ProductBoth-Input"]["required"] == ["name", "price", "category"]
    assert schemas["ProductBoth-Output"]["required"] == list(schemas["ProductBoth-Output"]["properties"])
    files = specloom.emit(specloom.load(document), "python", package_name="shop")
    assert any("class ProductBothInput" in text for text in files.values())
