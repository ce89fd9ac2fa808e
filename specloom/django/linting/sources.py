"""One file as the rules see it: its tree with positions, what its names mean, and the module that runs, where it runs."""

from __future__ import annotations

import ast
import importlib
import re
import sys
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import libcst as cst
from django.apps import apps
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from .findings import Position
from .names import Names, names_of
from .targets import label_of

_IGNORE = re.compile(r"#\s*specloom:\s*ignore(?:\[(?P<codes>[\w\s,-]*)\])?")

Definition = cst.ClassDef | cst.FunctionDef


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that is no Python, or none that can be read: why, and where."""

    path: Path
    app: str
    message: str
    position: Position


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A file that was read. ``running`` is its module where the project can import it, else ``failure`` says why not."""

    path: Path
    app: str
    content: bytes
    wrapper: MetadataWrapper
    positions: Mapping[cst.CSTNode, CodeRange]
    names: Names
    running: ModuleType | None
    failure: str | None

    @property
    def tree(self) -> cst.Module:
        return self.wrapper.module

    def range(self, node: cst.CSTNode) -> CodeRange:
        return self.positions[node]

    def position(self, node: cst.CSTNode) -> Position:
        """Where a node begins, as people count."""
        start = self.positions[node].start
        return Position(start.line, start.column + 1)

    def ignores(self, line: int, code: str) -> bool:
        """A comment on the line says so: ``# specloom: ignore`` or ``# specloom: ignore[some-code]``."""
        lines = self.tree.code.splitlines()
        found = _IGNORE.search(lines[line - 1]) if 0 < line <= len(lines) else None
        if found is None:
            return False
        codes = found["codes"]
        return codes is None or code in [part.strip() for part in codes.split(",")]

    def definitions(self) -> Iterator[tuple[str, Definition]]:
        """Every class and function outside of functions, with its name from the module on: ``Outer.Inner.method``."""
        yield from _definitions(self.tree.body, "")

    def classes(self) -> Iterator[tuple[str, cst.ClassDef]]:
        return ((name, node) for name, node in self.definitions() if isinstance(node, cst.ClassDef))

    def definition(self, name: str) -> Definition | None:
        """The last definition of that name, which is the one that counts."""
        found = [node for qualified, node in self.definitions() if qualified == name]
        return found[-1] if found else None

    def live(self, qualified: str) -> object | None:
        """The object that runs under a name of this file; ``None`` where it is not there, or is another's."""
        found: object = self.running
        for part in qualified.split("."):
            found = getattr(found, part, None)
        return found


def read_source(path: Path) -> Source | Unreadable:
    """Reads a file and, where its project can, imports its module."""
    app = label_of(path)
    try:
        content = path.read_bytes()
        _compile(content, path)
        wrapper = MetadataWrapper(cst.parse_module(content), unsafe_skip_copy=True)
        positions = wrapper.resolve(PositionProvider)
    except cst.ParserSyntaxError as error:
        return Unreadable(path, app, error.message, Position(error.editor_line, error.editor_column))
    except SyntaxError as error:
        return Unreadable(path, app, error.msg, Position(error.lineno or 1, error.offset or 1))
    except (OSError, UnicodeError, ValueError) as error:
        return Unreadable(path, app, str(error) or type(error).__name__, Position(1, 1))
    except (RecursionError, MemoryError, KeyError):  # libcst answers a RecursionError in the middle with a KeyError of its own
        return Unreadable(path, app, "it nests too deep to be looked at", Position(1, 1))
    dotted = module_name(path)
    package = dotted if path.name == "__init__.py" else dotted.rpartition(".")[0]
    running, failure = _imported(dotted, path)
    return Source(path, app, content, wrapper, positions, names_of(wrapper.module, positions, package), running, failure)


def _compile(content: bytes, path: Path) -> None:
    """Python's own parser is asked first: it knows why a text is no Python, and refuses a depth that would end libcst's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of invalid escapes and the like: not what is asked here
        compile(content, str(path), "exec", flags=ast.PyCF_ONLY_AST, dont_inherit=True)


def module_name(path: Path) -> str:
    """The dotted name by which a file is imported; empty where nothing says how."""
    owners = [config for config in apps.get_app_configs() if path.is_relative_to(Path(config.path).resolve())]
    if owners:
        owner = max(owners, key=lambda config: len(Path(config.path).resolve().parts))
        return _joined(owner.name.split("."), path.relative_to(Path(owner.path).resolve()))
    folder = path.parent
    while (folder / "__init__.py").is_file():
        folder = folder.parent
    roots = {Path(entry or ".").resolve() for entry in sys.path}
    return _joined([], path.relative_to(folder)) if folder in roots else ""


def _joined(start: list[str], below: Path) -> str:
    parts = [*start, *below.with_suffix("").parts]
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts) if all(part.isidentifier() for part in parts) else ""


def _imported(dotted: str, path: Path) -> tuple[ModuleType | None, str | None]:
    if not dotted:
        return None, None
    try:
        module = importlib.import_module(dotted)
    except (Exception, SystemExit) as error:  # whatever the project's code raises
        return None, f"{type(error).__name__}: {error}"
    file = getattr(module, "__file__", None)
    return (module, None) if file and Path(file).resolve() == path else (None, None)


def _definitions(body: object, prefix: str) -> Iterator[tuple[str, Definition]]:
    if not isinstance(body, list | tuple):
        return
    for statement in body:
        match statement:
            case cst.ClassDef():
                yield prefix + statement.name.value, statement
                yield from _definitions(statement.body.body, f"{prefix}{statement.name.value}.")
            case cst.FunctionDef():
                yield prefix + statement.name.value, statement
            case cst.If() | cst.Else() | cst.Try() | cst.ExceptHandler() | cst.Finally() | cst.With():
                yield from _definitions(statement.body.body, prefix)
                for name in ("orelse", "finalbody"):
                    rest = getattr(statement, name, None)
                    yield from _definitions([rest] if rest is not None else [], prefix)
                yield from _definitions(getattr(statement, "handlers", ()), prefix)


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A node and all below it, in the order of the source."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(current.children))
