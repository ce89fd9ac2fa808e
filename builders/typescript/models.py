"""Interfaces, enums, unions and aliases: a file for each tag's own schemas, one for what several share, one for all enums."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import assert_never

from specloom.builders.documentation import example_text
from specloom.ir.context import IRContext
from specloom.ir.recursion import recursive_groups
from specloom.ir.schemas import (
    IRAliasSchema,
    IREnumSchema,
    IRObjectSchema,
    IRPropertyObject,
    IRSchema,
    IRUnionSchema,
    Role,
)
from specloom.ir.types import AnyType, IRType, NeverType, ReferenceType, UnionType

from . import nodes as ts
from .names import ENUMS, Names, enum_member_names
from .types import TypeMapper


def type_mapper(api: IRContext, names: Names, formats: Mapping[str, ts.Type] | None = None) -> TypeMapper:
    """The mapper for the types of ``api``."""
    return TypeMapper(names.types, formats or {}, frozenset(recursive_groups(api.schemas)))


def model_files(api: IRContext, names: Names, types: TypeMapper) -> tuple[ts.File, ...]:
    """``enums.ts`` and every ``models.ts``, schemas in document order."""
    direct = _direct_members(api.schemas)
    modules: dict[str, list[ts.Statement]] = {}
    for name, schema in api.schemas.items():
        found = modules.setdefault(names.types[name].module, [])
        found.extend(_declarations(schema, names, types, direct))
    files = [ts.file(f"{ENUMS}.ts", *modules.pop(ENUMS))] if ENUMS in modules else []
    files.extend(ts.file(f"{module}.ts", *statements) for module, statements in modules.items())
    return tuple(files)


def _declarations(
    schema: IRSchema, names: Names, types: TypeMapper, direct: Mapping[str, tuple[IRType, ...]]
) -> Iterable[ts.Statement]:
    name = names.types[schema.name].name
    match schema:
        case IRObjectSchema():
            yield _interface(schema, name, names, types)
        case IREnumSchema():
            yield from _enum(schema, name)
        case IRUnionSchema(members=members):
            shown = direct.get(schema.name, members)
            yield ts.export_type(name, _union(shown, types), doc=_schema_doc(schema, names))
        case IRAliasSchema(type=type):
            shown = direct.get(schema.name, (type,))
            yield ts.export_type(name, _union(shown, types), doc=_schema_doc(schema, names))
        case _:
            assert_never(schema)


def _union(members: Iterable[IRType], types: TypeMapper) -> ts.Type:
    mapped = [types(member) for member in members]
    return ts.union_of(*mapped) if mapped else ts.UNKNOWN


# ------------------------------------------------------------------------------------------------------------- objects


def _interface(schema: IRObjectSchema, name: str, names: Names, types: TypeMapper) -> ts.Interface:
    members: list[ts.TypeMember] = [_property(prop, types) for prop in schema.properties]
    rest = _index_signature(schema, types)
    if rest is not None:
        members.append(rest)
    return ts.interface(name, members, doc=_schema_doc(schema, names))


def _index_signature(schema: IRObjectSchema, types: TypeMapper) -> ts.IndexSignature | None:
    """The type of keys that have no property of their own; TypeScript wants it to hold the properties' types too."""
    others = schema.additional
    if others is None:
        return None if schema.properties else ts.index_signature(ts.UNKNOWN)
    if isinstance(others, NeverType):
        return None if schema.properties else ts.index_signature(ts.NEVER)
    if isinstance(others, AnyType):
        return ts.index_signature(ts.UNKNOWN)
    held = [types(others), *(types(prop.type) for prop in schema.properties)]
    if any(not prop.required for prop in schema.properties):
        held.append(ts.UNDEFINED_TYPE)
    if ts.UNKNOWN in held:
        return ts.index_signature(ts.UNKNOWN)
    return ts.index_signature(ts.union_of(*held))


def _property(prop: IRPropertyObject, types: TypeMapper) -> ts.PropertySignature:
    return ts.PropertySignature(
        prop.name, types(prop.type), not prop.required, prop.read_only, property_doc(prop.title, prop.description, prop)
    )


def property_doc(title: str | None, description: str | None, prop: IRPropertyObject) -> ts.JSDoc:
    """The comment of a property: what it is, its default, an example, whether it is deprecated."""
    text = description or _telling(title, prop.name)
    example = example_text(prop)
    if not text and prop.default is None and example is None and not prop.deprecated:
        return ts.NO_DOC
    tags: list[ts.DocTag] = []
    if prop.default is not None:
        tags.append(ts.tag("default", json.dumps(prop.default.value, ensure_ascii=False)))
    if example is not None:
        tags.append(ts.tag("example", example))
    if prop.deprecated:
        tags.append(ts.tag("deprecated"))
    return ts.doc(text, tags=tags)


def _telling(title: str | None, name: str) -> str | None:
    """A title that says more than the name does."""
    if not title or _letters(title) == _letters(name):
        return None
    return title


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _schema_doc(schema: IRSchema, names: Names) -> ts.JSDoc:
    """The schema's description; for a variant what it is for."""
    text: str | tuple[ts.Inline, ...] | None = schema.description or _telling(schema.title, schema.name)
    base = names.types.get(schema.base) if schema.base else None
    if base is not None and schema.role is Role.REQUEST:
        text = ("What is sent to create a ", ts.Link(base.name), ".")
    elif base is not None and schema.role is Role.PATCH:
        text = ("What is sent to change a ", ts.Link(base.name), "; what is left out stays.")
    if not text and not schema.deprecated:
        return ts.NO_DOC
    return ts.doc(text, tags=(ts.tag("deprecated"),) if schema.deprecated else ())


# --------------------------------------------------------------------------------------------------------------- enums


def _enum(schema: IREnumSchema, name: str) -> tuple[ts.Statement, ...]:
    members = enum_member_names((member.value, member.name) for member in schema.members)
    pairs: list[ts.ObjectMember] = []
    for member_name, member in zip(members, schema.members, strict=True):
        tags = (ts.tag("deprecated"),) if member.deprecated else ()
        comment = ts.doc(member.description, tags=tags) if member.description or tags else ts.NO_DOC
        pairs.append(ts.pair(member_name, _value(member.value), doc=comment))
    text = schema.description or _telling(schema.title, schema.name)
    comment = ts.doc(text, tags=(ts.tag("deprecated"),) if schema.deprecated else ())
    return (
        ts.export_const(name, ts.as_const(ts.obj(*pairs, broken=True)), doc=comment),
        ts.export_type(name, ts.indexed(ts.typeof(name), ts.keyof(ts.typeof(name)))),
    )


def _value(value: str | bool | int | float) -> ts.Expression:
    if isinstance(value, str):
        return ts.string(value)
    if isinstance(value, bool):
        return ts.TRUE if value else ts.FALSE
    return ts.number(value)


# -------------------------------------------------------------------------------------------------------------- cycles


def _direct_members(schemas: Mapping[str, IRSchema]) -> dict[str, tuple[IRType, ...]]:
    """The members of unions and aliases that are made of each other alone (``A = A | B``), which TypeScript refuses.

    Each of such a ring is everything that any of them holds besides the ring itself.
    """
    ring_of: dict[str, frozenset[str]] = {}
    for name, schema in schemas.items():
        if isinstance(schema, IRUnionSchema | IRAliasSchema) and name not in ring_of:
            reached = _reached(name, schemas)
            if name in reached:
                ring = frozenset(other for other in reached if name in _reached(other, schemas))
                ring_of.update(dict.fromkeys(ring, ring))
    found: dict[str, tuple[IRType, ...]] = {}
    for name, ring in ring_of.items():
        members = (m for other in schemas if other in ring for m in _parts(schemas[other]))
        found[name] = tuple(m for m in members if not (isinstance(m, ReferenceType) and m.name in ring))
    return found


def _parts(schema: IRSchema) -> tuple[IRType, ...]:
    """The types that a value of a union or alias may have, references not followed."""
    match schema:
        case IRUnionSchema(members=members):
            return members
        case IRAliasSchema(type=UnionType(members=members)):
            return members
        case IRAliasSchema(type=type):
            return (type,)
        case _:
            return ()


def _reached(start: str, schemas: Mapping[str, IRSchema]) -> dict[str, None]:
    """The unions and aliases that ``start`` is made of, and those that these are made of."""
    found: dict[str, None] = {}
    waiting = [start]
    while waiting:
        for part in _parts(schemas[waiting.pop()]):
            if isinstance(part, ReferenceType) and part.name not in found:
                found[part.name] = None
                waiting.append(part.name)
    return found
