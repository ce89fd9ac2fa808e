"""What a comparison is: changes, each with its place and what it means for clients that exist already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Impact(StrEnum):
    """What a change means for clients that were made for the old document, the worst first."""

    BREAKING = "breaking"
    """A running client may fail or lose data without having been changed."""
    SOURCE = "source"
    """Running clients go on; code that uses a generated client has to be changed once the client is generated anew."""
    COMPATIBLE = "compatible"


class Use(StrEnum):
    """Which way a value travels: a client sends it, or a client gets it."""

    REQUEST = "request"
    RESPONSE = "response"


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a place: what it is (``query parameter``, ``property``, ``items``) and its name, where it has one."""

    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a change is: in an operation, in a named schema, or (neither) in the document as a whole.

    ``pointer`` is a JSON pointer (RFC 6901) into the new document, into the old one for what is gone. Where the document has a
    list (parameters, servers) or merges schemas, it names the thing itself: ``/paths/~1books/get/parameters/query/limit``.
    """

    pointer: str
    operation: str | None = None
    schema: str | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    ``code`` is the rule's stable name (``property-removed``); ``old`` and ``new`` say what was and what is there, ``None`` where
    nothing was or is. ``uses`` and ``operations`` tell where it matters: for a schema, the ways it travels and the operations
    that both documents have and that lead to it; none of both where no operation uses it.
    """

    code: str
    impact: Impact
    reason: str
    place: Place
    old: str | None = None
    new: str | None = None
    uses: tuple[Use, ...] = ()
    operations: tuple[str, ...] = ()

    @property
    def breaking(self) -> bool:
        """Whether running clients may fail."""
        return self.impact is Impact.BREAKING


@dataclass(frozen=True)
class Comparison:
    """All differences between two documents, by place: the document, its operations, its schemas, as the new one lists them."""

    old: str
    """Title and version of the old document."""
    new: str
    changes: tuple[Change, ...] = ()

    @property
    def breaking(self) -> bool:
        """Whether any change is breaking."""
        return any(change.breaking for change in self.changes)

    @cached_property
    def counts(self) -> Mapping[Impact, int]:
        """How many changes there are of each impact."""
        return {impact: sum(change.impact is impact for change in self.changes) for impact in Impact}

    def text(self) -> str:
        """For a terminal."""
        from .text import as_text

        return as_text(self)

    def markdown(self) -> str:
        """For a pull request."""
        from .markdown import as_markdown

        return as_markdown(self)

    def json(self) -> str:
        """For a program; the shape is described in ``docs/diff.md``."""
        from .data import as_json

        return as_json(self)
