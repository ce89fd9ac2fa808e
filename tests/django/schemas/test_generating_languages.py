"""Schemas in other languages: their compilers take them, and Zod accepts and refuses what JSON Schema and Python do."""

from __future__ import annotations

import json
import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import BaseModel

import specloom
from specloom.django.schemas.generating import schemas_context, schemas_document, schemas_named, schemas_source
from specloom.django.schemas.generating.context import Mode
from tests.django.schemas.differing import Maker, as_json, outcome
from tests.django.schemas.test_generating import NESTED
from tests.harness.go import build, gofmt_changes, vet
from tests.harness.proto import descriptors, unformatted
from tests.harness.python import black_changes, check_mypy, check_pyright, import_all
from tests.harness.tools import node, run, write_files
from tests.harness.typescript import bundle, compile_typescript, prettier_changes

MODES: tuple[Mode, ...] = ("validation", "serialization")


@pytest.fixture(scope="module")
def schemas() -> list[type[BaseModel]]:
    made = schemas_named(["models_zoo", "models_shop", "models_graph", "auth", "contenttypes", "sessions"])
    nested = [schema for schema, _ in NESTED]
    names = {schema.__name__ for schema in nested}
    return [*(schema for schema in made if schema.__name__ not in names), *dict.fromkeys(nested)]


def emitted(schemas: list[type[BaseModel]], language: str, folder: Path, **options: object) -> list[str]:
    """Writes a folder for each mode; gives the paths of all files."""
    paths: list[str] = []
    for mode in MODES:
        files = dict(specloom.emit(schemas_context(schemas, mode), language, **options))
        write_files(files, folder / mode)
        paths += [f"{mode}/{path}" for path in files]
    return paths


def test_typescript_is_types_and_zod_alone_and_compiles(schemas: list[type[BaseModel]], tmp_path: Path) -> None:
    paths = emitted(schemas, "typescript", tmp_path, client=False, zod=True)
    assert compile_typescript(tmp_path, MODES) == []
    assert prettier_changes(tmp_path, paths) == []
    top = {path for path in paths if path.count("/") == 1}
    assert top == {f"{mode}/{name}.ts" for mode in MODES for name in ("index", "enums", "schema.enums")}


def test_go_is_models_and_what_they_need_and_compiles(schemas: list[type[BaseModel]], tmp_path: Path) -> None:
    paths = [path for path in emitted(schemas, "go", tmp_path, client=False, package_files=False) if path.endswith(".go")]
    (tmp_path / "go.mod").write_text("module example.com/generated\n\ngo 1.24\n")
    assert build(tmp_path) == []
    assert vet(tmp_path) == []
    assert gofmt_changes(tmp_path, paths) == []
    assert not any(word in path for path in paths for word in ("client", "auth", "retry", "exchange", "paging", "smoke"))


def test_proto_compiles(schemas: list[type[BaseModel]], tmp_path: Path) -> None:
    for mode in MODES:
        files = dict(specloom.emit(schemas_context(schemas, mode), "proto", compile=False))
        protos = {path: text for path, text in files.items() if path.endswith(".proto")}
        write_files(protos, tmp_path / mode)
        found = descriptors(tmp_path / mode, protos)
        assert sum(len(file.message_type) for file in found.file) >= len(schemas)
        assert unformatted(protos, tmp_path / f"{mode}-formatted") == ""


def test_the_python_module_is_typed_and_formatted(schemas: list[type[BaseModel]], tmp_path: Path) -> None:
    for mode in MODES:
        text, _ = schemas_source(schemas, schemas_context(schemas, mode), mode)
        write_files({"__init__.py": "", "schemas.py": text}, tmp_path / mode)
    assert import_all(tmp_path, MODES) == []
    assert check_mypy(tmp_path, MODES) == []
    assert check_pyright(tmp_path, MODES) == []
    assert black_changes(tmp_path, [f"{mode}/schemas.py" for mode in MODES]) == []


# --- Zod


_MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
_TEXTS = {"date-time": _MOMENT, "date": r"\d{4}-\d\d-\d\d", "time": r"\d\d:\d\d(:\d\d(\.\d+)?)?"}
FORMATS = FormatChecker(formats=())
for _name, _pattern in _TEXTS.items():
    FORMATS.checks(_name)(lambda value, pattern=_pattern: not isinstance(value, str) or bool(re.fullmatch(pattern, value)))
FORMATS.checks("uuid", raises=ValueError)(lambda value: not isinstance(value, str) or str(UUID(value)) == value.lower())
FORMATS.checks("ipv4", raises=AddressValueError)(lambda value: not isinstance(value, str) or bool(IPv4Address(value)))
FORMATS.checks("ipv6", raises=AddressValueError)(lambda value: not isinstance(value, str) or bool(IPv6Address(value)))

JUDGE = """
import * as all from "./bundle.mjs";
import { readFileSync } from "node:fs";
const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(([name, text]) => all[name].safeParse(JSON.parse(text)).success)));
"""


class Zod:
    """The Zod schemas of a folder, bundled, asked all at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        bundle(folder / "index.ts", folder / "bundle.mjs")
        (folder / "judge.mjs").write_text(JUDGE)

    def accepts(self, inputs: list[tuple[str, str]]) -> list[bool]:
        done = run([node(), self.folder / "judge.mjs"], self.folder, stdin=json.dumps(inputs))
        assert done.returncode == 0, done.stderr[-3000:]
        answer: list[bool] = json.loads(done.stdout)
        return answer


def test_zod_says_what_json_schema_and_python_say(schemas: list[type[BaseModel]], tmp_path: Path) -> None:
    document = schemas_document(schemas)
    emitted(schemas, "typescript", tmp_path, client=False, zod=True)
    root = {"components": document["components"], "$schema": "https://json-schema.org/draft/2020-12/schema"}
    inputs: list[tuple[type[BaseModel], object, bool]] = []
    for schema in schemas:
        if schema.__name__ not in document["components"]["schemas"] or schema.__name__ == "DefaultsSchema":
            continue  # one of two of a name; a default that raises
        judge = Draft202012Validator({**root, "$ref": f"#/components/schemas/{schema.__name__}"}, format_checker=FORMATS)
        maker = Maker(Random(schema.__name__), document)
        for number in range(60):
            data = maker.input(schema.__name__, number % 3)
            known = document["components"]["schemas"][schema.__name__]
            if known.get("additionalProperties") is False:  # Zod reads a closed object tolerantly, on purpose
                data = {key: value for key, value in data.items() if key in known["properties"]}
            if not _is_plain(data):
                continue
            says = judge.is_valid(data)
            if says is not bool(outcome(schema, data, text=True)[0]):  # where they do not agree, Zod need not with both
                inputs.append((schema, data, says))
    answers = Zod(tmp_path / "validation").accepts([(f"{schema.__name__}Schema", as_json(data)) for schema, data, _ in inputs])
    assert len(inputs) > 1000
    pairs = zip(inputs, answers, strict=True)
    wrong = [(schema.__name__, says, data) for (schema, data, says), answer in pairs if answer is not says]
    assert wrong == []


def _is_plain(data: object) -> bool:
    """Whether JavaScript has the value: its numbers are no larger than it can hold, and its texts are Unicode."""
    match data:
        case bool() | None:
            return True
        case int() | float():
            return abs(data) <= 2**53  # which NaN is not
        case str():
            return all(not "\ud800" <= char <= "\udfff" and char != "\0" for char in data)
        case list():
            return all(map(_is_plain, data))
        case dict():
            return all(_is_plain(key) and _is_plain(value) for key, value in data.items())
    raise AssertionError(data)
