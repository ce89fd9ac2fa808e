"""Checks the nodes of a package before they are printed: what breaks a rule here would not compile, or not mean what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass

from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.recursion import components

from . import nodes as go
from .reserved import PREDECLARED, RUNTIME


def validate(files: Iterable[go.File], runtime: frozenset[str] = RUNTIME) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the files of a package, ``runtime`` being what is declared beside them."""
    return tuple(GoValidator(tuple(files), runtime).check())


class GoValidator:
    """Checks all files of a package together.

    The rules: a name is declared once in the package, and never one of the runtime's; the fields and methods of a type, the keys
    of its tags and the parameters of a function differ from each other; every name that is mentioned is declared, in the
    package, in the function or by Go; a method selects only what its receiver has; no struct holds itself by value, and no type
    is nothing but itself.
    """

    def __init__(self, files: tuple[go.File, ...], runtime: frozenset[str]) -> None:
        self._files = files
        self._runtime = runtime
        self._types: dict[str, go.TypeDeclaration] = {}
        self._methods: dict[str, list[str]] = {}
        for file in files:
            for declaration in file.declarations:
                if isinstance(declaration, go.TypeDeclaration):
                    self._types[declaration.name] = declaration
                elif isinstance(declaration, go.Function) and declaration.receiver is not None:
                    self._methods.setdefault(_receiver_type(declaration.receiver), []).append(declaration.name)
        self._known = {name for file in files for d in file.declarations for name in _declared(d)} | PREDECLARED | runtime
        self._fine: set[int] = set()
        """Types that are known to be all right, by identity: they are shared, and live as long as the files."""

    def check(self) -> Iterator[Diagnostic]:
        """Every broken rule."""
        found: set[str] = set()
        for file in self._files:
            for problem in self._file(file, found):
                yield _problem(file.name, problem)
        for name in self._self_holding():
            yield _problem("types", f"recursive-type: {name} holds itself")

    def _file(self, file: go.File, found: set[str]) -> Iterator[str]:
        for declaration in file.declarations:
            for name in _declared(declaration):
                if name in found or name in self._runtime:
                    yield f"duplicate-declaration: {name}"
                found.add(name)
            match declaration:
                case go.TypeDeclaration():
                    yield from self._type_declaration(declaration)
                case go.Function():
                    yield from self._function(declaration)
                case go.Values():
                    yield from self._names_in(declaration, set())

    # --- types

    def _type_declaration(self, declaration: go.TypeDeclaration) -> Iterator[str]:
        name = declaration.name
        local = {parameter.name for parameter in declaration.params}
        methods = self._methods.get(name, [])
        members = list(methods)
        if isinstance(declaration.type, go.StructType):
            members += (field.name or _embedded_name(field.type) for field in declaration.type.fields)
            yield from (f"duplicate-tag: {name} has {key!r} twice" for key in _duplicates(_keys(declaration.type)))
            for field in declaration.type.fields:
                yield from self._type(field.type, name, local)
        else:
            yield from self._type(declaration.type, name, local)
        yield from (f"duplicate-member: {name}.{member}" for member in _duplicates(members))
        if methods and declaration.alias:
            yield f"method-of-alias: {name}"

    def _type(self, node: go.Type, where: str, local: set[str]) -> Iterable[str]:
        if id(node) in self._fine:
            return ()
        problems = list(self._names_in(node, local))
        if not problems and not local:
            self._fine.add(id(node))
        return [f"{problem} in {where}" for problem in problems]

    def _self_holding(self) -> Iterator[str]:
        """Types that hold themselves by value, or that are nothing but themselves."""
        by_value = {name: tuple(_by_value(declared.type)) for name, declared in self._types.items()}
        aliases = {
            name: tuple(node.name for node in _walk(declared.type) if isinstance(node, go.Name))
            for name, declared in self._types.items()
            if declared.alias
        }
        for needs in (by_value, aliases):
            for component in components(needs):
                if len(component) > 1 or component[0] in needs[component[0]]:
                    yield ", ".join(sorted(component))

    # --- functions

    def _function(self, function: go.Function) -> Iterator[str]:
        where = function.name
        parameters = [p.name for p in (*function.type.params, *function.type.results) if p.name not in (None, "_")]
        if function.receiver is not None:
            type = _receiver_type(function.receiver)
            where = f"{type}.{where}"
            if function.receiver.name is not None:
                parameters.append(function.receiver.name)
                yield from (f"unknown-member: {p} in {where}" for p in self._selected(function, function.receiver.name, type))
        yield from (f"duplicate-parameter: {name} in {where}" for name in _duplicates(p for p in parameters if p))
        local = {p.name for p in function.type_params}
        yield from (f"{problem} in {where}" for problem in self._names_in(function, local))

    def _selected(self, function: go.Function, receiver: str, type: str) -> Iterator[str]:
        """What is selected from the receiver though its struct has no such field or method."""
        declared = self._types.get(type)
        if declared is None or not isinstance(declared.type, go.StructType):
            return
        members = {field.name or _embedded_name(field.type) for field in declared.type.fields} | set(self._methods.get(type, ()))
        if any(field.name is None for field in declared.type.fields):
            return
        for node in _walk(function.body):
            if isinstance(node, go.Selector) and node.value == go.Name(receiver) and node.name not in members:
                yield node.name

    def _names_in(self, node: object, local: set[str]) -> Iterator[str]:
        used: dict[str, None] = {}
        bound = set(local)
        for inner in _walk(node):
            match inner:
                case go.Name(name=name):
                    used[name] = None
                case go.Parameter(name=str(name)):
                    bound.add(name)
                case go.Define(names=names) | go.Range(names=names) | go.ValueSpec(names=names):
                    bound.update(names)
                case go.TypeSwitch(name=str(name)) | go.TypeDeclaration(name=name):
                    bound.add(name)
                case go.Switch(cases=cases):
                    yield from (f"duplicate-case: {value}" for value in _duplicates(_case_values(cases)))
                case _:
                    pass
        yield from (f"unknown-name: {name}" for name in used if name not in self._known and name not in bound and name != "_")


def _problem(where: str, message: str) -> Diagnostic:
    return Diagnostic(code="invalid-go-nodes", severity=Severity.ERROR, message=f"{where}: {message}")


def _declared(declaration: go.Declaration) -> Iterator[str]:
    match declaration:
        case go.TypeDeclaration(name=name) | go.Function(name=name, receiver=None):
            yield name
        case go.Values(specs=specs):
            yield from (name for spec in specs for name in spec.names if name != "_")
        case _:
            pass


def _receiver_type(receiver: go.Parameter) -> str:
    type = receiver.type.element if isinstance(receiver.type, go.Pointer) else receiver.type
    if isinstance(type, go.Instance):
        type = type.generic
    return type.name if isinstance(type, go.Name) else ""


def _embedded_name(type: go.Type) -> str:
    match type:
        case go.Pointer(element=element):
            return _embedded_name(element)
        case go.Instance(generic=generic):
            return _embedded_name(generic)
        case go.Ref(symbol=symbol):
            return symbol.name
        case go.Name(name=name):
            return name
        case _:
            return ""


def _keys(struct: go.StructType) -> Iterator[str]:
    for field in struct.fields:
        for key, value in field.tag:
            name = value.partition(",")[0]
            if key == "json" and value != "-" and name:
                yield name


def _by_value(type: go.Type) -> Iterator[str]:
    """The types that a type holds without a pointer, a slice, a map or an interface between."""
    match type:
        case go.Name(name=name):
            yield name
        case go.StructType(fields=held):
            for field in held:
                yield from _by_value(field.type)
        case go.ArrayType(element=element):
            yield from _by_value(element)
        case go.Instance(args=args):
            for arg in args:
                yield from _by_value(arg)
        case _:
            pass


def _case_values(cases: Sequence[go.Case]) -> Iterator[object]:
    for case in cases:
        yield from (value.value for value in case.values or () if isinstance(value, go.StringLiteral | go.NumberLiteral))


def _walk(node: object) -> Iterator[object]:
    """All nodes in ``node``, itself among them."""
    if isinstance(node, tuple):
        for inner in node:
            yield from _walk(inner)
        return
    slots = _SLOTS.get(type(node))
    if slots is None:
        return
    yield node
    for slot in slots:
        value = getattr(node, slot)
        if value is not None and not isinstance(value, str):
            yield from _walk(value)


_SAYS_NO_NODE = ("name", "doc", "word", "operator", "tag", "names")
_SLOTS: Mapping[type, tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(kind) if f.name not in _SAYS_NO_NODE)
    for kind in vars(go).values()
    if isinstance(kind, type) and is_dataclass(kind) and kind not in (go.Doc, go.Symbol)
}
"""The fields of each kind of node that may hold further nodes."""


def _duplicates(values: Iterable[object]) -> Iterable[object]:
    given = list(values)
    if len(set(given)) == len(given):
        return ()
    seen: dict[object, int] = {}
    for value in given:
        seen[value] = seen.get(value, 0) + 1
    return [value for value, count in seen.items() if count > 1]


