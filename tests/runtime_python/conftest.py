"""A server, and clients of both kinds."""

# ruff: noqa: ANN401 - these tests pass any arguments on
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .clients import Client
from .server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def other_server() -> Iterator[Server]:
    """Another origin: same host, other port."""
    with Server() as running:
        yield running


@pytest.fixture(params=["async", "sync"])
def connect(request: pytest.FixtureRequest, server: Server) -> Iterator[Callable[..., Client]]:
    """Makes a client of the server; the test runs with an async and a sync one."""
    clients: list[Client] = []

    def make(*arguments: Any, url: str = server.url, **options: Any) -> Client:
        clients.append(Client(request.param, url, *arguments, **options))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def client(connect: Callable[..., Client]) -> Client:
    return connect()
