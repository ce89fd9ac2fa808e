"""Which operation of one document is which of the other: by method and path, else by operationId where it moved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from specloom.ir.operations import IROperationObject

_PARAMETER = re.compile(r"\{([^{}]*)\}")

Operations = Sequence[IROperationObject]
Pair = tuple[IROperationObject, IROperationObject]


@dataclass(frozen=True, slots=True)
class Matched:
    """Pairs in the order of the new document, what is gone and what has come. ``moved`` are those pairs with another address."""

    pairs: tuple[Pair, ...]
    removed: tuple[IROperationObject, ...]
    added: tuple[IROperationObject, ...]


def match(old: Operations, new: Operations) -> Matched:
    """Finds the pairs; a looser way to tell an operation counts only where it tells one from all that are left."""
    found: dict[int, Pair] = {}
    left, right = list(old), list(new)
    for tell in (_address, shape, _id):
        known = _unique(left, tell)
        for operation in _unique(right, tell).values():
            partner = known.get(tell(operation))
            if partner is not None:
                found[id(operation)] = (partner, operation)
        taken = {id(each) for pair in found.values() for each in pair}
        left, right = [each for each in left if id(each) not in taken], [each for each in right if id(each) not in taken]
    pairs = tuple(found[id(operation)] for operation in new if id(operation) in found)
    return Matched(pairs, tuple(left), tuple(right))


def shape(operation: IROperationObject) -> tuple[str, str]:
    """Method and path without the names of path parameters, which no server sees."""
    return operation.method, _PARAMETER.sub("{}", operation.path)


def path_parameters(operation: IROperationObject) -> list[str]:
    """Names of the path parameters as they follow in the path."""
    return _PARAMETER.findall(operation.path)


def _address(operation: IROperationObject) -> tuple[str, str]:
    return operation.method, operation.path


def _id(operation: IROperationObject) -> tuple[str, str]:
    return "", operation.operation_id


_Key = tuple[str, str]


def _unique(operations: Operations, tell: Callable[[IROperationObject], _Key]) -> dict[_Key, IROperationObject]:
    counts = Counter(map(tell, operations))
    return {key: operation for operation in operations if counts[key := tell(operation)] == 1}
