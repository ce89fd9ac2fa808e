"""The files at the top: the ``API`` class, its shared instance, and what is exported from where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from specloom.ir.context import IRContext
from specloom.ir.operations import (
    APIKeyScheme,
    HTTPScheme,
    IRSecurityScheme,
    IRServerObject,
    MutualTLSScheme,
    OAuth2Scheme,
    OpenIDConnectScheme,
)

from . import nodes as ts
from .client import Security, security_expression
from .names import COMMON, ENUMS, Names, TagNames

API = ts.symbol("API", "client")
_BASE = "base-api"
_SCHEMES = "SECURITY_SCHEMES"
_CURRENT = ts.member(ts.name("current"), "api")
_PREFIX = re.compile(r"""prefix ["'](\w+)["']""")
"""How drf-spectacular says that a word stands before the key."""

_RUNTIME_EXPORTS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "errors",
        (
            "APIError", "NetworkError", "ResponseParseError", "ResponseValidationError", "TimeoutError", "isAPIError",
            "onValidationError",
        ),
        ("ValidationIssue",),
    ),
    (
        "http",
        (),
        ("APIPromise", "APIResponse", "EventStream", "JSONLines", "Paged", "RequestOptions", "Result", "ServerSentEvent"),
    ),
    ("base-api", (), ("APIOptions",)),
    ("adapters", ("FetchAdapter", "KeepAliveFetchAdapter"), ("HttpAdapter",)),
    ("logger", ("APILogger",), ("LogLevel", "LoggerOptions")),
    ("retry", ("DEFAULT_RETRY_CONFIG",), ("RetryConfig",)),
    ("storage", ("CookieStorageAdapter", "LocalStorageAdapter", "MemoryStorageAdapter"), ("StorageAdapter",)),
)  # fmt: skip
"""What users get of the runtime: module, values, types."""


def api_file(api: IRContext, tags: Mapping[str, TagNames], security: Security) -> ts.File:
    """``client.ts``: one class, with a property for each tag."""
    statements: list[ts.Statement] = []
    fields = [_client_field(api, tag, names) for tag, names in tags.items()]
    super_args: list[ts.Expression] = [ts.name("baseUrl"), ts.name("options")]
    if api.security_schemes:
        statements.append(ts.const(_SCHEMES, _schemes(api.security_schemes)))
        described: list[tuple[str, ts.Expression]] = [("schemes", ts.name(_SCHEMES))]
        if security:
            described.append(("security", security_expression(security)))
        super_args.append(ts.obj(*described))
    constructor = ts.method(
        "constructor",
        [
            ts.param("baseUrl", ts.STRING, default=_base_url(api.servers)),
            ts.param("options", ts.type_ref(ts.symbol("APIOptions", _BASE)), default=ts.obj()),
        ],
        None,
        ts.statement(ts.call(ts.name("super"), *super_args)),
    )
    title = api.info.title.strip()
    description = api.info.summary or api.info.description
    doc = ts.doc(f"{title}." if title and title[-1] not in ".!?" else title, description)
    statements.append(ts.cls("API", *fields, constructor, extends=ts.ref(ts.symbol("BaseAPI", _BASE)), doc=doc))
    return ts.file("client.ts", *statements)


def _client_field(api: IRContext, tag: str, names: TagNames) -> ts.Field:
    client = names.client
    value = ts.new(ts.ref(client), ts.member(ts.THIS, "http"))
    return ts.field(names.property, ts.type_ref(client), value, readonly=True)


def _base_url(servers: tuple[IRServerObject, ...]) -> ts.Expression | None:
    """The first server's URL; none where the document has none."""
    if not servers or not servers[0].url:
        return None
    server = servers[0]
    if not server.variables:
        return ts.string(server.url)
    variables = ts.obj(*((variable.name, ts.string(variable.default)) for variable in server.variables))
    return ts.call(ts.ref(ts.symbol("serverUrl", _BASE)), ts.string(server.url), variables)


def _schemes(schemes: Iterable[IRSecurityScheme]) -> ts.Expression:
    described = ts.obj(*((scheme.name, _scheme(scheme)) for scheme in schemes), broken=True)
    return ts.satisfies(described, ts.type_ref(ts.symbol("SecuritySchemes", _BASE)))


def _scheme(scheme: IRSecurityScheme) -> ts.Expression:
    match scheme:
        case APIKeyScheme(location=location, parameter=parameter, description=description):
            members = [("type", ts.string("apiKey")), ("in", ts.string(location)), ("name", ts.string(parameter))]
            prefix = _PREFIX.search(description or "")
            if prefix and parameter.lower() == "authorization":
                members.append(("prefix", ts.string(prefix[1])))
            return ts.obj(*members)
        case HTTPScheme(scheme=word):
            return ts.obj(("type", ts.string("http")), ("scheme", ts.string(word)))
        case OAuth2Scheme() | OpenIDConnectScheme() | MutualTLSScheme():
            return ts.obj(("type", ts.string(scheme.kind)))


def instance_file(*, has_base_url: bool) -> ts.File:
    """``api-instance.ts``: the instance that fetchers and hooks use where they are given none."""
    if has_base_url:
        make: ts.Statement = ts.statement(ts.assign(_CURRENT, ts.new(ts.ref(API))))
        text = "The shared instance; made with its defaults where none was set."
    else:
        hint = ts.string("No API instance: call setAPIInstance(new API(baseUrl)) first")
        make = ts.throw(ts.new(ts.name("Error"), hint))
        text = "The shared instance. It has to be set before."
    return ts.file(
        "api-instance.ts",
        ts.const("current", ts.obj(), type=ts.object_type(ts.prop("api", ts.type_ref(API), optional=True))),
        ts.function(
            "getAPIInstance",
            [],
            ts.type_ref(API),
            ts.if_(ts.binary(_CURRENT, "===", ts.UNDEFINED), make),
            ts.return_(_CURRENT),
            doc=ts.doc(text),
        ),
        ts.function(
            "setAPIInstance",
            [ts.param("api", ts.type_ref(API))],
            ts.VOID,
            ts.statement(ts.assign(_CURRENT, ts.name("api"))),
            doc=ts.doc("Sets the instance that fetchers and hooks use."),
        ),
    )


def schema_file(names: Names) -> ts.File:
    """``schema.ts``: every type of the API from one module."""
    modules = sorted({symbol.module for symbol in names.types.values()})
    return ts.file(
        "schema.ts",
        *(ts.export_all(module, type_only=module != ENUMS) for module in modules),
        header=ts.doc("All types of the API."),
    )


def types_index_file(names: Names, schemas: Iterable[str]) -> ts.File:
    """``index.ts`` where there is no client: every type, and the modules of ``schemas``."""
    modules = sorted({symbol.module for symbol in names.types.values()})
    types = (ts.export_all(module, type_only=module != ENUMS) for module in modules)
    return ts.file("index.ts", *types, *(ts.export_all(module) for module in schemas))


def hooks_file(modules: Iterable[str]) -> ts.File:
    """``hooks.ts``: every hook from one module. ``index.ts`` leaves them out, so that only who uses them needs React."""
    return ts.file("hooks.ts", *(ts.export_all(module) for module in modules), header=ts.doc("All hooks of the API."))


def tag_index_file(tag: TagNames, *, has_models: bool, extra: Iterable[str] = ()) -> ts.File:
    """``<tag>/index.ts``. ``extra`` are further modules whose exports belong to the tag."""
    statements: list[ts.Statement] = [ts.export_all(tag.client.module)]
    if has_models:
        statements.append(ts.export_all(f"{tag.folder}/models", type_only=True))
    statements.extend(ts.export_all(module) for module in extra)
    return ts.file(f"{tag.folder}/index.ts", *statements)


def index_file(tags: Iterable[TagNames], names: Names, *, has_common: bool, has_enums: bool) -> ts.File:
    """``index.ts``: everything a user of the client needs. What the API calls like a part of the runtime is the API's."""
    statements: list[ts.Statement] = [
        ts.export_from(API.module, API.name),
        ts.export_from("api-instance", "getAPIInstance", "setAPIInstance"),
    ]
    if has_enums:
        statements.append(ts.export_all(ENUMS))
    if has_common:
        statements.append(ts.export_all(f"{COMMON}/models", type_only=True))
    statements.extend(ts.export_all(f"{tag.folder}/index") for tag in tags)
    for module, values, types in _RUNTIME_EXPORTS:
        shown = [ts.export_name(name) for name in values if name not in names.taken_by_api]
        types_only = not shown
        shown.extend(
            ts.export_name(name, type_only=not types_only) for name in types if name not in names.taken_by_api
        )
        if shown:
            statements.append(ts.export_from(module, *shown, type_only=types_only))
    return ts.file("index.ts", *statements)
