"""A call's arguments become an HTTP request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypedDict

import httpx

from .auth import CSRF, Credentials, Security, Signature
from .bodies import Encoding, Payload, check_headers, write_body
from .errors import RequestValidationError
from .params import (
    CookieParam,
    HeaderParam,
    PathParam,
    QueryParam,
    encode,
    write_cookies,
    write_headers,
    write_path,
    write_query,
)
from .responses import ByStatus, unwrap
from .retry import RetryPolicy

Timeout: TypeAlias = float | httpx.Timeout | None
"""Seconds for each of connecting, sending, receiving; None to wait for ever."""

ACCEPT_EVENTS = "text/event-stream"
ACCEPT_LINES = "application/jsonl, application/x-ndjson, */*;q=0.9"

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

# All that another origin gets to see.
_PUBLIC_HEADERS = frozenset(
    {
        "accept",
        "accept-encoding",
        "accept-language",
        "connection",
        "content-length",
        "host",
        "user-agent",
    }
)


class RequestOptions(TypedDict, total=False):
    """What a caller may set for one call."""

    headers: Mapping[str, str]
    """Sent too, instead of those of the same name."""
    query: Mapping[str, object]
    """Added to the query."""
    timeout: Timeout
    retry: RetryPolicy


class Arguments(TypedDict, total=False):
    """What generated code says about a call; see the table in the runtime's README."""

    path: Sequence[PathParam]
    query: Sequence[QueryParam]
    headers: Sequence[HeaderParam]
    cookies: Sequence[CookieParam]
    body: tuple[object, object]
    """The type of the body, and the body as an instance or as plain data."""
    content_type: str
    encoding: Encoding
    responses: ByStatus
    errors: ByStatus
    security: Security
    options: RequestOptions | None


@dataclass(slots=True)
class Settings:
    """What is the same for all calls of a client, until its user changes it."""

    base_url: str
    credentials: Credentials
    security: Security
    headers: Mapping[str, str]
    timeout: Timeout
    retry: RetryPolicy
    csrf: CSRF | None
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A call, checked and written, independent of who sends it how often."""

    method: str
    operation: str
    url: str
    """Path and query, or an absolute URL."""
    security: Security
    timeout: Timeout
    retry: RetryPolicy
    headers: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    cookies: list[str] = field(default_factory=list[str])
    payload: Payload | None = None
    responses: ByStatus = field(default_factory=dict[int | str, object])
    errors: ByStatus = field(default_factory=dict[int | str, object])


def write_call(
    settings: Settings, method: str, template: str, accept: str, arguments: Arguments
) -> Call:
    """Check and write a call. Raises RequestValidationError before anything is sent."""
    options = arguments.get("options") or {}
    form, data = arguments.get("body", (None, None))
    payload = write_body(
        form,
        data,
        arguments.get("content_type", "application/json"),
        arguments.get("encoding", {}),
    )
    headers = [("Accept", accept)]
    if payload is not None:
        headers.append(("Content-Type", payload.content_type))
    headers += write_headers(arguments.get("headers", ()))
    headers += options.get("headers", {}).items()
    check_headers(headers)
    # Later ones win over earlier ones of the same name.
    headers = list({name.lower(): (name, value) for name, value in headers}.values())
    timeout = options.get("timeout", settings.timeout)
    if accept == ACCEPT_EVENTS and "timeout" not in options:
        # Events may be hours apart.
        limits = httpx.Timeout(timeout).as_dict() | {"read": None}
        timeout = httpx.Timeout(**limits)
    url = write_path(template, arguments.get("path", ()))
    query = write_query(
        [*arguments.get("query", ()), *options.get("query", {}).items()]
    )
    return Call(
        method=method,
        operation=f"{method} {template}",
        url=with_query(url, query),
        security=arguments.get("security", settings.security),
        timeout=timeout,
        retry=options.get("retry", settings.retry),
        headers=headers,
        cookies=write_cookies(arguments.get("cookies", ())),
        payload=payload,
        responses=arguments.get("responses", {}),
        errors=arguments.get("errors", {}),
    )


def accept_for(expected: object) -> str:
    """The Accept header of a call that returns the type `expected`."""
    form = unwrap(expected)
    # JSON also for None: errors are JSON more often than not.
    return "*/*" if form is bytes or form is str else "application/json, */*;q=0.9"


def with_query(url: str, query: str) -> str:
    """The URL with more query."""
    if not query:
        return url
    return f"{url}{'&' if '?' in url else '?'}{query}"


def absolute(settings: Settings, url: str) -> httpx.URL:
    """The URL under the client's base URL; absolute ones stay."""
    try:
        if url.startswith(("http://", "https://")):
            return httpx.URL(url)
        return httpx.URL(f"{settings.base_url.rstrip('/')}/{url.removeprefix('/')}")
    except httpx.InvalidURL as error:
        raise RequestValidationError(f"not a URL: {error}") from None


def same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether scheme, host and port are the same (RFC 6454)."""
    return (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port)


def build_request(
    client: httpx.Client | httpx.AsyncClient,
    settings: Settings,
    call: Call,
    method: str,
    url: httpx.URL,
    payload: Payload | None,
) -> tuple[httpx.Request, Signature]:
    """The request, and the credentials it carries: none to another origin."""
    if not same_origin(url, httpx.URL(settings.base_url)):
        return _foreign_request(client, call, method, url), Signature()
    signature = settings.credentials.sign(call.security)
    if signature.query:
        pairs = "&".join(
            f"{encode(key)}={encode(item)}" for key, item in signature.query
        )
        url = httpx.URL(with_query(str(url), pairs))
    headers = httpx.Headers(_raw(settings.headers.items()))
    if settings.locale:
        headers["Accept-Language"] = settings.locale
    headers.update(_raw(signature.headers))
    # Last, so that a caller's own header wins.
    headers.update(_raw(call.headers))
    if payload is None:
        headers.pop("Content-Type", None)
    request = client.build_request(method, url, headers=headers, timeout=call.timeout)
    _add_cookies(request, call, signature)
    if settings.csrf and method not in SAFE_METHODS:
        _add_csrf(request, settings.csrf)
    return _with_payload(request, payload), signature


def _foreign_request(
    client: httpx.Client | httpx.AsyncClient, call: Call, method: str, url: httpx.URL
) -> httpx.Request:
    headers = _raw(call.headers[:1])
    request = client.build_request(method, url, headers=headers, timeout=call.timeout)
    for name in list(request.headers):
        if name not in _PUBLIC_HEADERS:
            del request.headers[name]
    return request


def _raw(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    # httpx takes text for ASCII only; headers travel as UTF-8.
    return [(name.encode(), value.strip(" \t").encode()) for name, value in headers]


def _add_cookies(request: httpx.Request, call: Call, signature: Signature) -> None:
    own = [*call.cookies, *(f"{name}={value}" for name, value in signature.cookies)]
    if own:
        names = {pair.partition("=")[0] for pair in own}
        kept = [
            pair
            for pair in request.headers.get("Cookie", "").split("; ")
            if pair and pair.partition("=")[0] not in names
        ]
        request.headers["Cookie"] = "; ".join([*kept, *own])


def _add_csrf(request: httpx.Request, csrf: CSRF) -> None:
    for pair in request.headers.get("Cookie", "").split("; "):
        name, _, value = pair.partition("=")
        if name == csrf.cookie and csrf.header not in request.headers:
            request.headers[csrf.header] = value
            if request.url.scheme == "https" and "Referer" not in request.headers:
                # Django checks it on https.
                request.headers["Referer"] = str(request.url.join("/"))


def _with_payload(request: httpx.Request, payload: Payload | None) -> httpx.Request:
    if payload is None:
        return request
    headers = request.headers
    length = payload.length()
    if length is None:
        headers.pop("Content-Length", None)
        headers["Transfer-Encoding"] = "chunked"
    else:
        headers["Content-Length"] = str(length)
    return httpx.Request(
        request.method,
        request.url,
        headers=headers,
        stream=payload,
        extensions=request.extensions,
    )
