"""Where a key stands in a TOML text, so that an error can point at it: ``tomllib`` keeps no positions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from specloom.ir.diagnostics import Place

Key = str | int

_BARE = r"[A-Za-z0-9_-]+"
_BASIC = r'"(?:[^"\\\n]|\\.)*"'
_SINGLE = r"'[^'\n]*'"
_PART = rf"(?:{_BARE}|{_BASIC}|{_SINGLE})"
_KEY = rf"{_PART}(?:\s*\.\s*{_PART})*"
_TABLE = re.compile(rf"\s*(\[\[?)\s*({_KEY})\s*\]\]?")
_PAIR = re.compile(rf"\s*({_KEY})\s*=")
_INLINE = re.compile(rf"(?:(?<=[{{,])\s*)({_KEY})\s*=")
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'', re.DOTALL)


def find_key(text: str, file: str, path: Sequence[Key]) -> Place:
    """The place of the key at ``path`` (names, and indices of arrays of tables), or of the nearest one above it."""
    best, depth = Place(file=file), 0
    for keys, line, column in _keys(text):
        shared = _shared(keys, path)
        if shared > depth and shared == len(keys):
            best, depth = Place(file=file, line=line, column=column), shared
    return best


def _shared(keys: Sequence[Key], path: Sequence[Key]) -> int:
    count = 0
    for key, wanted in zip(keys, path, strict=False):
        if key != wanted:
            break
        count += 1
    return count


def _keys(text: str) -> Iterator[tuple[tuple[Key, ...], int, int]]:
    """Every key of the text with line and column, in order. Keys of inline tables count from the pair they stand in."""
    blank = _STRING.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    table: tuple[Key, ...] = ()
    seen: dict[tuple[Key, ...], int] = {}
    for number, line in enumerate(blank.split("\n"), start=1):
        header = _TABLE.match(line)
        if header:
            table = _placed(_parts(header[2]), seen)
            if header[1] == "[[":
                seen[table] = seen.get(table, -1) + 1
                table = (*table, seen[table])
            yield table, number, header.start(2) + 1
            continue
        pair = _PAIR.match(line)
        if pair:
            keys = (*table, *_parts(pair[1]))
            yield keys, number, pair.start(1) + 1
            for inner in _INLINE.finditer(line, pair.end()):
                yield (*keys, *_parts(inner[1])), number, inner.start(1) + 1


def _placed(parts: tuple[str, ...], seen: dict[tuple[Key, ...], int]) -> tuple[Key, ...]:
    """A header's name, where a part of it is an array of tables with the index of the last one."""
    placed: tuple[Key, ...] = ()
    for index, part in enumerate(parts):
        placed = (*placed, part)
        if placed in seen and index < len(parts) - 1:
            placed = (*placed, seen[placed])
    return placed


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part[1:-1] if part[0] in "\"'" else part for part in re.findall(_PART, key))
