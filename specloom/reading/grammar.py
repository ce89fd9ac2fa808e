"""Which objects OpenAPI 3.0 to 3.2 has, which fields each has, and what each field holds (OpenAPI 3.1.1 §4.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final


class Kind(StrEnum):
    """The kinds of objects a document is made of."""

    DOCUMENT = "OpenAPI object"
    INFO = "info object"
    CONTACT = "contact object"
    LICENSE = "license object"
    SERVER = "server object"
    SERVER_VARIABLE = "server variable"
    COMPONENTS = "components object"
    PATHS = "paths object"
    PATH_ITEM = "path item"
    OPERATION = "operation"
    EXTERNAL_DOCS = "external documentation"
    PARAMETER = "parameter"
    REQUEST_BODY = "request body"
    MEDIA_TYPE = "media type"
    ENCODING = "encoding object"
    RESPONSES = "responses object"
    RESPONSE = "response"
    CALLBACK = "callback"
    EXAMPLE = "example object"
    LINK = "link"
    HEADER = "header"
    TAG = "tag"
    SCHEMA = "schema"
    DISCRIMINATOR = "discriminator"
    XML = "xml object"
    SECURITY_SCHEME = "security scheme"
    OAUTH_FLOWS = "OAuth flows object"
    OAUTH_FLOW = "OAuth flow"
    SECURITY_REQUIREMENT = "security requirement"


class Form(Enum):
    """What a field holds."""

    ANYTHING = "anything"
    TEXT = "text"
    FLAG = "true or false"
    NUMBER = "a number"
    COUNT = "a whole number, 0 or more"
    TEXTS = "a list of texts"
    ITEMS = "a list"
    TEXT_MAP = "an object of texts"
    TEXTS_MAP = "an object of lists of texts"
    ONE = "an object"
    MANY = "a list of objects"
    NAMED = "an object of objects"
    TYPE = "a type name or a list of them"
    BOUND = "a number, or true or false in 3.0"


@dataclass(frozen=True, slots=True)
class Shape:
    """A field: its form, the kind of the objects in it, whether a reference or (for schemas) a boolean may stand there."""

    form: Form
    kind: Kind | None = None
    ref: bool = False
    boolean: bool = False


TEXT: Final = Shape(Form.TEXT)
FLAG: Final = Shape(Form.FLAG)
ANYTHING: Final = Shape(Form.ANYTHING)
_NUMBER: Final = Shape(Form.NUMBER)
_COUNT: Final = Shape(Form.COUNT)
_TEXTS: Final = Shape(Form.TEXTS)

_REFERABLE: Final = frozenset({
    Kind.SCHEMA, Kind.PARAMETER, Kind.REQUEST_BODY, Kind.RESPONSE, Kind.CALLBACK, Kind.EXAMPLE, Kind.LINK, Kind.HEADER,
    Kind.SECURITY_SCHEME, Kind.PATH_ITEM,
})


def _one(kind: Kind, *, boolean: bool = False) -> Shape:
    return Shape(Form.ONE, kind, kind in _REFERABLE, boolean)


def _many(kind: Kind) -> Shape:
    return Shape(Form.MANY, kind, kind in _REFERABLE)


def _named(kind: Kind) -> Shape:
    return Shape(Form.NAMED, kind, kind in _REFERABLE)


METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_PARAMETER: Final[dict[str, Shape]] = {
    "description": TEXT, "required": FLAG, "deprecated": FLAG, "allowEmptyValue": FLAG, "style": TEXT, "explode": FLAG,
    "allowReserved": FLAG, "schema": _one(Kind.SCHEMA), "example": ANYTHING, "examples": _named(Kind.EXAMPLE),
    "content": _named(Kind.MEDIA_TYPE),
}

SCHEMA_3_1: Final[dict[str, Shape]] = {
    "const": ANYTHING, "patternProperties": _named(Kind.SCHEMA), "prefixItems": _many(Kind.SCHEMA),
    "propertyNames": _one(Kind.SCHEMA, boolean=False), "if": _one(Kind.SCHEMA), "then": _one(Kind.SCHEMA),
    "else": _one(Kind.SCHEMA), "dependentSchemas": _named(Kind.SCHEMA), "dependentRequired": Shape(Form.TEXTS_MAP),
    "contains": _one(Kind.SCHEMA), "minContains": _COUNT, "maxContains": _COUNT,
    "unevaluatedItems": _one(Kind.SCHEMA), "unevaluatedProperties": _one(Kind.SCHEMA),
    "contentEncoding": TEXT, "contentMediaType": TEXT, "contentSchema": _one(Kind.SCHEMA),
    "examples": Shape(Form.ITEMS), "$defs": _named(Kind.SCHEMA), "$id": TEXT, "$anchor": TEXT, "$schema": TEXT,
    "$comment": TEXT, "$dynamicAnchor": TEXT, "$dynamicRef": TEXT, "$vocabulary": ANYTHING,
}
"""What JSON Schema 2020-12 has and the schema object of 3.0 has not."""

_SCHEMA: Final[dict[str, Shape]] = {
    "type": Shape(Form.TYPE), "properties": _named(Kind.SCHEMA), "description": TEXT, "$ref": TEXT, "format": TEXT,
    "enum": Shape(Form.ITEMS), "items": _one(Kind.SCHEMA), "required": _TEXTS, "title": TEXT, "default": ANYTHING,
    "example": ANYTHING, "nullable": FLAG, "readOnly": FLAG, "writeOnly": FLAG, "deprecated": FLAG,
    "allOf": _many(Kind.SCHEMA), "oneOf": _many(Kind.SCHEMA), "anyOf": _many(Kind.SCHEMA), "not": _one(Kind.SCHEMA),
    "additionalProperties": _one(Kind.SCHEMA, boolean=True), "minimum": _NUMBER, "maximum": _NUMBER,
    "exclusiveMinimum": Shape(Form.BOUND), "exclusiveMaximum": Shape(Form.BOUND), "multipleOf": _NUMBER,
    "minLength": _COUNT, "maxLength": _COUNT, "pattern": TEXT, "minItems": _COUNT, "maxItems": _COUNT,
    "uniqueItems": FLAG, "minProperties": _COUNT, "maxProperties": _COUNT, "discriminator": _one(Kind.DISCRIMINATOR),
    "xml": _one(Kind.XML), "externalDocs": _one(Kind.EXTERNAL_DOCS), **SCHEMA_3_1,
}

FIELDS: Final[Mapping[Kind, Mapping[str, Shape]]] = {
    Kind.DOCUMENT: {
        "openapi": TEXT, "info": _one(Kind.INFO), "jsonSchemaDialect": TEXT, "servers": _many(Kind.SERVER),
        "paths": _one(Kind.PATHS), "webhooks": _named(Kind.PATH_ITEM), "components": _one(Kind.COMPONENTS),
        "security": _many(Kind.SECURITY_REQUIREMENT), "tags": _many(Kind.TAG), "externalDocs": _one(Kind.EXTERNAL_DOCS),
    },
    Kind.INFO: {
        "title": TEXT, "summary": TEXT, "description": TEXT, "termsOfService": TEXT, "contact": _one(Kind.CONTACT),
        "license": _one(Kind.LICENSE), "version": TEXT,
    },
    Kind.CONTACT: {"name": TEXT, "url": TEXT, "email": TEXT},
    Kind.LICENSE: {"name": TEXT, "identifier": TEXT, "url": TEXT},
    Kind.SERVER: {"url": TEXT, "description": TEXT, "variables": _named(Kind.SERVER_VARIABLE)},
    Kind.SERVER_VARIABLE: {"enum": _TEXTS, "default": TEXT, "description": TEXT},
    Kind.COMPONENTS: {
        "schemas": _named(Kind.SCHEMA), "responses": _named(Kind.RESPONSE), "parameters": _named(Kind.PARAMETER),
        "examples": _named(Kind.EXAMPLE), "requestBodies": _named(Kind.REQUEST_BODY), "headers": _named(Kind.HEADER),
        "securitySchemes": _named(Kind.SECURITY_SCHEME), "links": _named(Kind.LINK), "callbacks": _named(Kind.CALLBACK),
        "pathItems": _named(Kind.PATH_ITEM),
    },
    Kind.PATHS: {},
    Kind.PATH_ITEM: {
        "$ref": TEXT, "summary": TEXT, "description": TEXT, "servers": _many(Kind.SERVER), "parameters": _many(Kind.PARAMETER),
        **{method: Shape(Form.ONE, Kind.OPERATION) for method in METHODS},
    },
    Kind.OPERATION: {
        "tags": _TEXTS, "summary": TEXT, "description": TEXT, "externalDocs": _one(Kind.EXTERNAL_DOCS), "operationId": TEXT,
        "parameters": _many(Kind.PARAMETER), "requestBody": _one(Kind.REQUEST_BODY), "responses": _one(Kind.RESPONSES),
        "callbacks": _named(Kind.CALLBACK), "deprecated": FLAG, "security": _many(Kind.SECURITY_REQUIREMENT),
        "servers": _many(Kind.SERVER),
    },
    Kind.EXTERNAL_DOCS: {"description": TEXT, "url": TEXT},
    Kind.PARAMETER: {"name": TEXT, "in": TEXT, **_PARAMETER},
    Kind.REQUEST_BODY: {"description": TEXT, "content": _named(Kind.MEDIA_TYPE), "required": FLAG},
    Kind.MEDIA_TYPE: {
        "schema": _one(Kind.SCHEMA), "example": ANYTHING, "examples": _named(Kind.EXAMPLE), "encoding": _named(Kind.ENCODING),
    },
    Kind.ENCODING: {
        "contentType": TEXT, "headers": _named(Kind.HEADER), "style": TEXT, "explode": FLAG, "allowReserved": FLAG,
    },
    Kind.RESPONSES: {},
    Kind.RESPONSE: {
        "description": TEXT, "headers": _named(Kind.HEADER), "content": _named(Kind.MEDIA_TYPE), "links": _named(Kind.LINK),
    },
    Kind.CALLBACK: {},
    Kind.EXAMPLE: {"summary": TEXT, "description": TEXT, "value": ANYTHING, "externalValue": TEXT},
    Kind.LINK: {
        "operationRef": TEXT, "operationId": TEXT, "parameters": ANYTHING, "requestBody": ANYTHING, "description": TEXT,
        "server": _one(Kind.SERVER),
    },
    Kind.HEADER: _PARAMETER,
    Kind.TAG: {"name": TEXT, "description": TEXT, "externalDocs": _one(Kind.EXTERNAL_DOCS)},
    Kind.SCHEMA: _SCHEMA,
    Kind.DISCRIMINATOR: {"propertyName": TEXT, "mapping": Shape(Form.TEXT_MAP)},
    Kind.XML: {"name": TEXT, "namespace": TEXT, "prefix": TEXT, "attribute": FLAG, "wrapped": FLAG},
    Kind.SECURITY_SCHEME: {
        "type": TEXT, "description": TEXT, "name": TEXT, "in": TEXT, "scheme": TEXT, "bearerFormat": TEXT,
        "flows": _one(Kind.OAUTH_FLOWS), "openIdConnectUrl": TEXT,
    },
    Kind.OAUTH_FLOWS: {
        name: _one(Kind.OAUTH_FLOW) for name in ("implicit", "password", "clientCredentials", "authorizationCode")
    },
    Kind.OAUTH_FLOW: {"authorizationUrl": TEXT, "tokenUrl": TEXT, "refreshUrl": TEXT, "scopes": Shape(Form.TEXT_MAP)},
    Kind.SECURITY_REQUIREMENT: {},
}

REST: Final[Mapping[Kind, Shape]] = {
    Kind.PATHS: Shape(Form.ONE, Kind.PATH_ITEM),
    Kind.RESPONSES: Shape(Form.ONE, Kind.RESPONSE, True),
    Kind.CALLBACK: Shape(Form.ONE, Kind.PATH_ITEM, True),
    Kind.SECURITY_REQUIREMENT: _TEXTS,
}
"""Objects whose keys are free: what every key holds, but for ``x-`` extensions (security requirements have none)."""

NEW_IN_3_2: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.DOCUMENT: frozenset({"$self"}),
    Kind.SERVER: frozenset({"name"}),
    Kind.COMPONENTS: frozenset({"mediaTypes"}),
    Kind.PATH_ITEM: frozenset({"query", "additionalOperations"}),
    Kind.MEDIA_TYPE: frozenset({"itemSchema", "prefixEncoding", "itemEncoding"}),
    Kind.ENCODING: frozenset({"encoding", "prefixEncoding", "itemEncoding"}),
    Kind.RESPONSE: frozenset({"summary"}),
    Kind.EXAMPLE: frozenset({"dataValue", "serializedValue"}),
    Kind.TAG: frozenset({"summary", "parent", "kind"}),
    Kind.DISCRIMINATOR: frozenset({"defaultMapping"}),
    Kind.XML: frozenset({"nodeType"}),
    Kind.SECURITY_SCHEME: frozenset({"oauth2MetadataUrl", "deprecated"}),
    Kind.OAUTH_FLOWS: frozenset({"deviceAuthorization"}),
    Kind.OAUTH_FLOW: frozenset({"deviceAuthorizationUrl"}),
}
"""What OpenAPI 3.2 added: read past, with a diagnostic."""


def is_extension(kind: Kind, key: str) -> bool:
    """Whether a key is a specification extension (OpenAPI 3.1.1 §4.9)."""
    return key.startswith("x-") and kind is not Kind.SECURITY_REQUIREMENT


def shape_of(kind: Kind, key: str) -> Shape | None:
    """What a field of an object holds; None for extensions and fields OpenAPI does not know."""
    shape = FIELDS[kind].get(key)
    if shape is None and kind in REST and not is_extension(kind, key):
        return REST[kind]
    return shape


def kind_at(keys: tuple[str, ...]) -> Kind | None:
    """The kind of the object a pointer into a document leads to; None where OpenAPI says nothing about it."""
    kind: Kind | None = Kind.DOCUMENT
    shape: Shape | None = None
    for key in keys:
        if shape is not None:  # inside a list or an object of objects
            kind, shape = shape.kind, None
            continue
        if kind is None:
            return None
        below = shape_of(kind, key)
        if below is None:
            return None
        match below.form:
            case Form.ONE:
                kind = below.kind
            case Form.MANY | Form.NAMED:
                shape = below
            case _:
                return None
    return kind if shape is None else None
