"""Limits of strings, numbers, arrays and objects: which of two allows less."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from specloom.ir.schemas import IRObjectSchema
from specloom.ir.types import ArrayType, MapType, Number, ScalarType, TupleType

from .findings import At, Finding

_WIDTHS = {
    "integer": {"int8": 1, "int16": 2, "int32": 3, "int64": 4, None: 4},
    "number": {"float": 1, "double": 2, None: 2},
}
"""Formats by how much they hold; a JSON number without one may be the widest."""
_SAYS_NOTHING = ("password",)
"""Formats that are about how a form shows a value (OpenAPI 3.1.1 §4.4)."""


def scalar_changes(old: ScalarType, new: ScalarType, at: At) -> Iterator[Finding]:
    """Two scalars of one type: format, bounds, lengths, pattern."""
    yield from _format(old, new, at)
    was, now = old.constraints, new.constraints
    if was is now or was == now:
        return
    yield from _tighter(_lowest(old), _lowest(new), at.below("minimum"))
    yield from _tighter(_highest(old), _highest(new), at.below("maximum"))
    yield from least(was.min_length, now.min_length, "character", at.below("minLength"))
    yield from most(was.max_length, now.max_length, "character", at.below("maxLength"))
    yield from _multiple(_step(old), _step(new), at.below("multipleOf"))
    yield from pattern(was.pattern, now.pattern, at.below("pattern"))


def array_changes(old: ArrayType, new: ArrayType, at: At) -> Iterator[Finding]:
    """How many items an array has, and whether they differ."""
    yield from least(old.min_items, new.min_items, "item", at.below("minItems"))
    yield from most(old.max_items, new.max_items, "item", at.below("maxItems"))
    if old.unique_items != new.unique_items:
        code = "constraint-tightened" if new.unique_items else "constraint-loosened"
        words = [("no item twice" if unique else None) for unique in (old.unique_items, new.unique_items)]
        yield Finding(code, at.below("uniqueItems"), words[0], words[1])


def size_changes(old: MapType | IRObjectSchema, new: MapType | IRObjectSchema, at: At) -> Iterator[Finding]:
    """How many keys there are."""
    yield from least(old.min_properties, new.min_properties, "key", at.below("minProperties"))
    yield from most(old.max_properties, new.max_properties, "key", at.below("maxProperties"))


def tuple_changes(old: TupleType, new: TupleType, at: At) -> Iterator[Finding]:
    """How many values a tuple has at least."""
    yield from least(old.min_items, new.min_items, "item", at.below("minItems"))


def least(old: int | None, new: int | None, unit: str, at: At) -> Iterator[Finding]:
    """A lower limit of a count, where none and 0 are one."""
    was, now = (((-limit, True), f"at least {_counted(limit, unit)}") if limit else None for limit in (old, new))
    yield from _tighter(was, now, at)


def most(old: int | None, new: int | None, unit: str, at: At) -> Iterator[Finding]:
    """An upper limit of a count."""
    was, now = (((limit, True), f"at most {_counted(limit, unit)}") if limit is not None else None for limit in (old, new))
    yield from _tighter(was, now, at)


def pattern(old: str | None, new: str | None, at: At) -> Iterator[Finding]:
    """A regular expression; which of two allows less is not known."""
    if old != new:
        code = "constraint-tightened" if old is None else "constraint-loosened" if new is None else "constraint-changed"
        was, now = (None if each is None else f"pattern {each}" for each in (old, new))
        yield Finding(code, at, was, now)


_Limit = tuple[tuple[Number, bool], str] | None
"""How much a limit lets through (less is tighter), and its words."""


def _step(type: ScalarType) -> Number | None:
    step = type.constraints.multiple_of
    return None if type.type == "integer" and step == 1 else step


def _lowest(type: ScalarType) -> _Limit:
    return _bound(type.constraints.minimum, type.constraints.exclusive_minimum, type.type == "integer", -1)


def _highest(type: ScalarType) -> _Limit:
    return _bound(type.constraints.maximum, type.constraints.exclusive_maximum, type.type == "integer", 1)


def _bound(inclusive: Number | None, exclusive: Number | None, whole: bool, sign: int) -> _Limit:
    """The tighter of both bounds; of integers, an exclusive bound is the inclusive one next to it."""
    found: list[tuple[Number, bool]] = []
    if inclusive is not None:
        found.append((inclusive * sign, True))
    if exclusive is not None:
        next_to = whole and isfinite(exclusive) and exclusive == int(exclusive)
        found.append((int(exclusive) * sign - 1, True) if next_to else (exclusive * sign, False))
    if not found:
        return None
    limit, is_inclusive = min(found)
    words = ("at most" if sign > 0 else "at least") if is_inclusive else ("less than" if sign > 0 else "more than")
    return (limit, is_inclusive), f"{words} {limit * sign}"


def _tighter(old: _Limit, new: _Limit, at: At) -> Iterator[Finding]:
    if old == new or (old and new and (old[0] == new[0] or old[1] == new[1])):
        return
    tightened = new is not None and (old is None or new[0] < old[0])
    yield Finding("constraint-tightened" if tightened else "constraint-loosened", at, old and old[1], new and new[1])


def _multiple(old: Number | None, new: Number | None, at: At) -> Iterator[Finding]:
    if old == new or repr(old) == repr(new):
        return
    words = [None if each is None else f"a multiple of {each}" for each in (old, new)]
    if old is None or (new is not None and _divides(old, new)):
        code = "constraint-tightened"
    elif new is None or _divides(new, old):
        code = "constraint-loosened"
    else:
        code = "constraint-changed"
    yield Finding(code, at, words[0], words[1])


def _divides(divisor: Number, number: Number) -> bool:
    return bool(divisor) and isfinite(divisor) and isfinite(number) and number % divisor == 0


def _format(old: ScalarType, new: ScalarType, at: At) -> Iterator[Finding]:
    was, now = _format_words(old), _format_words(new)
    if was == now:
        return
    place = at.below("format")
    widths = _WIDTHS.get(old.type, {})
    if was in widths and now in widths:
        if widths[was] != widths[now]:
            code = "type-widened" if widths[was] < widths[now] else "type-narrowed"
            yield Finding(code, place, was or old.type, now or new.type)
    elif was is None:
        yield Finding("format-added", place, None, now)
    elif now is None:
        yield Finding("format-removed", place, was, None)
    else:
        yield Finding("format-changed", place, was, now)


def _format_words(type: ScalarType) -> str | None:
    parts = (type.format, type.content_encoding, type.content_media_type)
    return ", ".join(part for part in parts if part and part not in _SAYS_NOTHING) or None


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"
