"""From document to text: whatever is edited in a description, what a wire name was called and numbered stays, run after run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

import specloom

LOCK = "specloom.lock.json"
SCHEMAS = ["foo", "Foo", "FOO", "bar", "Service", "common"]
PROPERTIES = ["a-b", "a_b", "aB", "AB", "a", "b", "1", "é", "none"]
VALUES = ["on", "ON", "o n", "off", "", "1", "unspecified"]
TYPES = [{"type": "string"}, {"type": "integer"}, {"type": "array", "items": {"type": "string"}}, {"type": "array", "items": {}},
         {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}]
PLACES = ["query", "header"]
EDITS = st.tuples(
    st.sampled_from(["property", "property", "property", "drop", "reverse", "value", "lose", "operation", "stop", "remove"]),
    st.sampled_from(SCHEMAS), st.sampled_from(PROPERTIES), st.sampled_from(VALUES), st.integers(0, len(TYPES) - 1),
)
Edit: TypeAlias = tuple[str, str, str, str, int]


@dataclass(slots=True)
class Description:
    """Schemas with their properties, enums with their values, operations with their parameters."""

    schemas: dict[str, dict[str, int]] = field(default_factory=dict)
    enums: dict[str, list[str]] = field(default_factory=dict)
    operations: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def document(self) -> dict[str, object]:
        objects = {
            name: {"type": "object", "description": f"schema {name}", "properties": {
                each: {**TYPES[kind], "description": f"is {each}"} for each, kind in fields.items()
            }} for name, fields in self.schemas.items()
        }
        enums = {f"{name}Enum": {"type": "string", "enum": values, "description": f"schema {name}Enum"}
                 for name, values in self.enums.items() if values}
        paths = {f"/{name}": {"get": {
            "operationId": name, "tags": [name],
            "parameters": [{"name": each, "in": place, "schema": {"type": "string"}} for each, place in parameters],
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": self._answer(name)}}}},
        }} for name, parameters in self.operations.items()}
        return {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": paths,
                "components": {"schemas": {**objects, **enums}}}

    def _answer(self, name: str) -> dict[str, str]:
        return {"$ref": f"#/components/schemas/{name}"} if name in self.schemas else {"type": "string"}

    def edit(self, edit: Edit) -> None:
        what, name, prop, value, kind = edit
        match what:
            case "property":
                self.schemas.setdefault(name, {})[prop] = kind
            case "drop":
                self.schemas.get(name, {}).pop(prop, None)
            case "reverse":
                self.schemas = {each: dict(reversed(fields.items())) for each, fields in reversed(self.schemas.items())}
                self.enums = {each: values[::-1] for each, values in reversed(self.enums.items())}
            case "value":
                values = self.enums.setdefault(name, [])
                values += [value] if value not in values else []
            case "lose":
                self.enums[name] = [each for each in self.enums.get(name, []) if each != value]
            case "operation":
                parameters = self.operations.setdefault(name, [])
                parameters += [(prop, PLACES[kind % 2])] if (prop, PLACES[kind % 2]) not in parameters else []
            case "stop":
                self.operations.pop(name, None)
            case "remove":
                self.schemas.pop(name, None)
                self.enums.pop(name, None)


_OPEN = re.compile(r" *(message|enum|oneof|service|rpc) (\w+).*\{")
_ROW = re.compile(r" *(?:(?:optional|repeated) )?(?:[\w.]+(?:<.*>)? )?(\w+) = (\d+)(.*)")
_RESERVED = re.compile(r" *reserved (\d.*);")


@dataclass(slots=True)
class Block:
    """A message or an enum as it is printed."""

    schema: str = ""
    numbers: dict[str, int] = field(default_factory=dict)
    reserved: set[int] = field(default_factory=set)


def blocks(files: Mapping[str, str]) -> dict[str, Block]:
    """Every message and enum by its full name; fields by their own name, which is as good as theirs on the wire."""
    found: dict[str, Block] = {}
    for path, text in files.items():
        if path.endswith(".proto"):
            scope: list[str] = [path]
            comment = ""
            for line in text.split("\n"):
                if line.strip().startswith("//"):
                    comment = comment or line.strip()[3:]
                    continue
                if (opened := _OPEN.match(line)) and not line.endswith("}"):
                    scope.append("" if opened[1] in ("oneof", "service", "rpc") else opened[2])
                    if scope[-1]:
                        found[".".join(filter(None, scope))] = Block(comment)
                elif line.strip() in ("}", "};", "];", "}];"):
                    if line.strip() == "}":
                        scope.pop()
                elif (row := _ROW.fullmatch(line)) and len(scope) > 1:
                    found[".".join(filter(None, scope))].numbers[row[1]] = int(row[2])
                elif reserved := _RESERVED.fullmatch(line):
                    block = found[".".join(filter(None, scope))]
                    for part in reserved[1].split(", "):
                        first, _, last = part.partition(" to ")
                        block.reserved.update(range(int(first), int(last or first) + 1))
                comment = ""
    return found


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(EDITS, min_size=1, max_size=4), min_size=2, max_size=6))
def test_no_edit_moves_what_is_in_use(steps: list[list[Edit]]) -> None:
    description, lock = Description(), None
    before: dict[str, Block] = {}
    ever: dict[tuple[str, int], str] = {}
    for edits in steps:
        for edit in edits:
            description.edit(edit)
        made = specloom.emit(specloom.load(description.document()), "proto", lock=lock, compile=False, package="acme.v1")
        lock = made[LOCK]
        now = blocks(made)
        for name, block in now.items():
            earlier = before.get(name)
            if earlier is not None:
                for each in block.numbers.keys() & earlier.numbers.keys():
                    assert block.numbers[each] == earlier.numbers[each], f"{name}.{each} moved"
            assert len(set(block.numbers.values())) == len(block.numbers)
            for each, number in block.numbers.items():
                assert ever.setdefault((name, number), each) == each, f"{name}: {number} was given to something else"
            gone = {number for (scope, number) in ever if scope == name} - set(block.numbers.values())
            assert gone == block.reserved, f"{name} reserves {block.reserved}"
        places = {block.schema: name for name, block in before.items() if block.schema.startswith("schema ")}
        for name, block in now.items():
            assert places.get(block.schema, name) == name, f"{block.schema} was {places.get(block.schema)} and is {name}"
        before = now
    assert any(block.numbers for block in before.values()) or not any(description.schemas.values())
    again = specloom.emit(specloom.load(description.document()), "proto", lock=lock, compile=False, package="acme.v1")
    assert dict(again) == dict(made)
