"""Compares enums: sets of values, whatever their order."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.ir.schemas import IREnumSchema
from specloom.ir.types import LiteralValue

from . import words
from .findings import At, Finding


def value_key(value: LiteralValue) -> tuple[bool, object]:
    """A key by which JSON values are one: ``1`` and ``1.0`` are, ``1`` and ``true`` are not."""
    return isinstance(value, bool), value if value == value else "nan"


def enum_changes(old: IREnumSchema, new: IREnumSchema, at: At) -> Iterator[Finding]:
    """Which values are gone, have come, or are deprecated."""
    was = {value_key(member.value): member for member in old.members}
    now = {value_key(member.value): member for member in new.members}
    for key, member in was.items():
        if key not in now:
            yield Finding("enum-value-removed", at.below("enum"), words.of_value(member.value), None)
    for key, member in now.items():
        if key not in was:
            yield Finding("enum-value-added", at.below("enum"), None, words.of_value(member.value))
        else:
            place = at.into("value", words.of_value(member.value)).below("enum")
            yield from deprecation(was[key].deprecated, member.deprecated, place)


def deprecation(old: bool, new: bool, at: At) -> Iterator[Finding]:
    """Whether something is deprecated."""
    if old != new:
        yield Finding("deprecation-added" if new else "deprecation-removed", at.below("deprecated"))
