"""Diagnostics for reading: grouped by code with the first few of each, so that a large document does not bury what matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from specloom.ir.diagnostics import Diagnostic, Severity

FEW = 3
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def grouped(diagnostics: Iterable[Diagnostic]) -> list[tuple[Severity, str, list[Diagnostic]]]:
    """Diagnostics by severity, then by code as they come."""
    groups: dict[tuple[Severity, str], list[Diagnostic]] = {}
    for found in diagnostics:
        groups.setdefault((found.severity, found.code), []).append(found)
    return [(severity, code, groups[severity, code]) for severity in _ORDER for s, code in groups if s is severity]


def shown(diagnostics: Sequence[Diagnostic], *, verbose: bool, notes: bool = False) -> tuple[Diagnostic, ...]:
    """Those that will be shown one by one: all of them, or the first few of each code, without notes unless asked."""
    return tuple(
        found
        for severity, _, each in grouped(diagnostics)
        if verbose or notes or severity is not Severity.INFO
        for found in (each if verbose else each[:FEW])
    )


def lines(
    diagnostics: Sequence[Diagnostic], *, verbose: bool, here: Path, notes: bool = False
) -> Iterator[tuple[Severity | None, str]]:
    """The lines to show, each with the severity it is about; ``None`` for what only explains.

    A code that occurs once is one line; of others the count comes first. Notes are only counted unless ``notes`` or
    ``verbose``.
    """
    hidden = False
    for severity, code, each in grouped(diagnostics):
        if severity is Severity.INFO and not (verbose or notes):
            hidden = True
            continue
        if len(each) == 1:
            yield severity, f"{severity} {code}: {_said(each[0], here)}"
        else:
            yield severity, f"{severity} {code} ({len(each)}):"
            for found in each if verbose else each[:FEW]:
                yield None, f"  {_said(found, here)}"
        hints = dict.fromkeys(found.hint for found in each[: None if verbose else FEW] if found.hint)
        for hint in hints:
            yield None, f"  hint: {hint}"
        if not verbose and len(each) > FEW:
            hidden = True
            yield None, f"  ... and {len(each) - FEW} more"
    yield from _totals(diagnostics, hidden)


def _totals(diagnostics: Sequence[Diagnostic], hidden: bool) -> Iterator[tuple[Severity | None, str]]:
    counts = {severity: sum(found.severity is severity for found in diagnostics) for severity in _ORDER}
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    parts = [f"{count} {words[severity]}{'' if count == 1 else 's'}" for severity, count in counts.items() if count]
    if parts:
        more = " (--verbose shows all)" if hidden else ""
        yield None, ", ".join(parts) + more


def _said(found: Diagnostic, here: Path) -> str:
    where = place(found, here)
    return f"{where}: {one_line(found.message)}" if where else one_line(found.message)


def place(found: Diagnostic, here: Path) -> str:
    """Where a diagnostic stands, as a terminal can follow it: file:line:column, else the pointer behind the file."""
    if found.place is not None:
        parts = (near(found.place.file, here), found.place.line, found.place.column)
        return ":".join(str(part) for part in parts if part is not None)
    file = near(found.file, here) if found.file else ""
    return one_line(f"{file}#{found.pointer}" if found.pointer else file)


def near(file: str, here: Path) -> str:
    """A path from the current folder where it lies below it, else as it is."""
    path = Path(file)
    return path.relative_to(here).as_posix() or "." if path.is_absolute() and path.is_relative_to(here) else file


def one_line(text: str) -> str:
    """Text of a document for a terminal: no line breaks, and no control characters that could drive it."""
    return "".join(char if char.isprintable() else " " if char.isspace() else f"\\x{ord(char):02x}" for char in text)
