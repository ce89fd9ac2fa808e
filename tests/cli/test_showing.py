"""How diagnostics and progress are shown, on a terminal and elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from specloom.generation import Step
from specloom.ir.diagnostics import Diagnostic, Place, Severity
from specloom.terminal import last_resort
from specloom.terminal.progress import Display, is_plain
from specloom.terminal.showing import FEW, lines, near

HERE = Path("/home/user/project")


def found(code: str, severity: Severity, count: int) -> list[Diagnostic]:
    return [
        Diagnostic(code=code, severity=severity, message=f"m{n}", file="a.yaml", pointer=f"/p/{n}", hint="mend it")
        for n in range(count)
    ]


def text(diagnostics: list[Diagnostic], **how: bool) -> list[str]:
    return [line for _, line in lines(diagnostics, verbose=how.get("verbose", False), notes=how.get("notes", False), here=HERE)]


def test_five_thousand_warnings_are_a_few_lines() -> None:
    shown = text([*found("w", Severity.WARNING, 5000), *found("e", Severity.ERROR, 1), *found("n", Severity.INFO, 7)])
    assert shown == [
        "error e: a.yaml#/p/0: m0",
        "  hint: mend it",
        "warning w (5000):",
        *[f"  a.yaml#/p/{n}: m{n}" for n in range(FEW)],
        "  hint: mend it",
        f"  ... and {5000 - FEW} more",
        "1 error, 5000 warnings, 7 notes (--verbose shows all)",
    ]


def test_verbose_shows_all_and_notes_can_be_asked_for() -> None:
    many = [*found("w", Severity.WARNING, 50), *found("n", Severity.INFO, 2)]
    assert sum("#/p/" in line for line in text(many, verbose=True)) == 52
    assert sum("#/p/" in line for line in text(many, notes=True)) == FEW + 2
    assert not any("--verbose" in line for line in text(many, verbose=True))


def test_a_document_cannot_drive_the_terminal() -> None:
    hostile = Diagnostic(code="c", severity=Severity.ERROR, message="a\x1b[2J\r\nb\u202e", pointer="/\x07")
    (first, *_) = text([hostile])
    assert first == "error c: #/\\x07: a\\x1b[2J  b\\x202e"


def test_places_are_from_the_current_folder() -> None:
    at = Diagnostic(code="c", severity=Severity.ERROR, message="m", place=Place(file=f"{HERE}/x/a.yaml", line=3, column=4))
    assert text([at])[0] == "error c: x/a.yaml:3:4: m"
    assert near("../other/a.yaml", HERE) == "../other/a.yaml"


@pytest.mark.parametrize(("terminal", "environment", "plain"), [
    (True, {"TERM": "xterm"}, False), (False, {"TERM": "xterm"}, True), (True, {"NO_COLOR": "1"}, True),
    (True, {"CI": "true"}, True), (True, {"TERM": "dumb"}, True), (True, {"NO_COLOR": "", "CI": ""}, False),
])
def test_when_plain_lines_are_wanted(terminal: bool, environment: dict[str, str], plain: bool) -> None:
    assert is_plain(terminal, environment) is plain


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_steps_while_they_last_and_starts_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    for name in ("NO_COLOR", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    display = Display()
    before = threading.active_count()
    with display.watching() as observe:
        observe(Step("shop", "read"))
        observe(None)
        observe(Step("shop", "read", seconds=0.2))
        assert threading.active_count() == before
    display.line("[bold]as it is[/bold]", Severity.ERROR)
    assert "shop read" in stream.getvalue()
    assert "[bold]as it is[/bold]" in stream.getvalue()


def test_plain_lines_survive_a_narrow_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stderr", io.TextIOWrapper(raw, encoding="ascii", write_through=True))
    Display().line("für 日本")
    assert raw.getvalue() == b"f\\xfcr \\u65e5\\u672c\n"


def test_a_defect_of_the_command_line_itself_ends_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise ValueError("first line\nsecond line")

    monkeypatch.delenv("SPECLOOM_DEBUG", raising=False)
    assert last_resort.guarded(broken) == last_resort.BUG
    told = capsys.readouterr().err
    assert "internal error: ValueError: first line" in told
    assert "Traceback" not in told
    monkeypatch.setenv("SPECLOOM_DEBUG", "1")
    assert last_resort.guarded(broken) == last_resort.BUG
    assert "Traceback" in capsys.readouterr().err
