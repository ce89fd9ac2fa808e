"""Repairs a lock that a merge or an accident damaged: both sides of a merge are kept, and no number is given twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from specloom.ir.diagnostics import SpecloomError

from .lock import (
    HIGHEST_FIELD,
    HIGHEST_VALUE,
    LOCK_NAME,
    SECTIONS,
    Entry,
    Lock,
    entry_of,
    highest_number,
    name_of,
    next_number,
    text,
)

_HEADER = re.compile(r'\s*("(?:[^"\\]|\\.)*")\s*:\s*\{\s*(\}\s*)?,?\s*')
_ROW = re.compile(r'\s*("(?:[^"\\]|\\.)*")\s*:\s*(\{.*\}|".*")\s*,?\s*')
_FULL_NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Repaired:
    """The lock as it is whole again, and what was decided on the way, a sentence each."""

    lock: Lock
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Claim:
    """One row of a lock, as one side of a merge has it."""

    section: str
    scope: str
    key: str
    value: object


def repair(content: str, file: str = LOCK_NAME) -> Repaired:
    """Makes a whole lock of a damaged one.

    Of a merge, the rows of both sides are kept. Where they contradict each other, the first side (git's "ours") keeps its
    number: the other's stays reserved where both sides numbered one field, and where two fields have one number, the second
    one gets a new number. What is in use goes before what is removed. Rows that say nothing are left out. ``notes`` says it all.

    Raises ``SpecloomError`` ``damaged-lock`` where there is nothing in it that could be a lock's.
    """
    notes: list[str] = []
    claims: list[_Claim] = []
    sides = _sides(content)
    for side in sides:
        claims.extend(_claims(side, notes))
    if not claims and text(Lock()) not in sides and not any(f'"{name}"' in content for name in SECTIONS):
        raise SpecloomError.of("damaged-lock", "has nothing in it that could be repaired", file=file,
                               hint="restore it from version control")
    messages = _entries(claims, "messages", HIGHEST_FIELD, notes)
    enums = _entries(claims, "enums", HIGHEST_VALUE, notes)
    return Repaired(Lock(messages, enums, _names(claims, notes)), tuple(dict.fromkeys(notes)))


# --- reading what is there


def _sides(content: str) -> tuple[str, ...]:
    """The text as each side of a merge has it, without a common ancestor; the one text where there are no conflict markers."""
    ours: list[str] = []
    theirs: list[str] = []
    into: tuple[list[str], ...] = (ours, theirs)
    marked = False
    for line in content.replace("\r\n", "\n").split("\n"):
        match line[:7] if line[7:8] in ("", " ") else "":
            case "<<<<<<<":
                into, marked = (ours,), True
            case "|||||||":
                into = ()
            case "=======":
                into = (theirs,)
            case ">>>>>>>":
                into = (ours, theirs)
            case _:
                for side in into:
                    side.append(line)
    return ("\n".join(ours), "\n".join(theirs)) if marked else ("\n".join(ours),)


def _claims(side: str, notes: list[str]) -> Iterator[_Claim]:
    """The rows of one side: of JSON, else line by line, as a lock is written."""
    try:
        data: object = json.loads(side, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError):
        yield from _by_line(side, notes)
        return
    for section, scopes in _pairs(data):
        if section in SECTIONS:
            for scope, entries in _pairs(scopes):
                for key, value in _pairs(entries):
                    yield _Claim(section, scope, key, _plain(value))


class _Pairs(list[tuple[str, object]]):
    """An object of JSON in which a key may occur twice."""


def _pairs(value: object) -> Iterable[tuple[str, object]]:
    return value if isinstance(value, _Pairs) else ()


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, _Pairs) else value


def _by_line(side: str, notes: list[str]) -> Iterator[_Claim]:
    section = scope = ""
    for line in side.split("\n"):
        header = _HEADER.fullmatch(line)
        if header is not None:
            name = json.loads(header[1])
            if name in SECTIONS:
                section, scope = name, ""
            else:
                scope = name
            continue
        row = _ROW.fullmatch(line)
        try:
            if row is not None and section and scope:
                yield _Claim(section, scope, json.loads(row[1]), json.loads(row[2]))
        except ValueError:
            row = None
        if row is None and line.strip(" {},") and not re.match(r'\s*"(note|version)"', line):
            notes.append(f"left out a line that says nothing: {line.strip()[:80]}")


# --- making one of many


def _entries(claims: Iterable[_Claim], section: str, highest: int, notes: list[str]) -> dict[str, dict[str, Entry]]:
    found: dict[str, dict[str, Entry]] = {}
    for claim in claims:
        if claim.section != section:
            continue
        try:
            if not _FULL_NAME.fullmatch(claim.scope):
                raise LookupError(f"{claim.scope!r} is no name of protobuf")
            entry = entry_of(claim.scope, claim.key, claim.value, highest)
        except LookupError as error:
            notes.append(f"left out an entry that says nothing: {error.args[0]}")
            continue
        scope = found.setdefault(claim.scope, {})
        earlier = scope.get(claim.key)
        scope[claim.key] = entry if earlier is None else _one(claim, earlier, entry, notes)
    return {scope: _distinct(scope, entries, highest, notes) for scope, entries in found.items()}


def _one(claim: _Claim, ours: Entry, theirs: Entry, notes: list[str]) -> Entry:
    """One entry of two for one key: what is in use goes before what is removed, then ours before theirs."""
    first, second = (theirs, ours) if ours.removed and not theirs.removed else (ours, theirs)
    former = dict.fromkeys([*first.former, *second.former, second.number])
    former.pop(first.number, None)
    if first.number != second.number:
        notes.append(f"{claim.scope}: {claim.key!r} had two numbers; it keeps {first.number}, and {second.number} stays reserved")
    return replace(first, former=tuple(sorted(former)))


def _distinct(scope: str, entries: Mapping[str, Entry], highest: int, notes: list[str]) -> dict[str, Entry]:
    """The entries with no number twice: what is in use keeps its number before what is removed, then what came first."""
    owners: dict[int, str] = {}
    made: dict[str, Entry] = {}
    top = highest_number(entries.values())
    losers: list[str] = []
    for key in sorted(entries, key=lambda key: entries[key].removed):
        if owners.setdefault(entries[key].number, key) != key:
            losers.append(key)
    for key in losers:
        entry = entries[key]
        other = owners[entry.number]
        if entry.removed:
            notes.append(f"{scope}: {other!r} and the removed {key!r} had one number, {entry.number}; {other!r} keeps it")
            continue
        top = next_number(top, lambda: (n for each in entries.values() for n in each.numbers), highest)
        owners[top] = key
        notes.append(f"{scope}: {other!r} and {key!r} had one number, {entry.number}; {key!r} has {top} now")
        made[key] = replace(entry, number=top)
    for key, entry in entries.items():
        if key not in losers or key in made:
            kept = made.get(key, entry)
            former = tuple(number for number in kept.former if owners.setdefault(number, key) == key and number != kept.number)
            made[key] = replace(kept, former=former)
    return made


def _names(claims: Iterable[_Claim], notes: list[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for claim in claims:
        if claim.section != "names":
            continue
        try:
            name = name_of(claim.scope, claim.key, claim.value)
            if _FULL_NAME.fullmatch(claim.scope):
                found.setdefault(claim.scope, {}).setdefault(claim.key, name)
        except LookupError as error:
            notes.append(f"left out a name: {error.args[0]}")
    return found
