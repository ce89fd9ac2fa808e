"""Diagnostics as SARIF 2.1.0 (OASIS, 2020), which code hosts show beside the lines of a document."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from specloom.ir.diagnostics import Diagnostic, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(diagnostics: Iterable[Diagnostic], *, version: str, here: Path) -> dict[str, object]:
    """A log of one run. Files below ``here`` are named from there, as code hosts want them (§3.4.4)."""
    found = list(diagnostics)
    rules = list(dict.fromkeys(diagnostic.code for diagnostic in found))
    numbers = {code: index for index, code in enumerate(rules)}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "specloom",
                "version": version,
                "rules": [{"id": code, "shortDescription": {"text": code.replace("-", " ")}} for code in rules],
            }},
            "columnKind": "unicodeCodePoints",
            "results": [_result(diagnostic, numbers[diagnostic.code], here) for diagnostic in found],
        }],
    }


def _result(found: Diagnostic, rule: int, here: Path) -> dict[str, object]:
    text = f"{found.message} ({found.hint})" if found.hint else found.message
    location: dict[str, object] = {}
    file = found.place.file if found.place else found.file
    if file:
        location["physicalLocation"] = _physical(file, found, here)
    if found.pointer is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": f"#{found.pointer}"}]
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": _LEVELS[found.severity],
        "message": {"text": text},
        **({"locations": [location]} if location else {}),
    }


def _physical(file: str, found: Diagnostic, here: Path) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(file, here)}}
    if found.place and found.place.line:
        region: dict[str, object] = {"startLine": found.place.line}
        if found.place.column:
            region["startColumn"] = found.place.column
        physical["region"] = region
    return physical


def _uri(file: str, here: Path) -> str:
    if "://" in file:
        return quote(file, safe="/:?#[]@!$&'()*+,;=%~")
    path = Path(file)
    absolute = path if path.is_absolute() else here / path
    return quote(absolute.relative_to(here).as_posix()) if absolute.is_relative_to(here) else absolute.as_uri()
