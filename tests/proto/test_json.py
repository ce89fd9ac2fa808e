"""The API's own JSON goes through json_format into the messages and back, unchanged but for what README.md of the output says."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import pytest
from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specloom.builders.proto.lock import Lock
from specloom.ir.context import IRContext
from specloom.ir.schemas import IRAliasSchema, IREnumSchema, IRObjectSchema, IRSchema, IRUnionSchema
from specloom.ir.types import (
    AnyType,
    ArrayType,
    IRType,
    LiteralType,
    MapType,
    NeverType,
    ReferenceType,
    ScalarType,
    TupleType,
    UnionType,
    UploadType,
    allows_null,
    without_null,
)
from tests.harness.emitting import GOLDEN_SPECS, SHOP

from .compiled import Compiled, compiled

DOCUMENTS = {"shop": SHOP, **{path.stem: path for path in sorted(GOLDEN_SPECS.glob("*"))}}
Json: TypeAlias = Any
"""What json.loads makes."""
_WELL_KNOWN = "google.protobuf."
_LONG = {FieldDescriptor.CPPTYPE_INT64, FieldDescriptor.CPPTYPE_UINT64}
_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
_JSON = st.recursive(st.none() | st.booleans() | st.integers(-(2**50), 2**50).map(float) | _TEXT,
                     lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_TEXT, inner, max_size=2), max_leaves=4)


_SCALAR_ARMS = {
    "string": "a string", "integer": "a int64", "int32": "a int32", "number": "a double", "boolean": "a bool", "byte": "a bytes",
    "date-time": "a google.protobuf.Timestamp", "str": "a string", "int": "a int64", "float": "a double", "bool": "a bool",
}  # fmt: skip
"""The arm of a scalar, by type, format or Python type."""


@dataclass(frozen=True)
class Pair:
    """A value as the API has it, and as ProtoJSON has it."""

    api: Json
    proto: Json


class Values:
    """Values of schemas with their ProtoJSON, made by the rules that README.md of the output states, and by the lock alone."""

    def __init__(self, made: Compiled) -> None:
        self.api: IRContext = made.api
        self.lock: Lock = made.lock
        self.package: str = made.common.DESCRIPTOR.package
        self.messages = made.common.DESCRIPTOR.message_types_by_name
        self.enums = made.common.DESCRIPTOR.enum_types_by_name

    def type_of(self, schema: IRSchema) -> Descriptor | EnumDescriptor | None:
        """The message or enum of a schema; ``None`` where it is spelled out."""
        name = self.lock.names.get(self.package, {}).get(schema.name, schema.name)
        return self.messages.get(name) or self.enums.get(name)

    def of_message(self, schema: IRSchema, message: Descriptor, depth: int) -> st.SearchStrategy[Pair]:
        match schema:
            case IRObjectSchema(properties=properties) if properties or isinstance(schema.additional, NeverType):
                return self._object(schema, message, depth)
            case IRUnionSchema(members=members):
                return self._arms(members, message, depth)
            case IRObjectSchema(additional=additional):
                return self._wrapped(MapType(values=additional or AnyType()), message, depth)
            case IRAliasSchema(type=type):
                return self._wrapped(type, message, depth)
            case _:
                raise AssertionError(schema)

    def _wrapped(self, type: IRType, message: Descriptor, depth: int) -> st.SearchStrategy[Pair]:
        (field,) = message.fields
        return self.of_field(type, field, depth).map(lambda pair: Pair(pair.api, {field.json_name: pair.proto}))

    def _object(self, schema: IRObjectSchema, message: Descriptor, depth: int) -> st.SearchStrategy[Pair]:
        numbers = self.lock.messages.get(message.full_name, {})
        parts: dict[str, st.SearchStrategy[Pair | None]] = {}
        names: dict[str, str] = {}
        for prop in schema.properties:
            field = message.fields_by_number[numbers[prop.name].number]
            names[prop.name] = field.json_name
            value = self.of_field(without_null(prop.type), field, depth)
            # Absent and null are one to proto: the API's JSON has one of them only.
            if allows_null(prop.type) and not isinstance(prop.type, AnyType):
                value = value | (st.just(Pair(None, None)) if prop.required else st.none())
            if not prop.required:
                value = st.none() if depth <= 0 else value | st.none()
            parts[prop.name] = value

        def built(found: dict[str, Pair | None]) -> Pair:
            there = {name: pair for name, pair in found.items() if pair is not None}
            return Pair({n: p.api for n, p in there.items()}, {names[n]: p.proto for n, p in there.items()})

        return st.fixed_dictionaries(parts).map(built)

    def of_field(self, type: IRType, field: FieldDescriptor, depth: int) -> st.SearchStrategy[Pair]:
        """A value of a whole field: a list, a map, or one of anything."""
        type = self.spelled_out(type)
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            assert isinstance(type, MapType)
            value = field.message_type.fields_by_name["value"]
            pairs = st.dictionaries(_TEXT, self.of_one(type.values, value, depth - 1), max_size=2 if depth > 0 else 0)
            return pairs.map(lambda d: Pair({k: p.api for k, p in d.items()}, {k: p.proto for k, p in d.items()}))
        if field.is_repeated:
            items = type.items if isinstance(type, ArrayType) else type.items[0] if isinstance(type, TupleType) else AnyType()
            pairs = st.lists(self.of_one(items, field, depth - 1), max_size=2 if depth > 0 else 0)
            return pairs.map(lambda found: Pair([p.api for p in found], [p.proto for p in found]))
        return self.of_one(type, field, depth)

    def spelled_out(self, type: IRType) -> IRType:
        """``type``, or what stands for it where its schema is no message."""
        while isinstance(type, ReferenceType) and self.type_of(schema := self.api.schemas[type.name]) is None:
            match schema:
                case IRAliasSchema(type=other):
                    type = other
                case IRObjectSchema(additional=additional):
                    return MapType(values=AnyType() if additional is None else additional)
                case IRUnionSchema(members=members):
                    return members[0]
                case IREnumSchema():
                    raise AssertionError("an enum is always there")
        return type

    def of_one(self, type: IRType, field: FieldDescriptor, depth: int) -> st.SearchStrategy[Pair]:
        """A value of an element: what is no list and no map to proto."""
        type = self.spelled_out(type)
        message = field.message_type
        if message is not None and message.full_name.startswith(_WELL_KNOWN):
            return self._well_known(type, message.name)
        if message is not None and not isinstance(type, ReferenceType):
            return self._stands_in(type, message, depth)
        if allows_null(type):
            type = self.spelled_out(without_null(type))
        if isinstance(type, UnionType):
            type = self.spelled_out(type.members[0])
        if isinstance(type, ReferenceType):
            schema = self.api.schemas[type.name]
            if isinstance(schema, IREnumSchema) and field.enum_type is None:
                return st.sampled_from(schema.members).map(lambda m: Pair(m.value, m.value))
            if isinstance(schema, IREnumSchema):
                return self._enum(schema, field.enum_type)
            return st.deferred(lambda: self.of_message(schema, message, depth - 1))
        return _scalar(type, field).map(lambda value: Pair(value, value))

    def _stands_in(self, type: IRType, message: Descriptor, depth: int) -> st.SearchStrategy[Pair]:
        """A message that no schema has: of a list or a map that is an element, of an element that may be null, of a union."""
        if message.oneofs and message.oneofs[0].name == "value" and len(message.fields) == len(message.oneofs[0].fields):
            union = without_null(type)
            assert isinstance(union, UnionType)
            return self._arms(union.members, message, depth)
        (field,) = message.fields
        if field.name == "values":
            return self.of_field(without_null(type), field, depth).map(lambda p: Pair(p.api, {"values": p.proto}))
        pairs = self.of_one(without_null(type), field, depth).map(lambda p: Pair(p.api, {"value": p.proto}))
        return pairs | st.just(Pair(None, {}))

    def _arms(self, members: tuple[IRType, ...], message: Descriptor, depth: int) -> st.SearchStrategy[Pair]:
        found: list[st.SearchStrategy[Pair]] = []
        for member in members:
            for field in message.fields:
                if self._is_arm(member, message, field):
                    found.append(self._arm(member, field, depth))
                    break
            else:
                raise AssertionError(f"{message.full_name} has no arm for {member}")
        return st.one_of(found)

    def _arm(self, member: IRType, field: FieldDescriptor, depth: int) -> st.SearchStrategy[Pair]:
        return self.of_one(member, field, depth).map(lambda p: Pair(p.api, {field.json_name: p.proto}))

    def _is_arm(self, member: IRType, message: Descriptor, field: FieldDescriptor) -> bool:
        keys = {entry.number: key for key, entry in self.lock.messages[message.full_name].items()}
        if isinstance(member, ReferenceType):
            return keys[field.number] == member.name
        if isinstance(member, ScalarType):
            return keys[field.number] == _SCALAR_ARMS.get(member.format or "", _SCALAR_ARMS[member.type])
        if isinstance(member, LiteralType):
            return keys[field.number] == _SCALAR_ARMS[type(member.value).__name__]
        ending = "List" if isinstance(member, ArrayType) else "Map"
        return field.message_type is not None and field.message_type.name.endswith((ending, "ListValue", "Struct"))

    def _enum(self, schema: IREnumSchema, enum: EnumDescriptor) -> st.SearchStrategy[Pair]:
        entries = self.lock.enums[enum.full_name]
        texts = {m.value if isinstance(m.value, str) else json.dumps(m.value): m.value for m in schema.members}
        pairs = [Pair(value, enum.values_by_number[entries[text].number].name) for text, value in texts.items()]
        return st.sampled_from(pairs)

    def _well_known(self, type: IRType, name: str) -> st.SearchStrategy[Pair]:
        match name:
            case "Timestamp":
                made = st.datetimes().map(lambda d: d.replace(microsecond=0).isoformat() + "Z")
            case "Struct":
                made = st.dictionaries(_TEXT, _JSON, max_size=2)
            case "ListValue":
                made = st.lists(_JSON, max_size=2)
            case "Value":
                made = _JSON
            case _:
                raise AssertionError(name)
        return made.map(lambda value: Pair(value, value))


def _scalar(type: IRType, field: FieldDescriptor) -> st.SearchStrategy[Any]:
    match type:
        case LiteralType(value=value):
            return st.just(value)
        case UploadType():
            return st.binary(max_size=4).map(lambda b: base64.b64encode(b).decode())
        case ScalarType() if field.type == field.TYPE_BYTES:
            return st.binary(max_size=4).map(lambda b: base64.b64encode(b).decode())
        case ScalarType(type="string"):
            return _TEXT
        case ScalarType(type="boolean"):
            return st.booleans()
        case ScalarType(type="integer"):
            size = 63 if field.cpp_type in _LONG else 31
            return st.integers(0 if "UINT" in str(field.cpp_type) else -(2**size), 2**size - 1)
        case ScalarType(type="number"):
            return st.floats(allow_nan=False, allow_infinity=False)
        case _:
            raise AssertionError(f"{type} is no scalar")


# --- what ProtoJSON does by its own rules


def printed(value: Json, message: Descriptor) -> Json:
    """ProtoJSON as a printer writes it: what is not set or has its zero value is left out, integers of 64 bits are texts."""
    if message.full_name.startswith(_WELL_KNOWN):
        return value
    fields = {field.json_name: field for field in message.fields}
    there = {name: part for name, part in value.items() if part is not None or _is_value(fields[name])}
    found = {name: _printed_field(part, fields[name]) for name, part in there.items()}
    return {name: part for name, part in found.items() if fields[name].has_presence or not _is_zero(part, fields[name])}


def _is_value(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.full_name == "google.protobuf.Value"


def _is_zero(value: Json, field: FieldDescriptor) -> bool:
    if field.is_repeated or field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
        return not value
    if field.cpp_type in _LONG:
        return value == "0"
    is_number = isinstance(value, int | float)
    return is_number and value == 0 and math.copysign(1, value) > 0


def _printed_field(value: Json, field: FieldDescriptor) -> Json:
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        inner = field.message_type.fields_by_name["value"]
        return {key: _printed_one(part, inner) for key, part in value.items()}
    return [_printed_one(part, field) for part in value] if field.is_repeated else _printed_one(value, field)


def _printed_one(value: Json, field: FieldDescriptor) -> Json:
    if field.message_type is not None:
        return printed(value, field.message_type)
    return str(value) if field.cpp_type in _LONG else value


def through(value: Json, message: Descriptor) -> Json:
    """Into the message, over the wire, and back into JSON."""
    made: Message = ParseDict(value, GetMessageClass(message)())
    return MessageToDict(GetMessageClass(message).FromString(made.SerializeToString()))


_MADE: dict[str, Values] = {}


def values_of(name: str) -> Values:
    if name not in _MADE:
        _MADE[name] = Values(compiled(DOCUMENTS[name], f"json_{name}.v1"))
    return _MADE[name]


def _messages(values: Values) -> Iterator[tuple[IRSchema, Descriptor]]:
    for schema in values.api.schemas.values():
        found = values.type_of(schema)
        if isinstance(found, Descriptor):
            yield schema, found


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_json_goes_into_every_message_and_back(name: str, data: st.DataObject) -> None:
    values = values_of(name)
    schema, message = data.draw(st.sampled_from([*_messages(values)]))
    pair = data.draw(values.of_message(schema, message, 3))
    assert through(pair.proto, message) == printed(pair.proto, message), schema.name


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_api_s_own_json_goes_in_and_out_where_no_rule_says_otherwise(name: str, data: st.DataObject) -> None:
    values = values_of(name)
    plain = [(schema, message) for schema, message in _messages(values) if _is_plain(values, schema, frozenset())]
    assert len(plain) >= 5
    schema, message = data.draw(st.sampled_from(plain))
    pair = data.draw(values.of_message(schema, message, 3))
    assert pair.api == pair.proto
    assert through(pair.api, message) == printed(pair.api, message), schema.name


def _is_plain(values: Values, schema: IRSchema, above: frozenset[str]) -> bool:
    """Whether no enum, no union and no list in a list is anywhere in a schema: those that README.md has a rule for."""
    if schema.name in above:
        return True
    if not isinstance(schema, IRObjectSchema) or values.type_of(schema) is None:
        return False
    return all(_is_plain_type(values, prop.type, above | {schema.name}) for prop in schema.properties)


def _is_plain_type(values: Values, type: IRType, above: frozenset[str]) -> bool:
    match without_null(type):
        case ScalarType() | LiteralType() | AnyType():
            return True
        case ArrayType(items=items) | MapType(values=items):
            is_single = isinstance(items, ScalarType | AnyType | ReferenceType)
            return is_single and _is_plain_type(values, items, above)
        case ReferenceType(name=name):
            return _is_plain(values, values.api.schemas[name], above)
        case _:
            return False


def test_names_are_those_of_the_wire() -> None:
    values = values_of("shop")
    address = {
        "id": 7, "kind": "ADDRESS_KIND_BILLING", "name": "A. Ox", "street": "1 Lane", "postal_code": "1010", "city": "Wien",
        "country": "COUNTRY_AT", "is_default": True,
    }  # fmt: skip
    assert through(address, values.messages["Address"]) == {**address, "id": "7"}
    person = {"id": "x", "full_name": "Ann", "avatar": "a.png"}
    assert through(person, values.messages["AccountSummary"]) == person


def test_every_document_s_messages_read_an_empty_object() -> None:
    for name in DOCUMENTS:
        for _, message in _messages(values_of(name)):
            assert through({}, message) == {}
