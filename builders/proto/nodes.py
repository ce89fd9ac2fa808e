"""The proto3 AST: every node that our output is made of, and a lowercase factory for each.

Nodes are values: frozen, compared by content, shared freely. How to use them:

- A message, an enum or an extension is a :class:`Symbol`, which knows its file; :func:`ref` mentions it as a type, and
  mentioning is importing. The printer writes the shortest name that means it from where it stands.
- Strings and comments are values: give them unescaped, the printer escapes them.
- Fields and enum values are made without a number: ``key`` says what they are in the document, and
  :func:`~specloom.builders.proto.numbering.number` gives each key its number by the lock. A number that a builder gives
  (the 0 of ``STATUS_UNSPECIFIED``) is kept and is no business of the lock.

>>> message("Product", [field("id", INT64, key="id"), field("tags", STRING, label=Label.REPEATED, key="tags")])
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, TypeAlias

# --- symbols and types


@dataclass(frozen=True, slots=True)
class Symbol:
    """A message, an enum or an extension. ``path`` are the names from the package inwards, ``file`` is what one imports."""

    package: str
    path: tuple[str, ...]
    file: str

    @property
    def full_name(self) -> str:
        """``acme.shop.v1.Order.Line``."""
        return ".".join((self.package, *self.path)) if self.package else ".".join(self.path)


def symbol(full_path: str, package: str, file: str) -> Symbol:
    """A symbol of ``package`` in ``file``: ``symbol("Order.Line", "acme.shop.v1", "acme/shop/v1/messages.proto")``."""
    return Symbol(package, tuple(full_path.split(".")), file)


ScalarName: TypeAlias = Literal[
    "double", "float", "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32", "sfixed64",
    "bool", "string", "bytes",
]
KeyName: TypeAlias = Literal[
    "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32", "sfixed64", "bool", "string"
]
"""What the key of a map may be: anything scalar but floats and bytes."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """``int64``, ``string``, ..."""

    name: ScalarName


@dataclass(frozen=True, slots=True)
class Ref:
    """A message or an enum as a type."""

    symbol: Symbol


@dataclass(frozen=True, slots=True)
class MapOf:
    """``map<K, V>``; a field of this type has no label, and cannot stand in a oneof."""

    key: KeyName
    value: Scalar | Ref


Type: TypeAlias = "Scalar | Ref | MapOf"

BOOL: Final = Scalar("bool")
BYTES: Final = Scalar("bytes")
DOUBLE: Final = Scalar("double")
FLOAT: Final = Scalar("float")
INT32: Final = Scalar("int32")
INT64: Final = Scalar("int64")
STRING: Final = Scalar("string")
UINT32: Final = Scalar("uint32")
UINT64: Final = Scalar("uint64")


def ref(symbol: Symbol) -> Ref:
    """A mention of ``symbol`` as a type, which imports its file."""
    return Ref(symbol)


def map_of(value: Scalar | Ref, *, key: KeyName = "string") -> MapOf:
    """``map<key, value>``."""
    return MapOf(key, value)


def _well_known(name: str, file: str) -> Ref:
    return Ref(Symbol("google.protobuf", (name,), f"google/protobuf/{file}.proto"))


ANY: Final = _well_known("Any", "any")
DURATION: Final = _well_known("Duration", "duration")
EMPTY: Final = _well_known("Empty", "empty")
LIST_VALUE: Final = _well_known("ListValue", "struct")
NULL_VALUE: Final = _well_known("NullValue", "struct")
STRUCT: Final = _well_known("Struct", "struct")
TIMESTAMP: Final = _well_known("Timestamp", "timestamp")
VALUE: Final = _well_known("Value", "struct")


# --- options


@dataclass(frozen=True, slots=True)
class Name:
    """A bare word as an option's value: a value of an enum, ``SPEED``."""

    name: str


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A message literal as an option's value: ``{get: "/v1/products"}``. A name may occur more than once."""

    entries: tuple[tuple[str, OptionValue], ...]


@dataclass(frozen=True, slots=True)
class ListLiteral:
    """``[1, 2]`` inside an aggregate."""

    values: tuple[OptionValue, ...]


OptionValue: TypeAlias = "str | bool | int | float | Name | Aggregate | ListLiteral"
"""A string is text of any origin: it is quoted and escaped."""


@dataclass(frozen=True, slots=True)
class Option:
    """``option name = value;`` or ``[name = value]``. A symbol as name is an extension, and imported: ``(google.api.http)``."""

    name: str | Symbol
    value: OptionValue


HTTP: Final = Symbol("google.api", ("http",), "google/api/annotations.proto")
HttpMethod: TypeAlias = Literal["get", "put", "post", "delete", "patch"]


def option(name: str | Symbol, value: OptionValue) -> Option:
    """An option of a file, message, enum, field, value, service or rpc."""
    return Option(name, value)


def aggregate(*entries: tuple[str, OptionValue]) -> Aggregate:
    """``{name: value ...}``."""
    return Aggregate(entries)


def list_literal(*values: OptionValue) -> ListLiteral:
    """``[value, ...]``."""
    return ListLiteral(values)


def http(
    method: str, path: str, *, body: str = "", response_body: str = "", additional_bindings: Iterable[Aggregate] = ()
) -> Option:
    """``option (google.api.http) = {post: "/v1/products" body: "*"};``

    ``method`` in any case; what google.api.HttpRule has no field for becomes ``custom {kind: "HEAD" path: ...}``.
    """
    bindings = (("additional_bindings", binding) for binding in additional_bindings)
    return Option(HTTP, Aggregate((*http_rule(method, path, body=body, response_body=response_body).entries, *bindings)))


def http_rule(method: str, path: str, *, body: str = "", response_body: str = "") -> Aggregate:
    """One google.api.HttpRule, as :func:`http` has it, for ``additional_bindings``."""
    entries: list[tuple[str, OptionValue]] = []
    if method.lower() in ("get", "put", "post", "delete", "patch"):
        entries.append((method.lower(), path))
    else:
        entries.append(("custom", aggregate(("kind", method.upper()), ("path", path))))
    if body:
        entries.append(("body", body))
    if response_body:
        entries.append(("response_body", response_body))
    return Aggregate(tuple(entries))


# --- messages


class Label(StrEnum):
    """What stands before a field's type. Nothing before a scalar is implicit presence: zero and absent are one."""

    NONE = ""
    OPTIONAL = "optional"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Field:
    """``optional string name = 1 [json_name = "Name", deprecated = true];``

    ``key`` is what the field is in the document, unique in its message: the wire name of a property. ``json_name`` only where it
    differs from what protoc makes of ``name``.
    """

    name: str
    type: Type
    key: str
    label: Label = Label.NONE
    number: int | None = None
    json_name: str | None = None
    deprecated: bool = False
    options: tuple[Option, ...] = ()
    """Further options."""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class OneOf:
    """``oneof name { ... }``: its fields have no label and are no maps. They are numbered as fields of the message."""

    name: str
    fields: tuple[Field, ...]
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message, or one nested in another. ``members`` are printed in their order, after what is reserved.

    ``key`` is what the message is in the document (a schema's name), where that is not ``name``: by it the lock keeps a name that
    had to be chosen.
    """

    name: str
    members: tuple[Member, ...] = ()
    key: str = ""
    reserved: tuple[int, ...] = ()
    reserved_names: tuple[str, ...] = ()
    deprecated: bool = False
    options: tuple[Option, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class EnumValue:
    """``PRODUCT_STATUS_DRAFT = 1;``; ``key`` is its wire text, unique in the enum."""

    name: str
    key: str
    number: int | None = None
    deprecated: bool = False
    options: tuple[Option, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Enum:
    """An enum; the first value has the number 0. ``key`` as that of a message."""

    name: str
    values: tuple[EnumValue, ...]
    key: str = ""
    reserved: tuple[int, ...] = ()
    reserved_names: tuple[str, ...] = ()
    deprecated: bool = False
    options: tuple[Option, ...] = ()
    comment: str = ""


Member: TypeAlias = "Field | OneOf | Message | Enum"


def field(
    name: str, type: Type, *, key: str, label: Label = Label.NONE, number: int | None = None, json_name: str | None = None,
    deprecated: bool = False, options: Iterable[Option] = (), comment: str = "",
) -> Field:
    """A field; without a number, which the lock gives."""
    return Field(name, type, key, label, number, json_name, deprecated, tuple(options), comment)


def one_of(name: str, fields: Iterable[Field], *, comment: str = "") -> OneOf:
    """``oneof name { ... }``."""
    return OneOf(name, tuple(fields), comment)


def message(
    name: str, members: Iterable[Member] = (), *, key: str = "", deprecated: bool = False, options: Iterable[Option] = (),
    comment: str = "",
) -> Message:
    """A message of fields, oneofs, nested messages and enums."""
    return Message(name, tuple(members), key, deprecated=deprecated, options=tuple(options), comment=comment)


def enum_value(
    name: str, *, key: str, number: int | None = None, deprecated: bool = False, options: Iterable[Option] = (), comment: str = ""
) -> EnumValue:
    """A value of an enum; without a number, which the lock gives."""
    return EnumValue(name, key, number, deprecated, tuple(options), comment)


def unspecified(name: str, *, comment: str = "") -> EnumValue:
    """The value 0, which stands for none: ``PRODUCT_STATUS_UNSPECIFIED``."""
    return EnumValue(name, "", 0, comment=comment)


def enum(
    name: str, values: Iterable[EnumValue], *, key: str = "", deprecated: bool = False, options: Iterable[Option] = (),
    comment: str = "",
) -> Enum:
    """An enum; its first value is :func:`unspecified`."""
    return Enum(name, tuple(values), key, deprecated=deprecated, options=tuple(options), comment=comment)


# --- services


@dataclass(frozen=True, slots=True)
class Rpc:
    """``rpc Name(Request) returns (stream Response) { options }``; ``key`` is what the operation is in the document."""

    name: str
    request: Symbol
    response: Symbol
    key: str = ""
    streams_request: bool = False
    streams_response: bool = False
    deprecated: bool = False
    options: tuple[Option, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A service and its rpcs; ``key`` as that of a message."""

    name: str
    rpcs: tuple[Rpc, ...]
    key: str = ""
    deprecated: bool = False
    options: tuple[Option, ...] = ()
    comment: str = ""


def rpc(
    name: str, request: Symbol, response: Symbol, *, key: str = "", streams_request: bool = False, streams_response: bool = False,
    deprecated: bool = False, options: Iterable[Option] = (), comment: str = "",
) -> Rpc:
    """A method of a service."""
    return Rpc(name, request, response, key, streams_request, streams_response, deprecated, tuple(options), comment)


def service(
    name: str, rpcs: Iterable[Rpc], *, key: str = "", deprecated: bool = False, options: Iterable[Option] = (), comment: str = ""
) -> Service:
    """A service."""
    return Service(name, tuple(rpcs), key, deprecated, tuple(options), comment)


# --- files

Declaration: TypeAlias = "Message | Enum | Service"


@dataclass(frozen=True, slots=True)
class ProtoFile:
    """One .proto file. ``path`` is where it is in the output, and what other files import: ``acme/shop/v1/messages.proto``."""

    path: str
    package: str
    declarations: tuple[Declaration, ...]
    options: tuple[Option, ...] = ()
    comment: str = ""
    """Above ``syntax``."""


def file(
    path: str, package: str, declarations: Iterable[Declaration], *, options: Iterable[Option] = (), comment: str = ""
) -> ProtoFile:
    """A file; its imports are made of what it mentions."""
    return ProtoFile(path, package, tuple(declarations), tuple(options), comment)
