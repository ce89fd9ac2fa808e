"""How a body is written: JSON, forms, multipart, text and files, never read into memory whole."""

from __future__ import annotations

import mimetypes
import os
import secrets
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeAlias, cast

import httpx
from pydantic import ValidationError

from .base import FileContent, Upload
from .errors import RequestValidationError, describe
from .params import (
    HeaderParam,
    QueryStyle,
    compact_json,
    encode,
    encode_reserved,
    write_headers,
    write_pairs,
)
from .responses import adapter, is_json

CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """How one property of a form travels (OpenAPI's Encoding Object)."""

    content_type: str | None = None
    headers: Sequence[HeaderParam] = ()


Encoding: TypeAlias = Mapping[str, QueryStyle | Part]


class Payload(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in segments, each in memory or in a file, to be sent once or more."""

    def __init__(self, content_type: str, segments: Sequence[FileContent]) -> None:
        self.content_type = content_type
        self._segments = segments
        self._starts = [_position(segment) for segment in segments]
        self._sent = False

    def length(self) -> int | None:
        """Bytes to send; None where a file does not know its length."""
        total = 0
        for segment, start in zip(self._segments, self._starts, strict=True):
            if isinstance(segment, bytes):
                total += len(segment)
            elif isinstance(segment, Path):
                total += segment.stat().st_size
            elif start is None:
                return None
            else:
                total += segment.seek(0, os.SEEK_END) - start
                segment.seek(start)
        return total

    def can_be_sent(self) -> bool:
        """False after a stream that cannot go back has been read."""
        return not self._sent or None not in self._starts

    def __iter__(self) -> Iterator[bytes]:
        if not self.can_be_sent():
            raise httpx.StreamConsumed()
        self._sent = True
        for segment, start in zip(self._segments, self._starts, strict=True):
            if isinstance(segment, bytes):
                yield segment
            elif isinstance(segment, Path):
                with segment.open("rb") as file:
                    yield from _chunks(file)
            else:
                if start is not None:
                    segment.seek(start)
                yield from _chunks(segment)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


def _position(segment: FileContent) -> int | None:
    if isinstance(segment, bytes | Path):
        return 0
    try:
        return segment.tell() if segment.seekable() else None
    except (AttributeError, OSError):
        return None


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        if not isinstance(cast(object, chunk), bytes | bytearray):
            raise RequestValidationError("a file must be opened in binary mode")
        yield chunk


def write_body(
    form: object, data: object, content_type: str, encoding: Encoding
) -> Payload | None:
    """The body for a value of the type `form`; None for no body.

    Raises:
        RequestValidationError: where the value does not fit the type.
    """
    if data is None:
        return None
    media = content_type.partition(";")[0].strip().lower()
    if "*" in media:
        raw = form is str or form is bytes
        media = content_type = "application/octet-stream" if raw else "application/json"
    if is_json(media):
        return Payload(content_type, [_json(form, data)])
    if media == "application/x-www-form-urlencoded":
        text = _form(_properties(form, data), encoding)
        return Payload(content_type, [text.encode("ascii")])
    if media.startswith("multipart/"):
        return _multipart(_properties(form, data), media, encoding)
    if isinstance(data, str):
        return Payload(content_type, [data.encode()])
    file = _File.of(data)
    if file is None:
        kind = type(data).__name__
        raise RequestValidationError(f"{kind} cannot be written as {media}")
    return Payload(file.content_type or content_type, [file.content])


def _checked(form: object, data: object) -> object:
    try:
        return adapter(form).validate_python(data)
    except ValidationError as error:
        # Not chained: the original holds the values, which may be secret.
        details = describe(error)
        raise RequestValidationError("the body does not fit", details) from None


def _json(form: object, data: object) -> bytes:
    return adapter(form).dump_json(
        _checked(form, data), by_alias=True, exclude_unset=True, warnings=False
    )


def _properties(form: object, data: object) -> dict[str, object]:
    value: object = adapter(form).dump_python(
        _checked(form, data), by_alias=True, exclude_unset=True, warnings=False
    )
    if not isinstance(value, dict):
        raise RequestValidationError("a form needs an object")
    return cast(dict[str, object], value)


def _form(properties: dict[str, object], encoding: Encoding) -> str:
    pairs: list[str] = []
    for name, value in properties.items():
        style = encoding.get(name)
        reserved = isinstance(style, str) and style.endswith("+reserved")
        text = encode_reserved if reserved else encode
        if value is None:
            pairs.append(f"{encode(name)}=")
        elif isinstance(style, str):
            for key, member in write_pairs(name, value, style, text):
                pairs.append(f"{encode(key)}={member}")
        else:
            kind = style.content_type if style else None
            for item in _members(value):
                pairs.append(f"{encode(name)}={encode(_plain(item, kind)[0])}")
    return "&".join(pairs)


def _multipart(
    properties: dict[str, object], media: str, encoding: Encoding
) -> Payload:
    boundary = secrets.token_hex(16)
    segments: list[FileContent] = []
    for name, value in properties.items():
        style = encoding.get(name)
        if isinstance(style, str) and value is not None:
            for key, member in write_pairs(name, value, style, str):
                segments += [_part_head(boundary, key), member.encode(), b"\r\n"]
            continue
        part = style if isinstance(style, Part) else Part()
        for item in _members(value):
            segments += _part(boundary, name, item, part)
    segments.append(f"--{boundary}--\r\n".encode())
    return Payload(f"{media}; boundary={boundary}", segments)


def _part(boundary: str, name: str, value: object, part: Part) -> list[FileContent]:
    file = _File.of(value)
    if file is None:
        text, kind = _plain(value, part.content_type)
        head = _part_head(boundary, name, None, kind, part.headers)
        return [head, text.encode(), b"\r\n"]
    kind = file.content_type or part.content_type or file.guessed_type()
    head = _part_head(boundary, name, file.name, kind, part.headers)
    return [head, file.content, b"\r\n"]


def _part_head(
    boundary: str,
    name: str,
    filename: str | None = None,
    content_type: str | None = None,
    headers: Sequence[HeaderParam] = (),
) -> bytes:
    disposition = f'form-data; name="{_quoted(name)}"'
    if filename is not None:
        disposition += f'; filename="{_quoted(filename)}"'
    lines = [("Content-Disposition", disposition)]
    if content_type:
        lines.append(("Content-Type", content_type))
    lines += write_headers(headers)
    check_headers(lines)
    text = "".join(f"{key}: {value}\r\n" for key, value in lines)
    return f"--{boundary}\r\n{text}\r\n".encode()


def _quoted(name: str) -> str:
    # WHATWG HTML, multipart form data: only these three are escaped.
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _members(value: object) -> Sequence[object]:
    if isinstance(value, list | set | frozenset):
        return list(cast(Sequence[object], value))
    return [value]


def _plain(value: object, content_type: str | None) -> tuple[str, str | None]:
    """The text of a member, and its media type where it is not plain text."""
    if content_type is not None and is_json(content_type):
        return compact_json(value), content_type
    if value is None:
        return "", content_type
    if isinstance(value, Mapping | list | tuple):
        return compact_json(cast(object, value)), content_type or "application/json"
    [(_, text)] = write_pairs("", value, "form", str)
    return text, content_type


def check_headers(headers: Sequence[tuple[str, str]]) -> None:
    """Refuse control characters, which would end the header and start another."""
    for name, value in headers:
        if any((c < " " and c != "\t") or c == "\x7f" for c in name + value):
            raise RequestValidationError(f"header {name!r} has a control character")


@dataclass(frozen=True, slots=True)
class _File:
    content: FileContent
    name: str
    content_type: str | None = None

    @classmethod
    def of(cls, value: object) -> _File | None:
        """The file a `FileInput` is; None for other values."""
        if isinstance(value, Upload):
            return cls.of(value.file)
        if isinstance(value, tuple):
            name, content, *kind = cast(tuple[object, ...], value)
            file = cls.of(content)
            if file is None or not isinstance(name, str):
                return None
            return cls(file.content, name, str(kind[0]) if kind else None)
        if isinstance(value, bytes | bytearray):
            return cls(bytes(value), "blob")
        if isinstance(value, Path):
            return cls(value, value.name)
        if hasattr(value, "read"):
            # A temporary file's name may be its number.
            path = cast(object, getattr(value, "name", None))
            name = Path(path).name if isinstance(path, str) else "blob"
            return cls(cast(IO[bytes], value), name)
        return None

    def guessed_type(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"
