"""The shop behind the test server: a few products, orders and brands, and what each address answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from .recording import Request

ORDER = "7d3f6c1e-0a53-4f1c-9a52-1f2f0c0a8f11"
SHIPPED_ORDER = "0b5cfb0e-93ad-4c39-8c9b-5a0d5c1b7e22"
UPLOAD = "5a3de8ec-55cb-47a6-8c0b-6f7a1c8bb733"
ACCOUNT = "c2b0a1de-1111-4222-8333-944455556666"
MOMENT = "2026-01-31T10:00:00Z"


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, before it is sent."""

    status: int = 200
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    chunks: Iterable[bytes] | None = None


def money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def summary(number: int) -> dict[str, object]:
    """A product as it stands in lists."""
    return {"id": number, "kind": "physical", "sku": f"LAMP-{number}", "name": f"Lamp {number}", "price": f"{number}.50",
            "status": "on_sale", "photo": None, "rating": None, "created_at": MOMENT}  # fmt: skip


def product(number: int, **changes: object) -> dict[str, object]:
    """A product in full. `glow`, and the status `on_loan` of one of them, are in no document: clients have to live with both."""
    listed = {key: value for key, value in summary(number).items() if key != "photo"}
    return {**listed, "description": "Bright.", "old_price": None, "category": 3, "brand": None, "tags": ["light"], "photos": [],
            "attributes": {"color": "red"}, "available_from": None, "updated_at": MOMENT, "weight": 900,
            "dimensions": None, "stock": 4, "glow": "warm", **changes}  # fmt: skip


def address() -> dict[str, object]:
    return {"id": 1, "kind": "billing", "name": "Ada", "street": "Hauptstr. 1", "extra": "", "postal_code": "10115",
            "city": "Berlin", "country": "DE", "phone": None, "is_default": True}  # fmt: skip


def order(identifier: str, status: str, **changes: object) -> dict[str, object]:
    customer = {"id": ACCOUNT, "full_name": "Ada Lovelace", "avatar": None}
    return {"id": identifier, "number": "2026-000017", "customer": customer, "status": status, "priority": 5, "items": [],
            "billing_address": address(), "shipping_address": None, "note": "", "is_gift": False, "deliver_on": None,
            "deliver_after": None, "subtotal": money("10.00"), "shipping": money("4.90"), "total": money("14.90"),
            "cancel_reason": None, "metadata": {}, "placed_at": MOMENT, "delivered_at": None, **changes}  # fmt: skip


def account(**changes: object) -> dict[str, object]:
    return {"id": ACCOUNT, "email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace",
            "full_name": "Ada Lovelace", "role": "customer", "is_active": True, "addresses": [address()], "last_login": MOMENT,
            "last_login_ip": "127.0.0.1", "date_joined": MOMENT, "username": "ada", **changes}  # fmt: skip


def upload(**changes: object) -> dict[str, object]:
    owner = {"id": ACCOUNT, "full_name": "Ada Lovelace", "avatar": None}
    return {"id": UPLOAD, "purpose": "manual", "filename": "manual.pdf", "content_type": "application/pdf", "size": 5,
            "checksum": "aGVsbG8=", "url": "http://shop.test/u/1", "owner": owner, "created_at": MOMENT,
            "expires_at": None, **changes}  # fmt: skip


ORDER_PAGES: dict[str | None, tuple[str | None, list[int]]] = {
    None: ("cD0x+/=", [1, 2]),
    "cD0x+/=": ("cD0z", [3]),
    "cD0z": (None, [4]),
}
EVENTS = [
    {"kind": "status_changed", "order": ORDER, "at": MOMENT, "previous": "paid", "status": "packed"},
    {"kind": "shipment_moved", "order": ORDER, "at": MOMENT, "shipment": 9, "place": None, "message": "On its way"},
    {"kind": "note_added", "order": ORDER, "at": MOMENT, "text": "Zwei Zeilen\nÄÖ",
     "author": {"id": ACCOUNT, "full_name": "Ada Lovelace", "avatar": None}},
]  # fmt: skip


def event_stream() -> list[bytes]:
    """All events with a comment, an id, a retry and a record cut in the middle of a character."""
    text = ": hello\n\nretry: 50\n" + "".join(
        f"id: {number}\r\nevent: order\r\ndata: {json.dumps(event, ensure_ascii=False)}\r\n\r\n"
        for number, event in enumerate(EVENTS, 1)
    )
    data = text.encode()
    cut = data.index("Ä".encode()) + 1
    return [data[:40], data[40:cut], data[cut:]]


class Shop:
    """Answers requests; ``token`` is the access token that is good at the moment, ``refreshed`` counts new ones."""

    def __init__(self) -> None:
        self.token = "access-1"
        self.refreshed = 0

    def answer(self, request: Request) -> Found:
        for method, pattern, needs_token, answer in ROUTES:
            match = re.fullmatch(pattern, request.path)
            if match and method == request.method:
                if needs_token and request.headers.get("authorization") != f"Bearer {self.token}":
                    return Found(401, {"detail": "Not signed in.", "code": "not_authenticated"})
                return answer(self, request, *match.groups())
        return Found(404, {"detail": f"No {request.method} {request.path} here.", "code": "not_found"})

    def sign_in(self, request: Request) -> Found:
        body = request.json
        assert isinstance(body, dict)
        if body.get("password") != "secret":
            return Found(401, {"detail": "Wrong password.", "code": "authentication_failed"})
        return Found(200, {"access": self.token, "refresh": "refresh-1"})

    def refresh(self, request: Request) -> Found:
        body = request.json
        assert isinstance(body, dict)
        if not str(body.get("refresh")).startswith("refresh-"):
            return Found(401, {"detail": "Token is invalid.", "code": "token_not_valid"})
        self.refreshed += 1
        self.token = f"access-{self.refreshed + 1}"
        return Found(200, {"access": self.token, "refresh": f"refresh-{self.refreshed + 1}"})

    def products(self, request: Request) -> Found:
        query = dict(request.parameters)
        page, size = int(query.get("page", 1)), int(query.get("page_size", 3))
        rows = [summary(number) for number in range(1, 8)]
        if (page - 1) * size >= len(rows):
            return Found(404, {"detail": "Invalid page.", "code": "not_found"})
        link = f"http://127.0.0.1/api/products/?page={page + 1}" if page * size < len(rows) else None
        return Found(200, {"count": len(rows), "next": link, "previous": None, "results": rows[(page - 1) * size : page * size]})

    def create_product(self, request: Request) -> Found:
        body = request.json
        assert isinstance(body, dict)
        if not body.get("name") or body["name"] == "taken":
            return Found(400, {"name": ["There is a product of this name."], "non_field_errors": ["Look again."]})
        return Found(201, product(8, **{key: body[key] for key in body if key != "brand_id"}), {"Location": "/api/products/8/"})

    def product(self, request: Request, number: str) -> Found:
        if number == "404":
            return Found(404, {"detail": "No product matches.", "code": "not_found"})
        return Found(200, product(int(number), **({"status": "on_loan"} if number == "5" else {})))

    def change_product(self, request: Request, number: str) -> Found:
        body = request.json
        assert isinstance(body, dict)
        return Found(200, product(int(number), **body))

    def remove(self, request: Request, *groups: str) -> Found:
        return Found(204)

    def featured(self, request: Request) -> Found:
        return Found(200, [summary(1), summary(2)])

    def photo(self, request: Request, number: str) -> Found:
        alt = next((part.body.decode() for part in request.parts if part.name == "alt"), "")
        return Found(201, {"id": 1, "url": "http://shop.test/p/1", "alt": alt, "width": 10, "height": 20})

    def photos(self, request: Request, number: str) -> Found:
        files = [part for part in request.parts if part.filename]
        return Found(201, [{"id": number, "url": f"http://shop.test/p/{number}", "alt": part.filename, "width": 1, "height": 1}
                           for number, part in enumerate(files, 1)])  # fmt: skip

    def export(self, request: Request) -> Found:
        lines = [json.dumps(product(number)).encode() + b"\n" for number in (1, 2, 3)]
        chunks = [lines[0][:10], lines[0][10:] + b"\n" + lines[1], lines[2].rstrip()]
        return Found(200, chunks=chunks, content_type="application/x-ndjson")

    def brands(self, request: Request) -> Found:
        query = dict(request.parameters)
        offset, limit = int(query.get("offset", 0)), int(query.get("limit", 2))
        rows = [{"id": number, "name": f"Brand {number}"} for number in range(1, 6)]
        link = f"http://{request.headers['host']}/api/catalog/brands/?limit={limit}&offset={offset + limit}"
        found = rows[offset : offset + limit]
        return Found(200, {"count": 5, "next": link if offset + limit < 5 else None, "previous": None, "results": found})

    def orders(self, request: Request) -> Found:
        cursor = dict(request.parameters).get("cursor")
        following, numbers = ORDER_PAGES[cursor]
        link = f"http://{request.headers['host']}/api/orders/?cursor={quote(following, safe='')}" if following else None
        rows = [{"id": f"00000000-0000-4000-8000-00000000000{number}", "number": f"2026-00000{number}", "status": "paid",
                 "total": money("9.90"), "item_count": number, "placed_at": MOMENT} for number in numbers]  # fmt: skip
        return Found(200, {"next": link, "previous": None, "results": rows})

    def cancel(self, request: Request, identifier: str) -> Found:
        if identifier == SHIPPED_ORDER:
            return Found(409, {"detail": "It is on its way already.", "code": "conflict"})
        body = request.json
        assert isinstance(body, dict)
        return Found(200, order(identifier, "cancelled", cancel_reason=body["reason"]))

    def events(self, request: Request, identifier: str) -> Found:
        return Found(200, chunks=event_stream(), content_type="text/event-stream")

    def invoice(self, request: Request, identifier: str) -> Found:
        return Found(200, b"%PDF-1.7\x00\xff", {"Content-Disposition": 'attachment; filename="invoice.pdf"'}, "application/pdf")

    def table(self, request: Request) -> Found:
        return Found(200, "email,role\r\nada@example.com,customer\r\n", content_type="text/csv; charset=utf-8")

    def me(self, request: Request) -> Found:
        return Found(200, account())

    def upload(self, request: Request, identifier: str) -> Found:
        return Found(200, upload(size=len(request.body)))

    def content(self, request: Request, identifier: str) -> Found:
        return Found(200, bytes(range(256)), {"ETag": '"1"'}, "application/octet-stream")


# Method, path, whether a token is needed, and who answers.
ROUTES: list[tuple[str, str, bool, Callable[..., Found]]] = [
    ("POST", r"/api/auth/token/", False, Shop.sign_in),
    ("POST", r"/api/auth/token/refresh/", False, Shop.refresh),
    ("GET", r"/api/users/me/", True, Shop.me),
    ("GET", r"/api/accounts/export/", True, Shop.table),
    ("GET", r"/api/products/", False, Shop.products),
    ("POST", r"/api/products/", True, Shop.create_product),
    ("GET", r"/api/products/featured/", False, Shop.featured),
    ("GET", r"/api/products/export/", True, Shop.export),
    ("GET", r"/api/products/(\d+)/", False, Shop.product),
    ("PATCH", r"/api/products/(\d+)/", True, Shop.change_product),
    ("DELETE", r"/api/products/(\d+)/", True, Shop.remove),
    ("POST", r"/api/products/(\d+)/photo/", True, Shop.photo),
    ("POST", r"/api/products/(\d+)/photos/", True, Shop.photos),
    ("GET", r"/api/catalog/brands/", False, Shop.brands),
    ("GET", r"/api/orders/", True, Shop.orders),
    ("POST", r"/api/orders/([^/]+)/cancel/", True, Shop.cancel),
    ("GET", r"/api/orders/([^/]+)/events/", True, Shop.events),
    ("GET", r"/api/orders/([^/]+)/invoice/", True, Shop.invoice),
    ("PUT", r"/api/uploads/([^/]+)/content/", True, Shop.upload),
    ("GET", r"/api/uploads/([^/]+)/content/", True, Shop.content),
]
