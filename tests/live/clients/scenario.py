"""What a Python program does with the generated shop client; printed as JSON by step. Also run as its sync twin.

``run`` becomes sync by taking out ``async`` and ``await`` and naming the sync classes: both clients read the same.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import urllib.request
from decimal import Decimal
from urllib.parse import quote
from uuid import UUID

from pydantic import BaseModel, TypeAdapter
from shop_api import APIClient
from shop_api.auth import Tokens
from shop_api.enums import ProductStatus
from shop_api.errors import APIError
from shop_api.models.common import ErrorDetail, ValidationError
from shop_api.models.products import PatchedPhysicalProductRequest, PhysicalProduct, PhysicalProductRequest

URL = os.environ["SHOP_URL"]
ORDER = UUID(os.environ["SHOP_ORDER"])
SHIPPED_ORDER = UUID(os.environ["SHOP_SHIPPED_ORDER"])
UPLOAD = UUID(os.environ["SHOP_UPLOAD"])
results: dict[str, object] = {}


def step(name: str) -> None:
    urllib.request.urlopen(urllib.request.Request(f"{URL}/__step__/{quote(name)}", method="POST")).close()


def plain(value: object) -> object:
    """A value as the JSON it was read from."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return TypeAdapter(object).dump_python(value, mode="json", by_alias=True, exclude_unset=True)


async def run() -> None:
    async def renew(refresh_token: str | None) -> Tokens:
        async with APIClient(URL) as other:
            pair = await other.auth.token_refresh({"refresh": refresh_token or ""})
        return Tokens(pair.access, pair.refresh)

    async with APIClient(URL, refresh=renew, locale="de") as client:
        step("sign in")
        pair = await client.auth.token({"email": "ada@example.com", "password": "secret"})
        results["sign in"] = plain(pair)
        client.set_token(pair.access, pair.refresh)

        step("list")
        page = await client.products.list(
            page=2,
            page_size=3,
            status=[ProductStatus.ON_SALE, ProductStatus.SOLD_OUT],
            tag=["a b", "c&d"],
            in_stock=True,
            search="ä/?",
            attributes={"color": "red"},
        )
        results["list"] = plain(page)

        step("pages by number")
        results["pages by number"] = [product.id async for product in client.products.iterate()]
        step("pages by offset")
        results["pages by offset"] = [brand.id async for brand in client.catalog.iterate_brands_list()]
        step("pages by cursor")
        results["pages by cursor"] = [str(order.id) async for order in client.orders.iterate()]

        step("create")
        price = Decimal("19.90")
        lamp = PhysicalProductRequest(
            kind="physical", sku="LAMP-8", name="Lämpchen", price=price, category=3, weight=900, old_price=None
        )
        results["create"] = plain(await client.products.create(lamp))
        step("create from a dict")
        made = await client.products.create(
            {
                "kind": "physical",
                "sku": "LAMP-8",
                "name": "Lämpchen",
                "price": "19.90",
                "category": 3,
                "weight": 900,
                "old_price": None,
            }
        )
        results["create from a dict"] = plain(made)
        step("create what is taken")
        try:
            await client.products.create(
                {"kind": "physical", "sku": "LAMP-8", "name": "taken", "price": "19.90", "category": 3, "weight": 900}
            )
        except APIError as error:
            assert isinstance(error.body, ValidationError)
            results["create what is taken"] = {"status": error.status, "body": plain(error.body)}

        step("change")
        change = PatchedPhysicalProductRequest(kind="physical", price=Decimal("9.99"), available_from=None)
        results["change"] = plain(await client.products.partial_update(3, change))
        step("remove")
        await client.products.destroy(3)
        results["remove"] = None
        step("miss")
        try:
            await client.products.retrieve(404)
        except APIError as error:
            assert isinstance(error.body, ErrorDetail)
            results["miss"] = {"status": error.status, "code": error.body.code}
        step("meet what is new")
        known = await client.products.retrieve(5)
        assert isinstance(known, PhysicalProduct)
        results["meet what is new"] = plain(known)

        step("upload")
        photo = await client.products.photo(3, {"photo": ("a.png", b"\x89PNG\r\n\xff", "image/png"), "alt": "Ä “b”"})
        results["upload"] = plain(photo)
        step("upload several")
        photos = await client.products.photos_create(
            3, {"photos": [("1.png", b"1", "image/png"), ("2.jpg", b"2", "image/jpeg")], "alts": ["x", "y"], "replace": True}
        )
        results["upload several"] = [plain(found) for found in photos]
        step("upload bytes")
        results["upload bytes"] = plain(await client.uploads.content_update(UPLOAD, b"\x00\x01\xfe"))
        step("download bytes")
        results["download bytes"] = plain(await client.uploads.content_retrieve(UPLOAD))
        step("download a document")
        results["download a document"] = plain(await client.orders.invoice(ORDER))
        step("download a table")
        results["download a table"] = await client.accounts.export()

        step("call an action")
        results["call an action"] = [plain(product) for product in await client.products.featured()]
        step("call an action with a body")
        order = await client.orders.cancel(ORDER, {"reason": "too_late", "comment": "Sorry"})
        results["call an action with a body"] = plain(order)
        step("call an action too late")
        try:
            await client.orders.cancel(SHIPPED_ORDER, {"reason": "other"})
        except APIError as error:
            assert isinstance(error.body, ErrorDetail)
            results["call an action too late"] = {"status": error.status, "code": error.body.code}

        step("retry")
        results["retry"] = [product.id for product in await client.products.featured()]
        step("not retry a post")
        try:
            await client.products.create(
                {"kind": "physical", "sku": "LAMP-8", "name": "Lamp", "price": "1.00", "category": 3, "weight": 900}
            )
        except APIError as error:
            results["not retry a post"] = error.status
        step("refresh")
        results["refresh"] = (await client.users.me_retrieve()).email
        results["token"] = client.get_token()

        step("stream events")
        results["stream events"] = [plain(event) async for event in client.orders.events(ORDER)]
        step("stream lines")
        results["stream lines"] = [plain(product) async for product in client.products.export()]


asyncio.run(run())
print(json.dumps(results))
