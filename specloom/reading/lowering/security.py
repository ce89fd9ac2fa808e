"""Security schemes and requirements, servers."""

from __future__ import annotations

from typing import Literal, cast, get_args

from specloom.ir.operations import (
    IRSecurityScheme,
    IRServerObject,
    OAuth2Flow,
    SecurityRequirement,
)
from specloom.reading.pointers import JSON

from . import nodes
from .raw import Raw, Site, mapping, sequence, text
from .workspace import Workspace

_Flow = Literal["implicit", "password", "clientCredentials", "authorizationCode"]
_KeyPlace = Literal["header", "query", "cookie"]


def security_schemes(workspace: Workspace, components: Raw, site: Site) -> tuple[IRSecurityScheme, ...]:
    """The schemes of ``components.securitySchemes``, in document order."""
    found: list[IRSecurityScheme] = []
    for name, value in components.items():
        raw, place = workspace.follow(value, site.at(name))
        scheme = _scheme(name, raw)
        if scheme is None:
            workspace.warn("unknown-security-scheme", f"the security scheme {name!r} is of no known kind", place)
        else:
            found.append(scheme)
    return tuple(found)


def _scheme(name: str, raw: Raw) -> IRSecurityScheme | None:
    description = text(raw.get("description"))
    match raw.get("type"):
        case "apiKey":
            place, parameter = raw.get("in"), raw.get("name")
            if place not in get_args(_KeyPlace) or not isinstance(parameter, str) or not parameter:
                return None
            location = cast("_KeyPlace", place)
            return nodes.api_key_scheme(name=name, description=description, location=location, parameter=parameter)
        case "http":
            scheme, bearer = raw.get("scheme"), raw.get("bearerFormat")
            if not isinstance(scheme, str) or not scheme:
                return None
            return nodes.http_scheme(
                name=name,
                description=description,
                scheme=scheme.lower(),
                bearer_format=bearer if isinstance(bearer, str) else None,
            )
        case "oauth2":
            flows = mapping(raw.get("flows"))
            made = tuple(_flow(cast("_Flow", flow), mapping(flows[flow])) for flow in get_args(_Flow) if flow in flows)
            return nodes.oauth2_scheme(name=name, description=description, flows=made)
        case "openIdConnect":
            return nodes.openid_connect_scheme(name=name, description=description, url=text(raw.get("openIdConnectUrl")) or "")
        case "mutualTLS":
            return nodes.mutual_tls_scheme(name=name, description=description)
        case _:
            return None


def _flow(flow: _Flow, raw: Raw) -> OAuth2Flow:
    scopes = mapping(raw.get("scopes"))
    return nodes.oauth2_flow(
        flow=flow,
        authorization_url=text(raw.get("authorizationUrl")),
        token_url=text(raw.get("tokenUrl")),
        refresh_url=text(raw.get("refreshUrl")),
        scopes=tuple((scope, words if isinstance(words, str) else "") for scope, words in scopes.items()),
    )


def requirements(
    workspace: Workspace, value: JSON, known: frozenset[str], site: Site
) -> tuple[tuple[SecurityRequirement, ...], ...]:
    """The alternatives of a ``security`` list, less those that name a scheme nobody declared."""
    found: list[tuple[SecurityRequirement, ...]] = []
    for index, each in enumerate(sequence(value)):
        raw = mapping(each)
        unknown = [name for name in raw if name not in known]
        if unknown:
            workspace.warn("unknown-security-scheme", f"there is no security scheme {unknown[0]!r}", site.at(index))
            continue
        one = tuple(
            nodes.security_requirement(scheme=name, scopes=tuple(s for s in sequence(scopes) if isinstance(s, str)))
            for name, scopes in raw.items()
        )
        if one not in found:
            found.append(one)
    return tuple(found)


def servers(value: JSON) -> tuple[IRServerObject, ...]:
    """The servers of a document, a path or an operation."""
    found = []
    for each in sequence(value):
        raw = mapping(each)
        url = raw.get("url")
        if isinstance(url, str):
            variables = tuple(
                nodes.server_variable(
                    name=name,
                    default=str(mapping(variable).get("default", "")),
                    enum=tuple(str(v) for v in sequence(mapping(variable).get("enum"))),
                    description=text(mapping(variable).get("description")),
                )
                for name, variable in mapping(raw.get("variables")).items()
            )
            found.append(nodes.server_object(url=url, description=text(raw.get("description")), variables=variables))
    return tuple(found)
