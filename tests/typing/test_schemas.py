"""Type checkers accept the spellings that are documented, and they are what they say when they are run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pydantic import BaseModel

from tests.typing import schemas_sample

ROOT = Path(__file__).parents[2]
SETTINGS = """[mypy]
strict = true
plugins = pydantic.mypy, mypy_django_plugin.main
cache_dir = {cache}
[mypy-tests.django_project.*]
follow_imports = silent
[mypy.plugins.django-stubs]
django_settings_module = "tests.django_project.settings"
"""


def test_mypy_accepts_what_is_documented(tmp_path: Path) -> None:
    (tmp_path / "mypy.ini").write_text(SETTINGS.format(cache=tmp_path / "cache"))
    command = [sys.executable, "-m", "mypy", "--config-file", str(tmp_path / "mypy.ini"), str(schemas_sample.__file__)]
    path = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_spellings_make_schemas() -> None:
    made = {name: list(one.model_fields) for name, one in vars(schemas_sample).items()
            if isinstance(one, type) and issubclass(one, BaseModel) and one.__module__ == schemas_sample.__name__}
    assert made["UserSchema"] == ["id", "username", "groups", "user_permissions", "extra"]
    assert made["SelfSchema"] == ["name", "parent", "children"]
    assert made["Plain"] == ["name", "other"]
    assert schemas_sample.AllSchema.__name__ == "Everything"
