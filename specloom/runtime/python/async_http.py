"""The async client under the generated code: it does what `exchange` says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import ParamSpec, TypeVar, Unpack, cast, overload

import httpx

from .auth import Tokens
from .calls import (
    ACCEPT_EVENTS,
    ACCEPT_LINES,
    Arguments,
    Call,
    Settings,
    accept_for,
    write_call,
)
from .errors import APIError, ClientError
from .exchange import Answer, Refresh, Send, Step, Wait, exchange, failure, invalid
from .paging import AsyncPaging
from .responses import Response, Shape, read, unwrap
from .streaming import BrokenItemError, ChunkDecoder, Decoder, EventDecoder, LineDecoder
from .watching import Seen, refreshing, watcher

T = TypeVar("T")
P = ParamSpec("P")


class AsyncHTTP(AsyncPaging):
    """What generated async code calls."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        settings: Settings,
        refresh: Callable[[str | None], Awaitable[Tokens]] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.client = client
        self.settings = settings
        self._refresh = refresh
        self._refused: tuple[str | None, str | None] | None = None
        self._lock = asyncio.Lock()
        self._sleep = sleep

    @overload
    async def request(
        self,
        method: str,
        path: str,
        expected: type[Shape[T]],
        /,
        **arguments: Unpack[Arguments],
    ) -> T: ...
    @overload
    async def request(
        self, method: str, path: str, expected: None, /, **arguments: Unpack[Arguments]
    ) -> None: ...
    @overload
    async def request(
        self,
        method: str,
        path: str,
        expected: type[T],
        /,
        **arguments: Unpack[Arguments],
    ) -> T: ...
    async def request(
        self,
        method: str,
        path: str,
        expected: object,
        /,
        **arguments: Unpack[Arguments],
    ) -> object:
        """Call an operation, and read its response as the type `expected`.

        Raises:
            APIError: the server answered with an error.
            NetworkError: it did not answer.
            RequestValidationError: an argument does not fit; nothing was sent.
            ResponseValidationError: the response is not what was described.
        """
        call = write_call(self.settings, method, path, accept_for(expected), arguments)
        return await self._read(call, expected)

    def events(
        self,
        method: str,
        path: str,
        expected: type[Shape[T]] | type[T],
        /,
        **arguments: Unpack[Arguments],
    ) -> AsyncGenerator[T, None]:
        """The server-sent events of a response, each read as the type `expected`."""
        call = write_call(self.settings, method, path, ACCEPT_EVENTS, arguments)
        items = self._stream(call, EventDecoder(unwrap(expected)))
        return cast(AsyncGenerator[T, None], items)

    def lines(
        self,
        method: str,
        path: str,
        expected: type[Shape[T]] | type[T],
        /,
        **arguments: Unpack[Arguments],
    ) -> AsyncGenerator[T, None]:
        """The JSON lines of a response, each read as the type `expected`."""
        call = write_call(self.settings, method, path, ACCEPT_LINES, arguments)
        items = self._stream(call, LineDecoder(unwrap(expected)))
        return cast(AsyncGenerator[T, None], items)

    def download(
        self, method: str, path: str, /, **arguments: Unpack[Arguments]
    ) -> AsyncGenerator[bytes, None]:
        """The bytes of a response as they arrive."""
        call = write_call(self.settings, method, path, "*/*", arguments)
        chunks = self._stream(call, ChunkDecoder())
        return cast(AsyncGenerator[bytes, None], chunks)

    async def with_response(
        self, method: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> Response[T]:
        """Call a method of the client, and give its response with status and headers."""
        response, _ = await self._watch(lambda: method(*args, **kwargs))
        return response

    def follow(
        self, first: Callable[[], Awaitable[T]]
    ) -> Callable[[str | None], Awaitable[Response[T]]]:
        seen = Seen()

        async def fetch(url: str | None) -> Response[T]:
            nonlocal seen
            if url is None:
                response, seen = await self._watch(first)
                return response
            call, expected = seen.again(url)
            page = await self._run(call)
            data = read(call.operation, page, expected, call.responses)
            return Seen(response=page).with_data(cast(T, data))

        return fetch

    async def refresh(self, used: str | None) -> bool:
        """Replace the token that was used; false where there is no way to."""
        if self._refresh is None or refreshing.get():
            return False
        credentials = self.settings.credentials
        async with self._lock:
            # Who waited for the lock may find a new token already.
            if credentials.is_newer(used):
                return True
            state = (credentials.get_token(), credentials.get_refresh_token())
            if self._refused == state:
                return False
            mark = refreshing.set(True)
            try:
                tokens = await self._refresh(credentials.get_refresh_token())
            except APIError:
                self._refused = state
                return False
            except ClientError:
                return False
            finally:
                refreshing.reset(mark)
            credentials.set_token(tokens.access, tokens.refresh)
            return True

    async def _read(self, call: Call, expected: object) -> object:
        response = await self._run(call)
        seen = watcher.get()
        if seen is not None:
            seen.call, seen.expected, seen.response = call, expected, response
        return read(call.operation, response, expected, call.responses)

    async def _watch(
        self, function: Callable[[], Awaitable[T]]
    ) -> tuple[Response[T], Seen]:
        seen = Seen()
        mark = watcher.set(seen)
        try:
            data = await function()
        finally:
            watcher.reset(mark)
        return seen.with_data(data), seen

    async def _stream(
        self, call: Call, decoder: Decoder
    ) -> AsyncGenerator[object, None]:
        response = await self._run(call, stream=True)
        try:
            async for chunk in response.aiter_bytes():
                for item in decoder.feed(chunk):
                    yield item
                if decoder.done:
                    return
            for item in decoder.end():
                yield item
        except BrokenItemError as broken:
            raise invalid(call, response, broken) from None
        except httpx.RequestError as error:
            raise failure(call, error) from error
        finally:
            await response.aclose()

    async def _run(self, call: Call, stream: bool = False) -> httpx.Response:
        can_refresh = self._refresh is not None and not refreshing.get()
        steps = exchange(
            self.client, self.settings, call, stream=stream, can_refresh=can_refresh
        )
        step = next(steps)
        while True:
            try:
                answer = await self._do(step)
            except (httpx.RequestError, httpx.InvalidURL) as error:
                step = steps.throw(error)
                continue
            try:
                step = steps.send(answer)
            except StopIteration as done:
                return cast(httpx.Response, done.value)

    async def _do(self, step: Step) -> Answer:
        match step:
            case Wait():
                await self._sleep(step.seconds)
                return None
            case Refresh():
                return await self.refresh(step.used)
            case Send():
                response = await self.client.send(
                    step.request,
                    stream=True,
                    follow_redirects=False,
                    auth=httpx.USE_CLIENT_DEFAULT if step.trusted else None,
                )
                try:
                    if not (step.stream and response.is_success):
                        await response.aread()
                except BaseException:
                    await response.aclose()
                    raise
                return response
