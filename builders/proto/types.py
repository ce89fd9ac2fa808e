"""IR types as types of fields: what proto3 has a word for, and the messages that stand in where it has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeAlias, assert_never

from specloom.ir.diagnostics import Diagnostic, Severity
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

from .declared import json_kind
from .names import FIELD_RESERVED, KeptNames, TypeNames, field_name, member_fields, message_name
from .nodes import (
    BOOL,
    BYTES,
    DOUBLE,
    INT32,
    INT64,
    LIST_VALUE,
    STRING,
    STRUCT,
    TIMESTAMP,
    UINT32,
    UINT64,
    VALUE,
    Field,
    Label,
    MapOf,
    Message,
    OneOf,
    Ref,
    Scalar,
    Symbol,
    Type,
    map_of,
    message,
    one_of,
    ref,
)
from .nodes import field as field_node

Single: TypeAlias = "Scalar | Ref"
_Key: TypeAlias = tuple[str, str]

_FORMATS: Mapping[_Key, Single] = MappingProxyType(
    {
        ("string", "date-time"): TIMESTAMP,
        ("string", "byte"): BYTES,
        ("string", "base64"): BYTES,
        ("string", "binary"): BYTES,
        ("integer", "int8"): INT32,
        ("integer", "int16"): INT32,
        ("integer", "int32"): INT32,
        ("integer", "uint8"): UINT32,
        ("integer", "uint16"): UINT32,
        ("integer", "uint32"): UINT32,
        ("integer", "uint64"): UINT64,
    }
)
"""Formats that proto3 has a type for.

Not among them: ``date``, ``time``, ``duration``, ``decimal`` and ``uuid``, which stay ``string``: no well-known type has their
JSON. ``float`` stays ``double``, since what 32 bits do not hold would come back changed.
"""
_PLAIN: Mapping[str, Scalar] = MappingProxyType({"string": STRING, "integer": INT64, "number": DOUBLE, "boolean": BOOL})
_WRAPPERS: Mapping[str, Ref] = MappingProxyType(
    {
        name: Ref(Symbol("google.protobuf", (word,), "google/protobuf/wrappers.proto"))
        for name, word in {
            "string": "StringValue", "bytes": "BytesValue", "bool": "BoolValue", "int32": "Int32Value", "int64": "Int64Value",
            "uint32": "UInt32Value", "uint64": "UInt64Value", "double": "DoubleValue", "float": "FloatValue",
        }.items()
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldType:
    """What stands before a field's name."""

    type: Type
    label: Label = Label.NONE

    @property
    def is_single(self) -> bool:
        """Whether it can be an element of a list, a value of a map, or an arm of a oneof."""
        return self.label is not Label.REPEATED and not isinstance(self.type, MapOf)


_VALUE_FIELD = FieldType(VALUE)
_NO_LABELS: Mapping[str, str] = MappingProxyType({})
_ARM_RESERVED = FIELD_RESERVED | {"value"}
"""``value`` is what the oneof itself is called."""


class Made:
    """The messages that types need beside those of the schemas, each once, in the order they were needed; and what got lost."""

    def __init__(self, names: TypeNames, file: str, kept: KeptNames) -> None:
        self.names, self.file, self.kept = names, file, kept
        self._by_key: dict[str, Symbol] = {}
        self.messages: list[Message] = []
        self.contents: dict[str, FieldType] = {}
        """What schemas are where they are mentioned."""
        self.diagnostics: list[Diagnostic] = []

    def message(self, key: str, wanted: str, member: Field) -> Symbol:
        """The message of one field that ``key`` stands for."""
        known = self._by_key.get(key)
        if known is None:
            known = self._by_key[key] = self.declare(key, wanted)
            self.messages.append(message(known.path[0], [member], key=key))
        return known

    def declare(self, key: str, wanted: str) -> Symbol:
        """A message in the package of all schemas, whose content comes later."""
        return Symbol(self.names.package, (self.names.give(key, wanted),), self.file)

    def lost(self, code: str, message: str, pointer: str | None, hint: str | None = None) -> None:
        """What proto3 cannot say."""
        self.diagnostics.append(Diagnostic(code=code, severity=Severity.INFO, message=message, pointer=pointer, hint=hint))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a type stands: what a message made for it is called, and where the document says it."""

    name: str
    """PascalCase: ``ProductPrice``."""
    key: str
    """What it is in the document: ``Product.price``."""
    pointer: str | None = None

    def inside(self, word: str, key: str) -> Place:
        """A part of it."""
        return Place(self.name + word, self.key + key, self.pointer)


def schema_place(schema: IRSchema) -> Place:
    """The place that a schema's own types are in."""
    return Place(message_name(schema.name), schema.name, schema.pointer)


@dataclass(frozen=True, slots=True)
class TypeMapper:
    """From IR types to fields' types. Immutable: :meth:`override` answers a changed copy."""

    schemas: Mapping[str, IRSchema]
    symbols: Mapping[str, Symbol]
    """Of the schemas that are declared; others are spelled out where they are mentioned."""
    made: Made
    enums: frozenset[Symbol] = frozenset()
    """Those of ``symbols`` that are enums."""
    formats: Mapping[_Key, Single] = field(default_factory=lambda: _FORMATS)
    wrappers: bool = False
    """Whether what may be absent is a message of google/protobuf/wrappers.proto instead of ``optional``."""

    def override(self, format: str, type: Single | Symbol, *, of: str = "string") -> TypeMapper:
        """The same mapper, but ``format`` of the scalar type ``of`` is ``type``.

        ``mapper.override("date", Symbol("google.type", ("Date",), "google/type/date.proto"))``
        """
        node = ref(type) if isinstance(type, Symbol) else type
        return replace(self, formats=MappingProxyType({**self.formats, (of, format): node}))

    def scalar(self, type: ScalarType) -> Single:
        """What a scalar is, by its format, else by its type; an integer that its bounds allow to be large has room for it."""
        found = self.formats.get((type.type, type.format)) if type.format else None
        if found is None and type.type == "string" and (type.content_encoding or "").lower() == "base64":
            return BYTES
        found = found or _PLAIN[type.type]
        most = type.constraints.maximum if type.type == "integer" else None
        if most is not None and found in (INT32, UINT32, INT64):
            if most > 2**63 - 1 and (type.constraints.minimum or 0) >= 0:
                return UINT64
            if most > 2**32 - 1 or (most > 2**31 - 1 and found is INT32):
                return INT64
        return found

    def is_enum(self, type: Type) -> bool:
        """Whether ``type`` is an enum of the document."""
        return isinstance(type, Ref) and type.symbol in self.enums

    def field(self, type: IRType, place: Place, *, present: bool) -> FieldType:
        """What a field of ``type`` is; ``present``: whether it is always there, so that ``null`` is what its absence means."""
        found = self.plain(type, place)
        if found.type is VALUE or not found.is_single:
            return found
        if present and (isinstance(type, ScalarType | ReferenceType | AnyType) or not allows_null(type)):
            return found
        if self.wrappers and isinstance(found.type, Scalar):
            return FieldType(_WRAPPERS[found.type.name])
        return FieldType(found.type, Label.OPTIONAL)

    def plain(self, type: IRType, place: Place) -> FieldType:
        """The same, ``null`` and absence aside."""
        match type:
            case ScalarType():
                return FieldType(self.scalar(type))
            case ReferenceType(name=name):
                return self._reference(name)
            case ArrayType(items=items):
                return FieldType(self.element(items, place.inside("Item", "[]")), Label.REPEATED)
            case UnionType():
                return self._union(type, place)
            case LiteralType(value=value):
                return _VALUE_FIELD if value is None else FieldType(_of_literal(value))
            case MapType(values=values):
                return self._map(values, place)
            case TupleType():
                return self._tuple(type, place)
            case AnyType():
                return _VALUE_FIELD
            case NeverType():
                return _VALUE_FIELD
            case UploadType():
                return FieldType(BYTES)
            case _:
                assert_never(type)

    def element(self, type: IRType, place: Place) -> Single:
        """What an element of a list or a value of a map is; what cannot be one is in a message of its own."""
        if not allows_null(type) or isinstance(type, AnyType):
            return self.single(self.plain(type, place))
        inner = self.single(self.plain(type, place))
        if inner is VALUE:
            return inner
        name = f"Nullable{_type_word(inner)}"
        member = field_node("value", inner, key="value", label=Label.OPTIONAL)
        return ref(self.made.message(f"nullable {_type_key(inner)}", name, member))

    def single(self, found: FieldType) -> Single:
        """``found``, in a message of its own where it is a list or a map."""
        type = found.type
        if isinstance(type, MapOf):
            key, name = f"map of {_type_key(type.value)}", f"{_type_word(type.value)}Map"
            return ref(self.made.message(key, name, field_node("values", type, key="values")))
        if found.label is Label.REPEATED:
            if type is VALUE:
                return LIST_VALUE
            member = field_node("values", type, key="values", label=Label.REPEATED)
            return ref(self.made.message(f"list of {_type_key(type)}", f"{_type_word(type)}List", member))
        return type

    def _reference(self, name: str) -> FieldType:
        content = self.made.contents.get(name)
        if content is None:
            known = self.symbols.get(name)
            content = self.content(self.schemas[name]) if known is None else FieldType(ref(known))
            self.made.contents[name] = content
        return content

    def content(self, schema: IRSchema) -> FieldType:
        """What a schema that is no message is where it is mentioned."""
        place = schema_place(schema)
        match schema:
            case IRObjectSchema(additional=additional):
                return FieldType(STRUCT) if additional is None else self._map(additional, place)
            case IRUnionSchema(members=members):
                return self._collapsed(members, place)
            case IRAliasSchema(type=type):
                return self.plain(type, place)
            case IREnumSchema():
                return FieldType(STRING)
            case _:
                assert_never(schema)

    def _map(self, values: IRType, place: Place) -> FieldType:
        value = self.element(values, place.inside("Value", "{}"))
        return FieldType(STRUCT) if value is VALUE else FieldType(map_of(value))

    def _tuple(self, type: TupleType, place: Place) -> FieldType:
        parts = [part for part in (*type.items, type.rest) if not isinstance(part, NeverType)]
        if parts and all(part == parts[0] for part in parts[1:]):
            return FieldType(self.element(parts[0], place.inside("Item", "[]")), Label.REPEATED)
        self.made.lost("tuple-not-carried-over", f"{place.name} has a type for each position, which proto cannot say: any values",
                       place.pointer)
        return FieldType(LIST_VALUE)

    # --- unions

    def _union(self, type: UnionType, place: Place) -> FieldType:
        bare = without_null(type)
        if not isinstance(bare, UnionType):
            return self.plain(bare, place)
        if json_kind(bare, self.schemas) != "other":
            return self._collapsed(bare.members, place)
        key = f"union at {place.key}"
        known = self.made.declare(key, place.name)
        self.made.messages.append(message(known.path[0], [self.arms(bare.members, place, known)], key=key))
        return FieldType(ref(known))

    def _collapsed(self, members: Iterable[IRType], place: Place) -> FieldType:
        """One scalar for members that are all strings, numbers or booleans to JSON."""
        found: list[Type] = []
        for member in members:
            type = self.plain(member, place).type
            if type not in found:
                found.append(type)
        if len(found) == 1:
            return FieldType(found[0])
        kinds = {json_kind(member, self.schemas) for member in members}
        if kinds == {"number"}:
            return FieldType(INT64 if all(type in (INT64, INT32, UINT32) for type in found) else DOUBLE)
        return FieldType(BOOL if kinds == {"boolean"} else STRING)

    def arms(self, members: Iterable[IRType], place: Place, message: Symbol, labels: Mapping[str, str] = _NO_LABELS) -> OneOf:
        """The oneof of a union: one arm for each type that its members are. ``labels``: what an arm is called, by schema."""
        types: dict[Single, tuple[str, str]] = {}
        for number, member in enumerate(members, 1):
            type = self.single(self.plain(member, place.inside(f"Option{number}", f"/{number}")))
            if isinstance(member, ReferenceType):
                if self.made.kept.is_struct(message.full_name, member.name):
                    type = STRUCT
                types.setdefault(type, (member.name, labels.get(member.name) or _arm_word(type)))
            else:
                types.setdefault(type, (f"a {_type_key(type)}", _arm_word(type)))
        wanted = [(key, (field_name(word), f"{field_name(word)}_value")) for key, word in types.values()]
        kept = self.made.kept.fields(message.full_name)
        names, diagnostics = member_fields(
            wanted, kept, what=message.path[-1], pointer=place.pointer, reserved=_ARM_RESERVED
        )
        self.made.diagnostics += diagnostics
        return one_of("value", [field_node(names[key], type, key=key) for type, (key, _) in types.items()])


def _of_literal(value: str | bool | int | float) -> Scalar:
    if isinstance(value, str):
        return STRING
    if isinstance(value, bool):
        return BOOL
    return INT64 if isinstance(value, int) and -(2**63) <= value < 2**63 else DOUBLE


def _type_key(type: Single) -> str:
    return type.name if isinstance(type, Scalar) else type.symbol.full_name


def _type_word(type: Single) -> str:
    """What a type is in the name of a message around it: ``StringList``, ``Int64Map``."""
    return type.name.capitalize() if isinstance(type, Scalar) else type.symbol.path[-1]


def _arm_word(type: Single) -> str:
    return f"{type.name}_value" if isinstance(type, Scalar) else "any" if type is VALUE else type.symbol.path[-1]
