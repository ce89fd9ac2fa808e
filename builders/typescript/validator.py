"""Checks nodes before they are printed: mistakes of builders that would not compile, or would surprise a caller."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, cast

from specloom.ir.diagnostics import Diagnostic, Severity

from . import nodes as ts
from .names import GLOBAL_TYPES, RESERVED_WORDS

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

RUNTIME_MODULES = frozenset({"adapters", "base-api", "errors", "http", "logger", "retry", "storage"})
"""Modules of the runtime that generated code may import from."""

_KNOWN_TYPES = GLOBAL_TYPES | {"BufferSource"}
_Declarations = Mapping[str, Mapping[str, ts.Statement]]


@dataclass(frozen=True, slots=True)
class TypeScriptValidator:
    """Rules over files of nodes. ``modules`` are those that are not made of nodes, whose exports are taken on trust."""

    modules: Collection[str] = RUNTIME_MODULES

    def check(self, files: Iterable[ts.File]) -> tuple[Diagnostic, ...]:
        """Everything that is wrong with ``files``, each finding an error whose code is its rule."""
        all_files = tuple(files)
        declared = {file.module: _declared(file) for file in all_files}
        return tuple(finding for file in all_files for finding in self._file(file, declared))

    def _file(self, file: ts.File, declared: _Declarations) -> Iterator[Diagnostic]:
        found = _judged(file.statements)
        type_params = {node.name for node in found if isinstance(node, ts.TypeParameter)}
        yield from _duplicate_declarations(file)
        for node in found:
            match node:
                case ts.Symbol():
                    yield from self._symbol(file, node, declared)
                case ts.TypeRef(target=str() as target):
                    if target not in _KNOWN_TYPES and target not in declared[file.module] and target not in type_params:
                        yield _error("unknown-type", file, f"there is no type {target!r}")
                case ts.ObjectLiteral(members=object_members):
                    yield from _duplicate_keys(file, object_members)
                case ts.Arrow(params=params):
                    yield from _parameters(file, "an arrow function", params, declared)
                case ts.Interface(members=members, name=name):
                    yield from _duplicate_members(file, name, members)
                case ts.ObjectNode(members=members):
                    yield from _duplicate_members(file, "an object type", members)
                case ts.Function(params=params, name=name) | ts.Method(params=params, name=name):
                    yield from _parameters(file, name, params, declared)
                case ts.MethodSignature(params=params, name=name):
                    yield from _parameters(file, name, params, declared)
                case ts.Class(members=class_members, name=name):
                    yield from _duplicate_class_members(file, name, class_members)
                case ts.ExportFrom(module=module, names=names):
                    yield from self._exported(file, module, names, declared)
                case ts.ExportAll(module=module):
                    yield from self._exported(file, module, (), declared)
                case _:
                    pass

    def _symbol(self, file: ts.File, symbol: ts.Symbol, declared: _Declarations) -> Iterator[Diagnostic]:
        if symbol.is_package:
            return
        module = declared.get(symbol.module)
        if module is None:
            if symbol.module not in self.modules:
                yield _error("unresolved-reference", file, f"there is no module {symbol.module!r}")
        elif symbol.name not in module:
            yield _error("unresolved-reference", file, f"{symbol.module!r} has no {symbol.name!r}")

    def _exported(
        self, file: ts.File, module: str, names: Iterable[ts.ExportName], declared: _Declarations
    ) -> Iterator[Diagnostic]:
        found = declared.get(module)
        if found is None:
            if module not in self.modules:
                yield _error("unresolved-reference", file, f"there is no module {module!r}")
            return
        for one in names:
            if one.name not in found:
                yield _error("unresolved-reference", file, f"{module!r} has no {one.name!r}")


def _error(rule: str, file: ts.File, message: str) -> Diagnostic:
    return Diagnostic(
        code=rule,
        severity=Severity.ERROR,
        message=f"{file.path}: {message}",
        hint="this is a mistake of specloom, not of the document; please report it",
    )


def _judged(statements: tuple[ts.Statement, ...]) -> list[object]:
    """What the rules are about, in ``statements`` and everything in them; what is shared only once."""
    found: list[object] = []
    waiting: list[object] = [statements]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        kind = one.__class__
        if kind is tuple:
            if one:
                waiting.extend(reversed(cast("tuple[object, ...]", one)))
            continue
        if kind in _PLAIN or id(one) in seen:
            continue
        seen.add(id(one))
        if kind in _RULED:
            found.append(one)
        waiting.extend(_PARTS[kind](one))
    return found


_TEXT = re.compile(r"Literal\[.*\]|(str|bool|int|float|None|JSDoc|tuple|\.{3}|[\[\], |])+")
"""Annotations of fields that hold no node."""
_PLAIN = frozenset({str, int, float, bool, type(None), ts.JSDoc, ts.Keyword, ts.LiteralNode})
_RULED: frozenset[type[object]] = frozenset({
    *(ts.TypeParameter, ts.Symbol, ts.TypeRef, ts.ObjectLiteral, ts.Arrow, ts.Interface, ts.ObjectNode, ts.Function, ts.Method),
    *(ts.MethodSignature, ts.Class, ts.ExportFrom, ts.ExportAll),
})  # fmt: skip


def _taker(kind: type[DataclassInstance]) -> Callable[[object], Iterable[object]]:
    """How to take a node of a class apart, last field first; texts and comments are left out."""
    names = [field.name for field in reversed(fields(kind)) if not _TEXT.fullmatch(str(field.type))]
    if not names:
        return lambda node: ()
    take = attrgetter(*names)
    return (lambda node: (take(node),)) if len(names) == 1 else take


_PARTS: Mapping[type[object], Callable[[object], Iterable[object]]] = {
    kind: _taker(kind) for kind in vars(ts).values() if isinstance(kind, type) and is_dataclass(kind)
}


def _declared(file: ts.File) -> dict[str, ts.Statement]:
    found: dict[str, ts.Statement] = {}
    for statement in file.statements:
        match statement:
            case ts.Const(binding=str() as name):
                found.setdefault(name, statement)
            case ts.Function() | ts.Class() | ts.Interface() | ts.AliasDeclaration():
                found[statement.name] = statement
            case _:
                pass
    return found


def _duplicate_declarations(file: ts.File) -> Iterator[Diagnostic]:
    """A value and a type may share a name, two values or two types may not."""
    seen: set[tuple[str, bool]] = set()
    for statement in file.statements:
        match statement:
            case ts.Const(binding=str() as name) | ts.Function(name=name):
                keys = [(name, True)]
            case ts.Interface(name=name) | ts.AliasDeclaration(name=name):
                keys = [(name, False)]
            case ts.Class(name=name):
                keys = [(name, True), (name, False)]
            case _:
                continue
        for key in keys:
            if key in seen:
                yield _error("duplicate-declaration", file, f"{name!r} is declared twice")
            seen.add(key)
        if name in RESERVED_WORDS:
            yield _error("reserved-name", file, f"{name!r} is a word of the language")


def _parameters(
    file: ts.File, owner: str, params: tuple[ts.Parameter, ...], declared: _Declarations
) -> Iterator[Diagnostic]:
    optional: str | None = None
    seen: set[str] = set()
    for one in params:
        name = one.binding if isinstance(one.binding, str) else "a pattern"
        if isinstance(one.binding, str):
            if name in seen:
                yield _error("duplicate-parameter", file, f"{owner} has two parameters {name!r}")
            if name in RESERVED_WORDS:
                yield _error("reserved-name", file, f"the parameter {name!r} of {owner} is a word of the language")
            seen.add(name)
        if one.optional:
            optional = optional or name
        elif one.default is None and not one.rest and optional is not None:
            yield _error("required-after-optional", file, f"{owner} has {name!r} after the optional {optional!r}")
        if one.default is not None:
            optional = optional or name
        if isinstance(one.default, ts.ObjectLiteral) and not one.default.members:
            yield from _required_in_default(file, owner, name, one.type, declared)


def _required_in_default(
    file: ts.File, owner: str, name: str, type: ts.Type | None, declared: _Declarations
) -> Iterator[Diagnostic]:
    """``{}`` as a default is a lie where the type requires a property."""
    members: tuple[ts.TypeMember, ...] = ()
    match type:
        case ts.ObjectNode(members=members):
            pass
        case ts.TypeRef(target=target):
            module, spelled = (file.module, target) if isinstance(target, str) else (target.module, target.name)
            found = declared.get(module, {}).get(spelled)
            members = found.members if isinstance(found, ts.Interface) else ()
        case _:
            pass
    for one in members:
        if isinstance(one, ts.PropertySignature) and not one.optional:
            yield _error(
                "required-in-optional", file, f"{owner} lets {name!r} be left out, but its property {one.name!r} is required"
            )


def _duplicate_members(file: ts.File, owner: str, members: tuple[ts.TypeMember, ...]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for one in members:
        key = "[index]" if isinstance(one, ts.IndexSignature) else str(one.name)
        if key in seen:
            yield _error("duplicate-member", file, f"{owner} has {key!r} twice")
        seen.add(key)


def _duplicate_class_members(file: ts.File, owner: str, members: tuple[ts.ClassMember, ...]) -> Iterator[Diagnostic]:
    """Several signatures of one method are one member, as long as they follow each other."""
    seen: set[str] = set()
    open_overload: str | None = None
    for one in members:
        if one.name in seen and one.name != open_overload:
            yield _error("duplicate-member", file, f"{owner} has {one.name!r} twice")
        seen.add(one.name)
        open_overload = one.name if isinstance(one, ts.Method) and one.body is None else None


def _duplicate_keys(file: ts.File, members: tuple[ts.ObjectMember, ...]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for one in members:
        key = one.key if isinstance(one, ts.Property) else one.name if isinstance(one, ts.Getter) else None
        if key is None:
            continue
        if key in seen:
            yield _error("duplicate-member", file, f"an object has {key!r} twice")
        seen.add(key)
