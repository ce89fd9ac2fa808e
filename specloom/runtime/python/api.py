"""What the generated `APIClient` and `SyncAPIClient` inherit: settings, credentials, closing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import ParamSpec, Self, TypedDict, TypeVar, Unpack

import httpx

from .async_http import AsyncHTTP
from .auth import CSRF, Credentials, Security, SecurityScheme, Tokens
from .calls import Settings, Timeout
from .responses import Response
from .retry import RetryPolicy
from .sync_http import SyncHTTP

T = TypeVar("T")
P = ParamSpec("P")

DEFAULT_TIMEOUT = 30.0


class ClientOptions(TypedDict, total=False):
    """What may be said when a client is made."""

    token: str | None
    refresh_token: str | None
    basic: tuple[str, str]
    """User name and password."""
    api_key: str | Mapping[str, str]
    """The key, or the keys by name of their security scheme."""
    headers: Mapping[str, str]
    """Sent with every request to the API."""
    timeout: Timeout
    retry: RetryPolicy
    csrf: CSRF | None
    """Names of cookie and header; None to send no CSRF token."""
    locale: str | None
    """Sent as Accept-Language."""


class AsyncClientOptions(ClientOptions, total=False):
    """What may be said when an async client is made."""

    refresh: Callable[[str | None], Awaitable[Tokens]]
    """Called with the refresh token when the server answers 401; once for all calls."""
    http_client: httpx.AsyncClient
    """Used and left open, instead of one of its own."""
    sleep: Callable[[float], Awaitable[None]]
    """Waits between tries."""


class SyncClientOptions(ClientOptions, total=False):
    """What may be said when a sync client is made."""

    refresh: Callable[[str | None], Tokens]
    """Called with the refresh token when the server answers 401; once for all calls."""
    http_client: httpx.Client
    """Used and left open, instead of one of its own."""
    sleep: Callable[[float], None]
    """Waits between tries."""


class _API:
    """What does no I/O."""

    _settings: Settings

    def set_token(self, token: str, refresh_token: str | None = None) -> None:
        """Send this token from now on. Without a refresh token the old one stays."""
        self._settings.credentials.set_token(token, refresh_token)

    def get_token(self) -> str | None:
        """The token sent."""
        return self._settings.credentials.get_token()

    def get_refresh_token(self) -> str | None:
        """The token to get a new token with."""
        return self._settings.credentials.get_refresh_token()

    def set_basic(self, username: str, password: str) -> None:
        """Send user name and password from now on."""
        self._settings.credentials.set_basic(username, password)

    def set_api_key(self, key: str, scheme: str | None = None) -> None:
        """Send this API key from now on; `scheme` is needed only where it is not clear."""
        self._settings.credentials.set_api_key(key, scheme)

    def clear_tokens(self) -> None:
        """Forget all credentials."""
        self._settings.credentials.clear()

    def is_authenticated(self) -> bool:
        """Whether there is anything to identify with; the server may think otherwise."""
        return self._settings.credentials.is_set()

    def set_base_url(self, base_url: str) -> None:
        """Call another server from now on. It gets the credentials too."""
        self._settings.base_url = check_base_url(base_url)

    def get_base_url(self) -> str:
        """Where the API is."""
        return self._settings.base_url

    def set_locale(self, locale: str | None) -> None:
        """Ask for this language from now on."""
        self._settings.locale = locale


class AsyncAPI(_API):
    """The base of `APIClient`."""

    def __init__(
        self,
        base_url: str,
        schemes: Mapping[str, SecurityScheme],
        security: Security | None,
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        self._settings = _settings(base_url, schemes, security, options)
        self._own = "http_client" not in options
        self.http = AsyncHTTP(
            options.get("http_client") or httpx.AsyncClient(),
            self._settings,
            options.get("refresh"),
            options.get("sleep", asyncio.sleep),
        )

    async def refresh(self) -> bool:
        """Get a new token now. False where that failed."""
        return await self.http.refresh(self.get_token())

    async def with_response(
        self, method: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> Response[T]:
        """Call a method, and give its response with status and headers.

        ``await client.with_response(client.products.list, page=2)``
        """
        return await self.http.with_response(method, *args, **kwargs)

    async def aclose(self) -> None:
        """Close all connections."""
        if self._own:
            await self.http.client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()


class SyncAPI(_API):
    """The base of `SyncAPIClient`. Threads may share it."""

    def __init__(
        self,
        base_url: str,
        schemes: Mapping[str, SecurityScheme],
        security: Security | None,
        **options: Unpack[SyncClientOptions],
    ) -> None:
        self._settings = _settings(base_url, schemes, security, options)
        self._own = "http_client" not in options
        self.http = SyncHTTP(
            options.get("http_client") or httpx.Client(),
            self._settings,
            options.get("refresh"),
            options.get("sleep", time.sleep),
        )

    def refresh(self) -> bool:
        """Get a new token now. False where that failed."""
        return self.http.refresh(self.get_token())

    def with_response(
        self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> Response[T]:
        """Call a method, and give its response with status and headers.

        ``client.with_response(client.products.list, page=2)``
        """
        return self.http.with_response(method, *args, **kwargs)

    def close(self) -> None:
        """Close all connections."""
        if self._own:
            self.http.client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _settings(
    base_url: str,
    schemes: Mapping[str, SecurityScheme],
    security: Security | None,
    options: ClientOptions,
) -> Settings:
    credentials = Credentials(schemes)
    credentials.set_token(options.get("token"), options.get("refresh_token"))
    if basic := options.get("basic"):
        credentials.set_basic(*basic)
    keys = options.get("api_key", {})
    if isinstance(keys, str):
        credentials.set_api_key(keys)
    else:
        for scheme, key in keys.items():
            credentials.set_api_key(key, scheme)
    return Settings(
        base_url=check_base_url(base_url),
        credentials=credentials,
        security=credentials.default if security is None else security,
        headers=options.get("headers", {}),
        timeout=options.get("timeout", DEFAULT_TIMEOUT),
        retry=options.get("retry", RetryPolicy()),
        csrf=options.get("csrf", CSRF()),
        locale=options.get("locale"),
    )


def check_base_url(base_url: str) -> str:
    """The URL without a slash at its end; a ValueError where it is none."""
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL as error:
        raise ValueError(f"the base URL is not a URL: {error}") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError("the base URL must begin with http:// or https://")
    return base_url.rstrip("/")
