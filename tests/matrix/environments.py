"""Brings other versions of Django and what goes with it, each in a folder of its own: ``python tests/matrix/environments.py``.

Versions that need a newer Python than this one get the newest that is found, in PATH or among pyenv's.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".venv" / "matrix"
LOCKS = ("requirements.lock", "requirements-dev.lock")


@dataclass(frozen=True, slots=True)
class Versions:
    """Versions that are tested together, beside those of the lock files."""

    name: str
    packages: tuple[str, ...]
    python: tuple[int, int] = (3, 11)
    """The oldest Python that they run on."""

    @property
    def folder(self) -> Path:
        """Where they are installed."""
        return FOLDER / self.name


OLDEST = Versions(
    "oldest",
    ("Django==4.2.30", "djangorestframework==3.15.2", "drf-spectacular==0.28.0", "pydantic==2.11.0", "pydantic-core==2.33.0"),
)
NEWER = Versions("django-6.0", ("Django==6.0.10",), (3, 12))
MATRIX = (OLDEST, NEWER)
"""What is tested beside the lock files' versions: Django 5.2 with the newest of the others."""


def python_of(versions: Versions) -> Path:
    """The Python that has these versions. Raises ``FileNotFoundError`` where they are not installed."""
    python = versions.folder / "bin" / "python"
    if not python.exists():
        raise FileNotFoundError(f"{versions.folder.relative_to(ROOT)} is missing: run `make test`, which brings it")
    return python


def newer_python(oldest: tuple[int, int]) -> Path | None:
    """The newest Python on this machine that is at least ``oldest``."""
    found = {version: path for path in _pythons() if (version := _version(path)) and version >= oldest}
    return found[max(found)] if found else None


def _pythons() -> Iterator[Path]:
    for minor in range(12, 20):
        where = shutil.which(f"python3.{minor}")
        if where:
            yield Path(where)
    if shutil.which("pyenv"):
        root = subprocess.run(["pyenv", "root"], check=True, capture_output=True, text=True).stdout.strip()
        yield from sorted(Path(root).glob("versions/*/bin/python3"))


def _version(python: Path) -> tuple[int, int] | None:
    """pyenv leaves commands for versions that are not switched on, so each is run, not only found."""
    done = subprocess.run([python, "--version"], check=False, capture_output=True, text=True)
    match = re.fullmatch(r"Python (\d+)\.(\d+)\.\d+", done.stdout.strip())
    return (int(match[1]), int(match[2])) if done.returncode == 0 and match else None


def install(versions: Versions) -> None:
    """Installs the versions anew. Where no Python is new enough for them, says so and leaves no folder."""
    shutil.rmtree(versions.folder, ignore_errors=True)
    python = Path(sys.executable) if sys.version_info >= versions.python else newer_python(versions.python)
    if python is None:
        sys.stdout.write(f"{versions.name}: no Python {'.'.join(map(str, versions.python))} on this machine\n")
        return
    subprocess.run([python, "-m", "venv", versions.folder], check=True)
    # The lock files name all that is needed, and some of it says that it needs a newer Django.
    pip = [versions.folder / "bin" / "python", "-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--no-deps"]
    subprocess.run([*pip, *_locked(versions), *versions.packages], check=True)
    subprocess.run([*pip, "--no-build-isolation", "-e", ROOT], check=True)


def _locked(versions: Versions) -> Iterator[str]:
    """What the lock files pin, but for packages that ``versions`` has, and types, which no test needs at run time."""
    own = {package.partition("==")[0].lower() for package in versions.packages}
    for lock in LOCKS:
        for line in (ROOT / lock).read_text().splitlines():
            name = line.partition("==")[0]
            if "==" in line and name not in own and "stubs" not in name and not name.startswith("types-"):
                yield line


if __name__ == "__main__":
    for each in MATRIX:
        install(each)
