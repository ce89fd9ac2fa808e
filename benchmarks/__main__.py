"""``make bench [DOCUMENTS="clerk opencode github"] [RUNS=1]``: specloom's phases, then its peers, document by document."""

from __future__ import annotations

import compileall
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from .measuring import Run, measure
from .peers import HOME, PEERS, ROOT, environment, install
from .schemas.building import BUILDERS
from .schemas.settings import OWN as OWN_SCHEMAS

SPECS = ROOT.parent / "shared" / "specs" / "large"
DOCUMENTS = {"clerk": "clerk.yaml", "opencode": "opencode.yaml", "github": "github.json"}
PHASES = ("start", "load", "check", "IR", "build", "print", "format", "compile", "compare", "write")
OWN = {
    "typescript": ["typescript"], "python": ["python"], "both": ["typescript", "python"],
    "go": ["go"], "proto": ["proto"], "proto alone": ["proto alone"], "all four": ["typescript", "python", "go", "proto"],
}


def best(runs: list[Run]) -> Run:
    """The quickest run: the least disturbed by what else the machine did. A failure counts before all."""
    return next((run for run in runs if run.problem), min(runs, key=lambda run: run.seconds))


def own_runs(spec: Path, times: int) -> dict[str, Run]:
    """specloom, one language and several at once; ``proto alone`` is without the Python modules that protoc makes."""
    found = {}
    for name, languages in OWN.items():
        target = HOME / "out" / f"specloom-{name}"
        command: list[str | Path] = [sys.executable, "-m", "benchmarks.own", spec, *languages, target]
        found[name] = best([measure(command, ROOT, target, {}) for _ in range(times)])
    return found


def loading(spec: Path) -> float:
    """Seconds from file to plain data, in a process of its own: specloom's own phase ``read`` is this and the check."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.loading", spec], cwd=ROOT, check=True, capture_output=True)
    return float(done.stdout)


def phases_table(runs: dict[str, Run], load: float) -> Table:
    title = "specloom by phase, in seconds (several languages: sums of processes that run at once)"
    table = Table(title=title, title_justify="left")
    table.add_column("")
    found = {name: json.loads(run.output.splitlines()[-1]) for name, run in runs.items() if not run.problem}
    for phase in PHASES:
        table.add_column(phase, justify="right")
    for name, seconds in found.items():
        process = runs[name].seconds - seconds["all"]
        split = {"start": seconds["start"] + process, "load": load, "check": seconds["read"] - load}
        table.add_row(name, *(f"{({**seconds, **split}).get(phase, 0):.2f}" for phase in PHASES))
    return table


def peers_table(own: dict[str, Run], peers: dict[str, tuple[str, Run]], title: str) -> Table:
    """Every generator; the ratio is its time by that of specloom for the same language with everything on."""
    table = Table(title=title, title_justify="left")
    table.add_column("generator")
    for column in ("seconds", "times specloom's", "MB", "files", "lines"):
        table.add_column(column, justify="right")
    rows = {**{f"specloom {name} (everything)": (name, run) for name, run in own.items()}, **peers}
    for name, (language, run) in rows.items():
        compared = not own[language].problem and run is not own[language]
        ratio = f"{run.seconds / own[language].seconds:.1f}" if compared else ""
        seconds = f"{run.seconds:.2f}{' (failed)' if run.problem else ''}"
        table.add_row(name, seconds, ratio, f"{run.memory:.0f}", str(run.files), f"{run.lines:,}")
    return table


def groups_table(times: int) -> Table:
    """A Django project in TypeScript and Python, by the sizes of its groups; drf-spectacular's part is not in it."""
    table = Table(title="groups of a Django project, without drf-spectacular, in seconds", title_justify="left")
    table.add_column("operations")
    phases = ("start", "read", "IR", "emit typescript", "emit python", "write", "archive", "all", "check")
    for phase in phases:
        table.add_column(phase, justify="right")
    for sizes in (["300"], ["100", "100", "100"]):
        target = HOME / "out" / f"groups-{len(sizes)}"
        runs = [measure([sys.executable, "-m", "benchmarks.groups", *sizes, target], ROOT, target, {}) for _ in range(times)]
        seconds = json.loads(best(runs).output.splitlines()[-1])
        table.add_row(" + ".join(sizes), *(f"{seconds[phase]:.2f}" for phase in phases))
    return table


def zones_table() -> Table:
    """The zones of a Django project, by how many apps it has; every module is imported for the first time."""
    table = Table(title="zones of a Django project, in milliseconds", title_justify="left")
    columns = {"apps": "apps", "start": "start", "detect": "detect_zones", "check": "check_project"}
    for title in columns.values():
        table.add_column(title, justify="right")
    for count in (50, 500):
        done = subprocess.run([sys.executable, "-m", "benchmarks.zones", str(count)], cwd=ROOT, check=True, capture_output=True)
        found = json.loads(done.stdout)
        table.add_row(str(count), *(f"{found[name] * 1000:.0f}" for name in columns if name != "apps"))
    return table


def _schemas(*command: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=True, capture_output=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def building_table(times: int) -> Table:
    """300 schemas of 100 models. DRF makes the fields of a serializer anew for every instance of it, the others once."""
    title = "300 schemas of Django models, in milliseconds of processor time: the first in a process, and again"
    table = Table(title=title, title_justify="left")
    table.add_column("")
    columns = {"declare": "declared", "use": "ready for use", "declare again": "again", "use again": "ready again"}
    for header in columns.values():
        table.add_column(header, justify="right")
    runs = [{name: _schemas("benchmarks.schemas.building", name) for name in BUILDERS} for _ in range(max(times, 3))]
    for name in BUILDERS:
        table.add_row(name, *(f"{statistics.median(one[name][column] for one in runs) * 1000:.0f}" for column in columns))
    return table


def reading_table() -> Table:
    """10,000 rows; of the others also their time by that of specloom."""
    table = Table(title="10,000 rows, in milliseconds of processor time (and by specloom's)", title_justify="left")
    table.add_column("")
    cases = _schemas("benchmarks.schemas")
    for name in cases["flat"]:
        table.add_column(name, justify="right")
    for case, seconds in cases.items():
        table.add_row(case, *(f"{one * 1000:.0f} ({one / seconds[OWN_SCHEMAS]:.2f})" for one in seconds.values()))
    return table


def main() -> int:
    console = Console(width=130)
    if not SPECS.is_dir():
        console.print(f"The documents of the benchmark are not there: {SPECS}")
        return 1
    times = int(os.environ.get("RUNS", "1"))
    chosen = os.environ.get("DOCUMENTS", " ".join(DOCUMENTS)).split()
    install()
    compileall.compile_dir(ROOT / "specloom", quiet=1)  # as pip does with what it installs
    console.print(groups_table(times))
    console.print(zones_table())
    console.print(building_table(times))
    console.print(reading_table())
    for document in chosen:
        spec = SPECS / DOCUMENTS[document]
        own = own_runs(spec, times)
        peers: dict[str, tuple[str, Run]] = {}
        for peer in PEERS:
            target = HOME / "out" / peer.name.split(" ")[0].replace("/", "-")
            runs = [measure(peer.command(spec, target), HOME, target, environment(spec, target)) for _ in range(times)]
            peers[peer.name] = (peer.language, best(runs))
        console.print(peers_table(own, peers, f"{DOCUMENTS[document]}, {spec.stat().st_size / 1e6:.1f} MB"))
        console.print(phases_table(own, loading(spec)))
        for name, run in [*own.items(), *((name, run) for name, (_, run) in peers.items())]:
            if run.problem:
                console.print(f"{name} failed:\n{run.problem}", markup=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
