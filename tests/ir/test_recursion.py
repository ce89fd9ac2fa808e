"""Recursive schemas are found, and those that reach each other are one group."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from specloom.ir.recursion import recursive_groups
from specloom.ir.schemas import IRObjectSchema, IRPropertyObject
from specloom.ir.types import ReferenceType

graphs = st.integers(1, 8).flatmap(
    lambda size: st.fixed_dictionaries({str(i): st.lists(st.integers(0, size - 1).map(str), max_size=3) for i in range(size)})
)


def _reachable(graph: dict[str, list[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(graph[name])
    return found


@given(graphs)
def test_groups_are_those_that_reach_each_other(graph: dict[str, list[str]]) -> None:
    schemas = {
        name: IRObjectSchema(
            name=name, properties=tuple(IRPropertyObject(name=other, type=ReferenceType(name=other)) for other in others)
        )
        for name, others in graph.items()
    }
    groups = recursive_groups(schemas)
    reach = {name: _reachable(graph, name) for name in graph}
    assert set(groups) == {name for name in graph if name in reach[name]}
    for a in groups:
        for b in groups:
            assert (groups[a] == groups[b]) == (a == b or (b in reach[a] and a in reach[b]))


def test_a_long_chain_needs_no_deep_stack() -> None:
    size = 20_000
    schemas = {
        str(i): IRObjectSchema(
            name=str(i), properties=(IRPropertyObject(name="next", type=ReferenceType(name=str((i + 1) % size))),)
        )
        for i in range(size)
    }
    assert len(set(recursive_groups(schemas).values())) == 1
