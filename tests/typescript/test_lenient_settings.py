"""The settings that a new Next.js project has, or gets where it has none: old targets, and no strictness."""

from __future__ import annotations

from pathlib import Path

import pytest

import specloom
from tests.harness.tools import ROOT, write_files
from tests.harness.typescript import compile_typescript

NEXT = {
    "target": "ES2017", "lib": ["dom", "dom.iterable", "esnext"], "module": "esnext", "moduleResolution": "bundler",
    "allowJs": True, "skipLibCheck": True, "esModuleInterop": True, "resolveJsonModule": True, "isolatedModules": True,
    "jsx": "react-jsx", "incremental": False, "verbatimModuleSyntax": False, "erasableSyntaxOnly": False,
    "noUncheckedIndexedAccess": False, "exactOptionalPropertyTypes": False, "noImplicitReturns": False,
    "noFallthroughCasesInSwitch": False, "allowImportingTsExtensions": False,
}  # fmt: skip


@pytest.mark.parametrize(("strict", "hooks"), [(True, True), (False, False)])
def test_a_client_compiles_in_a_new_next_project(strict: bool, hooks: bool, tmp_path: Path) -> None:
    """Zod's own types are only right under ``strict``, so hooks, which parse by Zod, ask for it."""
    files = specloom.emit(specloom.load(ROOT / "examples" / "shop" / "openapi.yaml"), "typescript", hooks=hooks)
    write_files(files, tmp_path / "api")
    assert ("useSWR" in "".join(files.values())) is hooks
    assert compile_typescript(tmp_path, ["api"], options={**NEXT, "strict": strict}) == []
