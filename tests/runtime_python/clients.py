"""The async and the sync client behind one blocking face, so that each test runs against both."""

# ruff: noqa: ANN401 - these tests pass any arguments on
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any, cast

import httpx

from specloom.runtime.python.api import AsyncAPI, SyncAPI
from specloom.runtime.python.auth import SecurityScheme, Tokens

Call = dict[str, Any]


class Client:
    """`client.request(...)` and the rest, for `kind` "async" or "sync"; waits are written down, not waited."""

    def __init__(
        self,
        kind: str,
        url: str,
        schemes: Mapping[str, SecurityScheme] | None = None,
        security: Sequence[Sequence[str]] | None = None,
        *,
        refresh: Callable[[str | None], Tokens] | None = None,
        **options: Any,
    ) -> None:
        self.kind = kind
        self.waits: list[float] = []
        self._runner = asyncio.Runner()
        arguments = (url, schemes or {}, security)
        if kind == "async":

            async def sleep(seconds: float) -> None:
                self.waits.append(seconds)

            if refresh is not None:
                blocking = refresh

                async def refresh_later(token: str | None) -> Tokens:
                    # Lets other tasks reach the lock.
                    await asyncio.sleep(0.01)
                    return blocking(token)

                options["refresh"] = refresh_later
            # Reading all the machine's certificates takes longer than most tests.
            options.setdefault("http_client", httpx.AsyncClient(verify=False))
            self.api: Any = AsyncAPI(*arguments, **{"sleep": sleep, **options})
        else:
            if refresh is not None:
                options["refresh"] = refresh
            options.setdefault("http_client", httpx.Client(verify=False))
            self.api = SyncAPI(*arguments, **{"sleep": self.waits.append, **options})

    def request(self, method: str, path: str, expected: object, /, **call: Any) -> Any:
        return self.run(self.api.http.request(method, path, expected, **call))

    def list(self, name: str, *arguments: object, **call: Any) -> list[Any]:
        """All items of `events`, `lines`, `download` or a paging method."""
        return self.run(getattr(self.api.http, name)(*arguments, **call))

    def fetch(self, method: str, path: str, expected: object, /, **call: Any) -> Any:
        """What a generated method returns: a coroutine, or the value itself."""
        return self.api.http.request(method, path, expected, **call)

    def run(self, work: object) -> Any:
        if isinstance(work, AsyncIterator):
            return self._runner.run(_collect(cast(AsyncIterator[object], work)))
        if isinstance(work, Awaitable):
            return self._runner.run(_wait(cast(Awaitable[object], work)))
        if isinstance(work, Iterator):
            return list(cast(Iterator[object], work))
        return work

    def close(self) -> None:
        client = self.api.http.client
        self.run(client.aclose() if self.kind == "async" else client.close())
        self._runner.close()


async def _collect(items: AsyncIterator[object]) -> list[object]:
    return [item async for item in items]


async def _wait(work: Awaitable[object]) -> object:
    return await work
