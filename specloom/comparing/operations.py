"""Compares an operation with itself in the other document: address, parameters, bodies, answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from specloom.ir.context import IRContext
from specloom.ir.operations import (
    IREncodingObject,
    IRHeaderObject,
    IRMediaTypeObject,
    IROperationObject,
    IRParameterObject,
    IRRequestBodyObject,
    IRResponseObject,
    Location,
    Style,
)
from specloom.ir.schemas import IRAliasSchema, IREnumSchema, IRSchema
from specloom.ir.types import IRType, LiteralType, ReferenceType, ScalarType, UnionType

from . import words
from .changes import Place, Use
from .enums import deprecation
from .findings import At, Finding, Found, Sides, escaped
from .matching import Matched, path_parameters, shape
from .schemas import defaults, requiredness
from .security import security_changes, server_changes
from .types import compare_types


@dataclass(frozen=True)
class Documents:
    """What comparing operations needs to know of both documents."""

    old: IRContext
    new: IRContext
    sides: Sides
    schemes: Mapping[str, str]
    """Security schemes with another name, old to new."""


def label(operation: IROperationObject, *, webhook: bool = False) -> str:
    """An operation as readers know it: ``GET /books/{id}``."""
    text = f"{operation.method.upper()} {operation.path}"
    return f"webhook {text}" if webhook else text


def operation_place(operation: IROperationObject, *, webhook: bool = False) -> At:
    """Where an operation stands."""
    folder = "webhooks" if webhook else "paths"
    pointer = operation.pointer or f"/{folder}/{escaped(operation.path)}/{operation.method}"
    return At(Place(pointer, operation=label(operation, webhook=webhook)), only=Use.RESPONSE if webhook else None)


def without_partner(matched: Matched, *, webhook: bool = False) -> Iterator[Finding]:
    """Operations that only one document has."""
    for operation in matched.removed:
        yield Finding("operation-removed", operation_place(operation, webhook=webhook), _named(operation), None)
    for operation in matched.added:
        yield Finding("operation-added", operation_place(operation, webhook=webhook), None, _named(operation))


def _named(operation: IROperationObject) -> str:
    return f"{operation.operation_id}, deprecated" if operation.deprecated else operation.operation_id


def compare_operations(old: IROperationObject, new: IROperationObject, documents: Documents, *, webhook: bool = False) -> Found:
    """What changed in one operation. Of a webhook, requests are what clients get, and answers what they give."""
    at = operation_place(new, webhook=webhook)
    sent, answered = (Use.RESPONSE, Use.REQUEST) if webhook else (Use.REQUEST, Use.RESPONSE)
    moved = shape(old) != shape(new)
    if moved:
        yield Finding("operation-moved", at, label(old), label(new))
    if old.operation_id != new.operation_id:
        yield Finding("operation-id-changed", at.below("operationId"), old.operation_id, new.operation_id)
    if old.tag != new.tag:
        yield Finding("tag-changed", at.below("tags"), old.tag, new.tag)
    yield from deprecation(old.deprecated, new.deprecated, at)
    if not webhook:
        yield from security_changes(old.security, new.security, documents.schemes, at)
    if old.servers or new.servers:
        yield from server_changes(old.servers or documents.old.servers, new.servers or documents.new.servers, at)
    yield from _parameters(old, new, documents.sides, at.travelling(sent), moved=moved)
    yield from _request_bodies(old.request_body, new.request_body, documents.sides, at.travelling(sent))
    yield from _responses(old, new, documents.sides, at.travelling(answered))
    yield from _pagination(old, new, at)


def _pagination(old: IROperationObject, new: IROperationObject, at: At) -> Iterator[Finding]:
    """How further pages are found; that their items changed is said where they are."""
    was, now = (None if each.pagination is None else each.pagination.style for each in (old, new))
    if was != now:
        yield Finding("pagination-changed", at, was or "no pages", now or "no pages")


def _parameters(old: IROperationObject, new: IROperationObject, sides: Sides, at: At, *, moved: bool) -> Found:
    names: dict[str, str] = {} if moved else dict(zip(path_parameters(old), path_parameters(new), strict=False))
    was = {_parameter_key(p, names): p for p in old.parameters}
    now = {_parameter_key(p, {}): p for p in new.parameters}
    for key, parameter in was.items():
        if key not in now and not (moved and parameter.location is Location.PATH):
            code = "required-parameter-removed" if parameter.required else "parameter-removed"
            yield Finding(code, _parameter_place(at, parameter), words.of_type(parameter.type, sides.old), None)
    for key, parameter in now.items():
        place = _parameter_place(at, parameter)
        if key in was:
            yield from _one_parameter(was[key], parameter, sides, place)
        elif not (moved and parameter.location is Location.PATH):
            code = "required-parameter-added" if parameter.required else "parameter-added"
            yield Finding(code, place, None, words.of_type(parameter.type, sides.new))


def _parameter_key(parameter: IRParameterObject, renamed: Mapping[str, str]) -> tuple[Location, str]:
    match parameter.location:
        case Location.PATH:
            return parameter.location, renamed.get(parameter.name, parameter.name)
        case Location.HEADER:  # names of headers know no case (RFC 9110 §5.1)
            return parameter.location, parameter.name.lower()
        case Location.QUERY | Location.COOKIE:
            return parameter.location, parameter.name


def _parameter_place(at: At, parameter: IRParameterObject) -> At:
    where = parameter.location.value
    return at.into(f"{where} parameter", parameter.name, "parameters", where, parameter.name)


def _one_parameter(old: IRParameterObject, new: IRParameterObject, sides: Sides, at: At) -> Found:
    if old.location is Location.PATH and old.name != new.name:
        yield Finding("path-parameter-renamed", at, old.name, new.name)
    yield from requiredness(old.required, new.required, at)
    yield from compare_types(old.type, new.type, sides, at.below("schema"))
    flat = _is_flat(old.type, sides.old), _is_flat(new.type, sides.new)
    if flat[0] == flat[1]:
        was, now = _serialization(old, flat[0]), _serialization(new, flat[0])
        if was != now:
            yield Finding("parameter-serialization-changed", at.below("style"), was, now)
    yield from deprecation(old.deprecated, new.deprecated, at)
    yield from defaults(old.default, new.default, at.below("schema"))


def _serialization(parameter: IRParameterObject, flat: bool) -> str:
    """How a value is written, as far as it shows: a single value is written alike by most styles."""
    if parameter.media_type is not None:
        return parameter.media_type
    if flat:
        return parameter.style.value if parameter.style in (Style.LABEL, Style.MATRIX) else "plain"
    return f"{parameter.style.value}, {'exploded' if parameter.explode else 'not exploded'}"


def _is_flat(type: IRType, schemas: Mapping[str, IRSchema], depth: int = 0) -> bool:
    """Whether a value is never an array or an object."""
    match type:
        case ScalarType() | LiteralType():
            return True
        case UnionType(members=members):
            return all(_is_flat(member, schemas, depth) for member in members)
        case ReferenceType(name=name):
            schema = schemas[name]
            if isinstance(schema, IRAliasSchema) and depth < 20:
                return _is_flat(schema.type, schemas, depth + 1)
            return isinstance(schema, IREnumSchema)
        case _:
            return False


def _request_bodies(old: IRRequestBodyObject | None, new: IRRequestBodyObject | None, sides: Sides, at: At) -> Found:
    place = at.into("request body", "", "requestBody")
    match old, new:
        case None, IRRequestBodyObject(required=required):
            yield Finding("required-request-body-added" if required else "request-body-added", place, None, _media(new))
        case IRRequestBodyObject(required=required), None:
            yield Finding("required-request-body-removed" if required else "request-body-removed", place, _media(old), None)
        case IRRequestBodyObject(), IRRequestBodyObject():
            yield from requiredness(old.required, new.required, place)
            yield from _contents(old.contents, new.contents, sides, place)
        case _:
            return


def _media(body: IRRequestBodyObject | None) -> str | None:
    return None if body is None else words.listed(content.media_type for content in body.contents)


def _contents(old: Sequence[IRMediaTypeObject], new: Sequence[IRMediaTypeObject], sides: Sides, at: At) -> Found:
    """Bodies by media type; a parameter of one (``; charset=utf-8``) makes no other."""
    exact = len({_essence(each) for each in old}) < len(old) or len({_essence(each) for each in new}) < len(new)
    was, now = ({(_exact(each) if exact else _essence(each)): each for each in side} for side in (old, new))
    several = max(len(was), len(now)) > 1
    for key, content in was.items():
        if key not in now:
            yield Finding("media-type-removed", at.below("content", content.media_type), content.media_type, None)
    for key, content in now.items():
        if key not in was:
            yield Finding("media-type-added", at.below("content", content.media_type), None, content.media_type)
            continue
        tokens = ("content", content.media_type)
        place = at.into("media type", content.media_type, *tokens) if several else at.below(*tokens)
        yield from compare_types(was[key].type, content.type, sides, place.below("schema"))
        yield from _encodings(was[key].encodings, content.encodings, place.below("encoding"))


def _exact(content: IRMediaTypeObject) -> str:
    return "".join(content.media_type.split()).lower()


def _essence(content: IRMediaTypeObject) -> str:
    return _exact(content).partition(";")[0]


def _encodings(old: Sequence[IREncodingObject], new: Sequence[IREncodingObject], at: At) -> Iterator[Finding]:
    was, now = ({each.property_name: _encoding(each) for each in side} for side in (old, new))
    for name in dict.fromkeys((*was, *now)):
        if was.get(name) != now.get(name):
            yield Finding("encoding-changed", at.into("part", name, name), was.get(name), now.get(name))


def _encoding(encoding: IREncodingObject) -> str | None:
    style = encoding.style.value if encoding.style else None
    explode = None if encoding.explode is None else "exploded" if encoding.explode else "not exploded"
    return ", ".join(part for part in (encoding.content_type, style, explode) if part) or None


def _responses(old: IROperationObject, new: IROperationObject, sides: Sides, at: At) -> Found:
    pairs, gone, come = _same_answers(old, new)
    for response in gone:
        code = "response-removed" if response in old.success_responses else "error-response-removed"
        yield Finding(code, _response_place(at, response), _answer(response), None)
    for response in come:
        code = "response-added" if response in new.success_responses else "error-response-added"
        yield Finding(code, _response_place(at, response), None, _answer(response))
    for before, response in pairs:
        place = _response_place(at, response)
        if before.status.upper() != response.status.upper():
            yield Finding("response-status-changed", place, before.status, response.status)
        yield from _contents(before.contents, response.contents, sides, place)
        yield from _headers(before.headers, response.headers, sides, place)


def _response_place(at: At, response: IRResponseObject) -> At:
    return at.into("response", response.status, "responses", response.status)


def _answer(response: IRResponseObject) -> str:
    return words.listed(content.media_type for content in response.contents) or "no body"


_Answers = list[IRResponseObject]


def _same_answers(
    old: IROperationObject, new: IROperationObject
) -> tuple[list[tuple[IRResponseObject, IRResponseObject]], _Answers, _Answers]:
    """Answers by status; of those left, the only success of each, where one status includes the other."""
    was, now = ({response.status.upper(): response for response in each.responses} for each in (old, new))
    pairs = [(was[status], response) for status, response in now.items() if status in was]
    gone, come = [r for s, r in was.items() if s not in now], [r for s, r in now.items() if s not in was]
    left, right = [r for r in gone if r in old.success_responses], [r for r in come if r in new.success_responses]
    if len(left) == len(right) == 1 and (_includes(left[0], right[0]) or _includes(right[0], left[0])):
        pairs.append((left[0], right[0]))
        gone, come = [r for r in gone if r is not left[0]], [r for r in come if r is not right[0]]
    return pairs, gone, come


def _includes(response: IRResponseObject, other: IRResponseObject) -> bool:
    status = response.status.upper()
    return status == "DEFAULT" or (status.endswith("XX") and other.status.startswith(status[0]))


def _headers(old: Sequence[IRHeaderObject], new: Sequence[IRHeaderObject], sides: Sides, at: At) -> Found:
    was, now = ({header.name.lower(): header for header in side} for side in (old, new))
    for name, header in was.items():
        if name not in now:
            code = "required-header-removed" if header.required else "header-removed"
            yield Finding(code, _header_place(at, header), words.of_type(header.type, sides.old), None)
    for name, header in now.items():
        place = _header_place(at, header)
        if name in was:
            yield from requiredness(was[name].required, header.required, place)
            yield from compare_types(was[name].type, header.type, sides, place.below("schema"))
        else:
            code = "required-header-added" if header.required else "header-added"
            yield Finding(code, place, None, words.of_type(header.type, sides.new))


def _header_place(at: At, header: IRHeaderObject) -> At:
    return at.into("header", header.name, "headers", header.name)
