"""Which schemas mention themselves, directly or through others; and in general what needs what in a circle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .schemas import IRSchema, schema_references


def recursive_groups(schemas: Mapping[str, IRSchema]) -> dict[str, int]:
    """A number for each recursive schema; those that reach each other share one. A schema that is not recursive is not in it."""
    needs = {name: tuple(schema_references(schema)) for name, schema in schemas.items()}
    groups: dict[str, int] = {}
    for number, members in enumerate(components(needs)):
        if len(members) > 1 or members[0] in needs[members[0]]:
            groups.update(dict.fromkeys(members, number))
    return groups


def components(needs: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The strongly connected components of a graph, dependencies first (Tarjan, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    found: list[list[str]] = []
    for root in needs:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        work = [(root, iter(needs[root]))]
        while work:
            node, successors = work[-1]
            for successor in successors:
                if successor not in needs:
                    continue
                if successor not in index:
                    index[successor] = low[successor] = len(index)
                    stack.append(successor)
                    on_stack.add(successor)
                    work.append((successor, iter(needs[successor])))
                    break
                if successor in on_stack:
                    low[node] = min(low[node], index[successor])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component: list[str] = []
                    while not component or component[-1] != node:
                        component.append(stack.pop())
                    on_stack.difference_update(component)
                    found.append(component)
    return found
