"""The arrows between the layers, lint and types of the whole source."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tests.harness.tools import ROOT, run

SOURCES = sorted(
    path for folder in ("ir", "builders", "printers", "specloom", "tests", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if path.resolve() == ROOT.resolve() / path.relative_to(ROOT)  # not through the symlinks in specloom/
)  # fmt: skip
BIN = Path(sys.executable).parent


@pytest.mark.parametrize("command", ["lint-imports --no-cache", "ruff check .", "mypy"])
def test_the_linter_has_nothing_to_say(command: str) -> None:
    name, *arguments = command.split()
    done = run([BIN / name, *arguments], ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def imported_names(tree: ast.Module) -> set[str]:
    """The first parts of every absolute import in a module, wherever it stands."""
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) if node.module and not node.level}
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_does_and_imports_layers_through_the_package(path: Path) -> None:
    text = path.read_text()
    tree = ast.parse(text)
    if path.name != "__init__.py" or path.is_relative_to(ROOT / "specloom") or path.parent.parent == ROOT:
        doc = ast.get_docstring(tree)
        assert doc, "no docstring"
        assert text.startswith(('"""', 'r"""')), "something stands before the docstring"
        assert len(doc.splitlines()[0]) > 15, "the first line says too little"
    assert not imported_names(tree) & {"ir", "builders", "printers"}, "import specloom.<layer> instead"


def test_every_folder_of_the_source_says_why_it_exists() -> None:
    folders = {path.parent for path in SOURCES if path.parts[len(ROOT.parts)] in {"ir", "builders", "printers", "specloom"}}
    shipped = ROOT / "specloom" / "runtime"
    silent = [
        str(folder.relative_to(ROOT)) for folder in sorted(folders)
        if folder == shipped or shipped not in folder.parents
        if not (folder / "__init__.py").is_file() or not ast.get_docstring(ast.parse((folder / "__init__.py").read_text()))
    ]  # fmt: skip
    assert not silent


RAW_NODES = 0


def test_raw_nodes_do_not_become_more() -> None:
    """``Raw`` is what the AST cannot say. The number may only fall: lower it here when it does."""
    uses = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES if not path.is_relative_to(ROOT / "tests")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
        if (node.func.id if isinstance(node.func, ast.Name) else node.func.attr).lower() == "raw"
    ]  # fmt: skip
    assert len(uses) == RAW_NODES, uses
