"""The runtime of generated TypeScript clients: compiles under the strictest flags, is Prettier's fixed point, works over HTTP."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from specloom.runtime.endings import Ending, with_import_ending
from tests.harness.tools import NODE_MODULES, ROOT, node, run
from tests.harness.typescript import compile_typescript, prettier_changes

RUNTIME = ROOT / "specloom" / "runtime" / "typescript"
SOURCES = sorted(RUNTIME.glob("*.ts"))
HERE = Path(__file__).parent

STRICT = {
    "lib": ["es2022", "dom", "dom.iterable"],
    "noImplicitOverride": True,
    "noPropertyAccessFromIndexSignature": True,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "skipLibCheck": False,
}


def copy(target: Path, ending: Ending) -> None:
    target.mkdir()
    for source in SOURCES:
        (target / source.name).write_text(with_import_ending(source.read_text(), ending))


def test_compiles_with_every_import_ending_and_without_node_types(tmp_path: Path) -> None:
    endings: tuple[Ending, ...] = ("", ".js", ".ts")
    for ending in endings:
        copy(tmp_path / f"ending{ending.replace('.', '-')}", ending)
    assert compile_typescript(tmp_path, options=STRICT) == []


def test_is_a_fixed_point_of_prettier() -> None:
    assert prettier_changes(RUNTIME, [path.name for path in SOURCES]) == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_an_import_ending_changes_relative_imports_and_nothing_else(source: Path) -> None:
    text = source.read_text()
    assert with_import_ending(text, "") == text
    changed = [
        (before, after)
        for before, after in zip(text.splitlines(), with_import_ending(text, ".js").splitlines(), strict=True)
        if before != after
    ]
    relative = [line for line in text.splitlines() if re.search(r"""\bfrom\s+["']\.|import\(|^import ["']""", line)]
    assert [before for before, _ in changed] == relative
    assert all(re.fullmatch(r'(import|export|\}).* from "\./[a-z-]+\.js";', after) for _, after in changed)


def test_switches_types_off_in_one_place_only() -> None:
    done = run([node(), HERE / "holes.mjs"], ROOT, stdin=json.dumps({path.name: path.read_text() for path in SOURCES}))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"response.ts": ["received as T"]}


def test_works_over_http(tmp_path: Path, say: Callable[[str], None]) -> None:
    work = tmp_path / "work"
    copy(work, ".js")
    for source in sorted(HERE.glob("*.ts")):
        (work / source.name).write_text(with_import_ending(source.read_text(), ".js"))
    (work / "package.json").write_text('{"type": "module"}')
    emitting = {"noEmit": False, "allowImportingTsExtensions": False, "outDir": "out", "types": ["node"]}
    emit = {**STRICT, **emitting, "skipLibCheck": True}
    assert compile_typescript(work, options=emit) == []
    shutil.copy(HERE / "wire_cases.json", work / "out")
    assert (work / "node_modules").resolve() == NODE_MODULES
    done = run([node(), "--test", "--test-reporter=tap", "out/"], work)
    count = re.search(r"^# pass (\d+)$", done.stdout, re.MULTILINE)
    assert done.returncode == 0, "\n".join(failures(done.stdout)) or done.stderr
    assert count is not None
    assert int(count[1]) > 200
    say(f"TypeScript runtime: {count[1]} tests on Node passed")


def test_importing_has_no_side_effects(tmp_path: Path) -> None:
    copy(tmp_path / "runtime", "")
    entry = tmp_path / "all.ts"
    entry.write_text("".join(f'import "./runtime/{source.stem}";\n' for source in SOURCES))
    done = run([NODE_MODULES / ".bin" / "esbuild", str(entry), "--bundle", "--format=esm", "--minify"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "", "a bundler keeps what nobody uses"


def failures(tap: str) -> list[str]:
    """What TAP says about each test that failed."""
    return re.findall(r"^\s*not ok .*?^\s*\.\.\.$", tap, re.MULTILINE | re.DOTALL)[:20]
