"""Every real document as Python: it generates, mypy and pyright accept it at their strictest, it imports, black keeps it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.documents import SPECS
from tests.harness.python import SHARED, black_changes, check_mypy, check_pyright, import_all, runtime, share_runtime
from tests.harness.tools import write_files

from .generated import Generated, assert_none, generate_all


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    return generate_all("python", tmp_path_factory.mktemp("python"))


@pytest.fixture(scope="module")
def checked(generated: Generated, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same packages, with the runtime in one place: each of 218 copies would be checked anew."""
    root = tmp_path_factory.mktemp("checked")
    for name in generated.projects:
        folder = generated.root / name
        files = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.py")}
        write_files(share_runtime(files), root / name)
    write_files({"__init__.py": "", **runtime()}, root / SHARED)
    return root


@pytest.mark.skipif(not SPECS.is_dir(), reason=f"the real documents are not there: {SPECS}")
def test_every_real_document_generates(generated: Generated) -> None:
    assert len(generated.real) > 200
    assert_none(generated.failures)


def test_mypy_and_pyright_accept_everything_and_it_imports(
    generated: Generated, checked: Path, say: Callable[[str], None]
) -> None:
    names = list(generated.projects)
    found = {
        "mypy": check_mypy(checked, [*names, SHARED]),
        "pyright": check_pyright(checked, [*names, SHARED]),
        "import": import_all(generated.root, names),
    }
    for judge, findings in found.items():
        say(f"Python {generated.judged(findings)[0]} ({judge})")
    line, bad = generated.judged(*found.values())
    say(f"Python {line}")
    assert_none(bad)


def test_black_changes_nothing(generated: Generated, say: Callable[[str], None]) -> None:
    paths = generated.ending(".py", ".pyi")
    changed = black_changes(generated.root, paths)
    say(f"Python formatting: {len(changed)} of {len(paths)} files changed by black")
    assert_none(generated.judged(changed)[1])
