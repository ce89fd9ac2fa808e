"""A job: one API description, what is made of it and how; and what became of it. Plain values that travel to other processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError
from specloom.ir.filtering import NOTHING, OperationFilter
from specloom.ir.paging import PagingRule

if TYPE_CHECKING:
    from specloom.emitters.protocol import EmitterOptions
    from specloom.reading import Document
    from specloom.writing import Plan


class Mode(StrEnum):
    """What is done with the files once they are made."""

    WRITE = "write"
    CHECK = "check"
    """Nothing is written; a target that is out of date is an error (``out-of-date``)."""
    DRY_RUN = "dry-run"
    """Nothing is written; the plan says what would be."""


@dataclass(frozen=True, slots=True)
class Target:
    """One language of one document.

    ``emitter`` is its name (``typescript``, ``python``, ``go``, ``proto``, or one that is registered); ``output`` is the folder;
    ``options`` are the emitter's own, its defaults where ``None``.
    """

    emitter: str
    output: Path
    options: EmitterOptions | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One API description and what is made of it.

    ``source`` is a path or an allowed URL, or the document's own data. ``include`` and ``exclude`` choose operations, ``paging``
    describes what cannot be recognised, ``strict`` makes errors of warnings, ``allow`` names files and URLs the document may
    refer to beyond its own folder. ``force`` overwrites what people changed in the targets. ``name`` is for messages.
    """

    source: str | Path | Mapping[str, object]
    targets: tuple[Target, ...] = ()
    include: OperationFilter = NOTHING
    exclude: OperationFilter = NOTHING
    paging: tuple[PagingRule, ...] = ()
    strict: bool = False
    allow: tuple[str, ...] = ()
    force: bool = False
    mode: Mode = Mode.WRITE
    name: str = ""


@dataclass(frozen=True, slots=True)
class TargetResult:
    """What became of one target: the plan that was (or would be) carried out, and how long each phase took, in seconds."""

    target: Target
    plan: Plan
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobResult:
    """What became of a job. ``targets`` is empty where the document could not be read or a target could not be made.

    ``diagnostics`` are all findings, about the document first, then of each target; with an error among them, nothing was
    written to any target. ``seconds``: phases of reading. ``failure`` holds the traceback of a defect of specloom or of a plugin.
    """

    job: Job
    targets: tuple[TargetResult, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    failure: str | None = None
    document: Document | None = field(default=None, repr=False, compare=False)
    """The document as read, by which diagnostics get their lines; not carried over from other processes."""

    @property
    def ok(self) -> bool:
        """Whether the job was done, without an error."""
        return self.failure is None and not any(found.severity is Severity.ERROR for found in self.diagnostics)

    def raise_errors(self) -> JobResult:
        """Itself where it is ``ok``; raises ``SpecloomError`` (``RuntimeError`` for a defect) otherwise."""
        if self.failure is not None:
            raise RuntimeError(self.failure)
        if not self.ok:
            raise SpecloomError(self.diagnostics)
        return self


def as_errors(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The same diagnostics with warnings as errors: what ``strict`` asks for."""
    for found in diagnostics:
        warning = found.severity is Severity.WARNING
        yield found.model_copy(update={"severity": Severity.ERROR}) if warning else found
