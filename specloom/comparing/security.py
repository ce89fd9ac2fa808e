"""Compares who may call: security requirements of operations, the schemes, and servers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from specloom.ir.operations import (
    APIKeyScheme,
    HTTPScheme,
    IRSecurityScheme,
    IRServerObject,
    MutualTLSScheme,
    OAuth2Scheme,
    OpenIDConnectScheme,
    SecurityRequirement,
)

from . import words
from .findings import At, Finding

Alternatives = tuple[tuple[SecurityRequirement, ...], ...]
_Needs = Mapping[str, frozenset[str]]


def security_changes(old: Alternatives, new: Alternatives, renamed: Mapping[str, str], at: At) -> Iterator[Finding]:
    """Whether credentials that were enough are enough still, and the other way round."""
    was, now = _needs(old, renamed), _needs(new, {})
    kept, known = _all_enough(was, now), _all_enough(now, was)
    if kept and known:
        return
    code = "security-loosened" if kept else "security-tightened" if known else "security-changed"
    yield Finding(code, at.below("security"), _said(old), _said(new))


def _needs(alternatives: Alternatives, renamed: Mapping[str, str]) -> list[_Needs]:
    """What each alternative needs; no security at all is one alternative that needs nothing."""
    found: list[_Needs] = [
        {renamed.get(one.scheme, one.scheme): frozenset(one.scopes) for one in each} for each in alternatives
    ]
    return found or [{}]


def _all_enough(given: Iterable[_Needs], asked: Sequence[_Needs]) -> bool:
    """Whether a client that has what any alternative of ``given`` needs has what some alternative of ``asked`` needs."""
    return all(any(_enough(have, need) for need in asked) for have in given)


def _enough(have: _Needs, need: _Needs) -> bool:
    return all(scheme in have and scopes <= have[scheme] for scheme, scopes in need.items())


def _said(alternatives: Alternatives) -> str:
    return words.listed(" and ".join(map(_requirement, each)) or "no credentials" for each in alternatives) or "no credentials"


def _requirement(requirement: SecurityRequirement) -> str:
    return f"{requirement.scheme} ({', '.join(requirement.scopes)})" if requirement.scopes else requirement.scheme


def renamed_schemes(old: Sequence[IRSecurityScheme], new: Sequence[IRSecurityScheme]) -> dict[str, str]:
    """Schemes that have another name and are the same: the only one gone and the only one come of their kind."""
    names = {scheme.name for scheme in old}, {scheme.name for scheme in new}
    gone = [(_essence(scheme), scheme.name) for scheme in old if scheme.name not in names[1]]
    come = [(_essence(scheme), scheme.name) for scheme in new if scheme.name not in names[0]]
    kinds = [[essence for essence, _ in each] for each in (gone, come)]
    partners = dict(come)
    return {name: partners[key] for key, name in gone if kinds[0].count(key) == kinds[1].count(key) == 1}


def scheme_changes(
    old: Sequence[IRSecurityScheme], new: Sequence[IRSecurityScheme], renamed: Mapping[str, str], at: At
) -> Iterator[Finding]:
    """The schemes of the document."""
    was, now = {scheme.name: scheme for scheme in old}, {scheme.name: scheme for scheme in new}
    for name, scheme in was.items():
        place = _scheme_place(at, renamed.get(name, name))
        if name in renamed:
            yield Finding("security-scheme-renamed", place, name, renamed[name])
        elif name not in now:
            yield Finding("security-scheme-removed", place, _scheme(scheme), None)
        elif _essence(scheme) != _essence(now[name]):
            yield Finding("security-scheme-changed", place, _scheme(scheme), _scheme(now[name]))
    for name, scheme in now.items():
        if name not in was and name not in renamed.values():
            yield Finding("security-scheme-added", _scheme_place(at, name), None, _scheme(scheme))


def _scheme_place(at: At, name: str) -> At:
    return at.into("security scheme", name, "components", "securitySchemes", name)


def _essence(scheme: IRSecurityScheme) -> str:
    """All that a client goes by, as one text."""
    unsaid = {"name": "", "description": None}
    match scheme:
        case HTTPScheme():
            plain: IRSecurityScheme = scheme.model_copy(update={**unsaid, "bearer_format": None})
        case OAuth2Scheme(flows=flows):
            bare = tuple(flow.model_copy(update={"scopes": ()}) for flow in flows)
            plain = scheme.model_copy(update={**unsaid, "flows": bare})
        case _:
            plain = scheme.model_copy(update=unsaid)
    return plain.model_dump_json()


def _scheme(scheme: IRSecurityScheme) -> str:
    match scheme:
        case APIKeyScheme(location=location, parameter=parameter):
            return f"key in {location} {parameter}"
        case HTTPScheme(scheme=name):
            return f"HTTP {name}"
        case OAuth2Scheme(flows=flows):
            urls = (", ".join(url for url in (flow.authorization_url, flow.token_url, flow.refresh_url) if url) for flow in flows)
            return "OAuth 2 " + ", ".join(f"{flow.flow} ({each})" for flow, each in zip(flows, urls, strict=True))
        case OpenIDConnectScheme(url=url):
            return f"OpenID Connect {url}"
        case MutualTLSScheme():
            return "client certificate"


def server_changes(old: Sequence[IRServerObject], new: Sequence[IRServerObject], at: At) -> Iterator[Finding]:
    """Where the API is."""
    was, now = {_url(server): server for server in old}, {_url(server): server for server in new}
    for url, server in was.items():
        if url not in now:
            yield Finding("server-removed", at.into("server", "", "servers", server.url), server.url, None)
    for url, server in now.items():
        place = at.into("server", "", "servers", server.url)
        if url in was:
            yield from _variables(was[url], server, place)
        else:
            yield Finding("server-added", place, None, server.url)


def _url(server: IRServerObject) -> str:
    return server.url.rstrip("/") or "/"


def _variables(old: IRServerObject, new: IRServerObject, at: At) -> Iterator[Finding]:
    known = {variable.name: variable for variable in old.variables}
    for variable in new.variables:
        before = known.get(variable.name)
        if before is None:
            continue
        place = at.into("variable", variable.name, "variables", variable.name)
        if before.default != variable.default:
            yield Finding("server-default-changed", place.below("default"), before.default, variable.default)
        if before.enum and variable.enum:
            gone = [value for value in before.enum if value not in variable.enum]
            come = [value for value in variable.enum if value not in before.enum]
            yield from (Finding("server-value-removed", place, value, None) for value in gone)
            yield from (Finding("server-value-added", place, None, value) for value in come)
        elif before.enum or variable.enum:
            code = "server-value-removed" if variable.enum else "server-value-added"
            yield Finding(code, place, words.listed(before.enum) or "any value", words.listed(variable.enum) or "any value")
