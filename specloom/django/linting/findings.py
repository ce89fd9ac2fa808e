"""What the rules say: a rule with its explanation, a finding at a place of the source, the edit that would put it right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from specloom.ir.diagnostics import Severity

if TYPE_CHECKING:
    from .edits import Edit
    from .inspection import Inspection

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)
"""The worst first."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file: line and column count from 1, in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits of one file that belong together. ``says`` tells what they do, in a few words."""

    path: Path
    says: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect. ``fix`` is there only where what is right is certain.

    ``path`` is ``None`` where the defect is in no file of the project: it is of the schema as a whole.
    """

    rule: Rule
    app: str
    path: Path | None
    position: Position
    message: str
    suggestion: str
    fix: Fix | None = None

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    def key(self) -> tuple[str, int, int, str, str]:
        """By which findings are sorted, and by which two are the same."""
        return (str(self.path or ""), self.position.line, self.position.column, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of defect: ``code`` is stable and kebab-case, ``explanation`` says why a client suffers of it.

    ``fixable``: there are findings of it that ``--fix`` puts right.
    """

    code: str
    title: str
    severity: Severity
    explanation: str
    fixable: bool
    check: Callable[[Inspection], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything found, sorted by place; ``files`` is how many were looked at.

    ``contents``: what stood in each file that a fix is for, so that a fix is never made to another text.
    """

    findings: tuple[Finding, ...]
    files: int
    contents: Mapping[Path, bytes] = field(default_factory=dict)

    def count(self, severity: Severity) -> int:
        """How many findings are exactly that bad."""
        return sum(found.severity is severity for found in self.findings)

    @property
    def fixable(self) -> tuple[Finding, ...]:
        return tuple(found for found in self.findings if found.fix is not None)

    @property
    def failed(self) -> bool:
        """There is an error."""
        return self.count(Severity.ERROR) > 0

    def without(self, fixed: tuple[Finding, ...]) -> Report:
        """What remains once some findings were put right."""
        gone = {found.key() for found in fixed}
        return Report(tuple(found for found in self.findings if found.key() not in gone), self.files, self.contents)
