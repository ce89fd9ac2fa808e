"""How a client is used: only its types are looked at."""

# ruff: noqa: PTH123 - a user may open a file like this
from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import assert_type

from .auth import Tokens
from .client import APIClient, SyncAPIClient
from .enums import ProductStatus
from .errors import APIError
from .models.products import (
    CardPayment,
    IbanPayment,
    Job,
    PaginatedProductList,
    PhotoRequest,
    Product,
    ProductRequest,
    ValidationError,
)
from .responses import Response
from .retry import RetryPolicy
from .streaming import ServerSentEvent


async def refresh(token: str | None) -> Tokens:
    return Tokens("new", token)


async def use() -> None:
    retry = RetryPolicy(attempts=5)
    async with APIClient(token="t", retry=retry, refresh=refresh) as client:
        products = client.products
        page = await products.list(page=2, options={"timeout": 5})
        assert_type(page.results[0].status, ProductStatus)
        async for product in products.iterate(status=[ProductStatus.DRAFT]):
            assert_type(product, Product)
        async for product in products.iterate_header():
            assert_type(product, Product)
        response = await client.with_response(products.list, page=2)
        assert_type(response, Response[PaginatedProductList])
        assert_type(response.data.count, int)
        await products.create({"name": "Lamp", "price": "12.50", "status": "draft"})
        await products.photo(1, PhotoRequest(photo=Path("a.png")))
        await products.photo(1, {"photo": ("a.png", io.BytesIO(), "image/png")})
        with open("a.png", "rb") as file:
            await products.photo(1, {"photo": file})
        payment = await products.payment(1)
        assert_type(payment, CardPayment | IbanPayment)
        if payment.kind == "card":
            assert_type(payment, CardPayment)
        assert_type(await products.start(1), Product | Job | None)
        assert_type(await products.anything(), object)
        assert_type(await products.text(), str)
        async for event in products.events(1):
            assert_type(event, CardPayment | IbanPayment)
        async for raw in products.raw_events():
            assert_type(raw, ServerSentEvent)
        try:
            await products.create(ProductRequest(name="Lamp", price=Decimal(1)))
        except APIError as error:
            if isinstance(error.body, ValidationError):
                assert_type(error.body.root, dict[str, list[str]])


def use_sync() -> None:
    with SyncAPIClient("https://shop.example.com", api_key="k", locale="de") as client:
        page = client.products.list(page=2)
        assert_type(page, PaginatedProductList)
        for product in client.products.iterate():
            assert_type(product, Product)
        response = client.with_response(client.products.list, page=2)
        assert_type(response, Response[PaginatedProductList])
        for payment in client.products.events(1):
            assert_type(payment, CardPayment | IbanPayment)
