"""Whatever tree the printer is given, Prettier leaves the text as it is, and TypeScript reads it."""

from __future__ import annotations

from pathlib import Path

from specloom.builders.typescript import nodes as ts
from specloom.printers.typescript import print_file
from tests.harness.typescript import prettier_changes, syntax_shapes

from .trees import Trees

SEEDS = range(500)


def test_random_trees_are_fixed_points_of_prettier(tmp_path: Path) -> None:
    files = {f"tree{seed}.ts": print_file(ts.file(f"tree{seed}.ts", Trees(seed).statement(seed))) for seed in SEEDS}
    for path, text in files.items():
        (tmp_path / path).write_text(text)
    assert prettier_changes(tmp_path, files) == []


def test_typescript_reads_random_trees() -> None:
    files = {f"tree{seed}.ts": print_file(ts.file(f"tree{seed}.ts", Trees(seed).statement(seed))) for seed in SEEDS[:100]}
    assert len(syntax_shapes(files)) == len(files)
