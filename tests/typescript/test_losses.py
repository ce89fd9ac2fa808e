"""What a TypeScript client does not have, a diagnostic says."""

from __future__ import annotations

import specloom


def _emitted(operation: dict[str, object], schemas: dict[str, object]) -> specloom.Emission:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {"post" if "requestBody" in operation else "get": {"operationId": "things_list", "tags": ["things"],
                                                                             **operation}}},
        "components": {"schemas": schemas},
    }  # fmt: skip
    return specloom.emit(specloom.load(document), "typescript")


def _codes(emission: specloom.Emission) -> list[str]:
    return [found.code for found in emission.diagnostics]


def test_pages_that_may_also_be_text_get_no_iterator_and_a_note() -> None:
    page = {
        "type": "object",
        "required": ["results"],
        "properties": {
            "count": {"type": "integer"},
            "next": {"type": ["string", "null"], "format": "uri"},
            "results": {"type": "array", "items": {"type": "string"}},
        },
    }
    content = {"application/json": {"schema": page}}
    operation: dict[str, object] = {
        "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}],
        "responses": {"200": {"description": "Done.", "content": content}},
    }
    plain = _emitted(operation, {})
    assert "iterate(" in plain["things/client.ts"]
    assert _codes(plain) == []
    content["text/csv"] = {"schema": {"type": "string"}}
    either = _emitted(operation, {})
    assert "iterate(" not in either["things/client.ts"]
    assert _codes(either) == ["paging-not-carried-over"]


def test_headers_of_parts_are_not_carried() -> None:
    body = {
        "content": {
            "multipart/form-data": {
                "schema": {"$ref": "#/components/schemas/Photo"},
                "encoding": {"photo": {"headers": {"X-Size": {"schema": {"type": "integer"}}}}},
            }
        }
    }
    photo = {"type": "object", "properties": {"photo": {"type": "string", "format": "binary"}}}
    emission = _emitted({"requestBody": body, "responses": {"204": {"description": "Done."}}}, {"Photo": photo})
    assert _codes(emission) == ["part-headers-not-carried"]
