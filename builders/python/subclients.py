"""``subclients/<tag>.py``: the operations of a tag, in an async and a sync client made from one description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import libcst as cst

from specloom.builders.naming import NameAllocator, words
from specloom.builders.operations import item_noun, method_names
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.operations import IROperationObject

from .documentation import operation_documentation
from .names import Names, TagNames, method_name, methods
from .nodes import (
    NONE,
    Expression,
    Module,
    Statement,
    Symbol,
    argument,
    assign,
    await_,
    call_with,
    class_,
    docstring,
    dotted,
    function,
    list_,
    name,
    parameter,
    ref,
    return_,
    string,
    subscript,
)
from .paging import Paging, python_paging
from .params import Params, python_params
from .responses import Answers, Stream, answers, stream_item
from .security import Security
from .types import TypeMapper

_ITERATORS = (ref(Symbol("collections.abc", "AsyncIterator")), ref(Symbol("collections.abc", "Iterator")))
_GENERATORS = (ref(Symbol("collections.abc", "AsyncGenerator")), ref(Symbol("collections.abc", "Generator")))
_HTTP = (ref(Symbol(".async_http", "AsyncHTTP")), ref(Symbol(".sync_http", "SyncHTTP")))


@dataclass(frozen=True, slots=True)
class _Method:
    """An operation, ready to be written twice."""

    operation: IROperationObject
    name: str
    iterate: str | None
    stream: str | None
    params: Params
    answers: Answers
    paging: Paging | None


@dataclass(frozen=True, slots=True)
class Subclients:
    """The modules of ``subclients/`` and what could not be said in them."""

    modules: tuple[Module, ...]
    diagnostics: tuple[Diagnostic, ...]


def subclients_modules(
    api: IRContext, names: Names, types: TypeMapper, security: Security, classes: frozenset[str]
) -> Subclients:
    """One module for each tag that has operations."""
    modules: list[Module] = []
    diagnostics: list[Diagnostic] = []
    descriptions = {tag.name: tag.description for tag in api.tags}
    for tag, operations in api.operations_by_tag.items():
        described = _methods(operations, types, classes, diagnostics)
        tag_names = names.tags[tag]
        body = _clients(tag_names, descriptions.get(tag), described, security, classes)
        text = f"Operations of the tag *{tag}*."
        modules.append(Module(("subclients", tag_names.module), body, text, future_annotations=True))
    return Subclients(tuple(modules), tuple(diagnostics))


def client_symbol(tag: TagNames, *, sync: bool) -> Symbol:
    """The class of a tag's client."""
    return Symbol(f".subclients.{tag.module}", tag.sync_client if sync else tag.client)


def _methods(
    operations: Iterable[IROperationObject], types: TypeMapper, classes: frozenset[str], diagnostics: list[Diagnostic]
) -> tuple[_Method, ...]:
    all_operations = tuple(operations)
    wanted, found = method_names(all_operations)
    diagnostics += found
    scope = methods()
    given: dict[str, str] = {}
    for operation in all_operations:
        allocation = scope.allocate(operation.operation_id, method_name(wanted[operation.operation_id]))
        given[operation.operation_id] = allocation.name
        if allocation.changed:
            diagnostics.append(
                Diagnostic(
                    code="name-changed",
                    severity=Severity.INFO,
                    message=f"the operation {operation.operation_id!r} is called {allocation.name!r} in Python, "
                    f"because {allocation.wanted!r} is taken or reserved",
                    pointer=operation.pointer,
                )
            )
    return tuple(_method(operation, given, scope, types, classes, diagnostics) for operation in all_operations)


def _method(
    operation: IROperationObject,
    given: Mapping[str, str],
    scope: NameAllocator,
    types: TypeMapper,
    classes: frozenset[str],
    diagnostics: list[Diagnostic],
) -> _Method:
    own = given[operation.operation_id]
    params = python_params(operation, types)
    diagnostics += params.diagnostics
    found = answers(operation, types, classes)
    paging, problems = python_paging(operation, params, own, types)
    diagnostics += problems
    iterate = stream = None
    if paging is not None and found.returns is not None:
        iterate = scope.allocate(("iterate", operation.operation_id), *_iterate_names(own)).name
    if found.stream is not None:
        stream = own
        if found.returns is not None:
            stream = scope.allocate(("stream", operation.operation_id), f"{own}_stream").name
    return _Method(operation, own, iterate, stream, params, found, paging)


def _iterate_names(own: str) -> tuple[str, ...]:
    longer = f"iterate_{own.removeprefix('list_').removeprefix('get_')}"
    return ("iterate", f"iterate_{own}") if own in ("list", "list_") else (longer, f"iterate_{own}")


def _clients(
    tag: TagNames,
    description: str | None,
    described: Iterable[_Method],
    security: Security,
    classes: frozenset[str],
) -> tuple[Statement, Statement]:
    """The async and the sync client, which share all that is the same in them."""
    head = [docstring(description, 1)] if description and description.strip() else []
    bodies: tuple[list[Statement], list[Statement]] = ([*head, _init(sync=False)], [*head, _init(sync=True)])
    for method in described:
        documentation = _documentation(method)
        pairs: list[tuple[Statement, Statement]] = []
        if method.answers.returns is not None:
            pairs.append(_plain(method, method.answers.returns, documentation, security))
            if method.iterate is not None and method.paging is not None:
                pairs.append(_iterate(method, method.iterate, method.paging))
        if method.stream is not None and method.answers.stream is not None:
            pairs.append(_streaming(method, method.stream, method.answers.stream, documentation, security, classes))
        for pair in pairs:
            for body, written in zip(bodies, pair, strict=True):
                body.append(written)
    return class_(tag.client, [], bodies[0]), class_(tag.sync_client, [], bodies[1])


def _init(*, sync: bool) -> Statement:
    assignment = assign(dotted("self._http"), name("http"))
    return function("__init__", [parameter("self"), parameter("http", _HTTP[sync])], [assignment], returns=NONE)


def _plain(
    method: _Method, returns: Expression, documentation: Statement, security: Security
) -> tuple[Statement, Statement]:
    found = method.answers
    further = {"responses": found.by_status, "errors": found.errors}
    made = _http_call(method, "request", found.expected, security, further)
    positional, named = method.params.signature()
    head = (documentation,)
    return (
        function(
            method.name, positional, (*head, return_(await_(made))), named=named, returns=returns, asynchronous=True
        ),
        function(method.name, positional, (*head, return_(made)), named=named, returns=returns),
    )


def _streaming(
    method: _Method,
    own: str,
    stream: Stream,
    documentation: Statement,
    security: Security,
    classes: frozenset[str],
) -> tuple[Statement, Statement]:
    made = _http_call(method, stream.call, stream_item(stream, classes), security, {"errors": method.answers.errors})
    positional, named = method.params.signature()
    body = (documentation, return_(made))
    item = stream.annotation
    returns = subscript(_GENERATORS[0], item, NONE), subscript(_GENERATORS[1], item, NONE, NONE)
    return (
        function(own, positional, body, named=named, returns=returns[0]),
        function(own, positional, body, named=named, returns=returns[1]),
    )


def _iterate(method: _Method, own: str, paging: Paging) -> tuple[Statement, Statement]:
    positional, named = method.params.signature(without=paging.without)
    noun = " ".join(item_noun(words(method.operation.tag))) or "item"
    body = (docstring(f"Every {noun} of every page of `{method.name}`.", 2), return_(paging.call))
    return (
        function(own, positional, body, named=named, returns=subscript(_ITERATORS[0], paging.item)),
        function(own, positional, body, named=named, returns=subscript(_ITERATORS[1], paging.item)),
    )


def _http_call(
    method: _Method, kind: str, expected: Expression | None, security: Security, further: Mapping[str, Expression | None]
) -> cst.Call:
    operation = method.operation
    args = [argument(string(operation.method.upper())), argument(string(operation.path))]
    if expected is not None:
        args.append(argument(expected))
    keywords: dict[str, Expression | None] = {**method.params.call_arguments(), **further}
    own = security.of(operation)
    if own is not None:
        keywords["security"] = list_(*(list_(*(string(s) for s in schemes)) for schemes in own))
    keywords["options"] = name("options")
    args += [argument(value, key) for key, value in keywords.items() if value is not None]
    return call_with(dotted(f"self._http.{kind}"), tuple(args))


def _documentation(method: _Method) -> Statement:
    params = method.params
    body = params.body.documentation if params.body is not None else None
    text = operation_documentation(
        method.operation, (*params.positional, *params.named), body, method.answers.raised
    )
    return docstring(text, 2)
