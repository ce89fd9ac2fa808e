"""``validate_openapi`` as a person runs it: what it looks at, what it says, what it writes, how it ends."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from tests.harness.tools import ROOT

if TYPE_CHECKING:
    from .conftest import Case

WRONG = """
    from rest_framework import serializers


    class ThingSerializer(serializers.Serializer):
        total = serializers.SerializerMethodField()
        other = serializers.SerializerMethodField()
        anything = serializers.DictField()

        def get_total(self, obj):
            return len(obj)

        def get_other(self, obj):
            return obj.other
    """
ERROR = """
    from rest_framework import serializers


    class ErrorSerializer(serializers.Serializer):
        total = serializers.SerializerMethodField()
    """


def run(*arguments: str, **options: object) -> tuple[int, str, str]:
    """The exit code, and what stood on stdout and stderr."""
    out, error = io.StringIO(), io.StringIO()
    try:
        call_command("validate_openapi", *arguments, stdout=out, stderr=error, **options)
    except CommandError as refused:
        return refused.returncode, out.getvalue(), f"{error.getvalue()}{refused}"
    return 0, out.getvalue(), error.getvalue()


def test_the_report_for_people(case: Case) -> None:
    case.write(serializers=WRONG)
    code, out, _ = run("--file", str(case.path("serializers")))
    assert code == 0
    lines = [line.strip() for line in out.splitlines()]
    assert "9:5  warning  untyped-method-field  [fixable]" in lines
    assert "12:5  warning  untyped-method-field" in lines
    assert "-> annotate ThingSerializer.get_total with -> int" in lines
    assert lines[-1] == "3 warnings in 1 file; --fix puts 1 right"
    assert "\x1b" not in out


def test_an_error_is_exit_code_1_and_words(case: Case) -> None:
    case.write(serializers=ERROR)
    code, out, error = run("--file", str(case.path("serializers")))
    assert code == 1
    assert "missing-method" in out
    assert "Traceback" not in error
    assert run("--file", str(case.path("serializers")), "--rule", "untyped-method-field")[0] == 0


def test_rules_severities_and_fixable_only_choose(case: Case) -> None:
    case.write(serializers=WRONG, more=ERROR)
    files = ["--file", str(case.path("serializers")), str(case.path("more"))]

    def codes(*arguments: str) -> list[str]:
        _, out, _ = run(*files, "--report", "json", *arguments)
        return [found["code"] for found in json.loads(out)["findings"]]

    assert codes() == ["missing-method", "untyped-dict-field", "untyped-method-field", "untyped-method-field"]
    assert codes("--severity", "error") == ["missing-method"]
    assert codes("--severity", "warning") == codes()
    assert codes("--rule", "untyped-dict-field,missing-method") == ["missing-method", "untyped-dict-field"]
    assert codes("--fixable-only") == ["untyped-method-field"]


def test_json_is_only_json_and_complete(case: Case) -> None:
    case.write(serializers=WRONG)
    _, out, _ = run("--file", str(case.path("serializers")), "--report", "json", "--dry-run")
    report = json.loads(out)
    assert report["version"] == 1
    assert report["summary"] == {"error": 0, "warning": 3, "info": 0, "fixable": 1}
    assert set(report["rules"]) == {"untyped-method-field", "untyped-dict-field"}
    first = report["findings"][0]
    assert (first["code"], first["line"], first["column"], first["fixable"]) == ("untyped-dict-field", 7, 5, False)
    assert Path(first["file"]) == case.path("serializers")


class Page(HTMLParser):
    """The tags and texts of a page; a tag that is not closed where it must be is an error."""

    VOID = frozenset(["meta", "br", "link"])

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [value for name, value in attrs if name in ("src", "href") and not (value or "").startswith("#")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_html_stands_alone_and_escapes_everything(case: Case, tmp_path: Path) -> None:
    folder = "a<b>&\"'"
    case.write({f"{folder}/serializers": "x = '<script>alert(1)</script>' +\n"})
    output = tmp_path / "reports" / "report.html"
    code, out, _ = run("--file", str(case.path(f"{folder}/serializers")), "--report", "html", "--output", str(output))
    assert (code, out) == (1, "")
    page = Page(output.read_text())
    assert "script" not in page.tags
    assert any(folder in text for text in page.texts)
    assert "unreadable-file" in page.texts
    assert not [entry for entry in output.parent.iterdir() if entry != output]


def test_a_report_without_findings(case: Case) -> None:
    case.write(serializers="x = 1\n")
    file = ["--file", str(case.path("serializers"))]
    assert run(*file)[1] == "nothing found in 1 file\n"
    assert json.loads(run(*file, "--report", "json")[1])["findings"] == []
    assert "Nothing was found." in Page(run(*file, "--report", "html")[1]).texts


def test_fix_writes_and_shows_what_remains(case: Case) -> None:
    case.write(serializers=WRONG)
    file = ["--file", str(case.path("serializers"))]
    code, out, error = run(*file, "--fix", "--no-confirm")
    assert code == 0
    assert "made 1 fix in 1 file" in error
    assert out.splitlines()[-1] == "2 warnings in 1 file"
    text = case.text("serializers")
    assert "def get_total(self, obj) -> int:" in text
    case.forget()
    code, out, error = run(*file, "--fix", "--no-confirm")
    assert "nothing to fix" in error
    assert case.text("serializers") == text


def test_dry_run_shows_a_diff_and_writes_nothing(case: Case) -> None:
    case.write(serializers=WRONG)
    before = case.text("serializers")
    for arguments in (["--dry-run"], ["--fix", "--dry-run"], ["--fix", "--dry-run", "--no-confirm"]):
        _, out, error = run("--file", str(case.path("serializers")), *arguments)
        assert "+    def get_total(self, obj) -> int:\n" in out
        assert "(nothing written)" in error
        assert case.text("serializers") == before


def test_fix_asks(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    case.write(serializers=WRONG)
    before = case.text("serializers")
    file = ["--file", str(case.path("serializers"))]

    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    code, _, error = run(*file, "--fix")
    assert (code, "--no-confirm" in error, case.text("serializers")) == (2, True, before)

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for answer, changed in (("n\n", False), ("", False), ("y\n", True)):
        monkeypatch.setattr(sys, "stdin", Terminal(answer))
        code, out, _ = run(*file, "--fix")
        assert "+    def get_total(self, obj) -> int:" in out
        assert (code, case.text("serializers") != before) == (0, changed)


def test_summary_counts_by_rule(case: Case) -> None:
    case.write(serializers=WRONG)
    _, out, _ = run("--file", str(case.path("serializers")), "--summary")
    assert [line.split()[:3] for line in out.splitlines()[:2]] == [
        ["1", "warning", "untyped-dict-field"], ["2", "warning", "untyped-method-field"],
    ]


def test_rules_are_listed_with_their_reasons() -> None:
    from specloom.django.linting import RULES

    code, out, _ = run("--list-rules")
    assert code == 0
    assert all(rule.code in out and rule.explanation in out for rule in RULES)
    assert len({rule.code for rule in RULES}) == len(RULES) >= 20


@pytest.mark.parametrize(("arguments", "words"), [
    (["--rule", "untyped-methods-field"], "did you mean untyped-method-field?"),
    (["--app", "libary"], "did you mean library?"),
    (["--app", "zzz"], "the apps are: "),
    (["--file", "nowhere.py"], "nowhere.py is not a file"),
    (["--pattern", "nothing*.py"], "no file of"),
    (["--severity", "bad"], "invalid choice: 'bad'"),
    (["--report", "pdf"], "invalid choice: 'pdf'"),
    (["--report", "json", "--summary"], "--summary is for the console"),
    (["--list-rules", "--fix"], "--list-rules only lists"),
])  # fmt: skip
def test_wrong_arguments_are_said_in_words(arguments: list[str], words: str) -> None:
    code, out, error = run(*arguments)
    assert code in (1, 2)
    assert words in error
    assert "Traceback" not in error
    assert out == ""


def test_choices_are_checked_where_code_calls_the_command() -> None:
    assert run(severity="bad") == (2, "", "--severity: 'bad' is none of error, warning, info")
    assert run(report="pdf") == (2, "", "--report: 'pdf' is none of console, json, html")


def test_apps_and_patterns_choose_the_files() -> None:
    from specloom.django.linting import find_targets

    def files(*labels: str, patterns: tuple[str, ...] = ()) -> list[str]:
        root = ROOT / "tests" / "django_project"
        return [path.relative_to(root).as_posix() for path in find_targets(labels, patterns=patterns).files]

    assert files("library") == ["library/serializers.py", "library/views.py"]
    assert files("tests.django_project.polls") == ["polls/views.py"]
    assert files("library", patterns=("models.py",)) == ["library/models.py"]
    assert files("library", patterns=("library/*.py", "*.py"))[0] == "library/__init__.py"
    assert {"billing/views.py", "library/serializers.py", "polls/views.py"} <= set(files())
    assert not [path for path in find_targets().files if "site-packages" in path.parts or "specloom" in path.parent.parts[-1:]]


def test_the_projects_own_apps_are_clean() -> None:
    """The small project of the tests is written as one should: no rule finds anything in it."""
    code, out, _ = run("--app", "library", "polls", "billing")
    assert (code, out) == (0, "nothing found in 4 files\n")


def test_a_file_that_cannot_be_written_is_no_traceback(case: Case) -> None:
    case.write(serializers=WRONG, taken="")
    output = case.path("taken") / "x.json"
    code, _, error = run("--file", str(case.path("serializers")), "--report", "json", "--output", str(output))
    assert code == 2
    assert "cannot write" in error
    assert "Traceback" not in error


def test_it_runs_from_a_command_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "validate_openapi", "--settings", "tests.django_project.settings",
         "--pythonpath", str(ROOT), "--report", "json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["summary"]["error"] == 0
