"""Homes: the one tag that each schema belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from specloom.ir.operations import IROperationObject
from specloom.ir.schemas import IRSchema
from specloom.ir.usage import schema_homes

from .graph import Graph, Way


def with_homes(
    graph: Graph, schemas: Mapping[str, IRSchema], operations: Sequence[IROperationObject], webhooks: Sequence[IROperationObject]
) -> dict[str, IRSchema]:
    """The schemas with their homes."""
    homes = schema_homes(schemas, operations, webhooks, lambda schema: graph.links(schema).names[Way.ANY])
    return {
        name: schema if schema.home == homes[name] else schema.model_copy(update={"home": homes[name]})
        for name, schema in schemas.items()
    }
