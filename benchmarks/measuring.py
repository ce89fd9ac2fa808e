"""One run of a command: wall time, peak memory of its largest process, and what it left in a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """``seconds`` by the wall clock, ``memory`` in MB, what was written; ``problem`` is the end of the output where it failed."""

    seconds: float
    memory: float
    files: int
    lines: int
    output: str
    problem: str | None = None


def measure(command: Sequence[str | Path], cwd: Path, target: Path, environment: Mapping[str, str]) -> Run:
    """Runs ``command`` once into an emptied ``target``. The memory is that of the largest process of its tree, not their sum."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    log = target.parent / f"{target.name}.log"
    started = time.perf_counter()
    with log.open("w+b") as output:
        arguments = [str(part) for part in command]
        variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **environment}
        process = subprocess.Popen(arguments, cwd=cwd, stdout=output, stderr=subprocess.STDOUT, env=variables)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    text = log.read_text(errors="replace")
    files, lines = written(target)
    problem = None if process.returncode == 0 and files else text[-600:] or f"exit code {process.returncode}"
    return Run(seconds, usage.ru_maxrss / 1024, files, lines, text, problem)


def written(folder: Path) -> tuple[int, int]:
    """How many files and lines are below a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(path.read_bytes().count(b"\n") for path in files)
