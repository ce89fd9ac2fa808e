"""Server-sent events, JSON lines and downloads, however the bytes are cut."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.runtime.python.api import AsyncAPI, SyncAPI
from specloom.runtime.python.base import Model
from specloom.runtime.python.errors import APIError, NetworkError, ResponseValidationError
from specloom.runtime.python.responses import Shape
from specloom.runtime.python.streaming import EventDecoder, LineDecoder, ServerSentEvent

from .clients import Client
from .server import Answer, Server, json_answer


class Chunk(Model):
    text: str


def decode(decoder: EventDecoder | LineDecoder, chunks: list[bytes]) -> list[object]:
    found = [item for chunk in chunks for item in decoder.feed(chunk)]
    return [*found, *decoder.end()]


def raw(text: str) -> list[object]:
    return decode(EventDecoder(ServerSentEvent), [text.encode()])


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("data: a\n\n", [ServerSentEvent("a")]),
        ("data:a\r\rdata: b\r\n\r\n", [ServerSentEvent("a"), ServerSentEvent("b")]),
        ("data: a\r\r", [ServerSentEvent("a")]),
        ("data: a\ndata:  b\ndata\n\n", [ServerSentEvent("a\n b\n")]),
        ("\ufeffdata: a\n\n", [ServerSentEvent("a")]),
        (": comment\nevent: x\nid: 7\nretry: 50\ndata: a\n\n", [ServerSentEvent("a", "x", "7", 50)]),
        ("id: 7\ndata: a\n\ndata: b\n\n", [ServerSentEvent("a", id="7"), ServerSentEvent("b", id="7")]),
        ("id: a\0b\nretry: 1.5\nunknown: x\ndata: a\n\n", [ServerSentEvent("a")]),
        ("event: x\n\ndata: a\n\n", [ServerSentEvent("a")]),
        ("data: a\n\ndata: cut off", [ServerSentEvent("a")]),
        ("data: a\u2028b\x85c\n\n", [ServerSentEvent("a\u2028b\x85c")]),
        ("", []),
    ],
)
def test_events_as_the_standard_has_them(text: str, events: list[ServerSentEvent]) -> None:
    assert raw(text) == events


@given(st.text(alphabet="data:e id\r\n\ufeffé😀0", max_size=60), st.data())
def test_events_do_not_depend_on_how_they_are_cut(text: str, data: st.DataObject) -> None:
    content = text.encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(content)), max_size=8)))
    edges = [0, *cuts, len(content)]
    chunks = [content[start:end] for start, end in pairwise(edges)]
    assert decode(EventDecoder(ServerSentEvent), chunks) == decode(EventDecoder(ServerSentEvent), [content])


json_values = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5)


@given(st.lists(json_values), st.integers(1, 9), st.sampled_from(["\n", "\r\n", "\n\n", " \n"]))
def test_json_lines_come_back(values: list[object], size: int, end: str) -> None:
    content = "".join(json.dumps(value, ensure_ascii=False) + end for value in values).encode()
    chunks = [content[start : start + size] for start in range(0, len(content), size)]
    assert decode(LineDecoder(object), chunks) == values


def test_typed_events(client: Client, server: Server) -> None:
    server.answers = [
        Answer(chunks=[b'data: {"te', b'xt": "a"}\n\nevent: ping\n\ndata: {"text": "b"}\n\n', b"data: [DONE]\n\ndata: x\n\n"])
    ]
    found = client.list("events", "POST", "/chat", Chunk, body=(dict[str, int], {"n": 1}))
    assert found == [Chunk(text="a"), Chunk(text="b")]
    assert server.last.headers["accept"] == "text/event-stream"


def test_events_of_other_types(client: Client, server: Server) -> None:
    server.answers = [Answer(body=b"data: 1\n\ndata: null\n\n")]
    assert client.list("events", "GET", "/", Shape[int | None]) == [1, None]
    server.answers = [Answer(body=b"data: not json\n\n")]
    assert client.list("events", "GET", "/", str) == ["not json"]


def test_json_lines(client: Client, server: Server) -> None:
    server.answers = [Answer(body=b'{"text":"a"}\n\n\x1e{"text":"b"}\r\n{"text":"c"}')]
    assert client.list("lines", "GET", "/", Chunk) == [Chunk(text="a"), Chunk(text="b"), Chunk(text="c")]


@pytest.mark.parametrize(
    ("method", "body", "place"),
    [("lines", b'{"text":"a"}\n{"te\n', "line 2"), ("events", b'data: {"text":"a"}\n\ndata: {}\n\n', "event")],
)
def test_a_broken_item(client: Client, server: Server, method: str, body: bytes, place: str) -> None:
    server.answers = [Answer(body=body)]
    with pytest.raises(ResponseValidationError, match=place):
        client.list(method, "GET", "/", Chunk)


def test_a_stream_that_breaks_off(client: Client, server: Server) -> None:
    server.answers = [Answer(chunks=[b'data: {"text":"a"}\n\n'], cut=True)]
    with pytest.raises(NetworkError):
        client.list("events", "GET", "/", Chunk)


def test_an_error_instead_of_a_stream(client: Client, server: Server) -> None:
    server.answers = [Answer(503), json_answer({"text": "no"}, 400)]
    with pytest.raises(APIError) as caught:
        client.list("events", "GET", "/", Chunk, errors={400: Chunk})
    assert caught.value.body == Chunk(text="no")
    assert len(server.requests) == 2


def test_downloads_are_not_read_whole(client: Client, server: Server) -> None:
    server.answers = [Answer(chunks=[b"a" * 1000, b"b" * 1000])]
    chunks = client.list("download", "GET", "/{id}", path=[("id", 1)])
    assert b"".join(chunks) == b"a" * 1000 + b"b" * 1000


def test_a_stream_that_is_left_early_is_closed(server: Server) -> None:
    def forever() -> Iterator[bytes]:
        while True:
            yield b'data: {"text":"a"}\n\n'

    server.answers = [Answer(chunks=forever()), json_answer(1)]
    with SyncAPI(server.url, {}, None) as sync:
        events = sync.http.events("GET", "/", Chunk)
        assert next(events).text == "a"
        events.close()
        assert sync.http.request("GET", "/", int) == 1

    async def main() -> None:
        server.answers = [Answer(chunks=forever()), json_answer(1)]
        async with AsyncAPI(server.url, {}, None) as client:
            later = client.http.events("GET", "/", Chunk)
            assert (await anext(later)).text == "a"
            await later.aclose()
            assert await client.http.request("GET", "/", int) == 1

    asyncio.run(main())


def test_events_may_be_longer_apart_than_the_time_out(connect: Callable[..., Client], server: Server) -> None:
    def slow() -> Iterator[bytes]:
        import time

        time.sleep(0.3)
        yield b"data: 1\n\n"

    server.answers = [Answer(chunks=slow())]
    assert connect(timeout=0.1).list("events", "GET", "/", int) == [1]
