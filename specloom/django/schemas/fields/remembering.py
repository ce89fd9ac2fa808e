"""Remembers what was made of things, for as long as the things are the very same: a schema of a model is seldom the only one."""

from __future__ import annotations

from collections.abc import Iterable


class Same:
    """Things by which something is remembered: equal to others that are the very same objects, in the same order."""

    __slots__ = ("_places", "things")

    def __init__(self, things: Iterable[object]) -> None:
        self.things = tuple(things)  # which keeps them, so that no other object comes to be where they are
        self._places = tuple(map(id, self.things))

    def __hash__(self) -> int:
        return hash(self._places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self._places == other._places
