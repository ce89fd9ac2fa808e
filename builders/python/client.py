"""``client.py`` and the package itself: the two clients with an attribute for each tag, and what ``__init__`` hands on."""

from __future__ import annotations

from specloom.ir.context import IRContext
from specloom.ir.operations import IRServerObject

from .names import Names
from .nodes import (
    NONE,
    Module,
    Statement,
    Symbol,
    annotated,
    argument,
    assign,
    attribute,
    call,
    call_with,
    class_,
    dict_,
    docstring,
    dotted,
    expression,
    function,
    name,
    parameter,
    ref,
    spread,
    string,
    subscript,
)
from .security import Security
from .subclients import client_symbol
from .types import MAPPING, SEQUENCE, STR

_UNPACK = ref(Symbol("typing", "Unpack"))
_SCHEME = ref(Symbol(".auth", "SecurityScheme"))
_SUPER = ref(Symbol("builtins", "super"))
_BASES = (
    (ref(Symbol(".api", "AsyncAPI")), ref(Symbol(".api", "AsyncClientOptions"))),
    (ref(Symbol(".api", "SyncAPI")), ref(Symbol(".api", "SyncClientOptions"))),
)
CLIENT, SYNC_CLIENT = "APIClient", "SyncAPIClient"


def client_module(api: IRContext, names: Names, security: Security) -> Module:
    """``client.py``."""
    body: list[Statement] = []
    if security.schemes:
        body.append(annotated("SECURITY_SCHEMES", subscript(MAPPING, STR, _SCHEME), security.schemes_node()))
        body.append(annotated("SECURITY", subscript(SEQUENCE, subscript(SEQUENCE, STR)), security.usual_node()))
    body += [_client(api, names, security, sync=False), _client(api, names, security, sync=True)]
    return Module(("client",), tuple(body), f"Clients of the {api.info.title}.", future_annotations=True)


def _client(api: IRContext, names: Names, security: Security, *, sync: bool) -> Statement:
    base, options = _BASES[sync]
    url = base_url(api)
    schemes = (name("SECURITY_SCHEMES"), name("SECURITY")) if security.schemes else (dict_(()), NONE)
    rest = call_with(
        attribute(call(_SUPER), "__init__"),
        (argument(name("base_url")), *(argument(node) for node in schemes), spread("options")),
    )
    body: list[Statement] = [expression(rest)]
    for tag in api.operations_by_tag:
        tag_names = names.tags[tag]
        made = call(ref(client_symbol(tag_names, sync=sync)), dotted("self.http"))
        body.append(assign(dotted(f"self.{tag_names.attribute}"), made))
    init = function(
        "__init__",
        [parameter("self"), parameter("base_url", STR, None if url is None else string(url))],
        body,
        rest=parameter("options", subscript(_UNPACK, options), star="**"),
        returns=NONE,
    )
    text = api.info.description or api.info.summary or f"{api.info.title}."
    return class_(SYNC_CLIENT if sync else CLIENT, [base], [docstring(text, 1), init])


def base_url(api: IRContext) -> str | None:
    """The first server, its variables at their defaults; ``None`` where that is no absolute URL."""
    for server in api.servers:
        url = _filled(server)
        if url.startswith(("http://", "https://")):
            return url
    return None


def _filled(server: IRServerObject) -> str:
    url = server.url
    for variable in server.variables:
        url = url.replace("{" + variable.name + "}", variable.default)
    return url


def package_modules(api: IRContext) -> tuple[Module, ...]:
    """The ``__init__`` files: of the package, of its models and of its subclients."""
    exports = [Symbol(".client", CLIENT), Symbol(".client", SYNC_CLIENT), *_RUNTIME]
    return (
        Module(("__init__",), (), f"A client of the {api.info.title}.", exports=tuple(exports)),
        Module(("models", "__init__"), (), "Models, by tag."),
        Module(("subclients", "__init__"), (), "Operations, by tag."),
    )


_RUNTIME = tuple(
    Symbol(module, exported)
    for module, names_ in (
        (".calls", ("RequestOptions",)),
        (
            ".errors",
            (
                "APIError",
                "APITimeoutError",
                "ClientError",
                "NetworkError",
                "PagingError",
                "RequestValidationError",
                "ResponseValidationError",
            ),
        ),
        (".responses", ("Response",)),
        (".retry", ("NO_RETRY", "RetryPolicy")),
    )
    for exported in names_
)
