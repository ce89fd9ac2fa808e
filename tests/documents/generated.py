"""All documents generated once for one language, written below one folder: what the judges of that language look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from tests.harness.documents import openapi_documents
from tests.harness.emitting import emit_everything, load, own_documents
from tests.harness.proof import zod_proof
from tests.harness.tools import Finding, by_project, report, write_files


@dataclass(frozen=True, slots=True)
class Generated:
    """A folder with one project a document, and the documents that ended in an exception.

    ``paths`` are all files, relative to ``root``, without those whose text another file has: the runtime is in every project.
    ``real`` are the names of the documents that are not the repository's own.
    """

    root: Path
    projects: tuple[str, ...]
    paths: tuple[str, ...]
    failures: Mapping[str, list[Finding]]
    real: frozenset[str]

    def ending(self, *endings: str) -> list[str]:
        """The paths with one of these endings."""
        return [path for path in self.paths if path.endswith(endings)]

    def judged(self, *findings: list[Finding]) -> tuple[str, dict[str, list[Finding]]]:
        """The line for the end of the test's output, and what was found, by document."""
        bad = by_project([finding for found in findings for finding in found])
        good = [name for name in self.projects if name not in bad and name in self.real]
        made = [name for name in self.projects if name in self.real]
        return f"documents: {len(made)} generated, {len(good)} compiled", bad


def generate_all(emitter: str, root: Path) -> Generated:
    """Every real document and the repository's own, generated with all options.

    A TypeScript project also gets ``proof.ts``, which proves its Zod schemas and interfaces to be the same types.
    """
    real = openapi_documents()
    paths: dict[tuple[str, bytes], str] = {}
    projects: list[str] = []
    failures: dict[str, list[Finding]] = {}
    for name, document in {**{f"own_{name}": own for name, own in own_documents().items()}, **real}.items():
        try:
            api = load(document)
            files = emit_everything(api, emitter)
        except Exception as error:
            failures[name] = [Finding(name, f"{type(error).__name__}: {str(error)[:600]}")]
            continue
        write_files(files, root / name)
        if emitter == "typescript":
            write_files({"proof.ts": zod_proof(api)}, root / name)
        projects.append(name)
        for inside, text in files.items():
            paths.setdefault((Path(inside).suffix, blake2b(text.encode()).digest()), f"{name}/{inside}")
    return Generated(root, tuple(projects), tuple(paths.values()), failures, frozenset(real))


def assert_none(findings: Mapping[str, list[Finding]]) -> None:
    """Fails with each document and its first findings."""
    assert not findings, report(findings)
