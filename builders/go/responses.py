"""What an operation answers, in Go: which of the runtime's calls reads it, as what type, and what errors carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from specloom.builders.naming import NameAllocator
from specloom.ir.operations import BodyKind, IRMediaTypeObject, IROperationObject, IRResponseObject
from specloom.ir.types import AnyType, UploadType, allows_null, without_null

from . import nodes as go
from .reserved import PREDECLARED
from .types import TypeMapper

READ_CLOSER = go.ref("io", "ReadCloser")
_BYTES = go.slice_of(go.BYTE)
_STREAMS = (BodyKind.EVENTS, BodyKind.JSON_LINES)
_PREFERENCE = (BodyKind.JSON, BodyKind.TEXT, BodyKind.BINARY, BodyKind.FORM, BodyKind.MULTIPART)
_NO_BODY = ("204", "205")
_NAMES = {
    "200": "OK", "201": "Created", "202": "Accepted", "203": "NonAuthoritative", "204": "NoContent", "205": "ResetContent",
    "206": "PartialContent", "207": "MultiStatus", "208": "AlreadyReported", "226": "IMUsed",
    "2XX": "Success", "3XX": "Redirect", "default": "Default",
}  # fmt: skip
"""What a field of a result is called; the statuses of RFC 9110 §15.3 by their names."""


class Call(StrEnum):
    """The runtime's functions that send a request and read its answer."""

    STRUCT = "do"
    VALUE = "doValue"
    NOTHING = "doNothing"
    TEXT = "doText"
    STREAM = "doStream"
    EVENTS = "doEvents"
    LINES = "doLines"
    RESULT = "doResult"


@dataclass(frozen=True, slots=True)
class StatusField:
    """A field of a result: what comes with one status."""

    status: str
    name: str
    type: go.Type
    description: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What success is read as. ``fields`` are those of a result, where statuses differ in what comes with them."""

    call: Call
    type: go.Type | None = None
    accept: str | None = None
    may_be_empty: bool = False
    fields: tuple[StatusField, ...] = ()
    empty: tuple[str, ...] = ()
    """Statuses of a result that come with nothing."""

    @property
    def returns(self) -> go.Type | None:
        """What a method returns, an error beside it not counted; none for a result, whose type has a name of its own."""
        match self.call:
            case Call.STRUCT:
                assert self.type is not None
                return go.pointer(self.type)
            case Call.TEXT:
                return go.STRING
            case Call.STREAM:
                return READ_CLOSER
            case _:
                return self.type


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """What some statuses carry. ``spoken`` is how a comment says it, if it does."""

    statuses: tuple[str, ...]
    type: go.Type
    spoken: str


@dataclass(frozen=True, slots=True)
class Answers:
    """Success, read at once or as a stream or both, and errors."""

    whole: Answer | None
    stream: Answer | None
    errors: tuple[ErrorBody, ...]


def go_answers(operation: IROperationObject, types: TypeMapper) -> Answers:
    """Describe the answers of ``operation``."""
    success = _successes(operation)
    streams = [content for response in success for content in response.contents if content.kind in _STREAMS]
    has_whole = any(content.kind not in _STREAMS for response in success for content in response.contents)
    stream = _stream(streams[0], types) if streams else None
    whole = None if streams and not has_whole else _whole(operation, success, types)
    return Answers(whole, stream, tuple(_errors(operation, types)))


def _successes(operation: IROperationObject) -> tuple[IRResponseObject, ...]:
    """Redirects and interim answers only where there are no others."""
    found = operation.success_responses
    return tuple(r for r in found if r.status[0] in "2d") or found


def _stream(content: IRMediaTypeObject, types: TypeMapper) -> Answer:
    return Answer(Call.EVENTS if content.kind is BodyKind.EVENTS else Call.LINES, types(without_null(content.type)))


def _whole(operation: IROperationObject, success: Sequence[IRResponseObject], types: TypeMapper) -> Answer:
    chosen = [(response, _preferred(response)) for response in success]
    found = [(response, content) for response, content in chosen if content is not None]
    if not found or operation.method == "head":
        return Answer(Call.NOTHING)
    answers = dict.fromkeys(_read(content, types) for _, content in found)
    empty = tuple(response.status for response, content in chosen if content is None)
    if len(answers) > 1:
        return Answer(Call.RESULT, accept=_accept_any(success), fields=_fields(found, types), empty=empty)
    call, type = next(iter(answers))
    if empty and call is Call.VALUE and not types.is_bare(found[0][1].type) and not isinstance(type, go.Pointer):
        # A pointer tells nothing from a zero.
        call = Call.STRUCT
    accept = _accept(success) if call in (Call.STRUCT, Call.VALUE) else None
    return Answer(call, type, accept, may_be_empty=any(status not in _NO_BODY for status in empty))


def _preferred(response: IRResponseObject) -> IRMediaTypeObject | None:
    whole = (content for content in response.contents if content.kind not in _STREAMS)
    return min(whole, key=lambda content: _PREFERENCE.index(content.kind), default=None)


def _read(content: IRMediaTypeObject, types: TypeMapper) -> tuple[Call, go.Type | None]:
    if content.kind is BodyKind.TEXT:
        return Call.TEXT, None
    if content.kind is not BodyKind.JSON or isinstance(content.type, UploadType):
        return Call.STREAM, None
    type = without_null(content.type)
    if allows_null(content.type):
        return Call.VALUE, types.value(content.type)
    return (Call.STRUCT if types.is_struct(type) else Call.VALUE), types(type)


def _fields(found: Iterable[tuple[IRResponseObject, IRMediaTypeObject]], types: TypeMapper) -> tuple[StatusField, ...]:
    scope = NameAllocator(("StatusCode",))
    fields: list[StatusField] = []
    for response, content in found:
        name = scope.allocate(response.status, _NAMES.get(response.status, f"Status{response.status}")).name
        fields.append(StatusField(response.status, name, _field_type(content, types), response.description))
    return tuple(fields)


def _field_type(content: IRMediaTypeObject, types: TypeMapper) -> go.Type:
    call, type = _read(content, types)
    if call is Call.TEXT:
        return go.pointer(go.STRING)
    if call is Call.STREAM or type is None:
        return _BYTES
    return types.optional(without_null(content.type))


def _accept(success: Iterable[IRResponseObject]) -> str | None:
    """JSON by another name than ``application/json`` has to be asked for."""
    media_types = [c.media_type for r in success for c in r.contents if c.kind is BodyKind.JSON]
    usual = ("application/json", "*/*", "application/*")
    if any(media_type.partition(";")[0].strip().lower() in usual for media_type in media_types):
        return None
    return ", ".join(dict.fromkeys(media_types))


def _accept_any(success: Iterable[IRResponseObject]) -> str | None:
    """All that the fields of a result are read from."""
    media_types = [content.media_type for response in success if (content := _preferred(response)) is not None]
    if all(media_type == "application/json" for media_type in media_types):
        return None
    return ", ".join(dict.fromkeys(media_types))


def _errors(operation: IROperationObject, types: TypeMapper) -> Iterable[ErrorBody]:
    """Bodies of errors, those of one type together, in the order of their first statuses."""
    statuses: dict[go.Type, list[str]] = {}
    for response in operation.error_responses:
        content = next((c for c in response.contents if c.kind is BodyKind.JSON), None)
        if content is None or isinstance(content.type, AnyType | UploadType):
            continue
        statuses.setdefault(types(without_null(content.type)), []).append(response.status)
    return (ErrorBody(tuple(found), node, _spoken(node)) for node, found in statuses.items())


def _spoken(node: go.Type) -> str:
    if isinstance(node, go.Name) and node.name not in PREDECLARED:
        return f"[{node.name}]"
    if isinstance(node, go.SliceType) and (inner := _spoken(node.element)):
        return f"slices of {inner}"
    return ""
