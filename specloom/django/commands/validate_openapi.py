"""What ``validate_openapi`` does: looks for what makes a bad schema, shows it, and puts right what is certain."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from django.core.management.base import CommandError

from specloom.ir.diagnostics import Severity
from specloom.terminal.progress import Display, is_plain
from specloom.terminal.reporting import show
from specloom.writing import disk
from specloom.writing.failures import cannot

from .base import USAGE, Options, names

if TYPE_CHECKING:
    from rich.text import Text

    from specloom.django.linting import Report

SEVERITIES = tuple(str(each) for each in Severity)
REPORTS = ("console", "json", "html")


@dataclass(frozen=True, slots=True)
class Asked:
    """The command line."""

    apps: tuple[str, ...]
    files: tuple[str, ...]
    patterns: tuple[str, ...]
    rules: tuple[str, ...]
    severity: Severity
    fix: bool
    dry_run: bool
    confirm: bool
    report: str
    output: Path | None
    summary: bool
    fixable_only: bool
    list_rules: bool
    verbose: bool


def asked(options: Options) -> Asked:
    """The options as Django parsed them, as values.

    Raises ``CommandError`` where one is none of its choices, which ``call_command`` does not check, or could not take effect.
    """
    output = options.get("output")
    wanted = Asked(
        apps=names(options.get("app")), files=_each(options.get("file")), patterns=names(options.get("pattern")),
        rules=names(options.get("rule")), severity=Severity(_choice("severity", options.get("severity"), SEVERITIES, "info")),
        fix=bool(options.get("fix")), dry_run=bool(options.get("dry_run")), confirm=not options.get("no_confirm"),
        report=_choice("report", options.get("report"), REPORTS, "console"), output=Path(str(output)) if output else None,
        summary=bool(options.get("summary")), fixable_only=bool(options.get("fixable_only")),
        list_rules=bool(options.get("list_rules")), verbose=bool(options.get("verbose")),
    )  # fmt: skip
    if wanted.summary and wanted.report != "console":
        raise CommandError(f"--summary is for the console; the counts are in the {wanted.report} report anyway", returncode=USAGE)
    if wanted.list_rules and (wanted.fix or wanted.dry_run or wanted.output is not None):
        raise CommandError("--list-rules only lists the rules; leave out --fix, --dry-run and --output", returncode=USAGE)
    return wanted


def _choice(name: str, value: object, choices: tuple[str, ...], default: str) -> str:
    if value is None:
        return default
    if str(value) not in choices:
        raise CommandError(f"--{name}: {value!r} is none of {', '.join(choices)}", returncode=USAGE)
    return str(value)


def validate(wanted: Asked, display: Display, out: TextIO) -> int:
    """Looks, fixes where asked to, and shows what remains. Returns 1 where an error remains.

    Raises ``SpecloomError`` for an app, a file or a rule that is not there, ``CommandError`` where a question cannot be asked.
    """
    from specloom.django.linting import find_targets, lint, select
    from specloom.django.linting.reports import rule_lines

    if wanted.list_rules:
        _print(rule_lines(select(wanted.rules)), out)
        return 0
    select(wanted.rules)  # a wrong name is said before anything is read
    targets = find_targets(wanted.apps, wanted.files, wanted.patterns)
    report = lint(targets, rules=wanted.rules, severity=wanted.severity, fixable_only=wanted.fixable_only)
    if wanted.fix or wanted.dry_run:
        report = _fixed(report, wanted, display, out)
    _show(report, wanted, out)
    return 1 if report.failed else 0


def _fixed(report: Report, wanted: Asked, display: Display, out: TextIO) -> Report:
    """The report without what was put right; a dry run, or a no, leaves it as it is."""
    from specloom.django.linting import fix

    planned = fix(report, write=False)
    show(display, planned.problems, verbose=True)
    if not planned.files:
        display.line("nothing to fix: no finding has a fix that is certain")
        return report
    words = f"{_count(len(planned.findings), 'fix', 'fixes')} in {_count(len(planned.files), 'file', 'files')}"
    if wanted.dry_run or wanted.confirm:
        for file in planned.files:
            diff = file.diff(Path.cwd())
            if wanted.report == "console" and wanted.output is None:
                out.write(diff)
            else:
                display.line(diff.rstrip("\n"))
    if wanted.dry_run:
        display.line(f"{words} (nothing written)")
        return report
    if wanted.confirm and not _confirmed(words):
        display.line("nothing was written")
        return report
    done = fix(report)
    show(display, done.problems, verbose=True)
    display.line(f"made {words}")
    return report.without(done.findings)


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _confirmed(words: str) -> bool:
    if not sys.stdin.isatty():
        raise CommandError("--fix asks before it writes, and nobody can answer here; add --no-confirm", returncode=USAGE)
    try:
        return input(f"make {words}? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _show(report: Report, wanted: Asked, out: TextIO) -> None:
    from specloom.django.linting.reports import html_report, json_report, report_lines, summary_lines

    here = Path.cwd()
    match wanted.report:
        case "json":
            text = json_report(report, here=here) + "\n"
        case "html":
            text = html_report(report, here=here)
        case _:
            lines = summary_lines(report) if wanted.summary else report_lines(report, here=here, verbose=wanted.verbose)
            if wanted.output is None:
                _print(lines, out)
                return
            text = "".join(f"{line.plain}\n" for line in lines)
    if wanted.output is None:
        out.write(text)
    else:
        _write(wanted.output, text)


def _print(lines: Iterable[Text], out: TextIO) -> None:
    import os

    from rich.console import Console

    plain = is_plain(out.isatty(), os.environ)
    if plain:
        for line in lines:
            out.write(line.plain + "\n")
        return
    console = Console(file=io.StringIO(), force_terminal=True, highlight=False, width=200)
    for line in lines:
        with console.capture() as captured:
            console.print(line, soft_wrap=True)
        out.write(captured.get())


def _write(path: Path, text: str) -> None:
    """In one step: whoever reads the file meanwhile sees the old one or the new one."""
    staged = path.with_name(f".{path.name}.specloom-new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        staged.unlink(missing_ok=True)
        disk.create(str(staged), text.encode("utf-8", "backslashreplace"))
        disk.replace(str(staged), str(path))
    except OSError as error:
        with suppress(OSError):
            staged.unlink(missing_ok=True)
        raise cannot("write", path, error) from None


def _each(values: object) -> tuple[str, ...]:
    """Paths as given: a comma may be part of one."""
    if values is None:
        return ()
    return tuple(str(value) for value in values) if isinstance(values, (list, tuple)) else (str(values),)
