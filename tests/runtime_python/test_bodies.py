"""Bodies: what a model or a dict becomes, and files that are streamed."""

# ruff: noqa: ANN401 - these tests pass any arguments on
from __future__ import annotations

import io
import json
import traceback
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from email import message_from_bytes
from email.message import Message
from email.policy import HTTP
from pathlib import Path
from typing import Annotated, Any, cast

import pytest
from pydantic import Field

from specloom.runtime.python.base import Base64, FileInput, Model, OpenStrEnum
from specloom.runtime.python.bodies import Part
from specloom.runtime.python.errors import APIError, RequestValidationError
from specloom.runtime.python.retry import RetryPolicy

from .clients import Client
from .server import Answer, Request, Server, json_answer


class Status(OpenStrEnum):
    DRAFT = "draft"


class ProductRequest(Model):
    name: str
    price: Decimal | None = None
    status: Status | None = None
    created_at: Annotated[datetime | None, Field(alias="created-at")] = None
    secret: Base64 | None = None


class Nested(Model):
    a: int
    b: str | None = None


class PhotoRequest(Model):
    photo: FileInput
    caption: str | None = None
    tags: list[str] | None = None
    meta: Nested | None = None
    more: list[FileInput] | None = None


def parts(request: Request) -> list[Message]:
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + request.body, policy=HTTP)
    assert message.is_multipart()
    return cast(list[Message], list(message.iter_parts()))


def post(client: Client, form: object, data: object, **call: Any) -> None:
    client.request("POST", "/", None, body=(form, data), **call)


@pytest.mark.parametrize(
    ("data", "sent"),
    [
        (ProductRequest(name="Lamp"), {"name": "Lamp"}),
        ({"name": "Lamp"}, {"name": "Lamp"}),
        ({"name": "Lamp", "price": None}, {"name": "Lamp", "price": None}),
        (ProductRequest(name="Lamp", price=None), {"name": "Lamp", "price": None}),
        ({"name": "Lamp", "price": "12.50"}, {"name": "Lamp", "price": "12.50"}),
        ({"name": "Lamp", "status": "new"}, {"name": "Lamp", "status": "new"}),
        ({"name": "Lamp", "extra": [1]}, {"name": "Lamp", "extra": [1]}),
        ({"name": "Lamp", "created-at": "2026-01-31T10:00:00Z"}, {"name": "Lamp", "created-at": "2026-01-31T10:00:00Z"}),
        ({"name": "Lamp", "created_at": "2026-01-31T10:00:00Z"}, {"name": "Lamp", "created-at": "2026-01-31T10:00:00Z"}),
        (ProductRequest(name="Lamp", secret=b"\xff\xfe"), {"name": "Lamp", "secret": "//4="}),
    ],
)
def test_json(client: Client, server: Server, data: object, sent: object) -> None:
    post(client, ProductRequest, data)
    assert json.loads(server.last.body) == sent
    assert server.last.headers["content-type"] == "application/json"


def test_json_of_other_types_and_media_types(client: Client, server: Server) -> None:
    post(client, list[ProductRequest], [{"name": "é"}, ProductRequest(name="b")], content_type="application/merge-patch+json")
    assert server.last.body == '[{"name":"é"},{"name":"b"}]'.encode()
    assert server.last.headers["content-type"] == "application/merge-patch+json"
    post(client, dict[str, Nested] | int, 5)
    assert server.last.body == b"5"


def test_no_body(client: Client, server: Server) -> None:
    post(client, ProductRequest, None)
    assert server.last.body == b""
    assert "content-type" not in server.last.headers


def test_data_that_does_not_fit_is_not_sent_and_not_told(client: Client, server: Server) -> None:
    secret = "".join(["hunt", "er2"])  # a traceback shows this line
    with pytest.raises(RequestValidationError) as caught:
        post(client, ProductRequest, {"price": secret})
    assert caught.value.details[0] == "name: Field required"
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))
    assert not server.requests


def test_multipart(client: Client, server: Server, tmp_path: Path) -> None:
    path = tmp_path / 'a "b"\\c.png'
    path.write_bytes(b"on disk")
    data = {
        "photo": ("übung\r\n.png", b"in memory", "image/x"),
        "caption": "Müll",
        "tags": ["x", "y"],
        "meta": {"a": 1},
        "more": [path, io.BytesIO(b"a file")],
    }
    post(client, PhotoRequest, data, content_type="multipart/form-data")
    body = server.last.body
    assert 'name="photo"; filename="übung%0D%0A.png"\r\nContent-Type: image/x\r\n\r\nin memory\r\n'.encode() in body
    assert b'filename="a %22b%22\\c.png"\r\nContent-Type: image/png\r\n\r\non disk\r\n' in body
    assert b'filename="blob"\r\nContent-Type: application/octet-stream\r\n\r\na file\r\n' in body
    assert 'name="caption"\r\n\r\nMüll\r\n'.encode() in body
    assert b'name="meta"\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n' in body
    names = [part.get_param("name", header="content-disposition") for part in parts(server.last)]
    assert names == ["photo", "caption", "tags", "tags", "meta", "more", "more"]
    assert int(server.last.headers["content-length"]) == len(body)


def test_multipart_encoding(client: Client, server: Server) -> None:
    encoding = {
        "photo": Part("image/png", headers=[("X-Size", 5)]),
        "meta": Part("application/vnd.meta+json"),
        "tags": "csv",
    }
    data = PhotoRequest(photo=b"bytes", meta=Nested(a=1, b=None), tags=["x", "y"])
    post(client, PhotoRequest, data, content_type="multipart/form-data", encoding=encoding)
    found = {str(part.get_param("name", header="content-disposition")): part for part in parts(server.last)}
    photo, tags, meta = found["photo"], found["tags"], found["meta"]
    assert (photo["Content-Type"], photo["X-Size"]) == ("image/png", "5")
    assert tags.get_payload(decode=True) == b"x,y"
    assert meta["Content-Type"] == "application/vnd.meta+json"
    assert meta.get_payload(decode=True) == b'{"a":1,"b":null}'


def test_a_part_header_cannot_bring_another(client: Client, server: Server) -> None:
    encoding = {"photo": Part(headers=[("X-Size", "5\r\nX-Evil: 1")])}
    with pytest.raises(RequestValidationError, match="control character"):
        post(client, PhotoRequest, {"photo": b""}, content_type="multipart/form-data", encoding=encoding)
    assert not server.requests


@pytest.mark.parametrize("photo", ["a name", 5, ("a", "b"), ("a", b"b", "c", "d"), None, ()])
def test_what_is_no_file(client: Client, server: Server, photo: object) -> None:
    with pytest.raises(RequestValidationError, match="photo: "):
        post(client, PhotoRequest, {"photo": photo}, content_type="multipart/form-data")
    assert not server.requests


def test_a_file_opened_as_text(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("text")
    with path.open() as file, pytest.raises(RequestValidationError, match="binary mode"):
        post(client, PhotoRequest, {"photo": file}, content_type="multipart/form-data")


def test_form_urlencoded_parts_and_dates(client: Client, server: Server) -> None:
    post(
        client,
        ProductRequest,
        {"name": "a b", "price": None, "created-at": "2026-01-31T10:00:00Z", "secret": b"\xff"},
        content_type="application/x-www-form-urlencoded",
        encoding={"name": Part("application/json")},
    )
    assert server.last.body == b"name=%22a%20b%22&price=&created-at=2026-01-31T10%3A00%3A00Z&secret=%2Fw%3D%3D"


class Endless(io.RawIOBase):
    """A file that cannot be rewound and does not know its length."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.largest = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self.largest = max(self.largest, size if size >= 0 else 1 << 40)
        size = min(size, self.left)
        self.left -= size
        return b"x" * size


def test_a_stream_of_unknown_length_is_not_read_into_memory(client: Client, server: Server) -> None:
    file = Endless(300_000)
    post(client, bytes, file, content_type="application/octet-stream")
    assert server.last.headers["transfer-encoding"] == "chunked"
    assert "content-length" not in server.last.headers
    assert len(server.last.body) == 300_000
    assert file.largest <= 65536


def test_binary_bodies(client: Client, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"\0\1")
    started = io.BytesIO(b"skipped rest")
    started.seek(8)
    for data, sent in [(b"raw", b"raw"), (path, b"\0\1"), (("n", b"x", "image/gif"), b"x"), (started, b"rest")]:
        post(client, bytes, data, content_type="application/octet-stream")
        assert server.last.body == sent
        assert server.last.headers["content-length"] == str(len(sent))
        kind = "image/gif" if isinstance(data, tuple) else "application/octet-stream"
        assert server.last.headers["content-type"] == kind


def test_text_and_any_media_type(client: Client, server: Server) -> None:
    post(client, str, "é", content_type="text/plain; charset=utf-8")
    assert (server.last.body, server.last.headers["content-type"]) == ("é".encode(), "text/plain; charset=utf-8")
    post(client, Nested, {"a": 1}, content_type="*/*")
    assert (server.last.body, server.last.headers["content-type"]) == (b'{"a":1}', "application/json")
    post(client, bytes, b"x", content_type="application/*")
    assert server.last.headers["content-type"] == "application/octet-stream"
    with pytest.raises(RequestValidationError, match="Nested cannot be written as application/xml"):
        post(client, Nested, Nested(a=1), content_type="application/xml")


def retried(connect: Callable[..., Client]) -> Client:
    return connect(retry=RetryPolicy(unsafe=True))


def test_bodies_are_sent_again(connect: Callable[..., Client], server: Server, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"disk")
    started = io.BytesIO(b"skipped rest")
    started.seek(8)
    data = {"photo": path, "more": [started, b"memory"]}
    server.answers = [Answer(503), Answer(503), json_answer({})]
    post(retried(connect), PhotoRequest, data, content_type="multipart/form-data")
    bodies = [[part.get_payload(decode=True) for part in parts(request)] for request in server.requests]
    assert bodies == [[b"disk", b"rest", b"memory"]] * 3


def test_a_stream_that_is_gone_is_not_sent_again(connect: Callable[..., Client], server: Server) -> None:
    server.answers = [Answer(503), json_answer({})]
    with pytest.raises(APIError) as caught:
        post(retried(connect), bytes, Endless(10), content_type="application/octet-stream")
    assert caught.value.status == 503
    assert len(server.requests) == 1
