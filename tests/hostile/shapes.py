"""The shape of generated files: what their syntax trees are with names and texts left out."""

from __future__ import annotations

import ast
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.harness.tools import ROOT, node


class TypeScriptParser:
    """TypeScript's own parser in a Node process that answers again and again."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("shape.mjs")
        self._process = subprocess.Popen(
            [node(), str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT
        )

    def shapes(self, files: Mapping[str, str]) -> list[str]:
        """The shapes of all TypeScript files, in no order that a name could change; a file that does not parse is an error."""
        assert self._process.stdin and self._process.stdout
        asked = {path: text for path, text in files.items() if path.endswith(".ts")}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        broken = {path: found["errors"] for path, found in answer.items() if found["errors"]}
        assert not broken, broken
        return sorted(found["shape"] for found in answer.values())

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()


def python_shapes(files: Mapping[str, str]) -> list[str]:
    """The shapes of all Python files."""
    return sorted(_python_shape(ast.parse(text, path)) for path, text in files.items() if path.endswith(".py"))


def _python_shape(node: ast.AST) -> str:
    match node:
        case ast.Import() | ast.ImportFrom():
            return ""
        case ast.Constant(value=value):
            return type(value).__name__
    children = ",".join(_python_shape(child) for child in ast.iter_child_nodes(node))
    return f"{type(node).__name__}({children})"
