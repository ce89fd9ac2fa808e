"""What changes of operations, parameters, bodies, answers, security and servers mean, forth and back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.comparing.documents import JSON, Edit, compared, document, edited, media, mirrored, verdicts

STRING = {"type": "string"}
BASE = document(
    {
        "/books": {
            "get": {
                "operationId": "books_list", "tags": ["books"], "security": [{"key": []}],
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "default": 10}},
                    {"name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "integer"}}},
                    {"name": "X-Trace", "in": "header", "schema": STRING},
                ],
                "responses": {
                    "200": {"description": "all", "headers": {"X-Total": {"schema": {"type": "integer"}}},
                            **media({"type": "array", "items": {"$ref": "#/components/schemas/Book"}})},
                    "404": {"description": "none"},
                },
            },
            "post": {
                "operationId": "books_create", "tags": ["books"], "security": [{"key": []}, {"oauth": ["write"]}],
                "requestBody": media({"$ref": "#/components/schemas/Book"}),
                "responses": {"201": {"description": "it", **media({"$ref": "#/components/schemas/Book"})}},
            },
        },
        "/books/{id}": {"get": {
            "operationId": "books_one", "tags": ["books"], "security": [{"key": []}],
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
            "responses": {"200": {"description": "it", **media({"$ref": "#/components/schemas/Book"})}},
        }},
    },
    {"Book": {"type": "object", "properties": {"title": STRING}}, "Unused": {"type": "object", "properties": {"a": STRING}}},
    servers=[{"url": "https://{region}.example.com/", "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}}}],
    webhooks={"sold": {"post": {
        "operationId": "sold", "requestBody": media({"$ref": "#/components/schemas/Book"}),
        "responses": {"200": {"description": "ok"}},
    }}},
)
BASE["components"]["securitySchemes"] = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "oauth": {"type": "oauth2", "flows": {
        "clientCredentials": {"tokenUrl": "https://example.com/token", "scopes": {"write": "w"}},
    }},
}


def at(*keys: str, value: object = None, gone: bool = False) -> Edit:
    """Sets or removes what the keys lead to."""

    def edit(made: JSON) -> None:
        inner: Any = made
        for key in keys[:-1]:
            inner = inner[int(key)] if isinstance(inner, list) else inner.setdefault(key, {})
        last = int(keys[-1]) if isinstance(inner, list) and keys[-1] != "+" else keys[-1]
        if gone:
            del inner[last]
        elif last == "+":
            inner.append(value)
        else:
            inner[last] = value

    return edit


def path(operation: str, *keys: str, value: object = None, gone: bool = False) -> Edit:
    method, address = operation.split()
    return at("paths", address, method, *keys, value=value, gone=gone)


LIST, ONE, CREATE = "get /books", "get /books/{id}", "post /books"


def query(name: str, **rest: object) -> JSON:
    return {"name": name, "in": "query", "schema": STRING, **rest}


def moved(made: JSON) -> None:
    made["paths"]["/library/books/{id}"] = made["paths"].pop("/books/{id}")


def renamed_path_parameter(made: JSON) -> None:
    item = made["paths"]["/books/{book_id}"] = made["paths"].pop("/books/{id}")
    item["get"]["parameters"][0]["name"] = "book_id"


def renamed_scheme(made: JSON) -> None:
    schemes = made["components"]["securitySchemes"]
    schemes["apiKey"] = schemes.pop("key")
    for item in made["paths"].values():
        for operation in item.values():
            operation["security"] = [
                {"apiKey" if name == "key" else name: scopes for name, scopes in each.items()} for each in operation["security"]
            ]


def renamed_schema(made: JSON) -> None:
    schemas = made["components"]["schemas"]
    schemas["Volume"] = schemas.pop("Book")
    text = {"$ref": "#/components/schemas/Volume"}
    responses = (made["paths"]["/books"]["post"]["responses"]["201"], made["paths"]["/books/{id}"]["get"]["responses"]["200"])
    for body in (*responses, made["paths"]["/books"]["post"]["requestBody"], made["webhooks"]["sold"]["post"]["requestBody"]):
        body["content"]["application/json"]["schema"] = text
    made["paths"]["/books"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["items"] = text


def all_of(*edits: Edit) -> Edit:
    def edit(made: JSON) -> None:
        for each in edits:
            each(made)

    return edit


OTHER = {"operationId": "other", "responses": {"204": {"description": "done"}}}
RANGE = {"2XX": {"description": "all", **media({"type": "array", "items": {"$ref": "#/components/schemas/Book"}})},
         "404": {"description": "none"}}

# the edit, what it is, what the way back is
ROWS: dict[str, tuple[Edit, list[tuple[str, str]], list[tuple[str, str]]]] = {
    "operation": (at("paths", "/other", value={"get": OTHER}), [("operation-added", "C")], [("operation-removed", "B")]),
    "webhook": (at("webhooks", "other", value={"post": OTHER}), [("operation-added", "C")], [("operation-removed", "B")]),
    "moved": (moved, [("operation-moved", "B")], [("operation-moved", "B")]),
    "path parameter": (renamed_path_parameter, [("path-parameter-renamed", "S")], [("path-parameter-renamed", "S")]),
    "operationId": (
        path(LIST, "operationId", value="list_books"), [("operation-id-changed", "S")], [("operation-id-changed", "S")]),
    "tag": (path(LIST, "tags", value=["library"]), [("tag-changed", "S")], [("tag-changed", "S")]),
    "deprecated": (path(LIST, "deprecated", value=True), [("deprecation-added", "C")], [("deprecation-removed", "C")]),
    "parameter": (
        path(LIST, "parameters", "+", value=query("q")), [("parameter-added", "C")], [("parameter-removed", "B")]),
    "required parameter": (
        path(LIST, "parameters", "+", value=query("q", required=True)),
        [("required-parameter-added", "B")], [("required-parameter-removed", "B")]),
    "renamed parameter": (
        path(LIST, "parameters", "0", "name", value="page_size"),
        [("parameter-removed", "B"), ("parameter-added", "C")], [("parameter-removed", "B"), ("parameter-added", "C")]),
    "parameter became required": (
        path(LIST, "parameters", "0", "required", value=True), [("required-added", "B")], [("required-removed", "C")]),
    "parameter type": (
        path(LIST, "parameters", "0", "schema", "type", value="number"), [("type-widened", "S")], [("type-narrowed", "B")]),
    "parameter limit": (
        path(LIST, "parameters", "0", "schema", "maximum", value=50),
        [("constraint-tightened", "B")], [("constraint-loosened", "C")]),
    "parameter default": (
        path(LIST, "parameters", "0", "schema", "default", value=20), [("default-changed", "C")], [("default-changed", "C")]),
    "parameter deprecated": (
        path(LIST, "parameters", "0", "deprecated", value=True), [("deprecation-added", "C")], [("deprecation-removed", "C")]),
    "how a list is written": (
        path(LIST, "parameters", "1", "explode", value=False),
        [("parameter-serialization-changed", "B")], [("parameter-serialization-changed", "B")]),
    "how a value is written": (path(LIST, "parameters", "0", "explode", value=False), [], []),
    "case of a header": (path(LIST, "parameters", "2", "name", value="x-trace"), [], []),
    "request body": (
        path(ONE, "requestBody", value=media(STRING)), [("request-body-added", "C")], [("request-body-removed", "B")]),
    "required request body": (
        path(ONE, "requestBody", value={"required": True, **media(STRING)}),
        [("required-request-body-added", "B")], [("required-request-body-removed", "B")]),
    "body became required": (
        path(CREATE, "requestBody", "required", value=True), [("required-added", "B")], [("required-removed", "C")]),
    "media type of a request": (
        path(CREATE, "requestBody", "content", "application/x-www-form-urlencoded",
             value={"schema": {"$ref": "#/components/schemas/Book"}}),
        [("media-type-added", "C")], [("media-type-removed", "B")]),
    "how a part is written": (
        all_of(path(CREATE, "requestBody", "content", value={"multipart/form-data": {
            "schema": {"type": "object", "properties": {"a": {"type": "array", "items": STRING}}},
            "encoding": {"a": {"contentType": "text/csv"}},
        }})),
        [("media-type-removed", "B"), ("media-type-added", "C")], [("media-type-removed", "B"), ("media-type-added", "C")]),
    "media type of an answer": (
        path(ONE, "responses", "200", "content", "text/csv", value={"schema": STRING}),
        [("media-type-added", "C")], [("media-type-removed", "B")]),
    "parameter of a media type": (
        path(ONE, "responses", "200", "content",
             value={"application/json; charset=utf-8": {"schema": {"$ref": "#/components/schemas/Book"}}}), [], []),
    "body of an answer": (
        path(ONE, "responses", "200", "content", gone=True), [("media-type-removed", "B")], [("media-type-added", "C")]),
    "answer": (
        path(CREATE, "responses", "202", value={"description": "later"}), [("response-added", "C")], [("response-removed", "B")]),
    "error answer": (
        path(CREATE, "responses", "409", value={"description": "is there"}),
        [("error-response-added", "C")], [("error-response-removed", "C")]),
    "a range for a status": (
        path(LIST, "responses", value=RANGE),
        [("response-status-changed", "C"), ("header-removed", "B")], [("response-status-changed", "C"), ("header-added", "C")]),
    "header": (
        path(ONE, "responses", "200", "headers", value={"ETag": {"schema": STRING}}),
        [("header-added", "C")], [("header-removed", "B")]),
    "required header": (
        path(ONE, "responses", "200", "headers", value={"ETag": {"schema": STRING, "required": True}}),
        [("required-header-added", "C")], [("required-header-removed", "B")]),
    "header type": (
        path(LIST, "responses", "200", "headers", "X-Total", "schema", "type", value="number"),
        [("type-widened", "B")], [("type-narrowed", "S")]),
    "what a webhook is called with": (
        path(CREATE, "requestBody", "content", "application/json", "schema", value=STRING),
        [("type-changed", "B")], [("type-changed", "B")]),
    "no credentials": (path(LIST, "security", value=[]), [("security-loosened", "C")], [("security-tightened", "B")]),
    "one more way in": (
        path(LIST, "security", "+", value={"oauth": ["write"]}), [("security-loosened", "C")], [("security-tightened", "B")]),
    "one more scope": (
        path(CREATE, "security", "1", "oauth", value=["write", "admin"]),
        [("security-tightened", "B")], [("security-loosened", "C")]),
    "another way in": (
        path(LIST, "security", value=[{"oauth": ["write"]}]), [("security-changed", "B")], [("security-changed", "B")]),
    "the same in other words": (path(CREATE, "security", value=[{"oauth": ["write"]}, {"key": []}]), [], []),
    "security scheme": (
        at("components", "securitySchemes", "basic", value={"type": "http", "scheme": "basic"}),
        [("security-scheme-added", "C")], [("security-scheme-removed", "S")]),
    "key elsewhere": (
        at("components", "securitySchemes", "key", "in", value="query"),
        [("security-scheme-changed", "B")], [("security-scheme-changed", "B")]),
    "renamed scheme": (renamed_scheme, [("security-scheme-renamed", "S")], [("security-scheme-renamed", "S")]),
    "server": (
        at("servers", "+", value={"url": "https://example.org"}), [("server-added", "C")], [("server-removed", "B")]),
    "value of a server": (
        at("servers", "0", "variables", "region", "enum", value=["eu", "us", "in"]),
        [("server-value-added", "C")], [("server-value-removed", "B")]),
    "default of a server": (
        at("servers", "0", "variables", "region", "default", value="us"),
        [("server-default-changed", "S")], [("server-default-changed", "S")]),
    "slash of a server": (at("servers", "0", "url", value="https://{region}.example.com"), [], []),
    "schema": (
        at("components", "schemas", "More", value={"type": "object", "properties": {"a": STRING}}),
        [("schema-added", "C")], [("schema-removed", "S")]),
    "renamed schema": (renamed_schema, [("schema-renamed", "S")], [("schema-renamed", "S")]),
    "words": (
        all_of(path(LIST, "summary", value="All"), path(LIST, "description", value="all"), at("info", "description", value="x")),
        [], []),
}


@pytest.mark.parametrize("row", ROWS)
def test_a_change_of_the_api(row: str) -> None:
    edit, forth, back = ROWS[row]
    new = edited(BASE, edit)
    assert verdicts(compared(BASE, new)) == forth
    assert verdicts(compared(new, BASE)) == back
    assert sorted(map(mirrored, compared(BASE, new).changes), key=repr) == sorted(
        ((change.code, change.old, change.new) for change in compared(new, BASE).changes), key=repr)


def test_a_part_of_a_form_is_written_in_another_way() -> None:
    def form(content_type: str) -> JSON:
        schema = {"type": "object", "properties": {"a": STRING}}
        body = {"content": {"multipart/form-data": {"schema": schema, "encoding": {"a": {"contentType": content_type}}}}}
        return document({"/a": {"post": {"operationId": "a", "requestBody": body, "responses": {"204": {"description": ""}}}}})

    assert verdicts(compared(form("text/csv"), form("text/plain"))) == [("encoding-changed", "B")]


def test_what_webhooks_are_called_with_is_judged_as_an_answer() -> None:
    def webhook(schema: JSON, status: str = "200") -> JSON:
        called = {"operationId": "a", "requestBody": media(schema), "responses": {status: {"description": ""}}}
        return document({}, webhooks={"a": {"post": called}})

    nullable = {"type": ["string", "null"]}
    assert verdicts(compared(webhook(STRING), webhook(nullable))) == [("nullable-added", "B")]
    assert verdicts(compared(webhook(nullable), webhook(STRING))) == [("nullable-removed", "C")]
    assert verdicts(compared(webhook(STRING), webhook(STRING, "204"))) == [("response-removed", "B"), ("response-added", "C")]


def test_pages() -> None:
    def paged(parameter: str) -> JSON:
        page = {"type": "object", "required": ["results"], "properties": {
            "count": {"type": "integer"}, "next": {"type": ["string", "null"], "format": "uri"},
            "results": {"type": "array", "items": {"type": "string"}},
        }}
        listing = {"operationId": "a", "parameters": [{"name": parameter, "in": "query", "schema": {"type": "integer"}}],
                   "responses": {"200": {"description": "", **media(page)}}}
        return document({"/a": {"get": listing}})

    assert ("pagination-changed", "S") in verdicts(compared(paged("page"), paged("offset")))


def test_security_that_changed_everywhere_is_said_once() -> None:
    def everywhere(made: JSON) -> None:
        for item in made["paths"].values():
            for operation in item.values():
                operation["security"] = [{"oauth": ["write"]}]

    old = edited(BASE, path(CREATE, "security", value=[{"key": []}]))
    old.pop("webhooks")
    (change,) = compared(old, edited(old, everywhere)).changes
    assert (change.code, change.place.pointer) == ("security-changed", "/security")
    assert change.operations == ("GET /books", "POST /books", "GET /books/{id}")


def test_places_say_where() -> None:
    edit = all_of(
        path(LIST, "parameters", "0", "schema", "maximum", value=5),
        path(LIST, "responses", "200", "headers", "X-Total", "required", value=True),
        path(CREATE, "requestBody", "required", value=True),
    )
    places = [(change.place.operation, change.place.pointer) for change in compared(BASE, edited(BASE, edit)).changes]
    assert places == [
        ("GET /books", "/paths/~1books/get/parameters/query/limit/schema/maximum"),
        ("GET /books", "/paths/~1books/get/responses/200/headers/X-Total"),
        ("POST /books", "/paths/~1books/post/requestBody"),
    ]
