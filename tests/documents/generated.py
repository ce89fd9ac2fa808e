"""All documents generated once for one language, written below one folder: what the judges of that language look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.harness.documents import openapi_documents
from tests.harness.emitting import emit, own_documents
from tests.harness.tools import Finding, by_project, report, write_files


@dataclass(frozen=True, slots=True)
class Generated:
    """A folder with one project a document, the paths of all files in it, and the documents that ended in an exception.

    ``real`` are the names of the documents that are not the repository's own.
    """

    root: Path
    projects: Mapping[str, tuple[str, ...]]
    failures: Mapping[str, list[Finding]]
    real: frozenset[str]

    def paths(self, *endings: str) -> list[str]:
        """Every file with one of these endings, relative to ``root``."""
        return [f"{name}/{path}" for name, paths in self.projects.items() for path in paths if path.endswith(endings)]

    def judged(self, *findings: list[Finding]) -> tuple[str, dict[str, list[Finding]]]:
        """The line for the end of the test's output, and what was found, by document."""
        bad = by_project([finding for found in findings for finding in found])
        good = [name for name in self.projects if name not in bad and name in self.real]
        made = [name for name in self.projects if name in self.real]
        return f"documents: {len(made)} generated, {len(good)} compiled", bad


def generate_all(emitter: str, root: Path) -> Generated:
    """Every real document, the example shop and the golden inputs, generated with all options."""
    real = openapi_documents()
    projects: dict[str, tuple[str, ...]] = {}
    failures: dict[str, list[Finding]] = {}
    for name, path in {**{f"own_{name}": path for name, path in own_documents().items()}, **real}.items():
        try:
            files = emit(path, emitter)
        except Exception as error:
            failures[name] = [Finding(name, f"{type(error).__name__}: {str(error)[:600]}")]
            continue
        write_files(files, root / name)
        projects[name] = tuple(files)
    return Generated(root, projects, failures, frozenset(real))


def assert_none(findings: Mapping[str, list[Finding]]) -> None:
    """Fails with each document and its first findings."""
    assert not findings, report(findings)
