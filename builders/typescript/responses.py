"""What an operation answers, as TypeScript sees it: the verb of the HTTP client, the type of success, the bodies of errors."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from specloom.ir.operations import BodyKind, IRMediaTypeObject, IROperationObject, IRResponseObject
from specloom.ir.types import ScalarType

from . import nodes as ts
from .types import TypeMapper


class Verb(StrEnum):
    """A method of the runtime's ``HttpClient``."""

    JSON = "json"
    JSON_OR_EMPTY = "jsonOrEmpty"
    EMPTY = "empty"
    TEXT = "text"
    BLOB = "blob"
    ANY = "any"
    RAW = "raw"
    EVENTS = "events"
    JSON_EVENTS = "jsonEvents"
    JSON_LINES = "jsonLines"


@dataclass(frozen=True, slots=True)
class Stream:
    """What a streaming answer is: its verb, and the type of one event's data or one line."""

    verb: Verb
    type: ts.Type

    @property
    def symbol(self) -> ts.Symbol:
        """The runtime's class of it."""
        return ts.symbol("JSONLines" if self.verb is Verb.JSON_LINES else "EventStream", "http")


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """The body of an error status (``404``, ``4XX``, ``default``); no type where it has none."""

    status: str
    type: ts.Type | None
    description: str | None


@dataclass(frozen=True, slots=True)
class Response:
    """What an operation answers."""

    verb: Verb
    type: ts.Type
    """What the method's promise resolves to."""
    accept: str | None
    """The Accept header, where it is not what the verb implies."""
    stream: Stream | None
    only_streams: bool
    errors: tuple[ErrorBody, ...]


def response(operation: IROperationObject, types: TypeMapper) -> Response:
    """What ``operation`` answers."""
    found = successes(operation)
    contents = [content for success in found for content in success.contents]
    streams = [content for content in contents if content.kind in (BodyKind.EVENTS, BodyKind.JSON_LINES)]
    whole = [content for content in contents if content not in streams]
    has_empty = any(not success.contents for success in found)
    verb, type = _whole(operation, found, whole, has_empty, types)
    stream = _stream(streams[0], types) if streams else None
    return Response(
        verb=verb,
        type=type,
        accept=_accept(verb, whole),
        stream=stream,
        only_streams=stream is not None and not whole,
        errors=tuple(_error(error, types) for error in operation.error_responses if error.contents),
    )


def successes(operation: IROperationObject) -> tuple[IRResponseObject, ...]:
    """The answers that a caller gets to see: redirects and interim ones only where there are no others."""
    found = operation.success_responses
    final = tuple(r for r in found if r.status[0] in "2d")
    return final or found


def _whole(
    operation: IROperationObject, answers: tuple[IRResponseObject, ...], contents: list[IRMediaTypeObject], has_empty: bool,
    types: TypeMapper,
) -> tuple[Verb, ts.Type]:
    if not answers:
        return Verb.RAW, ts.type_name("Response")
    if not contents or operation.method == "head":
        return Verb.EMPTY, ts.VOID
    found = [_content(content, types) for content in contents]
    kinds = {content.kind for content in contents}
    type = ts.union_of(*found)
    if kinds == {BodyKind.JSON}:
        if has_empty:
            return Verb.JSON_OR_EMPTY, _with_undefined(type)
        return Verb.JSON, type
    if len(kinds) == 1 and not has_empty:
        return (Verb.TEXT, ts.STRING) if BodyKind.TEXT in kinds else (Verb.BLOB, ts.type_name("Blob"))
    return Verb.ANY, _with_undefined(type) if has_empty else type


def _with_undefined(type: ts.Type) -> ts.Type:
    return type if type == ts.UNKNOWN else ts.union_of(type, ts.UNDEFINED_TYPE)


def _content(content: IRMediaTypeObject, types: TypeMapper) -> ts.Type:
    match content.kind:
        case BodyKind.JSON:
            return types(content.type)
        case BodyKind.TEXT:
            return ts.STRING
        case BodyKind.BINARY | BodyKind.FORM | BodyKind.MULTIPART:
            return ts.type_name("Blob")
        case BodyKind.EVENTS | BodyKind.JSON_LINES:
            return types(content.type)


def _stream(content: IRMediaTypeObject, types: TypeMapper) -> Stream:
    if content.kind is BodyKind.JSON_LINES:
        return Stream(Verb.JSON_LINES, types(content.type))
    if isinstance(content.type, ScalarType) and content.type.type == "string":
        return Stream(Verb.EVENTS, ts.STRING)
    return Stream(Verb.JSON_EVENTS, types(content.type))


def _accept(verb: Verb, contents: list[IRMediaTypeObject]) -> str | None:
    """JSON by another name than ``application/json`` has to be asked for."""
    if verb not in (Verb.JSON, Verb.JSON_OR_EMPTY):
        return None
    media_types = tuple(dict.fromkeys(content.media_type for content in contents))
    if any(m.partition(";")[0].strip().lower() in ("application/json", "*/*", "application/*") for m in media_types):
        return None
    return ", ".join(media_types)


def _error(error: IRResponseObject, types: TypeMapper) -> ErrorBody:
    found = [_content(content, types) for content in error.contents]
    return ErrorBody(error.status, ts.union_of(*found) if found else None, error.description)
