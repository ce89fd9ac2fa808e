"""What the names of a module stand for, read from its source: imports by their dotted name, and where each was bound."""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import libcst as cst
from libcst import helpers
from libcst.metadata import CodeRange


@dataclass(frozen=True, slots=True)
class Binding:
    """One name of a module: the first line where it is bound, and what it was imported as, if it was.

    ``typing_only``: bound under ``if TYPE_CHECKING``, so not there at run time.
    """

    line: int
    dotted: str | None
    typing_only: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one module. ``stars``: something was imported by ``*``, so that any name may be there."""

    bound: Mapping[str, Binding]
    stars: bool

    def dotted(self, node: cst.BaseExpression) -> str | None:
        """The full name of what ``a.b.c`` refers to: ``rest_framework.serializers.CharField``, ``builtins.len``.

        ``None`` where the first name is no import and no builtin, or was bound more than once.
        """
        written = helpers.get_full_name_for_node(node) if isinstance(node, cst.Name | cst.Attribute) else None
        if written is None:
            return None
        first, dot, rest = written.partition(".")
        binding = self.bound.get(first)
        if binding is None:
            return f"builtins.{written}" if hasattr(builtins, first) and not self.stars else None
        return f"{binding.dotted}{dot}{rest}" if binding.dotted else None

    def here(self, first: str, line: int) -> bool:
        """Whether a name is bound above a line, at run time too."""
        binding = self.bound.get(first)
        return binding is not None and binding.line < line and not binding.typing_only

    def spelled(self, module: str, name: str) -> str | None:
        """How the module writes something it has imported: ``date`` or ``datetime.date``; ``None`` where it has not."""
        for local, binding in self.bound.items():
            if binding.typing_only:
                continue
            if binding.dotted == f"{module}.{name}":
                return local
            if binding.dotted == module:
                return f"{local}.{name}"
        return None


def names_of(module: cst.Module, positions: Mapping[cst.CSTNode, CodeRange], package: str) -> Names:
    """The names that a module binds outside of its classes and functions. ``package`` is what relative imports start at."""
    bound: dict[str, Binding] = {}
    stars = False
    for statement, typing_only in _statements(module.body, False):
        line = positions[statement].start.line
        for name, dotted in _bindings(statement, package):
            stars = stars or name == "*"
            if name in bound and bound[name].dotted != dotted:
                bound[name] = Binding(bound[name].line, None)
            else:
                bound.setdefault(name, Binding(line, dotted, typing_only))
    return Names(bound, stars)


def _statements(
    body: object, typing_only: bool
) -> Iterator[tuple[cst.BaseSmallStatement | cst.ClassDef | cst.FunctionDef | cst.For | cst.With, bool]]:
    """All statements that run when the module is imported, each with whether only type checkers see it."""
    if not isinstance(body, list | tuple):
        return
    for statement in body:
        match statement:
            case cst.SimpleStatementLine():
                yield from ((small, typing_only) for small in statement.body)
            case cst.ClassDef() | cst.FunctionDef():
                yield statement, typing_only
            case cst.If():
                checking = helpers.get_full_name_for_node(statement.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
                yield from _statements(statement.body.body, typing_only or checking)
                if isinstance(statement.orelse, cst.If):
                    yield from _statements([statement.orelse], typing_only)
                elif statement.orelse is not None:
                    yield from _statements(statement.orelse.body.body, typing_only)
            case cst.Try():
                for block in (statement, *statement.handlers, statement.orelse, statement.finalbody):
                    if block is not None:
                        yield from _statements(block.body.body, typing_only)
            case cst.For() | cst.With():
                yield statement, typing_only
                yield from _statements(statement.body.body, typing_only)


def _bindings(statement: cst.CSTNode, package: str) -> Iterator[tuple[str, str | None]]:
    match statement:
        case cst.Import():
            for alias in statement.names:
                full = helpers.get_full_name_for_node_or_raise(alias.name)
                if alias.asname is not None:
                    yield alias.evaluated_alias or "", full
                else:
                    yield full.partition(".")[0], full.partition(".")[0]
        case cst.ImportFrom():
            source = _source(statement, package)
            if isinstance(statement.names, cst.ImportStar):
                yield "*", None
            else:
                for alias in statement.names:
                    yield alias.evaluated_alias or alias.evaluated_name, source and f"{source}.{alias.evaluated_name}"
        case cst.ClassDef() | cst.FunctionDef():
            yield statement.name.value, None
        case cst.Assign():
            for target in statement.targets:
                yield from ((name, None) for name in targets(target.target))
        case cst.AnnAssign() | cst.AugAssign() | cst.For():
            yield from ((name, None) for name in targets(statement.target))
        case cst.With():
            for item in statement.items:
                if item.asname is not None:
                    yield from ((name, None) for name in targets(item.asname.name))


def targets(target: cst.BaseExpression) -> Iterator[str]:
    """The names that a target of an assignment binds."""
    match target:
        case cst.Name():
            yield target.value
        case cst.Tuple() | cst.List():
            for element in target.elements:
                yield from targets(element.value)
        case cst.StarredElement():
            yield from targets(target.value)


def _source(node: cst.ImportFrom, package: str) -> str | None:
    written = helpers.get_full_name_for_node(node.module) if node.module is not None else ""
    if not node.relative:
        return written or None
    parts = package.split(".") if package else []
    above = len(node.relative) - 1
    if not parts or above >= len(parts):
        return None
    return ".".join([*parts[: len(parts) - above], *([written] if written else [])])
