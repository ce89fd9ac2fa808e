"""Operations of the tag *products*."""

# ruff: noqa: TID252 - generated code cannot know its package's name
from __future__ import annotations

import builtins
from collections.abc import AsyncGenerator, AsyncIterator, Sequence

from ..async_http import AsyncHTTP
from ..base import FileInput
from ..bodies import Part
from ..calls import RequestOptions
from ..enums import ProductStatus
from ..models.products import (
    Job,
    PaginatedProductList,
    Payment,
    PhotoRequest,
    PhotoRequestDict,
    Product,
    ProductRequest,
    ProductRequestDict,
    ValidationError,
)
from ..paging import query_value
from ..responses import Shape
from ..streaming import ServerSentEvent


class ProductsClient:
    def __init__(self, http: AsyncHTTP) -> None:
        self._http = http

    async def list(
        self,
        *,
        page: int | None = None,
        offset: int | None = None,
        cursor: str | None = None,
        status: Sequence[ProductStatus] | None = None,
        options: RequestOptions | None = None,
    ) -> PaginatedProductList:
        """List products.

        ``GET /api/products/``
        """
        return await self._http.request(
            "GET",
            "/api/products/",
            PaginatedProductList,
            query=[
                ("page", page),
                ("offset", offset),
                ("cursor", cursor),
                ("status", status, "csv"),
            ],
            options=options,
        )

    def iterate(
        self,
        *,
        page: int | None = None,
        status: Sequence[ProductStatus] | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncIterator[Product]:
        """Every product of every page of `list`."""
        return self._http.by_page(
            lambda page: self.list(page=page, status=status, options=options),
            lambda found: found.results,
            start=page,
            more=lambda found: found.next,
        )

    def iterate_offset(self) -> AsyncIterator[Product]:
        return self._http.by_offset(
            lambda offset: self.list(offset=offset),
            lambda found: found.results,
            total=lambda found: found.count,
        )

    def iterate_cursor(self, *, cursor: str | None = None) -> AsyncIterator[Product]:
        return self._http.by_cursor(
            lambda cursor: self.list(cursor=cursor),
            lambda found: found.results,
            lambda found: query_value(found.next, "cursor"),
            start=cursor,
        )

    def iterate_link(self) -> AsyncIterator[Product]:
        return self._http.by_link(
            lambda: self.list(), lambda found: found.results, lambda found: found.next
        )

    def iterate_header(self) -> AsyncIterator[Product]:
        return self._http.by_link_header(lambda: self.featured(), lambda found: found)

    async def create(
        self,
        data: ProductRequest | ProductRequestDict,
        *,
        options: RequestOptions | None = None,
    ) -> Product:
        """Add a product.

        ``POST /api/products/``

        Raises:
            APIError: 400 with a `ValidationError`.
        """
        return await self._http.request(
            "POST",
            "/api/products/",
            Product,
            body=(ProductRequest, data),
            errors={400: ValidationError},
            options=options,
        )

    async def featured(
        self, *, options: RequestOptions | None = None
    ) -> builtins.list[Product]:
        """Products on the front page."""
        return await self._http.request(
            "GET", "/api/products/featured/", builtins.list[Product], options=options
        )

    async def photo(
        self,
        id: int,
        data: PhotoRequest | PhotoRequestDict,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """Replace the photo."""
        return await self._http.request(
            "POST",
            "/api/products/{id}/photo/",
            None,
            path=[("id", id)],
            body=(PhotoRequest, data),
            content_type="multipart/form-data",
            encoding={"photo": Part("image/png"), "caption": "form"},
            options=options,
        )

    async def raw_photo(
        self, id: int, data: FileInput, *, x_trace: str | None = None
    ) -> bytes:
        return await self._http.request(
            "PUT",
            "/api/products/{id}/photo/",
            bytes,
            path=[("id", id, "label*")],
            headers=[("X-Trace", x_trace)],
            cookies=[("theme", "dark", "csv")],
            body=(bytes, data),
            content_type="image/png",
            security=[["cookieAuth"], []],
        )

    async def payment(self, id: int) -> Payment:
        return await self._http.request(
            "GET", "/api/payments/{id}", Shape[Payment], path=[("id", id)]
        )

    async def start(self, id: int) -> Product | Job | None:
        return await self._http.request(
            "POST",
            "/api/products/{id}/start",
            Shape[Product | Job | None],
            path=[("id", id)],
            responses={200: Product, 202: Job, 204: None},
            errors={"4XX": ValidationError, "default": Payment},
        )

    async def anything(self) -> object:
        return await self._http.request("GET", "/api/anything", object)

    async def text(self) -> str:
        return await self._http.request("GET", "/api/text", str)

    def events(self, id: int) -> AsyncGenerator[Payment, None]:
        return self._http.events(
            "GET", "/api/products/{id}/events", Shape[Payment], path=[("id", id)]
        )

    def raw_events(self) -> AsyncGenerator[ServerSentEvent, None]:
        return self._http.events("GET", "/api/events", ServerSentEvent)

    def export(self) -> AsyncGenerator[Product, None]:
        return self._http.lines("GET", "/api/export", Product)

    def download(self) -> AsyncGenerator[bytes, None]:
        return self._http.download("GET", "/api/download")
