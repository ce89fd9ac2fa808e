"""The runtime as it is judged: copied into a package, beside code like the generated."""

from __future__ import annotations

import ast
import shutil
import sys
from pathlib import Path

import black
import pytest

from tests.harness.python import check_mypy, check_pyright, import_all
from tests.harness.tools import ROOT

from .sync import sync_text

RUNTIME = ROOT / "specloom" / "runtime" / "python"
FILES = sorted(RUNTIME.glob("*.py"))


def black_text(text: str) -> str:
    return black.format_str(text, mode=black.Mode(target_versions={black.TargetVersion.PY311}))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package `shop_api`: the runtime, and what a generator would add."""
    root = tmp_path_factory.mktemp("package")
    shutil.copytree(Path(__file__).parent / "shop_api", root / "shop_api", ignore=shutil.ignore_patterns("__pycache__"))
    for file in FILES:
        shutil.copy(file, root / "shop_api")
    subclients = root / "shop_api" / "subclients"
    (subclients / "sync_products.py").write_text(sync_text((subclients / "products.py").read_text()))
    (root / "shop_api" / "py.typed").touch()
    usage = (root / "shop_api" / "usage.py").read_text()
    wrong = usage.replace('"status": "draft"', '"status": "lost"')
    assert wrong != usage
    (root / "shop_api" / "wrong_usage.py").write_text(wrong)
    return root


def test_mypy_strict(package: Path) -> None:
    # The one that is wrong is found, and nothing else.
    assert [finding.path[:24] for finding in check_mypy(package, ["shop_api"])] == ["shop_api/wrong_usage.py:"]


def test_pyright_strict(package: Path) -> None:
    assert [finding.path[:24] for finding in check_pyright(package, ["shop_api"])] == ["shop_api/wrong_usage.py:"]


def test_it_imports_without_a_warning(package: Path) -> None:
    assert import_all(package, ["shop_api"]) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_black_leaves_every_file_as_it_is(file: Path) -> None:
    text = file.read_text("utf-8")
    assert black_text(text) == text


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_only_httpx_pydantic_and_the_standard_library(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    assert ast.get_docstring(tree)
    allowed = {"httpx", "pydantic", "pydantic_core", *sys.stdlib_module_names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert {alias.name.partition(".")[0] for alias in node.names} <= allowed
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            assert (node.module or "").partition(".")[0] in allowed
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 1


def test_the_sync_client_is_the_async_one_without_waiting() -> None:
    text = (RUNTIME / "async_http.py").read_text("utf-8")
    assert black_text(sync_text(text)) == (RUNTIME / "sync_http.py").read_text("utf-8")


def test_so_is_paging() -> None:
    text = (RUNTIME / "paging.py").read_text("utf-8")
    start, middle = text.index("class AsyncPaging"), text.index("class SyncPaging")
    assert black_text(sync_text(text[start:middle])) == black_text(text[middle:])


def test_the_readme_names_every_file() -> None:
    readme = (RUNTIME / "README.md").read_text("utf-8")
    assert [file.name for file in FILES if f"`{file.name}`" not in readme] == []
