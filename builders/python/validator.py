"""Checks the nodes of a package before they are printed: what breaks a rule here would not import, or not mean what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import libcst as cst

from specloom.builders.naming import duplicates
from specloom.ir.diagnostics import Diagnostic, Severity

from .nodes import Module, Reference, Statement, Symbol
from .statements import annotations_in, bound_by, statements_of, values_in

_GENERATED = (".models.", ".subclients.", ".enums", ".client")
"""Where symbols are checked; the others are the runtime's and the libraries'."""


def validate(modules: Iterable[Module]) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the modules of a package."""
    return tuple(PythonValidator(tuple(modules)).check())


class PythonValidator:
    """Checks all modules of a package together.

    The rules: names are bound once in a module, a class and a signature; every symbol of the package is defined where it is
    said to be; what Python evaluates at once (base classes, aliases, annotations that are not deferred) is defined before;
    every other name is a parameter or a name of the module. A required parameter after an optional one is refused by libcst
    already when the function is made.
    """

    def __init__(self, modules: tuple[Module, ...]) -> None:
        self._modules = modules
        self._defined: Mapping[str, frozenset[str]] = {m.name: frozenset(bound_by(m.body)) for m in modules}
        self._uses = _Uses()
        self._resolved: dict[int, frozenset[Symbol]] = {}
        """Sets of symbols that are known to be defined, by identity."""

    def check(self) -> Iterator[Diagnostic]:
        """Every broken rule."""
        for module in self._modules:
            for rule, message in self._module(module):
                yield Diagnostic(
                    code="invalid-python-nodes",
                    severity=Severity.ERROR,
                    message=f"{'/'.join(module.path)}.py: {rule}: {message}",
                )

    def _module(self, module: Module) -> Iterator[tuple[str, str]]:
        yield from (("duplicate-name", name) for name in duplicates(bound_by(module.body)))
        known = self._defined[module.name]
        for symbol in module.exports:
            if symbol.module.startswith(_GENERATED):
                yield from self._symbol(symbol)
        own = {name: Symbol(module.name, name) for name in known}
        later = set(own.values())
        for statement in module.body:
            for symbols in self._eager(statement, deferred=module.future_annotations):
                if not later.isdisjoint(symbols):
                    yield from (("used-before-defined", name) for name in sorted(s.name for s in later.intersection(symbols)))
            yield from self._statement(statement, known)
            later.difference_update(own[name] for name in bound_by((statement,)))

    def _statement(self, statement: Statement, known: frozenset[str]) -> Iterator[tuple[str, str]]:
        if type(statement) is cst.SimpleStatementLine:
            yield from self._line(statement.body[0], known)
        elif type(statement) is cst.FunctionDef:
            yield from self._function(statement, known)
        elif type(statement) is cst.ClassDef:
            inner = statements_of(statement.body)
            yield from (("duplicate-member", name) for name in duplicates(_members(inner)))
            for base in (*statement.bases, *statement.keywords):
                yield from self._expression(base.value, known)
            for member in inner:
                if type(member) is cst.SimpleStatementLine:
                    yield from self._line(member.body[0], known)
                else:
                    yield from self._statement(member, known)
        elif type(statement) is cst.If:
            yield from self._expression(statement.test, known)
            for member in statements_of(statement.body):
                yield from self._statement(member, known)
        else:
            yield "unknown-statement", type(statement).__name__

    def _line(self, small: cst.BaseSmallStatement, known: frozenset[str]) -> Iterable[tuple[str, str]]:
        return [problem for node in (*annotations_in(small), *values_in(small)) for problem in self._expression(node, known)]

    def _function(self, node: cst.FunctionDef, known: frozenset[str]) -> Iterator[tuple[str, str]]:
        positional, named = node.params.params, node.params.kwonly_params
        rest = (node.params.star_kwarg,) if node.params.star_kwarg is not None else ()
        everything = (*positional, *named, *rest)
        names = [p.name.value for p in everything]
        yield from (("duplicate-parameter", name) for name in duplicates(names))
        for parameter in everything:
            if parameter.annotation is not None:
                yield from self._expression(parameter.annotation.annotation, known)
        if node.returns is not None:
            yield from self._expression(node.returns.annotation, known)
        inside = known.union(names)
        for statement in statements_of(node.body):
            yield from self._statement(statement, inside)

    def _expression(self, node: cst.BaseExpression, known: frozenset[str]) -> Iterable[tuple[str, str]]:
        used = self._uses.of(node)
        if used is _NOTHING:
            return ()
        names, symbols = used
        problems = [("unresolved-name", name) for name in sorted(names - known)] if not names <= known else []
        if id(symbols) not in self._resolved:
            found = [problem for symbol in symbols for problem in self._symbol(symbol)]
            if not found:
                self._resolved[id(symbols)] = symbols
            problems += found
        return problems

    def _symbol(self, symbol: Symbol) -> Iterator[tuple[str, str]]:
        if symbol.name not in self._defined.get(symbol.module, ()):
            yield "unresolved-reference", f"{symbol.module}.{symbol.name}"

    def _eager(self, statement: Statement, *, deferred: bool) -> Iterator[frozenset[Symbol]]:
        """Symbols that Python needs when it runs a statement of a module."""
        if type(statement) is cst.SimpleStatementLine:
            yield from self._needed(statement.body[0], deferred=deferred)
        elif type(statement) is cst.ClassDef:
            for base in statement.bases:
                yield self._uses.of(base.value)[1]
            for member in statements_of(statement.body):
                if type(member) is cst.SimpleStatementLine:
                    yield from self._needed(member.body[0], deferred=deferred)
                elif type(member) is cst.If:
                    yield from self._eager(member, deferred=deferred)
        elif type(statement) is cst.If:
            for member in statements_of(statement.body):
                yield from self._eager(member, deferred=deferred)

    def _needed(self, small: cst.BaseSmallStatement, *, deferred: bool) -> list[frozenset[Symbol]]:
        nodes = values_in(small) if deferred else [*annotations_in(small), *values_in(small)]
        return [used[1] for node in nodes if (used := self._uses.of(node)) is not _NOTHING]


_Used: TypeAlias = tuple[frozenset[str], frozenset[Symbol]]
_NOTHING: _Used = (frozenset(), frozenset())


class _Uses:
    """The free names and the package's own symbols in expressions; a subtree that is shared is looked at once."""

    def __init__(self) -> None:
        self._known: dict[int, _Used] = {}

    def of(self, node: cst.BaseExpression) -> _Used:
        known = self._known.get(id(node))
        if known is None:
            known = self._known[id(node)] = self._look(node)
        return known

    def _look(self, node: cst.BaseExpression) -> _Used:
        if type(node) is Reference:
            generated = node.symbol.module.startswith(_GENERATED)
            return (frozenset(), frozenset((node.symbol,))) if generated else _NOTHING
        if type(node) is cst.Name:
            return (_NOTHING if node.value in _CONSTANTS else (frozenset((node.value,)), frozenset()))
        children = _CHILDREN.get(type(node))
        if children is None:
            return _NOTHING
        found = [used for used in map(self.of, children(node)) if used is not _NOTHING]
        if not found:
            return _NOTHING
        if len(found) == 1 and type(node) is not cst.Lambda:
            return found[0]
        names: frozenset[str] = frozenset().union(*(used[0] for used in found))
        if type(node) is cst.Lambda:
            names = names.difference(p.name.value for p in node.params.params)
        return names, frozenset().union(*(used[1] for used in found))


_CONSTANTS = frozenset({"None", "True", "False"})
_Children: TypeAlias = Callable[[cst.BaseExpression], Sequence[cst.BaseExpression]]


def _of_subscript(node: cst.BaseExpression) -> Sequence[cst.BaseExpression]:
    assert isinstance(node, cst.Subscript)
    return [node.value, *(e.slice.value for e in node.slice if isinstance(e.slice, cst.Index))]


def _of_call(node: cst.BaseExpression) -> Sequence[cst.BaseExpression]:
    assert isinstance(node, cst.Call)
    return [node.func, *(arg.value for arg in node.args)]


def _of_binary(node: cst.BaseExpression) -> Sequence[cst.BaseExpression]:
    assert isinstance(node, cst.BinaryOperation)
    return node.left, node.right


def _of_conditional(node: cst.BaseExpression) -> Sequence[cst.BaseExpression]:
    assert isinstance(node, cst.IfExp)
    return node.body, node.test, node.orelse


def _of_sequence(node: cst.BaseExpression) -> Sequence[cst.BaseExpression]:
    assert isinstance(node, cst.Tuple | cst.List)
    return [element.value for element in node.elements]


def _of_dict(node: cst.BaseExpression) -> Sequence[cst.BaseExpression]:
    assert isinstance(node, cst.Dict)
    return [n for e in node.elements if isinstance(e, cst.DictElement) for n in (e.key, e.value)]


def _of_attribute(node: cst.BaseExpression) -> Sequence[cst.BaseExpression]:
    assert isinstance(node, cst.Attribute)
    return (node.value,)


def _of_prefix(node: cst.BaseExpression) -> Sequence[cst.BaseExpression]:
    assert isinstance(node, cst.Await | cst.UnaryOperation)
    return (node.expression,)


def _of_lambda(node: cst.BaseExpression) -> Sequence[cst.BaseExpression]:
    assert isinstance(node, cst.Lambda)
    return (node.body,)


_CHILDREN: Mapping[type[cst.CSTNode], _Children] = {
    cst.Subscript: _of_subscript,
    cst.Call: _of_call,
    cst.BinaryOperation: _of_binary,
    cst.IfExp: _of_conditional,
    cst.Tuple: _of_sequence,
    cst.List: _of_sequence,
    cst.Dict: _of_dict,
    cst.Attribute: _of_attribute,
    cst.Await: _of_prefix,
    cst.UnaryOperation: _of_prefix,
    cst.Lambda: _of_lambda,
}


def _members(body: Iterable[Statement]) -> Iterator[str]:
    """The same of a class, but for overloads, whose name comes several times."""
    for statement in body:
        if type(statement) is not cst.FunctionDef or not statement.decorators:
            yield from bound_by((statement,))
