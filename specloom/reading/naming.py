"""Operation ids where the document has none, or one twice: every operation has one of its own (OpenAPI 3.1.1 §4.8.10)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from specloom.ir.diagnostics import Diagnostic, Severity

from .pointers import JSON, join

Operation = tuple[dict[str, JSON], tuple[str, ...]]


def name_operations(operations: Iterable[Operation], file: str | None) -> list[Diagnostic]:
    """Gives every operation an operationId of its own, in document order; ids the document has go first."""
    operations = list(operations)
    taken: set[str] = set()
    seen: set[int] = set()
    found: list[Diagnostic] = []
    pending: list[tuple[dict[str, JSON], tuple[str, ...], str | None]] = []
    for node, keys in operations:
        written = node.get("operationId")
        if id(node) in seen:  # one object at two places, by a YAML alias
            continue
        seen.add(id(node))
        if isinstance(written, str) and written.strip() and written not in taken:
            taken.add(written)
        else:
            pending.append((node, keys, written if isinstance(written, str) and written.strip() else None))
    numbers: dict[str, int] = {}
    for node, keys, written in pending:
        name = _free(written or derived_id(keys), taken, numbers)
        taken.add(name)
        node["operationId"] = name
        called = keys[0] == "paths" and len(keys) == 3
        if written is not None:
            found.append(Diagnostic(code="operation-id-duplicate", severity=Severity.WARNING,
                                    pointer=join((*keys, "operationId")), file=file,
                                    message=f"the operationId {written!r} is taken; this one is read as {name!r}"))
        else:
            found.append(Diagnostic(code="operation-id-missing", severity=Severity.WARNING if called else Severity.INFO,
                                    pointer=join(keys), file=file, message=f"no operationId; read as {name!r}"))
    return found


def derived_id(keys: tuple[str, ...]) -> str:
    """An id from the method and the path: ``get /pets/{petId}/toys`` is ``get_pets_by_petId_toys``."""
    words = [keys[-1]]
    start = keys[-2] if keys[0] in ("paths", "webhooks") and len(keys) == 3 else keys[-3] if len(keys) > 3 else keys[-2]
    for segment in start.split("/"):
        name = "_".join(re.findall(r"\w+", segment))
        if name:
            words.append(f"by_{name}" if segment.startswith("{") else name)
    return "_".join(words) if len(words) > 1 else f"{words[0]}_root"


def _free(name: str, taken: set[str], numbers: dict[str, int]) -> str:
    """The name, or the name with the first number that is free; ``numbers`` remembers where to go on."""
    if name not in taken:
        return name
    number = numbers.get(name, 2)
    while f"{name}_{number}" in taken:
        number += 1
    numbers[name] = number + 1
    return f"{name}_{number}"
