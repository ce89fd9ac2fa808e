"""The sync client under the generated code: it does what `exchange` says."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
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
from .paging import SyncPaging
from .responses import Response, Shape, read, unwrap
from .streaming import BrokenItemError, ChunkDecoder, Decoder, EventDecoder, LineDecoder
from .watching import Seen, refreshing, watcher

T = TypeVar("T")
P = ParamSpec("P")


class SyncHTTP(SyncPaging):
    """What generated sync code calls."""

    def __init__(
        self,
        client: httpx.Client,
        settings: Settings,
        refresh: Callable[[str | None], Tokens] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.client = client
        self.settings = settings
        self._refresh = refresh
        self._refused: tuple[str | None, str | None] | None = None
        self._lock = threading.Lock()
        self._sleep = sleep

    @overload
    def request(
        self,
        method: str,
        path: str,
        expected: type[Shape[T]],
        /,
        **arguments: Unpack[Arguments],
    ) -> T: ...
    @overload
    def request(
        self, method: str, path: str, expected: None, /, **arguments: Unpack[Arguments]
    ) -> None: ...
    @overload
    def request(
        self,
        method: str,
        path: str,
        expected: type[T],
        /,
        **arguments: Unpack[Arguments],
    ) -> T: ...
    def request(
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
        return self._read(call, expected)

    def events(
        self,
        method: str,
        path: str,
        expected: type[Shape[T]] | type[T],
        /,
        **arguments: Unpack[Arguments],
    ) -> Generator[T, None, None]:
        """The server-sent events of a response, each read as the type `expected`."""
        call = write_call(self.settings, method, path, ACCEPT_EVENTS, arguments)
        items = self._stream(call, EventDecoder(unwrap(expected)))
        return cast(Generator[T, None, None], items)

    def lines(
        self,
        method: str,
        path: str,
        expected: type[Shape[T]] | type[T],
        /,
        **arguments: Unpack[Arguments],
    ) -> Generator[T, None, None]:
        """The JSON lines of a response, each read as the type `expected`."""
        call = write_call(self.settings, method, path, ACCEPT_LINES, arguments)
        items = self._stream(call, LineDecoder(unwrap(expected)))
        return cast(Generator[T, None, None], items)

    def download(
        self, method: str, path: str, /, **arguments: Unpack[Arguments]
    ) -> Generator[bytes, None, None]:
        """The bytes of a response as they arrive."""
        call = write_call(self.settings, method, path, "*/*", arguments)
        chunks = self._stream(call, ChunkDecoder())
        return cast(Generator[bytes, None, None], chunks)

    def with_response(
        self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> Response[T]:
        """Call a method of the client, and give its response with status and headers."""
        response, _ = self._watch(lambda: method(*args, **kwargs))
        return response

    def follow(self, first: Callable[[], T]) -> Callable[[str | None], Response[T]]:
        seen = Seen()

        def fetch(url: str | None) -> Response[T]:
            nonlocal seen
            if url is None:
                response, seen = self._watch(first)
                return response
            call, expected = seen.again(url)
            page = self._run(call)
            data = read(call.operation, page, expected, call.responses)
            return Seen(response=page).with_data(cast(T, data))

        return fetch

    def refresh(self, used: str | None) -> bool:
        """Replace the token that was used; false where there is no way to."""
        if self._refresh is None or refreshing.get():
            return False
        credentials = self.settings.credentials
        with self._lock:
            # Who waited for the lock may find a new token already.
            if credentials.is_newer(used):
                return True
            state = (credentials.get_token(), credentials.get_refresh_token())
            if self._refused == state:
                return False
            mark = refreshing.set(True)
            try:
                tokens = self._refresh(credentials.get_refresh_token())
            except APIError:
                self._refused = state
                return False
            except ClientError:
                return False
            finally:
                refreshing.reset(mark)
            credentials.set_token(tokens.access, tokens.refresh)
            return True

    def _read(self, call: Call, expected: object) -> object:
        response = self._run(call)
        seen = watcher.get()
        if seen is not None:
            seen.call, seen.expected, seen.response = call, expected, response
        return read(call.operation, response, expected, call.responses)

    def _watch(self, function: Callable[[], T]) -> tuple[Response[T], Seen]:
        seen = Seen()
        mark = watcher.set(seen)
        try:
            data = function()
        finally:
            watcher.reset(mark)
        return seen.with_data(data), seen

    def _stream(self, call: Call, decoder: Decoder) -> Generator[object, None, None]:
        response = self._run(call, stream=True)
        try:
            for chunk in response.iter_bytes():
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
            response.close()

    def _run(self, call: Call, stream: bool = False) -> httpx.Response:
        can_refresh = self._refresh is not None and not refreshing.get()
        steps = exchange(
            self.client, self.settings, call, stream=stream, can_refresh=can_refresh
        )
        step = next(steps)
        while True:
            try:
                answer = self._do(step)
            except (httpx.RequestError, httpx.InvalidURL) as error:
                step = steps.throw(error)
                continue
            try:
                step = steps.send(answer)
            except StopIteration as done:
                return cast(httpx.Response, done.value)

    def _do(self, step: Step) -> Answer:
        match step:
            case Wait():
                self._sleep(step.seconds)
                return None
            case Refresh():
                return self.refresh(step.used)
            case Send():
                response = self.client.send(
                    step.request,
                    stream=True,
                    follow_redirects=False,
                    auth=httpx.USE_CLIENT_DEFAULT if step.trusted else None,
                )
                try:
                    if not (step.stream and response.is_success):
                        response.read()
                except BaseException:
                    response.close()
                    raise
                return response
