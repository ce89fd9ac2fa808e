"""Every real document as TypeScript: it generates, tsc accepts it at its strictest, and Prettier leaves it as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.harness.documents import SPECS
from tests.harness.typescript import compile_typescript, prettier_changes

from .generated import Generated, assert_none, generate_all


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    return generate_all("typescript", tmp_path_factory.mktemp("typescript"))


@pytest.mark.skipif(not SPECS.is_dir(), reason=f"the real documents are not there: {SPECS}")
def test_every_real_document_generates(generated: Generated) -> None:
    assert len(generated.real) > 200
    assert_none(generated.failures)


def test_tsc_accepts_everything(generated: Generated, say: Callable[[str], None]) -> None:
    names, size = generated.projects, 60  # a run's memory stays below 2 GB
    batches = [names[start : start + size] for start in range(0, len(names), size)]
    line, bad = generated.judged(*(compile_typescript(generated.root, batch) for batch in batches))
    say(f"TypeScript {line} (tsc)")
    assert_none(bad)


def test_prettier_changes_nothing(generated: Generated, say: Callable[[str], None]) -> None:
    paths = generated.ending(".ts", ".json", ".md")
    changed = prettier_changes(generated.root, paths)
    say(f"TypeScript formatting: {len(changed)} of {len(paths)} files changed by Prettier")
    assert_none(generated.judged(changed)[1])
