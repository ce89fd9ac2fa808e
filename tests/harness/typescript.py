"""Judges TypeScript: tsc over many projects in one run, Prettier over many files, the shape of a file's syntax tree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from .tools import NODE_MODULES, Finding, node, run, run_node

COMPILER_OPTIONS: Mapping[str, object] = {
    "target": "es2022",
    "lib": ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
    "module": "esnext",
    "moduleResolution": "bundler",
    "types": [],
    "noEmit": True,
    "strict": True,
    "verbatimModuleSyntax": True,
    "erasableSyntaxOnly": True,
    "isolatedModules": True,
    "noUncheckedIndexedAccess": True,
    "exactOptionalPropertyTypes": True,
    "noImplicitReturns": True,
    "noFallthroughCasesInSwitch": True,
    "allowImportingTsExtensions": True,
    "skipLibCheck": True,
}
_ERROR = re.compile(r"^(?P<path>[^\s(][^(]*)\((?P<place>\d+,\d+)\): error (?P<message>TS\d+: .*)$")


def compile_typescript(
    root: Path, projects: Sequence[str] = (".",), *, options: Mapping[str, object] | None = None
) -> list[Finding]:
    """All errors of tsc in the ``.ts`` files of folders below ``root``, all in one run of the compiler."""
    settings = {
        "compilerOptions": {**COMPILER_OPTIONS, **(options or {})},
        "include": [f"{project}/**/*.ts" for project in projects],
        "exclude": ["node_modules"],
    }
    (root / "tsconfig.json").write_text(json.dumps(settings, indent=2))
    modules = root / "node_modules"
    if not modules.exists():
        modules.symlink_to(NODE_MODULES, target_is_directory=True)
    done = run([node(), NODE_MODULES / "typescript" / "bin" / "tsc", "-p", ".", "--pretty", "false", "--checkers", "2"], root)
    findings = [
        Finding(f"{match['path']}:{match['place']}", match["message"])
        for match in map(_ERROR.match, done.stdout.splitlines())
        if match
    ]
    if done.returncode and not findings:
        raise AssertionError(f"tsc failed:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return findings


def prettier_changes(root: Path, paths: Iterable[str]) -> list[Finding]:
    """The files below ``root`` that Prettier would change with its defaults, and the first line it would change."""
    answer = run_node("prettier.mjs", {"root": str(root), "paths": list(paths)})
    assert isinstance(answer, list)
    return [Finding(item["path"], item["message"]) for item in answer]


def syntax_shapes(files: Mapping[str, str]) -> dict[str, str]:
    """The kinds of all syntax nodes of each file, nested, without names and texts, as TypeScript's own parser reads them.

    Raises an AssertionError with what the parser says about a file that does not parse.
    """
    answer = run_node("shapes.mjs", dict(files))
    assert isinstance(answer, dict)
    errors = [f"{path}: {found['errors']}" for path, found in answer.items() if found["errors"]]
    assert not errors, "\n".join(errors)
    return {path: found["shape"] for path, found in answer.items()}


def bundle(entry: Path, target: Path) -> None:
    """Bundles ``entry`` and what it imports into the module ``target``, for Node to run."""
    run_node("bundle.mjs", {"entry": str(entry), "target": str(target), "modules": str(NODE_MODULES)})
