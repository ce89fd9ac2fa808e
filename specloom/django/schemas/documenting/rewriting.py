"""Changes of JSON Schemas, from the innermost outwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

JSONSchema = dict[str, Any]
Change = Callable[[JSONSchema], JSONSchema]

_ONE = ("additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then")
_SEVERAL = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("$defs", "patternProperties", "properties")


def rewritten(schema: Mapping[str, Any], change: Change) -> JSONSchema:
    """The schema with ``change`` done to all schemas in it and then to itself. Values (defaults, examples) stay as they are."""
    made = dict(schema)
    for key in _ONE:
        if isinstance(made.get(key), Mapping):
            made[key] = rewritten(made[key], change)
    for key in _SEVERAL:
        if key in made:
            made[key] = [rewritten(each, change) for each in made[key]]
    for key in _NAMED:
        if key in made:
            made[key] = {name: rewritten(each, change) for name, each in made[key].items()}
    return change(made)
