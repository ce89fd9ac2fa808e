"""Compares two types: each is taken apart into alternatives, which are matched; by what is left over it is wider or narrower."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from typing import assert_never

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
    is_null,
)

from . import words
from .constraints import array_changes, pattern, scalar_changes, size_changes, tuple_changes
from .enums import enum_changes, value_key
from .findings import At, Finding, Found, Link, Sides

Arms = list[IRType]
Said = Callable[[], tuple[str, str]]
_Pairs = list[tuple[IRType, IRType]]
_References = list[tuple[ReferenceType, ReferenceType]]


def compare_types(old: IRType, new: IRType, sides: Sides, at: At) -> Found:
    """What changed from one type to the other, at one place."""
    if isinstance(old, ScalarType) and isinstance(new, ScalarType) and old.type == new.type:
        yield from scalar_changes(old, new, at)
        return
    if isinstance(old, ReferenceType) and isinstance(new, ReferenceType) and old.name == new.name:
        yield from _together(old.name, new.name, sides, at)
        return
    olds, news = arms(old), arms(new)
    if olds and news and not any(isinstance(arm, AnyType) for arm in (*olds, *news)):
        yield from nullability(allows_null(old), allows_null(new), at)

    def said() -> tuple[str, str]:
        return words.of_type(old, sides.old), words.of_type(new, sides.new)

    yield from compare_arms(olds, news, said, sides, at)


def nullability(old: bool, new: bool, at: At) -> Iterator[Finding]:
    """Whether null is allowed."""
    if old != new:
        yield Finding("nullable-added" if new else "nullable-removed", at)


def compare_arms(olds: Arms, news: Arms, said: Said, sides: Sides, at: At) -> Found:
    """What changed from some alternatives to others; ``said`` gives the words for all of each."""
    pairs, olds, news = _same_references(olds, news)
    for was, now in pairs:
        yield from _together(was.name, now.name, sides, at)
    matched = len(pairs)
    if len(olds) == len(news) == 1 and not matched and _alike(olds[0], news[0], sides):
        yield from _linked(olds[0], news[0], sides, at)
        return
    others, olds, news = _renamed_references(olds, news, sides) if olds and news else ([], olds, news)
    for was, now in others:
        yield from _linked(was, now, sides, at)
    olds, news = _expanded(olds, sides.old), _expanded(news, sides.new)
    values, olds, news = _same_values(olds, news)
    same, olds, news = _same_kinds(olds, news)
    for left, right in same:
        yield from _compare_alike(left, right, sides, at)
    matched += len(others) + values + len(same)
    yield from _left_over(olds, news, matched, said, sides, at)


def arms(type: IRType) -> Arms:
    """The alternatives of a type, less null."""
    members = type.members if isinstance(type, UnionType) else (type,)
    return [member for member in members if not is_null(member) and not isinstance(member, NeverType)]


def _same_references(olds: Arms, news: Arms) -> tuple[_References, Arms, Arms]:
    known = {arm.name: arm for arm in olds if isinstance(arm, ReferenceType)}
    pairs = [(known[arm.name], arm) for arm in news if isinstance(arm, ReferenceType) and arm.name in known]
    names = {arm.name for arm, _ in pairs}
    return pairs, _without(olds, names), _without(news, names)


def _without(given: Arms, names: set[str]) -> Arms:
    return [arm for arm in given if not (isinstance(arm, ReferenceType) and arm.name in names)]


def _alike(old: IRType, new: IRType, sides: Sides) -> bool:
    """Whether both are references to schemas of one kind, so that the difference is inside."""
    if isinstance(old, ReferenceType) and isinstance(new, ReferenceType):
        left, right = sides.old[old.name], sides.new[new.name]
        return left.kind == right.kind and not isinstance(left, IRAliasSchema)
    return False


def _linked(old: IRType, new: IRType, sides: Sides, at: At) -> Found:
    """Two references by different names. A new name for what stays is no more than that; for an inline schema it is nothing."""
    if isinstance(old, ReferenceType) and isinstance(new, ReferenceType):
        was, now = sides.declared(old.name, sides.old), sides.declared(new.name, sides.new)
        if was != now:
            said = words.of_type(old, sides.old), words.of_type(new, sides.new)
            yield Finding("type-renamed", at, *said, unless=sides.renamed(old.name, new.name))
        yield from _together(old.name, new.name, sides, at)


def _together(old: str, new: str, sides: Sides, at: At) -> Found:
    """A link; but equal inline enums of a document are one, wherever they stand, so they are compared in each place."""
    was, now = sides.old[old], sides.new[new]
    if isinstance(was, IREnumSchema) and isinstance(now, IREnumSchema) and was.inline and now.inline:
        yield from enum_changes(was, now, at)
    else:
        yield Link(old, new, at)


def _renamed_references(olds: Arms, news: Arms, sides: Sides) -> tuple[_References, Arms, Arms]:
    """References of a union that have other names and are the same thing: variants, renamed schemas, inline ones in a row."""
    left = [arm for arm in olds if isinstance(arm, ReferenceType)]
    right = [arm for arm in news if isinstance(arm, ReferenceType)]
    pairs: _References = []
    for tell in (_declared_as, _outline):
        was = {key: arm for arm in left if (key := tell(arm.name, sides, sides.old))}
        now = {key: arm for arm in right if (key := tell(arm.name, sides, sides.new))}
        found = [(arm, now[key]) for key, arm in was.items() if key in now and _alike(arm, now[key], sides)]
        if tell is _outline:
            found = [(a, b) for a, b in found if _may_be_one(a.name, b.name, sides)]
        pairs += found
        gone, come = {arm.name for arm, _ in found}, {arm.name for _, arm in found}
        left, right = [a for a in left if a.name not in gone], [a for a in right if a.name not in come]
    rest = [(a, b) for a, b in zip(left, right, strict=False) if sides.old[a.name].inline and sides.new[b.name].inline]
    if len(left) == len(right) == len(rest) and all(_alike(a, b, sides) for a, b in rest):
        pairs += rest
    return pairs, _without(olds, {arm.name for arm, _ in pairs}), _without(news, {arm.name for _, arm in pairs})


def _declared_as(name: str, sides: Sides, side: Mapping[str, IRSchema]) -> str | None:
    return sides.declared(name, side)


def _outline(name: str, sides: Sides, side: Mapping[str, IRSchema]) -> tuple[object, ...] | None:
    """What tells a schema from others at a glance."""
    match side[name]:
        case IRObjectSchema(properties=properties):
            return ("object", *sorted(prop.name for prop in properties))
        case IREnumSchema(members=members):
            return ("enum", *sorted(str(member.value) for member in members))
        case _:
            return None


def _may_be_one(old: str, new: str, sides: Sides) -> bool:
    return sides.old[old].inline or sides.new[new].inline or sides.renamed(old, new) is not None


def _expanded(given: Arms, schemas: Mapping[str, IRSchema]) -> Arms:
    """The alternatives with enums, unions and aliases taken apart; references to objects stay."""
    found: Arms = []
    seen: set[str] = set()
    waiting = list(reversed(given))
    while waiting:
        arm = waiting.pop()
        if not isinstance(arm, ReferenceType):
            found.append(arm)
            continue
        if arm.name in seen:
            continue
        seen.add(arm.name)
        match schemas[arm.name]:
            case IRObjectSchema():
                found.append(arm)
            case IREnumSchema(members=members):
                found += (LiteralType(value=member.value) for member in members)
            case IRUnionSchema(members=members):
                waiting += reversed(members)
            case IRAliasSchema(type=type):
                waiting += reversed(arms(type))
            case other:
                assert_never(other)
    return found


def _same_values(olds: Arms, news: Arms) -> tuple[int, Arms, Arms]:
    was = {value_key(arm.value) for arm in olds if isinstance(arm, LiteralType)}
    now = {value_key(arm.value) for arm in news if isinstance(arm, LiteralType)}
    both = was & now

    def rest(given: Arms) -> Arms:
        return [arm for arm in given if not (isinstance(arm, LiteralType) and value_key(arm.value) in both)]

    return len(both), rest(olds), rest(news)


def _same_kinds(olds: Arms, news: Arms) -> tuple[_Pairs, Arms, Arms]:
    """Pairs of alternatives of one kind: the equal ones first, then one by one in their order."""
    pairs: _Pairs = []
    for tell in (_exact, _kind):
        waiting: dict[object, list[IRType]] = {}
        for arm in reversed(olds):
            waiting.setdefault(tell(arm), []).append(arm)
        rest: Arms = []
        for arm in news:
            key = tell(arm)
            if key is not None and waiting.get(key):
                pairs.append((waiting[key].pop(), arm))
            else:
                rest.append(arm)
        taken = {id(old) for old, _ in pairs}
        olds, news = [arm for arm in olds if id(arm) not in taken], rest
    return pairs, olds, news


def _exact(arm: IRType) -> object:
    return (arm.type, arm.format) if isinstance(arm, ScalarType) else None if _kind(arm) is None else arm.model_dump_json()


def _kind(arm: IRType) -> str | None:
    if isinstance(arm, ReferenceType | LiteralType):
        return None
    return arm.type if isinstance(arm, ScalarType) else arm.kind


def _compare_alike(old: IRType, new: IRType, sides: Sides, at: At) -> Found:
    match old, new:
        case ScalarType(), ScalarType():
            yield from scalar_changes(old, new, at)
        case ArrayType(), ArrayType():
            yield from array_changes(old, new, at)
            yield from compare_types(old.items, new.items, sides, at.into("items", "", "items"))
        case MapType(), MapType():
            yield from size_changes(old, new, at)
            yield from pattern(old.key_pattern, new.key_pattern, at.into("keys", "", "propertyNames"))
            yield from compare_types(old.values, new.values, sides, at.into("values", "", "additionalProperties"))
        case TupleType(), TupleType():
            yield from tuple_changes(old, new, at)
            for index, (left, right) in enumerate(zip_longest(old.items, new.items)):
                place = at.into("item", str(index + 1), "prefixItems", str(index))
                yield from compare_types(left or old.rest, right or new.rest, sides, place)
            yield from compare_types(old.rest, new.rest, sides, at.into("further items", "", "items"))
        case _:
            return


def _left_over(olds: Arms, news: Arms, matched: int, said: Said, sides: Sides, at: At) -> Found:
    """What has no counterpart, less what another alternative of the other side holds."""
    if not olds and not news:
        return
    gone, come = _uncovered(olds, news), _uncovered(news, olds)
    if not gone and not come:
        return
    values = [each for each in gone if isinstance(each, LiteralType)], [each for each in come if isinstance(each, LiteralType)]
    only_values = len(values[0]) == len(gone) and len(values[1]) == len(come)
    covered = len(gone) < len(olds) or len(come) < len(news)
    if only_values and not covered and (matched or (gone and come)):
        for code, each in (("enum-value-removed", values[0]), ("enum-value-added", values[1])):
            for value in each:
                text = words.of_value(value.value)
                yield Finding(code, at, *((text, None) if code == "enum-value-removed" else (None, text)))
    elif matched and not covered:
        for arm in gone:
            yield Finding("alternative-removed", at, words.of_type(arm, sides.old), None)
        for arm in come:
            yield Finding("alternative-added", at, None, words.of_type(arm, sides.new))
    else:
        code = "type-changed" if gone and come else "type-narrowed" if gone else "type-widened"
        yield Finding(code, at, *said())


def _uncovered(given: Arms, others: Arms) -> Arms:
    covers = [other for other in others if not isinstance(other, LiteralType | ReferenceType | NeverType)]
    return [arm for arm in given if not any(_covered(arm, other) for other in covers)]


def _covered(arm: IRType, by: IRType) -> bool:
    """Whether every value of ``arm`` is one of ``by``; where that is not plain to see, no."""
    match by:
        case AnyType():
            return True
        case MapType(values=AnyType(), key_pattern=None, min_properties=None, max_properties=None):
            return isinstance(arm, ReferenceType | MapType)
        case ScalarType():
            return _scalar_covered(arm, by)
        case UploadType():
            return isinstance(arm, UploadType)
        case _:
            return False


def _scalar_covered(arm: IRType, by: ScalarType) -> bool:
    if by != ScalarType(type=by.type):
        return False
    if isinstance(arm, ScalarType):
        return arm.type == by.type or (arm.type, by.type) == ("integer", "number")
    if not isinstance(arm, LiteralType):
        return False
    match by.type, arm.value:
        case "boolean", bool():
            return True
        case ("integer" | "number"), bool():
            return False
        case "integer", int():
            return True
        case "number", (int() | float()):
            return True
        case "string", str():
            return True
        case _:
            return False
