"""What is installed and what is pinned: symlinks, the wheel, the sdist, the lock files."""

from __future__ import annotations

import re
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.harness.tools import ROOT, run

LAYERS = ("builders", "ir", "printers")
LOCKS = [
    name
    for folder in ("", "benchmarks/")
    for name in (f"{folder}requirements.lock", f"{folder}requirements-dev.lock", f"{folder}package-lock.json")
    if (ROOT / name).exists()
]


def test_symlinks_agree_with_the_project_file() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    links = {path.name: str(path.readlink()) for path in (ROOT / "specloom").iterdir() if path.is_symlink()}
    assert links == {name: f"../{name}" for name in LAYERS}
    assert wheel["sources"] == {name: f"specloom/{name}" for name in LAYERS}
    assert sorted(wheel["exclude"]) == [f"specloom/{name}" for name in LAYERS]
    assert sorted(wheel["only-include"]) == sorted(["specloom", *LAYERS])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    done = run([sys.executable, "-m", "hatchling", "build", "-d", target], ROOT)
    assert done.returncode == 0, done.stderr
    return target


def tracked(folder: str) -> set[str]:
    done = run(["git", "ls-files", "--cached", "--", folder], ROOT)
    assert done.returncode == 0, done.stderr
    return {name for name in done.stdout.splitlines() if (ROOT / name).is_file() and not (ROOT / name).is_symlink()}


def test_the_wheel_holds_each_module_once_and_every_file_of_the_runtime(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = wheel.namelist()
    assert len(names) == len(set(names))
    assert {name.split("/")[0] for name in names} == {"specloom", next(n for n in names if ".dist-info/" in n).split("/")[0]}
    missing = [
        name for folder in ("specloom", *LAYERS) for name in tracked(folder)
        if (name if folder == "specloom" else f"specloom/{name}") not in names
    ]  # fmt: skip
    assert not missing
    assert "specloom/py.typed" in names


def test_the_sdist_holds_source_tests_and_texts(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.split("/", 1)[1] for name in sdist.getnames()}
    wanted = {name for folder in ("specloom", *LAYERS, "tests") for name in tracked(folder)}
    assert not (wanted | {"README.md", "LICENSE", "pyproject.toml"}) - names


def test_the_installed_package_is_the_wheels() -> None:
    """Types, schemas and the runtime are found by one name, whichever way the package was installed."""
    script = "import specloom, specloom.ir.diagnostics as d; print(d.__name__, d.SpecloomError.__module__)"
    done = run([sys.executable, "-W", "error", "-c", script], ROOT)
    assert done.stdout.split() == ["specloom.ir.diagnostics"] * 2, done.stderr


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.findall(r".*(?:resolved|--index-url|--find-links| @ ).*", text)
    if name.endswith(".lock"):
        pins = [line for line in text.splitlines() if line and not line.startswith(("#", "-r "))]
        assert pins
        assert all("==" in line and "/" not in line for line in pins)


def test_every_development_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    locked = {
        line.split("==")[0] for name in ("requirements.lock", "requirements-dev.lock")
        for line in (ROOT / name).read_text().splitlines() if "==" in line
    }  # fmt: skip
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"], *project["build-system"]["requires"]]
    names = {requirement.split(">")[0].split("[")[0].strip().lower() for requirement in wanted}
    assert not names - locked
