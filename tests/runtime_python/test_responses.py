"""Responses and errors: typed when they are as described, told clearly when they are not."""

# ruff: noqa: ANN401 - these tests pass any arguments on
from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

import httpx
import pytest
from pydantic import Field, RootModel

from specloom.runtime.python.base import Model
from specloom.runtime.python.errors import (
    APIError,
    APITimeoutError,
    ClientError,
    NetworkError,
    ResponseValidationError,
)
from specloom.runtime.python.responses import Response, Shape
from specloom.runtime.python.retry import NO_RETRY

from .clients import Client
from .server import Answer, Server, json_answer


class Card(Model):
    kind: Literal["card"]
    last4: str


class Iban(Model):
    kind: Literal["iban"]
    iban: str


Payment = Annotated[Card | Iban, Field(discriminator="kind")]


class Job(Model):
    id: int


class ValidationError(RootModel[dict[str, list[str]]]):
    pass


class Problem(Model):
    title: str


def text(body: str, kind: str, status: int = 200) -> Answer:
    return Answer(status, body.encode(), {"Content-Type": kind})


@pytest.mark.parametrize(
    ("expected", "answer", "value"),
    [
        (Job, json_answer({"id": 1}), Job(id=1)),
        (Job, Answer(body=b'{"id": 1}'), Job(id=1)),
        (Job, text('{"id":1}', "application/vnd.api+json; charset=utf-8"), Job(id=1)),
        (list[Job], json_answer([{"id": 1}]), [Job(id=1)]),
        (dict[str, int], json_answer({"a": 1}), {"a": 1}),
        (Shape[Payment], json_answer({"kind": "iban", "iban": "x"}), Iban(kind="iban", iban="x")),
        (Shape[Job | None], json_answer(None), None),
        (Shape[Job | None], Answer(204), None),
        (Shape[Job | None], Answer(200), None),
        (object, Answer(204), None),
        (str, Answer(204), ""),
        (bytes, Answer(204), b""),
        (Shape[Literal["a", "b"]], json_answer("a"), "a"),
        (None, Answer(204), None),
        (None, text("<p>ignored", "text/html"), None),
        (str, text("é", "text/plain; charset=utf-8"), "é"),
        (str, json_answer("quoted"), "quoted"),
        (Shape[str | None], text("plain", "text/plain"), "plain"),
        (int, text("5", "text/plain"), 5),
        (date, text("2026-01-31", "text/plain"), date(2026, 1, 31)),
        (bytes, Answer(body=b"\x89PNG", headers={"Content-Type": "image/png"}), b"\x89PNG"),
        (bytes, json_answer({"a": 1}), b'{"a": 1}'),
        (object, json_answer({"a": [1]}), {"a": [1]}),
        (object, text("a,b", "text/csv"), "a,b"),
        (object, Answer(body=b"\0", headers={"Content-Type": "application/zip"}), b"\0"),
    ],
)
def test_a_response_is_read_as_its_type(client: Client, server: Server, expected: object, answer: Answer, value: object) -> None:
    server.answers = [answer]
    found = client.request("GET", "/", expected)
    assert found == value
    assert type(found) is type(value)


def test_types_by_status(client: Client, server: Server) -> None:
    responses = {200: Card, 202: Job, "2XX": str, 302: Job}
    server.answers = [
        json_answer({"kind": "card", "last4": "1"}),
        json_answer({"id": 7}, 202),
        text("x", "text/plain", 203),
        json_answer({"id": 8}, 302, Location="/elsewhere"),
    ]
    found = [client.request("GET", "/", Shape[Card | Job | str], responses=responses) for _ in range(4)]
    assert found == [Card(kind="card", last4="1"), Job(id=7), "x", Job(id=8)]


@pytest.mark.parametrize(
    "answer",
    [
        text("<html>", "text/html"),
        text('{"id":', "application/json"),
        json_answer({"id": "hunter2"}),
        json_answer([]),
        Answer(200, b"", {"Content-Type": "application/json"}),
        Answer(204),
        Answer(200, b"\xff\xfe", {"Content-Type": "application/json"}),
    ],
)
def test_a_success_that_is_not_as_described(client: Client, server: Server, answer: Answer) -> None:
    server.answers = [answer]
    with pytest.raises(ResponseValidationError) as caught:
        client.request("GET", "/jobs/{id}/", Job, path=[("id", 4711)])
    error = caught.value
    assert error.content == answer.body
    assert error.status == answer.status
    assert error.details
    assert str(error).startswith(f"GET /jobs/{{id}}/: {answer.status}, but ")
    assert "hunter2" not in "".join(traceback.format_exception(error))


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (json_answer({"name": ["too long"]}, 400), ValidationError({"name": ["too long"]})),
        (json_answer({"title": "gone"}, 410), Problem(title="gone")),
        (json_answer({"a": 1}, 500), {"a": 1}),
        (json_answer([1], 400), [1]),
        (text("<html>broken", "text/html", 502), "<html>broken"),
        (text('{"a":', "application/json", 500), '{"a":'),
        (Answer(404), ""),
        (Answer(418, b"\xff"), "\ufffd"),
    ],
)
def test_errors(connect: Callable[..., Client], server: Server, answer: Answer, body: object) -> None:
    server.answers = [answer]
    client = connect(retry=NO_RETRY)
    with pytest.raises(APIError) as caught:
        client.request("POST", "/jobs/{id}/", Job, path=[("id", 1)], errors={400: ValidationError, "4XX": Problem})
    error = caught.value
    assert error.body == body
    assert type(error.body) is type(body)
    assert error.status == answer.status
    assert str(error).startswith(f"POST /jobs/{{id}}/: {answer.status}")


def test_a_documented_default_error_and_headers(client: Client, server: Server) -> None:
    server.answers = [json_answer({"title": "x"}, 422, **{"X-Request": "17"})]
    with pytest.raises(APIError) as caught:
        client.request("GET", "/", Job, errors={"default": Problem})
    match caught.value:
        case APIError(status=422, body=Problem(title=title)):
            assert title == "x"
        case _:
            raise AssertionError("did not match")
    assert caught.value.headers["x-request"] == "17"


def test_no_secret_in_any_message(connect: Callable[..., Client], server: Server) -> None:
    secret = "hunter" + "2"
    server.answers = [json_answer({"detail": secret}, 400)]
    client = connect(token=secret)
    with pytest.raises(APIError) as caught:
        client.request("GET", "/reset/{token}", Job, path=[("token", secret)], query=[("key", secret)])
    assert secret not in "".join(traceback.format_exception(caught.value))
    assert secret not in repr(caught.value)


def test_nobody_listens(connect: Callable[..., Client]) -> None:
    client = connect(url="http://127.0.0.1:1")
    with pytest.raises(NetworkError) as caught:
        client.request("GET", "/", Job)
    assert isinstance(caught.value, ClientError)
    assert not isinstance(caught.value, APITimeoutError)
    assert len(client.waits) == 2


def test_a_connection_that_breaks(connect: Callable[..., Client], server: Server) -> None:
    server.answers = [Answer(body=b'{"id"', headers={"Content-Type": "application/json"}, cut=True)]
    with pytest.raises(NetworkError):
        connect(retry=NO_RETRY).request("GET", "/", Job)


@pytest.mark.parametrize("where", ["client", "call"])
def test_time_outs(connect: Callable[..., Client], server: Server, where: str) -> None:
    def slow() -> Any:
        import time

        time.sleep(0.3)
        yield b""

    server.answers = [Answer(chunks=slow())]
    options: dict[str, Any] = {"timeout": 0.05} if where == "client" else {}
    client = connect(retry=NO_RETRY, **options)
    with pytest.raises(APITimeoutError):
        client.request("GET", "/", Job, options={} if options else {"timeout": httpx.Timeout(0.05)})


def test_with_response(client: Client, server: Server) -> None:
    server.answers = [json_answer({"id": 1}, 201, **{"X-Total": "5"})]
    found: Response[Job] = client.run(client.api.with_response(client.fetch, "POST", "/jobs", Job, query=[("a", 1)]))
    assert (found.data, found.status, found.headers["x-total"]) == (Job(id=1), 201, "5")
    assert str(found.url) == f"{server.url}/jobs?a=1"


def test_a_compressed_response(client: Client, server: Server) -> None:
    import gzip

    server.answers = [Answer(body=gzip.compress(b'{"id":1}'), headers={"Content-Encoding": "gzip"})]
    assert client.request("GET", "/", Job) == Job(id=1)
    server.answers = [Answer(body=b"no gzip", headers={"Content-Encoding": "gzip"})]
    with pytest.raises(NetworkError):
        client.request("GET", "/", Job)
