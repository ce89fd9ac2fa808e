"""Gives every field and enum value its number by the lock, and reserves what was removed.

- What the lock knows keeps its number, whatever became of its name, place or type.
- What is new gets the number after the highest that was ever given in its message or enum (19000 to 19999 are protobuf's own).
- What is no longer there is reserved by number, and by name unless something else has that name now.
- What comes back gets its number back if it is of the type it had, so that old data reads right; else a new one, and the old
  number stays reserved for good.
- A message or enum that is no longer made stays in the lock: should it come back, its numbers do too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from specloom.ir.diagnostics import Diagnostic, Severity

from .lock import (
    EMPTY_LOCK,
    HIGHEST_FIELD,
    HIGHEST_VALUE,
    LOCK_NAME,
    RESERVED_BY_PROTOBUF,
    Entries,
    Entry,
    Lock,
    highest_number,
    next_number,
    parse,
    text,
)
from .nodes import Declaration, Enum, Field, Label, MapOf, Message, OneOf, ProtoFile, Ref, Scalar, Service, Type

__all__ = ["EMPTY_LOCK", "LOCK_NAME", "Entry", "Lock", "Numbered", "number", "parse", "text"]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Files whose fields and values have numbers, the lock that says so next time, and what is worth knowing."""

    files: tuple[ProtoFile, ...]
    lock: Lock
    diagnostics: tuple[Diagnostic, ...] = ()


def number(files: Sequence[ProtoFile], lock: Lock = EMPTY_LOCK) -> Numbered:
    """Numbers all fields and values, in the order they stand in.

    Numbers that nodes have already are kept and stay out of the lock. Two fields of one key in one message are a mistake of a
    builder: ``ValueError``. A field whose type changed keeps its number, with the warning ``field-type-changed``.
    """
    run = _Run(lock)
    made = tuple(
        replace(file, declarations=tuple(run.declaration(each, file.package) for each in file.declarations)) for file in files
    )
    names = {scope: {**lock.names.get(scope, {}), **found} for scope, found in run.names.items()}
    after = Lock({**lock.messages, **run.messages}, {**lock.enums, **run.enums}, {**lock.names, **names})
    return Numbered(made, after, tuple(run.diagnostics))


class _Run:
    """What is found while files are numbered."""

    def __init__(self, lock: Lock) -> None:
        self._lock = lock
        self.messages: dict[str, Entries] = {}
        self.enums: dict[str, Entries] = {}
        self.names: dict[str, dict[str, str]] = {}
        self.diagnostics: list[Diagnostic] = []

    def declaration(self, declaration: Declaration, scope: str) -> Declaration:
        match declaration:
            case Message():
                return self._message(declaration, scope)
            case Enum():
                return self._enum(declaration, scope)
            case Service():
                self._name(scope, declaration.key, declaration.name)
                for rpc in declaration.rpcs:
                    self._name(f"{scope}.{declaration.name}", rpc.key, rpc.name)
                return declaration

    def _name(self, scope: str, key: str, name: str) -> None:
        if key and key != name:
            self.names.setdefault(scope, {})[key] = name

    def _message(self, message: Message, scope: str) -> Message:
        full_name = f"{scope}.{message.name}"
        self._name(scope, message.key, message.name)
        known = self._lock.messages.get(full_name, {})
        fields = [each for member in message.members for each in _fields(member)]
        given = _Given(known, HIGHEST_FIELD, [each.number for each in fields if each.number is not None])
        members = tuple([self._member(member, full_name, given) for member in message.members])
        entries = given.all_entries()
        if entries:
            self.messages[full_name] = entries
        names = {each.name for each in fields}
        numbers, reserved = _reserved(entries, names)
        return Message(message.name, members, message.key, numbers, reserved, message.deprecated, message.options,
                       message.comment)

    def _member(self, member: Field | OneOf | Message | Enum, scope: str, given: _Given) -> Field | OneOf | Message | Enum:
        match member:
            case Field():
                return self._field(member, scope, given)
            case OneOf(name=name, fields=fields, comment=comment):
                return OneOf(name, tuple(self._field(each, scope, given) for each in fields), comment)
            case Message():
                return self._message(member, scope)
            case Enum():
                return self._enum(member, scope)

    def _field(self, field: Field, scope: str, given: _Given) -> Field:
        if field.number is not None:
            return field
        kind = field.type.name if isinstance(field.type, Scalar) and field.label is not Label.REPEATED else _described(field)
        earlier = given.known.get(field.key)
        number = given.give(field.key, field.name, kind)
        if earlier is not None and not earlier.removed and earlier.type != kind:
            self.diagnostics.append(_changed_type(f"{scope}.{field.name}", earlier, kind))
        return Field(field.name, field.type, field.key, field.label, number, field.json_name, field.deprecated, field.options,
                     field.comment)

    def _enum(self, enum: Enum, scope: str) -> Enum:
        full_name = f"{scope}.{enum.name}"
        self._name(scope, enum.key, enum.name)
        known = self._lock.enums.get(full_name, {})
        given = _Given(known, HIGHEST_VALUE, [value.number for value in enum.values if value.number is not None])
        values = tuple(
            value if value.number is not None
            else replace(value, number=given.give(value.key, value.name, ""))
            for value in enum.values
        )
        entries = given.all_entries()
        if entries:
            self.enums[full_name] = entries
        numbers, reserved = _reserved(entries, {value.name for value in values})
        return replace(enum, values=values, reserved=numbers, reserved_names=reserved)


_PLENTY = RESERVED_BY_PROTOBUF.start - 1
"""Up to this, the number after the highest one is free for all."""


class _Given:
    """The numbers of one message or enum while they are given."""

    def __init__(self, known: Entries, highest: int, own: Sequence[int]) -> None:
        self.known = known
        self._own = own
        self._limit = highest
        self._highest = max(highest_number(known.values()), *own, 0)
        self._entries: dict[str, Entry] = {}

    def give(self, key: str, name: str, kind: str) -> int:
        """The number of what ``key`` is in the document."""
        if key in self._entries:
            raise ValueError(f"two fields or values of one message or enum have the key {key!r}")
        if not self.known and self._highest < _PLENTY:
            number = self._highest = self._highest + 1
            self._entries[key] = Entry(number, name, kind)
            return number
        entry = self.known.get(key)
        former: tuple[int, ...] = ()
        if entry is None or (entry.removed and entry.type != kind):
            former = () if entry is None else tuple(sorted(entry.numbers))
            number = next_number(self._highest, self._taken, self._limit)
            self._highest = max(self._highest, number)
        else:
            number, former = entry.number, entry.former
        self._entries[key] = Entry(number, name, kind, former=former)
        return number

    def _taken(self) -> list[int]:
        entries = (*self.known.values(), *self._entries.values())
        return [*self._own, *(number for entry in entries for number in entry.numbers)]

    def all_entries(self) -> dict[str, Entry]:
        """What was given, and what the lock knows beside it, as removed."""
        if not self.known:
            return self._entries
        gone = {
            key: entry if entry.removed else Entry(entry.number, entry.name, entry.type, True, entry.former)
            for key, entry in self.known.items() if key not in self._entries
        }
        return {**gone, **self._entries}


def _reserved(entries: Mapping[str, Entry], names: set[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Numbers and names to reserve; a name that something has now cannot be."""
    if not any(entry.removed or entry.former for entry in entries.values()):
        return (), ()
    numbers = [n for entry in entries.values() for n in (entry.numbers if entry.removed else entry.former)]
    gone = {entry.name for entry in entries.values() if entry.removed and entry.name not in names}
    return tuple(sorted(numbers)), tuple(sorted(gone))


def _fields(member: Field | OneOf | Message | Enum) -> Sequence[Field]:
    match member:
        case Field():
            return (member,)
        case OneOf(fields=fields):
            return fields
        case _:
            return ()


def _described(field: Field) -> str:
    """What decides how a field is read from the wire: its type, and whether it repeats. ``optional`` does not."""
    kind = _spelled(field.type)
    return f"repeated {kind}" if field.label is Label.REPEATED else kind


def _spelled(type: Type) -> str:
    match type:
        case Scalar(name=name):
            return name
        case Ref(symbol=symbol):
            return symbol.full_name
        case MapOf(key=key, value=value):
            return f"map<{key}, {_spelled(value)}>"


def _changed_type(name: str, earlier: Entry, kind: str) -> Diagnostic:
    return Diagnostic(
        code="field-type-changed", severity=Severity.WARNING,
        message=f"{name} was {earlier.type} and is {kind} now; it keeps its number {earlier.number}",
        hint="binary messages of earlier clients may not be understood: consider a property of another name",
    )
