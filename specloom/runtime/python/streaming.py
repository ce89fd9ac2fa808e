"""Server-sent events (WHATWG HTML, section 9.2.6) and JSON lines, from chunks to values."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from pydantic import ValidationError

from .errors import describe
from .responses import adapter

_LINE_END = re.compile("\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    """One event as it came."""

    data: str
    event: str = "message"
    id: str = ""
    retry: int | None = None
    """Milliseconds to wait before connecting again, where the server said so."""


class Decoder(Protocol):
    """Turns the chunks of a response into values."""

    done: bool
    """Set when the stream said it is complete, before its connection ended."""

    def feed(self, chunk: bytes) -> Iterator[object]: ...

    def end(self) -> Iterator[object]: ...


class BrokenItemError(Exception):
    """One event or line that is not what was promised."""

    def __init__(self, content: bytes, details: list[str]) -> None:
        self.content = content
        self.details = details
        super().__init__()


class ChunkDecoder:
    """The bytes as they come."""

    done = False

    def feed(self, chunk: bytes) -> Iterator[object]:
        yield chunk

    def end(self) -> Iterator[object]:
        return iter(())


class EventDecoder:
    """Server-sent events; `data` is read as the type `form`."""

    def __init__(self, form: object) -> None:
        self.done = False
        self._form = form
        self._text = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._rest = ""
        self._data: list[str] = []
        self._event = ""
        self._id = ""
        self._retry: int | None = None

    def feed(self, chunk: bytes) -> Iterator[object]:
        text = self._rest + self._text.decode(chunk)
        # A CR at the end may be half of a CRLF: it waits for the next chunk.
        held = text.endswith("\r")
        *lines, rest = _LINE_END.split(text[:-1] if held else text)
        self._rest = rest + "\r" if held else rest
        for line in lines:
            if self.done:
                return
            yield from self._line(line)

    def end(self) -> Iterator[object]:
        # What a blank line did not complete was cut off, and is dropped.
        if self._rest.endswith("\r"):
            yield from self._line(self._rest[:-1])

    def _line(self, line: str) -> Iterator[object]:
        if not line:
            yield from self._dispatch()
            return
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "data":
                self._data.append(value)
            case "event":
                self._event = value
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if value.isascii() and value.isdigit():
                self._retry = int(value[:18])
            case _:
                pass

    def _dispatch(self) -> Iterator[object]:
        data, event = "\n".join(self._data), self._event or "message"
        empty = not self._data
        self._data, self._event = [], ""
        if empty:
            return
        if self._form is ServerSentEvent:
            yield ServerSentEvent(data, event, self._id, self._retry)
        elif data == "[DONE]":
            self.done = True
        elif self._form is str:
            yield data
        else:
            yield _parse(self._form, data.encode(), "event")


class LineDecoder:
    """JSON lines, also as application/json-seq (RFC 7464)."""

    def __init__(self, form: object) -> None:
        self.done = False
        self._form = form
        self._rest = bytearray()
        self._number = 0

    def feed(self, chunk: bytes) -> Iterator[object]:
        self._rest += chunk
        if b"\n" in chunk:
            *lines, rest = bytes(self._rest).split(b"\n")
            self._rest = bytearray(rest)
            for line in lines:
                yield from self._line(line)

    def end(self) -> Iterator[object]:
        yield from self._line(bytes(self._rest))

    def _line(self, line: bytes) -> Iterator[object]:
        self._number += 1
        line = line.strip(b"\x1e \t\r")
        if line:
            yield _parse(self._form, line, f"line {self._number}")


def _parse(form: object, content: bytes, place: str) -> object:
    try:
        return adapter(form).validate_json(content)
    except ValidationError as error:
        details = [f"{place}: {detail}" for detail in describe(error)]
    raise BrokenItemError(content, details)
