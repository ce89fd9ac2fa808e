"""What arrives is what the table of all languages says, byte for byte."""

# ruff: noqa: ANN401 - these tests pass any arguments on
from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from specloom.runtime.python.base import Model
from specloom.runtime.python.errors import RequestValidationError

from .clients import Client
from .server import Server

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "runtime_typescript" / "wire_cases.json").read_text("utf-8")
)
# None is "not given" in Python, and nothing else.
CASES = [case for case in CASES if not (case.get("style") == "json" and case["value"] is None)]


def arrived(server: Server, case: dict[str, Any]) -> object:
    match case["in"]:
        case "path":
            return server.last.path.removeprefix("/before/").removesuffix("/after")
        case "query":
            return server.last.query
        case "header":
            return server.last.headers.get(case["name"])
        case "cookie":
            return server.last.headers.get("cookie", "")
        case _:
            return server.last.body.decode()


def send(client: Client, case: dict[str, Any]) -> None:
    value = case["value"]
    if case["in"] == "form":
        kind = "application/x-www-form-urlencoded"
        client.request("POST", "/", None, body=(dict[str, object], value), content_type=kind, encoding=case["encoding"])
        return
    place = {"path": "path", "query": "query", "header": "headers", "cookie": "cookies"}[case["in"]]
    template = "/before/{" + case["name"] + "}/after" if place == "path" else "/"
    client.request("GET", template, None, **{place: [(case["name"], value, case["style"])]})


def test_every_case_arrives_as_the_table_says(client: Client, server: Server) -> None:
    assert len(CASES) > 150
    wrong: list[tuple[dict[str, Any], object]] = []
    for case in CASES:
        server.requests.clear()
        try:
            send(client, case)
            found = arrived(server, case)
        except RequestValidationError:
            found = {"error": True}
            assert not server.requests
        if found != case["sent"]:
            wrong.append((case, found))
    assert not wrong


class Colour(StrEnum):
    RED = "red"


class Range(Model):
    low: int | None = None
    high: int | None = None


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (datetime(2026, 1, 31, 10, 0, tzinfo=UTC), "2026-01-31T10:00:00Z"),
        (datetime(2026, 1, 31, 10, 0, 0, 500_000, UTC), "2026-01-31T10:00:00.500Z"),
        (datetime(2026, 1, 31, 10, 0, 0, 500_001, UTC), "2026-01-31T10:00:00.500001Z"),
        (datetime(2026, 1, 31, 10, tzinfo=timezone(timedelta(hours=-2))), "2026-01-31T10:00:00-02:00"),
        (date(2026, 1, 31), "2026-01-31"),
        (Decimal("1E+3"), "1000"),
        (Decimal("12.50"), "12.50"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (Colour.RED, "red"),
        (10**25, "1" + "0" * 25),
        (-0.0, "0"),
        (1.5e300, "1.5e+300"),
        (0.000001, "0.000001"),
        (123456789.25, "123456789.25"),
        (timedelta(seconds=90), "PT1M30S"),
    ],
)
def test_python_values(client: Client, server: Server, value: object, sent: str) -> None:
    client.request("GET", "/{x}", None, path=[("x", value)])
    assert server.last.path == "/" + sent.replace(":", "%3A").replace("+", "%2B")


def test_a_model_is_its_set_fields(client: Client, server: Server) -> None:
    client.request("GET", "/", None, query=[("range", Range(low=1), "deep")])
    assert server.last.query == "range%5Blow%5D=1"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), b"x", object(), Path("x")])
def test_what_has_no_text_is_refused(client: Client, server: Server, value: object) -> None:
    with pytest.raises(RequestValidationError):
        client.request("GET", "/", None, query=[("x", value)])
    assert not server.requests


def test_a_query_in_the_template_and_extra_query(client: Client, server: Server) -> None:
    options = {"query": {"debug": True}}
    client.request("GET", "/a?kind=x", None, query=[("page", 2)], options=options)
    assert server.last.target == "/a?kind=x&page=2&debug=true"


def test_the_base_url_keeps_its_path(connect: Any, server: Server) -> None:
    connect(url=server.url + "/v1/").request("GET", "/a/", None)
    assert server.last.target == "/v1/a/"


def test_a_path_parameter_that_is_missing(client: Client) -> None:
    with pytest.raises(RequestValidationError, match="'id' is missing"):
        client.request("GET", "/{id}", None)
