"""``client.go``: the servers, the client with a field for each tag, and what makes one."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.ir.context import IRContext

from . import nodes as go
from .names import Names
from .security import Security
from .servers import Server, go_servers

_CLIENT = go.name("Client")
_BASE_URL = go.name("baseURL")
_DESCRIPTION = go.name("apiDescription")


def client_file(api: IRContext, package: str, names: Names, security: Security) -> go.File:
    """``client.go``."""
    servers = tuple(go_servers(api, names))
    usual = next((server for server in servers if server.is_absolute), None)
    declarations: list[go.Declaration] = []
    for server in servers:
        declarations += server.declarations
    declarations.append(_client(api, names))
    declarations.append(_new(api, names, security, usual))
    text = f"Package {package} is a client of {_title(api)}."
    return go.file("client.go", package, declarations, go.doc(text, *_described(api)))


def _title(api: IRContext) -> str:
    """The API as a sentence says it: ``the Shop API``, or its title alone."""
    title = " ".join(api.info.title.split()) or "API"
    return f"the {title}" if title.casefold().endswith("api") and not title.casefold().startswith("the ") else title


def _described(api: IRContext) -> Iterator[str]:
    for text in dict.fromkeys((api.info.summary or "", api.info.description or "")):
        if text.strip():
            yield text.strip()


def _client(api: IRContext, names: Names) -> go.Declaration:
    fields = [
        go.field(names.tags[tag].field, go.pointer(go.name(names.tags[tag].service))) for tag in api.operations_by_tag
    ]
    return go.type_declaration("Client", go.struct(*fields), go.doc(f"Client calls {_title(api)}."))


def _new(api: IRContext, names: Names, security: Security, usual: Server | None) -> go.Declaration:
    members = [*([] if usual is None else [go.pair("server", usual.url)]), *security.members()]
    description = go.composite(_DESCRIPTION, members, multiline=bool(members))
    call = go.call(go.name("newAPIClient"), _BASE_URL, description, go.name("opts"))
    services = [
        go.pair(tag.field, go.address_of(go.composite(go.name(tag.service), [go.pair("client", go.name("api"))])))
        for tag in (names.tags[tag] for tag in api.operations_by_tag)
    ]
    made = go.return_(go.address_of(go.composite(_CLIENT, services, multiline=bool(services))))
    text = "New makes a client of the API at baseURL."
    if usual is not None:
        text = f"New makes a client of the API at baseURL; if that is empty, at [{usual.name}]."
    return go.function(
        "New",
        [go.parameter("baseURL", go.STRING), go.parameter("opts", go.name("Option"), variadic=True)],
        [go.pointer(_CLIENT)],
        [go.define("api", call), made] if services else [made],
        go.doc(text),
    )
