"""Homes: the one tag that each schema belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from specloom.ir.operations import IROperationObject
from specloom.ir.schemas import IRSchema, schema_references
from specloom.ir.usage import schema_homes


def with_homes(
    schemas: Mapping[str, IRSchema], operations: Sequence[IROperationObject], webhooks: Sequence[IROperationObject]
) -> dict[str, IRSchema]:
    """The schemas with their homes. What a schema without one mentions has none either, so ``common`` imports no tag."""
    homes = schema_homes(schemas, operations, webhooks)
    waiting = [name for name, home in homes.items() if home is None]
    while waiting:
        for name in schema_references(schemas[waiting.pop()]):
            if homes[name] is not None:
                homes[name] = None
                waiting.append(name)
    return {
        name: schema if schema.home == homes[name] else schema.model_copy(update={"home": homes[name]})
        for name, schema in schemas.items()
    }
