"""Puts findings right: all files or none, each replaced in one step, and none that has changed since it was read."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from tokenize import detect_encoding

from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.writing import disk
from specloom.writing.failures import cannot

from .applying import applied
from .findings import Finding, Report


@dataclass(frozen=True, slots=True)
class FixedFile:
    """One file before and after, with the findings that are gone by it."""

    path: Path
    before: bytes
    after: bytes
    findings: tuple[Finding, ...]

    def diff(self, here: Path) -> str:
        """A unified diff, with paths below ``here`` where the file is there."""
        name = self.path.relative_to(here).as_posix() if self.path.is_relative_to(here) else self.path.as_posix()
        lines = difflib.unified_diff(_lines(self.before), _lines(self.after), f"a/{name}", f"b/{name}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


@dataclass(frozen=True, slots=True)
class Fixed:
    """What was, or would be, put right; and what could not be, with the reason."""

    files: tuple[FixedFile, ...]
    problems: tuple[Diagnostic, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(found for file in self.files for found in file.findings)


def fix(report: Report, *, write: bool = True) -> Fixed:
    """Makes the fixes of a report; with ``write=False`` only says what they would be.

    A file that has changed since the report was made is left alone, with a problem ``file-changed``.

    Raises ``SpecloomError`` where a file cannot be written; then all are as they were.
    """
    by_path: dict[Path, list[Finding]] = {}
    for found in report.fixable:
        if found.fix is not None:
            by_path.setdefault(found.fix.path, []).append(found)
    files: list[FixedFile] = []
    problems: list[Diagnostic] = []
    for path, findings in sorted(by_path.items()):
        before = report.contents[path]
        if _read(path) != before:
            problems.append(_problem("file-changed", path, "it has changed since it was looked at", "run again"))
            continue
        try:
            after = applied(before, [edit for found in findings if found.fix is not None for edit in found.fix.edits])
        except (ValueError, RecursionError) as error:
            problems.append(_problem("fix-refused", path, str(error), "put it right by hand"))
            continue
        files.append(FixedFile(path, before, after, tuple(findings)))
    if write:
        _write(files)
    return Fixed(tuple(files), tuple(problems))


def _write(files: Sequence[FixedFile]) -> None:
    """Every new text stands on the disk before the first file is replaced; what was replaced comes back on failure."""
    done: list[tuple[str, str]] = []
    current = Path()
    with ExitStack() as leftovers:
        try:
            for file in files:
                current = file.path
                leftovers.callback(_remove, _beside(file.path, "new"))
                _remove(_beside(file.path, "new"))
                disk.create(_beside(file.path, "new"), file.after)
                disk.same_mode(str(file.path), _beside(file.path, "new"))
            for file in files:
                current = file.path
                old = _beside(file.path, "old")
                _remove(old)
                leftovers.callback(_remove, old)
                disk.keep(str(file.path), old)
                done.append((old, str(file.path)))
                disk.replace(_beside(file.path, "new"), str(file.path))
        except BaseException as error:
            restored = _restored(done)
            if isinstance(error, OSError):
                raise cannot("write", current, error, restored=restored) from None
            raise


def _restored(done: Sequence[tuple[str, str]]) -> bool:
    for old, path in reversed(done):
        try:
            disk.replace(old, path)
        except OSError:
            return False
    return True


def _beside(path: Path, kind: str) -> str:
    return str(path.with_name(f".{path.name}.specloom-{kind}"))


def _remove(path: str) -> None:
    with suppress(OSError):
        Path(path).unlink(missing_ok=True)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _lines(content: bytes) -> list[str]:
    lines = iter(content.splitlines(keepends=True))
    encoding, _ = detect_encoding(lambda: next(lines, b""))
    return content.decode(encoding, "replace").splitlines(keepends=True)


def _problem(code: str, path: Path, why: str, hint: str) -> Diagnostic:
    return Diagnostic(code=code, severity=Severity.WARNING, message=f"not fixed: {why}", file=str(path), hint=hint)


