"""Which schemas mention which, looked at once for each schema: what variants, uploads and homes are derived from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from specloom.ir.operations import IROperationObject
from specloom.ir.schemas import IRObjectSchema, IRPropertyObject, IRSchema, schema_types
from specloom.ir.types import ArrayType, IRType, MapType, ReferenceType, ScalarType, TupleType, UnionType


class Way(Enum):
    """Which properties count: all, those that a request has, those that a response has."""

    ANY = "any"
    SENT = "sent"
    ANSWERED = "answered"

    def keeps(self, prop: IRPropertyObject) -> bool:
        """Whether a property travels this way."""
        return self is Way.ANY or not (prop.read_only if self is Way.SENT else prop.write_only)


_TEXTUAL = ("text/", "application/json", "application/xml")


def is_bytes(type: IRType) -> bool:
    """Whether a type is raw bytes in a form: ``format: binary``, or 3.1's media type without an encoding (§4.8.15.1)."""
    if not isinstance(type, ScalarType) or type.type != "string":
        return False
    media = type.content_media_type
    return type.format == "binary" or bool(media and type.content_encoding is None and not media.startswith(_TEXTUAL))


@dataclass(frozen=True, slots=True)
class Links:
    """What a schema mentions, by way, and what is in it."""

    schema: IRSchema
    names: Mapping[Way, tuple[str, ...]]
    is_marked: bool
    """Whether a property is read-only or write-only."""
    has_bytes: bool


@dataclass(slots=True)
class Graph:
    """The links of schemas; a schema that was replaced by another of its name is looked at anew."""

    _known: dict[str, Links] = field(default_factory=dict)

    def links(self, schema: IRSchema) -> Links:
        """The links of one schema."""
        known = self._known.get(schema.name)
        if known is None or known.schema is not schema:
            known = self._known[schema.name] = _links(schema)
        return known

    def reachable(self, schemas: Mapping[str, IRSchema], roots: Iterable[str], way: Way) -> dict[str, None]:
        """All schemas that ``roots`` lead to, in the order they are found."""
        found: dict[str, None] = {}
        waiting = list(roots)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = None
                waiting += self.links(schemas[name]).names[way]
        return found

    def leading_to(self, schemas: Mapping[str, IRSchema], seeds: Iterable[str], within: Iterable[str], way: Way) -> set[str]:
        """``seeds`` and all schemas of ``within`` that lead to one of them."""
        users: dict[str, list[str]] = {}
        for name in within:
            for mentioned in self.links(schemas[name]).names[way]:
                users.setdefault(mentioned, []).append(name)
        found: set[str] = set()
        waiting = list(seeds)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += users.get(name, ())
        return found


def _links(schema: IRSchema) -> Links:
    everything: list[str] = []
    has_bytes = False
    if not isinstance(schema, IRObjectSchema):
        for type in schema_types(schema):
            has_bytes = scan(type, everything) or has_bytes
        same = tuple(dict.fromkeys(everything))
        return Links(schema, dict.fromkeys(Way, same), False, has_bytes)
    sent: list[str] = []
    answered: list[str] = []
    is_marked = False
    for prop in schema.properties:
        if not isinstance(prop.type, ScalarType):
            before = len(everything)
            has_bytes = scan(prop.type, everything) or has_bytes
            mentioned = everything[before:]
            sent += mentioned if not prop.read_only else ()
            answered += mentioned if not prop.write_only else ()
        elif prop.type.format == "binary" or prop.type.content_media_type is not None:
            has_bytes = has_bytes or is_bytes(prop.type)
        is_marked = is_marked or prop.read_only or prop.write_only
    if schema.additional is not None:
        before = len(everything)
        has_bytes = scan(schema.additional, everything) or has_bytes
        sent += everything[before:]
        answered += everything[before:]
    names = {
        Way.ANY: tuple(dict.fromkeys(everything)),
        Way.SENT: tuple(dict.fromkeys(sent)),
        Way.ANSWERED: tuple(dict.fromkeys(answered)),
    }
    return Links(schema, names, is_marked, has_bytes)


def scan(type: IRType, found: list[str]) -> bool:
    """Adds the names that a type mentions to ``found``; says whether there are bytes in it."""
    has_bytes = False
    stack = [type]
    while stack:
        one = stack.pop()
        match one:
            case ScalarType():
                has_bytes = has_bytes or is_bytes(one)
            case ReferenceType(name=name):
                found.append(name)
            case UnionType(members=members):
                stack += reversed(members)
            case ArrayType(items=items):
                stack.append(items)
            case MapType(values=values):
                stack.append(values)
            case TupleType(items=parts, rest=rest):
                stack.append(rest)
                stack += reversed(parts)
            case _:
                pass
    return has_bytes


def mentioned_in(types: Iterable[IRType]) -> list[str]:
    """The names that types mention, in order."""
    found: list[str] = []
    for type in types:
        scan(type, found)
    return found


def sent_types(operation: IROperationObject) -> Iterator[IRType]:
    """The types of a request body."""
    if operation.request_body is not None:
        for content in operation.request_body.contents:
            yield content.type


def answered_types(operation: IROperationObject) -> Iterator[IRType]:
    """The types of the responses' bodies."""
    for response in operation.responses:
        for content in response.contents:
            yield content.type
