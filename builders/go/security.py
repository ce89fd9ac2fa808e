"""Who may call: the document's security schemes, and where an operation differs from the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from specloom.builders.security import Alternatives, alternatives, usual
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.operations import (
    APIKeyScheme,
    HTTPScheme,
    IROperationObject,
    IRSecurityScheme,
    MutualTLSScheme,
    OAuth2Scheme,
    OpenIDConnectScheme,
)

from . import nodes as go

_SCHEMES = go.map_of(go.STRING, go.name("securityScheme"))
_NAMES = go.slice_of(go.STRING)
_ALTERNATIVES = go.slice_of(_NAMES)


@dataclass(frozen=True, slots=True)
class Security:
    """``schemes`` that a request can carry; ``usual``: what most operations ask for."""

    schemes: tuple[tuple[str, go.Elements], ...]
    usual: Alternatives
    diagnostics: tuple[Diagnostic, ...]

    def of(self, operation: IROperationObject) -> Alternatives | None:
        """The alternatives of an operation that differs from the usual."""
        if not self.schemes:
            return None
        own = _asked(operation, frozenset(name for name, _ in self.schemes))
        return None if own == self.usual else own

    def members(self) -> tuple[go.Pair, ...]:
        """What ``apiDescription`` is told: the schemes by name, and the usual alternatives."""
        if not self.schemes:
            return ()
        schemes = go.composite(_SCHEMES, [go.pair(go.string(name), node) for name, node in self.schemes], multiline=True)
        usual = go.composite(_ALTERNATIVES, [go.elements(map(go.string, names)) for names in self.usual])
        return (go.pair("schemes", schemes), *([go.pair("security", usual)] if self.usual else []))


def names_list(names: tuple[str, ...]) -> go.Expression:
    """``[]string{"bearerAuth"}``: one alternative."""
    return go.composite(_NAMES, map(go.string, names))


def go_security(api: IRContext) -> Security:
    """The schemes of an API, and its usual security."""
    schemes: list[tuple[str, go.Elements]] = []
    diagnostics: list[Diagnostic] = []
    for scheme in api.security_schemes:
        node = _scheme(scheme)
        if node is None:
            diagnostics.append(
                Diagnostic(
                    code="security-not-carried-over",
                    severity=Severity.WARNING,
                    message=f"the security scheme {scheme.name!r} is nothing that the Go client can send by itself",
                    hint="set it up on the http.Client that you pass by WithHTTPClient",
                )
            )
        else:
            schemes.append((scheme.name, node))
    known = frozenset(name for name, _ in schemes)
    return Security(tuple(schemes), usual(api.operations, lambda each: _asked(each, known)), tuple(diagnostics))


def _asked(operation: IROperationObject, known: frozenset[str]) -> Alternatives:
    found = alternatives(operation, known)
    # Nothing to choose but nothing is no security at all.
    return found if any(found) else ()


def _scheme(scheme: IRSecurityScheme) -> go.Elements | None:
    match scheme:
        case APIKeyScheme(location=location, parameter=parameter):
            return _said(kind="apiKey", **{"in": location, "name": parameter})
        case HTTPScheme(scheme="basic"):
            return _said(kind="basic")
        case HTTPScheme(scheme="bearer") | OAuth2Scheme() | OpenIDConnectScheme():
            return _said(kind="bearer")
        case HTTPScheme(scheme=name):
            return _said(kind="http", name=name.capitalize())
        case MutualTLSScheme():
            return None
        case _:
            assert_never(scheme)


def _said(**members: str) -> go.Elements:
    return go.elements(go.pair(key, go.string(value)) for key, value in members.items())
