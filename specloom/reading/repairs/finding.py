"""What a repair is: a pure function from an object to what is wrong with it and what it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from specloom.ir.diagnostics import Severity
from specloom.reading.files import Refusal
from specloom.reading.grammar import Kind
from specloom.reading.pointers import JSON, Absent
from specloom.reading.references import References

Node: TypeAlias = Mapping[str, JSON]


@dataclass(slots=True)
class Site:
    """Where the object at hand stands: the reader's one moving finger, read by repairs and moved by the walk."""

    version: Literal["3.0", "3.1"]
    references: References
    file: str = ""
    keys: list[str] = field(default_factory=list)
    path_item: Node = field(default_factory=dict)

    @property
    def template(self) -> str | None:
        """The path template of the operation or path item at hand, None below webhooks, callbacks and components."""
        return self.keys[1] if len(self.keys) in (2, 3) and self.keys[0] == "paths" and not self.file else None

    def target(self, node: JSON) -> Node:
        """A node, or what it refers to; an empty one if that is no object."""
        if not isinstance(node, dict):
            return {}
        ref = node.get("$ref")
        if not isinstance(ref, str):
            return node
        found = self.references.follow(ref, self.file)
        return {} if isinstance(found, Refusal) or not isinstance(found.value, dict) else found.value


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with an object, and its repair.

    ``changes`` are fields that get another value, or go (``ABSENT``); ``replace`` is the whole object anew;
    ``drop`` takes the object itself away. ``key`` names the field that is at fault.
    """

    message: str
    changes: Mapping[str, JSON | Absent] = field(default_factory=dict)
    key: str | None = None
    severity: Severity = Severity.WARNING
    hint: str | None = None
    replace: dict[str, JSON] | None = None
    drop: bool = False


Mend: TypeAlias = Callable[[Node, Site], tuple[Finding, ...]]

NONE: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """A named repair: it looks at every object of a kind that has one of the keys ``when`` (or at all, where empty)."""

    code: str
    description: str
    kind: Kind
    when: tuple[str, ...]
    mend: Mend
