"""What every test run has: ``--update-golden``, profiles of Hypothesis, and lines that tests leave for the end of the output."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest
from hypothesis import settings

SUMMARY = "summary"
LONGEST = tuple(f"tests/{name}.py" for name in (
    "documents/test_go", "documents/test_python", "documents/test_proto", "documents/test_typescript", "hostile/test_hostile"
))

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)  # the same examples in every run
settings.register_profile("local", deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew; refused where CI is set")


def pytest_configure(config: pytest.Config) -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell starts what is in its background; tests would inherit it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if config.getoption("--update-golden") and os.environ.get("CI"):
        raise pytest.UsageError("--update-golden is refused where CI is set: golden files are reviewed before they are committed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, one language on each worker: pytest-xdist gives out the files in this order."""
    places = {path: place for place, path in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(LONGEST)))


@pytest.fixture
def say(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Leaves a line for the end of the output; it also comes through from the workers of pytest-xdist."""
    return lambda line: record_property(SUMMARY, line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for group in ("passed", "failed") for report in terminalreporter.stats.get(group, ())]
    lines = [value for report in reports for key, value in report.user_properties if key == SUMMARY]
    if lines:
        terminalreporter.write_sep("-", "documents and tools")
        for line in sorted(lines):
            terminalreporter.write_line(line)
