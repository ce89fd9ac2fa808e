"""The tests of ``specloom.django`` once more with other versions of Django, DRF, drf-spectacular and Pydantic."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.matrix.environments import MATRIX, ROOT, Versions, newer_python, python_of


def versions_here() -> list[Versions]:
    return [versions for versions in MATRIX if sys.version_info >= versions.python or newer_python(versions.python)]


@pytest.mark.parametrize("versions", versions_here(), ids=lambda versions: versions.name)
def test_every_test_passes_with(versions: Versions, say: Callable[[str], None]) -> None:
    python = python_of(versions)
    told = subprocess.check_output([python, "-c", WHICH], cwd=ROOT, text=True).strip()
    for package in versions.packages:
        assert package.lower() in told.lower()
    arguments = ["-m", "pytest", "-p", "no:cacheprovider", "tests/django"]
    done = subprocess.run([python, *arguments], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    say(f"Django versions: {told}: {done.stdout.strip().splitlines()[-1]}")


WHICH = """
import sys
from importlib.metadata import version
names = ("Django", "djangorestframework", "drf-spectacular", "pydantic", "pydantic-core")
print(*(f"{name}=={version(name)}" for name in names), "Python", sys.version.split()[0])
"""
