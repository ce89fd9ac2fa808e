"""Operations: method and path, what travels there, what comes back, and who may call."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from . import types
from .node import IRNode
from .schemas import Default
from .types import IRType


class Location(StrEnum):
    """Where a parameter travels."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"


class Style(StrEnum):
    """How an array or object becomes a parameter's text (OpenAPI 3.1.1 §4.8.12.3)."""

    SIMPLE = "simple"
    LABEL = "label"
    MATRIX = "matrix"
    FORM = "form"
    SPACE_DELIMITED = "spaceDelimited"
    PIPE_DELIMITED = "pipeDelimited"
    DEEP_OBJECT = "deepObject"


class BodyKind(StrEnum):
    """How a media type is written and read; the one thing that runtimes decide by."""

    JSON = "json"
    """``application/json`` and ``+json``."""
    FORM = "form"
    """``application/x-www-form-urlencoded``."""
    MULTIPART = "multipart"
    TEXT = "text"
    """``text/*`` and other types that are read as text (XML, CSV, ...)."""
    BINARY = "binary"
    EVENTS = "events"
    """``text/event-stream``: the type is that of one event's data."""
    JSON_LINES = "json-lines"
    """``application/jsonl``, ``application/x-ndjson``, ``application/json-seq``: the type is that of one line."""


class IRParameterObject(IRNode):
    """A parameter. ``style`` and ``explode`` are filled in by the standard's defaults."""

    name: str
    location: Location
    type: IRType
    required: bool = False
    style: Style = Style.FORM
    explode: bool = False
    allow_reserved: bool = False
    media_type: str | None = None
    """Where the parameter is described by ``content``: its media type; style and explode then mean nothing."""
    description: str | None = None
    deprecated: bool = False
    default: Default | None = None
    examples: tuple[JsonValue, ...] = ()


class IREncodingObject(IRNode):
    """How one property of a form body travels (OpenAPI 3.1.1 §4.8.15). Unsaid things are ``None``."""

    property_name: str
    content_type: str | None = None
    style: Style | None = None
    explode: bool | None = None
    allow_reserved: bool = False
    headers: tuple[IRHeaderObject, ...] = ()


class IRMediaTypeObject(IRNode):
    """One way a body may be written. ``type`` of a form body is a reference to an object schema, or inline anything."""

    media_type: str
    kind: BodyKind
    type: IRType
    encodings: tuple[IREncodingObject, ...] = ()


class IRRequestBodyObject(IRNode):
    """A request body; several ``contents`` are alternatives, the preferred one (JSON, then multipart, form, others) first."""

    contents: tuple[IRMediaTypeObject, ...]
    required: bool = False
    description: str | None = None


class IRHeaderObject(IRNode):
    """A header of a response or of a part of a multipart body."""

    name: str
    type: IRType
    required: bool = False
    description: str | None = None


class IRResponseObject(IRNode):
    """An answer. ``status`` is ``"200"``, a range as ``"2XX"``, or ``"default"``; no contents: nothing comes."""

    status: str
    contents: tuple[IRMediaTypeObject, ...] = ()
    description: str | None = None
    headers: tuple[IRHeaderObject, ...] = ()

    @property
    def is_success(self) -> bool:
        """Whether ``status`` is below 400. ``default`` is an error wherever a success is described, see ``success_responses``."""
        return self.status[0] in "123"


class Pagination(IRNode):
    """How further pages are asked for and found. Paths lead from the body's top, one key a step; ``()`` is the body itself."""

    style: Literal["page", "offset", "cursor", "next-link", "link-header"]
    parameter: str | None = None
    """Wire name of the query parameter that chooses the page, the offset or the cursor; none for the two link styles."""
    size_parameter: str | None = None
    items: tuple[str, ...] = ()
    item_type: IRType
    next: tuple[str, ...] | None = None
    """Where the next page's link or cursor is."""
    total: tuple[str, ...] | None = None
    """Where the number of all items is."""
    has_more: tuple[str, ...] | None = None


class SecurityRequirement(IRNode):
    """One scheme of an alternative, with the scopes it needs."""

    scheme: str
    scopes: tuple[str, ...] = ()


class IRServerVariable(IRNode):
    """A part of a server's URL that the caller may choose."""

    name: str
    default: str
    enum: tuple[str, ...] = ()
    description: str | None = None


class IRServerObject(IRNode):
    """Where the API is. ``url`` keeps its ``{variables}``; it may be relative to where the document was served."""

    url: str
    description: str | None = None
    variables: tuple[IRServerVariable, ...] = ()


class IROperationObject(IRNode):
    """One operation. ``parameters`` holds those of the path item too, in document order, path parameters in path order first."""

    operation_id: str
    """Unique in the context; the document's, or made of method and path where it has none."""
    method: Literal["get", "put", "post", "delete", "options", "head", "patch", "trace"]
    path: str
    """The template, ``{name}`` for each path parameter; every one of them is declared, and every declared one is in it."""
    tag: str = "default"
    """The first tag: whose client it belongs to."""
    tags: tuple[str, ...] = ()
    summary: str | None = None
    description: str | None = None
    deprecated: bool = False
    parameters: tuple[IRParameterObject, ...] = ()
    request_body: IRRequestBodyObject | None = None
    responses: tuple[IRResponseObject, ...] = ()
    security: tuple[tuple[SecurityRequirement, ...], ...] = ()
    """Alternatives, each all of its schemes at once; an empty one: no credentials needed. ``()``: no security at all."""
    servers: tuple[IRServerObject, ...] = ()
    """Only where it has servers of its own."""
    pagination: Pagination | None = None
    is_list: bool = False
    """Whether success answers several items: an array, or pages."""
    extensions: dict[str, JsonValue] = Field(default_factory=dict)
    """The document's ``x-`` keys."""
    pointer: str | None = None

    @property
    def is_multipart(self) -> bool:
        """Whether the preferred request body is a multipart form."""
        return self.request_body is not None and self.request_body.contents[0].kind is BodyKind.MULTIPART

    @property
    def success_responses(self) -> tuple[IRResponseObject, ...]:
        """Answers below 400; where none is described, ``default`` counts as success."""
        found = tuple(r for r in self.responses if r.is_success)
        return found or tuple(r for r in self.responses if r.status == "default")

    @property
    def error_responses(self) -> tuple[IRResponseObject, ...]:
        """All other answers."""
        success = self.success_responses
        return tuple(r for r in self.responses if r not in success)

    @property
    def streaming(self) -> BodyKind | None:
        """``EVENTS`` or ``JSON_LINES`` where success streams."""
        kinds = (c.kind for r in self.success_responses for c in r.contents)
        return next((k for k in kinds if k in (BodyKind.EVENTS, BodyKind.JSON_LINES)), None)


def operation_types(operation: IROperationObject) -> Iterator[IRType]:
    """The types that stand directly in an operation: parameters, body, responses and their headers."""
    for parameter in operation.parameters:
        yield parameter.type
    if operation.request_body:
        for content in operation.request_body.contents:
            yield content.type
            for encoding in content.encodings:
                yield from (header.type for header in encoding.headers)
    for response in operation.responses:
        for content in response.contents:
            yield content.type
        yield from (header.type for header in response.headers)
    if operation.pagination:
        yield operation.pagination.item_type


def operation_references(operation: IROperationObject) -> Iterator[str]:
    """Names of the schemas that an operation mentions directly, in order, duplicates included."""
    for type in operation_types(operation):
        yield from types.references(type)


class APIKeyScheme(IRNode):
    """A key under a name in a header, the query or a cookie."""

    kind: Literal["apiKey"] = "apiKey"
    name: str
    description: str | None = None
    location: Literal["header", "query", "cookie"]
    parameter: str


class HTTPScheme(IRNode):
    """The Authorization header (RFC 9110 §11.6.2); ``scheme`` is lower case: ``bearer``, ``basic``, or any other."""

    kind: Literal["http"] = "http"
    name: str
    description: str | None = None
    scheme: str
    bearer_format: str | None = None


class OAuth2Flow(IRNode):
    """One OAuth 2 flow."""

    flow: Literal["implicit", "password", "clientCredentials", "authorizationCode"]
    authorization_url: str | None = None
    token_url: str | None = None
    refresh_url: str | None = None
    scopes: tuple[tuple[str, str], ...] = ()
    """Pairs of scope and description."""


class OAuth2Scheme(IRNode):
    """OAuth 2; the token travels as a bearer token."""

    kind: Literal["oauth2"] = "oauth2"
    name: str
    description: str | None = None
    flows: tuple[OAuth2Flow, ...] = ()


class OpenIDConnectScheme(IRNode):
    """OpenID Connect discovery; the token travels as a bearer token."""

    kind: Literal["openIdConnect"] = "openIdConnect"
    name: str
    description: str | None = None
    url: str


class MutualTLSScheme(IRNode):
    """A client certificate: nothing that a request could carry."""

    kind: Literal["mutualTLS"] = "mutualTLS"
    name: str
    description: str | None = None


IRSecurityScheme = Annotated[
    APIKeyScheme | HTTPScheme | OAuth2Scheme | OpenIDConnectScheme | MutualTLSScheme, Field(discriminator="kind")
]
