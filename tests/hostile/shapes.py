"""The shape of generated files: what their syntax trees are with names and texts left out."""

from __future__ import annotations

import ast
import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from google.api import annotations_pb2 as annotations_pb2  # what it registers shows HTTP bindings as fields
from google.protobuf.message import Message

from tests.harness.go import go, run_go
from tests.harness.proto import descriptors
from tests.harness.tools import ROOT, node, write_files


class Parser:
    """A language's own parser in a process that answers again and again."""

    def __init__(self, command: Sequence[str | Path], ending: str) -> None:
        self._process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT
        )
        self._ending = ending
        self._known: dict[str, str] = {}  # by text: most files, the runtime's above all, are the same again and again

    def shapes(self, files: Mapping[str, str]) -> list[str]:
        """The shapes of all files of the language, in no order that a name could change; one that does not parse is an error."""
        assert self._process.stdin and self._process.stdout
        texts = {path: text for path, text in files.items() if path.endswith(self._ending)}
        asked = {path: text for path, text in texts.items() if text not in self._known}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        broken = {path: found["error"] for path, found in answer.items() if found["error"]}
        assert not broken, broken
        self._known.update((texts[path], found["shape"]) for path, found in answer.items())
        return sorted(self._known[text] for text in texts.values())

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()


def typescript_parser() -> Parser:
    """TypeScript's."""
    return Parser([node(), Path(__file__).with_name("shape.mjs")], ".ts")


def go_parser(folder: Path) -> Parser:
    """Go's; the program is built in ``folder``."""
    built = run_go([go(), "build", "-o", folder / "shape", "./shape"], ROOT / "tests" / "harness" / "golang")
    assert not built.returncode, built.stderr
    return Parser([folder / "shape"], ".go")


def proto_shapes(files: Mapping[str, str]) -> list[str]:
    """The shapes of the .proto files by what protoc makes of them, and of the Python modules that it writes."""
    protos = {path: text for path, text in files.items() if path.endswith(".proto")}
    with tempfile.TemporaryDirectory() as folder:
        write_files(protos, Path(folder))
        found = descriptors(Path(folder), sorted(protos))
    own = [_message_shape(file) for file in found.file if file.name in protos]
    return [*sorted(own), *python_shapes(files)]


def _message_shape(message: Message) -> str:
    """Which fields are set, numbers and flags with their values, texts without."""
    parts = []
    for field, value in message.ListFields():
        if field.name in ("name", "json_name", "dependency", "package"):
            continue
        values = list(value) if field.is_repeated else [value]
        shown = [_message_shape(v) if isinstance(v, Message) else "" if isinstance(v, str) else str(v) for v in values]
        parts.append(f"{field.name}[{','.join(shown)}]")
    return f"{{{' '.join(parts)}}}"


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
