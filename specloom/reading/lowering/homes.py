"""Homes: the one tag that each schema belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from specloom.ir.operations import IROperationObject, operation_types
from specloom.ir.schemas import IRSchema

from .graph import Graph, Way, mentioned_in

_SEVERAL = 0


def with_homes(
    graph: Graph, schemas: Mapping[str, IRSchema], operations: Sequence[IROperationObject], webhooks: Sequence[IROperationObject]
) -> dict[str, IRSchema]:
    """The schemas with their homes. What a schema without one mentions has none either, so ``common`` imports no tag.

    A schema goes from unused to one tag to several and tells those it mentions each time, so the cost is linear.
    """
    found: dict[str, str | int] = {}
    waiting: list[tuple[str, str | int]] = []
    for operation in operations:
        waiting += [(name, operation.tag) for name in mentioned_in(operation_types(operation))]
    _spread(graph, schemas, found, waiting)
    waiting = [(name, _SEVERAL) for webhook in webhooks for name in mentioned_in(operation_types(webhook))]
    waiting += [(name, _SEVERAL) for name in schemas if name not in found]
    _spread(graph, schemas, found, waiting)
    return {
        name: schema if (home := _tag(found[name])) == schema.home else schema.model_copy(update={"home": home})
        for name, schema in schemas.items()
    }


def _tag(home: str | int) -> str | None:
    return home if isinstance(home, str) else None


def _spread(
    graph: Graph, schemas: Mapping[str, IRSchema], found: dict[str, str | int], waiting: list[tuple[str, str | int]]
) -> None:
    while waiting:
        name, home = waiting.pop()
        known = found.get(name)
        if known in (home, _SEVERAL):
            continue
        joined = home if known is None else _SEVERAL
        found[name] = joined
        waiting += [(mentioned, joined) for mentioned in graph.links(schemas[name]).names[Way.ANY]]
