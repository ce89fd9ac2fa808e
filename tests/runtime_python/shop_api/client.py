"""The clients of the Shop API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Unpack

from .api import AsyncAPI, AsyncClientOptions, SyncAPI, SyncClientOptions
from .auth import APIKey, Bearer, SecurityScheme
from .subclients.products import ProductsClient
from .subclients.sync_products import SyncProductsClient

SECURITY_SCHEMES: Mapping[str, SecurityScheme] = {
    "bearerAuth": Bearer(),
    "cookieAuth": APIKey("cookie", "sessionid"),
}
SECURITY: Sequence[Sequence[str]] = [["bearerAuth"], ["cookieAuth"]]


class APIClient(AsyncAPI):
    """Shop API."""

    def __init__(
        self,
        base_url: str = "https://shop.example.com",
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        super().__init__(base_url, SECURITY_SCHEMES, SECURITY, **options)
        self.products = ProductsClient(self.http)


class SyncAPIClient(SyncAPI):
    """Shop API."""

    def __init__(
        self,
        base_url: str = "https://shop.example.com",
        **options: Unpack[SyncClientOptions],
    ) -> None:
        super().__init__(base_url, SECURITY_SCHEMES, SECURITY, **options)
        self.products = SyncProductsClient(self.http)
