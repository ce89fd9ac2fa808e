"""One call from first try to last: retries, redirects and token refresh.

A generator without I/O: it yields what is to be done, and `AsyncHTTP` and `SyncHTTP`
do it, each in their way. So both make the same decisions.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from dataclasses import dataclass
from time import monotonic
from typing import TypeAlias

import httpx

from .bodies import Payload
from .calls import Call, Settings, absolute, build_request, same_origin
from .errors import (
    APITimeoutError,
    ClientError,
    NetworkError,
    RequestValidationError,
    ResponseValidationError,
)
from .logger import logger, redact_headers, redact_query
from .responses import read_error
from .streaming import BrokenItemError

MAX_REDIRECTS = 10
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Send:
    """Send the request. Read the response whole, unless it is a success to be streamed."""

    request: httpx.Request
    stream: bool
    trusted: bool
    """Whether the httpx client may add credentials of its own."""


@dataclass(frozen=True, slots=True)
class Wait:
    seconds: float


@dataclass(frozen=True, slots=True)
class Refresh:
    """Get a new token in place of the one used."""

    used: str | None


Step: TypeAlias = Send | Wait | Refresh
Answer: TypeAlias = httpx.Response | bool | None
"""Of `Send`, the response; of `Refresh`, whether there is a new token."""
Steps: TypeAlias = Generator[Step, Answer, httpx.Response]


def exchange(
    client: httpx.Client | httpx.AsyncClient,
    settings: Settings,
    call: Call,
    *,
    stream: bool,
    can_refresh: bool,
) -> Steps:
    """The steps to a successful response.

    Raises:
        APIError: for a response that is no success.
        NetworkError: without a response, after the last try.
    """
    method, payload = call.method, call.payload
    home = httpx.URL(settings.base_url)
    url = absolute(settings, call.url)
    attempt, redirects, refreshed = 1, 0, False
    while True:
        request, signature = build_request(client, settings, call, method, url, payload)
        _log_request(settings, call, request, attempt)
        started = monotonic()
        try:
            response = yield Send(request, stream, same_origin(url, home))
        except (httpx.RequestError, httpx.InvalidURL) as error:
            # httpx looks at where a redirect leads even when told not to follow.
            problem = failure(call, error)
            logger.debug("%s: %s", call.operation, type(error).__name__)
            delay = None
            if isinstance(problem, NetworkError):
                delay = _delay(call, method, payload, attempt, None)
            if delay is None:
                raise problem from error
            attempt += 1
            yield Wait(delay)
            continue
        assert isinstance(response, httpx.Response)
        status = response.status_code
        seconds = monotonic() - started
        logger.debug("%s: %d after %.3f s", call.operation, status, seconds)
        if response.is_success or status in call.responses:
            return response

        if status in _REDIRECTS and redirects < MAX_REDIRECTS:
            target = _target(response, url)
            method_after = _method_after(status, method)
            kept = payload if method_after == method else None
            if target and (kept is None or _may_resend(kept, url, target)):
                url, method, payload = target, method_after, kept
                redirects += 1
                continue

        if status == 401 and can_refresh and not refreshed and _can_resend(payload):
            refreshed = True
            if call.security and (yield Refresh(signature.token)):
                continue

        if status in call.retry.statuses:
            delay = _delay(call, method, payload, attempt, response)
            if delay is not None:
                attempt += 1
                yield Wait(delay)
                continue
        raise read_error(call.operation, response, call.errors)


def failure(call: Call, error: httpx.RequestError | httpx.InvalidURL) -> ClientError:
    """What an httpx error is for our caller; without its text, which may hold a URL."""
    name = type(error).__name__
    if isinstance(error, httpx.TimeoutException):
        return APITimeoutError(f"{call.operation}: {name}")
    if isinstance(error, httpx.LocalProtocolError | httpx.UnsupportedProtocol):
        return RequestValidationError(f"{call.operation}: {name}")
    return NetworkError(f"{call.operation}: {name}")


def invalid(
    call: Call, response: httpx.Response, broken: BrokenItemError
) -> ResponseValidationError:
    """The error of an event or line that is not what was described."""
    return ResponseValidationError(
        call.operation,
        response.status_code,
        response.headers,
        broken.content,
        broken.details,
    )


def _delay(
    call: Call,
    method: str,
    payload: Payload | None,
    attempt: int,
    response: httpx.Response | None,
) -> float | None:
    """Seconds until the next try; None where there is none."""
    if not call.retry.allows(method, attempt) or not _can_resend(payload):
        return None
    asked = response.headers.get("Retry-After") if response is not None else None
    delay = call.retry.delay(attempt, asked)
    if delay is not None:
        logger.info("%s: again in %.2f s", call.operation, delay)
    return delay


def _can_resend(payload: Payload | None) -> bool:
    return payload is None or payload.can_be_sent()


def _may_resend(payload: Payload, url: httpx.URL, target: httpx.URL) -> bool:
    # What a body holds is not for another origin.
    return same_origin(url, target) and payload.can_be_sent()


def _target(response: httpx.Response, url: httpx.URL) -> httpx.URL | None:
    try:
        target = url.join(response.headers["Location"])
    except (KeyError, httpx.InvalidURL):
        return None
    return target if target.scheme in ("http", "https") and target.host else None


def _method_after(status: int, method: str) -> str:
    """As browsers do it (WHATWG Fetch, section 4.4, HTTP-redirect fetch)."""
    to_get = method != "HEAD" if status == 303 else method == "POST"
    if to_get and status in (301, 302, 303):
        return "GET"
    return method


def _log_request(
    settings: Settings, call: Call, request: httpx.Request, attempt: int
) -> None:
    if not logger.isEnabledFor(logging.DEBUG):
        return
    secret = settings.credentials.secret_names()
    logger.debug(
        "%s: try %d, origin %s, query %s, headers %s",
        call.operation,
        attempt,
        f"{request.url.scheme}://{request.url.netloc.decode()}",
        redact_query(request.url.query.decode(), secret),
        redact_headers(request.headers.multi_items(), secret),
    )
