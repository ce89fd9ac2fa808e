"""The table of repairs: what real documents get wrong, by name, and what each is read as."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from specloom.reading.grammar import Kind

from .finding import Finding, Node, Repair, Site
from .operations import OPERATION_REPAIRS
from .parameters import PARAMETER_REPAIRS
from .root import ROOT_REPAIRS
from .schemas import SCHEMA_REPAIRS

REPAIRS: Final[tuple[Repair, ...]] = (*ROOT_REPAIRS, *OPERATION_REPAIRS, *PARAMETER_REPAIRS, *SCHEMA_REPAIRS)
"""All repairs, in the order they are tried on one object."""


def _by_key() -> Mapping[Kind, Mapping[str, tuple[int, ...]]]:
    return {
        kind: {
            key: tuple(number for number, r in enumerate(REPAIRS) if r.kind is kind and key in r.when)
            for key in dict.fromkeys(key for r in REPAIRS if r.kind is kind for key in r.when)
        }
        for kind in Kind
    }


BY_KEY: Final = _by_key()
"""The repairs of a kind by the key that calls for them, as their numbers in the table."""

ALWAYS: Final = {kind: tuple(number for number, r in enumerate(REPAIRS) if r.kind is kind and not r.when) for kind in Kind}
"""The repairs of a kind that look at every object of it, as their numbers in the table."""

__all__ = ["ALWAYS", "BY_KEY", "REPAIRS", "Finding", "Node", "Repair", "Site"]
