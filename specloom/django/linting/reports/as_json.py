"""A report as JSON, for programs."""

from __future__ import annotations

import json
from pathlib import Path

from specloom.django.linting.findings import SEVERITIES, Finding, Report

from .as_lines import shown_path

VERSION = 1
"""Changes when a key changes its meaning or goes."""


def json_report(report: Report, *, here: Path) -> str:
    """The report: counts, each rule that found something, each finding."""
    rules = {found.rule.code: found.rule for found in report.findings}
    return json.dumps({
        "version": VERSION,
        "files": report.files,
        "summary": {**{str(each): report.count(each) for each in SEVERITIES}, "fixable": len(report.fixable)},
        "rules": {
            code: {"title": rule.title, "severity": str(rule.severity), "explanation": rule.explanation, "fixable": rule.fixable}
            for code, rule in sorted(rules.items())
        },
        "findings": [_finding(found, here) for found in report.findings],
    }, indent=2, ensure_ascii=False)  # fmt: skip


def _finding(found: Finding, here: Path) -> dict[str, object]:
    return {
        "code": found.code,
        "severity": str(found.severity),
        "app": found.app or None,
        "file": shown_path(found.path, here) or None,
        "line": found.position.line if found.path else None,
        "column": found.position.column if found.path else None,
        "message": found.message,
        "suggestion": found.suggestion,
        "fixable": found.fix is not None,
    }
