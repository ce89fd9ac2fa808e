"""JSON pointers (RFC 6901): made from keys, split into keys, walked through plain data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias
from urllib.parse import unquote

JSON: TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | bool | None"


class _Absent:
    """The type of :data:`ABSENT`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()
"""What a pointer to nothing finds; ``None`` is a value of JSON."""


def escape(key: str) -> str:
    """A key as one token of a pointer (RFC 6901 §3)."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key


def join(keys: Iterable[str | int]) -> str:
    """The pointer of a path of keys; ``""`` for the whole document."""
    return "".join("/" + escape(str(key)) for key in keys)


def split(pointer: str) -> tuple[str, ...]:
    """The keys of a pointer, unescaped. A missing first slash is forgiven."""
    if not pointer or pointer == "/":
        return () if not pointer else ("",)
    tokens = pointer.removeprefix("/").split("/")
    return tuple(token.replace("~1", "/").replace("~0", "~") if "~" in token else token for token in tokens)


def split_fragment(fragment: str) -> tuple[str, ...]:
    """The keys of a pointer in the fragment of a URI, where it is percent-encoded as well (RFC 6901 §6)."""
    return split(unquote(fragment) if "%" in fragment else fragment)


def step(value: JSON, key: str) -> JSON | _Absent:
    """The member or item ``key`` of a value, or :data:`ABSENT`."""
    if isinstance(value, dict):
        return value.get(key, ABSENT)
    if isinstance(value, list) and key.isascii() and key.isdigit() and (key == "0" or key[0] != "0"):
        index = int(key) if len(key) < 10 else len(value)
        return value[index] if index < len(value) else ABSENT
    return ABSENT


def lookup(value: JSON, keys: Iterable[str]) -> JSON | _Absent:
    """The value a path of keys leads to, or :data:`ABSENT`."""
    here: JSON | _Absent = value
    for key in keys:
        if isinstance(here, _Absent):
            break
        here = step(here, key)
    return here


Absent = _Absent
