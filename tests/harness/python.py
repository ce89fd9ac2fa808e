"""Judges Python: mypy, pyright and black over many packages in one run each, and importing all of them in one process."""

from __future__ import annotations

import ast
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from .tools import NODE_MODULES, ROOT, Finding, node, run

_MYPY = re.compile(r"^(?P<path>[^:]+\.pyi?):(?P<line>\d+): error: (?P<message>.*)$")
_IMPORT_ALL = """
import importlib, json, pkgutil, sys, traceback, warnings
warnings.simplefilter("error")
sys.path.insert(0, ".")
failed = []
for name in json.load(sys.stdin):
    try:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, name + "."):
            importlib.import_module(module.name)
    except Exception:
        failed.append((name, traceback.format_exc(limit=-3)))
json.dump(failed, sys.stdout)
"""


SHARED = "shared_runtime"
"""The package that holds the runtime once, where many packages are checked."""


@cache
def runtime() -> dict[str, str]:
    """specloom's Python runtime: file name -> text."""
    return {path.name: path.read_text() for path in sorted((ROOT / "specloom" / "runtime" / "python").glob("*.py"))}


@cache
def _reexport(name: str) -> str:
    """A module that only hands on the public names of a module of the runtime."""
    names: list[str] = []
    for statement in ast.parse(runtime()[name]).body:
        match statement:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                names.append(statement.name)
            case ast.AnnAssign(target=ast.Name(id=found)) | ast.Assign(targets=[ast.Name(id=found)]):
                names.append(found)
            case _:
                pass
    public = ", ".join(f"{found} as {found}" for found in names if not found.startswith("_"))
    return f"from {SHARED}.{Path(name).stem} import {public}\n"


def share_runtime(files: Mapping[str, str]) -> dict[str, str]:
    """``files`` of a package, with what is byte for byte the runtime taken from one place: checked once, not in each."""
    shipped = {name: text for name, text in runtime().items() if name != "__init__.py"}
    return {path: _reexport(path) if shipped.get(path) == text else text for path, text in files.items()}


def check_mypy(root: Path, packages: Sequence[str]) -> list[Finding]:
    """All errors of ``mypy --strict`` in the packages below ``root``, without any plugin."""
    (root / "mypy.ini").write_text("[mypy]\npython_version = 3.11\nstrict = true\n")
    cache = ROOT / "build" / "mypy" / os.environ.get("PYTEST_XDIST_WORKER", "main")  # two at once would spoil each other's
    done = run(
        [sys.executable, "-m", "mypy", "--config-file=mypy.ini", "--no-error-summary", "--hide-error-context",
         f"--cache-dir={cache}", *packages], root)  # fmt: skip
    findings = [
        Finding(f"{match['path']}:{match['line']}", match["message"])
        for match in map(_MYPY.match, done.stdout.splitlines())
        if match
    ]
    if done.returncode and not findings:
        raise AssertionError(f"mypy failed:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return findings


def check_pyright(root: Path, packages: Sequence[str]) -> list[Finding]:
    """All errors of pyright's strict mode in the packages below ``root``."""
    settings = {
        "include": list(packages),
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "executionEnvironments": [{"root": "."}],
    }
    (root / "pyrightconfig.json").write_text(json.dumps(settings))
    done = run([node(), NODE_MODULES / "pyright" / "index.js", "--outputjson", "--pythonpath", sys.executable, "-p", "."], root)
    try:
        found = json.loads(done.stdout)
    except ValueError:
        raise AssertionError(f"pyright failed:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}") from None
    if not found["summary"]["filesAnalyzed"]:
        raise AssertionError("pyright found no file to check")
    return [
        Finding(
            f"{Path(item['file']).relative_to(root.resolve())}:{_line(item)}",
            f"{item['message'].splitlines()[0]} ({item.get('rule', 'syntax')})",
        )
        for item in found["generalDiagnostics"]
        if item["severity"] == "error"
    ]


def _line(item: Mapping[str, Mapping[str, Mapping[str, int]]]) -> int:
    """The line of one of pyright's findings; what concerns a file as a whole has none, and counts for its first."""
    return item["range"]["start"]["line"] + 1 if "range" in item else 1


def black_changes(root: Path, paths: Sequence[str]) -> list[Finding]:
    """The files that black would change with its defaults, and the first lines it would change."""
    found: list[Finding] = []
    options = ["--check", "--quiet", "--diff", "--workers=2", "--config=/dev/null"]
    done = run([sys.executable, "-m", "black", *options, *paths], root)
    for diff in re.split(r"^(?=--- )", done.stdout, flags=re.MULTILINE):
        if match := re.match(r"--- (\S+)", diff):
            hunk = diff.split("\n@@", 1)[-1].splitlines()[1:14]
            path = Path(match[1])
            inside = path.relative_to(root.resolve()) if path.is_absolute() else path
            found.append(Finding(str(inside), "\n      " + "\n      ".join(hunk)))
    if done.returncode and not found:
        raise AssertionError(f"black failed:\n{done.stderr[-4000:]}")
    return found


def import_all(root: Path, packages: Sequence[str]) -> list[Finding]:
    """The packages whose modules cannot all be imported, every warning being an error; one process for all."""
    done = run([sys.executable, "-c", _IMPORT_ALL], root, stdin=json.dumps(list(packages)))
    if done.returncode:
        raise AssertionError(f"importing failed:\n{done.stderr[-4000:]}")
    return [Finding(name, trace.strip().replace("\n", "\n      ")) for name, trace in json.loads(done.stdout)]
