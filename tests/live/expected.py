"""What each step of the scenario must say on the wire and must read from it, the same in every language."""

from __future__ import annotations

from .recording import Request
from .shop import EVENTS, ORDER, SHIPPED_ORDER, UPLOAD, account, order, product, summary, upload

LAMP = {"kind": "physical", "sku": "LAMP-8", "name": "Lämpchen", "price": "19.90", "category": 3, "weight": 900}
NO_PRICE = {**LAMP, "old_price": None}
TAKEN = {**LAMP, "name": "taken"}
LIST = (
    "attributes%5Bcolor%5D=red&in_stock=true&page=2&page_size=3&search=%C3%A4%2F%3F"
    "&status=on_sale,sold-out&tag=a%20b&tag=c%26d"
)
PHOTOS = [("photos", "1.png", "image/png", b"1"), ("photos", "2.jpg", "image/jpeg", b"2"),
          ("alts", None, None, b"x"), ("alts", None, None, b"y"), ("replace", None, None, b"true")]  # fmt: skip
PHOTO = [("photo", "a.png", "image/png", b"\x89PNG\r\n\xff"), ("alt", None, None, "Ä “b”".encode())]

Wire = tuple[str, str, object]

WIRE: dict[str, list[Wire]] = {
    "sign in": [("POST", "/api/auth/token/", {"email": "ada@example.com", "password": "secret"})],
    "list": [("GET", f"/api/products/?{LIST}", None)],
    "pages by number": [("GET", f"/api/products/?page={page}", None) for page in (1, 2, 3)],
    "pages by offset": [("GET", f"/api/catalog/brands/?offset={offset}", None) for offset in (0, 2, 4)],
    "pages by cursor": [("GET", f"/api/orders/{query}", None) for query in ("", "?cursor=cD0x%2B%2F%3D", "?cursor=cD0z")],
    "create": [("POST", "/api/products/", NO_PRICE)],
    "create from a dict": [("POST", "/api/products/", NO_PRICE)],
    "create what is taken": [("POST", "/api/products/", TAKEN)],
    "change": [("PATCH", "/api/products/3/", {"kind": "physical", "price": "9.99", "available_from": None})],
    "remove": [("DELETE", "/api/products/3/", None)],
    "miss": [("GET", "/api/products/404/", None)],
    "meet what is new": [("GET", "/api/products/5/", None)],
    "upload": [("POST", "/api/products/3/photo/", PHOTO)],
    "upload several": [("POST", "/api/products/3/photos/", PHOTOS)],
    "upload bytes": [("PUT", f"/api/uploads/{UPLOAD}/content/", b"\x00\x01\xfe")],
    "download bytes": [("GET", f"/api/uploads/{UPLOAD}/content/", None)],
    "download a document": [("GET", f"/api/orders/{ORDER}/invoice/", None)],
    "download a table": [("GET", "/api/accounts/export/", None)],
    "call an action": [("GET", "/api/products/featured/", None)],
    "call an action with a body": [("POST", f"/api/orders/{ORDER}/cancel/", {"reason": "too_late", "comment": "Sorry"})],
    "call an action too late": [("POST", f"/api/orders/{SHIPPED_ORDER}/cancel/", {"reason": "other"})],
    "retry": [("GET", "/api/products/featured/", None)] * 3,
    "not retry a post": [("POST", "/api/products/", {**LAMP, "name": "Lamp", "price": "1.00"})],
    "refresh": [
        ("GET", "/api/users/me/", None),
        ("POST", "/api/auth/token/refresh/", {"refresh": "refresh-1"}),
        ("GET", "/api/users/me/", None),
    ],
    "stream events": [("GET", f"/api/orders/{ORDER}/events/", None)],
    "stream lines": [("GET", "/api/products/export/", None)],
}

RESULTS: dict[str, object] = {
    "sign in": {"access": "access-1", "refresh": "refresh-1"},
    "list": {
        "count": 7,
        "next": "http://127.0.0.1/api/products/?page=3",
        "previous": None,
        "results": [summary(number) for number in (4, 5, 6)],
    },
    "pages by number": [1, 2, 3, 4, 5, 6, 7],
    "pages by offset": [1, 2, 3, 4, 5],
    "pages by cursor": [f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3, 4)],
    "create": product(8, **NO_PRICE),
    "create from a dict": product(8, **NO_PRICE),
    "create what is taken": {
        "status": 400,
        "body": {"name": ["There is a product of this name."], "non_field_errors": ["Look again."]},
    },
    "change": product(3, kind="physical", price="9.99", available_from=None),
    "remove": None,
    "miss": {"status": 404, "code": "not_found"},
    "meet what is new": product(5, status="on_loan"),
    "upload": {"id": 1, "url": "http://shop.test/p/1", "alt": "Ä “b”", "width": 10, "height": 20},
    "upload several": [
        {"id": number, "url": f"http://shop.test/p/{number}", "alt": name, "width": 1, "height": 1}
        for number, name in enumerate(("1.png", "2.jpg"), 1)
    ],
    "upload bytes": upload(size=3),
    "download a table": "email,role\r\nada@example.com,customer\r\n",
    "call an action": [summary(1), summary(2)],
    "call an action with a body": order(ORDER, "cancelled", cancel_reason="too_late"),
    "call an action too late": {"status": 409, "code": "conflict"},
    "retry": [1, 2],
    "not retry a post": 503,
    "refresh": account()["email"],
    "token": "access-2",
    "stream events": EVENTS,
    "stream lines": [product(1), product(2), product(3)],
}

SIGNED_IN = {"list", "pages by number", "change", "remove", "upload", "download a table", "stream events", "stream lines"}
"""Steps whose requests carry the token that was got by signing in, or by the refresh."""


def on_the_wire(request: Request) -> Wire:
    """A request with its body taken apart by its media type."""
    kind = request.headers.get("content-type", "").split(";")[0]
    body: object = request.body or None
    if kind == "application/json":
        body = request.json
    elif kind == "multipart/form-data":
        body = [(part.name, part.filename, part.content_type, part.body) for part in request.parts]
    return request.method, request.path + (f"?{request.query}" if request.query else ""), body
