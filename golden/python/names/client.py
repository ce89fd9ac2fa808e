"""Clients of the Names."""

from __future__ import annotations

from typing import Unpack

from .api import AsyncAPI, AsyncClientOptions, SyncAPI, SyncClientOptions
from .subclients.class_ import ClassClient, SyncClassClient
from .subclients.common_ import CommonClient, SyncCommonClient
from .subclients.odd_tag_x import OddTagXClient, SyncOddTagXClient


class APIClient(AsyncAPI):
    """Names."""

    def __init__(self, base_url: str, **options: Unpack[AsyncClientOptions]) -> None:
        super().__init__(base_url, {}, None, **options)
        self.class_ = ClassClient(self.http)
        self.odd_tag_x = OddTagXClient(self.http)
        self.common = CommonClient(self.http)


class SyncAPIClient(SyncAPI):
    """Names."""

    def __init__(self, base_url: str, **options: Unpack[SyncClientOptions]) -> None:
        super().__init__(base_url, {}, None, **options)
        self.class_ = SyncClassClient(self.http)
        self.odd_tag_x = SyncOddTagXClient(self.http)
        self.common = SyncCommonClient(self.http)
