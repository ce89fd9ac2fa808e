"""From a finding to a change: which rule it falls under, and what that means in the ways in which it matters."""

from __future__ import annotations

from collections.abc import Sequence

from .changes import Change, Impact, Use
from .findings import Finding
from .rules import RULES, UNUSED, Ruling

_ORDER = tuple(Impact)


def judged(finding: Finding, uses: Sequence[Use], operations: Sequence[str], *, in_schema: bool = False) -> Change:
    """The change that a finding is. ``in_schema``: without a use, nothing sends or gets what it is about."""
    place = finding.at.place
    if in_schema and not uses:
        impact, reason = _unused(finding.code)
        return Change(finding.code, impact, reason, place, finding.old, finding.new)
    ways = tuple(uses) or (finding.at.only or Use.REQUEST,)
    impact, reason = _verdict(finding.code, ways)
    return Change(finding.code, impact, reason, place, finding.old, finding.new, tuple(uses), tuple(operations))


def joined(left: Change, right: Change) -> Change:
    """One change of two that are the same at the same place, used in different ways."""
    uses = tuple(use for use in Use if use in (*left.uses, *right.uses))
    operations = tuple(dict.fromkeys((*left.operations, *right.operations)))
    impact, reason = _verdict(left.code, uses) if uses else (left.impact, left.reason)
    return Change(left.code, impact, reason, left.place, left.old, left.new, uses, operations)


def _verdict(code: str, uses: Sequence[Use]) -> tuple[Impact, str]:
    """The worst of the rulings of all ways; the reason names the way where the other one is not as bad."""
    rulings = {use: RULES[code].ruling(use) for use in uses}
    worst = min((ruling.impact for ruling in rulings.values()), key=_ORDER.index)
    reasons = {use: ruling.reason for use, ruling in rulings.items() if ruling.impact is worst}
    if len(set(reasons.values())) == 1 and len(reasons) == len(rulings):
        return worst, next(iter(reasons.values()))
    return worst, "; ".join(f"in {use}s: {reason}" for use, reason in reasons.items())


def _unused(code: str) -> tuple[Impact, str]:
    rulings: tuple[Ruling, ...] = (RULES[code].request, RULES[code].response)
    if all(ruling.impact is Impact.COMPATIBLE for ruling in rulings):
        return Impact.COMPATIBLE, rulings[0].reason
    return Impact.SOURCE, UNUSED
