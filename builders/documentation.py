"""What comments say in every language: examples short enough to help."""

from __future__ import annotations

import json

from specloom.ir.schemas import IRPropertyObject
from specloom.ir.types import ScalarType, without_null

_LONGEST_EXAMPLE = 60
_LINKS = frozenset({"uri", "url", "uri-reference", "iri"})


def example_text(prop: IRPropertyObject) -> str | None:
    """A property's first example as JSON, where it is short; links are no help: every page of a list has the same made-up one."""
    if not prop.examples or prop.examples[0] is None:
        return None
    type = without_null(prop.type)
    if isinstance(type, ScalarType) and type.format in _LINKS:
        return None
    text = json.dumps(prop.examples[0], ensure_ascii=False)
    return text if len(text) <= _LONGEST_EXAMPLE else None
