"""``common/v1/messages.proto``: all schemas as messages and enums.

All of them are in one package, whatever tag uses them: a schema that a second tag comes to use then moves nowhere, and what is
there once keeps its full name.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import assert_never

from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic
from specloom.ir.schemas import (
    EnumMember,
    IRAliasSchema,
    IREnumSchema,
    IRObjectSchema,
    IRPropertyObject,
    IRSchema,
    IRUnionSchema,
)
from specloom.ir.types import AnyType, MapType, NeverType, ReferenceType, ScalarType, allows_null

from .declared import declared_schemas
from .documentation import property_comment, schema_comment, value_comment
from .names import (
    NOTHING_KEPT,
    KeptNames,
    TypeNames,
    ValueNames,
    common_package,
    field_name,
    json_name,
    member_fields,
    message_name,
)
from .nodes import Declaration, Enum, Field, Label, Message, OneOf, Ref, Symbol, enum, enum_value, field, message, unspecified
from .types import FieldType, Made, Place, TypeMapper, schema_place

EXTRA = "{}"
"""The key of the field for keys that an object does not name; no wire name of a property, unless that is as strange."""


class Schemas:
    """The messages of all schemas, and of the types that stand in them or in operations.

    Operations may ask :attr:`types` for more messages; :meth:`declarations` comes last.
    """

    def __init__(self, api: IRContext, package: str, kept: KeptNames = NOTHING_KEPT, *, wrappers: bool = False) -> None:
        self.package = common_package(package)
        self.file = f"{self.package.replace('.', '/')}/messages.proto"
        self._api, self._kept = api, kept
        known = {key: name for key, name in kept.types(self.package).items() if key in api.schemas or " " in key}
        self._names = TypeNames(self.package, known)
        self._values = ValueNames()
        self._diagnostics: list[Diagnostic] = []
        declared = declared_schemas(api.schemas)
        self._declared: Sequence[IRSchema] = [s for name, s in api.schemas.items() if name in declared]
        symbols = {schema.name: self._symbol(schema) for schema in self._declared}
        for schema in self._declared:
            if isinstance(schema, IREnumSchema):
                had = kept.values(symbols[schema.name].full_name)
                if had:
                    self._values.keep(symbols[schema.name].path[0], map(_wire_text, schema.members), had)
        self._made = Made(self._names, self.file, kept)
        enums = frozenset(symbols[s.name] for s in self._declared if isinstance(s, IREnumSchema))
        self.types = TypeMapper(api.schemas, symbols, self._made, enums, wrappers=wrappers)

    def _symbol(self, schema: IRSchema) -> Symbol:
        wanted = message_name(schema.name)
        names: tuple[str, ...] = (wanted,)
        if isinstance(schema, IREnumSchema) and wanted.endswith("Enum") and len(wanted) > 4:
            # ProductStatusEnum is ProductStatus, unless that is another schema.
            names = (wanted,) if wanted[:-4] in self._api.schemas else (wanted[:-4], wanted)
        kind = "enum" if isinstance(schema, IREnumSchema) else "message"
        name = self._names.give(schema.name, *names, what=kind, pointer=schema.pointer)
        return Symbol(self.package, (name,), self.file)

    def declarations(self, types: TypeMapper) -> tuple[Declaration, ...]:
        """Every schema in document order, each followed by the messages that it was the first to need; operations' last."""
        for_operations = [*self._made.messages]
        self._made.messages.clear()
        found: list[Declaration] = []
        for schema in self._declared:
            found.append(self._declaration(schema, types))
            found += self._made.messages
            self._made.messages.clear()
        return (*found, *for_operations)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was renamed or could not be carried over."""
        return (*self._names.diagnostics, *self._values.diagnostics, *self._made.diagnostics, *self._diagnostics)

    def _declaration(self, schema: IRSchema, types: TypeMapper) -> Declaration:
        known = types.symbols[schema.name]
        match schema:
            case IREnumSchema():
                return self._enum(schema, known)
            case IRObjectSchema(properties=properties, additional=additional) if properties or isinstance(additional, NeverType):
                return self._message(schema, known, self._fields(schema, known, types))
            case IRUnionSchema(members=members, discriminator=discriminator):
                labels: dict[str, str] = {}
                for value, name in discriminator.mapping if discriminator else ():
                    labels.setdefault(name, value)
                return self._message(schema, known, [types.arms(members, schema_place(schema), known, labels)])
            case IRObjectSchema() | IRAliasSchema():
                content = types.content(schema)
                name = "value" if content.is_single else "values"
                return self._message(schema, known, [field(name, content.type, key=name, label=content.label)])
            case _:
                assert_never(schema)

    def _message(self, schema: IRSchema, known: Symbol, members: Iterable[Field | OneOf]) -> Message:
        return message(known.path[0], members, key=schema.name, deprecated=schema.deprecated, comment=schema_comment(schema))

    # --- objects

    def _fields(self, schema: IRObjectSchema, known: Symbol, types: TypeMapper) -> list[Field]:
        owner = schema_place(schema)
        found = [self._type(owner, prop, types) for prop in schema.properties]
        wanted = [(prop.name, (_wanted(prop.name, type),)) for prop, type in zip(schema.properties, found, strict=True)]
        has_extra = schema.additional is not None and not isinstance(schema.additional, NeverType)
        if has_extra:
            wanted.append((EXTRA, ("additional_properties",)))
        kept = self._kept.fields(known.full_name)
        names, diagnostics = member_fields(wanted, kept, what=schema.name, pointer=schema.pointer)
        self._diagnostics += diagnostics
        taken = {*names.values()}
        if any(prop.name[:1] == "_" for prop in schema.properties):
            marked = [prop.name for prop, type in zip(schema.properties, found, strict=True) if type.label is Label.OPTIONAL]
            taken.update(f"_{names[wire]}" for wire in marked)
        fields = [
            Field(
                names[prop.name], type.type, prop.name, type.label,
                json_name=self._json_name(owner, prop.name, names[prop.name], taken), deprecated=prop.deprecated,
                comment=property_comment(prop),
            )
            for prop, type in zip(schema.properties, found, strict=True)
        ]  # fmt: skip
        if has_extra and schema.additional is not None:
            fields.append(self._extra(schema, owner, names[EXTRA], types))
        self._said_about_null(schema)
        return fields

    def _type(self, owner: Place, prop: IRPropertyObject, types: TypeMapper) -> FieldType:
        is_plain = isinstance(prop.type, ScalarType | ReferenceType)
        place = owner if is_plain else owner.inside(message_name(prop.name), f".{prop.name}")
        found = types.field(prop.type, place, present=prop.required)
        if prop.name[:1] == "_" and isinstance(found.type, Ref) and not types.is_enum(found.type):
            return FieldType(found.type, found.label if found.label is Label.REPEATED else Label.NONE)  # it has presence anyway
        return found

    def _extra(self, schema: IRObjectSchema, owner: Place, name: str, types: TypeMapper) -> Field:
        """The field of keys that ``schema`` does not name."""
        assert schema.additional is not None
        found = types.plain(MapType(values=schema.additional), owner.inside("AdditionalProperties", ".{}"))
        message = f"keys that {schema.name} does not name are in the field {name}, one level deeper than in the API's JSON"
        self._made.lost("keys-not-carried-over", message, schema.pointer)
        return field(name, found.type, key=EXTRA, label=found.label, comment="Keys that no other field is for.")

    def _json_name(self, owner: Place, wire: str, name: str, taken: Collection[str]) -> str | None:
        wanted = wire_json_name(name, wire)
        if wanted is not None and wire not in taken:
            return wanted
        if wanted is None and wire == json_name(name):
            return None
        if wanted is None or (wire in taken and wire != name):
            # A parser takes the name of a field for its JSON name too, so that no other field may have it.
            message = f"{owner.key}.{wire} is {json_name(name)!r} in proto's JSON"
            self._made.lost("json-name-not-carried-over", message, owner.pointer)
            return None
        return wanted

    def _said_about_null(self, schema: IRObjectSchema) -> None:
        """Where ``null`` and absence are two things to the document, which they are not to proto."""
        both = [
            prop.name
            for prop in schema.properties
            if not prop.required
            and not isinstance(prop.type, ScalarType | ReferenceType | AnyType)
            and allows_null(prop.type)
        ]
        if both:
            self._made.lost(
                "null-not-carried-over",
                f"in {schema.name}, null and absent are one to proto: {', '.join(both)}",
                schema.pointer,
            )

    # --- enums

    def _enum(self, schema: IREnumSchema, known: Symbol) -> Enum:
        keys = [_wire_text(member) for member in schema.members]
        texts = [(key, _words_of(member)) for key, member in zip(keys, schema.members, strict=True)]
        zero, names = self._values.give(known.path[0], texts, schema.pointer)
        values = [
            enum_value(names[key], key=key, deprecated=member.deprecated, comment=value_comment(member))
            for key, member in zip(keys, schema.members, strict=True)
        ]
        return enum(known.path[0], [unspecified(zero), *values], key=schema.name, deprecated=schema.deprecated,
                    comment=schema_comment(schema))


def _wanted(wire: str, type: FieldType) -> str:
    """The name that a property's field wants.

    ``_id`` of a scalar that may be absent is not ``id``: protoc calls the oneof behind such a field ``_id``, and then Python's
    runtime refuses that for a JSON name.
    """
    name = field_name(wire)
    is_hidden = wire[:1] == "_" and type.label is Label.OPTIONAL and wire == f"_{name}"
    return f"{name}_value" if is_hidden else name


@lru_cache(maxsize=65_536)
def wire_json_name(name: str, wire: str) -> str | None:
    """The option ``json_name``, where JSON says something else than protoc makes of ``name``."""
    if wire == json_name(name) or (wire[:1] == "[" and wire[-1:] == "]") or "\0" in wire or not wire:
        return None
    return wire


def _wire_text(member: EnumMember) -> str:
    """What an enum's value is in the document: a text as it is, all else as JSON."""
    return member.value if isinstance(member.value, str) else json.dumps(member.value)


def _words_of(member: EnumMember) -> str:
    return member.name or ("true" if member.value is True else "false" if member.value is False else str(member.value))


