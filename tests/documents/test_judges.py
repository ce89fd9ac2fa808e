"""The judges themselves: each finds what is wrong, names the project and the line, and accepts what is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.python import SHARED, black_changes, check_mypy, check_pyright, import_all, runtime, share_runtime
from tests.harness.tools import by_project, write_files
from tests.harness.typescript import compile_typescript, prettier_changes, syntax_shapes

GOOD_TS = 'import { z } from "zod";\n\nexport const shape = z.object({ a: z.string().optional() });\n'
BAD_TS = {
    "loose": "export function f(a) {\n  return a;\n}\n",
    "index": "export const a: number = [1, 2][0];\n",
    "exact": "export const a: { b?: string } = { b: undefined };\n",
    "enum": "export enum A {\n  B,\n}\n",
    "module": 'import { Page } from "./types";\n\nexport type A = Page;\n',
}
GOOD_PY = "import httpx\n\nx: int = 1\nclient = httpx.Client\n"


def test_tsc_finds_each_kind_of_mistake_and_names_the_project(tmp_path: Path) -> None:
    write_files({f"{name}/main.ts": text for name, text in BAD_TS.items()}, tmp_path)
    write_files({"module/types.ts": "export interface Page {\n  a: 1;\n}\n", "good/main.ts": GOOD_TS}, tmp_path)
    found = by_project(compile_typescript(tmp_path))
    assert sorted(found) == sorted(BAD_TS)
    assert found["index"][0].path == "index/main.ts:1,14"


def test_prettier_names_the_line_it_would_change(tmp_path: Path) -> None:
    bad = "export const a = 1;\nexport const b = '2';\n"
    files = {"good/main.ts": GOOD_TS, "bad/main.ts": bad, "no/main.ts": "const"}
    write_files(files, tmp_path)
    found = prettier_changes(tmp_path, files)
    assert [finding.path for finding in found] == ["bad/main.ts", "no/main.ts"]
    assert found[0].message.startswith("line 2\n")


def test_shapes_differ_by_structure_and_not_by_text() -> None:
    shapes = syntax_shapes({"a.ts": 'const a = "b"; // c\n', "b.ts": "const d = 'e*/';\n", "c.ts": "const d = `${1}`;\n"})
    assert shapes["a.ts"] == shapes["b.ts"] != shapes["c.ts"]
    with pytest.raises(AssertionError, match="expected"):
        syntax_shapes({"broken.ts": "const = 1"})


def test_the_judges_of_python_find_mistakes_and_name_the_package(tmp_path: Path) -> None:
    write_files({"good/__init__.py": GOOD_PY, "typed/__init__.py": "def f(a):\n    return a\n"}, tmp_path)
    write_files({"raising/__init__.py": "", "raising/sub.py": "raise ValueError(1)\n"}, tmp_path)
    write_files({"loose/__init__.py": "x = [1,2]\n"}, tmp_path)
    names = ["good", "typed", "raising", "loose"]
    assert list(by_project(check_mypy(tmp_path, names))) == ["typed"]
    assert list(by_project(check_pyright(tmp_path, names))) == ["typed"]
    assert [finding.path for finding in import_all(tmp_path, names)] == ["raising"]
    assert [finding.path for finding in black_changes(tmp_path, names)] == ["loose/__init__.py"]


def test_the_shared_runtime_hands_on_names_and_their_types(tmp_path: Path) -> None:
    package = {**runtime(), "__init__.py": "from .errors import APIError\n\nx: int = APIError\n"}
    shared = share_runtime(package)
    assert shared["__init__.py"] == package["__init__.py"]
    assert all(len(shared[name]) < len(package[name]) for name in runtime() if name != "__init__.py")
    write_files(shared, tmp_path / "one")
    write_files({"__init__.py": "", **runtime()}, tmp_path / SHARED)
    assert [finding.path for finding in check_mypy(tmp_path, ["one", SHARED])] == ["one/__init__.py:3"]
