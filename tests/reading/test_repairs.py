"""Every row of the table of repairs: what is wrong, what it is read as, and that the repair says so."""

from __future__ import annotations

import copy
from enum import Enum

import pytest

from specloom.ir.diagnostics import Severity
from specloom.reading import JSON, Document, locate, read_document
from specloom.reading.naming import derived_id
from specloom.reading.repairs import REPAIRS


class Absent(Enum):
    """That a key is not there; its text is the same in every process, as the names of tests have to be."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


def document(version: str = "3.1.0", **more: object) -> dict[str, object]:
    return {"openapi": version, "info": {"title": "x", "version": "1"}, "paths": {}, **more}


def codes(read: Document) -> list[str]:
    return [d.code for d in read.diagnostics if d.code != "no-operations"]


def part(read: Document, *keys: str | int) -> JSON:
    here: JSON = dict(read.root)
    for key in keys:
        here = here[key]  # type: ignore[index] # the test knows what it is
    return here


SCHEMAS: list[tuple[str, str, dict[str, object], object]] = [
    ("schema-type", "3.1.0", {"type": "any"}, {}),
    ("schema-type", "3.1.0", {"type": "file"}, {"type": "string", "format": "binary"}),
    ("schema-type", "3.1.0", {"type": "String"}, {"type": "string"}),
    ("schema-type", "3.1.0", {"type": "int", "minimum": 1}, {"type": "integer", "minimum": 1}),
    ("schema-type", "3.1.0", {"type": "float"}, {"type": "number", "format": "float"}),
    ("schema-type", "3.1.0", {"type": "uuid"}, {"type": "string", "format": "uuid"}),
    ("schema-type", "3.1.0", {"type": "date", "format": "x"}, {"type": "string", "format": "x"}),
    ("schema-type", "3.1.0", {"type": "wat"}, {}),
    ("schema-type", "3.1.0", {"type": 3}, {}),
    ("schema-type", "3.1.0", {"type": None}, {"type": "null"}),
    ("schema-type", "3.0.0", {"type": None}, {"enum": [None], "nullable": True}),
    ("schema-type", "3.0.0", {"type": "null"}, {"enum": [None], "nullable": True}),
    ("schema-type", "3.0.0", {"type": ["string", "null"]}, {"type": "string", "nullable": True}),
    ("schema-type", "3.0.0", {"type": ["string", "integer"]}, {"anyOf": [{"type": "string"}, {"type": "integer"}]}),
    ("schema-type", "3.1.0", {"type": ["String", None]}, {"type": ["string", "null"]}),
    ("schema-type", "3.1.0", {"type": ["string", "string"]}, {"type": ["string"]}),
    ("schema-type", "3.1.0", {"type": ["string", "wat"]}, {"type": ["string"]}),
    ("schema-type", "3.1.0", {"type": []}, {}),
    ("boolean-required", "3.1.0", {"type": "object", "properties": {"a": {"type": "string", "required": True}}},
     {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}),
    ("boolean-required", "3.0.0", {"type": "object", "required": ["b"], "properties": {"a": {"required": "true"}, "b": {}}},
     {"type": "object", "required": ["b", "a"], "properties": {"a": {}, "b": {}}}),
    ("boolean-required", "3.1.0", {"type": "object", "properties": {"a": {"type": "string", "required": False}}},
     {"type": "object", "properties": {"a": {"type": "string"}}}),
    ("boolean-required", "3.1.0", {"type": "string", "required": True}, {"type": "string"}),
    ("boolean-required", "3.1.0", {"type": "object", "required": ["a", "a"]}, {"type": "object", "required": ["a"]}),
    ("boolean-required", "3.0.0", {"type": "object", "required": []}, {"type": "object"}),
    ("schema-enum", "3.1.0", {"enum": "a"}, {"enum": ["a"]}),
    ("schema-enum", "3.1.0", {"type": "string", "enum": []}, {"type": "string"}),
    ("schema-enum", "3.1.0", {"type": "string", "enum": [1, True, 1.5, "a", None]},
     {"type": "string", "enum": ["1", "true", "1.5", "a", None]}),
    ("schema-enum", "3.1.0", {"type": "integer", "enum": ["1", "-2"]}, {"type": "integer", "enum": [1, -2]}),
    ("schema-enum", "3.1.0", {"enum": [1, 1.0, True, "1", "1"]}, {"enum": [1, True, "1"]}),
    ("array-items", "3.0.0", {"type": "array"}, {"type": "array", "items": {}}),
    ("array-items", "3.0.0", {"type": "array", "items": [{"type": "string"}, {"type": "integer"}]},
     {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}),
    ("array-items", "3.1.0", {"type": "array", "items": [{"type": "string"}], "additionalItems": {"type": "integer"}},
     {"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "integer"}}),
    ("type-inferred", "3.1.0", {"properties": {"a": {"type": "string"}}},
     {"properties": {"a": {"type": "string"}}, "type": "object"}),
    ("type-inferred", "3.0.0", {"items": {"type": "string"}}, {"items": {"type": "string"}, "type": "array"}),
    ("exclusive-bound", "3.1.0", {"type": "integer", "minimum": 1, "exclusiveMinimum": True},
     {"type": "integer", "exclusiveMinimum": 1}),
    ("exclusive-bound", "3.1.0", {"type": "integer", "maximum": 1, "exclusiveMaximum": False}, {"type": "integer", "maximum": 1}),
    ("exclusive-bound", "3.0.0", {"type": "integer", "exclusiveMaximum": 5},
     {"type": "integer", "maximum": 5, "exclusiveMaximum": True}),
    ("nullable-3.1", "3.1.0", {"type": "string", "nullable": True}, {"type": ["string", "null"]}),
    ("nullable-3.1", "3.1.0", {"type": "string", "enum": ["a"], "nullable": True}, {"type": ["string", "null"],
     "enum": ["a", None]}),
    ("nullable-3.1", "3.1.0", {"type": "string", "nullable": False}, {"type": "string"}),
    ("nullable-3.1", "3.1.0", {"$ref": "#/components/schemas/Other", "nullable": True},
     {"anyOf": [{"$ref": "#/components/schemas/Other"}, {"type": "null"}]}),
    ("nullable-3.1", "3.1.0", {"allOf": [{"$ref": "#/components/schemas/Other"}], "nullable": True},
     {"anyOf": [{"$ref": "#/components/schemas/Other"}, {"type": "null"}]}),
    ("nullable-3.1", "3.1.0", {"oneOf": [{"type": "string"}], "nullable": True}, {"oneOf": [{"type": "string"},
     {"type": "null"}]}),
    ("schema-examples", "3.1.0", {"type": "string", "examples": {"a": {"value": "x"}, "b": "y"}},
     {"type": "string", "examples": ["x", "y"]}),
    ("empty-composition", "3.0.0", {"allOf": [], "type": "string"}, {"type": "string"}),
    ("multiple-of", "3.1.0", {"type": "number", "multipleOf": 0}, {"type": "number"}),
    ("read-and-write-only", "3.1.0", {"type": "string", "readOnly": True, "writeOnly": True}, {"type": "string"}),
    ("discriminator-property", "3.1.0", {"type": "object", "discriminator": {"mapping": {}}}, {"type": "object"}),
    ("dynamic-ref", "3.1.0", {"$dynamicAnchor": "n", "type": "array", "items": {"$dynamicRef": "#n"}},
     {"$dynamicAnchor": "n", "type": "array", "items": {"$ref": "#/components/schemas/It"}}),
    ("newer-keyword", "3.0.0", {"const": 1}, {"const": 1}),
    ("boolean-schema", "3.0.0", {"type": "object", "properties": {"a": True, "b": False}},
     {"type": "object", "properties": {"a": {}, "b": {"not": {}}}}),
    ("wrong-type", "3.1.0", {"type": "string", "maxLength": "5", "description": 1, "deprecated": "true", "pattern": []},
     {"type": "string", "maxLength": 5, "description": "1", "deprecated": True}),
    ("wrong-type", "3.1.0", {"type": "string", "minLength": -1, "format": {}}, {"type": "string"}),
    ("wrong-type", "3.1.0", {"type": "number", "minimum": "1.5", "maximum": "x"}, {"type": "number", "minimum": 1.5}),
    ("wrong-type", "3.1.0", {"type": "object", "required": "a"}, {"type": "object", "required": ["a"]}),
    ("wrong-type", "3.1.0", {"allOf": {"type": "string"}}, {"allOf": [{"type": "string"}]}),
    ("wrong-type", "3.1.0", {"type": "object", "properties": {"a": "string", "b": 1}},
     {"type": "object", "properties": {"a": {"type": "string"}}}),
    ("wrong-type", "3.1.0", {"type": "object", "properties": []}, {"type": "object"}),
    ("wrong-type", "3.0.0", {"type": "object", "discriminator": "kind"}, {"type": "object",
     "discriminator": {"propertyName": "kind"}}),
    ("wrong-type", "3.1.0", {"$ref": 5, "type": "string"}, {"type": "string"}),
    ("empty-value", "3.1.0", {"type": "object", "description": None, "properties": {"a": None}},
     {"type": "object", "properties": {"a": {}}}),
    ("unknown-keyword", "3.1.0", {"type": "string", "minLenght": 1}, {"type": "string", "minLenght": 1}),
    ("schema-id", "3.1.0", {"$id": "https://example.com/x", "type": "string"}, {"$id": "https://example.com/x",
     "type": "string"}),
]


@pytest.mark.parametrize(("code", "version", "schema", "mended"), SCHEMAS, ids=lambda v: str(v)[:60])
def test_schemas(code: str, version: str, schema: dict[str, object], mended: object) -> None:
    before = copy.deepcopy(schema)
    read = read_document(document(version, components={"schemas": {"It": schema, "Other": {"type": "string"}}}))
    assert part(read, "components", "schemas", "It") == mended
    assert set(codes(read)) == {code}
    assert schema == before


def test_legal_schemas_have_no_diagnostics() -> None:
    legal: dict[str, JSON] = {
        "Any": {}, "Never": {"not": {}}, "Tuple": {"type": "array", "prefixItems": [{"type": "string"}],
         "items": {"type": "string"}},
        "Array": {"type": "array"}, "Null": {"type": "null"}, "Both": {"type": ["string", "null"]}, "Const": {"const": None},
        "Closed": {"type": "object", "additionalProperties": False}, "Conditional": {"if": {}, "then": {}, "else": {}},
        "Extended": {"type": "string", "x-anything": [1]}, "Bound": {"type": "number", "exclusiveMinimum": 0},
        "Property": {"type": "object", "properties": {"$ref": {"type": "string"}, "required": {"type": "boolean"}, "x-a": {}}},
        "Default": {"type": "string", "default": None, "examples": [None], "example": None},
    }
    read = read_document(document(components={"schemas": legal}))
    assert codes(read) == []
    assert part(read, "components", "schemas") == legal


def test_boolean_schemas_are_legal_in_3_1() -> None:
    read = read_document(document(components={"schemas": {"T": True, "A": {"type": "object", "additionalProperties": True,
                                                                          "properties": {"n": False}}}}))
    assert codes(read) == []
    assert part(read, "components", "schemas") == {
        "T": {}, "A": {"type": "object", "additionalProperties": True, "properties": {"n": {"not": {}}}}}


OPERATIONS: list[tuple[list[str], str, str, dict[str, object], dict[str, object]]] = [
    (["path-parameter-undeclared"], "3.1.0", "/a/{id}", {}, {"parameters": [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]}),
    (["path-parameter-unused"], "3.1.0", "/a", {"parameters": [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]}, {"parameters": []}),
    (["path-parameter-required"] * 2, "3.1.0", "/a/{id}/{x}", {"parameters": [
        {"name": "id", "in": "path", "required": False, "schema": {}}, {"name": "x", "in": "path", "schema": {}}]},
     {"parameters": [{"name": "id", "in": "path", "required": True, "schema": {}},
                     {"name": "x", "in": "path", "schema": {}, "required": True}]}),
    (["parameter-duplicate"], "3.1.0", "/a", {"parameters": [
        {"name": "q", "in": "query", "schema": {"type": "string"}}, {"name": "q", "in": "query", "schema": {"type": "integer"}},
        {"name": "q", "in": "header", "schema": {}}]},
     {"parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}, {"name": "q", "in": "header", "schema": {}}]}),
    (["parameter-duplicate"], "3.1.0", "/a", {"parameters": [{"name": "Authorization", "in": "header", "schema": {}}]},
     {"parameters": []}),
    (["parameter-location"], "3.1.0", "/a", {"parameters": [{"name": "q", "in": "Query", "schema": {}}]},
     {"parameters": [{"name": "q", "in": "query", "schema": {}}]}),
    (["parameter-location"] * 2, "3.1.0", "/a", {"parameters": [{"name": "q", "in": "nowhere"}, {"name": "r"}]},
     {"parameters": []}),
    (["parameter-location"], "3.1.0", "/a", {"parameters": [{"name": "q", "in": "querystring", "content": {}}]},
     {"parameters": []}),
    (["parameter-name"], "3.1.0", "/a", {"parameters": [{"in": "query", "schema": {}}]}, {"parameters": []}),
    (["parameter-content"], "3.1.0", "/a", {"parameters": [{"name": "q", "in": "query"}]},
     {"parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}]}),
    (["parameter-content"], "3.1.0", "/a",
     {"parameters": [{"name": "q", "in": "query", "schema": {}, "content": {"application/json": {"schema": {}}}}]},
     {"parameters": [{"name": "q", "in": "query", "schema": {}}]}),
    (["parameter-content"], "3.1.0", "/a",
     {"parameters": [{"name": "q", "in": "query", "content": {"application/json": {"schema": {}},
      "text/plain": {"schema": {}}}}]},
     {"parameters": [{"name": "q", "in": "query", "content": {"application/json": {"schema": {}}}}]}),
    (["parameter-style"], "3.1.0", "/a", {"parameters": [{"name": "q", "in": "query", "style": "simple", "schema": {}}]},
     {"parameters": [{"name": "q", "in": "query", "schema": {}}]}),
    (["examples-shape"], "3.1.0", "/a", {"parameters": [{"name": "q", "in": "query", "schema": {}, "examples": ["a",
     {"value": 1}]}]},
     {"parameters": [{"name": "q", "in": "query", "schema": {}, "examples": {"example1": {"value": "a"},
      "example2": {"value": 1}}}]}),
    (["wrong-type"], "3.1.0", "/a", {"parameters": [{"name": "q", "in": "query", "schema": {}, "examples": {"a": "b"}}]},
     {"parameters": [{"name": "q", "in": "query", "schema": {}, "examples": {"a": {"value": "b"}}}]}),
    (["swagger-2-leftover"] * 2, "3.0.0", "/a", {"parameters": [
        {"name": "q", "in": "query", "type": "array", "items": {"type": "string"}, "collectionFormat": "multi"}]},
     {"parameters": [{"name": "q", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}, "explode": True,
                      "style": "form"}]}),
    (["swagger-2-leftover"], "3.0.0", "/a", {"parameters": [{"name": "b", "in": "body", "required": True,
     "schema": {"type": "string"}}]},
     {"parameters": [], "requestBody": {"content": {"application/json": {"schema": {"type": "string"}}}, "required": True}}),
    (["swagger-2-leftover", "schema-type"], "3.0.0", "/a", {"parameters": [
        {"name": "f", "in": "formData", "type": "file", "required": True}, {"name": "n", "in": "formData", "type": "string"}]},
     {"parameters": [], "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": {
         "type": "object", "properties": {"f": {"type": "string", "format": "binary"}, "n": {"type": "string"}},
         "required": ["f"]}}}}}),
    (["swagger-2-leftover"], "3.0.0", "/a", {"responses": {"200": {"description": "", "schema": {"type": "string"}}}},
     {"responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "string"}}}}}}),
    (["body-content"], "3.0.0", "/a", {"requestBody": {"required": True}}, {"requestBody": {"required": True, "content": {}}}),
    (["body-content"], "3.0.0", "/a", {"requestBody": {"schema": {"type": "string"}}},
     {"requestBody": {"content": {"application/json": {"schema": {"type": "string"}}}}}),
    (["media-type-name"], "3.0.0", "/a", {"requestBody": {"content": {"json": {"schema": {}}}}},
     {"requestBody": {"content": {"application/json": {"schema": {}}}}}),
    (["media-type-name"], "3.0.0", "/a", {"responses": {"200": {"description": "", "content": {"odd": {"schema": {}}}}}},
     {"responses": {"200": {"description": "", "content": {"odd": {"schema": {}}}}}}),
    (["media-type-schema"], "3.0.0", "/a", {"requestBody": {"content": {"application/json": {}}}},
     {"requestBody": {"content": {"application/json": {}}}}),
    (["response-description"], "3.0.0", "/a", {"responses": {"200": {}}}, {"responses": {"200": {"description": ""}}}),
    (["empty-value"], "3.0.0", "/a", {"responses": {"200": None}}, {"responses": {"200": {"description": ""}}}),
    (["wrong-type"], "3.0.0", "/a", {"responses": {"200": "fine"}}, {"responses": {"200": {"description": "fine"}}}),
    (["response-status"] * 5, "3.0.0", "/a",
     {"responses": {"2xx": {"description": "a"}, "Default": {"description": "b"}, "ok": {"description": "c"},
                    "3**": {"description": "d"}, "2XX": {"description": "e"}, "99": {"description": "f"}}},
     {"responses": {"default": {"description": "b"}, "3XX": {"description": "d"}, "2XX": {"description": "e"}}}),
    (["operation-responses"], "3.0.0", "/a", {"responses": ABSENT}, {"responses": {"default": {"description": ""}}}),
    ([], "3.1.0", "/a", {"responses": ABSENT}, {"responses": ABSENT}),
    (["security-scheme-unknown"], "3.1.0", "/a", {"security": [{"gone": []}, {}]}, {"security": [{}]}),
    (["security-scheme-unknown"], "3.1.0", "/a", {"security": [{"gone": []}]}, {"security": ABSENT}),
    (["wrong-type"], "3.1.0", "/a", {"tags": "t"}, {"tags": ["t"]}),
    (["wrong-type"], "3.1.0", "/a", {"tags": [1, None]}, {"tags": ["1"]}),
    (["unknown-keyword"], "3.1.0", "/a", {"sumary": "s"}, {"sumary": "s"}),
    (["missing-field"], "3.1.0", "/a", {"externalDocs": {"description": "d"}}, {"externalDocs": ABSENT}),
    (["operation-id-missing"], "3.1.0", "/a/b", {"operationId": ABSENT}, {"operationId": "get_a_b"}),
    (["wrong-type"], "3.1.0", "/a", {"operationId": 5}, {"operationId": "5"}),
]


@pytest.mark.parametrize(("expected", "version", "path", "given_", "mended"), OPERATIONS, ids=lambda v: str(v)[:60])
def test_operations(expected: list[str], version: str, path: str, given_: dict[str, object], mended: dict[str, object]) -> None:
    base: dict[str, object] = {"operationId": "a", "responses": {"200": {"description": ""}}}
    operation = {key: value for key, value in {**base, **given_}.items() if value is not ABSENT}
    read = read_document(document(version, paths={path: {"get": operation}}))
    assert part(read, "paths", path, "get") == {k: v for k, v in {**base, **mended}.items() if v is not ABSENT}
    assert codes(read) == expected


FINE = {"responses": {"200": {"description": ""}}}

DOCUMENTS: list[tuple[list[str], dict[str, object], dict[str, object]]] = [
    (["info"], {"info": {"title": "x", "version": 2}}, {"info": {"title": "x", "version": "2"}}),
    (["info", "info"], {"info": {}}, {"info": {"title": "API", "version": "0.0.0"}}),
    (["document-parts"], {"info": ABSENT}, {"info": {"title": "API", "version": "0.0.0"}}),
    (["document-parts"], {"info": []}, {"info": {"title": "API", "version": "0.0.0"}}),
    (["document-parts"], {"paths": ABSENT}, {"paths": {}}),
    (["document-parts"], {"openapi": "3.0.0", "paths": ABSENT, "components": {}}, {"openapi": "3.0.0", "paths": {},
     "components": {}}),
    ([], {"paths": ABSENT, "components": {}}, {"paths": ABSENT, "components": {}}),
    (["openapi-version"], {"openapi": "3.2.0"}, {"openapi": "3.2.0"}),
    (["openapi-version"], {"openapi": "3.7.0"}, {"openapi": "3.7.0"}),
    (["openapi-3.2", "openapi-version"], {"openapi": "3.2.0", "$self": "x"}, {"openapi": "3.2.0", "$self": "x"}),
    (["tag-duplicate"], {"tags": [{"name": "a"}, {"name": "b"}, {"name": "a"}]}, {"tags": [{"name": "a"}, {"name": "b"}]}),
    (["wrong-type", "missing-field"], {"tags": ["a", {"description": "d"}]}, {"tags": [{"name": "a"}]}),
    (["server-url"], {"servers": [{"url": "/v1"}]}, {"servers": [{"url": "/v1"}]}),
    (["server-url"], {"servers": [{"url": "https://{h}/"}]},
     {"servers": [{"url": "https://{h}/", "variables": {"h": {"default": "h"}}}]}),
    (["server-url"], {"servers": [{"description": "d"}]}, {"servers": []}),
    (["wrong-type"], {"servers": {"url": "https://a"}}, {"servers": [{"url": "https://a"}]}),
    (["server-variable"], {"servers": [{"url": "https://{h}", "variables": {"h": {"enum": ["a", "b"]}}}]},
     {"servers": [{"url": "https://{h}", "variables": {"h": {"enum": ["a", "b"], "default": "a"}}}]}),
    (["component-name"], {"components": {"schemas": {"a b": {}}}}, {"components": {"schemas": {"a b": {}}}}),
    (["missing-field"], {"info": {"title": "x", "version": "1", "license": {"url": "u"}}}, {"info": {"title": "x",
     "version": "1"}}),
    (["unknown-keyword"], {"pahts": {}}, {"pahts": {}}),
    (["method-case", "path-template"], {"paths": {"a": {"GET": {"operationId": "a", **FINE}}}},
     {"paths": {"/a": {"get": {"operationId": "a", **FINE}}}}),
    (["path-template"], {"paths": {"/a": {}, "a": {}}}, {"paths": {"/a": {}}}),
    (["path-template"], {"paths": {"/a/{x}": {}, "/a/{y}": {}}}, {"paths": {"/a/{x}": {}, "/a/{y}": {}}}),
    (["path-template"], {"paths": {"/a?b=1": {}}}, {"paths": {"/a?b=1": {}}}),
    (["empty-value"], {"paths": {"/a": None, "x-b": None}}, {"paths": {"/a": {}, "x-b": None}}),
    (["openapi-3.2", "openapi-3.2"], {"paths": {"/a": {"query": {}, "additionalOperations": {"COPY": {}}}}},
     {"paths": {"/a": {}}}),
    (["operation-id-duplicate"], {"paths": {"/a": {"get": {"operationId": "a", **FINE}, "put": {"operationId": "a", **FINE}}}},
     {"paths": {"/a": {"get": {"operationId": "a", **FINE}, "put": {"operationId": "a_2", **FINE}}}}),
    (["security-scheme-unknown"], {"security": [{"gone": []}]}, {"security": ABSENT}),
    (["swagger-2-leftover", "schema-type"],
     {"components": {"headers": {"H": {"type": "Integer"}}}},
      {"components": {"headers": {"H": {"schema": {"type": "integer"}}}}}),
    (["parameter-style", "parameter-content", "examples-shape"],
     {"components": {"headers": {"H": {"style": "form", "examples": [1]}}}},
     {"components": {"headers": {"H": {"examples": {"example1": {"value": 1}}, "schema": {"type": "string"}}}}}),
    (["examples-shape"], {"components": {"requestBodies": {"B": {"content": {"a/b": {"schema": {}, "examples": [1]}}}}}},
     {"components": {"requestBodies": {"B": {"content": {"a/b": {"schema": {}, "examples": {"example1": {"value": 1}}}}}}}}),
    (["media-type-name"], {"components": {"responses": {"R": {"description": "", "content": {"*": {"schema": {}}}}}}},
     {"components": {"responses": {"R": {"description": "", "content": {"*/*": {"schema": {}}}}}}}),
]


@pytest.mark.parametrize(("expected", "given_", "mended"), DOCUMENTS, ids=lambda v: str(v)[:60])
def test_documents(expected: list[str], given_: dict[str, object], mended: dict[str, object]) -> None:
    def whole(changes: dict[str, object]) -> dict[str, object]:
        return {key: value for key, value in {**document(), **changes}.items() if value is not ABSENT}

    read = read_document(whole(given_))
    assert read.root == whole(mended)
    assert sorted(codes(read)) == sorted(expected)


@pytest.mark.parametrize(
    ("scheme", "mended"),
    [
        ({"type": "basic"}, {"type": "http", "scheme": "basic"}),
        ({"type": "bearer"}, {"type": "http", "scheme": "bearer"}),
        ({"type": "ApiKey", "name": "k", "in": "header"}, {"type": "apiKey", "name": "k", "in": "header"}),
        ({"type": "apiKey", "in": "header"}, None),
        ({"type": "apiKey", "name": "k", "in": "body"}, None),
        ({"type": "http"}, None),
        ({"type": "magic"}, None),
        ({"description": "d"}, None),
        ({"type": "oauth2", "flow": "accessCode", "authorizationUrl": "a", "tokenUrl": "t", "scopes": {"s": "d"}},
         {"type": "oauth2", "flows": {"authorizationCode": {"authorizationUrl": "a", "tokenUrl": "t", "scopes": {"s": "d"}}}}),
        ({"type": "oauth2"}, {"type": "oauth2", "flows": {}}),
    ],
)
def test_security_schemes(scheme: dict[str, object], mended: object) -> None:
    read = read_document(document(components={"securitySchemes": {"s": scheme}}))
    assert part(read, "components", "securitySchemes") == ({"s": mended} if mended else {})
    assert codes(read) == ["security-scheme"]


def test_scopes_are_an_object() -> None:
    flows = {"implicit": {"authorizationUrl": "u", "scopes": ["a"]}, "password": {"tokenUrl": "t"}}
    read = read_document(document(components={"securitySchemes": {"s": {"type": "oauth2", "flows": flows}}}))
    assert part(read, "components", "securitySchemes", "s", "flows") == {
        "implicit": {"authorizationUrl": "u", "scopes": {"a": ""}}, "password": {"tokenUrl": "t", "scopes": {}}}
    assert codes(read) == ["oauth-scopes", "oauth-scopes"]


def test_every_repair_of_the_table_is_tested_by_name() -> None:
    tested = {code for code, *_ in SCHEMAS} | {c for row in OPERATIONS for c in row[0]} | {c for row in DOCUMENTS for c in row[0]}
    tested |= {"security-scheme", "oauth-scopes", "no-operations"}
    assert {repair.code for repair in REPAIRS} <= tested
    assert all(repair.description and repair.code == repair.code.lower() for repair in REPAIRS)


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (("paths", "/", "get"), "get_root"),
        (("paths", "/pets/{petId}/toys", "get"), "get_pets_by_petId_toys"),
        (("paths", "/a-b/{c.d}.json", "put"), "put_a_b_by_c_d_json"),
        (("paths", "/größe", "get"), "get_größe"),
        (("webhooks", "newPet", "post"), "post_newPet"),
        (("paths", "/a", "post", "callbacks", "onEvent", "{$request.body#/url}", "post"), "post_onEvent"),
    ],
)
def test_operation_ids_come_from_method_and_path(keys: tuple[str, ...], name: str) -> None:
    assert derived_id(keys) == name


def test_ids_the_document_has_go_first() -> None:
    read = read_document(document(paths={
        "/a": {"get": dict(FINE), "post": {"operationId": "x", **FINE}}, "/b": {"get": {"operationId": "get_a", **FINE}},
        "/c": {"get": {"operationId": "x", **FINE}, "put": {"operationId": "x_2", **FINE}}}))
    ids = [part(read, "paths", path, method, "operationId")
           for path, method in [("/a", "get"), ("/a", "post"), ("/b", "get"), ("/c", "get"), ("/c", "put")]]
    assert ids == ["get_a_2", "x", "get_a", "x_3", "x_2"]


def test_one_path_item_at_two_paths_by_alias() -> None:
    read = read_document("openapi: 3.1.0\ninfo: {title: x, version: '1'}\npaths:\n"
                         "  /a/{x}: &item\n    get:\n      responses: {}\n"
                         "  /b: *item\n")
    assert part(read, "paths", "/a/{x}", "get", "operationId") == "get_a_by_x"
    assert part(read, "paths", "/b", "get", "operationId") == "get_b"
    assert "parameters" not in part(read, "paths", "/b", "get")  # type: ignore[operator] # an operation


def test_diagnostics_stand_in_document_order_each_once() -> None:
    text = ("openapi: 3.1.0\ninfo:\n  title: x\n  version: 1.0\npaths:\n  /a:\n    get:\n      responses:\n        200: {}\n"
            "  /b:\n    get:\n      parameters:\n      - $ref: '#/components/parameters/Gone'\n      responses:\n        200:\n"
            "          description: x\ncomponents:\n  schemas:\n    A: {$ref: '#/gone'}\n    B: {type: any}\n"
            "    B: {type: file}\n")
    read = read_document(text)
    assert [(d.code, str(d.place)) for d in locate(read.diagnostics, read)] == [
        ("info", "<text>:4:3"), ("operation-id-missing", "<text>:7:5"), ("response-description", "<text>:9:9"),
        ("operation-id-missing", "<text>:11:5"), ("dangling-ref", "<text>:13:9"), ("duplicate-key", "<text>:21:5"),
        ("dangling-ref", "<text>:19:9"), ("schema-type", "<text>:21:9"),
    ]


def test_what_openapi_pydantic_refuses_is_left_out_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The repairs leave it little to refuse, so here they are blind to one field."""
    from specloom.reading import walk
    from specloom.reading.grammar import ANYTHING, FIELDS, Kind

    blind = {kind: {**fields, **({"maxLength": ANYTHING} if kind is Kind.SCHEMA else {}),
                    **({"name": ANYTHING} if kind is Kind.TAG else {})} for kind, fields in FIELDS.items()}
    monkeypatch.setattr(walk, "FIELDS", blind)
    schemas = {"A": {"type": "object", "properties": {"Schema": {"type": "string", "maxLength": "long"},
        "ok": {"type": "string"}}},
               "B": {"anyOf": [{"type": "string", "maxLength": -1}, {"$ref": "#/components/schemas/A"}]}}
    read = read_document(document(components={"schemas": schemas}, tags=[{"name": {}}, {"name": "ok"}]))
    assert part(read, "components", "schemas") == {
        "A": {"type": "object", "properties": {"Schema": {"type": "string"}, "ok": {"type": "string"}}},
        "B": {"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/A"}]}}
    assert part(read, "tags") == [{"name": "ok"}]
    assert [(d.code, d.pointer, d.severity) for d in read.diagnostics if d.code == "structure"] == [
        ("structure", "/components/schemas/A/properties/Schema/maxLength", Severity.WARNING),
        ("structure", "/components/schemas/B/anyOf/0/maxLength", Severity.WARNING),
        ("structure", "/tags/0", Severity.WARNING), ("structure", "/tags/0/name", Severity.WARNING)]
