"""Request bodies in Go: the type of ``body``, and the statement that hands it to the request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from specloom.builders.losses import part_headers
from specloom.builders.styles import form_word
from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.operations import BodyKind, IREncodingObject, IRMediaTypeObject, IROperationObject
from specloom.ir.types import UploadType

from . import nodes as go
from .types import TypeMapper

Way: TypeAlias = Literal["json", "form", "multipart", "text", "binary"]
"""The runtime's methods of a request that take a body."""

_READER = go.ref("io", "Reader")
_PART = go.name("partStyle")
_BODY = go.name("body")
_USUAL = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
    "text": "text/plain",
    "binary": "application/octet-stream",
}


@dataclass(frozen=True, slots=True)
class Body:
    """A body as one media type has it."""

    way: Way
    type: go.Type
    required: bool
    content: IRMediaTypeObject
    checked: bool
    """Whether nil has to be told from a body here: a nil slice or map is a body to the runtime."""

    @property
    def statement(self) -> go.Statement:
        """``req.json(body)``."""
        media_type = self.content.media_type
        args: list[go.Expression] = [_BODY]
        method: str = self.way
        if self.way in ("form", "multipart"):
            args += _parts(self.content, self.way)
            if self.way == "multipart" and media_type != _USUAL["multipart"]:
                method = "multipartAs"
                args.insert(0, go.string(media_type))
        elif media_type != _USUAL[self.way]:
            args.append(go.string(media_type))
        made = go.expression(go.call(go.dotted(f"req.{method}"), *args))
        return go.if_(go.binary(_BODY, "!=", go.NIL), made) if self.checked else made


def go_bodies(operation: IROperationObject, types: TypeMapper) -> tuple[tuple[Body, ...], tuple[Diagnostic, ...]]:
    """The bodies to choose from, the preferred one first; one for each type that Go knows. And what cannot be said."""
    described = operation.request_body
    if described is None:
        return (), ()
    found: dict[go.Type, Body] = {}
    left: list[str] = []
    for content in described.contents:
        body = _body(content, types, required=described.required)
        if body.type in found:
            if content.media_type != found[body.type].content.media_type:
                left.append(content.media_type)
        else:
            found[body.type] = body
    diagnostics = [*_unsent(operation, left), *part_headers(operation, "Go")]
    return tuple(found.values()), tuple(diagnostics)


def _body(content: IRMediaTypeObject, types: TypeMapper, *, required: bool) -> Body:
    way = _way(content)
    if way == "binary":
        return Body(way, _READER, required, content, checked=False)
    if way == "text":
        return Body(way, go.STRING if required else go.pointer(go.STRING), required, content, checked=False)
    type = types.value(content.type) if required else types.optional(content.type)
    return Body(way, type, required, content, checked=not required and isinstance(type, go.SliceType | go.MapType))


def _way(content: IRMediaTypeObject) -> Way:
    if isinstance(content.type, UploadType):
        return "binary"
    match content.kind:
        case BodyKind.JSON:
            return "json"
        case BodyKind.FORM:
            return "form"
        case BodyKind.MULTIPART:
            return "multipart"
        case BodyKind.TEXT:
            return "text"
        case BodyKind.BINARY | BodyKind.EVENTS | BodyKind.JSON_LINES:
            return "binary"
        case _:
            assert_never(content.kind)


def _parts(content: IRMediaTypeObject, way: Way) -> Iterator[go.Expression]:
    """How properties of a form travel, where that is not the usual way."""
    for encoding in content.encodings:
        members = _form_part(encoding) if way == "form" else _multipart_part(encoding)
        if members:
            named = go.pair("name", go.string(encoding.property_name))
            yield go.composite(_PART, [named, *(go.pair(key, go.string(value)) for key, value in members)])


def _form_part(encoding: IREncodingObject) -> list[tuple[str, str]]:
    said = encoding.style is not None or encoding.explode is not None or encoding.allow_reserved
    return [("style", form_word(encoding))] if said else []


def _multipart_part(encoding: IREncodingObject) -> list[tuple[str, str]]:
    single = encoding.content_type
    return [] if single is None or "," in single or "*" in single else [("mediaType", single)]


def _unsent(operation: IROperationObject, media_types: list[str]) -> Iterator[Diagnostic]:
    if media_types:
        yield Diagnostic(
            code="media-type-not-carried-over",
            severity=Severity.INFO,
            message=f"the body of {operation.operation_id!r} is not sent as {' or '.join(media_types)} in Go: "
            "the same can be said as the media type that it prefers",
            pointer=operation.pointer,
        )
