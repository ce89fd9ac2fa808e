"""The rows of the coverage list as documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import JsonValue, TypeAdapter

_SHOWN = {"parameters": ["call"], "bodies": ["call"], "responses": ["call"], "security": ["client"], "servers": ["client"]}
_THING: JsonValue = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}
_ANSWER: JsonValue = {
    "200": {"description": "Done.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its group and name, its document, and what of the output is shown."""

    group: str
    name: str
    document: Mapping[str, JsonValue]
    show: tuple[str, ...]

    @property
    def slug(self) -> str:
        """A name for folders, packages and links."""
        return re.sub(r"\W+", "_", f"{self.group} {self.name}".replace("+", "plus ").replace("$", "dollar ")).lower().strip("_")


@cache
def rows() -> tuple[Row, ...]:
    """All rows, in the order of the list."""
    listed = yaml.safe_load((Path(__file__).parent / "rows.yaml").read_text())
    return tuple(_row(entry) for entry in TypeAdapter(list[dict[str, JsonValue]]).validate_python(listed))


def _row(entry: dict[str, JsonValue]) -> Row:
    group, name = str(entry["group"]), str(entry["row"])
    show = entry.get("show") or _SHOWN.get(group, ["Thing"])
    assert isinstance(show, list)
    return Row(group, name, _document(entry), tuple(str(one) for one in show))


def _document(entry: dict[str, JsonValue]) -> dict[str, JsonValue]:
    operation: dict[str, JsonValue] = {
        "operationId": "things_create" if "body" in entry else "things_list",
        "tags": ["things"],
        "responses": entry.get("responses", _ANSWER),
    }
    path = "/things"
    if parameter := entry.get("parameter"):
        assert isinstance(parameter, dict)
        operation["parameters"] = [parameter]
        if parameter["in"] == "path":
            path = f"/things/{{{parameter['name']}}}"
    if "body" in entry:
        operation["requestBody"] = entry["body"]
    if "security" in entry:
        operation["security"] = entry["security"]
    schemas = entry.get("schemas", {})
    assert isinstance(schemas, dict)
    more = entry.get("document", {})
    assert isinstance(more, dict)
    components = more.get("components", {})
    assert isinstance(components, dict)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        **more,
        "paths": {path: {"post" if "body" in entry else "get": operation}},
        "components": {**components, "schemas": {"Thing": _THING, **schemas}},
    }
