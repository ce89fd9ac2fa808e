"""What schemas become: presence, lists, maps, unions, enums, names; judged by the descriptors that protoc makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto, FileDescriptorProto

import specloom
from specloom.builders.proto.names import is_version, message_name, upper_snake
from tests.harness.proto import descriptors
from tests.harness.tools import write_files

SCHEMAS: Mapping[str, Any] = {
    "Presence": {"type": "object", "required": ["a", "b", "m"], "properties": {
        "a": {"type": "integer"}, "b": {"type": "string", "nullable": True}, "c": {"type": "boolean"},
        "d": {"type": "array", "items": {"type": "number"}}, "m": {"$ref": "#/components/schemas/Empty"},
        "n": {"$ref": "#/components/schemas/Empty"}, "small": {"type": "integer", "format": "int32"},
        "large": {"type": "integer", "format": "uint64"}, "at": {"type": "string", "format": "date-time"},
        "day": {"type": "string", "format": "date"}, "price": {"type": "string", "format": "decimal"},
        "raw": {"type": "string", "format": "byte"}, "free": {"type": "object"}, "any": {},
    }},
    "Empty": {"type": "object", "additionalProperties": False},
    "Nested": {"type": "object", "properties": {
        "matrix": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}},
        "holes": {"type": "array", "items": {"type": "string", "nullable": True}},
        "tree": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Nested"}},
        "lists": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
        "maps": {"type": "array", "items": {"type": "object", "additionalProperties": {"type": "boolean"}}},
    }},
    "Extra": {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "integer"}},
    "Circle": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Circle"}},
    "Either": {"oneOf": [
        {"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"$ref": "#/components/schemas/Empty"},
        {"type": "object", "additionalProperties": {"type": "integer"}},
    ]},
    "Id": {"anyOf": [{"type": "string", "format": "uuid"}, {"type": "string"}]},
    "Colour": {"type": "string", "enum": ["red", "unspecified", "a1", "a-1", "", "+", "Grün"]},
    "Level": {"type": "integer", "enum": [0, -1, 10]},
    "Status": {"type": "string", "enum": ["kind_a"]}, "StatusKind": {"type": "string", "enum": ["a", "b"]},
    "None": {"type": "object", "properties": {name: {"type": "string"} for name in ("DESCRIPTOR", "str", "none")}},
    "DESCRIPTOR": {"type": "object", "properties": {
        name: {"type": "string"}
        for name in ("field_1", "field1", "userId", "user_id", "_id", "1st", "naïve", "名前", "", "[x]")
    }},
    "Product": {"type": "object", "properties": {"a": {"type": "string"}}},
    "product": {"type": "object", "properties": {"a": {"type": "string"}}},
    "Card": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "last4": {"type": "string"}}},
    "Iban": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}},
    "Payment": {"oneOf": [{"$ref": "#/components/schemas/Card"}, {"$ref": "#/components/schemas/Iban"}], "discriminator": {
        "propertyName": "kind", "mapping": {"card": "#/components/schemas/Card", "iban-2": "#/components/schemas/Iban"}}},
    "Old": {"type": "object", "deprecated": True, "properties": {"x": {"type": "string", "deprecated": True}}},
}  # fmt: skip
DOCUMENT = {"openapi": "3.0.3", "info": {"title": "A", "version": "1"}, "paths": {}, "components": {"schemas": SCHEMAS}}
_TYPES = {value: name.removeprefix("TYPE_").lower() for name, value in FieldDescriptorProto.Type.items()}


@pytest.fixture(scope="module")
def emission() -> specloom.Emission:
    return specloom.emit(specloom.load(DOCUMENT), "proto", package="t.v1", compile=False)


@pytest.fixture(scope="module")
def file(emission: specloom.Emission, tmp_path_factory: pytest.TempPathFactory) -> FileDescriptorProto:
    folder = tmp_path_factory.mktemp("messages")
    protos = {path: text for path, text in emission.items() if path.endswith(".proto")}
    write_files(protos, folder)
    return next(found for found in descriptors(folder, protos).file if found.name == "t/common/v1/messages.proto")


def message(file: FileDescriptorProto, name: str) -> DescriptorProto:
    return next(found for found in file.message_type if found.name == name)


def shown(found: DescriptorProto) -> dict[str, str]:
    """Fields as ``{name: "optional string"}``."""
    entries = {nested.name: nested for nested in found.nested_type}
    return {field.name: _shown(field, entries) for field in found.field}


def _shown(field: FieldDescriptorProto, entries: Mapping[str, DescriptorProto]) -> str:
    name = field.type_name.rpartition(".")[2] or _TYPES[field.type]
    if name in entries:
        value = entries[name].field[1]
        return f"map of {value.type_name.rpartition('.')[2] or _TYPES[value.type]}"
    label = "repeated " if field.label == field.LABEL_REPEATED else "optional " if field.proto3_optional else ""
    return label + name


def test_what_may_be_absent_or_null_is_optional(file: FileDescriptorProto) -> None:
    assert shown(message(file, "Presence")) == {
        "a": "int64", "b": "optional string", "c": "optional bool", "d": "repeated double", "m": "Empty", "n": "optional Empty",
        "small": "optional int32", "large": "optional uint64", "at": "optional Timestamp", "day": "optional string",
        "price": "optional string", "raw": "optional bytes", "free": "optional Struct", "any": "Value",
    }  # fmt: skip


def test_lists_and_maps_that_cannot_stand_where_they_do_are_in_messages(file: FileDescriptorProto) -> None:
    assert shown(message(file, "Nested")) == {
        "matrix": "repeated Int64List", "holes": "repeated NullableString", "tree": "map of Nested", "lists": "map of StringList",
        "maps": "repeated BoolMap",
    }  # fmt: skip
    assert shown(message(file, "Int64List")) == {"values": "repeated int64"}
    assert shown(message(file, "NullableString")) == {"value": "optional string"}
    assert shown(message(file, "BoolMap")) == {"values": "map of bool"}
    assert shown(message(file, "Circle")) == {"values": "map of Circle"}


def test_keys_that_are_not_named_have_a_field(file: FileDescriptorProto, emission: specloom.Emission) -> None:
    assert shown(message(file, "Extra")) == {"a": "optional string", "additional_properties": "map of int64"}
    assert any(d.code == "keys-not-carried-over" and "Extra" in d.message for d in emission.diagnostics)


def test_a_union_is_a_oneof_unless_one_scalar_holds_it_all(file: FileDescriptorProto) -> None:
    either = message(file, "Either")
    assert shown(either) == {"string_value": "string", "string_list": "StringList", "empty": "Empty", "int64_map": "Int64Map"}
    assert [oneof.name for oneof in either.oneof_decl] == ["value"]
    assert "Id" not in {found.name for found in file.message_type}


def test_arms_are_called_by_the_discriminator_which_stays_a_field(file: FileDescriptorProto) -> None:
    assert shown(message(file, "Payment")) == {"card": "Card", "iban_2": "Iban"}
    assert shown(message(file, "Card")) == {"kind": "string", "last4": "optional string"}


def test_enums_begin_with_unspecified_and_share_one_scope(file: FileDescriptorProto) -> None:
    values = {enum.name: [value.name for value in enum.value] for enum in file.enum_type}
    assert values["Colour"] == [
        "COLOUR_UNSPECIFIED", "COLOUR_RED", "COLOUR_VALUE_UNSPECIFIED", "COLOUR_A1", "COLOUR_VALUE_A_1", "COLOUR_EMPTY",
        "COLOUR_PLUS", "COLOUR_GRUN",
    ]  # fmt: skip
    assert values["Level"] == ["LEVEL_UNSPECIFIED", "LEVEL_0", "LEVEL_MINUS_1", "LEVEL_10"]
    assert values["Status"] == ["STATUS_UNSPECIFIED", "STATUS_KIND_A"]
    assert values["StatusKind"] == ["STATUS_KIND_UNSPECIFIED", "STATUS_KIND_VALUE_A", "STATUS_KIND_B"]
    assert [value.number for value in file.enum_type[0].value] == list(range(8))


def test_names_that_break_generated_code_are_changed_and_said(file: FileDescriptorProto, emission: specloom.Emission) -> None:
    names = {found.name for found in file.message_type}
    assert {"None2", "DESCRIPTOR2", "Product", "Product2"} <= names
    assert shown(message(file, "None2")).keys() == {"descriptor", "str_value", "none"}
    fields = {field.name: field.json_name for field in message(file, "DESCRIPTOR2").field}
    assert fields == {
        "field_1": "field_1", "field1_value": "field1", "user_id_value": "userId", "user_id": "user_id", "id_value": "_id",
        "field_1st": "1st", "naive": "naïve", "u540d_u524d": "名前", "empty": "empty", "x": "x",
    }  # fmt: skip
    said = [d.message for d in emission.diagnostics if d.code == "name-changed"]
    whats = ("'None'", "'DESCRIPTOR'", "'DESCRIPTOR.field1'", "'None.str'", "'product'", "'StatusKind.a'", "'Colour.unspecified'")
    for what in whats:
        assert any(what in message for message in said), what
    assert sum(d.code == "json-name-not-carried-over" for d in emission.diagnostics) == 2


def test_deprecated_is_an_option(file: FileDescriptorProto) -> None:
    old = message(file, "Old")
    assert old.options.deprecated
    assert old.field[0].options.deprecated


def test_nothing_that_was_there_is_renamed_by_what_comes(emission: specloom.Emission) -> None:
    grown = {**SCHEMAS, "status": {"type": "string", "enum": ["x"]}, "PRODUCT": {"type": "object", "properties": {"b": {}}}}
    document = {**DOCUMENT, "components": {"schemas": dict(reversed(grown.items()))}}
    again = specloom.emit(specloom.load(document), "proto", package="t.v1", compile=False, lock=emission["specloom.lock.json"])
    kept = [line.strip() for line in emission["t/common/v1/messages.proto"].splitlines() if " = " in line]
    there = {line.strip() for line in again["t/common/v1/messages.proto"].splitlines()}
    assert len(kept) > 60
    assert [line for line in kept if line not in there] == []


def test_options_change_what_they_say() -> None:
    made = specloom.emit(
        specloom.load(DOCUMENT), "proto", package="t", compile=False, wrappers=True, go_package="example.com/gen",
        formats={"date": "google/type/date.proto:google.type.Date"},
    )["t/common/v1/messages.proto"]  # fmt: skip
    assert 'option go_package = "example.com/gen/t/common/v1;commonv1";' in made
    assert "google.protobuf.BoolValue c = 3;" in made
    assert "optional google.type.Date day = 10;" in made
    assert 'import "google/type/date.proto";' in made


@pytest.mark.parametrize("part", ["v1", "v2beta1", "v1p1alpha", "v1test"])
def test_versions_are_those_of_buf(part: str) -> None:
    assert is_version(part)


@pytest.mark.parametrize("part", ["v0", "v", "version1", "v1x", "v1p1"])
def test_no_other_word_is_a_version(part: str) -> None:
    assert not is_version(part)


_PREFIXES = {"OAuth2Token": "O_AUTH2_TOKEN", "HTTPStatus": "HTTP_STATUS", "URL": "URL", "ProductStatus": "PRODUCT_STATUS"}


@pytest.mark.parametrize(("name", "prefix"), _PREFIXES.items())
def test_prefixes_are_those_of_buf(name: str, prefix: str) -> None:
    assert upper_snake(message_name(name)) == prefix
