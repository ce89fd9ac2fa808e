"""Whatever is handed over, the answer is a document or one clear refusal: code, place and a way out, never a traceback."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specloom.ir.diagnostics import Severity, SpecloomError
from specloom.reading import Limits, locate, read_document

SPECS = Path(__file__).resolve().parents[3] / "shared" / "specs"


def refused(source: str | bytes | Path | dict[str, object], **options: object) -> tuple[str, str]:
    """The code and the whole text of a refusal."""
    with pytest.raises(SpecloomError) as caught:
        read_document(source, **options)  # type: ignore[arg-type] # options of read_document
    errors = [d for d in caught.value.diagnostics if d.severity is Severity.ERROR]
    assert errors
    return errors[0].code, str(caught.value)


@pytest.mark.parametrize(
    ("text", "code", "says", "place"),
    [
        ('swagger: "2.0"\npaths: {}\n', "swagger-2", "swagger2openapi", "1:1"),
        ('{"swagger": "2.0"}', "swagger-2", "Swagger 2.0", "1:1"),
        ("asyncapi: 3.0.0\ninfo: {}\n", "not-openapi", "AsyncAPI", "1:1"),
        ('{"info": {"_postman_id": "x"}, "item": []}', "not-openapi", "Postman", "1:1"),
        ("type Query {\n  a(id: ID!): Int\n}\n", "not-openapi", "GraphQL", "1:1"),
        ('"""Doc"""\nschema {\n  query: Q\n}\n', "not-openapi", "GraphQL", "1:1"),
        ("#%RAML 1.0\ntitle: x\n", "not-openapi", "RAML", "2:1"),
        ("<!DOCTYPE html>\n<html><body>docs</body></html>\n", "not-openapi", "HTML", "1:1"),
        ("<html>\n<body>: </body>\n", "not-openapi", "HTML", "1:1"),
        ('<?xml version="1.0"?>\n<definitions/>\n', "not-openapi", "XML", "1:1"),
        ("# The API\n\nIt does things.\n\n- [a](b)\n", "not-openapi", "Markdown", ":1"),
        ('syntax = "proto3";\nmessage X {}\n', "not-openapi", "Protocol Buffers", "1:1"),
        ('{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}', "not-openapi", "JSON Schema", "1:1"),
        ('{"data": {"__schema": {}}}', "not-openapi", "GraphQL", "1:1"),
        ("- a\n- b\n", "not-openapi", "a list", "1:1"),
        ("hello\nworld\n", "not-openapi", "plain text", "1:1"),
        ("a: 1\n", "not-openapi", "no openapi key", "1:1"),
        ("a: 1\nopenapi: 4.0.0\n", "openapi-version", "4.0", "2:1"),
        ("openapi: '2.0'\n", "openapi-version", "2.0", "1:1"),
        ("openapi: []\n", "openapi-version", "version", "1:1"),
        ("openapi: 3.1.0\n a: 1\n", "yaml-syntax", "not YAML", "2:"),
        ("openapi: *x\n", "yaml-syntax", "alias", "1:10"),
        ('{"openapi": "3.1.0"\n "info": 1}', "json-syntax", "delimiter", "2:2"),
        ('{"openapi": "3.1.0", ', "json-syntax", "not JSON", "1:"),
        ("openapi: 3.1.0\ninfo: 'a\0b'\n", "yaml-syntax", "control characters", "2:9"),
        ("openapi: 3.1.0\n\tinfo: x\n", "yaml-syntax", "tab", "2:1"),
        ("a: &a [*a]\n", "alias-loop", "inside", "1:8"),
        ("a: &a\n  b: {c: *a}\n", "alias-loop", "inside", "2:10"),
    ],
)
def test_text_that_is_no_document_is_refused_with_place_and_hint(text: str, code: str, says: str, place: str) -> None:
    found, message = refused(text)
    assert found == code
    assert says in message
    assert place in message.split(": error")[0]
    assert message.endswith(")"), "a hint"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", "\ufeff\n".encode("utf-16")])
def test_nothing_is_refused(data: bytes) -> None:
    assert refused(data)[0] == "empty-document"


@pytest.mark.parametrize(
    "data", [bytes(range(256)), b"PK\3\4\x14\0\0\0", b"\x89PNG\r\n\x1a\n\0\0\0\r", b"\x1f\x8b\x08\0", b"\x7fELF\2\1\1\0",
             b"%PDF-1.7\n", b"openapi: \xff\xfe\n", b"\xff\xfe\x00\xd8", b"\0\0\0\0\0"],
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    assert refused(data)[0] == "not-text"


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text("openapi: 3.1.0\n")
    assert refused(tmp_path / "gone.yaml")[0] == "file-missing"
    code, message = refused(tmp_path)
    assert (code, "openapi.yaml" in message) == ("file-is-folder", True)
    assert refused("a" * 5000)[0] == "file-unreadable"
    assert refused("a\0b")[0] == "file-unreadable"
    assert refused(tmp_path / "openapi.yaml" / "x")[0] == "file-unreadable"
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    assert refused(loop)[0] == "file-unreadable"


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's answer is given here, because root may read everything."""
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "openapi.yaml"
    path.write_text("openapi: 3.1.0\n")
    monkeypatch.setattr(Path, "open", denied)
    code, message = refused(path)
    assert code == "file-unreadable"
    assert "Permission denied" in message


def test_a_device_without_end_is_refused() -> None:
    assert refused(Path("/dev/zero"), limits=Limits(max_bytes=100_000))[0] == "file-too-large"


def test_fifty_megabytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    code, message = refused(path)
    assert (code, "max_bytes" in message) == ("file-too-large", True)
    assert refused("x: 1\n" * 10, limits=Limits(max_bytes=20))[0] == "file-too-large"


@pytest.mark.parametrize(
    "text",
    [
        '{"openapi": "3.1.0", "x": ' + "[" * 10_000 + "]" * 10_000 + "}",
        '{"openapi": "3.1.0", "x": ' + '{"a":' * 10_000 + "1" + "}" * 10_000 + "}",
        '{"openapi": "3.1.0", "x": ' + "[" * 200 + '"]"' + "]" * 200 + "}",
        "openapi: 3.1.0\nx: " + "[" * 10_000 + "]" * 10_000 + "\n",
        "openapi: 3.1.0\nx:\n" + "".join(" " * i + "a:\n" for i in range(1, 900)),
        "openapi: 3.1.0\nx:\n " + "- " * 10_000 + "1\n",
        "[" * 100_000,
        "openapi: 3.1.0\nx: " + "{a: " * 100_000 + "\n",
    ],
    ids=["json-lists", "json-objects", "json-200", "yaml-lists", "yaml-objects", "yaml-dashes", "json-open", "yaml-open"],
)
def test_what_nests_too_deep_is_refused_with_its_place(text: str) -> None:
    code, message = refused(text)
    assert code == "too-deep"
    assert message.startswith("<text>:")


def test_depth_within_the_limit_is_read_wherever_it_is() -> None:
    schema: dict[str, object] = {"type": "string"}
    for _ in range(48):
        schema = {"type": "array", "items": {"type": "object", "properties": {"a": schema}}} if _ % 2 else {"allOf": [schema]}
    document = {"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "components": {"schemas": {"Deep": schema}}}
    read = read_document(json.dumps(document))
    assert read.root["components"] == document["components"]


def test_data_that_holds_itself_is_refused() -> None:
    data: dict[str, object] = {"openapi": "3.1.0"}
    data["x"] = [data]
    assert refused(data)[0] == "too-deep"
    assert refused({"openapi": "3.1.0", "x": {1, 2}})[0] == "not-plain-data"


def test_an_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    code, message = refused("\n".join(lines))
    assert (code, "$ref" in message) == ("alias-bomb", True)


def test_a_tall_chain_of_aliases_is_too_deep() -> None:
    lines = ["a0: &a0 [x]", *(f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, 300))]
    assert refused("\n".join(lines))[0] == "too-deep"


def test_strict_makes_errors_of_warnings_and_says_where(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text("openapi: 3.1.0\ninfo:\n  title: x\n  version: 1.0\npaths: {}\n")
    assert [d.code for d in read_document(path).diagnostics] == ["info", "no-operations"]
    code, message = refused(path, strict=True)
    assert code == "info"
    assert message.startswith(f"{path}:4:3#/info/version: error info")


def test_what_is_fine_is_fine_when_strict() -> None:
    text = 'openapi: 3.1.0\ninfo: {title: x, version: "1"}\npaths:\n  /a:\n    get:\n      operationId: a\n' \
        '      responses: {"204": {description: none}}\n'
    assert read_document(text, strict=True).diagnostics == ()


def specs() -> list[Path]:
    return sorted(p for p in SPECS.rglob("*") if p.suffix in (".yaml", ".yml", ".json")) if SPECS.is_dir() else []


def test_real_documents_are_there() -> None:
    assert specs(), f"no documents to read: {SPECS} is not there; it holds real OpenAPI documents and comes with the project"


@pytest.mark.parametrize("path", specs(), ids=lambda p: str(p.relative_to(SPECS)))
def test_every_real_document_reads_without_errors(path: Path) -> None:
    try:
        document = read_document(path)
    except SpecloomError as error:
        assert [d.code for d in error.diagnostics] == ["not-openapi"]
        assert b'"openapi"' not in path.read_bytes(), "only a file of loose schemas is no document"
        return
    assert all(d.severity is not Severity.ERROR for d in document.diagnostics)
    small = path.stat().st_size < 1_000_000
    for found in locate(document.diagnostics, document) if small else ():
        assert found.place is not None and found.place.line is not None, found
    if len(document.references.files) == 1:
        again = read_document(dict(document.root))
        assert again.root == document.root, "repaired data needs no further repair"


def hostile(root: object, rng: random.Random) -> object:
    """A document with a few values replaced, moved or removed."""
    root = json.loads(json.dumps(root))
    holders: list[object] = []
    stack = [root]
    while stack:
        here = stack.pop()
        if isinstance(here, dict | list) and here:
            holders.append(here)
            stack += here.values() if isinstance(here, dict) else here
    for _ in range(rng.randint(1, 6)):
        holder = rng.choice(holders)
        value = rng.choice([None, True, False, 0, -1, 1.5, "", "x", "#/components", "#/paths/~1", [], {}, [None], {"$ref": 1},
                            {"$ref": "#"}, {"$ref": "#/components/schemas/Pet"}, ["x", 1], {"a": {"b": [1]}}, 10**400,
                            rng.choice(holders)])
        if isinstance(value, dict | list):
            value = json.loads(json.dumps(value))
        if isinstance(holder, dict) and holder:
            key = rng.choice(list(holder))
            action = rng.randint(0, 3)
            if action == 0:
                del holder[key]
            elif action == 1:
                holder[rng.choice(["$ref", "type", "", "x-", "~", "/", "get", "schema", "required", "parameters"])] = value
            else:
                holder[key] = value
        elif isinstance(holder, list) and holder:
            holder[rng.randrange(len(holder))] = value
    return root


SEEDS: list[dict[str, object]] = [
    {"openapi": version, "info": {"title": "x", "version": "1", "license": {"name": "MIT"}},
     "servers": [{"url": "https://{h}/", "variables": {"h": {"default": "a", "enum": ["a"]}}}],
     "security": [{"key": []}], "tags": [{"name": "t", "externalDocs": {"url": "x"}}],
     "paths": {"/pets/{id}": {
         "parameters": [{"$ref": "#/components/parameters/Id"}],
         "get": {"operationId": "a", "tags": ["t"], "security": [{"key": []}], "parameters": [
             {"name": "q", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}, "style": "form"}],
             "responses": {"200": {"description": "", "headers": {"X": {"schema": {"type": "string"}}},
                                   "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                                   "links": {"l": {"operationId": "a", "parameters": {"id": "$request"}}}},
                           "default": {"$ref": "#/components/responses/Error"}}},
         "post": {"operationId": "b", "requestBody": {"content": {"multipart/form-data": {
             "schema": {"type": "object", "properties": {"f": {"type": "string", "format": "binary"}}, "required": ["f"]},
             "encoding": {"f": {"contentType": "image/png"}}, "examples": {"e": {"value": {}}}}}},
             "callbacks": {"c": {"{$request.body#/url}": {"post": {"responses": {"200": {"description": ""}}}}}},
             "responses": {"201": {"description": ""}}}}},
     "components": {
         "parameters": {"Id": {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}},
         "responses": {"Error": {"description": "", "content": {"application/json": {"schema": {"type": "object"}}}}},
         "securitySchemes": {"key": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "x", "scopes": {"a": "b"}}}}},
         "schemas": {"Pet": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
                             "discriminator": {"propertyName": "kind",
                                               "mapping": {"cat": "#/components/schemas/Cat", "d": "Dog"}}},
                     "Cat": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "additionalProperties": False}]},
                     "Dog": {"allOf": [{"$ref": "#/components/schemas/Base"}], "required": ["kind"], "not": {"type": "null"}
                             if version == "3.1.0" else {"type": "string"}},
                     "Base": {"type": "object", "properties": {"kind": {"type": "string", "enum": ["cat", "dog"]},
                                                               "parent": {"$ref": "#/components/schemas/Pet"}}}}}}
    for version in ("3.0.3", "3.1.0")
]


def test_the_seeds_of_the_mutations_are_fine_themselves() -> None:
    for seed in SEEDS:
        assert {d.severity for d in read_document(seed).diagnostics} <= {Severity.INFO}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.sampled_from(SEEDS))
def test_a_mutated_document_reads_or_is_refused(seed: int, document: dict[str, object]) -> None:
    mutated = hostile(document, random.Random(seed))
    assert isinstance(mutated, dict)
    try:
        read = read_document(mutated)
        placed = locate(read.diagnostics, read)
    except SpecloomError as error:
        assert error.diagnostics
        return
    assert len(placed) == len(read.diagnostics)
    assert read_document(dict(read.root)).root == read.root, "repaired data needs no further repair"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | st.binary(max_size=60).map(lambda b: b"openapi: 3.1.0\n" + b)
       | st.text(max_size=200).map(lambda t: ("openapi: 3.0.0\npaths:\n  /a: " + t).encode("utf-8", "replace")))
def test_random_bytes_read_or_are_refused(data: bytes) -> None:
    try:
        read_document(data)
    except SpecloomError as error:
        assert error.diagnostics


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32))
def test_a_torn_text_reads_or_is_refused(seed: int) -> None:
    rng = random.Random(seed)
    text = json.dumps(SEEDS[seed % 2], indent=rng.choice([None, 1]))
    start = rng.randrange(len(text))
    patch = rng.choice(["", "{", "}", '"', ",", "\0", "\\u0000", "*", "&a", "NaN", "1e999"])
    torn = text[:start] + patch + text[start + rng.randint(0, 9):]
    try:
        read_document(torn)
    except SpecloomError as error:
        assert error.diagnostics


def test_reading_is_the_same_in_every_hash_seed(tmp_path: Path) -> None:
    import subprocess
    import sys

    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(hostile(SEEDS[0], random.Random(7))))
    script = "import sys; from specloom.reading import read_document; d = read_document(sys.argv[1]); " \
        "print(d.root); print(*d.diagnostics, sep='\\n')"
    outputs = {
        subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, check=True,
                       env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
