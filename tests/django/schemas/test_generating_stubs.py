"""Type checkers see the fields of schemas by the stub beside their module, as they are at run time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.django.schemas.test_generating import run as generate
from tests.harness.python import black_changes, check_mypy, check_pyright
from tests.harness.tools import ROOT, Finding

SOURCES = Path(__file__).parent / "stubbed"


@pytest.fixture(scope="module")
def stubbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("stubbed")
    for source in ("samples.py", "using.py"):
        shutil.copy(SOURCES / source, root / source)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(root)
        said = generate("samples", "--stubs")
    assert "1 created" in said
    assert "note" not in said, "a stub loses nothing of the schemas"
    return root


def of_own(findings: list[Finding]) -> list[str]:
    """What is found in the stub and in what uses it; that the tests' models have no stubs is another matter."""
    own = [found for found in findings if found.path.startswith(("samples.pyi", "using")) and "Stub file" not in found.message]
    return [str(found) for found in own]


@pytest.fixture(scope="module")
def wrong(stubbed: Path) -> Path:
    text = (SOURCES / "using.py").read_text().replace("assert_type(tag.name, str)", "assert_type(tag.name, int)")
    (stubbed / "using_wrong.py").write_text(text)
    return stubbed


def test_mypy_sees_the_fields(wrong: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYPYPATH", str(ROOT))
    (found,) = of_own(check_mypy(wrong, ["using.py", "samples.pyi", "using_wrong.py"]))
    assert found.startswith("using_wrong.py") and '"str", not "int"' in found


def test_pyright_sees_the_fields(wrong: Path) -> None:
    (found,) = of_own(check_pyright(wrong, ["using.py", "samples.pyi", "using_wrong.py"]))
    assert found.startswith("using_wrong.py") and "reportAssertTypeFailure" in found


def test_stubs_are_written_as_black_writes_them(stubbed: Path) -> None:
    text = (stubbed / "samples.pyi").read_text()
    assert "\n\n\n" not in text
    (stubbed / "classes.pyi").write_text(text[text.index("class TagSchema") :])
    assert black_changes(stubbed, ["classes.pyi"]) == []
