"""``Validate`` of what is sent: what the document asks of values, checked before anything leaves."""

from __future__ import annotations

from collections.abc import Iterator

from . import nodes as go
from .unions import Union


class Validation:
    """Stub until written."""

    def methods(self, name: str) -> Iterator[go.Declaration]:
        yield from ()

    def union_methods(self, union: Union) -> Iterator[go.Declaration]:
        yield from ()
