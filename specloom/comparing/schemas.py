"""Compares two schemas of one place: properties, values, members, what an alias stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import assert_never

from pydantic import JsonValue

from specloom.ir.schemas import (
    Default,
    Discriminator,
    IRAliasSchema,
    IREnumSchema,
    IRObjectSchema,
    IRPropertyObject,
    IRSchema,
    IRUnionSchema,
)
from specloom.ir.types import ANYTHING, AnyType, IRType, LiteralType, NeverType, ReferenceType

from . import words
from .changes import Use
from .constraints import size_changes
from .enums import deprecation, enum_changes
from .findings import At, Finding, Found, Sides
from .types import arms, compare_arms, compare_types


def compare_schemas(old: IRSchema, new: IRSchema, sides: Sides, at: At) -> Found:
    """What changed in one schema; of the schemas it mentions, only links."""
    yield from deprecation(old.deprecated, new.deprecated, at)
    match old, new:
        case IRObjectSchema(), IRObjectSchema():
            yield from _objects(old, new, sides, at)
        case IREnumSchema(), IREnumSchema():
            yield from enum_changes(old, new, at)
        case IRUnionSchema(), IRUnionSchema():
            yield from compare_arms(list(old.members), list(new.members), _said(old, new, sides), sides, at)
            yield from _discriminators(old.discriminator, new.discriminator, at.below("discriminator"))
        case IRAliasSchema(), IRAliasSchema():
            yield from compare_types(old.type, new.type, sides, at)
        case _:
            yield from _kinds(old, new, sides, at)


def requiredness(old: bool, new: bool, at: At) -> Iterator[Finding]:
    """Whether something has to be there."""
    if old != new:
        yield Finding("required-added" if new else "required-removed", at)


def defaults(old: Default | None, new: Default | None, at: At) -> Iterator[Finding]:
    """What a value is taken for that is left out."""
    was, now = words.of_default(old), words.of_default(new)
    if was != now and not (old and new and _same_number(old.value, new.value)):
        yield Finding("default-changed", at.below("default"), was, now)


def _same_number(old: JsonValue, new: JsonValue) -> bool:
    """Whether both are one number: ``1`` and ``1.0``."""
    numbers = [value for value in (old, new) if isinstance(value, int | float) and not isinstance(value, bool)]
    return len(numbers) == 2 and numbers[0] == numbers[1]


def one_way(prop: IRPropertyObject) -> Use | None:
    """The one way in which a property travels."""
    return Use.RESPONSE if prop.read_only else Use.REQUEST if prop.write_only else None


def _objects(old: IRObjectSchema, new: IRObjectSchema, sides: Sides, at: At) -> Found:
    was, now = {prop.name: prop for prop in old.properties}, {prop.name: prop for prop in new.properties}
    for name, prop in was.items():
        place = _property_place(at, name).travelling(one_way(prop))
        if name not in now:
            code = "required-property-removed" if prop.required else "property-removed"
            yield Finding(code, place, words.of_property(prop, sides.old), None)
    for name, prop in now.items():
        if name in was:
            yield from _properties(was[name], prop, sides, _property_place(at, name))
        else:
            code = "required-property-added" if prop.required else "property-added"
            place = _property_place(at, name).travelling(one_way(prop))
            yield Finding(code, place, None, words.of_property(prop, sides.new))
            if old.additional is not None and not isinstance(old.additional, AnyType | NeverType):
                yield from compare_types(old.additional, prop.type, sides, place)  # what the key could hold before
    yield from size_changes(old, new, at)
    yield from _additional(old.additional, new.additional, sides, at.into("other keys", "", "additionalProperties"))


def _property_place(at: At, name: str) -> At:
    return at.into("property", name, "properties", name)


def _properties(old: IRPropertyObject, new: IRPropertyObject, sides: Sides, at: At) -> Found:
    for flag, was, now in (("read-only", old.read_only, new.read_only), ("write-only", old.write_only, new.write_only)):
        if was != now:
            yield Finding(f"{flag}-{'added' if now else 'removed'}", at)
    # What turned from one way to both ways is as it was in the one, and new in the other.
    place = at.travelling(one_way(old) or one_way(new))
    yield from requiredness(old.required, new.required, place)
    yield from compare_types(old.type, new.type, sides, place)
    yield from deprecation(old.deprecated, new.deprecated, at)
    yield from defaults(old.default, new.default, place)


def _additional(old: IRType | None, new: IRType | None, sides: Sides, at: At) -> Found:
    """Other keys. Where the document says nothing they may hold anything."""
    was_closed, is_closed = isinstance(old, NeverType), isinstance(new, NeverType)
    if was_closed or is_closed:
        if was_closed != is_closed:
            code = "additional-properties-added" if was_closed else "additional-properties-removed"
            yield Finding(code, at, _kept(old, sides.old), _kept(new, sides.new))
        return
    if not (isinstance(old or ANYTHING, AnyType) and isinstance(new or ANYTHING, AnyType)):
        yield from compare_types(old or ANYTHING, new or ANYTHING, sides, at)


def _kept(type: IRType | None, schemas: Mapping[str, IRSchema]) -> str | None:
    return None if isinstance(type, NeverType) else words.of_type(type or ANYTHING, schemas)


def _discriminators(old: Discriminator | None, new: Discriminator | None, at: At) -> Iterator[Finding]:
    """Which property tells members apart; that its values changed is said of the members."""
    was, now = (None if each is None else each.property_name for each in (old, new))
    if was != now:
        yield Finding("discriminator-changed", at, was, now)


def _kinds(old: IRSchema, new: IRSchema, sides: Sides, at: At) -> Found:
    """Two schemas of different kinds."""
    yield from compare_arms(_as_arms(old), _as_arms(new), _said(old, new, sides), sides, at)


def _as_arms(schema: IRSchema) -> list[IRType]:
    """A schema as alternatives; only an object stays a reference."""
    match schema:
        case IRObjectSchema(name=name):
            return [ReferenceType(name=name)]
        case IREnumSchema(members=members):
            return [LiteralType(value=member.value) for member in members]
        case IRUnionSchema(members=members):
            return list(members)
        case IRAliasSchema(type=type):
            return arms(type)
        case _:
            assert_never(schema)


def _said(old: IRSchema, new: IRSchema, sides: Sides) -> Callable[[], tuple[str, str]]:
    return lambda: (_words(old, sides.old), _words(new, sides.new))


def _words(schema: IRSchema, schemas: Mapping[str, IRSchema]) -> str:
    match schema:
        case IRObjectSchema():
            return "object"
        case IREnumSchema(members=members):
            return words.listed(words.of_value(member.value) for member in members)
        case IRUnionSchema(members=members):
            return words.listed(words.of_type(member, schemas) for member in members)
        case IRAliasSchema(type=type):
            return words.of_type(type, schemas)
        case _:
            assert_never(schema)
