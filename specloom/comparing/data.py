"""A comparison as JSON. Its shape is described in ``docs/diff.md`` and has a version of its own."""

from __future__ import annotations

import json

from .changes import Change, Comparison
from .phrases import place_words, printable
from .rules import RULES

VERSION = 1
"""Raised where a key goes or means something else; new keys and new codes may come without."""


def as_data(comparison: Comparison) -> dict[str, object]:
    """The comparison as plain data."""
    return {
        "version": VERSION,
        "old": comparison.old,
        "new": comparison.new,
        "breaking": comparison.breaking,
        "counts": {impact.value: count for impact, count in comparison.counts.items()},
        "changes": [_change(change) for change in comparison.changes],
    }


def as_json(comparison: Comparison) -> str:
    """The comparison as JSON text, ASCII only, so that no half of a surrogate pair stands in the way."""
    return json.dumps(as_data(comparison), indent=2)


def _change(change: Change) -> dict[str, object]:
    place = change.place
    return {
        "code": change.code,
        "said": RULES[change.code].said,
        "impact": change.impact.value,
        "breaking": change.breaking,
        "reason": change.reason,
        "pointer": place.pointer,
        "operation": place.operation,
        "schema": place.schema,
        "place": place_words(place, printable),
        "old": change.old,
        "new": change.new,
        "uses": [use.value for use in change.uses],
        "operations": list(change.operations),
    }
