"""Parameters, bodies, responses, security, servers and paging, row by row: what each becomes in the IR."""

from __future__ import annotations

from typing import Any

import pytest

from specloom.ir.operations import (
    APIKeyScheme,
    BodyKind,
    HTTPScheme,
    Location,
    OAuth2Scheme,
    OpenIDConnectScheme,
    Pagination,
    SecurityRequirement,
    Style,
)
from specloom.ir.paging import PagingRule
from specloom.ir.schemas import Role
from specloom.ir.types import ANYTHING, INTEGER, STRING, ReferenceType, UploadType
from specloom.reading.document import read_document
from specloom.reading.lowering import lower
from tests.lowering.shop import Spec, answer, api, document, json_body, operation, properties, ref


@pytest.mark.parametrize(
    ("where", "style", "explode"),
    [
        ("query", Style.FORM, True),
        ("cookie", Style.FORM, True),
        ("header", Style.SIMPLE, False),
    ],
)
def test_parameter_defaults(where: str, style: Style, explode: bool) -> None:
    found = operation(parameters=[{"name": "color", "in": where, "schema": {"type": "string"}}]).parameters[0]

    assert (found.location.value, found.style, found.explode, found.required) == (where, style, explode, False)


@pytest.mark.parametrize(
    ("where", "style"),
    [
        ("query", "form"),
        ("query", "spaceDelimited"),
        ("query", "pipeDelimited"),
        ("query", "deepObject"),
        ("path", "simple"),
        ("path", "label"),
        ("path", "matrix"),
        ("header", "simple"),
        ("cookie", "form"),
    ],
)
@pytest.mark.parametrize("explode", [True, False])
def test_parameter_styles(where: str, style: str, explode: bool) -> None:
    parameter = {
        "name": "color",
        "in": where,
        "style": style,
        "explode": explode,
        "required": True,
        "schema": {"type": "array", "items": {}},
    }
    found = operation(path="/things/{color}" if where == "path" else "/things", parameters=[parameter]).parameters[0]

    assert (found.style.value, found.explode, found.required) == (style, explode, True)


def test_parameters_of_the_path_item_are_replaced_by_the_operation_and_path_ones_stand_first() -> None:
    found = api(
        None,
        {
            "/{b}/{a}": {
                "parameters": [
                    {"name": "q", "in": "query", "schema": {"type": "string"}},
                    {"name": "a", "in": "path", "required": True, "schema": {}},
                ],
                "get": {
                    "operationId": "x",
                    "responses": {"204": {"description": ""}},
                    "parameters": [
                        {"name": "q", "in": "query", "schema": {"type": "integer"}},
                        {"$ref": "#/components/parameters/B"},
                        {"name": "q", "in": "header", "schema": {"type": "string"}},
                    ],
                },
            }
        },
        components={"parameters": {"B": {"name": "b", "in": "path", "required": True, "schema": {"type": "integer"}}}},
    ).operations[0]

    assert [(p.name, p.location) for p in found.parameters] == [
        ("b", Location.PATH),
        ("a", Location.PATH),
        ("q", Location.QUERY),
        ("q", Location.HEADER),
    ]
    assert found.parameters[2].type == INTEGER


def test_parameter_by_content() -> None:
    content = {"application/json": {"schema": {"type": "object", "properties": {"color": {"type": "string"}}}}}
    found = operation(parameters=[{"name": "filter", "in": "query", "content": content}]).parameters[0]

    assert found.media_type == "application/json"
    assert found.type == ReferenceType(name="ThingsFilter")


@pytest.mark.parametrize("name", ["Accept", "content-type", "Authorization"])
def test_headers_that_are_no_parameters(name: str) -> None:
    context = api(
        None,
        {
            "/a": {
                "get": {
                    "operationId": "a",
                    "responses": {"204": {"description": ""}},
                    "parameters": [{"name": name, "in": "header", "schema": {"type": "string"}}],
                }
            }
        },
    )

    assert context.operations[0].parameters == ()
    assert context.diagnostics


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("application/json", BodyKind.JSON),
        ("application/json; charset=utf-8", BodyKind.JSON),
        ("application/vnd.shop.v1+json", BodyKind.JSON),
        ("*/*", BodyKind.JSON),
        ("application/x-www-form-urlencoded", BodyKind.FORM),
        ("multipart/form-data", BodyKind.MULTIPART),
        ("multipart/mixed", BodyKind.MULTIPART),
        ("text/plain", BodyKind.TEXT),
        ("text/csv", BodyKind.TEXT),
        ("application/xml", BodyKind.TEXT),
        ("application/octet-stream", BodyKind.BINARY),
        ("image/*", BodyKind.BINARY),
        ("application/pdf", BodyKind.BINARY),
        ("text/event-stream", BodyKind.EVENTS),
        ("application/jsonl", BodyKind.JSON_LINES),
        ("application/x-ndjson", BodyKind.JSON_LINES),
    ],
)
def test_kinds_of_bodies(media_type: str, kind: BodyKind) -> None:
    found = operation(responses={"200": answer({"type": "object", "properties": {"a": {"type": "string"}}}, media_type)})

    assert found.responses[0].contents[0].kind is kind
    assert found.streaming == (kind if kind in (BodyKind.EVENTS, BodyKind.JSON_LINES) else None)


def test_several_media_types_are_ordered() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    content = {
        name: {"schema": schema}
        for name in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/json")
    }
    found = operation(method="post", requestBody={"content": content, "required": True}).request_body

    assert found is not None and found.required
    assert [c.kind for c in found.contents] == [BodyKind.JSON, BodyKind.MULTIPART, BodyKind.FORM, BodyKind.TEXT]
    assert len({c.type for c in found.contents if isinstance(c.type, ReferenceType)}) == 1


def test_bytes_are_uploads_in_forms_and_strings_in_json() -> None:
    photo = {"type": "object", "properties": {"photo": {"type": "string", "format": "binary"}}}
    context = api(
        {"Photo": photo},
        {
            "/a": {
                "post": {
                    "operationId": "send",
                    "requestBody": json_body(ref("Photo"), "multipart/form-data"),
                    "responses": {"200": answer(ref("Photo"))},
                },
                "put": {
                    "operationId": "raw",
                    "requestBody": json_body({"type": "string", "format": "binary"}, "application/octet-stream"),
                    "responses": {"200": answer({"type": "string", "format": "binary"}, "application/pdf")},
                },
            }
        },
    )

    assert properties(context, "PhotoForm")["photo"].type == UploadType()
    assert properties(context, "Photo")["photo"].type.kind == "scalar"
    send, raw = context.operations
    assert send.request_body is not None and send.request_body.contents[0].type == ReferenceType(name="PhotoForm")
    assert raw.request_body is not None and raw.request_body.contents[0].type == UploadType(media_type="application/octet-stream")
    assert raw.responses[0].contents[0].type == UploadType(media_type="application/pdf")


def test_a_schema_only_in_forms_keeps_its_name() -> None:
    photo = {
        "type": "object",
        "properties": {"photos": {"type": "array", "items": {"type": "string", "contentMediaType": "image/png"}}},
    }
    context = api(
        {"Photo": photo},
        {
            "/a": {
                "post": {
                    "operationId": "a",
                    "requestBody": json_body(ref("Photo"), "multipart/form-data"),
                    "responses": {"204": {"description": ""}},
                }
            }
        },
    )

    type = properties(context, "Photo")["photos"].type
    assert type.kind == "array" and type.items == UploadType(media_type="image/png")
    assert context.operations[0].is_multipart


def test_encodings() -> None:
    body = json_body(
        {"type": "object", "properties": {"tags": {"type": "array", "items": {"type": "string"}}}}, "multipart/form-data"
    )
    body["content"]["multipart/form-data"]["encoding"] = {
        "tags": {
            "contentType": "text/csv",
            "style": "form",
            "explode": False,
            "headers": {"X-A": {"schema": {"type": "integer"}}},
        },
    }
    found = operation(method="post", requestBody=body).request_body

    assert found is not None
    encoding = found.contents[0].encodings[0]
    assert (encoding.property_name, encoding.content_type, encoding.style, encoding.explode) == (
        "tags",
        "text/csv",
        Style.FORM,
        False,
    )
    assert [(h.name, h.type) for h in encoding.headers] == [("X-A", INTEGER)]


def test_responses() -> None:
    found = operation(
        responses={
            "2XX": {"description": "", "headers": {"X-Total": {"schema": {"type": "integer"}, "required": True}}},
            "404": answer({"type": "object", "properties": {"detail": {"type": "string"}}}),
            "default": answer({"type": "string"}),
            "4xx": {"description": "Wrong."},
        }
    )

    assert [r.status for r in found.responses] == ["2XX", "404", "default", "4XX"]
    assert [r.status for r in found.success_responses] == ["2XX"]
    assert [(h.name, h.type, h.required) for h in found.responses[0].headers] == [("X-Total", INTEGER, True)]
    assert found.responses[1].contents[0].type == ReferenceType(name="ThingsResponse404")


def test_shared_responses_are_lowered_once() -> None:
    one = {
        "get": {"operationId": "one", "responses": {"400": {"$ref": "#/components/responses/Bad"}}},
        "post": {"operationId": "two", "responses": {"400": {"$ref": "#/components/responses/Bad"}}},
    }
    context = api(
        None,
        {"/a": one},
        components={"responses": {"Bad": answer({"type": "object", "properties": {"why": {"type": "string"}}})}},
    )

    assert list(context.schemas) == ["BadResponse"]


def test_security() -> None:
    context = api(
        None,
        {
            "/a": {
                "get": {"operationId": "a", "responses": {"204": {"description": ""}}},
                "post": {"operationId": "b", "responses": {"204": {"description": ""}}, "security": []},
            }
        },
        security=[{"token": []}, {"key": [], "login": ["read"]}, {}],
        components={
            "securitySchemes": {
                "token": {"type": "http", "scheme": "Bearer", "bearerFormat": "JWT"},
                "basic": {"type": "http", "scheme": "basic"},
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "login": {
                    "type": "oauth2",
                    "flows": {"clientCredentials": {"tokenUrl": "https://a.example/t", "scopes": {"read": "Read."}}},
                },
                "who": {"type": "openIdConnect", "openIdConnectUrl": "https://a.example/o"},
            }
        },
    )

    assert [type(s) for s in context.security_schemes] == [
        HTTPScheme,
        HTTPScheme,
        APIKeyScheme,
        OAuth2Scheme,
        OpenIDConnectScheme,
    ]
    assert context.operations[0].security == (
        (SecurityRequirement(scheme="token"),),
        (SecurityRequirement(scheme="key"), SecurityRequirement(scheme="login", scopes=("read",))),
        (),
    )
    assert context.operations[1].security == ()


def test_servers_with_variables() -> None:
    context = api(
        servers=[{"url": "https://{region}.a.example", "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}}}]
    )

    assert context.servers[0].url == "https://{region}.a.example"
    assert [(v.name, v.default, v.enum) for v in context.servers[0].variables] == [("region", "eu", ("eu", "us"))]


def test_a_callback_that_leads_back_to_its_operation_ends_there() -> None:
    answer = {"responses": {"200": {"description": ""}}}
    again = {"again": {"$ref": "#/components/callbacks/Again"}}
    context = lower(read_document({
        "openapi": "3.1.0",
        "info": {"title": "Circle", "version": "1"},
        "paths": {"/subs": {"post": {"operationId": "sub", **answer, "callbacks": again}}},
        "components": {"callbacks": {"Again": {"{$url}": {"post": {**answer, "callbacks": again}}}}},
    }))
    assert [operation.operation_id for operation in context.operations] == ["sub"]
    assert len(context.webhooks) == 1
    assert [found.code for found in context.diagnostics].count("callback-recursive") == 1


def test_webhooks_and_callbacks() -> None:
    hook = {"post": {"requestBody": json_body(ref("Happened")), "responses": {"200": {"description": ""}}}}
    context = api(
        {"Happened": {"type": "object", "properties": {"id": {"type": "integer", "readOnly": True}}}},
        {
            "/a": {
                "post": {
                    "operationId": "a",
                    "responses": {"204": {"description": ""}},
                    "callbacks": {"done": {"{$request.body#/url}": hook}},
                }
            }
        },
        webhooks={"happened": hook},
    )

    assert [w.path for w in context.webhooks] == ["{$request.body#/url}", "happened"]
    assert list(context.schemas) == ["Happened"]
    assert context.schemas["Happened"].home is None


def test_request_response_and_patch_variants() -> None:
    user = {
        "type": "object",
        "required": ["id", "name", "password", "address"],
        "properties": {
            "id": {"type": "integer", "readOnly": True},
            "name": {"type": "string"},
            "password": {"type": "string", "writeOnly": True},
            "address": ref("Address"),
            "friends": {"type": "array", "items": ref("User")},
        },
    }
    address = {
        "type": "object",
        "required": ["city", "at"],
        "properties": {"city": {"type": "string"}, "at": {"type": "string", "readOnly": True}},
    }
    ok = {"200": answer(ref("User"))}
    context = api(
        {"User": user, "Address": address, "Other": {"type": "object", "properties": {"a": {"type": "string"}}}},
        {
            "/u": {
                method: {"operationId": method, "requestBody": json_body(ref("User")), "responses": ok}
                for method in ("post", "put", "patch")
            }
        },
    )

    assert list(properties(context, "User")) == ["id", "name", "address", "friends"]
    assert list(properties(context, "UserRequest")) == ["name", "password", "address", "friends"]
    assert properties(context, "UserRequest")["address"].type == ReferenceType(name="AddressRequest")
    assert list(properties(context, "AddressRequest")) == ["city"]
    assert all(not p.required for p in properties(context, "PatchedUserRequest").values())
    roles = {name: (schema.role, schema.base) for name, schema in context.schemas.items()}
    assert roles == {
        "User": (Role.RESPONSE, None),
        "UserRequest": (Role.REQUEST, "User"),
        "PatchedUserRequest": (Role.PATCH, "User"),
        "Address": (Role.RESPONSE, None),
        "AddressRequest": (Role.REQUEST, "Address"),
        "Other": (Role.PLAIN, None),
    }


def test_variants_of_the_document_are_related() -> None:
    thing = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
    context = api(
        {
            "Thing": thing,
            "ThingRequest": thing,
            "PatchedThingRequest": {"type": "object", "properties": thing["properties"]},
            "HttpRequest": thing,
            "Http": {"type": "object", "properties": {"x": {"type": "string"}}},
        },
        {
            "/a": {
                "post": {
                    "operationId": "a",
                    "requestBody": json_body(ref("ThingRequest")),
                    "responses": {"200": answer(ref("Thing"))},
                },
                "patch": {
                    "operationId": "b",
                    "requestBody": json_body(ref("PatchedThingRequest")),
                    "responses": {"200": answer(ref("HttpRequest"))},
                },
            }
        },
    )

    found = {name: (s.role, s.base) for name, s in context.schemas.items() if s.role is not Role.PLAIN}
    assert found == {
        "Thing": (Role.RESPONSE, None),
        "ThingRequest": (Role.REQUEST, "Thing"),
        "PatchedThingRequest": (Role.PATCH, "Thing"),
    }


def test_nothing_is_derived_where_nothing_differs() -> None:
    thing = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
    context = api(
        {"Thing": thing},
        {
            "/a": {
                "post": {"operationId": "a", "requestBody": json_body(ref("Thing")), "responses": {"200": answer(ref("Thing"))}}
            }
        },
    )

    assert list(context.schemas) == ["Thing"]
    assert not context.has_request_response_split


def test_homes_are_transitive_and_common_imports_no_tag() -> None:
    schemas: Spec = {
        "A": {"type": "object", "properties": {"b": ref("B"), "s": ref("Shared")}},
        "B": {"type": "object", "properties": {"a": ref("A")}},
        "Shared": {"type": "object", "properties": {"deep": ref("Deep")}},
        "Deep": {"type": "object", "properties": {"x": {"type": "string"}}},
        "Unused": {"type": "object", "properties": {"only": ref("Only")}},
        "Only": {"type": "object", "properties": {"x": {"type": "string"}}},
    }
    context = api(
        schemas,
        {
            "/a": {"get": {"operationId": "a", "tags": ["one", "x"], "responses": {"200": answer(ref("A"))}}},
            "/b": {"get": {"operationId": "b", "tags": ["two"], "responses": {"200": answer(ref("Shared"))}}},
            "/c": {"get": {"operationId": "c", "responses": {"200": answer(ref("Only"))}}},
        },
        tags=[{"name": "two", "description": "Second."}, {"name": "unused"}],
    )

    assert {name: schema.home for name, schema in context.schemas.items()} == {
        "A": "one",
        "B": "one",
        "Shared": None,
        "Deep": None,
        "Unused": None,
        "Only": None,
    }
    assert [(tag.name, tag.description) for tag in context.tags] == [("two", "Second."), ("one", None), ("default", None)]


def _page(query: list[str], body: Spec, headers: Spec = None) -> Pagination | None:
    parameters = [{"name": name, "in": "query", "schema": {"type": "integer"}} for name in query]
    response = {**answer(body), **({"headers": headers} if headers else {})}
    return operation(
        parameters=parameters, responses={"200": response}, schemas={"Thing": {"type": "object", "properties": {"a": {}}}}
    ).pagination


ITEMS = {"type": "array", "items": ref("Thing")}
LINK = {"type": "string", "format": "uri", "nullable": True}


def _object(**props: Spec) -> Spec:
    return {"type": "object", "properties": props}


@pytest.mark.parametrize(
    ("query", "body", "headers", "expected"),
    [
        (
            ["page", "page_size"],
            _object(count={"type": "integer"}, next=LINK, previous=LINK, results=ITEMS),
            None,
            {
                "style": "page",
                "parameter": "page",
                "size_parameter": "page_size",
                "items": ("results",),
                "next": ("next",),
                "total": ("count",),
            },
        ),
        (
            ["limit", "offset"],
            _object(count={"type": "integer"}, next=LINK, previous=LINK, results=ITEMS),
            None,
            {
                "style": "offset",
                "parameter": "offset",
                "size_parameter": "limit",
                "items": ("results",),
                "next": ("next",),
                "total": ("count",),
            },
        ),
        (
            ["cursor"],
            _object(next=LINK, previous=LINK, results=ITEMS),
            None,
            {"style": "cursor", "parameter": "cursor", "items": ("results",), "next": ("next",)},
        ),
        (
            ["page", "per_page"],
            ITEMS,
            {"Link": {"schema": {"type": "string"}}},
            {"style": "link-header", "size_parameter": "per_page", "items": ()},
        ),
        (
            ["pageToken", "pageSize"],
            _object(nextPageToken={"type": "string"}, items=ITEMS),
            None,
            {
                "style": "cursor",
                "parameter": "pageToken",
                "size_parameter": "pageSize",
                "items": ("items",),
                "next": ("nextPageToken",),
            },
        ),
        (
            ["cursor", "limit"],
            _object(data=ITEMS, meta=_object(next_cursor={"type": "string"}, has_more={"type": "boolean"})),
            None,
            {
                "style": "cursor",
                "parameter": "cursor",
                "size_parameter": "limit",
                "items": ("data",),
                "next": ("meta", "next_cursor"),
                "has_more": ("meta", "has_more"),
            },
        ),
        (
            ["limit", "offset"],
            _object(data=ITEMS, total_count={"type": "integer"}),
            None,
            {"style": "offset", "parameter": "offset", "size_parameter": "limit", "items": ("data",), "total": ("total_count",)},
        ),
    ],
)
def test_pagination_is_recognised(query: list[str], body: Spec, headers: Spec, expected: dict[str, Any]) -> None:
    found = _page(query, body, headers)

    assert found == Pagination(item_type=ReferenceType(name="Thing"), **expected)


@pytest.mark.parametrize(
    ("query", "body"),
    [
        (["page"], ITEMS),
        ([], _object(count={"type": "integer"}, results=ITEMS)),
        (["cursor"], _object(data=ITEMS)),
        (["page"], _object(a=ITEMS, b=ITEMS, total={"type": "integer"})),
        (["page"], _object(name={"type": "string"})),
        (["after"], ITEMS),
    ],
)
def test_pagination_is_not_guessed(query: list[str], body: Spec) -> None:
    assert _page(query, body) is None


def test_lists() -> None:
    assert operation(responses={"200": answer({"type": "array", "items": {"type": "string"}})}).is_list
    assert not operation(responses={"200": answer({"type": "object", "properties": {"a": {"type": "string"}}})}).is_list


def test_paging_by_the_caller() -> None:
    described = document(
        None,
        {
            "/a": {
                "get": {
                    "operationId": "a",
                    "parameters": [{"name": "von", "in": "query", "schema": {"type": "integer"}}],
                    "responses": {"200": answer(_object(dinge={"type": "array", "items": {"type": "string"}}, x=ITEMS))},
                }
            }
        },
    )
    described["components"]["schemas"]["Thing"] = {"type": "object"}
    rule = PagingRule(operations=("a",), style="offset", parameter="von", items="dinge")

    found = lower(read_document(described), paging=(rule,)).operations[0]

    assert found.pagination == Pagination(style="offset", parameter="von", items=("dinge",), item_type=STRING)


def test_a_form_that_is_no_object_is_anything() -> None:
    found = operation(
        method="post", requestBody=json_body({"type": "array", "items": {"type": "string"}}, "multipart/form-data")
    ).request_body

    assert found is not None and found.contents[0].type == ANYTHING
