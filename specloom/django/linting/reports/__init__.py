"""A report for people on a terminal, for programs as JSON, and for a browser as one HTML file."""

from .as_html import html_report
from .as_json import json_report
from .as_lines import report_lines, rule_lines, summary_lines

__all__ = ["html_report", "json_report", "report_lines", "rule_lines", "summary_lines"]
