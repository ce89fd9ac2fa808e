"""Log lines about calls, without secrets."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from urllib.parse import unquote_plus

# Named after the generated package, so that its users can set its level.
logger = logging.getLogger(__package__ or __name__)

REDACTED = "***"
_SECRET_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-csrftoken"}
)
_SECRET_NAME = re.compile(
    r"pass(word|wd|phrase)?|secret|token|api[-_]?key|auth|session|credential|signature"
    r"|private[-_]?key|^(key|sig|code|otp|pin|ssn|cvv|cvc)$",
    re.IGNORECASE,
)


def is_secret(name: str) -> bool:
    """Whether the header, parameter or field of this name should not be shown."""
    return name.lower() in _SECRET_HEADERS or _SECRET_NAME.search(name) is not None


def redact_headers(
    headers: Iterable[tuple[str, str]], secret: Iterable[str] = ()
) -> dict[str, str]:
    """Headers to show; `secret` names more to hide, in lower case."""
    hidden = frozenset(secret)
    return {
        name: REDACTED if name.lower() in hidden or is_secret(name) else value
        for name, value in headers
    }


def redact_query(query: str, secret: Iterable[str] = ()) -> str:
    """A raw query string to show; `secret` names more parameters to hide."""
    hidden = frozenset(secret)
    shown: list[str] = []
    for pair in query.split("&"):
        name, equals, _ = pair.partition("=")
        plain = unquote_plus(name)
        hide = bool(equals) and (plain in hidden or is_secret(plain))
        shown.append(f"{name}={REDACTED}" if hide else pair)
    return "&".join(shown)
