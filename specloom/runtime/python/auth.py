"""Security schemes, the credentials that satisfy them, and CSRF protection."""

from __future__ import annotations

import base64
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Bearer:
    """A token in the Authorization header (RFC 6750)."""

    prefix: str = "Bearer"


@dataclass(frozen=True, slots=True)
class Basic:
    """User name and password in the Authorization header (RFC 7617)."""


@dataclass(frozen=True, slots=True)
class APIKey:
    """A key in a header, the query or a cookie."""

    where: Literal["header", "query", "cookie"]
    name: str


SecurityScheme: TypeAlias = Bearer | Basic | APIKey

Security: TypeAlias = Sequence[Sequence[str]]
"""Alternatives; each names the schemes that are needed together."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a refresh gives. Without a new refresh token the old one stays."""

    access: str = field(repr=False)
    refresh: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CSRF:
    """Cookie and header of CSRF protection as Django has it."""

    cookie: str = "csrftoken"
    header: str = "X-CSRFToken"


Pairs: TypeAlias = list[tuple[str, str]]


@dataclass(slots=True)
class Signature:
    """What credentials add to a request."""

    headers: Pairs = field(default_factory=list[tuple[str, str]], repr=False)
    query: Pairs = field(default_factory=list[tuple[str, str]], repr=False)
    cookies: Pairs = field(default_factory=list[tuple[str, str]], repr=False)
    token: str | None = field(default=None, repr=False)
    """The token among them, to notice that it was refreshed since."""


class Credentials:
    """Everything a client identifies itself with. Threads may share it."""

    def __init__(self, schemes: Mapping[str, SecurityScheme]) -> None:
        # Without any scheme described, a token is still worth sending.
        self.schemes = dict(schemes) or {"": Bearer()}
        self.default: Security = () if schemes else [[""]]
        self._lock = threading.Lock()
        self._token: str | None = None
        self._refresh_token: str | None = None
        self._basic: str | None = None
        self._api_keys: dict[str, str] = {}

    def get_token(self) -> str | None:
        return self._token

    def get_refresh_token(self) -> str | None:
        return self._refresh_token

    def set_token(self, token: str | None, refresh_token: str | None = None) -> None:
        with self._lock:
            self._token = token
            self._refresh_token = refresh_token or self._refresh_token

    def set_basic(self, username: str, password: str) -> None:
        pair = f"{username}:{password}".encode()
        self._basic = base64.b64encode(pair).decode("ascii")

    def set_api_key(self, key: str, scheme: str | None = None) -> None:
        """Set the key of one scheme, or of all; session cookies only by name."""
        keys = {
            name: described.where
            for name, described in self.schemes.items()
            if isinstance(described, APIKey) and scheme in (None, name)
        }
        if not keys:
            raise ValueError(f"no API key scheme {scheme or ''}".rstrip())
        only_cookies = set(keys.values()) == {"cookie"}
        with self._lock:
            for name, where in keys.items():
                if scheme is not None or only_cookies or where != "cookie":
                    self._api_keys[name] = key

    def is_newer(self, used: str | None) -> bool:
        """Whether there is a token other than the one used."""
        return self._token is not None and self._token != used

    def clear(self) -> None:
        with self._lock:
            self._token = self._refresh_token = self._basic = None
            self._api_keys.clear()

    def is_set(self) -> bool:
        return bool(self._token or self._basic or self._api_keys)

    def sign(self, alternatives: Security) -> Signature:
        """What satisfies the first alternative that can be satisfied; else nothing."""
        with self._lock:
            # "No credentials" counts last, wherever it stands.
            for names in sorted(alternatives, key=lambda names: not names):
                signature = Signature()
                if all(self._add(signature, name) for name in names):
                    return signature
        return Signature()

    def secret_names(self) -> frozenset[str]:
        """Headers and parameters that carry keys, in lower case, for the log."""
        return frozenset(
            scheme.name.lower()
            for scheme in self.schemes.values()
            if isinstance(scheme, APIKey)
        )

    def _add(self, signature: Signature, name: str) -> bool:
        scheme = self.schemes.get(name)
        match scheme:
            case Bearer() if self._token:
                value = f"{scheme.prefix} {self._token}"
                signature.headers.append(("Authorization", value))
                signature.token = self._token
            case Basic() if self._basic:
                signature.headers.append(("Authorization", f"Basic {self._basic}"))
            case APIKey() if name in self._api_keys:
                pair = (scheme.name, self._api_keys[name])
                match scheme.where:
                    case "header":
                        signature.headers.append(pair)
                    case "query":
                        signature.query.append(pair)
                    case "cookie":
                        signature.cookies.append(pair)
            case _:
                return False
        return True
