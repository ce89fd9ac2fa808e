"""A Django project's groups generated in a process of its own, without drf-spectacular: ``python -m benchmarks.groups N... OUT``.

Each ``N`` is a group of so many operations, made of the example shop's. Prints phases as JSON.
"""

from __future__ import annotations

import copy
import json
import re
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .peers import ROOT

SHOP = ROOT / "examples" / "shop" / "openapi.yaml"
METHODS = frozenset(("get", "put", "post", "delete", "options", "head", "patch", "trace"))
_REFERENCE = re.compile(r"#/components/schemas/(\w+)")


def document(size: int) -> dict[str, object]:
    """The shop again and again, each time with other names, until there are ``size`` operations."""
    import yaml

    shop = yaml.load(SHOP.read_text(), Loader=yaml.CSafeLoader)
    made = {**copy.deepcopy(shop), "paths": {}, "tags": []}
    made["components"]["schemas"] = {}
    count = number = 0
    while count < size:
        number += 1
        again = json.loads(_REFERENCE.sub(rf"#/components/schemas/\g<1>{number}", json.dumps(shop)))
        made["components"]["schemas"] |= {f"{name}{number}": schema for name, schema in again["components"]["schemas"].items()}
        for path, item in again["paths"].items():
            for method in METHODS & item.keys():
                item[method]["operationId"] += f"_{number}"
                item[method]["tags"] = [f"{tag}{number}" for tag in item[method].get("tags", ["api"])]
            kept = {key: value for key, value in item.items() if key not in METHODS or count < size}
            made["paths"][f"/v{number}{path}"] = kept
            count += len(METHODS & kept.keys())
            if count >= size:
                break
    return made


@dataclass(frozen=True)
class Described:
    """A document as ``group_document`` gives it."""

    document: dict[str, object]
    text: str
    diagnostics: tuple[()] = ()


def main(sizes: list[int], out: Path) -> Mapping[str, float]:
    """Generates TypeScript and Python; seconds by phase. ``start`` is importing, ``all`` is that and the generation."""
    import yaml

    documents = {}
    for at, size in enumerate(sizes):
        made = document(size)
        documents[f"group{at}"] = Described(made, yaml.dump(made, Dumper=yaml.CSafeDumper, sort_keys=False))
    began = time.perf_counter()
    from specloom.django.generating import generate_project
    from specloom.django.project import Group, Outputs, Project, Spelling
    from specloom.generation import Step
    from specloom.jobs import Mode

    phases: dict[str, float] = {"start": time.perf_counter() - began}
    groups = tuple(Group(name, (name,), name) for name in documents)
    project = Project(groups, Spelling.GROUPS, Outputs(out, out / "schemas", out / "clients", out / "archive"))

    def observe(step: Step | None) -> None:
        if step is not None and step.seconds is not None and step.phase != "schema":
            name = " ".join(part for part in (step.phase, step.target) if part)
            phases[name] = phases.get(name, 0) + step.seconds

    def run(mode: Mode) -> float:
        start = time.perf_counter()
        summary = generate_project(project, mode=mode, observe=observe, describe=lambda _, group: documents[group.name])
        assert summary.ok
        return time.perf_counter() - start

    took = run(Mode.WRITE)
    first = {**phases, "operations": sum(sizes), "all": phases["start"] + took}
    return {**first, "check": run(Mode.CHECK)}


if __name__ == "__main__":
    print(json.dumps(main([int(size) for size in sys.argv[1:-1]], Path(sys.argv[-1]))))
