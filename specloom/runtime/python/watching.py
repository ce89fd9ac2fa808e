"""What a call leaves for whoever asked for more than its data."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TypeVar

import httpx

from .calls import Call
from .responses import Response

T = TypeVar("T")


@dataclass(slots=True)
class Seen:
    """The last call made while this was the `watcher`."""

    call: Call | None = None
    expected: object = None
    response: httpx.Response | None = None

    def with_data(self, data: T) -> Response[T]:
        """The response, with its data parsed."""
        if self.response is None:
            raise TypeError("only for methods that call one operation and wait for it")
        response = self.response
        return Response(data, response.status_code, response.headers, response.url)

    def again(self, url: str) -> tuple[Call, object]:
        """The same call with another URL."""
        assert self.call is not None
        return replace(self.call, url=url), self.expected


# Context variables, so that tasks and threads do not see each other's.
watcher: ContextVar[Seen | None] = ContextVar("watcher", default=None)

# Set while a refresh callback runs: its own calls must not wait for it.
refreshing: ContextVar[bool] = ContextVar("refreshing", default=False)
