"""Who may call, in every language: names of security schemes, and what most operations ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeAlias

from specloom.ir.operations import IROperationObject

Alternatives: TypeAlias = tuple[tuple[str, ...], ...]
"""Alternatives of an operation, each the names of all the schemes it asks for at once."""


def alternatives(operation: IROperationObject, known: frozenset[str]) -> Alternatives:
    """What an operation asks for; schemes that are not ``known``, because no request can carry them, are left out."""
    found = (tuple(r.scheme for r in alternative if r.scheme in known) for alternative in operation.security)
    return tuple(dict.fromkeys(found))


def usual(operations: Iterable[IROperationObject], of: Callable[[IROperationObject], Alternatives]) -> Alternatives:
    """What most operations ask for."""
    counted = Counter(map(of, operations))
    return counted.most_common(1)[0][0] if counted else ()
