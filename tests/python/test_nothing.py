"""Types that hold nothing but null: what is made of them imports, and type checkers take it."""

from __future__ import annotations

from pathlib import Path

import specloom
from tests.harness.python import check_mypy, import_all
from tests.harness.tools import write_files

DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1"},
    "paths": {
        "/things": {
            "get": {
                "operationId": "follow",
                "responses": {"200": {"description": "Done.", "content": {"text/event-stream": {"schema": {"type": "null"}}}}},
            }
        }
    },
    "components": {
        "schemas": {
            "Nothing": {"description": "Never anything.", "type": "null"},
            "Same": {"$ref": "#/components/schemas/Nothing"},
            "Thing": {
                "type": "object",
                "properties": {
                    "a": {"$ref": "#/components/schemas/Nothing"},
                    "b": {"$ref": "#/components/schemas/Same"},
                    "c": {"type": "null", "description": "Nothing either."},
                    "d": {"anyOf": [{"$ref": "#/components/schemas/Same"}, {"type": "string"}]},
                },
            },
        }
    },
}


def test_null_alone_is_a_type(tmp_path: Path) -> None:
    write_files(specloom.emit(specloom.load(DOCUMENT), "python"), tmp_path / "things")
    assert import_all(tmp_path, ["things"]) == []
    assert check_mypy(tmp_path, ["things"]) == []
