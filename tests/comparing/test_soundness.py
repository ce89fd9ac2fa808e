"""No breaking change goes unsaid: random schemas and edits, with a JSON Schema validator as the judge of single values."""

from __future__ import annotations

import copy
import json
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import JsonValue

from specloom.comparing import Change, compare
from tests.comparing.documents import JSON, document, media, read

KEYS = ("p", "q", "r")
ATTEMPTS = 30


class Drawn:
    """Schemas, edits of them and values that fit them, all from one source of chance."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def schema(self, depth: int = 2) -> JSON:
        kinds = ["string", "integer", "number", "boolean", "enum"]
        kind = self.chance.choice([*kinds, "array", "object", "object", "union", "null"] if depth else kinds)
        match kind:
            case "string":
                return {"type": kind, **self._some(minLength=(0, 2), maxLength=(2, 4))}
            case "integer" | "number":
                limits = self._some(minimum=(-2, 0), exclusiveMinimum=(-2, 0), maximum=(2, 5), exclusiveMaximum=(2, 5))
                return {"type": kind, **limits, **self._some(multipleOf=(1, 4))}
            case "boolean":
                return {"type": kind}
            case "enum":
                return {"enum": self.chance.sample(["a", "b", "", 1, 2, True], self.chance.randint(2, 4))}
            case "array":
                limits = self._some(minItems=(0, 1), maxItems=(1, 3))
                return {"type": kind, "items": self.schema(depth - 1), **limits}
            case "object":
                names = self.chance.sample(KEYS, self.chance.randint(1, 3))
                required = [name for name in names if self.chance.random() < 0.5]
                made: JSON = {"type": kind, "properties": {name: self.schema(depth - 1) for name in names}}
                closed = {"additionalProperties": False} if self.chance.random() < 0.2 else {}
                return {**made, **({"required": required} if required else {}), **closed}
            case "union":
                return {"anyOf": [self.schema(depth - 1) for _ in range(self.chance.randint(2, 3))]}
            case _:
                return {"anyOf": [self.schema(depth - 1), {"type": "null"}]}

    def _some(self, **limits: tuple[int, int]) -> JSON:
        return {key: self.chance.randint(*span) for key, span in limits.items() if self.chance.random() < 0.25}

    def edited(self, schema: JSON) -> JSON:
        made: JSON = copy.deepcopy(schema)
        node = self.chance.choice(list(inner_schemas(made)))
        choice = self.chance.random()
        if choice < 0.25:
            replaced = self.schema(1)
            node.clear()
            node.update(replaced)
        elif choice < 0.4:
            wrapped = dict(node)
            node.clear()
            node["anyOf"] = [wrapped, self.chance.choice([{"type": "null"}, self.schema(1)])]
        elif "properties" in node:
            self._edit_object(node)
        elif "enum" in node:
            node["enum"] = [*node["enum"], "z"] if self.chance.random() < 0.5 else node["enum"][1:]
        elif "anyOf" in node:
            node["anyOf"].pop(self.chance.randrange(len(node["anyOf"])))
        else:
            for key in ("minimum", "maximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems"):
                if key in node and self.chance.random() < 0.5:
                    del node[key]
        return made

    def _edit_object(self, node: JSON) -> None:
        name, required = self.chance.choice(KEYS), set(node.pop("required", ()))
        if name in node["properties"] and self.chance.random() < 0.5:
            del node["properties"][name]
            required.discard(name)
        elif name in node["properties"]:
            required ^= {name}
        else:
            node["properties"][name] = self.schema(1)
            required |= {name} if self.chance.random() < 0.5 else set()
        if required:
            node["required"] = sorted(required)

    def value(self, schema: JSON) -> JsonValue:
        """A value that fits but for its limits, with no keys that the schema does not name."""
        if "anyOf" in schema:
            return self.value(self.chance.choice(schema["anyOf"]))
        if "enum" in schema:
            return self.chance.choice(schema["enum"])
        match schema["type"]:
            case "string":
                return "x" * self.chance.randint(0, 5)
            case "integer":
                return self.chance.randint(-4, 8)
            case "number":
                return self.chance.randint(-8, 16) / 2
            case "boolean":
                return self.chance.random() < 0.5
            case "array":
                return [self.value(schema["items"]) for _ in range(self.chance.randint(0, 3))]
            case "object":
                required = schema.get("required", ())
                each = schema["properties"].items()
                return {name: self.value(inner) for name, inner in each if name in required or self.chance.random() < 0.6}
            case _:
                return None


def inner_schemas(schema: JSON) -> list[JSON]:
    inner = [*schema.get("properties", {}).values(), *schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())]
    return [schema, *(each for one in inner for each in inner_schemas(one))]


def open_to_more(schema: JsonValue) -> JsonValue:
    """What a client checks that ignores keys it does not know."""
    if isinstance(schema, list):
        return [open_to_more(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: open_to_more(each) for key, each in schema.items() if key != "additionalProperties"}


def changes(old: list[JSON], new: list[JSON]) -> tuple[dict[str, list[Change]], set[str]]:
    """What changed in each schema, sent as ``S`` and its number and answered as ``A``; and those the reader had to mend."""
    apis = [read(_api(schemas)) for schemas in (old, new)]
    found: dict[str, list[Change]] = {}
    for change in compare(*apis).changes:
        found.setdefault(change.place.schema or _user(change), []).append(change)
    mended = {d.pointer.split("/")[3] for api in apis for d in api.diagnostics if d.severity == "warning" and d.pointer}
    return found, mended


def _user(change: Change) -> str:
    """The schema that an operation is about: that null is allowed is said where a schema is mentioned."""
    method, _, path = (change.place.operation or "").partition(" ")
    return f"{'S' if method == 'POST' else 'A'}{path[1:]}"


def _api(schemas: list[JSON]) -> JSON:
    paths: JSON = {}
    for number in range(len(schemas)):
        sent, got = (media({"$ref": f"#/components/schemas/{letter}{number}"}) for letter in "SA")
        paths[f"/{number}"] = {
            "post": {"operationId": f"s{number}", "requestBody": sent, "responses": {"204": {"description": ""}}},
            "get": {"operationId": f"a{number}", "responses": {"200": {"description": "", **got}}},
        }
    return document(paths, {f"{letter}{number}": schema for number, schema in enumerate(schemas) for letter in "SA"})


@settings(max_examples=8)
@given(st.randoms(use_true_random=False).map(lambda chance: Random(chance.getrandbits(64))))
def test_what_a_client_meets_is_said(chance: Random) -> None:
    """A value that was fit to be sent and is no longer, or is answered now and was not, makes a comparison breaking."""
    drawn = Drawn(chance)
    olds = [drawn.schema() for _ in range(30)]
    news = [drawn.edited(schema) for schema in olds]
    news = [new if all(each.get("enum", 1) and each.get("anyOf", 1) for each in inner_schemas(new)) else old
            for old, new in zip(olds, news, strict=True)]
    found, mended = changes(olds, news)
    for number, (old, new) in enumerate(zip(olds, news, strict=True)):
        was, now, tolerant = (Draft202012Validator(schema) for schema in (old, new, open_to_more(old)))
        sent, answered = ([drawn.value(schema) for _ in range(ATTEMPTS)] for schema in (old, new))
        refused = [value for value in sent if was.is_valid(value) and not now.is_valid(value)]
        unexpected = [value for value in answered if now.is_valid(value) and not tolerant.is_valid(value)]
        for letter, witnesses in (("S", refused), ("A", unexpected)):
            name = f"{letter}{number}"
            if witnesses and name not in mended:
                said = found.get(name, [])
                assert any(change.breaking for change in said), json.dumps([letter, old, new, witnesses[0]])


@settings(max_examples=20)
@given(st.randoms(use_true_random=False).map(lambda chance: Random(chance.getrandbits(64))))
def test_no_change_is_said_of_a_schema_that_stays(chance: Random) -> None:
    drawn = Drawn(chance)
    schemas = [drawn.schema(3) for _ in range(5)]
    assert changes(schemas, copy.deepcopy(schemas))[0] == {}


@settings(max_examples=25)
@given(st.randoms(use_true_random=False).map(lambda chance: Random(chance.getrandbits(64))))
def test_a_required_property_that_came_or_went_is_breaking_where_it_counts(chance: Random) -> None:
    """Somewhere in random schemas: one that requests now need, and one that answers no longer have."""
    drawn = Drawn(chance)
    with_it, without = [], []
    for _ in range(5):
        around = {"type": "object", "properties": {"inside": drawn.schema(), "beside": drawn.schema(1)}}
        node = chance.choice([each for each in inner_schemas(around) if "properties" in each and _stands_alone(around, each)])
        without.append(copy.deepcopy(around))
        node["properties"]["added"] = drawn.schema(1)
        node["required"] = [*node.get("required", ()), "added"]
        with_it.append(around)
    forth, back = changes(without, with_it)[0], changes(with_it, without)[0]
    for number in range(5):
        added = [change for change in forth[f"S{number}"] if change.code == "required-property-added"]
        assert [change.breaking for change in added] == [True]
        assert not any(change.breaking for change in forth[f"A{number}"])
        removed = [change for change in back[f"A{number}"] if change.code == "required-property-removed"]
        assert [change.breaking for change in removed] == [True]


def _stands_alone(around: JSON, node: JSON) -> bool:
    """Whether no union holds a schema, where an edit of it may make it another alternative."""
    members = [member for each in inner_schemas(around) for member in each.get("anyOf", ())]
    return not any(node is inner for member in members for inner in inner_schemas(member))
