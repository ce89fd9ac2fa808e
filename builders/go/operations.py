"""One file a tag: its service, and for each operation a method, with the structs of its parameters and its result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from specloom.builders.naming import NameAllocator, words
from specloom.builders.operations import item_noun
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic
from specloom.ir.operations import IROperationObject

from . import nodes as go
from .bodies import Body, go_bodies
from .names import TagNames, name_changed
from .operation_comments import operation_comment, parameter_comment
from .paging import go_paging
from .params import REQUEST_OPTION, Params, go_params, passed_on, request_statements, signature
from .responses import Answer, Answers, Call, go_answers
from .security import Security, names_list
from .servers import server_url
from .spelling import exported
from .types import TypeMapper
from .validation import CheckedField, Validation

API_CLIENT = go.pointer(go.name("apiClient"))
_SEQUENCE = go.ref("iter", "Seq2")
_REQ = go.name("req")
_OPTS = go.name("opts")
_RESULT = go.name("result")
_ERR = go.name("err")
_WAYS = {"json": "JSON", "form": "Form", "multipart": "Multipart", "text": "Text", "binary": "Binary"}


@dataclass(frozen=True, slots=True)
class OperationFiles:
    """The files of the tags, and what could not be said in them."""

    files: tuple[go.File, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Method:
    """An operation, ready to be written: once as a whole, as a stream, over all pages, and for each further body."""

    operation: IROperationObject
    tag: TagNames
    name: str
    params: Params
    struct: str | None
    result: str | None
    bodies: tuple[Body, ...]
    answers: Answers
    pages: go.Composite | None
    server: str | None
    security: tuple[tuple[str, ...], ...] | None
    validated: bool = False
    """Whether the parameters have a ``Validate``."""


def operation_files(
    api: IRContext, package: str, types: TypeMapper, security: Security, validation: Validation
) -> OperationFiles:
    """A file for each tag that has operations."""
    files: list[go.File] = []
    diagnostics: list[Diagnostic] = []
    descriptions = {tag.name: tag.description for tag in api.tags}
    for tag, operations in api.operations_by_tag.items():
        names = types.names.tags[tag]
        scope = NameAllocator(("client",))
        described = [_method(operation, names, scope, types, security, diagnostics) for operation in operations]
        declarations = [_service(tag, names, descriptions.get(tag))]
        for method in described:
            declarations += _declarations(method, scope, types, validation)
        files.append(go.file(f"{names.file}.go", package, declarations))
    return OperationFiles(tuple(files), tuple(diagnostics))


def _service(tag: str, names: TagNames, description: str | None) -> go.Declaration:
    text = f"{names.service} has the operations of the tag {tag!r}.".replace("'", '"')
    type = go.struct(go.field("client", API_CLIENT))
    return go.type_declaration(names.service, type, go.doc(text, (description or "").strip()))


def _method(
    operation: IROperationObject,
    tag: TagNames,
    scope: NameAllocator,
    types: TypeMapper,
    security: Security,
    diagnostics: list[Diagnostic],
) -> _Method:
    allocation = scope.allocate(operation.operation_id, exported(types.names.methods[operation.operation_id], "Call"))
    if allocation.changed:
        diagnostics.append(name_changed("operation", operation.operation_id, allocation, operation.pointer))
    params, renamed = go_params(operation, types)
    bodies, unsent = go_bodies(operation, types)
    pages, unpaged = go_paging(operation, types)
    diagnostics += (*renamed, *unsent, *unpaged)
    answers = go_answers(operation, types)
    base = tag.field + allocation.name
    struct = result = None
    if params.given:
        struct = types.names.scope.allocate(("params", operation.operation_id), f"{base}Params").name
    if answers.whole is not None and answers.whole.call is Call.RESULT:
        result = types.names.scope.allocate(("result", operation.operation_id), f"{base}Result").name
    server = server_url(operation.servers[0]) if operation.servers else None
    return _Method(
        operation, tag, allocation.name, params, struct, result, bodies, answers, pages, server, security.of(operation)
    )


def _declarations(
    method: _Method, scope: NameAllocator, types: TypeMapper, validation: Validation
) -> Iterator[go.Declaration]:
    if method.struct is not None:
        yield _params_struct(method, method.struct)
        checks = tuple(validation.struct_methods(method.struct, _checked(method.params)))
        yield from checks
        method = replace(method, validated=bool(checks))
    whole, stream = method.answers.whole, method.answers.stream
    key = method.operation.operation_id
    if whole is not None:
        if method.result is not None:
            yield _result_struct(method, method.result, whole)
        for index, body in enumerate(method.bodies or (None,)):
            name = method.name
            if index and body is not None:
                name = scope.allocate((key, body.content.media_type), f"{name}With{_WAYS[body.way]}").name
            yield _whole(method, name, body, whole, types)
            if method.pages is not None and not index:
                wanted = ("All", f"{method.name}All") if method.name == "List" else (f"{method.name}All",)
                yield _all(method, scope.allocate((key, "all"), *wanted).name, body, whole, method.pages, types)
    if stream is not None:
        name = method.name
        if whole is not None:
            name = scope.allocate((key, "stream"), f"{name}Stream").name
        yield _stream(method, name, method.bodies[0] if method.bodies else None, stream, types)


def _checked(params: Params) -> list[CheckedField]:
    return [
        CheckedField(field.parameter.name, field.name, field.type, field.parameter.type, field.parameter.required)
        for field in params.given
        if field.name is not None
    ]


def _params_struct(method: _Method, struct: str) -> go.Declaration:
    fields = [
        go.field(field.name, field.type, doc=parameter_comment(field.parameter))
        for field in method.params.given
        if field.name is not None
    ]
    text = f"{struct} are the parameters of [{method.tag.service}.{method.name}]."
    return go.type_declaration(struct, go.struct(*fields), go.doc(text))


def _result_struct(method: _Method, result: str, whole: Answer) -> go.Declaration:
    fields = [go.field("StatusCode", go.INT)]
    for field in whole.fields:
        said = "any other success" if field.status == "default" else f"a {field.status}"
        text = f"{field.name} comes with {said}. {(field.description or '').strip()}".strip()
        fields.append(go.field(field.name, field.type, doc=go.doc(text)))
    text = f"{result} is what [{method.tag.service}.{method.name}] answers: what comes with other statuses is nil."
    return go.type_declaration(result, go.struct(*fields), go.doc(text))


def _whole(method: _Method, name: str, body: Body | None, whole: Answer, types: TypeMapper) -> go.Declaration:
    statements = list(_request(method, body, whole, types))
    if method.result is None:
        args = (go.name("ctx"), go.dotted("s.client"), _REQ, _OPTS)
        statements.append(go.return_(go.call(_generic(whole), *args)))
    else:
        statements += _result_statements(method.result, whole)
    returns = _returns(method, whole)
    return _function(method, name, body, [go.ERROR] if returns is None else [returns, go.ERROR], statements)


def _returns(method: _Method, whole: Answer) -> go.Type | None:
    return whole.returns if method.result is None else go.pointer(go.name(method.result))


def _result_statements(result: str, whole: Answer) -> Iterator[go.Statement]:
    yield go.define("result", go.call(go.name("new"), go.name(result)))
    found = [go.pair(go.string(f.status), go.address_of(go.selector(_RESULT, f.name))) for f in whole.fields]
    found += [go.pair(go.string(status), go.NIL) for status in whole.empty]
    bodies = go.composite(go.map_of(go.STRING, go.ANY), found, multiline=True)
    status = go.address_of(go.selector(_RESULT, "StatusCode"))
    call = go.call(go.name("doResult"), go.name("ctx"), go.dotted("s.client"), _REQ, _OPTS, status, bodies)
    failed = go.binary(_ERR, "!=", go.NIL)
    yield go.define("err", call)
    yield go.if_(failed, go.return_(go.NIL, _ERR))
    yield go.return_(_RESULT, go.NIL)


def _stream(method: _Method, name: str, body: Body | None, stream: Answer, types: TypeMapper) -> go.Declaration:
    assert stream.type is not None
    statements = list(_request(method, body, stream, types))
    statements.append(go.return_(go.call(_generic(stream), go.name("ctx"), go.dotted("s.client"), _REQ, _OPTS)))
    return _function(method, name, body, [go.instance(_SEQUENCE, stream.type, go.ERROR)], statements)


def _all(
    method: _Method, name: str, body: Body | None, whole: Answer, paging: go.Composite, types: TypeMapper
) -> go.Declaration:
    pagination = method.operation.pagination
    assert pagination is not None
    item = types.value(pagination.item_type)
    passed = (*passed_on(method.params, body, method.struct), _OPTS)
    again = go.return_(go.call(go.selector(go.name("s"), method.name), *passed, spread=True))
    page = _returns(method, whole)
    assert page is not None
    fetch = go.func_literal([go.parameter("opts", go.slice_of(REQUEST_OPTION))], [page, go.ERROR], [again])
    call = go.call(go.instance(go.name("pages"), item), _OPTS, go.name("by"), fetch)
    noun = " ".join(item_noun(words(method.operation.tag))) or "item"
    blocks: list[str | go.DocBlock] = [f"{name} yields every {noun} of every page of [{method.tag.service}.{method.name}]."]
    if method.operation.deprecated:
        blocks.append(go.deprecated())
    return go.function(
        name,
        signature(method.params, body, method.struct),
        [go.instance(_SEQUENCE, item, go.ERROR)],
        [go.define("by", paging), go.return_(call)],
        go.doc(*blocks),
        receiver=_receiver(method.tag),
    )


def _function(
    method: _Method, name: str, body: Body | None, results: Iterable[go.Type], statements: Iterable[go.Statement]
) -> go.Declaration:
    described = method.operation.request_body
    text = described.description if body is not None and described is not None else None
    return go.function(
        name,
        signature(method.params, body, method.struct),
        results,
        statements,
        operation_comment(method.operation, name, method.params, text, method.answers.errors),
        receiver=_receiver(method.tag),
    )


def _receiver(tag: TagNames) -> go.Parameter:
    return go.parameter("s", go.pointer(go.name(tag.service)))


def _generic(answer: Answer) -> go.Name | go.Instance:
    """``do[Product]``."""
    function = go.name(answer.call.value)
    generic = answer.call in (Call.STRUCT, Call.VALUE, Call.EVENTS, Call.LINES)
    return go.instance(function, answer.type) if generic and answer.type is not None else function


def _request(method: _Method, body: Body | None, answer: Answer, types: TypeMapper) -> Iterator[go.Statement]:
    """All that is said of a request before it is sent."""
    operation = method.operation
    verb = go.ref("net/http", f"Method{operation.method.capitalize()}")
    yield go.define("req", go.call(go.name("newRequest"), verb, go.string(operation.path)))
    if method.server is not None:
        yield _said("server", go.string(method.server))
    yield from request_statements(method.params, types, validated=method.validated)
    if body is not None:
        yield body.statement
    if method.security is not None:
        yield _said("security", *map(names_list, method.security))
    if answer.accept is not None:
        yield _said("accept", go.string(answer.accept))
    if answer.may_be_empty:
        yield _said("mayBeEmpty")
    for error in method.answers.errors:
        fails = go.instance(go.name("fails"), error.type)
        yield go.expression(go.call(fails, _REQ, *map(go.string, error.statuses)))


def _said(word: str, *args: go.Expression) -> go.Statement:
    return go.expression(go.call(go.selector(_REQ, word), *args))
