"""A tag's client: the interfaces of its parameters and errors, and a class with a method for each operation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from specloom.builders.styles import form_word, is_scalar, path_style, styled_word
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.operations import (
    BodyKind,
    IREncodingObject,
    IRMediaTypeObject,
    IROperationObject,
    IRServerObject,
    Location,
    SecurityRequirement,
)
from specloom.ir.schemas import IRObjectSchema
from specloom.ir.types import IRType, MapType, ReferenceType

from . import nodes as ts
from .documentation import operation_doc, parameter_doc
from .names import TagNames
from .paging import iterate
from .params import DATA, OPTIONS, PARAMS, Method, ParamProperty
from .responses import Stream, Verb
from .types import TypeMapper

HTTP = "http"
HTTP_CLIENT = ts.symbol("HttpClient", HTTP)
REQUEST_OPTIONS = ts.symbol("RequestOptions", HTTP)
API_PROMISE = ts.symbol("APIPromise", HTTP)
PATH = ts.symbol("path", HTTP)
STYLED = ts.symbol("styled", HTTP)

Security = tuple[tuple[SecurityRequirement, ...], ...]


def client_file(
    api: IRContext, tag: TagNames, methods: Iterable[Method], types: TypeMapper, *, security: Security, description: str | None
) -> ts.File:
    """``<tag>/client.ts``. ``security`` is what operations need that say nothing of their own."""
    statements: list[ts.Statement] = []
    members: list[ts.ClassMember] = [
        ts.field("#http", ts.type_ref(HTTP_CLIENT), readonly=True),
        ts.method(
            "constructor",
            [ts.param("http", ts.type_ref(HTTP_CLIENT))],
            None,
            ts.statement(ts.assign(ts.member(ts.THIS, "#http"), ts.name("http"))),
        ),
    ]
    for method in methods:
        if method.params_type is not None:
            statements.append(_params_interface(method.params_type, method.properties, types))
        if method.errors_type is not None:
            statements.append(_errors_interface(method, method.errors_type, tag))
        members.extend(_methods(api, method, types, security))
    statements.append(ts.cls(tag.client.name, *members, doc=ts.doc(description)))
    return ts.file(f"{tag.client.module}.ts", *statements)


def _params_interface(symbol: ts.Symbol, properties: Iterable[ParamProperty], types: TypeMapper) -> ts.Interface:
    return ts.interface(
        symbol.name,
        [
            ts.PropertySignature(
                one.name, types(one.parameter.type), not one.parameter.required, False, parameter_doc(one.parameter)
            )
            for one in properties
        ],
    )


def _errors_interface(method: Method, symbol: ts.Symbol, tag: TagNames) -> ts.Interface:
    members = [
        ts.prop(int(error.status) if error.status.isascii() and error.status.isdigit() else error.status, error.type)
        for error in method.response.errors
        if error.type is not None
    ]
    call = ts.Link(f"{tag.client.name}.{method.name}")
    return ts.interface(symbol.name, members, doc=ts.doc(("What ", call, " answers when it fails.")))


def _methods(api: IRContext, method: Method, types: TypeMapper, security: Security) -> Iterator[ts.ClassMember]:
    answer = method.response
    if not answer.only_streams:
        args: list[ts.Type] = [answer.type]
        if method.errors_type is not None:
            args.append(ts.type_ref(method.errors_type))
        yield _method(api, method, method.name, answer.verb, ts.type_ref(API_PROMISE, *args), answer.accept, security)
    if answer.stream is not None:
        name = method.stream_name or method.name
        yield _method(api, method, name, answer.stream.verb, _stream_type(answer.stream), None, security)
    if method.iterate_name is not None:
        paged = iterate(api, method, types, options_parameter(method))
        if paged is not None:
            yield paged


def lost_in_client(methods: Iterable[Method], file: ts.File) -> Iterator[Diagnostic]:
    """What operations of a tag have that its client does not: iterators over pages, and headers of the parts of a form."""
    members = {one.name for found in file.statements if isinstance(found, ts.Class) for one in found.members}
    for method in methods:
        operation = method.operation
        if method.iterate_name is not None and method.iterate_name not in members:
            yield _note(
                "paging-not-carried-over", operation,
                "gets no iterator in TypeScript: its pages do not say what an item is, or where the next page is",
            )  # fmt: skip
        if any(encoding.headers for content in (method.body.contents if method.body else ()) for encoding in content.encodings):
            yield _note("part-headers-not-carried", operation, "takes no headers for the parts of its form in TypeScript")


def _note(code: str, operation: IROperationObject, what: str) -> Diagnostic:
    message = f"{operation.operation_id!r} {what}"
    return Diagnostic(code=code, severity=Severity.INFO, message=message, pointer=operation.pointer)


def _stream_type(stream: Stream) -> ts.Type:
    return ts.type_ref(stream.symbol, stream.type)


def options_parameter(method: Method) -> ts.Parameter:
    """``options``, with the choice of a media type where there is one."""
    type: ts.Type = ts.type_ref(REQUEST_OPTIONS)
    if method.body is not None and len(method.body.contents) > 1:
        media_types = ts.union_of(*(ts.literal(content.media_type) for content in method.body.contents))
        type = ts.intersection_of(type, ts.object_type(ts.prop("contentType", media_types, optional=True)))
    return ts.param(OPTIONS, type, optional=True)


def _method(
    api: IRContext, method: Method, name: str, verb: Verb, returns: ts.Type, accept: str | None, security: Security
) -> ts.Method:
    operation = method.operation
    call = ts.call(
        ts.member(ts.THIS, "#http", verb.value),
        ts.string(operation.method.upper()),
        path_expression(method, api),
        ts.obj(*_call_members(api, method, accept, security)),
    )
    return ts.method(
        name,
        [*method.signature, options_parameter(method)],
        returns,
        ts.return_(call),
        doc=operation_doc(operation, method.response.errors),
    )


def path_expression(method: Method, api: IRContext) -> ts.Expression:
    """The path: a string, or a template that encodes its parameters."""
    path = method.operation.path
    if not method.path:
        return ts.string(path)
    parts: list[str | ts.Expression] = []
    rest = path
    arguments = {parameter.name: (parameter, name) for parameter, name in method.path}
    while rest:
        before, brace, after = rest.partition("{")
        inner, closing, tail = after.partition("}")
        found = arguments.get(inner) if brace and closing else None
        if found is None:
            parts.append(before + brace)
            rest = after
            continue
        parameter, name = found
        value: ts.Expression = ts.name(name)
        style = path_style(parameter, is_scalar(api.schemas, parameter.type))
        if style is not None:
            value = ts.call(ts.ref(STYLED), ts.string(style), ts.string(parameter.name), value)
        parts.append(before)
        parts.append(value)
        rest = tail
    return ts.template(*_merged(parts), tag=ts.ref(PATH))


def _merged(parts: Iterable[str | ts.Expression]) -> list[str | ts.Expression]:
    """``parts`` without empty strings, strings that follow each other made one."""
    found: list[str | ts.Expression] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return found


# ---------------------------------------------------------------------------------------------------------------- calls


def _call_members(
    api: IRContext, method: Method, accept: str | None, security: Security
) -> Iterator[ts.ObjectMember | tuple[str, ts.Expression]]:
    """What the runtime is told about a call, in the order of its documentation."""
    for location, key in ((Location.QUERY, "query"), (Location.HEADER, "headers"), (Location.COOKIE, "cookies")):
        entries = [_entry(api, one) for one in method.properties if one.parameter.location is location]
        if entries:
            yield key, ts.array(*entries)
    yield from _body_members(api, method)
    if accept is not None:
        yield "accept", ts.string(accept)
    operation = method.operation
    if operation.security != security:
        yield "security", security_expression(operation.security)
    if operation.servers:
        yield "baseUrl", ts.string(server_url(operation.servers[0]))
    yield OPTIONS, ts.name(OPTIONS)


def _entry(api: IRContext, one: ParamProperty) -> ts.Expression:
    """``["status", params.status, "csv"]``."""
    parts: list[ts.Expression] = [ts.string(one.parameter.name), ts.member(ts.name(PARAMS), one.name)]
    style = styled_word(one.parameter, is_scalar(api.schemas, one.parameter.type))
    if style is not None:
        parts.append(ts.string(style))
    return ts.array(*parts)


def security_expression(security: Security) -> ts.Expression:
    """``[["bearerAuth"], []]``."""
    return ts.array(*(ts.array(*(ts.string(one.scheme) for one in alternative)) for alternative in security))


def server_url(server: IRServerObject) -> str:
    """The URL of a server, each variable at its default."""
    url = server.url
    for variable in server.variables:
        url = url.replace(f"{{{variable.name}}}", variable.default)
    return url


# --------------------------------------------------------------------------------------------------------------- bodies


def _body_members(api: IRContext, method: Method) -> Iterator[tuple[str, ts.Expression]]:
    body = method.body
    if body is None:
        return
    data = ts.name(DATA)
    first = body.contents[0]
    if len(body.contents) > 1:
        yield "body", data
        chosen = ts.member(ts.name(OPTIONS), "contentType", optional=True)
        yield "type", ts.binary(chosen, "??", ts.string(first.media_type))
    elif first.kind is BodyKind.JSON and _plain(first.media_type) == "application/json":
        yield "body", data
    elif first.kind is BodyKind.FORM and _is_object(api, first.type):
        yield "form", data
    elif first.kind is BodyKind.MULTIPART and _is_object(api, first.type) and _plain(first.media_type) == "multipart/form-data":
        yield "multipart", data
    else:
        yield "body", data
        yield "type", ts.string(first.media_type)
    encoding = {one.property_name: _encoding(content, one) for content in body.contents for one in content.encodings}
    pairs = [(name, value) for name, value in encoding.items() if value is not None]
    if pairs:
        yield "encoding", ts.obj(*pairs)


def _plain(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _is_object(api: IRContext, type: IRType) -> bool:
    match type:
        case ReferenceType(name=name):
            return isinstance(api.schemas.get(name), IRObjectSchema)
        case _:
            return isinstance(type, MapType)


def _encoding(content: IRMediaTypeObject, encoding: IREncodingObject) -> ts.Expression | None:
    """How a property of a form travels, where that is not the default."""
    if content.kind is BodyKind.FORM:
        if encoding.style is None and encoding.explode is None and not encoding.allow_reserved:
            return None
        return ts.string(form_word(encoding))
    single = encoding.content_type
    if single is None or "," in single or "*" in single:
        return None
    return ts.string(single)


def most_common_security(api: IRContext) -> Security:
    """What most operations need: that is said once, the others say what differs."""
    counts: dict[Security, int] = {}
    for operation in api.operations:
        counts[operation.security] = counts.get(operation.security, 0) + 1
    return max(counts, key=lambda security: counts[security]) if counts else ()


def methods_by_tag(api: IRContext, methods: Mapping[str, Method]) -> Mapping[str, list[Method]]:
    """The methods of each tag, in document order."""
    return {
        tag: [methods[operation.operation_id] for operation in operations]
        for tag, operations in api.operations_by_tag.items()
    }
