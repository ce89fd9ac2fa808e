"""Retries, redirects, credentials, token refresh and CSRF, as they arrive at real servers."""

# ruff: noqa: ANN401 - these tests pass any arguments on
from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from specloom.runtime.python.api import AsyncAPI, SyncAPI
from specloom.runtime.python.auth import CSRF, APIKey, Basic, Bearer, SecurityScheme, Tokens
from specloom.runtime.python.errors import APIError, NetworkError, RequestValidationError
from specloom.runtime.python.retry import NO_RETRY, RetryPolicy, parse_retry_after

from .clients import Client
from .server import Answer, Request, Server, json_answer

Connect = Callable[..., Client]


# Retries


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_statuses_that_pass_are_tried_again(client: Client, server: Server, status: int) -> None:
    server.answers = [Answer(status), Answer(status), json_answer("done")]
    assert client.request("GET", "/", str) == "done"
    assert len(client.waits) == 2


@pytest.mark.parametrize("status", [400, 401, 404, 409, 501])
def test_other_statuses_are_not(client: Client, server: Server, status: int) -> None:
    server.answers = [Answer(status)]
    with pytest.raises(APIError):
        client.request("GET", "/", str)
    assert len(server.requests) == 1


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_methods_that_may_do_harm_are_not_repeated_unless_asked(client: Client, server: Server, method: str) -> None:
    server.answers = [Answer(503)]
    with pytest.raises(APIError):
        client.request(method, "/", str)
    assert len(server.requests) == 1
    server.answers = [Answer(503), json_answer("done")]
    assert client.request(method, "/", str, options={"retry": RetryPolicy(unsafe=True)}) == "done"


def test_it_gives_up(client: Client, server: Server) -> None:
    server.answers = [Answer(503)]
    with pytest.raises(APIError) as caught:
        client.request("DELETE", "/", None)
    assert caught.value.status == 503
    assert len(server.requests) == 3


def test_backoff_is_full_jitter() -> None:
    high = RetryPolicy(random=lambda: 1.0)
    assert [high.delay(attempt) for attempt in (1, 2, 3, 4, 5, 6, 5000)] == [0.5, 1, 2, 4, 8, 8, 8]
    assert RetryPolicy(random=lambda: 0.0).delay(3) == 0
    assert all(0 <= (RetryPolicy().delay(2) or 0) <= 1 for _ in range(100))


@pytest.mark.parametrize(
    ("header", "wait"),
    [("7", 7.0), (" 0 ", 0.0), ("soon", 0.5), ("-1", 0.5), ("1.5", 0.5), ("", 0.5), ("Fri, 99 Foo 2026", 0.5), ("٣", 0.5)],
)
def test_retry_after(connect: Connect, server: Server, header: str, wait: float) -> None:
    server.route = lambda request: (
        Answer(503, headers={"Retry-After": header} if header.isascii() else {}) if len(server.requests) == 1 else json_answer(1)
    )
    client = connect(retry=RetryPolicy(random=lambda: 1.0))
    assert client.request("GET", "/", int) == 1
    assert client.waits == [wait]


def test_retry_after_a_date() -> None:
    now = datetime(2026, 1, 31, 10, tzinfo=UTC)
    assert parse_retry_after(format_datetime(now + timedelta(seconds=30), usegmt=True), now) == 30
    assert parse_retry_after(format_datetime(now - timedelta(seconds=30), usegmt=True), now) == 0
    assert parse_retry_after("Sat, 31 Jan 2026 10:00:05 -0000", now) == 5
    assert parse_retry_after("9" * 400) == float("inf")


def test_a_long_retry_after_is_not_waited_for(client: Client, server: Server) -> None:
    server.answers = [Answer(429, headers={"Retry-After": "61"})]
    with pytest.raises(APIError) as caught:
        client.request("GET", "/", None)
    assert caught.value.headers["Retry-After"] == "61"
    assert not client.waits


def test_a_broken_connection_is_tried_again(client: Client, server: Server) -> None:
    server.answers = [Answer(body=b"[", cut=True), json_answer("done")]
    assert client.request("GET", "/", str) == "done"
    assert len(client.waits) == 1


# Redirects


@pytest.mark.parametrize(
    ("status", "method", "after"),
    [
        (301, "GET", "GET"),
        (301, "POST", "GET"),
        (302, "POST", "GET"),
        (302, "PUT", "PUT"),
        (303, "PUT", "GET"),
        (303, "HEAD", "HEAD"),
        (307, "POST", "POST"),
        (308, "PATCH", "PATCH"),
    ],
)
def test_redirects(connect: Connect, server: Server, status: int, method: str, after: str) -> None:
    server.answers = [Answer(status, headers={"Location": "/there?x=%2F"}), json_answer(None)]
    body = {} if method in ("GET", "HEAD") else {"body": (dict[str, int], {"a": 1})}
    connect(token="secret").request(method, "/here", None, **body)
    assert (server.last.method, server.last.target) == (after, "/there?x=%2F")
    assert server.last.headers["authorization"] == "Bearer secret"
    assert server.last.body == (b'{"a":1}' if body and after == method else b"")
    assert ("content-type" in server.last.headers) == bool(server.last.body)


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ("ftp://x/", APIError),
        (None, APIError),
        ("mailto:a@b", NetworkError),
        ("http://a b/", NetworkError),
        ("//[", NetworkError),
    ],
)
def test_a_redirect_to_nowhere_is_an_error(
    connect: Connect, server: Server, location: str | None, error: type[Exception]
) -> None:
    server.answers = [Answer(302, headers={"Location": location} if location else {})]
    with pytest.raises(error):
        connect(retry=NO_RETRY).request("GET", "/", None)


def test_redirects_in_a_circle(client: Client, server: Server) -> None:
    server.answers = [Answer(302, headers={"Location": "/"})]
    with pytest.raises(APIError):
        client.request("GET", "/", None)
    assert len(server.requests) == 11


SCHEMES: dict[str, SecurityScheme] = {
    "bearer": Bearer(),
    "basic": Basic(),
    "header": APIKey("header", "X-Key"),
    "query": APIKey("query", "key"),
    "session": APIKey("cookie", "sessionid"),
}
ALL = [["bearer", "header", "query", "session"]]
KEYS = {"header": "k1", "query": "k2", "session": "k3"}


def test_nothing_secret_goes_to_another_origin(connect: Connect, server: Server, other_server: Server) -> None:
    server.answers = [
        json_answer({}, **{"Set-Cookie": "csrftoken=secret; Path=/"}),
        Answer(302, headers={"Location": other_server.url + "/there"}),
    ]
    client = connect(SCHEMES, ALL, token="secret", api_key=KEYS, headers={"X-Client": "secret"})
    # What the user's own httpx client adds is for the API too.
    client.api.http.client.headers["X-Own"] = "secret"
    client.api.http.client.auth = ("me", "secret")
    client.request("GET", "/", None)
    options = {"headers": {"X-Call": "secret"}}
    client.request("GET", "/", None, headers=[("X-Param", "secret")], cookies=[("c", "secret")], options=options)
    seen = other_server.last
    assert set(seen.headers) <= {"host", "accept", "accept-encoding", "connection", "user-agent"}
    assert seen.target == "/there"
    sent = server.last
    assert sent.headers["x-own"] == "secret"
    assert sent.headers["cookie"] == "csrftoken=secret; c=secret; sessionid=k3"
    assert (sent.headers["x-key"], sent.query, sent.headers["x-client"], sent.headers["x-call"]) == (
        "k1",
        "key=k2",
        "secret",
        "secret",
    )


def test_a_body_does_not_go_to_another_origin(client: Client, server: Server, other_server: Server) -> None:
    server.answers = [Answer(307, headers={"Location": other_server.url})]
    with pytest.raises(APIError) as caught:
        client.request("POST", "/", None, body=(dict[str, str], {"password": "x"}))
    assert caught.value.status == 307
    assert not other_server.requests


# Credentials


@pytest.mark.parametrize(
    ("security", "sent"),
    [
        ([["bearer"]], {"authorization": "Bearer t"}),
        ([["basic"]], {"authorization": "Basic w7x1OnA6dw=="}),
        ([["header", "query"]], {"x-key": "k1", "query": "key=k2"}),
        ([["session"], ["bearer"]], {"cookie": "sessionid=k3"}),
        ([["unknown"], ["header"]], {"x-key": "k1"}),
        ([["header", "unknown"], ["bearer"]], {"authorization": "Bearer t"}),
        ([[], ["header"]], {"x-key": "k1"}),
        ([["unknown"]], {}),
        ([], {}),
    ],
)
def test_the_first_alternative_that_can_be_satisfied(
    connect: Connect, server: Server, security: Any, sent: dict[str, str]
) -> None:
    client = connect(SCHEMES, ALL, token="t", basic=("üu", "p:w"), api_key=KEYS)
    client.request("GET", "/", None, security=security)
    found = {name: server.last.headers[name] for name in ("authorization", "x-key", "cookie") if name in server.last.headers}
    assert found | ({"query": server.last.query} if server.last.query else {}) == sent


def test_no_scheme_described(connect: Connect, server: Server) -> None:
    client = connect(token="t")
    client.request("GET", "/", None)
    assert server.last.headers["authorization"] == "Bearer t"
    client.request("GET", "/", None, security=[])
    assert "authorization" not in server.last.headers


def test_schemes_without_a_requirement(connect: Connect, server: Server) -> None:
    client = connect(SCHEMES, [], token="t")
    client.request("GET", "/", None)
    assert "authorization" not in server.last.headers


def test_what_a_user_can_set(connect: Connect, server: Server, other_server: Server) -> None:
    client = connect(SCHEMES, [["bearer"], ["header"]], locale="de")
    api = client.api
    assert not api.is_authenticated()
    api.set_api_key("one for all")
    client.request("GET", "/", None)
    assert (server.last.headers["x-key"], server.last.headers["accept-language"]) == ("one for all", "de")
    assert "cookie" not in server.last.headers
    api.set_token("a", "r")
    api.set_token("b")
    assert (api.get_token(), api.get_refresh_token(), api.is_authenticated()) == ("b", "r", True)
    api.set_locale(None)
    client.request("GET", "/", None, options={"headers": {"authorization": "mine"}})
    assert server.last.headers["authorization"] == "mine"
    api.clear_tokens()
    assert (api.get_token(), api.get_refresh_token(), api.is_authenticated()) == (None, None, False)
    api.set_base_url(other_server.url + "/")
    assert api.get_base_url() == other_server.url
    client.request("GET", "/moved", None)
    assert other_server.last.target == "/moved"
    with pytest.raises(ValueError, match="no API key scheme nope"):
        api.set_api_key("x", "nope")


@pytest.mark.parametrize("url", ["", "/api", "ftp://x", "http://", "x"])
def test_a_base_url_that_is_none(url: str) -> None:
    with pytest.raises(ValueError, match="base URL"):
        SyncAPI(url, {}, None)


def test_a_token_with_a_line_break_brings_no_header(connect: Connect, server: Server) -> None:
    client = connect(token="a\r\nX-Evil: 1")
    with pytest.raises(RequestValidationError):
        client.request("GET", "/", None)
    assert not server.requests
    assert not client.waits


# Token refresh


def guarded(request: Request) -> Answer:
    if request.headers.get("authorization") == "Bearer new":
        return json_answer("in")
    return json_answer({"detail": "expired"}, 401)


def test_a_token_is_refreshed_and_the_call_repeated_once(connect: Connect, server: Server) -> None:
    server.route = guarded
    asked: list[str | None] = []

    def refresh(token: str | None) -> Tokens:
        asked.append(token)
        return Tokens("new")

    client = connect(token="old", refresh_token="r", refresh=refresh)
    body = (dict[str, int], {"a": 1})
    assert client.request("POST", "/", str, body=body) == "in"
    assert asked == ["r"]
    assert [request.body for request in server.requests] == [b'{"a":1}'] * 2
    assert client.api.get_refresh_token() == "r"


def test_a_new_token_that_is_refused_too(connect: Connect, server: Server) -> None:
    server.answers = [Answer(401)]
    asked: list[str | None] = []
    client = connect(token="old", refresh=lambda token: asked.append(token) or Tokens("newer"))
    with pytest.raises(APIError) as caught:
        client.request("GET", "/", None)
    assert caught.value.status == 401
    assert (len(server.requests), len(asked)) == (2, 1)


def test_a_refresh_that_is_refused_leaves_the_401(connect: Connect, server: Server) -> None:
    server.answers = [json_answer({"detail": "expired"}, 401)]
    asked: list[str | None] = []

    def refresh(token: str | None) -> Tokens:
        asked.append(token)
        raise APIError("POST /refresh", 400, httpx.Headers(), None)

    client = connect(token="old", refresh_token="r", refresh=refresh)
    for _ in range(3):
        with pytest.raises(APIError) as caught:
            client.request("GET", "/", None)
        assert caught.value.body == {"detail": "expired"}
    assert asked == ["r"]
    client.api.set_token("other")
    with pytest.raises(APIError):
        client.request("GET", "/", None)
    assert asked == ["r", "r"]


def test_no_refresh_for_public_operations(connect: Connect, server: Server) -> None:
    server.answers = [Answer(401)]
    client = connect(token="old", refresh=lambda token: Tokens("new"))
    with pytest.raises(APIError):
        client.request("POST", "/login", None, security=[])
    assert len(server.requests) == 1


def test_a_refresh_callback_may_use_its_client(server: Server) -> None:
    def route(request: Request) -> Answer:
        if request.path == "/refresh":
            return json_answer("new") if len(server.requests) > 2 else Answer(401)
        return guarded(request)

    server.route = route

    def refresh(token: str | None) -> Tokens:
        return Tokens(client.http.request("POST", "/refresh", str))

    client = SyncAPI(server.url, {}, None, token="old", refresh=refresh)
    with pytest.raises(APIError):  # its own 401 does not refresh again
        client.http.request("GET", "/", str)
    client.set_token("older")
    assert client.http.request("GET", "/", str) == "in"
    client.close()


def test_tasks_share_one_refresh(server: Server) -> None:
    server.route = guarded
    asked: list[str | None] = []

    async def refresh(token: str | None) -> Tokens:
        asked.append(token)
        await asyncio.sleep(0.02)
        return Tokens("new")

    async def main() -> list[str]:
        async with AsyncAPI(server.url, {}, None, token="old", refresh=refresh) as client:
            return await asyncio.gather(*(client.http.request("GET", f"/{n}", str) for n in range(8)))

    assert asyncio.run(main()) == ["in"] * 8
    assert len(asked) == 1


def test_threads_share_one_refresh_and_one_client(server: Server) -> None:
    server.route = guarded
    asked: list[str | None] = []
    found: list[str] = []

    def refresh(token: str | None) -> Tokens:
        asked.append(token)
        threading.Event().wait(0.02)
        return Tokens("new")

    with SyncAPI(server.url, {}, None, token="old", refresh=refresh) as client:
        threads = [threading.Thread(target=lambda: found.append(client.http.request("GET", "/", str))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == ["in"] * 8
    assert len(asked) == 1


# CSRF


def test_csrf(connect: Connect, server: Server) -> None:
    server.answers = [json_answer({}, **{"Set-Cookie": "csrftoken=abc; Path=/"}), json_answer({})]
    client = connect()
    client.request("GET", "/", None)
    client.request("GET", "/", None)
    assert "x-csrftoken" not in server.last.headers
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        client.request(method, "/", None)
        assert server.last.headers["x-csrftoken"] == "abc"
        assert server.last.headers["cookie"] == "csrftoken=abc"
        assert "referer" not in server.last.headers


def test_csrf_names_and_none(connect: Connect, server: Server) -> None:
    cookies = [("xsrf", "1"), ("csrftoken", "2")]
    connect(csrf=CSRF("xsrf", "X-XSRF")).request("POST", "/", None, cookies=cookies)
    assert server.last.headers["x-xsrf"] == "1"
    assert "x-csrftoken" not in server.last.headers
    connect(csrf=None).request("POST", "/", None, cookies=cookies)
    assert not {"x-xsrf", "x-csrftoken"} & set(server.last.headers)


def test_https_needs_a_referer() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(204)

    with httpx.Client(transport=httpx.MockTransport(answer)) as http_client:
        api = SyncAPI("https://shop.example/api", {}, None, http_client=http_client)
        api.http.request("POST", "/x?secret=1", None, cookies=[("csrftoken", "a")])
        api.close()
        assert seen[0].headers["Referer"] == "https://shop.example/"
        api.http.request("POST", "/x", None, cookies=[("csrftoken", "a")])  # close() left the user's client open


def test_https_to_http_is_another_origin() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(302, headers={"Location": "http://shop.example/"}) if len(seen) == 1 else httpx.Response(204)

    with httpx.Client(transport=httpx.MockTransport(answer)) as http_client:
        api = SyncAPI("https://shop.example", {}, None, token="t", http_client=http_client)
        api.http.request("GET", "/", None)
    assert [request.headers.get("Authorization") for request in seen] == ["Bearer t", None]


def test_closing(server: Server) -> None:
    async def main() -> None:
        async with AsyncAPI(server.url, {}, None, retry=NO_RETRY) as client:
            await client.http.request("GET", "/", None)
        assert client.http.client.is_closed

    asyncio.run(main())
    with SyncAPI(server.url, {}, None) as client:
        pass
    assert client.http.client.is_closed
