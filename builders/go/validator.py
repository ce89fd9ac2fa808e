"""Checks the nodes of a package before they are printed: what breaks a rule here would not compile, or not mean what it says."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import cast

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
                if id(field.type) not in self._fine:
                    yield from self._type(field.type, name, local)
        else:
            yield from self._type(declaration.type, name, local)
        yield from (f"duplicate-member: {name}.{member}" for member in _duplicates(members))
        if methods and declaration.alias:
            yield f"method-of-alias: {name}"

    def _type(self, node: go.Type, where: str, local: set[str]) -> Iterable[str]:
        problems = list(self._names_in(node, local))
        if not problems and not local:
            self._fine.add(id(node))
        return [f"{problem} in {where}" for problem in problems]

    def _self_holding(self) -> Iterator[str]:
        """Types that hold themselves by value, or that are nothing but themselves."""
        by_value = {name: tuple(_by_value(declared.type, self._types)) for name, declared in self._types.items()}
        aliases = {name: tuple(_Mentioned(declared.type).names) for name, declared in self._types.items() if declared.alias}
        for needs in (by_value, aliases):
            for component in components(needs):
                if len(component) > 1 or component[0] in needs[component[0]]:
                    yield ", ".join(sorted(component))

    # --- functions

    def _function(self, function: go.Function) -> Iterator[str]:
        where = function.name
        parameters = [p.name for p in (*function.type.params, *function.type.results) if p.name not in (None, "_")]
        mentioned = _Mentioned(function)
        if function.receiver is not None:
            type = _receiver_type(function.receiver)
            where = f"{type}.{where}"
            if function.receiver.name is not None:
                parameters.append(function.receiver.name)
                selected = mentioned.selected(function.receiver.name)
                yield from (f"unknown-member: {name} in {where}" for name in self._not_there(selected, type))
        yield from (f"duplicate-parameter: {name} in {where}" for name in _duplicates(p for p in parameters if p))
        local = {p.name for p in function.type_params}
        yield from (f"{problem} in {where}" for problem in self._problems_of(mentioned, local))

    def _not_there(self, selected: Sequence[str], type: str) -> Iterator[str]:
        """What is selected from a struct though it has no such field or method."""
        declared = self._types.get(type)
        if not selected or declared is None or not isinstance(declared.type, go.StructType):
            return
        held = declared.type.fields
        if any(field.name is None for field in held):
            return
        members = {field.name for field in held}.union(self._methods.get(type, ()))
        yield from (name for name in selected if name not in members)

    def _names_in(self, node: object, local: set[str]) -> Iterator[str]:
        return self._problems_of(_Mentioned(node), local)

    def _problems_of(self, mentioned: _Mentioned, local: set[str]) -> Iterator[str]:
        for switch in mentioned.switches:
            yield from (f"duplicate-case: {value}" for value in _duplicates(_case_values(switch.cases)))
        unknown = [name for name in mentioned.names if name not in self._known and name not in local]
        yield from (f"unknown-name: {name}" for name in unknown if name not in mentioned.bound and name != "_")


class _Mentioned:
    """What a node and all in it say about names."""

    __slots__ = ("bound", "names", "selectors", "switches")

    def __init__(self, root: object) -> None:
        self.names: dict[str, None] = {}
        self.bound: set[str] = set()
        self.selectors: list[go.Selector] = []
        """Those that select from a plain name."""
        self.switches: list[go.Switch] = []
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if type(node) is go.Name:
                self.names[node.name] = None
                continue
            kind = type(node)
            inner = _INNER.get(kind)
            if inner is not None:
                waiting += inner(node)
                if kind in _SAYING:
                    self._see(node)
            elif kind is tuple:
                waiting += cast("tuple[object, ...]", node)

    def _see(self, node: object) -> None:
        match node:
            case go.Selector(value=go.Name()):
                self.selectors.append(node)
            case go.Parameter(name=str(name)):
                self.bound.add(name)
            case go.Define(names=names) | go.Range(names=names) | go.ValueSpec(names=names):
                self.bound.update(names)
            case go.TypeSwitch(name=str(name)) | go.TypeDeclaration(name=name):
                self.bound.add(name)
            case go.Switch():
                self.switches.append(node)
            case _:
                pass

    def selected(self, value: str) -> list[str]:
        """What is selected from the name ``value``."""
        return [node.name for node in self.selectors if node.value == go.Name(value)]


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


def _by_value(type: go.Type, declared: Container[str]) -> Iterable[str]:
    """The declared types that a type holds without a pointer, a slice, a map or an interface between."""
    found: dict[str, None] = {}
    waiting = [type]
    while waiting:
        match waiting.pop():
            case go.Name(name=name):
                if name in declared:
                    found[name] = None
            case go.StructType(fields=held):
                waiting += [field.type for field in held]
            case go.ArrayType(element=element):
                waiting.append(element)
            case go.Instance(args=args):
                waiting += args
            case _:
                pass
    return found


def _case_values(cases: Sequence[go.Case]) -> Iterator[object]:
    for case in cases:
        yield from (value.value for value in case.values or () if isinstance(value, go.StringLiteral | go.NumberLiteral))


def _values_of(slots: Sequence[str]) -> Callable[[object], tuple[object, ...]]:
    if not slots:
        return lambda node: ()
    one = attrgetter(slots[0])
    return attrgetter(*slots) if len(slots) > 1 else lambda node: (one(node),)


_SAYS_NO_NODE = ("name", "doc", "word", "operator", "tag", "names")
_INNER: Mapping[type, Callable[[object], tuple[object, ...]]] = {
    kind: _values_of([f.name for f in fields(kind) if f.name not in _SAYS_NO_NODE and f.type not in ("bool", "str")])
    for kind in vars(go).values()
    if isinstance(kind, type) and is_dataclass(kind) and kind not in (go.Doc, go.Symbol)
}
"""The values of a node that may be or hold further nodes, by its kind."""
_SAYING = frozenset((go.Selector, go.Parameter, go.Define, go.Range, go.ValueSpec, go.TypeSwitch, go.TypeDeclaration, go.Switch))


def _duplicates(values: Iterable[object]) -> Iterable[object]:
    given = list(values)
    if len(set(given)) == len(given):
        return ()
    seen: dict[object, int] = {}
    for value in given:
        seen[value] = seen.get(value, 0) + 1
    return [value for value, count in seen.items() if count > 1]
