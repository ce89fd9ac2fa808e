"""What comments say in every language: examples short enough to help."""

from __future__ import annotations

import json

from specloom.ir.schemas import Default, IRPropertyObject
from specloom.ir.types import ScalarType, without_null

_LONGEST = 60
_LINKS = frozenset({"uri", "url", "uri-reference", "iri"})


def example_text(prop: IRPropertyObject) -> str | None:
    """A property's first example as JSON, where it is short; links are no help: every page of a list has the same made-up one."""
    if not prop.examples or prop.examples[0] is None:
        return None
    type = without_null(prop.type)
    if isinstance(type, ScalarType) and type.format in _LINKS:
        return None
    text = json.dumps(prop.examples[0], ensure_ascii=False)
    return text if len(text) <= _LONGEST else None


def example_sentence(prop: IRPropertyObject) -> str:
    """A property's first example as a sentence, a text without its quotes; nothing where it is of no help."""
    text = example_text(prop)
    if text is None:
        return ""
    first = prop.examples[0]
    shown = first if isinstance(first, str) else text
    return f"For example `{shown}`." if shown and shown.isprintable() and "`" not in shown else ""


def default_sentence(default: Default | None, mark: str = "`") -> str:
    """What the server takes where nothing is sent. It is said, not sent: the server may come to think otherwise."""
    if default is None or default.value is None:
        return ""
    shown = json.dumps(default.value, ensure_ascii=False)
    return f"Left out, it is {mark}{shown}{mark}." if len(shown) <= _LONGEST and shown.isprintable() else ""
