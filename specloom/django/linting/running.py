"""Runs rules over files and gathers what they find."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from types import MappingProxyType

from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError

from .findings import SEVERITIES, Report, Rule
from .inspection import Inspection
from .rules import RULES
from .targets import Targets


def select(codes: Sequence[str]) -> tuple[Rule, ...]:
    """The rules of some codes; all rules where none is named. Raises ``SpecloomError`` ``unknown-rule``."""
    known = {rule.code: rule for rule in RULES}
    wrong = [code for code in codes if code not in known]
    if wrong:
        raise SpecloomError(_unknown(code) for code in wrong)
    return tuple(known[code] for code in dict.fromkeys(codes)) if codes else RULES


def lint(
    targets: Targets, *, rules: Sequence[str] = (), severity: Severity = Severity.INFO, fixable_only: bool = False
) -> Report:
    """Everything that some rules find in some files, sorted by place.

    ``rules`` are codes; none means all. ``severity``: only findings at least that bad. ``fixable_only``: only what ``fix`` can
    put right. drf-spectacular runs only where a rule needs it.

    Raises ``SpecloomError`` ``unknown-rule``.
    """
    bad_enough = SEVERITIES[: SEVERITIES.index(severity) + 1]
    inspection = Inspection(targets)
    every = (
        found for rule in select(rules) if rule.severity in bad_enough and (rule.fixable or not fixable_only)
        for found in rule.check(inspection) if found.fix is not None or not fixable_only
    )  # fmt: skip
    once = {found.key(): found for found in every}
    findings = tuple(once[key] for key in sorted(once))
    fixes = dict.fromkeys(found.fix.path for found in findings if found.fix is not None)
    contents = {path: source.content for path in fixes if (source := inspection.at(path)) is not None}
    return Report(findings, len(targets.files), MappingProxyType(contents))


def _unknown(code: str) -> Diagnostic:
    near = difflib.get_close_matches(code, [rule.code for rule in RULES], n=1)
    hint = f"did you mean {near[0]}?" if near else "--list-rules shows them all"
    return Diagnostic(code="unknown-rule", severity=Severity.ERROR, message=f"there is no rule {code!r}", hint=hint)
