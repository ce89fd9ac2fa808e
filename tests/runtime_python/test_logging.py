"""Log lines say what was called, and no secret."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from specloom.runtime.python.auth import APIKey, Bearer, Credentials, Tokens
from specloom.runtime.python.errors import APIError
from specloom.runtime.python.logger import is_secret, logger, redact_query

from .clients import Client
from .server import Answer, Server, json_answer

SECRET = "hunter2"


def test_log_lines(connect: Callable[..., Client], server: Server, caplog: pytest.LogCaptureFixture) -> None:
    schemes = {"b": Bearer(), "h": APIKey("header", "X-Fancy"), "q": APIKey("query", "fancy"), "c": APIKey("cookie", "sid")}
    client = connect(schemes, [["b", "h", "q", "c"]], token=SECRET, api_key=dict.fromkeys("hqc", SECRET))
    server.answers = [Answer(503, headers={"Set-Cookie": f"csrftoken={SECRET}"}), json_answer({}), Answer(400)]
    with caplog.at_level(logging.DEBUG, logger.name):
        client.request(
            "GET",
            "/reset/{code}/",
            None,
            path=[("code", SECRET)],
            query=[("page", 2), ("access_token", SECRET), ("filter", {"password": SECRET}, "deep")],
            headers=[("X-Api-Key", SECRET), ("X-Trace", "visible")],
        )
        with pytest.raises(APIError):
            client.request("POST", "/login", None, body=(dict[str, str], {"password": SECRET}))
    lines = [record.getMessage() for record in caplog.records if record.name == logger.name]
    text = "\n".join(lines)
    assert SECRET not in text
    assert "GET /reset/{code}/: try 1" in text
    assert "page=2" in text and "visible" in text
    assert "GET /reset/{code}/: 503 after" in text
    assert "again in" in text
    assert "POST /login: 400 after" in text


def test_nothing_is_built_when_nobody_listens(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger.name):
        client.request("GET", "/", None)
    assert not [record for record in caplog.records if record.name == logger.name]


@pytest.mark.parametrize(
    "name", ["Authorization", "X-API-Key", "apikey", "password", "refreshToken", "client_secret", "Set-Cookie", "otp"]
)
def test_secret_names(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize("name", ["Accept", "page", "key_figures", "X-Request-Id", "pinned", "codec"])
def test_other_names(name: str) -> None:
    assert not is_secret(name)


def test_a_query_without_values() -> None:
    assert redact_query("") == ""
    assert redact_query("token&a=1&to%6ben=x") == "token&a=1&to%6ben=***"


def test_no_repr_shows_a_secret() -> None:
    credentials = Credentials({"b": Bearer()})
    credentials.set_token(SECRET, SECRET)
    shown = repr([credentials, credentials.sign([["b"]]), Tokens(SECRET, SECRET)])
    assert SECRET not in shown
