"""Where the API is: a constant for each server, or, where its URL has variables, a struct that fills them in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from specloom.builders.naming import words
from specloom.ir.context import IRContext
from specloom.ir.operations import IRServerObject, IRServerVariable

from . import nodes as go
from .names import Names, field_names
from .spelling import exported

_OR = go.ref("cmp", "Or")
_SERVER = go.name("s")
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_LONGEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Server:
    """A server as it is declared, and the expression for its URL."""

    name: str
    url: go.Expression
    is_absolute: bool
    declarations: tuple[go.Declaration, ...]


def server_url(server: IRServerObject) -> str:
    """The URL of a server, each variable at its default."""
    known = {variable.name: variable.default for variable in server.variables}
    return _VARIABLE.sub(lambda found: known.get(found[1], found[0]), server.url)


def go_servers(api: IRContext, names: Names) -> Iterator[Server]:
    """The servers that a client can be made for: those that are not relative to where the document was."""
    found = [server for server in api.servers if server_url(server).startswith(("http://", "https://"))]
    for index, server in enumerate(found):
        base = _base_name(server) if len(found) > 1 else "Server"
        mentioned = frozenset(_VARIABLE.findall(server.url))
        variables = tuple(variable for variable in server.variables if variable.name in mentioned)
        if variables:
            yield _with_variables(server, names.scope.allocate(("server", index), base).name, variables)
        else:
            yield _constant(server, names.scope.allocate(("server", index), f"{base}URL").name)


def _base_name(server: IRServerObject) -> str:
    """``ProductionServer``, where the description is as short as a name."""
    said = words(server.description or "")
    if not 0 < len(said) <= _LONGEST_NAME:
        return "Server"
    kept = tuple(word for word in said if word not in ("server", "url", "api", "the"))
    return f"{exported(kept, 'Server')}Server" if kept else "Server"


def _constant(server: IRServerObject, name: str) -> Server:
    text = f"{name} is where the API is."
    said = len(words(server.description or "")) > _LONGEST_NAME
    declared = go.const(name, None, go.string(server.url), go.doc(text, _description(server) if said else ""))
    return Server(name, go.name(name), True, (declared,))


def _description(server: IRServerObject) -> str:
    text = (server.description or "").strip()
    return text if not text or text[-1] in ".!?:" else f"{text}."


def _with_variables(server: IRServerObject, name: str, variables: tuple[IRServerVariable, ...]) -> Server:
    fields, _ = field_names((variable.name for variable in variables), ("URL",))
    members = [go.field(fields[v.name], go.STRING, doc=_variable_comment(v)) for v in variables]
    text = f"{name} is where the API is. What is left out has its default."
    declared = go.type_declaration(name, go.struct(*members), go.doc(text, _description(server)))
    url = go.function(
        "URL", [], [go.STRING], [go.return_(go.chain("+", *_parts(server, variables, fields)))],
        go.doc("URL is the server's URL, to be given to [New]."), receiver=go.parameter("s", go.name(name)),
    )  # fmt: skip
    usual = go.call(go.selector(go.composite(go.name(name)), "URL"))
    return Server(name, usual, True, (declared, url))


def _variable_comment(variable: IRServerVariable) -> go.Doc:
    parts = [(variable.description or "").strip()]
    if variable.enum:
        parts.append(f"One of {', '.join(variable.enum)}; left out, it is {variable.default}.")
    elif variable.default:
        parts.append(f"Left out, it is {variable.default}.")
    return go.doc(*(part for part in parts if part))


def _parts(
    server: IRServerObject, variables: tuple[IRServerVariable, ...], fields: dict[str, str]
) -> Iterator[go.Expression]:
    """The pieces of a URL: texts, and ``cmp.Or(s.Region, "eu")``."""
    known = {variable.name: variable for variable in variables}
    text = ""
    for index, piece in enumerate(_VARIABLE.split(server.url)):
        if index % 2 == 0:
            text += piece
        elif piece not in known:
            text += f"{{{piece}}}"
        else:
            if text:
                yield go.string(text)
                text = ""
            value = go.selector(_SERVER, fields[piece])
            yield go.call(_OR, value, go.string(known[piece].default)) if known[piece].default else value
    if text:
        yield go.string(text)
