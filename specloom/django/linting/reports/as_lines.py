"""A report as lines of styled text, which are plain where nothing shows styles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.text import Text

from specloom.django.linting.findings import SEVERITIES, Finding, Report, Rule
from specloom.ir.diagnostics import Severity

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
WHOLE = "the schema as a whole"


def report_lines(report: Report, *, here: Path, verbose: bool = False) -> Iterator[Text]:
    """Every finding below its file; with ``verbose`` also why each rule matters."""
    for name, findings in by_file(report, here):
        app = f"  ({findings[0].app})" if findings[0].app else ""
        yield Text.assemble((name, "bold underline"), (app, "dim"))
        for found in findings:
            place = f"{found.position.line}:{found.position.column}".rjust(8)
            fixable = ("  [fixable]", "green") if found.fix is not None else ("", "")
            yield Text.assemble(
                (place, "dim"), "  ", (found.severity.value.ljust(7), STYLES[found.severity]), "  ", (found.code, "bold"), fixable
            )
            yield Text(" " * 10 + clean(found.message))
            yield Text(" " * 10 + "-> " + clean(found.suggestion), "green" if found.fix is not None else "dim")
        yield Text("")
    if verbose and report.findings:
        yield from rule_lines(dict.fromkeys(found.rule for found in report.findings))
    yield from _total(report)


def summary_lines(report: Report) -> Iterator[Text]:
    """How often each rule found something, and the total."""
    counts: dict[Rule, list[Finding]] = {}
    for found in report.findings:
        counts.setdefault(found.rule, []).append(found)
    width = max((len(rule.code) for rule in counts), default=0)
    for rule, findings in sorted(counts.items(), key=lambda each: (SEVERITIES.index(each[0].severity), each[0].code)):
        fixable = sum(found.fix is not None for found in findings)
        more = f"  ({fixable} fixable)" if fixable else ""
        yield Text.assemble(
            (f"{len(findings):6d}", "bold"), "  ", (rule.severity.value.ljust(7), STYLES[rule.severity]), "  ",
            rule.code.ljust(width), ("  " + rule.title, "dim"), (more, "green"),
        )  # fmt: skip
    yield from _total(report)


def rule_lines(rules: Iterable[Rule]) -> Iterator[Text]:
    """Each rule with its explanation."""
    for rule in rules:
        fixable = ("  [fixable]", "green") if rule.fixable else ("", "")
        severity = (rule.severity.value, STYLES[rule.severity])
        yield Text.assemble((rule.code, "bold"), "  ", severity, fixable, ("  " + rule.title, "dim"))
        yield Text("    " + rule.explanation)
        yield Text("")


def by_file(report: Report, here: Path) -> Iterator[tuple[str, list[Finding]]]:
    """The findings of each file, under its path from ``here``; those of no file come last."""
    files: dict[Path | None, list[Finding]] = {}
    for found in report.findings:
        files.setdefault(found.path, []).append(found)
    for path in sorted(files, key=lambda path: (path is None, str(path))):
        yield shown_path(path, here) or WHOLE, files[path]


def shown_path(path: Path | None, here: Path) -> str:
    """A path from ``here`` on, where it is below."""
    if path is None:
        return ""
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def clean(text: str) -> str:
    """One line without control characters, which a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)


def _total(report: Report) -> Iterator[Text]:
    counted = [(report.count(severity), severity) for severity in SEVERITIES]
    parts = [_plural(count, "note" if severity is Severity.INFO else severity.value) for count, severity in counted if count]
    fixable = len(report.fixable)
    more = f"; --fix puts {fixable} right" if fixable else ""
    style = next((STYLES[severity] for count, severity in counted if count), "green")
    yield Text(f"{', '.join(parts) or 'nothing found'} in {_plural(report.files, 'file')}{more}", style)


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
