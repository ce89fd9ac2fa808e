"""Operations of the tag *class*."""

from __future__ import annotations

from ..async_http import AsyncHTTP
from ..calls import RequestOptions
from ..models.class_ import None2
from ..sync_http import SyncHTTP


class ClassClient:
    def __init__(self, http: AsyncHTTP) -> None:
        self._http = http

    async def class_(
        self,
        path_class: str,
        id: str,
        *,
        page_size: int,
        query_id: str | None = None,
        query_self: str | None = None,
        query_options: str | None = None,
        x_request_id: str | None = None,
        options: RequestOptions | None = None,
    ) -> None2:
        """``GET /class/{class}/{id}``"""
        return await self._http.request(
            "GET",
            "/class/{class}/{id}",
            None2,
            path=[("class", path_class), ("id", id)],
            query=[
                ("page-size", page_size),
                ("id", query_id),
                ("self", query_self),
                ("options", query_options),
            ],
            headers=[("X-Request-ID", x_request_id)],
            options=options,
        )


class SyncClassClient:
    def __init__(self, http: SyncHTTP) -> None:
        self._http = http

    def class_(
        self,
        path_class: str,
        id: str,
        *,
        page_size: int,
        query_id: str | None = None,
        query_self: str | None = None,
        query_options: str | None = None,
        x_request_id: str | None = None,
        options: RequestOptions | None = None,
    ) -> None2:
        """``GET /class/{class}/{id}``"""
        return self._http.request(
            "GET",
            "/class/{class}/{id}",
            None2,
            path=[("class", path_class), ("id", id)],
            query=[
                ("page-size", page_size),
                ("id", query_id),
                ("self", query_self),
                ("options", query_options),
            ],
            headers=[("X-Request-ID", x_request_id)],
            options=options,
        )
