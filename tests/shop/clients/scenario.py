"""What a Python program does with the shop's generated client and the shop itself; printed as JSON by step.

``run`` becomes sync by taking out ``async`` and ``await`` and naming the sync classes: both clients read the same.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
from collections.abc import Awaitable, Callable
from decimal import Decimal
from uuid import UUID

import httpx
from shop_api import APIClient
from shop_api.auth import Tokens
from shop_api.enums import Ordering, ProductStatus
from shop_api.errors import APIError
from shop_api.models.cart import StockConflict
from shop_api.models.common import Account, AddressRequestDict, ErrorDetail, ValidationError
from shop_api.models.orders import NoteAdded, StatusChanged
from shop_api.models.products import PatchedPhysicalProductRequest, PhysicalProduct

URL = os.environ["SHOP_URL"]
NAME = os.environ["SHOP_CLIENT"]
CUSTOMER = os.environ["SHOP_CUSTOMER"]
EXPIRED = os.environ["SHOP_EXPIRED"]
PASSWORD = os.environ["SHOP_PASSWORD"]
PICTURE = base64.b64decode(os.environ["SHOP_PICTURE"])
HEADERS = {"X-Client": NAME}
HOME: AddressRequestDict = {
    "kind": "billing",
    "name": "Åsa & Co. “KG”",
    "street": "Gränsgatan 1",
    "postal_code": "10115",
    "city": "Göteborg",
    "country": "DE",
    "phone": "+49 30 1234567",
}
NEWCOMER = f"{NAME.replace(' ', '-')}@example.com"
SKU = f"LIVE-{NAME.replace(' ', '-').upper()}"
results: dict[str, object] = {}


async def signed_in(email: str) -> APIClient:
    client = APIClient(URL, headers=HEADERS)
    pair = await client.auth.token({"email": email, "password": PASSWORD})
    client.set_token(pair.access, pair.refresh)
    return client


async def refusal(call: Callable[[], Awaitable[object]]) -> list[object]:
    """Status and code of an error that concerns the request as a whole."""
    try:
        await call()
    except APIError as error:
        assert isinstance(error.body, ErrorDetail), error.body
        return [error.status, error.body.code]
    raise AssertionError("not refused")


async def run() -> None:
    await accounts()
    customer = await signed_in(CUSTOMER)
    manager = await signed_in("manager@shop.example.com")
    anna = await signed_in("anna@example.com")
    async with customer, manager, anna:
        await lists(customer, anna)
        await addresses(customer)
        await products(manager, customer)
        await files(customer, anna)
        await shopping(customer)
        await actions(customer, manager)
    await session()
    await refresh()


async def accounts() -> None:
    async with APIClient(URL, headers=HEADERS) as nobody:
        opened = await nobody.accounts.create({"email": NEWCOMER, "password": PASSWORD, "first_name": "Åsa"})
        results["open an account"] = [opened.full_name, opened.role, opened.is_active]
        results["not signed in"] = await refusal(lambda: nobody.users.me_retrieve())
        results["a wrong password"] = await refusal(lambda: nobody.auth.token({"email": NEWCOMER, "password": "wrong"}))
        pair = await nobody.auth.token({"email": NEWCOMER, "password": PASSWORD})
        nobody.set_token(pair.access, pair.refresh)
        me = await nobody.users.me_retrieve()
        results["sign in for a token"] = me.id == opened.id and me.email == NEWCOMER
    async with APIClient(URL, headers=HEADERS, token="no token at all") as forger:
        results["a false token"] = await refusal(lambda: forger.users.me_retrieve())


async def lists(customer: APIClient, anna: APIClient) -> None:
    results["pages by number"] = [product.sku async for product in customer.products.iterate()]
    results["pages by offset"] = [brand.name async for brand in customer.catalog.iterate_brands_list(limit=7)]
    results["pages by cursor"] = [order.number async for order in anna.orders.iterate()]
    async with APIClient(URL, headers=HEADERS, locale="de") as german:
        results["in German"] = (await german.products.list(ordering=Ordering.PRICE, page_size=1)).results[0].name
    page = await customer.products.list(search="lamp", status=[ProductStatus.ON_SALE], ordering=Ordering.MINUS_PRICE, page_size=2)
    results["a page that was looked for"] = [product.name for product in page.results]


async def addresses(customer: APIClient) -> None:
    answer = await customer.with_response(customer.users.me_addresses_create, HOME)
    address = answer.data
    place = answer.headers["Location"] == f"{URL}/api/users/me/addresses/{address.id}/"
    results["create"] = [answer.status, place, address.name, address.phone, address.is_default]
    again = await customer.users.me_addresses_retrieve(address.id)
    results["retrieve"] = again == address
    changed = await customer.users.me_addresses_partial_update(address.id, {"city": "Malmö", "phone": None})
    results["change"] = [changed.name, changed.city, changed.phone]
    await customer.users.me_addresses_destroy(address.id)
    results["removed"] = await refusal(lambda: customer.users.me_addresses_retrieve(address.id))


async def products(manager: APIClient, customer: APIClient) -> None:
    lamp = await manager.products.by_sku("LAMP-01")
    made = await manager.products.create(
        {"kind": "physical", "sku": SKU, "name": "Lämpchen", "price": "19.90", "category": lamp.category, "weight": 900}
    )
    assert isinstance(made, PhysicalProduct)
    results["create of a kind"] = [made.kind, made.name, str(made.price), made.old_price, made.status]
    try:
        await manager.products.create(
            {"kind": "physical", "sku": SKU, "name": "Taken", "price": "19.90", "category": 9999, "weight": 900}
        )
    except APIError as error:
        assert isinstance(error.body, ValidationError), error.body
        messages = error.body.model_dump(exclude_unset=True)
        results["not valid"] = [error.status, sorted(messages), len(messages["sku"])]
    change = PatchedPhysicalProductRequest(kind="physical", price=Decimal("9.99"), old_price=Decimal("19.90"))
    cheaper = await manager.products.partial_update(made.id, change)
    results["change of a kind"] = [cheaper.name, str(cheaper.price), str(cheaper.old_price)]
    results["not allowed"] = await refusal(
        lambda: customer.products.create(
            {"kind": "physical", "sku": "MINE", "name": "Mine", "price": "1.00", "category": lamp.category, "weight": 1}
        )
    )
    photo = await manager.products.photo(made.id, {"photo": ("lämpchen.png", PICTURE, "image/png"), "alt": "Ä “b”"})
    results["upload a photo"] = [photo.alt, photo.width, photo.height]
    photos = await manager.products.photos_create(
        made.id, {"photos": [("1.png", PICTURE, "image/png"), ("2.png", PICTURE, "image/png")], "alts": ["x", "y"]}
    )
    results["upload photos"] = [found.alt for found in photos]
    try:
        await manager.products.photo(made.id, {"photo": ("a.png", b"no picture", "image/png")})
    except APIError as error:
        assert isinstance(error.body, ValidationError), error.body
        results["no photo"] = [error.status, sorted(error.body.model_dump(exclude_unset=True))]
    await manager.products.destroy(made.id)
    results["not found"] = await refusal(lambda: manager.products.retrieve(made.id))
    table = "sku,kind,name,price,category,weight\n"
    table += f"LIVE-1,physical,Lämpchen,9.90,{lamp.category},500\nLIVE-2,physical,,9.90,{lamp.category},500\n"
    report = await manager.products.import_(table, dry_run=True)
    assert report is not None
    results["send a table"] = [report.created, report.updated, [row.line for row in report.failed], report.dry_run]
    lines: list[str] = []
    async for product in manager.products.export():
        lines.append(product.sku)
        if len(lines) == 3:
            break
    results["read lines"] = lines


async def files(customer: APIClient, anna: APIClient) -> None:
    upload = await customer.uploads.create({"file": ("nöte.txt", b"Hello", "text/plain"), "purpose": "manual"})
    results["upload a file"] = [upload.filename, upload.content_type, upload.size]
    replaced = await customer.uploads.content_update(upload.id, bytes(range(256)))
    results["upload bytes"] = [replaced.content_type, replaced.size]
    content = await customer.uploads.content_retrieve(upload.id)
    results["download bytes"] = content == bytes(range(256))
    results["not one's own"] = await refusal(lambda: anna.uploads.retrieve(upload.id))
    pdf = await anna.orders.invoice(UUID(os.environ["SHOP_ORDER"]))
    results["download a document"] = pdf[:5].decode()


async def shopping(customer: APIClient) -> None:
    lamp = await customer.products.by_sku("LAMP-04")
    item = await customer.cart.items_create({"product_id": lamp.id, "quantity": 2, "options": {"color": "röd"}})
    results["into the cart"] = [item.product.sku, item.quantity, item.options, str(item.subtotal)]
    try:
        await customer.cart.items_create({"product_id": lamp.id, "quantity": 999})
    except APIError as error:
        assert isinstance(error.body, StockConflict), error.body
        results["too many"] = [error.status, error.body.code, error.body.items[0].requested]
    cart = await customer.cart.coupon_create({"code": "FIVE"})
    results["redeem"] = [str(cart.discount.amount), str(cart.total.amount)]
    method = await customer.payments.methods_create({"type": "card", "token": "tok_visa_4242"})
    orders: list[UUID] = []
    for _ in range(2):
        order = await customer.cart.checkout(
            {"billing_address": HOME, "payment_method": method.id, "accept_terms": True}, idempotency_key=method.id
        )
        orders.append(order.id)
    results["check out"] = [order.status, str(order.total.amount), order.items[0].name, orders[0] == orders[1]]
    noted = await customer.orders.partial_update(order.id, {"note": "Tack!"})
    results["note"] = noted.note
    events: list[object] = []
    async for event in customer.orders.events(order.id, last_event_id="0"):
        if isinstance(event, NoteAdded):
            events.append([event.author.full_name == order.customer.full_name, event.text])
            cancelled = await customer.orders.cancel(order.id, {"reason": "too_late", "comment": "Tyvärr"})
            results["cancel"] = [cancelled.status, cancelled.cancel_reason]
        elif isinstance(event, StatusChanged):
            events.append([event.previous, event.status])
    results["follow"] = events
    results["cancel again"] = await refusal(lambda: customer.orders.cancel(order.id, {"reason": "other"}))


async def actions(customer: APIClient, manager: APIClient) -> None:
    lamp = await customer.products.by_sku("LAMP-01")
    reviews = {review.title: review.id async for review in customer.reviews.iterate_products_list(lamp.id)}
    results["pages of reviews"] = sorted(reviews)
    voted = await customer.reviews.products_vote(lamp.id, reviews["Review no. 10"], {"vote": "down"})
    results["vote"] = voted.title
    said = 0
    try:
        while said < 100:
            await customer.reviews.products_comments_create(lamp.id, voted.id, {"text": f"Comment no. {said}"})
            said += 1
    except APIError as error:
        assert isinstance(error.body, ErrorDetail), error.body
        results["too often"] = [said, error.status, error.body.code, 0 < int(error.headers["Retry-After"]) <= 60]
    found = [account async for account in manager.accounts.iterate(search=NEWCOMER)]
    newcomer: Account = found[0]
    results["not for customers"] = await refusal(lambda: customer.accounts.suspend(newcomer.id, {"reason": "Revenge"}))
    suspended = await manager.accounts.suspend(newcomer.id, {"reason": "It was a test."})
    results["suspend"] = [len(found), suspended.is_active]
    results["suspended"] = await refusal(lambda: customer.auth.token({"email": NEWCOMER, "password": PASSWORD}))


async def session() -> None:
    async with httpx.AsyncClient() as cookies:
        client = APIClient(URL, headers=HEADERS, http_client=cookies)
        careless = APIClient(URL, headers=HEADERS, http_client=cookies, csrf=None)
        account = await client.auth.login({"email": CUSTOMER, "password": PASSWORD})
        results["sign in for a session"] = (await client.users.me_retrieve()).id == account.id
        results["without a CSRF token"] = await refusal(lambda: careless.users.me_addresses_create(HOME))
        results["with a CSRF token"] = (await client.users.me_addresses_create(HOME)).name
        await client.auth.logout()
        results["session over"] = await refusal(lambda: client.users.me_retrieve())


async def refresh() -> None:
    refreshed = 0

    async def renew(refresh_token: str | None) -> Tokens:
        nonlocal refreshed
        refreshed += 1
        async with APIClient(URL, headers=HEADERS) as other:
            pair = await other.auth.token_refresh({"refresh": refresh_token or ""})
        return Tokens(pair.access, pair.refresh)

    async with await signed_in(CUSTOMER) as client:
        used = client.get_refresh_token()
    async with APIClient(URL, headers=HEADERS, token=EXPIRED, refresh_token=used, refresh=renew) as client:
        found = await together([client.users.me_retrieve] * 5)
        results["refresh"] = [[account.email == CUSTOMER for account in found], refreshed]
        assert client.get_token() != EXPIRED
        client.set_token(EXPIRED)
        changed = await client.users.me_partial_update({"last_name": "Öberg"})
        results["refresh again"] = [changed.last_name, refreshed]
    async with APIClient(URL, headers=HEADERS, token=EXPIRED, refresh_token=used, refresh=renew) as client:
        results["refresh with what was used"] = [await refusal(lambda: client.users.me_retrieve()), refreshed]


async def together(calls: list[Callable[[], Awaitable[Account]]]) -> list[Account]:
    return await asyncio.gather(*(call() for call in calls))


asyncio.run(run())
print(json.dumps(results))
