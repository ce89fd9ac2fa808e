"""Paging: every item once, from where the caller starts, and an end to it."""

# ruff: noqa: ANN401 - these tests pass any arguments on
from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest

from specloom.runtime.python.base import Model
from specloom.runtime.python.errors import APIError, PagingError
from specloom.runtime.python.paging import next_link, query_value
from specloom.runtime.python.retry import NO_RETRY

from .clients import Client
from .server import Answer, Request, Server, json_answer

ITEMS = list(range(1, 8))


class Page(Model):
    results: list[int] | None = None
    next: str | None = None
    count: int | None = None
    cursor: str | None = None


def values(request: Request) -> dict[str, str]:
    return {name: found[0] for name, found in parse_qs(request.query).items()}


def numbered(request: Request) -> Answer:
    """Three a page; a page past the end is 404, as Django REST Framework has it."""
    page = int(values(request).get("page", 1))
    results = ITEMS[3 * (page - 1) : 3 * page]
    if not results:
        return json_answer({"detail": "Invalid page."}, 404)
    more = f"http://elsewhere/?page={page + 1}" if 3 * page < len(ITEMS) else None
    return json_answer({"count": len(ITEMS), "next": more, "results": results})


def by_page(client: Client, **call: Any) -> list[int]:
    return client.list(
        "by_page",
        lambda page: client.fetch("GET", "/", Page, query=[("page", page), ("status", "x")]),
        lambda page: page.results,
        **call,
    )


def test_by_page(client: Client, server: Server) -> None:
    server.route = numbered
    assert by_page(client, more=lambda page: page.next) == ITEMS
    assert [request.query for request in server.requests] == [f"page={n}&status=x" for n in (1, 2, 3)]
    assert by_page(client, start=2, more=lambda page: page.next) == ITEMS[3:]
    server.requests.clear()
    assert by_page(client, total=lambda page: page.count) == ITEMS
    assert len(server.requests) == 3


def test_by_page_from_zero_up_to_an_empty_page(client: Client, server: Server) -> None:
    def route(request: Request) -> Answer:
        page = int(values(request)["page"])
        return json_answer({"results": ITEMS[3 * page : 3 * page + 3] or None})

    server.route = route
    assert by_page(client, first=0) == ITEMS
    assert len(server.requests) == 4


def test_a_server_that_does_not_look_at_the_number(client: Client, server: Server) -> None:
    server.answers = [json_answer({"results": [1, 2]})]
    assert by_page(client) == [1, 2, 1, 2]
    assert len(server.requests) == 2
    with pytest.raises(PagingError):
        by_page(client, more=lambda page: True)


def by_offset(client: Client, **call: Any) -> list[int]:
    return client.list(
        "by_offset",
        lambda offset: client.fetch("GET", "/", Page, query=[("offset", offset)]),
        lambda page: page.results,
        **call,
    )


def test_by_offset(client: Client, server: Server) -> None:
    def route(request: Request) -> Answer:
        offset = int(values(request)["offset"])
        return json_answer({"count": len(ITEMS), "results": ITEMS[offset : offset + 3]})

    server.route = route
    assert by_offset(client) == ITEMS
    assert [request.query for request in server.requests] == [f"offset={n}" for n in (0, 3, 6, 7)]
    server.requests.clear()
    assert by_offset(client, start=2, total=lambda page: page.count) == ITEMS[2:]
    assert [request.query for request in server.requests] == [f"offset={n}" for n in (2, 5)]


def by_cursor(client: Client, **call: Any) -> list[int]:
    return client.list(
        "by_cursor",
        lambda cursor: client.fetch("GET", "/", Page, query=[("cursor", cursor)]),
        lambda page: page.results,
        lambda page: page.cursor,
        **call,
    )


def test_by_cursor(client: Client, server: Server) -> None:
    pages = {None: ([1, 2], "a"), "a": ([], "b"), "b": ([3], "")}

    def route(request: Request) -> Answer:
        results, cursor = pages[values(request).get("cursor")]
        return json_answer({"results": results, "cursor": cursor})

    server.route = route
    assert by_cursor(client) == [1, 2, 3]
    assert [request.query for request in server.requests] == ["", "cursor=a", "cursor=b"]
    assert by_cursor(client, start="b") == [3]


def test_cursors_in_a_circle(client: Client, server: Server) -> None:
    server.answers = [json_answer({"results": [1], "cursor": name}) for name in "aba"]
    with pytest.raises(PagingError):
        by_cursor(client)
    assert len(server.requests) == 3


def by_link(client: Client, **call: Any) -> list[int]:
    return client.list(
        "by_link",
        lambda: client.fetch("GET", "/products/", Page, query=[("size", 3)], **call),
        lambda page: page.results,
        lambda page: page.next,
    )


@pytest.mark.parametrize("link", ["?page=2", "/api/products/?page=2", "{server}/api/products/?page=2"])
def test_by_link(connect: Callable[..., Client], server: Server, link: str) -> None:
    server.answers = [
        json_answer({"results": [1, 2], "next": link.replace("{server}", server.url)}),
        json_answer({"results": [3], "next": None}),
    ]
    client = connect(url=server.url + "/api", token="t")
    assert by_link(client, headers=[("X-Tenant", "acme")]) == [1, 2, 3]
    assert [request.target for request in server.requests] == ["/api/products/?size=3", "/api/products/?page=2"]
    for request in server.requests:
        assert (request.headers["authorization"], request.headers["x-tenant"]) == ("Bearer t", "acme")


def test_a_link_to_another_origin_gets_no_credentials(
    connect: Callable[..., Client], server: Server, other_server: Server
) -> None:
    server.answers = [json_answer({"results": [1], "next": other_server.url + "/more"})]
    other_server.answers = [json_answer({"results": [2]})]
    assert by_link(connect(token="t"), headers=[("X-Tenant", "acme")]) == [1, 2]
    assert not {"authorization", "x-tenant"} & set(other_server.last.headers)


def test_links_in_a_circle_and_to_nowhere(connect: Callable[..., Client], server: Server) -> None:
    client = connect(retry=NO_RETRY)
    server.answers = [json_answer({"results": [1], "next": "/again"})]
    with pytest.raises(PagingError):
        by_link(client)
    for link in ("http://x:port/", "mailto:a@b", "http://"):
        server.answers = [json_answer({"results": [1], "next": link})]
        with pytest.raises(PagingError):
            by_link(client)


def test_an_error_on_a_later_page_is_typed(client: Client, server: Server) -> None:
    server.answers = [json_answer({"results": [1], "next": "/more"}), json_answer({"results": [9]}, 400)]
    with pytest.raises(APIError) as caught:
        by_link(client, errors={400: Page})
    assert caught.value.body == Page(results=[9])


def test_by_link_header(client: Client, server: Server) -> None:
    link = '</last>; rel="last", <?page=2>; title="a, b; rel=x"; rel="next"'
    server.answers = [json_answer([1, 2], Link=link), json_answer([3], Link='</>; rel="first prev"')]
    found = client.list("by_link_header", lambda: client.fetch("GET", "/p", list[int]), lambda page: page)
    assert found == [1, 2, 3]
    assert server.last.target == "/p?page=2"


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ('<https://x/?a=1,2&b=<c>; rel="next"', "https://x/?a=1,2&b=<c"),
        ("<a>;REL=next", "a"),
        ('<a>; rel="prev next"', "a"),
        ('<a>; rel="nextish", <b>; x', None),
        ('<a>; title="rel=next"', None),
        ("nonsense", None),
        ("", None),
    ],
)
def test_link_headers(header: str, target: str | None) -> None:
    import httpx

    assert next_link(httpx.Headers({"Link": header})) == target


def test_query_value() -> None:
    assert query_value("https://x/?cursor=a%2Bb&x=1", "cursor") == "a+b"
    assert query_value("https://x/", "cursor") is None
    assert query_value(None, "cursor") is None
    assert query_value("http://[", "cursor") is None
