"""google.api.http: how an rpc is an HTTP request, where its rules have a way to say it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.operations import IROperationObject, Location

from .nodes import Field, Option, http

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SEGMENT = re.compile(r"[A-Za-z0-9\-._~!$&'()+,;=@%]*")
_SLASH = re.compile(r"/(?![^{}]*\})")
"""Between segments; not in the name of a parameter, which may hold any character but braces."""
_LAST = re.compile(r"(\{[^{}]*\}|[^:{}]*)(?::(.*))?")


class Bindings:
    """The HTTP side of all rpcs; no two of them are one request."""

    def __init__(self) -> None:
        self._taken: set[tuple[str, str]] = set()

    def of(
        self, operation: IROperationObject, fields: Mapping[str, Field], response_body: str
    ) -> tuple[Option | None, Diagnostic | None]:
        """The option of an operation, or why there is none. ``fields``: those of its request, by key."""
        path = template(operation, fields)
        if path is None:
            return None, _not_carried_over(operation, "google.api.http has no template for its path")
        shape = (operation.method, _PLACEHOLDER.sub("{}", path))
        if shape in self._taken:
            return None, _not_carried_over(operation, "another rpc is the same HTTP request")
        self._taken.add(shape)
        problem = None
        body = fields["body"].name if "body" in fields else ""
        if body and operation.method in ("get", "head"):
            # Gateways refuse it, since HTTP gives such a body no meaning (RFC 9110 §9.3.1).
            problem = _not_carried_over(operation, f"a body of {operation.method.upper()} cannot be bound")
            body = ""
        return http(operation.method, path, body=body, response_body=response_body), problem


def template(operation: IROperationObject, fields: Mapping[str, Field]) -> str | None:
    """The path as google/api/http.proto spells one, its variables called as their fields; ``None`` where it cannot.

    There a variable is a whole segment, and only the last one may have a ``:verb`` behind it.
    """
    path = operation.path
    if not path.startswith("/"):
        return None
    *segments, last = _SLASH.split(path)
    parted = _LAST.fullmatch(last)
    if parted is None:
        return None
    last, colon, verb = parted[1], ":" if parted[2] is not None else "", parted[2] or ""
    if colon and (not verb or not _SEGMENT.fullmatch(verb) or not last):
        return None
    found: list[str] = []
    for segment in (*segments, last):
        variable = _PLACEHOLDER.fullmatch(segment)
        if variable is not None:
            field = fields.get(f"{Location.PATH} {variable[1]}")
            if field is None:
                return None
            found.append("{" + field.name + "}")
        elif _SEGMENT.fullmatch(segment):
            found.append(segment)
        else:
            return None
    return "/".join(found) + colon + verb


def _not_carried_over(operation: IROperationObject, reason: str) -> Diagnostic:
    return Diagnostic(
        code="http-binding-not-carried-over",
        severity=Severity.INFO,
        message=f"{operation.method.upper()} {operation.path}: {reason}",
        pointer=operation.pointer,
    )
