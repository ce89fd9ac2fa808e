"""Writes the pip lock files: ``python tests/harness/lockfile.py`` (``make lock``), names and versions only, no hosts.

``requirements.lock`` holds what specloom and the example shop run on, extras included, and the build backend,
``requirements-dev.lock`` what the tests add.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUN = [".[proto,django]", "-r", "examples/shop/requirements.txt", "hatchling", "editables"]


def resolve(requirements: list[str], *constraints: str) -> dict[str, str]:
    """Name -> version of everything ``requirements`` need, as pip would install them into an empty environment."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report", "-"]
    done = subprocess.run([*command, *constraints, *requirements], cwd=ROOT, check=True, capture_output=True, text=True)
    metadata = [item["metadata"] for item in json.loads(done.stdout)["install"]]
    return {item["name"].lower().replace("_", "-"): item["version"] for item in metadata}


def lines(versions: dict[str, str]) -> str:
    return "".join(f"{name}=={version}\n" for name, version in sorted(versions.items()) if name != "specloom")


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run = resolve(RUN)
    runtime = ROOT / "requirements.lock"
    runtime.write_text("# what specloom and the example shop run on, and the build backend: made by `make lock`\n" + lines(run))
    every = resolve([*RUN, *project["dependency-groups"]["dev"]], "-c", str(runtime))
    extra = {name: version for name, version in every.items() if name not in run}
    development = ROOT / "requirements-dev.lock"
    development.write_text("# what the tests add: made by `make lock`\n-r requirements.lock\n" + lines(extra))


if __name__ == "__main__":
    main()
