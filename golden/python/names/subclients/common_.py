"""Operations of the tag *common*."""

from __future__ import annotations

from ..async_http import AsyncHTTP
from ..calls import RequestOptions
from ..models.common_ import ModelConfig, Taken, Wrong
from ..responses import Shape
from ..sync_http import SyncHTTP


class CommonClient:
    def __init__(self, http: AsyncHTTP) -> None:
        self._http = http

    async def get(self, *, options: RequestOptions | None = None) -> list[ModelConfig]:
        """``GET /common``

        Raises:
            APIError: 400 with a `Wrong` or 409 with a `Taken`.
        """
        return await self._http.request(
            "GET",
            "/common",
            list[ModelConfig],
            errors={400: Shape[Wrong], 409: Shape[Taken]},
            options=options,
        )

    async def label(self, label: str, *, options: RequestOptions | None = None) -> None:
        """``GET /common/{label}``"""
        return await self._http.request(
            "GET", "/common/{label}", None, path=[("label", label)], options=options
        )

    async def drop(self, label: str, *, options: RequestOptions | None = None) -> None:
        """``DELETE /common/{label}``"""
        return await self._http.request(
            "DELETE", "/common/{label}", None, path=[("label", label)], options=options
        )


class SyncCommonClient:
    def __init__(self, http: SyncHTTP) -> None:
        self._http = http

    def get(self, *, options: RequestOptions | None = None) -> list[ModelConfig]:
        """``GET /common``

        Raises:
            APIError: 400 with a `Wrong` or 409 with a `Taken`.
        """
        return self._http.request(
            "GET",
            "/common",
            list[ModelConfig],
            errors={400: Shape[Wrong], 409: Shape[Taken]},
            options=options,
        )

    def label(self, label: str, *, options: RequestOptions | None = None) -> None:
        """``GET /common/{label}``"""
        return self._http.request(
            "GET", "/common/{label}", None, path=[("label", label)], options=options
        )

    def drop(self, label: str, *, options: RequestOptions | None = None) -> None:
        """``DELETE /common/{label}``"""
        return self._http.request(
            "DELETE", "/common/{label}", None, path=[("label", label)], options=options
        )
