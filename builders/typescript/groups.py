"""The file over several clients of one server: a class with a property for each, which share address, tokens and options."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from specloom.builders.naming import NameAllocator, camel, words

from . import nodes as ts
from .names import RESERVED_WORDS, identifier

_MEMBERS = (
    "setToken", "getToken", "getRefreshToken", "clearTokens", "isAuthenticated", "setApiKey", "setBasic", "setBaseUrl",
    "getBaseUrl", "setLocale", "getLocale", "getCsrfToken", "constructor", "prototype",
)  # fmt: skip
_ALL = "#all"
_EACH = "api"
_NULLABLE_STRING = ts.union_of(ts.STRING, ts.NULL_TYPE)
_MAYBE_STRING = ts.union_of(ts.STRING, ts.UNDEFINED_TYPE)


@dataclass(frozen=True, slots=True)
class ClientGroup:
    """One of the clients: its folder beside the file, the property that holds it, and what its exports are called together."""

    folder: str
    property: str
    namespace: str


def client_groups(folders: Iterable[str]) -> tuple[ClientGroup, ...]:
    """Clients by their folders, each with names of its own: ``adminApi`` for ``admin-api``."""
    properties = NameAllocator(_MEMBERS)
    namespaces = NameAllocator((*RESERVED_WORDS, "API", "APIOptions", "setAPIInstance"))
    found = []
    for folder in folders:
        name = identifier(camel(words(folder)), "group")
        property = properties.allocate(folder, name, f"{name}Api").name
        found.append(ClientGroup(folder, property, namespaces.allocate(folder, property, f"{property}Api").name))
    return tuple(found)


def groups_file(groups: Sequence[ClientGroup], title: str) -> ts.File:
    """``index.ts`` over the clients, at least one. ``title`` is what they are clients of."""
    first = groups[0]
    apis = [ts.symbol("API", f"{group.folder}/client") for group in groups]
    options = ts.type_ref(ts.symbol("APIOptions", f"{first.folder}/base-api"))
    members: list[ts.ClassMember] = [
        ts.field(group.property, ts.type_ref(api), readonly=True) for group, api in zip(groups, apis, strict=True)
    ]
    each = ts.union_of(*(ts.type_ref(api) for api in apis))
    members.append(ts.field(_ALL, ts.array_of(each, readonly=True), readonly=True))
    members.append(_constructor(groups, apis, options))
    members.extend(_shared(first))
    name = f"{title}." if title and title[-1] not in ".!?" else title
    about = "Every client of the server. They share its address, the tokens and all other options."
    return ts.file(
        "index.ts",
        ts.cls("API", *members, doc=ts.doc(name, about)),
        _set_instances(groups),
        *(ts.export_all(f"{group.folder}/index", alias=group.namespace) for group in groups),
        ts.export_from(f"{first.folder}/base-api", "APIOptions", type_only=True),
        ts.export_from(
            f"{first.folder}/storage", "CookieStorageAdapter", "LocalStorageAdapter", "MemoryStorageAdapter",
            ts.export_name("StorageAdapter", type_only=True),
        ),
    )


def _set_instances(groups: Sequence[ClientGroup]) -> ts.Function:
    return ts.function(
        "setAPIInstance",
        [ts.param("api", ts.type_name("API"))],
        ts.VOID,
        *(
            ts.statement(ts.call(
                ts.ref(ts.symbol("setAPIInstance", f"{group.folder}/api-instance")), ts.member(ts.name("api"), group.property)
            ))
            for group in groups
        ),
        doc=ts.doc("Sets the instances that fetchers and hooks of all clients use."),
    )


def _constructor(groups: Sequence[ClientGroup], apis: Sequence[ts.Symbol], options: ts.Type) -> ts.Method:
    storage = ts.symbol("defaultStorage", f"{groups[0].folder}/storage")
    kept = ts.binary(ts.member(ts.name("options"), "storage"), "??", ts.call(ts.ref(storage)))
    shared = ts.obj(ts.spread(ts.name("options")), ("storage", kept), ("refreshState", ts.obj()))
    made = [
        ts.statement(ts.assign(
            ts.member(ts.THIS, group.property), ts.new(ts.ref(api), ts.name("baseUrl"), ts.name("shared"))
        ))
        for group, api in zip(groups, apis, strict=True)
    ]
    every = ts.array(*(ts.member(ts.THIS, group.property) for group in groups))
    return ts.method(
        "constructor",
        [ts.param("baseUrl", ts.STRING), ts.param("options", options, default=ts.obj())],
        None,
        ts.const("shared", shared, type=options),
        *made,
        ts.statement(ts.assign(ts.member(ts.THIS, _ALL), every)),
    )


def _shared(first: ClientGroup) -> list[ts.Method]:
    """What can be said to all clients at once, and asked of any of them."""
    keys = ts.type_name("Record", ts.STRING, ts.STRING)
    key = ts.union_of(ts.STRING, ts.type_name("Readonly", keys), ts.UNDEFINED_TYPE)
    basic = ts.union_of(ts.type_ref(ts.symbol("Basic", f"{first.folder}/security")), ts.UNDEFINED_TYPE)
    return [
        _tell(
            "setToken", ts.param("token", ts.STRING), ts.param("refreshToken", _NULLABLE_STRING, optional=True),
            doc="Keeps a token for all clients; without a refresh token the old one stays.",
        ),
        _ask(first, "getToken", _NULLABLE_STRING),
        _ask(first, "getRefreshToken", _NULLABLE_STRING),
        _tell("clearTokens"),
        _ask(
            first, "isAuthenticated", ts.BOOLEAN,
            doc="Whether there is a token. Whether it is still good only the server knows.",
        ),
        _tell("setApiKey", ts.param("key", key), doc="One key for all schemes, or one for each by its name."),
        _tell("setBasic", ts.param("credentials", basic)),
        _tell("setBaseUrl", ts.param("baseUrl", ts.STRING)),
        _ask(first, "getBaseUrl", ts.STRING),
        _tell("setLocale", ts.param("locale", _MAYBE_STRING), doc="The language of answers, as `de` or `pt-BR, pt;q=0.9`."),
        _ask(first, "getLocale", _MAYBE_STRING),
        _ask(first, "getCsrfToken", _NULLABLE_STRING, doc="The CSRF token of the page, or null."),
    ]


def _tell(name: str, *params: ts.Parameter, doc: str | None = None) -> ts.Method:
    arguments = [ts.name(param.binding) for param in params if isinstance(param.binding, str)]
    told = ts.statement(ts.call(ts.member(ts.name(_EACH), name), *arguments))
    return ts.method(name, params, ts.VOID, ts.for_of(_EACH, ts.member(ts.THIS, _ALL), told), doc=ts.doc(doc))


def _ask(first: ClientGroup, name: str, returns: ts.Type, *, doc: str | None = None) -> ts.Method:
    asked = ts.call(ts.member(ts.THIS, first.property, name))
    return ts.method(name, [], returns, ts.return_(asked), doc=ts.doc(doc))
