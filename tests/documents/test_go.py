"""Every real document as Go: it generates, gofmt leaves it as it is, it builds, go vet and staticcheck find nothing.

The runtime in each client is judged by its own tests, so all clients are judged beside its declarations alone, some of them and
the shop's beside all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness import go
from tests.harness.documents import SPECS
from tests.harness.emitting import SHOP, emit
from tests.harness.tools import write_files

from .generated import Generated, assert_none, generate_all


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """All clients as packages of one module, each without the module file that makes it one of its own."""
    made = generate_all("go", tmp_path_factory.mktemp("go"))
    for name in made.projects:
        (made.root / name / "go.mod").unlink()
    go.write_module(made.root)
    return made


@pytest.fixture(scope="module")
def checked(generated: Generated, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same packages beside the runtime's declarations."""
    root = tmp_path_factory.mktemp("checked")
    for name in generated.projects:
        files = {path.name: path.read_text() for path in (generated.root / name).glob("*.go")}
        write_files(go.outlined(files), root / name)
    go.write_module(root)
    return root


@pytest.mark.skipif(not SPECS.is_dir(), reason=f"the real documents are not there: {SPECS}")
def test_every_real_document_generates(generated: Generated) -> None:
    assert len(generated.real) > 200
    assert_none(generated.failures)


def test_gofmt_changes_nothing(generated: Generated, say: Callable[[str], None]) -> None:
    paths = generated.ending(".go")
    changed = go.gofmt_changes(generated.root, paths)
    say(f"Go formatting: {len(changed)} of {len(paths)} files changed by gofmt")
    assert_none(generated.judged(changed)[1])


def test_it_builds_and_vet_and_staticcheck_accept_it(
    generated: Generated, checked: Path, say: Callable[[str], None]
) -> None:
    found = {"go build": go.build(checked), "go vet": go.vet(checked), "staticcheck": go.check_staticcheck(checked)}
    for judge, findings in found.items():
        say(f"Go {generated.judged(findings)[0]} ({judge})")
    line, bad = generated.judged(*found.values())
    say(f"Go {line}")
    assert_none(bad)


def test_models_keep_what_they_read(generated: Generated) -> None:
    """The tests that come with each client: zero values and the seeds of its fuzz test."""
    names = [name for name in generated.projects if name in generated.real][::12]
    assert_none(generated.judged(go.run_tests(generated.root, packages=[f"./{name}" for name in names]))[1])


def test_a_client_builds_as_it_lands(tmp_path: Path) -> None:
    write_files(emit(SHOP, "go"), tmp_path)
    assert [*go.build(tmp_path), *go.vet(tmp_path), *go.check_staticcheck(tmp_path)] == []
    assert go.run_tests(tmp_path) == []
