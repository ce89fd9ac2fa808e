"""Go names: idiomatic, legal, each once; files that Go always builds; what is reserved is what the runtime declares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import specloom
from specloom.builders.go.names import METHODS, Names, allocate_names, argument_names, field_names
from specloom.builders.go.nodes import is_identifier
from specloom.builders.go.reserved import BUILD_SUFFIXES, LOCALS, RUNTIME, RUNTIME_FILES
from specloom.builders.go.shapes import Shapes
from specloom.builders.go.spelling import exported_name, receiver, unexported_name
from tests.harness.tools import ROOT

RUNTIME_FOLDER = ROOT / "specloom" / "runtime" / "go"


@pytest.mark.parametrize(
    ("text", "exported", "unexported"),
    [
        ("created_at", "CreatedAt", "createdAt"),
        ("userIds", "UserIDs", "userIDs"),
        ("ApiKey", "APIKey", "apiKey"),
        ("HTTPServer", "HTTPServer", "httpServer"),
        ("url", "URL", "url"),
        ("iban", "IBAN", "iban"),
        ("IbanPayment", "IbanPayment", "ibanPayment"),
        ("GPTModel", "GPTModel", "gptModel"),
        ("ON_SALE", "OnSale", "onSale"),
        ("oauth2_token", "OAuth2Token", "oauth2Token"),
        ("-1", "Minus1", "minus1"),
        ("+1", "Plus1", "plus1"),
        ("", "Empty", "empty"),
        ("1.5", "X1_5", "x15"),
        ("名前", "X名前", "名前"),
        ("@type", "Type", "type"),
    ],
)
def test_names_are_spelled_as_go_spells_them(text: str, exported: str, unexported: str) -> None:
    assert exported_name(text) == exported
    assert unexported_name(text) == unexported


@given(st.text())
def test_any_text_has_a_name(text: str) -> None:
    name = exported_name(text)
    assert is_identifier(name)
    assert name[0].isupper()
    assert is_identifier(unexported_name(text) + "_")
    assert is_identifier(receiver(name))


@given(st.lists(st.text(), unique=True))
def test_no_two_fields_have_one_name_and_none_is_a_method(wires: list[str]) -> None:
    found, _ = field_names(wires)
    assert list(found) == wires
    assert len(set(found.values())) == len(wires)
    assert METHODS.isdisjoint(found.values())


@given(st.lists(st.one_of(st.text(), st.sampled_from(["type", "ctx", "len", "time", "s", "req", "Ctx"]))))
def test_no_two_arguments_have_one_name_and_none_hides_what_is_needed(wires: list[str]) -> None:
    found = argument_names(wires)
    assert len(set(found)) == len(wires)
    assert LOCALS.isdisjoint(found)
    assert all(is_identifier(name) for name in found)


def test_names_spelled_like_go_keep_their_name() -> None:
    found, changed = field_names(["_id", "ID", "userId", "user_id"])
    assert found == {"_id": "ID2", "ID": "ID", "userId": "UserID2", "user_id": "UserID"}
    assert [wire for wire, _ in changed] == ["_id", "userId"]


def _names(schemas: dict[str, object], tags: list[str] | None = None) -> Names:
    paths = {
        f"/{number}": {"get": {"tags": [tag], "operationId": f"op{number}", "responses": {"204": {"description": "d"}}}}
        for number, tag in enumerate(tags or [])
    }
    info = {"title": "T", "version": "1"}
    api = specloom.load({"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}})
    return allocate_names(api, Shapes(api.schemas))


def test_a_schema_gives_way_to_the_runtime_and_says_so() -> None:
    object = {"type": "object", "properties": {"a": {"type": "string"}}}
    names = _names({"APIError": object, "Client": object, "fooBar": object, "FooBar": object})
    assert names.types == {"APIError": "APIErrorModel", "Client": "ClientModel", "fooBar": "FooBarModel", "FooBar": "FooBar"}
    assert [d.code for d in names.diagnostics] == ["name-changed"] * 3


def test_constants_that_collide_are_numbered_and_types_come_first() -> None:
    names = _names(
        {
            "Sort": {"type": "string", "enum": ["a-b", "a_b", "-a", "+a", "", "field"]},
            "SortField": {"type": "object", "properties": {"a": {"type": "string"}}},
            "CurrencyEnum": {"type": "string", "enum": ["EUR", "USD", "JPY"]},
        }
    )
    assert names.constants["Sort"] == ("SortAB", "SortABValue", "SortMinusA", "SortPlusA", "SortEmpty", "SortFieldValue")
    assert names.types["CurrencyEnum"] == "Currency"
    assert names.constants["CurrencyEnum"] == ("CurrencyEUR", "CurrencyUSD", "CurrencyJPY")


def test_every_file_is_built_everywhere() -> None:
    systems = ["linux", "orders_linux", "windows_arm64", "x_test", "smoke_test"]
    tags = [*systems, "models", "Models", "runtime_json", "con", "a/b", "名", "_x"]
    files = [tag.file for tag in _names({}, tags).tags.values()]
    assert len({file.casefold() for file in files}) == len(tags)
    for file in files:
        assert re.fullmatch(r"[a-z0-9][a-z0-9_]*", file)
        assert "_" not in file or file.rpartition("_")[2] not in BUILD_SUFFIXES
        assert file not in RUNTIME_FILES | {"models", "enums", "client", "con"}


def test_unions_without_a_schema_are_called_after_their_place_or_what_they_are() -> None:
    either = {"oneOf": [{"type": "string"}, {"type": "integer"}]}
    listed = {"type": "array", "items": {"oneOf": [{"type": "string"}, {"type": "boolean"}]}}
    names = _names(
        {
            "A": {"type": "object", "properties": {"value": either, "flags": listed}},
            "B": {"type": "object", "properties": {"other": either}},
        }
    )
    assert [found.type for found in names.inline.values()] == ["StringOrInt", "AFlag"]
    flag = next(found for found in names.inline.values() if found.type == "AFlag")
    assert (flag.value, flag.unknown, flag.marker) == ("AFlagValue", "UnknownAFlag", "isAFlag")
    assert flag.arms == ("AFlagString", "AFlagBool")


def _declared(path: Path) -> Iterator[str]:
    """What a file of the runtime declares at its top."""
    text = path.read_text(encoding="utf-8")
    yield from re.findall(r"^(?:func|type|var|const) ([A-Za-z_]\w*)", text, re.MULTILINE)
    for block in re.findall(r"^(?:var|const|type) \(\n(.*?)^\)", text, re.MULTILINE | re.DOTALL):
        yield from re.findall(r"^\t([A-Za-z_]\w*)", block, re.MULTILINE)


def test_what_the_runtime_declares_is_reserved() -> None:
    files = [p for p in RUNTIME_FOLDER.glob("*.go") if not p.name.endswith("_test.go") or p.name == "roundtrip_test.go"]
    declared = {name for path in files for name in _declared(path)} - {"init"}
    assert declared - RUNTIME == set()
    assert RUNTIME - declared == set()
    assert {path.stem for path in files} == RUNTIME_FILES
