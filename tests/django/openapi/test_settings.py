"""Documents of projects that say less in their settings than drf-spectacular asks for, and of several threads."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from specloom.django.openapi import group_document
from specloom.ir.diagnostics import SpecloomError
from tests.django_project.describing import BILLING, LIBRARY, POLLS, group, project

ROOT = Path(__file__).parents[3]
BARE = f"""
import json
from django.conf import settings
from tests.django_project import settings as given

told = {{name: value for name, value in vars(given).items() if name.isupper()}}
del told["REST_FRAMEWORK"]["DEFAULT_SCHEMA_CLASS"]
told["INSTALLED_APPS"] = [app for app in told["INSTALLED_APPS"] if app not in ("drf_spectacular", "specloom.django")]
settings.configure(**told)
import django
django.setup()
from specloom.django.openapi import group_document
from tests.django_project.describing import group, project
one = group("one", {[LIBRARY, POLLS, BILLING]!r})
made = group_document(project(one), one)
print(json.dumps([made.text, [each.code for each in made.diagnostics]]))
"""


def test_a_project_that_forgot_the_schema_class() -> None:
    done = subprocess.run([sys.executable, "-c", BARE], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    text, codes = json.loads(done.stdout)
    one = group("one", [LIBRARY, POLLS, BILLING])
    assert text == group_document(project(one), one).text
    assert codes == ["schema-class-unset"]


def test_documents_made_at_once_are_those_made_alone() -> None:
    groups = [group(f"g{number}", [app], title=f"Number {number}") for number, app in enumerate([LIBRARY, POLLS, BILLING] * 4)]
    alone = [group_document(project(one), one).text for one in groups]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda one: group_document(project(one), one).text, groups))
    assert together == alone


def test_one_that_fails_does_not_touch_others_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    from drf_spectacular.settings import spectacular_settings

    def fails(result: dict[str, dict[str, object]], **_: object) -> object:
        if result["info"]["title"] == "Bad":
            raise LookupError("bad")
        return result

    monkeypatch.setattr(spectacular_settings, "POSTPROCESSING_HOOKS", [fails])
    groups = [group(f"g{number}", [POLLS], title="Bad" if number % 2 else "Good") for number in range(6)]

    def outcome(number: int) -> str:
        try:
            return str(group_document(project(groups[number]), groups[number]).document["info"])
        except SpecloomError as error:
            return error.diagnostics[-1].code

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(outcome, range(6)))
    assert outcomes == ["{'title': 'Good', 'version': 'v1'}", "schema-failed"] * 3
