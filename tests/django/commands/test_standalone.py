"""``specloom django``: the commands without ``manage.py``, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SHOP = ROOT / "examples" / "shop" / "openapi.yaml"


def specloom(*arguments: object, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited: Mapping[str, str] = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        [sys.executable, "-m", "specloom", "django", *map(str, arguments)],
        cwd=folder, env={**inherited, "PYTHONPATH": str(ROOT), **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_without_a_command_it_names_them() -> None:
    done = specloom()
    assert done.returncode == 0
    files = (ROOT / "specloom" / "django" / "management" / "commands").glob("[a-z]*.py")
    assert done.stdout.split() == sorted(file.stem for file in files)


def test_a_client_of_a_file_needs_no_project(tmp_path: Path) -> None:
    done = specloom("generate_go_client", "--openapi-schema", SHOP, "--output", tmp_path / "go")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "go" / "client.go").exists()


def test_help_needs_no_project() -> None:
    done = specloom("generate_ts_client", "--help")
    assert done.returncode == 0
    assert "--openapi-schema FILE" in done.stdout


@pytest.mark.parametrize(("arguments", "word"), [
    (("generate_go_clien",), "did you mean 'generate_go_client'?"),
    (("--settings", "nowhere.settings", "generate_api"), "nowhere"),
    (("--settings", "tests.django_project.settings", "--pythonpath", "/nowhere", "generate_api"), "/nowhere"),
    (("generate_api",), "--settings"),
])  # fmt: skip
def test_what_is_wrong_is_told_in_words(arguments: tuple[str, ...], word: str) -> None:
    done = specloom(*arguments)
    assert done.returncode == 2
    assert word in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
