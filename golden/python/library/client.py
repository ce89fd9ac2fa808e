"""Clients of the Library API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Unpack

from .api import AsyncAPI, AsyncClientOptions, SyncAPI, SyncClientOptions
from .auth import APIKey, Bearer, SecurityScheme
from .subclients.books import BooksClient, SyncBooksClient
from .subclients.loans import LoansClient, SyncLoansClient

SECURITY_SCHEMES: Mapping[str, SecurityScheme] = {
    "jwtAuth": Bearer(),
    "cookieAuth": APIKey("cookie", "sessionid"),
}

SECURITY: Sequence[Sequence[str]] = [["jwtAuth"], ["cookieAuth"]]


class APIClient(AsyncAPI):
    """Books"""

    def __init__(
        self,
        base_url: str = "https://library.example.com",
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        super().__init__(base_url, SECURITY_SCHEMES, SECURITY, **options)
        self.books = BooksClient(self.http)
        self.loans = LoansClient(self.http)


class SyncAPIClient(SyncAPI):
    """Books"""

    def __init__(
        self,
        base_url: str = "https://library.example.com",
        **options: Unpack[SyncClientOptions],
    ) -> None:
        super().__init__(base_url, SECURITY_SCHEMES, SECURITY, **options)
        self.books = SyncBooksClient(self.http)
        self.loans = SyncLoansClient(self.http)
