"""Request bodies and responses: what travels, under which media types."""

from __future__ import annotations

from dataclasses import dataclass, field

from specloom.ir.operations import (
    BodyKind,
    IREncodingObject,
    IRMediaTypeObject,
    IRRequestBodyObject,
    IRResponseObject,
    Style,
)
from specloom.ir.types import (
    ANYTHING,
    STRING,
    AnyType,
    IRType,
    MapType,
    ReferenceType,
    ScalarType,
    without_null,
)
from specloom.reading.pointers import JSON, split

from . import nodes
from .naming import Hint, pascal
from .parameters import headers
from .raw import Raw, Site, mapping, text
from .schemas import Schemas
from .shapes import ObjectShape

_RANK = {BodyKind.JSON: 0, BodyKind.MULTIPART: 1, BodyKind.FORM: 2}
_JSON_LINES = frozenset(
    {
        "application/jsonl",
        "application/x-ndjson",
        "application/ndjson",
        "application/json-seq",
        "application/x-jsonlines",
        "application/jsonlines",
        "application/json-lines",
    }
)
_TEXTS = frozenset(
    {
        "application/xml",
        "application/javascript",
        "application/csv",
        "application/yaml",
        "application/x-yaml",
        "application/toml",
        "application/graphql",
        "application/sql",
        "application/jwt",
        "application/x-www-form-urlencoded+text",
        "image/svg+xml",
    }
)
STATUSES = ("1XX", "2XX", "3XX", "4XX", "5XX")


def body_kind(media_type: str) -> BodyKind:
    """How a media type is written and read. ``*/*`` is taken for JSON, which is what frameworks that write it mean."""
    essence = media_type.split(";", 1)[0].strip().lower()
    if (
        essence in ("*/*", "application/*", "")
        or essence == "application/json"
        or essence.endswith("+json")
        or essence == "text/json"
    ):
        return BodyKind.JSON
    if essence == "application/x-www-form-urlencoded":
        return BodyKind.FORM
    if essence.startswith("multipart/"):
        return BodyKind.MULTIPART
    if essence == "text/event-stream":
        return BodyKind.EVENTS
    if essence in _JSON_LINES or essence.endswith(("+json-seq", "+jsonl", "+ndjson")):
        return BodyKind.JSON_LINES
    if essence.startswith("text/") or essence in _TEXTS or essence.endswith(("+xml", "+yaml")):
        return BodyKind.TEXT
    return BodyKind.BINARY


@dataclass(slots=True)
class Bodies:
    """Lowers bodies; a response or request body of ``components`` is lowered once."""

    schemas: Schemas
    _responses: dict[tuple[Site, str], IRResponseObject] = field(default_factory=dict)
    _requests: dict[Site, IRRequestBodyObject | None] = field(default_factory=dict)

    def request(self, value: JSON, site: Site, owner: str) -> IRRequestBodyObject | None:
        """The request body of an operation; one without contents is none."""
        raw, place = self.schemas.workspace.follow(value, site)
        if place in self._requests:
            return self._requests[place]
        hint = Hint("", _shared_name(place, "Request") or owner + "Request")
        contents = self._contents(raw, place, hint)
        made = None
        if contents:
            made = nodes.request_body_object(
                contents=contents, required=raw.get("required") is True, description=text(raw.get("description"))
            )
        if place != site:
            self._requests[place] = made
        return made

    def responses(self, value: JSON, site: Site, owner: str) -> tuple[IRResponseObject, ...]:
        """The responses of an operation, in document order."""
        found: dict[str, IRResponseObject] = {}
        first = True
        for key, each in mapping(value).items():
            status = _status(key)
            if status is None:
                if not key.startswith("x-"):
                    self.schemas.workspace.warn("bad-status", f"{key!r} is no status, range or default", site.at(key))
                continue
            is_success = status[0] in "123" or status == "default"
            words = owner + "Response" + ("" if is_success and first else status[0].upper() + status[1:])
            first = first and not is_success
            found[status] = self._response(each, site.at(key), status, words)
        return tuple(found.values())

    def _response(self, value: JSON, site: Site, status: str, words: str) -> IRResponseObject:
        raw, place = self.schemas.workspace.follow(value, site)
        known = self._responses.get((place, status))
        if known is not None:
            return known
        hint = Hint("", _shared_name(place, "Response") or words)
        if raw.get("links"):
            self.schemas.workspace.info("links-not-carried", "links are left out", place.at("links"))
        made = nodes.response_object(
            status=status,
            contents=self._contents(raw, place, hint),
            description=text(raw.get("description")),
            headers=headers(self.schemas, raw.get("headers"), place.at("headers"), hint),
        )
        if place != site:
            self._responses[place, status] = made
        return made

    def _contents(self, raw: Raw, site: Site, hint: Hint) -> tuple[IRMediaTypeObject, ...]:
        found: dict[str, IRMediaTypeObject] = {}
        several = len(mapping(raw.get("content"))) > 1
        shared: dict[int, IRType] = {}
        for media_type, value in mapping(raw.get("content")).items():
            name = media_type.strip()
            if name.lower() in found:
                continue
            found[name.lower()] = self._content(
                name, mapping(value), site.at("content", media_type), hint, shared, several=several
            )
        return tuple(sorted(found.values(), key=lambda content: _RANK.get(content.kind, 3)))

    def _content(
        self, media_type: str, raw: Raw, site: Site, hint: Hint, shared: dict[int, IRType], *, several: bool
    ) -> IRMediaTypeObject:
        kind = body_kind(media_type)
        schema = raw.get("schema")
        if schema is None and "itemSchema" in raw:
            schema, place = raw["itemSchema"], site.at("itemSchema")
        else:
            place = site.at("schema")
        if schema is None:
            type: IRType = STRING if kind is BodyKind.TEXT else ANYTHING
        else:
            type = self._type(schema, place, hint, shared)
        if kind in (BodyKind.MULTIPART, BodyKind.FORM) and not isinstance(type, ScalarType):
            type = self._form_type(type, place)
        if kind is BodyKind.BINARY or (isinstance(type, ScalarType) and type.format == "binary"):
            kind, type = BodyKind.BINARY, nodes.upload_type(media_type=None if "*" in media_type else media_type)
        encodings = self._encodings(raw, site, hint) if kind in (BodyKind.MULTIPART, BodyKind.FORM) else ()
        return nodes.media_type_object(media_type=media_type, kind=kind, type=type, encodings=encodings)

    def _form_type(self, type: IRType, site: Site) -> IRType:
        """The object that a form is, or anything."""
        bare = without_null(type)
        seen: set[str] = set()
        while isinstance(bare, ReferenceType) and bare.name not in seen:
            seen.add(bare.name)
            shape = self.schemas.shape_named(bare.name)
            if isinstance(shape, ObjectShape):
                return bare
            bare = shape if isinstance(shape, ReferenceType) else ANYTHING
        if not isinstance(bare, MapType) and not isinstance(type, AnyType):
            self.schemas.workspace.info(
                "form-not-object", "a form is an object with properties; this one may hold anything", site
            )
        return ANYTHING

    def _type(self, schema: JSON, site: Site, hint: Hint, shared: dict[int, IRType]) -> IRType:
        """The type of a body; the same inline schema under several media types is one declaration."""
        for key, value in shared.items():
            known = self._seen.get(key)
            if known is not None and known == schema:
                return value
        made = self.schemas.type_of(schema, site, hint)
        self._seen[id(schema)] = schema
        shared[id(schema)] = made
        return made

    _seen: dict[int, JSON] = field(default_factory=dict)

    def _encodings(self, raw: Raw, site: Site, hint: Hint) -> tuple[IREncodingObject, ...]:
        found = []
        for name, value in mapping(raw.get("encoding")).items():
            one, place = mapping(value), site.at("encoding", name)
            content_type, explode = one.get("contentType"), one.get("explode")
            found.append(
                nodes.encoding_object(
                    property_name=name,
                    content_type=content_type if isinstance(content_type, str) else None,
                    style=next((s for s in Style if s.value == one.get("style")), None),
                    explode=explode if isinstance(explode, bool) else None,
                    allow_reserved=one.get("allowReserved") is True,
                    headers=headers(self.schemas, one.get("headers"), place.at("headers"), hint.then(pascal(name))),
                )
            )
        return tuple(found)


def _status(key: str) -> str | None:
    if key == "default":
        return key
    upper = key.strip().upper()
    if upper in STATUSES:
        return upper
    return upper if len(upper) == 3 and upper.isascii() and upper.isdigit() and upper[0] in "12345" else None


def _shared_name(place: Site, kind: str) -> str | None:
    """The name for what stands inline in a component that is no schema: its key, and what it is."""
    tokens = split(place.pointer)
    if len(tokens) != 3 or tokens[0] != "components":
        return None
    words = pascal(tokens[2])
    return words if words.endswith((kind, "Error")) else words + kind
