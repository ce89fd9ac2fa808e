"""A report as one HTML file that needs nothing else: built as a tree of elements, so that all text is escaped by its writer."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from specloom.django.linting.findings import SEVERITIES, Finding, Report, Rule

from .as_lines import by_file, clean

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --dim: #777; }
:root { --error: #c62828; --warning: #b26a00; --info: #1565c0; --good: #2e7d32; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.05rem; margin: 2rem 0 .25rem; font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
.counts { display: flex; flex-wrap: wrap; gap: 1.5rem; padding: 0; list-style: none; } .counts b { font-size: 1.4rem; }
table { border-collapse: collapse; width: 100%; }
td { border-top: 1px solid var(--line); padding: .45rem .5rem; vertical-align: top; }
td.place { font-family: ui-monospace, monospace; color: var(--dim); white-space: nowrap; width: 4.5rem; }
code { font-family: ui-monospace, monospace; } .dim { color: var(--dim); } .fixable { color: var(--good); }
.error { color: var(--error); } .warning { color: var(--warning); } .info { color: var(--info); }
dt { margin-top: .8rem; } dd { margin-left: 1.5rem; }
"""
"""Only constants: nothing of a project is ever put into the style."""


def html_report(report: Report, *, here: Path) -> str:
    """The report as a page: counts, the findings of each file, why each rule matters."""
    root = Element("html", lang="en")
    head = SubElement(root, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "title").text = "validate_openapi"
    SubElement(head, "style").text = _STYLE
    body = SubElement(root, "body")
    SubElement(body, "h1").text = "What keeps the schema from being right"
    _counts(body, report)
    for name, findings in by_file(report, here):
        heading = SubElement(body, "h2")
        heading.text = clean(name)
        if findings[0].app:
            SubElement(heading, "span", {"class": "dim"}).text = f" ({findings[0].app})"
        table = SubElement(body, "table")
        for found in findings:
            _row(SubElement(table, "tr"), found)
    _rules(body, dict.fromkeys(found.rule for found in report.findings))
    return "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html") + "\n"


def _counts(body: Element, report: Report) -> None:
    counts = SubElement(body, "ul", {"class": "counts"})
    numbers = [(str(each), report.count(each)) for each in SEVERITIES]
    for word, number in (*numbers, ("fixable", len(report.fixable)), ("files", report.files)):
        item = SubElement(counts, "li", {"class": word})
        SubElement(item, "b").text = str(number)
        SubElement(item, "span").text = f" {word}"
    if not report.findings:
        SubElement(body, "p").text = "Nothing was found."


def _row(row: Element, found: Finding) -> None:
    place = f"{found.position.line}:{found.position.column}" if found.path is not None else ""
    SubElement(row, "td", {"class": "place"}).text = place
    cell = SubElement(row, "td")
    head = SubElement(cell, "div")
    SubElement(head, "b", {"class": str(found.severity)}).text = str(found.severity)
    SubElement(head, "span").text = " "
    SubElement(SubElement(head, "a", href=f"#{found.code}"), "code").text = found.code
    if found.fix is not None:
        SubElement(head, "span", {"class": "fixable"}).text = " fixable"
    SubElement(cell, "div").text = clean(found.message)
    SubElement(cell, "div", {"class": "dim"}).text = clean(found.suggestion)


def _rules(body: Element, rules: dict[Rule, None]) -> None:
    if not rules:
        return
    SubElement(body, "h1").text = "Why"
    listed = SubElement(body, "dl")
    for rule in rules:
        term = SubElement(listed, "dt", id=rule.code)
        SubElement(term, "code", {"class": str(rule.severity)}).text = rule.code
        SubElement(term, "b").text = f" {rule.title}"
        SubElement(listed, "dd").text = rule.explanation
