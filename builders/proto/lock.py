"""The lock: which number each field and each enum value has, and had. Written as JSON that git merges line by line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePath
from typing import Final, Literal, TypeAlias

from specloom.ir.diagnostics import Diagnostic, Place, Severity, SpecloomError

LOCK_NAME: Final = "specloom.lock.json"
NOTE: Final = "Numbers of fields and enum values. Commit this file and never delete it: by it no number ever moves."
VERSION: Final = 1
SECTIONS: Final = ("messages", "enums", "names")

HIGHEST_FIELD: Final = 2**29 - 1
HIGHEST_VALUE: Final = 2**31 - 1
RESERVED_BY_PROTOBUF: Final = range(19_000, 20_000)
"""Field numbers that protobuf keeps for its own implementation (protobuf.dev, proto3, "Assigning Field Numbers")."""

_MARKER = re.compile(r"^(<{7}|\|{7}|={7}|>{7})( |$)", re.MULTILINE)
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PLAIN_PATH = r"[\w./\\:@%+=-]+"
_FULL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One field or value: what it is called and which number it has. ``type`` is empty for a value of an enum.

    A ``removed`` one is no longer made, and its number and name are reserved. ``former`` are numbers it had with other types,
    which are reserved for good.
    """

    number: int
    name: str
    type: str = ""
    removed: bool = False
    former: tuple[int, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """All numbers that nothing else may have."""
        return (self.number, *self.former)


Entries: TypeAlias = Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Lock:
    """``messages`` and ``enums``: full name -> key (what a field or value is in the document) -> entry. What is no longer made at
    all keeps its entries, and so its numbers should it come back.

    ``names``: scope -> key -> name, of messages, enums, services and rpcs that are called otherwise than their key.
    """

    messages: Mapping[str, Entries] = field(default_factory=dict)
    enums: Mapping[str, Entries] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def type_names(self, scope: str) -> Mapping[str, str]:
        """What messages, enums and services of a package, things nested in a message, or rpcs of a service are called, by key."""
        return self.names.get(scope, {})

    def field_names(self, message: str) -> dict[str, str]:
        """What fields of a message are called, by key; without removed ones."""
        return {key: entry.name for key, entry in self.messages.get(message, {}).items() if not entry.removed}

    def value_names(self, enum: str) -> dict[str, str]:
        """What values of an enum are called, by key; without removed ones."""
        return {key: entry.name for key, entry in self.enums.get(enum, {}).items() if not entry.removed}


EMPTY_LOCK: Final = Lock()


# --- writing


def text(lock: Lock) -> str:
    """The lock as JSON: sorted, an entry a line, the same for equal locks."""
    sections = [
        f'  "note": {_quoted(NOTE)}', f'  "version": {VERSION}',
        *(
            _section(name, {scope: {key: _entry(key, entry) for key, entry in found.items()} for scope, found in part.items()})
            for name, part in (("messages", lock.messages), ("enums", lock.enums))
        ),
        _section("names", {scope: {key: _quoted(name) for key, name in names.items()} for scope, names in lock.names.items()}),
    ]
    return "{\n" + ",\n".join(sections) + "\n}\n"


def _section(name: str, scopes: Mapping[str, Mapping[str, str]]) -> str:
    rows = [
        f"    {_quoted(scope)}: {{\n"
        + ",\n".join(f"      {_quoted(key)}: {entry}" for key, entry in sorted(entries.items()))
        + "\n    }"
        for scope, entries in sorted(scopes.items()) if entries
    ]
    return f'  "{name}": {{\n' + ",\n".join(rows) + "\n  }" if rows else f'  "{name}": {{}}'


def _entry(key: str, entry: Entry) -> str:
    if entry.name == key and entry.type and not entry.removed and not entry.former:
        return f'{{"number": {entry.number}, "type": {_quoted(entry.type)}}}'
    parts = [] if entry.name == key else [f'"name": {_quoted(entry.name)}']
    parts.append(f'"number": {entry.number}')
    if entry.type:
        parts.append(f'"type": {_quoted(entry.type)}')
    if entry.former:
        parts.append(f'"former": [{", ".join(map(str, entry.former))}]')
    if entry.removed:
        parts.append('"removed": true')
    return "{" + ", ".join(parts) + "}"


@lru_cache(maxsize=65_536)
def _quoted(value: str) -> str:
    """A JSON string; escaped where there is anything in it that cannot be seen, half a surrogate pair for one."""
    if value.isascii() and value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return json.dumps(value, ensure_ascii=not value.isprintable())


# --- reading


def parse(content: str, file: str = LOCK_NAME) -> Lock:
    """Reads a lock. ``file`` is its path, for messages and for the command that repairs it.

    Raises ``SpecloomError``: ``lock-conflict`` (conflict markers of a merge, a key twice in one place, one number for two
    fields), ``damaged-lock`` (no JSON, or not what a lock holds), ``lock-newer`` (written by a newer specloom).
    """
    marker = _MARKER.search(content)
    if marker is not None:
        marked = content.count("\n", 0, marker.start()) + 1
        raise _fault("lock-conflict", "has the conflict markers of a merge in it", file, line=marked)
    doubled: list[str] = []
    try:
        data: object = json.loads(content, object_pairs_hook=lambda pairs: _once(pairs, doubled))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise _fault("damaged-lock", f"is not JSON: {error}", file, line=line) from None
    if doubled:
        raise _fault("lock-conflict", f"has {doubled[0]} twice in one place", file)
    if isinstance(data, dict) and isinstance(data.get("version"), int) and data["version"] > VERSION:
        raise SpecloomError.of("lock-newer", "was written by a newer specloom", file=file, hint="upgrade specloom")
    try:
        lock = lock_of(data)
    except LookupError as error:
        raise _fault("damaged-lock", str(error.args[0]), file) from None
    conflicts = [found for part in (lock.messages, lock.enums) for scope in part for found in _clashes(scope, part[scope])]
    if conflicts:
        raise SpecloomError(found for message in conflicts for found in _fault("lock-conflict", message, file).diagnostics)
    return lock


def _once(pairs: list[tuple[str, object]], doubled: list[str]) -> dict[str, object]:
    made: dict[str, object] = {}
    for key, value in pairs:
        if key in made:
            doubled.append(_quoted(key))
        made[key] = value
    return made


def _fault(code: Literal["lock-conflict", "damaged-lock"], message: str, file: str, *, line: int | None = None) -> SpecloomError:
    place = Place(file=file, line=line) if line is not None else None
    folder = str(PurePath(file).parent)
    command = f"specloom lock repair {folder if re.fullmatch(_PLAIN_PATH, folder) else repr(folder)}"
    hint = f"run `{command}`, which keeps every number in use, or restore the file from version control"
    return SpecloomError([Diagnostic(code=code, severity=Severity.ERROR, message=message, file=file, place=place, hint=hint)])


def lock_of(data: object) -> Lock:
    """The lock that parsed JSON says. Raises ``LookupError`` with what is wrong."""
    if not isinstance(data, dict):
        raise LookupError("holds no object")
    if data.get("version") != VERSION:
        raise LookupError("has no version that specloom knows")
    for name in SECTIONS:
        for scope, entries in _object(data.get(name, {}), name).items():
            if not _FULL_NAME.fullmatch(scope):
                raise LookupError(f"{name}: {scope!r} is no name of protobuf")
            _object(entries, scope)
    return Lock(
        {scope: dict(_entries(scope, entries, HIGHEST_FIELD)) for scope, entries in data.get("messages", {}).items()},
        {scope: dict(_entries(scope, entries, HIGHEST_VALUE)) for scope, entries in data.get("enums", {}).items()},
        {at: {key: name_of(at, key, name) for key, name in found.items()} for at, found in data.get("names", {}).items()},
    )


def _object(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise LookupError(f"{where} is no object")
    return value


def _entries(scope: str, entries: Mapping[str, object], highest: int) -> Iterator[tuple[str, Entry]]:
    for key, value in entries.items():
        yield key, entry_of(scope, key, value, highest)


def entry_of(scope: str, key: str, value: object, highest: int) -> Entry:
    """One entry as parsed JSON says it. Raises ``LookupError`` with what is wrong."""
    where = f"{scope}: {_quoted(key)}"
    if not isinstance(value, dict) or not {"number"} <= value.keys() <= {"number", "name", "type", "former", "removed"}:
        raise LookupError(f"{where} is no entry of a lock")
    kind, former, removed = value.get("type", ""), value.get("former", []), value.get("removed", False)
    if not isinstance(kind, str) or not isinstance(former, list) or not isinstance(removed, bool):
        raise LookupError(f"{where} is no entry of a lock")
    numbers = tuple(_number(where, number, highest) for number in (value["number"], *former))
    return Entry(numbers[0], name_of(scope, key, value.get("name", key)), kind, removed, numbers[1:])


def name_of(scope: str, key: str, value: object) -> str:
    """A name as parsed JSON says it. Raises ``LookupError`` where it is none."""
    if not isinstance(value, str) or not _IDENTIFIER.fullmatch(value):
        raise LookupError(f"{scope}: the name of {_quoted(key)} is no name of protobuf")
    return value


def _number(where: str, value: object, highest: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= highest:
        raise LookupError(f"{where} has no number from 1 to {highest}")
    if highest == HIGHEST_FIELD and value in RESERVED_BY_PROTOBUF:
        raise LookupError(f"{where} has a number that protobuf keeps for itself ({value})")
    return value


def _clashes(scope: str, entries: Entries) -> Iterator[str]:
    """Every number that two keys have."""
    owners: dict[int, str] = {}
    for key, entry in entries.items():
        for number in entry.numbers:
            other = owners.setdefault(number, key)
            if other != key:
                yield f"{scope}: {_quoted(other)} and {_quoted(key)} have one number, {number}"


def highest_number(entries: Iterable[Entry]) -> int:
    """The highest number that was ever given; 0 where there was none."""
    return max((number for entry in entries for number in entry.numbers), default=0)


def next_number(after: int, taken: Callable[[], Iterable[int]], highest: int) -> int:
    """The number to give after the one that is the highest; where there is no higher one, the lowest that is free.

    Numbers that protobuf keeps for itself are skipped in messages, of which ``highest`` is :data:`HIGHEST_FIELD`.
    """
    number = after + 1
    if highest == HIGHEST_FIELD and number in RESERVED_BY_PROTOBUF:
        number = RESERVED_BY_PROTOBUF.stop
    if number <= highest:
        return number
    used = set(taken())
    free = (n for n in range(1, highest) if n not in used and (highest != HIGHEST_FIELD or n not in RESERVED_BY_PROTOBUF))
    return next(free)
