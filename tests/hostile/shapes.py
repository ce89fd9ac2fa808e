"""The shape of generated files: what their syntax trees are with names and texts left out."""

from __future__ import annotations

import ast
import json
import subprocess
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from tests.harness.tools import ROOT, node


class TypeScriptParser:
    """TypeScript's own parser in a Node process that answers again and again."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("shape.mjs")
        self._process = subprocess.Popen(
            [node(), str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT
        )
        self._known: dict[str, str] = {}  # by text: most files, the runtime's above all, are the same again and again

    def shapes(self, files: Mapping[str, str]) -> list[str]:
        """The shapes of all TypeScript files, in no order that a name could change; a file that does not parse is an error."""
        assert self._process.stdin and self._process.stdout
        texts = {path: text for path, text in files.items() if path.endswith(".ts")}
        asked = {path: text for path, text in texts.items() if text not in self._known}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        broken = {path: found["errors"] for path, found in answer.items() if found["errors"]}
        assert not broken, broken
        self._known.update((texts[path], found["shape"]) for path, found in answer.items())
        return sorted(self._known[text] for text in texts.values())

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()


def python_shapes(files: Mapping[str, str]) -> list[str]:
    """The shapes of all Python files."""
    return sorted(_shape_of_text(text) for path, text in files.items() if path.endswith(".py"))


@lru_cache(maxsize=1000)
def _shape_of_text(text: str) -> str:
    return _python_shape(ast.parse(text))


def _python_shape(node: ast.AST) -> str:
    match node:
        case ast.Import() | ast.ImportFrom():
            return ""
        case ast.Constant(value=value):
            return type(value).__name__
    children = ",".join(_python_shape(child) for child in ast.iter_child_nodes(node))
    return f"{type(node).__name__}({children})"
