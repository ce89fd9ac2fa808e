"""Which schemas mention themselves, directly or through others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .schemas import IRSchema, schema_references


def recursive_groups(schemas: Mapping[str, IRSchema]) -> dict[str, int]:
    """A number for each recursive schema; those that reach each other share one. A schema that is not recursive is not in it.

    Tarjan's algorithm without recursion of its own: cost linear, depth of the document no matter.
    """
    groups: dict[str, int] = {}
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    path: list[tuple[str, Iterator[str]]] = []

    def enter(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        on_stack.add(name)
        path.append((name, schema_references(schemas[name])))

    for root in schemas:
        if root in index:
            continue
        enter(root)
        while path:
            name, mentioned = path[-1]
            for other in mentioned:
                if other not in index:
                    enter(other)
                    break
                if other in on_stack:
                    low[name] = min(low[name], index[other])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[name])
                if low[name] == index[name]:
                    _close(name, schemas, stack, on_stack, groups)
    return groups


def _close(name: str, schemas: Mapping[str, IRSchema], stack: list[str], on_stack: set[str], groups: dict[str, int]) -> None:
    """Take a finished group off the stack, and number it if it is recursive."""
    members = []
    while True:
        member = stack.pop()
        on_stack.discard(member)
        members.append(member)
        if member == name:
            break
    if len(members) > 1 or name in schema_references(schemas[name]):
        groups.update(dict.fromkeys(members, len(groups)))
