"""The test server itself: what it writes down is what was sent, and it pages, fails and streams as it says."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from .server import Answer, ShopServer
from .shop import EVENTS, ORDER


@pytest.fixture
def server() -> Iterator[ShopServer]:
    with ShopServer() as running:
        yield running


def test_a_request_is_written_down_as_it_was_sent(server: ShopServer) -> None:
    httpx.post(f"{server.url}/__step__/first")
    httpx.post(f"{server.url}/api/products/3/photo/?a=%2B&a=", headers={"Authorization": "Bearer access-1"},
               data={"alt": "Ä"}, files={"photo": ("a.png", b"\x00\r\n\xff", "image/png")})  # fmt: skip
    (request,) = server.requests
    assert (request.step, request.method, request.path, request.query) == ("first", "POST", "/api/products/3/photo/", "a=%2B&a=")
    assert request.parameters == [("a", "+"), ("a", "")]
    alt, photo = request.parts
    assert (alt.name, alt.filename, alt.body.decode()) == ("alt", None, "Ä")
    assert (photo.name, photo.filename, photo.content_type, photo.body) == ("photo", "a.png", "image/png", b"\x00\r\n\xff")


def test_pages_end_and_tokens_expire(server: ShopServer) -> None:
    url: str | None = f"{server.url}/api/catalog/brands/"
    found: list[int] = []
    while url:
        page = httpx.get(url).json()
        found += [row["id"] for row in page["results"]]
        url = page["next"]
    assert found == [1, 2, 3, 4, 5]
    assert httpx.get(f"{server.url}/api/users/me/").status_code == 401
    access = httpx.post(f"{server.url}/api/auth/token/refresh/", json={"refresh": "refresh-1"}).json()["access"]
    assert httpx.get(f"{server.url}/api/users/me/", headers={"Authorization": f"Bearer {access}"}).json()["username"] == "ada"


def test_planned_answers_come_once_and_first(server: ShopServer) -> None:
    server.plan("", Answer(503), Answer(hang_up=True))
    assert httpx.get(f"{server.url}/api/products/").status_code == 503
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"{server.url}/api/products/")
    assert httpx.get(f"{server.url}/api/products/").status_code == 200


def test_a_stream_arrives_in_pieces(server: ShopServer) -> None:
    text = httpx.get(f"{server.url}/api/orders/{ORDER}/events/", headers={"Authorization": "Bearer access-1"}).text
    assert text.count("data: ") == len(EVENTS)
    assert "ÄÖ" in text
