"""References lead where they say, one spelling each, and never out of the folder unasked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import yaml

from specloom.ir.diagnostics import SpecloomError
from specloom.reading import JSON, Document, Limits, Location, locate, read_document
from specloom.reading.files import url_allowed


def document(schemas: dict[str, object], version: str = "3.1.0", **more: object) -> dict[str, object]:
    return {"openapi": version, "info": {"title": "x", "version": "1"}, "paths": {}, "components": {"schemas": schemas}, **more}


def schemas(read: Document) -> dict[str, JSON]:
    components = read.root["components"]
    assert isinstance(components, dict)
    found = components["schemas"]
    assert isinstance(found, dict)
    return found


def codes(read: Document) -> list[str]:
    return [d.code for d in read.diagnostics if d.code != "no-operations"]


def write(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("ref", "canonical", "value"),
    [
        ("#/components/schemas/A", "#/components/schemas/A", "a"),
        ("#/components/schemas/A/properties/x", "#/components/schemas/A/properties/x", "x"),
        ("#/components/schemas/A~1b", "#/components/schemas/A~1b", "slash"),
        ("#/components/schemas/A~0b", "#/components/schemas/A~0b", "tilde"),
        ("#/components/schemas/A%20b", "#/components/schemas/A b", "space"),
        ("#/components/schemas/100%25", "#/components/schemas/100%25", "percent"),
        ("#/components/schemas/Gr%C3%BC%C3%9Fe", "#/components/schemas/Grüße", "unicode"),
        ("#/components/schemas/Grüße", "#/components/schemas/Grüße", "unicode"),
        ("#/paths/~1pets~1%7Bid%7D/get/responses/200/content/application~1json/schema",
         "#/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema", "path"),
        ("#/components/schemas/L/allOf/0", "#/components/schemas/L/allOf/0", "item"),
        ("#here", "#/components/schemas/Anchored/$defs/inner", "anchor"),
        ("https://example.com/schemas/pet", "#/components/schemas/Named", "id"),
        ("https://example.com/schemas/pet#/properties/x", "#/components/schemas/Named/properties/x", "id-x"),
        ("#/definitions/Old", "#/definitions/Old", "old"),
        ("#/x-shared/S", "#/x-shared/S", "shared"),
    ],
)
def test_local_references_of_every_kind(ref: str, canonical: str, value: str) -> None:
    data = document(
        {
            "A": {"title": "a", "type": "object", "properties": {"x": {"title": "x"}}}, "A/b": {"title": "slash"},
            "A~b": {"title": "tilde"}, "A b": {"title": "space"}, "100%": {"title": "percent"}, "Grüße": {"title": "unicode"},
            "L": {"allOf": [{"title": "item"}]}, "Anchored": {"$defs": {"inner": {"$anchor": "here", "title": "anchor"}}},
            "Named": {"$id": "https://example.com/schemas/pet", "title": "id", "type": "object",
                      "properties": {"x": {"title": "id-x"}}},
            "User": {"type": "object", "properties": {"it": {"$ref": ref}}},
        },
        definitions={"Old": {"title": "old"}},
    )
    data["x-shared"] = {"S": {"title": "shared"}}
    data["paths"] = {"/pets/{id}": {"get": {
        "operationId": "get", "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
        "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"title": "path"}}}}}}}}
    read = read_document(data)
    user = schemas(read)["User"]
    assert user == {"type": "object", "properties": {"it": {"$ref": canonical}}}
    found = read.resolve(canonical)
    assert found is not None
    assert isinstance(found.value, dict)
    assert (found.value["title"], found.location.file) == (value, "")
    assert found.location.ref == canonical


def test_files_beside_and_below_are_read_and_references_become_canonical(tmp_path: Path) -> None:
    write(tmp_path, "shared/pets.yaml", yaml.safe_dump({
        "Pet": {"type": "object", "properties": {"owner": {"$ref": "people/owner.json"}, "other": {"$ref": "#/Pet"},
                                                 "home": {"$ref": "../openapi.json#/components/schemas/Home"}}},
    }))
    write(tmp_path, "shared/people/owner.json", {"type": "object", "properties": {"pets": {"$ref": "../pets.yaml#/Pet"}}})
    path = write(tmp_path, "openapi.json", document({
        "Home": {"type": "string"}, "Pet": {"$ref": "./shared/pets.yaml#/Pet"},
         "Self": {"$ref": "openapi.json#/components/schemas/Home"},
        "Spaced": {"$ref": "shared/a%20b.yaml"},
    }))
    write(tmp_path, "shared/a b.yaml", "type: integer\n")
    read = read_document(path)
    assert codes(read) == []
    assert {name: value["$ref"] for name, value in schemas(read).items() if isinstance(value, dict) and "$ref" in value} == {
        "Pet": "shared/pets.yaml#/Pet", "Self": "#/components/schemas/Home", "Spaced": "shared/a b.yaml#",
    }
    pet = read.resolve("shared/pets.yaml#/Pet")
    assert pet is not None
    assert pet.location == Location("shared/pets.yaml", "/Pet")
    assert isinstance(pet.value, dict)
    assert pet.value["properties"] == {
        "owner": {"$ref": "shared/people/owner.json#"}, "other": {"$ref": "shared/pets.yaml#/Pet"},
        "home": {"$ref": "#/components/schemas/Home"},
    }
    owner = read.resolve("shared/people/owner.json#")
    assert owner is not None
    assert isinstance(owner.value, dict)
    assert owner.value["properties"] == {"pets": {"$ref": "shared/pets.yaml#/Pet"}}
    spaced = read.resolve("shared/a b.yaml#")
    assert spaced is not None
    assert spaced.value == {"type": "integer"}


def test_what_other_files_get_wrong_is_mended_and_located_there(tmp_path: Path) -> None:
    other = write(tmp_path, "models.yaml",
        "Pet:\n  type: object\n  properties:\n    name:\n      type: strng\n      required: true\n")
    path = write(tmp_path, "openapi.json", document({"Pet": {"$ref": "models.yaml#/Pet"}}))
    read = read_document(path)
    found = read.resolve("models.yaml#/Pet")
    assert found is not None
    assert found.value == {"type": "object", "properties": {"name": {}}, "required": ["name"]}
    shown = [str(d.place) for d in locate(read.diagnostics, read) if d.code in ("boolean-required", "schema-type")]
    assert shown == [f"{other}:3:3", f"{other}:5:7"]


def test_every_component_can_be_a_reference(tmp_path: Path) -> None:
    write(tmp_path, "parts.yaml", yaml.safe_dump({
        "id": {"name": "id", "in": "path", "schema": {"type": "string"}}, "ok": {"description": "ok",
         "headers": {"X": {"$ref": "#/head"}}},
        "head": {"schema": {"type": "integer"}}, "body": {"content": {"application/json": {"schema": {"type": "string"}}}},
        "key": {"type": "apiKey", "name": "k", "in": "header"}, "example": {"value": 1}, "link": {"operationId": "a"},
        "item": {"get": {"operationId": "a", "parameters": [{"$ref": "#/id"}], "security": [{"key": []}],
                         "responses": {"200": {"$ref": "#/ok"}}},
                 "put": {"operationId": "b", "parameters": [{"$ref": "#/id"}], "requestBody": {"$ref": "#/body"},
                         "responses": {"200": {"$ref": "#/ok"}}}},
    }))
    path = write(tmp_path, "openapi.json", {
        "openapi": "3.0.3", "info": {"title": "x", "version": "1"}, "paths": {"/a/{id}": {"$ref": "parts.yaml#/item"}},
        "components": {"securitySchemes": {"key": {"$ref": "parts.yaml#/key"}},
         "examples": {"e": {"$ref": "parts.yaml#/example"}},
                       "links": {"l": {"$ref": "parts.yaml#/link"}}, "parameters": {"p": {"$ref": "parts.yaml#/id"}}},
    })
    read = read_document(path)
    assert codes(read) == ["path-parameter-required"]
    paths = read.root["paths"]
    assert isinstance(paths, dict)
    item = paths["/a/{id}"]
    assert isinstance(item, dict)
    assert item["put"] == {"operationId": "b", "parameters": [{"$ref": "parts.yaml#/id"}],
                           "requestBody": {"$ref": "parts.yaml#/body"}, "responses": {"200": {"$ref": "parts.yaml#/ok"}}}
    ok = read.resolve("parts.yaml#/ok")
    assert ok is not None
    assert isinstance(ok.value, dict)
    assert ok.value["headers"] == {"X": {"$ref": "parts.yaml#/head"}}


@pytest.mark.parametrize(
    ("ref", "code", "says"),
    [
        ("../secret.yaml#/A", "ref-outside", 'allow=("../secret.yaml",)'),
        ("sub/../../secret.yaml", "ref-outside", "outside the folder"),
        ("%2e%2e/secret.yaml#/A", "ref-outside", "outside the folder"),
        ("/etc/passwd", "ref-outside", "outside the folder"),
        ("link.yaml", "ref-outside", "outside the folder"),
        ("links/secret.yaml", "ref-outside", "outside the folder"),
        ("https://example.com/a.yaml#/A", "url-not-allowed", 'allow=("https://example.com/a.yaml",)'),
        ("http://127.0.0.1:1/a", "url-not-allowed", "is not fetched"),
        ("//example.com/a.yaml", "url-not-allowed", "is not fetched"),
        ("file:///etc/passwd", "url-not-allowed", "is not fetched"),
    ],
)
def test_what_leaves_the_folder_is_refused_and_says_how_to_allow_it(tmp_path: Path, ref: str, code: str, says: str) -> None:
    folder = tmp_path / "api"
    write(tmp_path, "secret.yaml", "A: {type: string}\n")
    path = write(folder, "openapi.yaml", yaml.safe_dump(document({"A": {"$ref": ref}})))
    (folder / "sub").mkdir()
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "links").symlink_to(tmp_path)
    with pytest.raises(SpecloomError) as caught:
        read_document(path)
    error = next(d for d in caught.value.diagnostics if d.severity == "error")
    assert (error.code, error.pointer) == (code, "/components/schemas/A/$ref")
    assert says in str(error)
    assert error.place is not None
    assert error.place.line == next(n for n, line in enumerate(path.read_text().splitlines(), 1) if ref in line)


def test_what_is_allowed_by_name_is_read(tmp_path: Path) -> None:
    write(tmp_path, "common/a.yaml", "A: {type: string}\nB: {$ref: 'b.yaml#/B'}\n")
    write(tmp_path, "common/b.yaml", "B: {type: integer}\n")
    write(tmp_path, "common-secret/c.yaml", "C: {type: string}\n")
    data = document({"A": {"$ref": "../common/a.yaml#/A"}, "B": {"$ref": "../common/a.yaml#/B"}})
    path = write(tmp_path, "api/openapi.json", data)
    assert codes(read_document(path, allow=["../common"])) == []
    assert codes(read_document(path, allow=[str(tmp_path / "common")])) == []
    with pytest.raises(SpecloomError, match=r"b\.yaml is outside"):
        read_document(path, allow=["../common/a.yaml"])
    outside = write(tmp_path, "api/other.json", document({"C": {"$ref": "../common-secret/c.yaml#/C"}}))
    with pytest.raises(SpecloomError, match="outside"):
        read_document(outside, allow=["../common"])


def test_a_text_has_no_neighbours() -> None:
    with pytest.raises(SpecloomError, match="ref-without-base"):
        read_document(document({"A": {"$ref": "a.yaml#/A"}}))


@pytest.mark.parametrize(
    ("allow", "url", "allowed"),
    [
        ("https://example.com/a.yaml", "https://example.com/a.yaml", True),
        ("https://example.com/schemas/", "https://example.com/schemas/deep/a.yaml", True),
        ("https://example.com/schemas", "https://example.com/schemas/a.yaml", True),
        ("https://example.com", "https://example.com/a.yaml", True),
        ("https://example.com/schemas", "https://example.com/schemas-evil/a.yaml", False),
        ("https://example.com", "https://example.com.evil.org/a.yaml", False),
        ("https://example.com", "https://example.com@evil.org/a.yaml", False),
        ("https://example.com", "http://example.com/a.yaml", False),
        ("https://example.com/a/", "https://example.com/a/../b.yaml", False),
        ("https://example.com/a/", "https://example.com/a/%2e%2e/b.yaml", False),
        ("file:///etc/", "file:///etc/passwd", False),
        ("../shared", "https://example.com/a.yaml", False),
    ],
)
def test_urls_are_allowed_by_whole_segments(allow: str, url: str, allowed: bool) -> None:
    assert url_allowed(url, [allow]) is allowed


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        pages = {"/s/a.yaml": b"A: {type: string}\nB: {$ref: 'b.json'}\n", "/s/b.json": b'{"type": "integer"}',
                 "/s/large.yaml": b"x" * 5000}
        if self.path == "/s/away.yaml":
            self.send_response(302)
            self.send_header("Location", "/secret.yaml")
            self.end_headers()
            return
        self.send_response(200 if self.path in pages else 404)
        self.end_headers()
        self.wfile.write(pages.get(self.path, b"A: {type: boolean}\n"))

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_allowed_url_is_fetched_with_what_it_refers_to(site: str) -> None:
    read = read_document(document({"A": {"$ref": f"{site}/s/a.yaml#/A"}, "B": {"$ref": f"{site}/s/a.yaml#/B"}}),
        allow=[f"{site}/s/"])
    assert codes(read) == []
    found = read.follow(f"{site}/s/a.yaml#/B")
    assert found is not None
    assert (found.value, found.location) == ({"type": "integer"}, Location(f"{site}/s/b.json", ""))


@pytest.mark.parametrize(
    ("name", "says"), [("away.yaml", "not allowed"), ("gone.yaml", "404"), ("large.yaml", "larger than 3,000")]
)
def test_a_fetch_that_fails_is_refused(site: str, name: str, says: str) -> None:
    with pytest.raises(SpecloomError, match=says):
        read_document(document({"A": {"$ref": f"{site}/s/{name}#/A"}}), allow=[f"{site}/s"], limits=Limits(max_bytes=3000))


@pytest.mark.parametrize(
    ("ref", "code", "says"),
    [
        ("#/components/schemas/Pat", "dangling-ref", "did you mean /components/schemas/Pet?"),
        ("#/components/schemas/Pet/properties/none", "dangling-ref", "points at nothing"),
        ("#Pet", "dangling-ref", "anchor"),
        ("#components/schemas/Pet", "dangling-ref", "did you mean #/components/schemas/Pet?"),
        ("gone.yaml#/A", "dangling-ref", "no file gone.yaml"),
        ("broken.yaml#/A", "dangling-ref", "cannot be read: not YAML"),
        ("#/components/parameters/P", "ref-wrong-kind", "is a parameter, not a schema"),
        ("#/components/schemas/Pet/title", "ref-wrong-kind", "no object"),
        ("#/info", "ref-wrong-kind", "info object"),
        ("#", "ref-wrong-kind", "OpenAPI object"),
        ("", "ref-wrong-kind", "OpenAPI object"),
        ("a\0b.yaml", "dangling-ref", "not the name of a file"),
        ("x" * 5000, "dangling-ref", "cannot be read"),
    ],
)
def test_a_reference_to_nothing_useful_is_read_as_anything(tmp_path: Path, ref: str, code: str, says: str) -> None:
    write(tmp_path, "broken.yaml", "a: [\n")
    path = write(tmp_path, "openapi.json", document(
        {"Pet": {"title": "pet", "type": "object"}, "User": {"type": "array", "items": {"$ref": ref}}}))
    data = json.loads(path.read_text())
    data["components"]["parameters"] = {"P": {"name": "p", "in": "query", "schema": {"type": "string"}}}
    path.write_text(json.dumps(data))
    read = read_document(path)
    assert schemas(read)["User"] == {"type": "array", "items": {}}
    found = next(d for d in read.diagnostics if d.code == code)
    assert says in str(found)
    assert found.pointer == "/components/schemas/User/items/$ref"


def test_dangling_parts_of_operations_are_left_out() -> None:
    read = read_document({
        "openapi": "3.0.3", "info": {"title": "x", "version": "1"},
        "paths": {"/a/{id}": {"get": {
            "operationId": "a", "parameters": [{"$ref": "#/components/parameters/Gone"}, {"$ref": "#/components/parameters/Id"}],
            "requestBody": {"$ref": "#/gone"}, "callbacks": {"c": {"$ref": "#/gone"}},
            "responses": {"200": {"$ref": "#/gone"}, "400": {"description": "", "headers": {"H": {"$ref": "#/gone"}},
                                                            "links": {"l": {"$ref": "#/gone"}}}}}},
            "/b": {"$ref": "#/gone"}},
        "components": {"parameters": {"Id": {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}},
                       "examples": {"e": {"$ref": "#/gone"}}, "securitySchemes": {"s": {"$ref": "#/gone"}}},
    })
    assert codes(read) == ["dangling-ref"] * 9
    assert read.root["paths"] == {
        "/a/{id}": {"get": {"operationId": "a", "parameters": [{"$ref": "#/components/parameters/Id"}], "callbacks": {},
                            "responses": {"200": {"description": ""}, "400": {"description": "", "headers": {}, "links": {}}}}},
        "/b": {}}


@pytest.mark.parametrize(
    "loop",
    [
        {"A": {"$ref": "#/components/schemas/A"}},
        {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}},
        {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/C"},
         "C": {"$ref": "#/components/schemas/B"}},
        {"A": {"allOf": [{"$ref": "#/components/schemas/A"}, {"type": "object"}]}},
        {"A": {"allOf": [{"$ref": "#/components/schemas/B"}]}, "B": {"allOf": [{"allOf": [{"$ref": "#/components/schemas/A"}]}]}},
        {"A": {"anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "string"}]}},
        {"A": {"oneOf": [{"$ref": "#/components/schemas/B"}]}, "B": {"oneOf": [{"$ref": "#/components/schemas/A"}]}},
        {"A": {"$ref": "#/components/schemas/A/allOf/0", "allOf": [{"$ref": "#/components/schemas/A"}]}},
    ],
)
def test_loops_with_nothing_between_are_broken_once(loop: dict[str, object]) -> None:
    read = read_document(document(loop))
    assert "ref-loop" in codes(read)

    def expand(value: JSON, open_: tuple[str, ...]) -> None:
        if not isinstance(value, dict):
            return
        ref = value.get("$ref")
        parts = [part for key in ("allOf", "oneOf", "anyOf") if isinstance(of := value.get(key), list) for part in of]
        if isinstance(ref, str):
            assert ref not in open_, "a loop is left"
            found = read.resolve(ref)
            assert found is not None
            expand(found.value, (*open_, ref))
        for part in parts:
            expand(part, open_)

    for name, schema in schemas(read).items():
        expand(schema, (f"#/components/schemas/{name}",))


def test_recursion_with_something_between_stays() -> None:
    data = document({
        "Node": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}}},
        "Tree": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
        "Pet": {"oneOf": [{"$ref": "#/components/schemas/Cat"}], "type": "object"},
        "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "object"}]},
    })
    read = read_document(data)
    assert codes(read) == []
    assert schemas(read) == data["components"]["schemas"]  # type: ignore[index] # a dict


def test_references_beside_other_keys() -> None:
    beside = {"$ref": "#/components/schemas/A", "description": "d", "minLength": 1, "nullable": True, "x-y": 1}
    old = read_document(document({"A": {"type": "string"}, "B": dict(beside)}, "3.0.3"))
    assert schemas(old)["B"] == {"$ref": "#/components/schemas/A", "description": "d", "nullable": True, "x-y": 1}
    assert codes(old) == ["ref-siblings"]
    new = read_document(document({"A": {"type": "string"}, "B": {k: v for k, v in beside.items() if k != "nullable"}}))
    assert schemas(new)["B"] == {k: v for k, v in beside.items() if k != "nullable"}
    assert codes(new) == []


def test_mappings_of_discriminators_are_references() -> None:
    read = read_document(document({
        "Pet": {"oneOf": [{"$ref": "#/components/schemas/Cat"}],
                "discriminator": {"propertyName": "kind", "mapping": {"a": "Cat", "b": "#/components/schemas/Cat", "c": "Gone"}}},
        "Cat": {"type": "object"},
    }))
    pet = schemas(read)["Pet"]
    assert isinstance(pet, dict)
    assert pet["discriminator"] == {"propertyName": "kind",
                                    "mapping": {"a": "#/components/schemas/Cat", "b": "#/components/schemas/Cat"}}
    assert codes(read) == ["dangling-mapping"]


def test_more_files_than_allowed_are_not_read(tmp_path: Path) -> None:
    for number in range(5):
        write(tmp_path, f"{number}.yaml", "type: string\n")
    path = write(tmp_path, "openapi.json", document({f"S{n}": {"$ref": f"{n}.yaml"} for n in range(5)}))
    assert codes(read_document(path)) == []
    with pytest.raises(SpecloomError, match="more than 3 files"):
        read_document(path, limits=Limits(max_files=3))
