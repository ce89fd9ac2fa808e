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

from .nodes import Expression, Symbol, call, dict_, list_, ref, string

_BEARER = ref(Symbol(".auth", "Bearer"))
_BASIC = ref(Symbol(".auth", "Basic"))
_API_KEY = ref(Symbol(".auth", "APIKey"))


@dataclass(frozen=True, slots=True)
class Security:
    """``schemes`` that a request can carry; ``usual``: what most operations ask for."""

    schemes: tuple[tuple[str, Expression], ...]
    usual: Alternatives
    diagnostics: tuple[Diagnostic, ...]

    def of(self, operation: IROperationObject) -> Alternatives | None:
        """The alternatives of an operation that differs from the usual."""
        if not self.schemes:
            return None
        own = self._known(operation)
        return None if own == self.usual else own

    def _known(self, operation: IROperationObject) -> Alternatives:
        return alternatives(operation, frozenset(name for name, _ in self.schemes))

    def schemes_node(self) -> Expression:
        """The dict of schemes by name."""
        return dict_((string(name), node) for name, node in self.schemes)

    def usual_node(self) -> Expression:
        """The usual alternatives."""
        return list_(*(list_(*(string(name) for name in names)) for names in self.usual))


def python_security(api: IRContext) -> Security:
    """The schemes of an API, and its usual security."""
    schemes: list[tuple[str, Expression]] = []
    diagnostics: list[Diagnostic] = []
    for scheme in api.security_schemes:
        node = _scheme(scheme)
        if node is None:
            diagnostics.append(
                Diagnostic(
                    code="security-not-carried-over",
                    severity=Severity.WARNING,
                    message=f"the security scheme {scheme.name!r} is nothing that the Python client can send by itself",
                    hint="set it up on the httpx client that you pass as http_client",
                )
            )
        else:
            schemes.append((scheme.name, node))
    known = frozenset(name for name, _ in schemes)
    return Security(tuple(schemes), usual(api.operations, lambda each: alternatives(each, known)), tuple(diagnostics))


def _scheme(scheme: IRSecurityScheme) -> Expression | None:
    match scheme:
        case APIKeyScheme(location=location, parameter=parameter):
            return call(_API_KEY, string(location), string(parameter))
        case HTTPScheme(scheme="basic"):
            return call(_BASIC)
        case HTTPScheme(scheme="bearer") | OAuth2Scheme() | OpenIDConnectScheme():
            return call(_BEARER)
        case HTTPScheme() | MutualTLSScheme():
            return None
        case _:
            assert_never(scheme)
