"""Operations of the tag *Odd Tag/../x*."""

from __future__ import annotations

from ..async_http import AsyncHTTP
from ..calls import RequestOptions
from ..models.odd_tag_x import Error
from ..sync_http import SyncHTTP


class OddTagXClient:
    def __init__(self, http: AsyncHTTP) -> None:
        self._http = http

    async def list(self, *, options: RequestOptions | None = None) -> Error:
        """``GET /odd``"""
        return await self._http.request("GET", "/odd", Error, options=options)

    async def odd_tag_x_list(self, *, options: RequestOptions | None = None) -> None:
        """``POST /odd``"""
        return await self._http.request("POST", "/odd", None, options=options)


class SyncOddTagXClient:
    def __init__(self, http: SyncHTTP) -> None:
        self._http = http

    def list(self, *, options: RequestOptions | None = None) -> Error:
        """``GET /odd``"""
        return self._http.request("GET", "/odd", Error, options=options)

    def odd_tag_x_list(self, *, options: RequestOptions | None = None) -> None:
        """``POST /odd``"""
        return self._http.request("POST", "/odd", None, options=options)
