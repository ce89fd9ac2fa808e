"""The order of declarations in a module: each after what it needs; where they need each other, an order that Python can run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from specloom.ir.recursion import components

from .nodes import Statement


@dataclass(frozen=True, slots=True)
class Declaration:
    """One thing a module defines.

    ``needs`` are keys of what it mentions, in this module or elsewhere. ``eager``: they must be defined before it, because
    Python evaluates it at once (an alias, a base class); else they stand in annotations, which may be evaluated later.
    """

    key: str
    statements: tuple[Statement, ...]
    needs: tuple[str, ...]
    eager: bool = False


def in_order(declarations: Iterable[Declaration]) -> tuple[list[Declaration], bool]:
    """The declarations, dependencies first, else in the order given; and whether any of them needs itself in the end.

    Eager declarations never need each other in a circle: who makes them has seen to that.
    """
    by_key = {declaration.key: declaration for declaration in declarations}
    position = {key: index for index, key in enumerate(by_key)}
    ordered: list[Declaration] = []
    circular = False
    for component in components({key: declaration.needs for key, declaration in by_key.items()}):
        members = [by_key[key] for key in sorted(component, key=position.__getitem__)]
        circular = circular or len(members) > 1 or members[0].key in members[0].needs
        lazy = [member for member in members if not member.eager]
        eager = {member.key: member for member in members if member.eager}
        ordered += lazy
        needs = {key: tuple(n for n in member.needs if n in eager) for key, member in eager.items()}
        ordered += [eager[key] for part in components(needs) for key in part]
    return ordered, circular
