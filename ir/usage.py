"""Which schemas are used, and by which tag: directly by operations, or through other schemas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Final

from .operations import IROperationObject, operation_references
from .schemas import IRSchema, schema_references


class _Several(Enum):
    TAGS = "several"


SEVERAL: Final = _Several.TAGS
_Home = str | _Several


def used_schemas(schemas: Mapping[str, IRSchema], operations: Iterable[IROperationObject]) -> frozenset[str]:
    """Names of all schemas that operations mention, directly or through others."""
    waiting = [name for operation in operations for name in operation_references(operation)]
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting.extend(schema_references(schemas[name]))
    return frozenset(used)


def schema_homes(
    schemas: Mapping[str, IRSchema],
    operations: Iterable[IROperationObject],
    webhooks: Iterable[IROperationObject] = (),
    mentioned: Callable[[IRSchema], Iterable[str]] = schema_references,
) -> dict[str, str | None]:
    """The home of each schema: the one tag that uses it; ``None`` where several do, or none, or a webhook.

    What a schema without a home mentions has none either, so ``common`` imports no tag. Cost is linear: a schema goes from
    unused to one tag to several, and tells those it mentions each time. ``mentioned`` is asked for them; a caller that knows
    them already gives its own.
    """
    found: dict[str, _Home] = {}

    def spread(waiting: list[tuple[str, _Home]]) -> None:
        while waiting:
            name, home = waiting.pop()
            known = found.get(name)
            if known == home or known is SEVERAL:
                continue
            joined = home if known is None else SEVERAL
            found[name] = joined
            waiting.extend((other, joined) for other in mentioned(schemas[name]))

    spread([(name, operation.tag) for operation in operations for name in operation_references(operation)])
    spread([(name, SEVERAL) for webhook in webhooks for name in operation_references(webhook)])
    spread([(name, SEVERAL) for name in schemas if name not in found])
    return {name: tag if isinstance(tag := found[name], str) else None for name in schemas}
