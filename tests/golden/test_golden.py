"""Golden files: what each document of ``golden/specs`` becomes, as a set of paths and byte by byte.

The runtime's files are not stored again for each document: they are compared with the runtime itself.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from specloom.emitters.golang import GoOptions, package_name
from tests.harness.emitting import ALL_OPTIONS, GOLDEN_SPECS, emit, load
from tests.harness.tools import ROOT, run, write_files

SPECS = {path.stem: path for path in sorted(GOLDEN_SPECS.glob("*"))}
CASES = [(emitter, name) for emitter in ALL_OPTIONS for name in SPECS]


def runtime(emitter: str, name: str) -> dict[str, bytes]:
    """The files that every client of a language has, by path; in Go they name the client's package."""
    folder = ROOT / "specloom" / "runtime" / emitter
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    copied = {path.name: path.read_bytes() for path in files if path.suffix in (".ts", ".py", ".go")}
    if emitter == "go":
        package = package_name(load(SPECS[name]), GoOptions()).encode()
        return {path: re.sub(rb"(?m)^package client$", b"package " + package, text, count=1) for path, text in copied.items()}
    return copied


def stored(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("emitter", "name"), CASES, ids=lambda part: str(part))
def test_golden(emitter: str, name: str, request: pytest.FixtureRequest) -> None:
    folder = ROOT / "golden" / emitter / name
    files = emit(SPECS[name], emitter)
    copied = runtime(emitter, name)
    made = {path: text for path, text in files.items() if path not in copied}
    assert {path: text.encode() for path, text in files.items() if path in copied} == copied
    if request.config.getoption("--update-golden"):
        shutil.rmtree(folder, ignore_errors=True)
        write_files(made, folder)
    expected = stored(folder)
    assert sorted(made) == sorted(expected), "the set of files differs; pytest --update-golden writes them anew"
    for path, text in made.items():
        assert text.encode() == expected[path], f"{path} differs; pytest --update-golden writes it anew"


def test_there_are_no_golden_files_without_a_document() -> None:
    folders = {
        (emitter.name, case.name)
        for emitter in (ROOT / "golden").iterdir() if emitter.is_dir() and emitter != GOLDEN_SPECS
        for case in emitter.iterdir()
    }  # fmt: skip
    assert sorted(folders) == sorted(CASES)


def test_updating_is_refused_where_ci_is_set() -> None:
    command = [sys.executable, "-m", "pytest", "--update-golden", "--collect-only", "tests/golden"]
    done = run(["env", "CI=true", *command], ROOT)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "--update-golden is refused where CI is set" in done.stderr
