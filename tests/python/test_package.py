"""A generated package imports, and its models read and write what the document says."""

from __future__ import annotations

import importlib
import itertools
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from black import format_str
from black.mode import Mode

import specloom
from specloom.emitters.python import PythonEmitter, PythonOptions, runtime_files

Make = Callable[..., ModuleType]
_NUMBERS = itertools.count()


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Generates a package from schemas (and paths), imports it, and gives its only module of models."""
    monkeypatch.syspath_prepend(str(tmp_path))
    made: list[str] = []

    def build(schemas: Mapping[str, Any], *, body: str | None = None, **options: object) -> ModuleType:
        name = f"made_{next(_NUMBERS)}"
        made.append(name)
        for path, text in emit(tmp_path, schemas, body, **options).items():
            target = tmp_path / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        importlib.invalidate_caches()
        for module in ("client", "enums"):
            importlib.import_module(f"{name}.{module}")
        return importlib.import_module(f"{name}.models.things" if body else f"{name}.models.common")

    yield build
    for module in [m for m in sys.modules if m.split(".")[0] in made]:
        del sys.modules[module]


def emit(folder: Path, schemas: Mapping[str, Any], body: str | None, **options: object) -> Mapping[str, str]:
    operation: dict[str, Any] = {"operationId": "send", "tags": ["things"], "responses": {"204": {"description": "."}}}
    if body:
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{body}"}}}
        operation["requestBody"] = {"required": True, "content": content}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {"post": operation}},
        "components": {"schemas": schemas},
    }
    path = folder / "openapi.json"
    path.write_text(json.dumps(document))
    files = PythonEmitter().emit(specloom.load(path), PythonOptions.model_validate(options)).files
    for name, text in files.items():
        if name.endswith(".py") and name not in runtime_files():
            assert format_str(text, mode=Mode()) == text, name
    return files


def test_an_alias_that_needs_itself_is_a_class_with_a_root(make: Make) -> None:
    models = make({"Json": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/components/schemas/Json"}}]}})
    found = models.Json.model_validate(["a", ["b", []]])
    assert found.model_dump() == ["a", ["b", []]]


def test_objects_that_need_each_other(make: Make) -> None:
    ref = {"$ref": "#/components/schemas/B"}
    models = make(
        {
            "A": {"type": "object", "properties": {"b": ref, "all": {"$ref": "#/components/schemas/All"}}},
            "B": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/A"}}},
            "All": {"type": "array", "items": ref},
        }
    )
    found = models.A.model_validate({"b": {"a": {"b": {}}}, "all": [{}]})
    assert isinstance(found.b.a.b, models.B)
    assert isinstance(found.all[0], models.B)


def test_typed_dicts_that_are_calls_and_need_each_other(make: Make) -> None:
    def tree(other: str) -> dict[str, Any]:
        return {"type": "object", "properties": {"a-b": {"$ref": f"#/components/schemas/{other}"}}}

    models = make({"A": tree("B"), "B": tree("A"), "C": tree("A")}, body="C")
    assert set(models.CDict.__annotations__) == {"a-b"}
    assert models.A.model_validate({"a-b": {"a-b": {}}}).a_b.a_b == models.A()


def test_a_field_called_like_its_own_type(make: Make) -> None:
    day = {"type": "string", "format": "date"}
    models = make({"A": {"type": "object", "properties": {"date": day, "other": day, "list": {"type": "array", "items": day}}}})
    found = models.A.model_validate({"date": "2026-01-02", "other": "2026-01-03", "list": ["2026-01-04"]})
    assert (found.date, found.other, found.list) == (date(2026, 1, 2), date(2026, 1, 3), [date(2026, 1, 4)])


@pytest.mark.parametrize(
    ("wire", "name"),
    [
        ("createdAt", "created_at"),
        ("class", "class_"),
        ("model_dump", "model_dump_"),
        ("copy", "copy_"),
        ("json", "json_"),
        ("_links", "links"),
        ("__proto__", "proto"),
        ("2fa", "field_2fa"),
        ("+1", "plus_1"),
        ("-1", "minus_1"),
        ("a-b", "a_b"),
        ("$", "dollar"),
        ("größe", "größe"),
        ("self", "self_"),
        ("model_config", "model_config_"),
    ],
)
def test_a_wire_name_gets_a_python_name_and_an_alias(make: Make, wire: str, name: str) -> None:
    models = make({"A": {"type": "object", "required": [wire], "properties": {wire: {"type": "integer"}}}})
    found = models.A.model_validate({wire: 7})
    assert getattr(found, name) == 7
    assert found.model_dump(by_alias=True) == {wire: 7}
    assert models.A(**{name: 7}) == found


def test_two_wire_names_of_one_python_name_are_two_fields(make: Make) -> None:
    number = {"type": "integer"}
    models = make({"A": {"type": "object", "properties": {"userId": number, "user_id": number, "user-id": number}}})
    found = models.A.model_validate({"userId": 1, "user_id": 2, "user-id": 3})
    assert found.user_id == 2
    assert found.model_dump(by_alias=True) == {"userId": 1, "user_id": 2, "user-id": 3}


def test_a_schema_may_be_called_like_what_models_are_made_of(make: Make) -> None:
    text = {"type": "string", "maxLength": 3}
    thing = {"type": "object", "properties": {"a": text, "b": {"$ref": "#/components/schemas/Model"}}}
    models = make({"Model": thing, "Field": thing, "Annotated": thing, "Decimal": thing, "RootModel": thing, "str": thing})
    assert models.Model.model_validate({"b": {"a": "abc"}}).b.a == "abc"
    assert set(models.Field.model_fields) == set(models.Decimal.model_fields) == {"a", "b"}


def test_a_discriminated_union_reads_its_member(make: Make) -> None:
    def member(kind: str) -> dict[str, Any]:
        properties = {"petType": {"type": "string"}, kind: {"type": "integer"}}
        return {"type": "object", "required": ["petType"], "properties": properties}

    refs = {kind: f"#/components/schemas/{kind}" for kind in ("Cat", "Dog")}
    discriminator = {"propertyName": "petType", "mapping": {"cat": refs["Cat"], "dog": refs["Dog"]}}
    models = make(
        {
            "Cat": member("Cat"),
            "Dog": member("Dog"),
            "Pet": {"oneOf": [{"$ref": ref} for ref in refs.values()], "discriminator": discriminator},
            "Owner": {"type": "object", "properties": {"pet": {"$ref": "#/components/schemas/Pet"}}},
        }
    )
    found = models.Owner.model_validate({"pet": {"petType": "dog", "Dog": 1}})
    assert isinstance(found.pet, models.Dog)
    assert found.pet.pet_type == "dog"


def test_what_the_document_does_not_know_is_kept(make: Make) -> None:
    models = make(
        {
            "Color": {"type": "string", "enum": ["red", "green"]},
            "A": {"type": "object", "properties": {"color": {"$ref": "#/components/schemas/Color"}}},
        }
    )
    found = models.A.model_validate({"color": "blue", "new": [1]})
    assert found.color.value == "blue"
    assert found.model_dump(mode="json", exclude_unset=True) == {"color": "blue", "new": [1]}


def test_constraints_are_checked_and_impossible_ones_left_out(make: Make) -> None:
    models = make(
        {
            "Slug": {"type": "string", "pattern": "^(?=.*a)b?a$"},
            "A": {
                "type": "object",
                "properties": {
                    "looked": {"type": "string", "pattern": "^(?!x)"},
                    "unicode": {"type": "string", "pattern": "^\\p{L}+$"},
                    "whole": {"type": "integer", "minimum": 0.0, "maximum": 9.5},
                    "price": {"type": "string", "format": "decimal", "maxLength": 3},
                    "slug": {"$ref": "#/components/schemas/Slug"},
                },
            },
        }
    )
    assert models.A.model_validate({"unicode": "1", "whole": 7, "price": "1234"}).price == Decimal("1234")
    for bad in ({"looked": "xyz"}, {"whole": -1}):
        with pytest.raises(ValueError, match="1 validation error"):
            models.A.model_validate(bad)


def test_typed_keys_beside_fields(make: Make) -> None:
    further = {"type": "string", "format": "date"}
    models = make({"A": {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": further}})
    found = models.A.model_validate({"a": "x", "b": "2026-01-02"})
    assert found.__pydantic_extra__ == {"b": date(2026, 1, 2)}


def test_a_type_can_be_replaced(make: Make) -> None:
    schemas = {"A": {"type": "object", "properties": {"price": {"type": "string", "format": "money"}}}}
    models = make(schemas, formats={"money": "decimal:Decimal"})
    assert models.A.model_validate({"price": "1.50"}).price == Decimal("1.50")


def test_the_formatter_says_how_many_files_it_changed(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}}))
    made = PythonEmitter().emit(specloom.load(tmp_path / "a.json"), PythonOptions(formatter="black"))
    assert [d.message for d in made.diagnostics if d.code == "formatted"] == ["black changed 0 of 5 files"]
    assert set(made.seconds) == {"build", "print", "format"}


def test_tuples_of_a_few_lengths_keep_their_positions(make: Make) -> None:
    positions = [{"type": "string"}, {"type": "integer"}, {"type": "string", "format": "date"}]
    closed = {"type": "array", "prefixItems": positions, "items": False}
    models = make(
        {
            "Fixed": {**closed, "minItems": 3},
            "Short": {**closed, "minItems": 1},
            "Free": closed,
            "Open": {"type": "array", "prefixItems": positions, "items": {"type": "integer"}, "minItems": 1},
            "A": {
                "type": "object",
                "properties": {n.lower(): {"$ref": f"#/components/schemas/{n}"} for n in ("Fixed", "Short", "Free", "Open")},
            },
        }
    )
    day = date(2026, 1, 2)
    found = models.A.model_validate({"fixed": ["a", 1, "2026-01-02"], "short": ["a", 1], "free": [], "open": ["a", "b", 3]})
    assert (found.fixed, found.short, found.free) == (("a", 1, day), ("a", 1), ())
    assert found.open == ["a", "b", 3]
    for bad in ({"fixed": ["a", 1]}, {"short": []}, {"short": ["a", "b"]}, {"free": ["a", 1, "2026-01-02", 4]}, {"open": []}):
        with pytest.raises(ValueError, match="validation error"):
            models.A.model_validate(bad)


def test_keys_are_checked_by_their_pattern(make: Make) -> None:
    def map_of(pattern: str) -> dict[str, Any]:
        values = {"type": "integer"}
        return {"type": "object", "propertyNames": {"pattern": pattern}, "additionalProperties": values}

    models = make(
        {
            "Named": map_of("^x-"),
            "A": {"type": "object", "properties": {"named": {"$ref": "#/components/schemas/Named"}, "own": map_of("^(?!y)")}},
        }
    )
    assert models.A.model_validate({"named": {"x-a": 1}, "own": {"a": 1}}).own == {"a": 1}
    for bad in ({"named": {"a": 1}}, {"own": {"y": 1}}):
        with pytest.raises(ValueError, match="1 validation error"):
            models.A.model_validate(bad)


_LOOKS = "'^(?!x)': outside of a class pydantic's engine does not take it"
_KEYS = {"type": "object", "propertyNames": {"pattern": "^(?!x)"}, "additionalProperties": {"type": "integer"}}


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "array", "items": {}, "uniqueItems": True}, ["that the items differ (uniqueItems)"]),
        ({"type": "object", "properties": {"a": {}}, "minProperties": 1}, ["the number of properties"]),
        ({"type": "object", "additionalProperties": {"type": "string"}, "maxProperties": 2}, []),
        ({"type": "string", "pattern": "^(?!x)"}, [f"the pattern {_LOOKS}"]),
        ({"type": "object", "properties": {"a": {"type": "string", "pattern": "^(?!x)"}}}, []),
        (_KEYS, [f"the pattern of keys {_LOOKS}"]),
        ({"type": "object", "properties": {"a": _KEYS}}, []),
        (
            {"type": "object", "properties": {n: {"type": "string", "pattern": "^\\p{L}"} for n in ("a", "b")}},
            ["the pattern '^\\\\p{L}': it does not mean the same in Python, in 'a', 'b'"],
        ),
        (
            {"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "integer"}},
            ["which type stands at which position of a tuple that is open or of many lengths"],
        ),
        ({"type": "array", "prefixItems": [{"type": "string"}], "items": False}, []),
        (
            {"type": "object", "properties": {"a": {"type": "string", "format": "decimal", "pattern": "^1", "maxLength": 3}}},
            [f"the {what} of a string of the format 'decimal', in 'a'" for what in ("pattern", "length")],
        ),
        ({"type": "integer", "multipleOf": 0.3}, ["that a number is a multiple of 0.3"]),
        ({"type": "integer", "minimum": 1.5, "multipleOf": 2}, []),
    ],
)
def test_what_a_model_does_not_check_is_said(tmp_path: Path, schema: Mapping[str, Any], said: list[str]) -> None:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {},
        "components": {"schemas": {"Thing": schema}},
    }
    (tmp_path / "openapi.json").write_text(json.dumps(document))
    found = PythonEmitter().emit(specloom.load(tmp_path / "openapi.json"), PythonOptions()).diagnostics
    assert [d.message for d in found] == [f"the Python model does not check {what}" for what in said]
    assert {(d.code, d.pointer) for d in found} <= {("constraint-not-checked", "/components/schemas/Thing")}


def test_headers_of_a_part_are_not_sent_which_is_said(tmp_path: Path) -> None:
    part = {"headers": {"X-Kind": {"schema": {"type": "string"}}}, "contentType": "text/plain"}
    schema = {"type": "object", "properties": {"text": {"type": "string"}}}
    body = {"content": {"multipart/form-data": {"schema": schema, "encoding": {"text": part}}}}
    operation = {"operationId": "send", "requestBody": body, "responses": {"204": {"description": "."}}}
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/things": {"post": operation}}}
    (tmp_path / "openapi.json").write_text(json.dumps(document))
    (found,) = PythonEmitter().emit(specloom.load(tmp_path / "openapi.json"), PythonOptions()).diagnostics
    assert found.code == "part-header-not-carried-over"
    assert "'X-Kind'" in found.message
    assert found.pointer == "/paths/~1things/post"


def test_a_page_that_may_be_nothing_is_read_with_care(tmp_path: Path) -> None:
    items = {"type": "array", "items": {"type": "string"}}
    page = {"type": "object", "required": ["items"], "properties": {"items": items, "total": {"type": "integer"}}}
    ok = {"description": ".", "content": {"application/json": {"schema": page}}}
    parameter = {"name": "page", "in": "query", "schema": {"type": "integer"}}
    paths = {
        f"/{tag}": {"get": {"operationId": f"{tag}_list", "tags": [tag], "parameters": [parameter], "responses": answers}}
        for tag, answers in {"always": {"200": ok}, "fresh": {"200": ok, "304": {"description": "."}}}.items()
    }
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths}
    (tmp_path / "openapi.json").write_text(json.dumps(document))
    files = PythonEmitter().emit(specloom.load(tmp_path / "openapi.json"), PythonOptions()).files
    assert "lambda found: found.items," in files["subclients/always.py"]
    assert "lambda found: found.items if found else None," in files["subclients/fresh.py"]
    assert "total=lambda found: found.total if found else None," in files["subclients/fresh.py"]


@pytest.mark.parametrize(
    ("examples", "said"),
    [
        (["Lamp", "Chair"], "For example `Lamp`."),
        ([{"a": [1, True]}], 'For example `{"a": [1, true]}`.'),
        (["x" * 61], None),
        (["a`b"], None),
        (["two\nlines"], None),
        ([None], None),
        ([""], None),
    ],
)
def test_a_short_example_is_documented(make: Make, examples: list[Any], said: str | None) -> None:
    models = make({"A": {"type": "object", "properties": {"a": {"examples": examples}}}})
    source = Path(models.__file__ or "").read_text()
    assert (said in source) if said else ("For example" not in source)
