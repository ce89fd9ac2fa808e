"""Remembers what was made of things, for as long as the things are the very same: a schema of a model is seldom the only one."""

from __future__ import annotations

from collections.abc import Iterable


class Same:
    """Things by which something is remembered: equal to others that are the very same objects, in the same order."""

    __slots__ = ("_hash", "things")

    def __init__(self, things: Iterable[object]) -> None:
        self.things = tuple(things)  # which keeps them, so that no other object comes to be where they are
        self._hash = hash(tuple(map(id, self.things)))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Same) or len(self.things) != len(other.things):
            return False
        return all(one is another for one, another in zip(self.things, other.things, strict=True))
