"""Operations of the tag *books*."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator, Sequence

from ..async_http import AsyncHTTP
from ..calls import RequestOptions
from ..enums import Genre
from ..models.books import (
    Book,
    BookRequest,
    BookRequestDict,
    CoverRequest,
    CoverRequestDict,
    Detail,
    PaginatedBookList,
    PatchedBookRequest,
    PatchedBookRequestDict,
    ValidationError,
)
from ..sync_http import SyncHTTP


class BooksClient:
    """What can be borrowed."""

    def __init__(self, http: AsyncHTTP) -> None:
        self._http = http

    async def list(
        self,
        *,
        page: int | None = None,
        genre: Sequence[Genre] | None = None,
        search: str | None = None,
        options: RequestOptions | None = None,
    ) -> PaginatedBookList:
        """List books.

        Newest first.

        ``GET /api/books/``

        Args:
            page: A page number within the paginated result set.
            genre: Multiple values may be separated by commas.
        """
        return await self._http.request(
            "GET",
            "/api/books/",
            PaginatedBookList,
            query=[("page", page), ("genre", genre, "csv"), ("search", search)],
            options=options,
        )

    def iterate(
        self,
        *,
        genre: Sequence[Genre] | None = None,
        search: str | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncIterator[Book]:
        """Every book of every page of `list`."""
        return self._http.by_page(
            lambda page: self.list(
                page=page, genre=genre, search=search, options=options
            ),
            lambda found: found.results,
            more=lambda found: found.next,
        )

    async def create(
        self,
        data: BookRequest | BookRequestDict,
        *,
        options: RequestOptions | None = None,
    ) -> Book:
        """Add a book.

        ``POST /api/books/``

        Raises:
            APIError: 400 with a `ValidationError`.
        """
        return await self._http.request(
            "POST",
            "/api/books/",
            Book,
            body=(BookRequest, data),
            errors={400: ValidationError},
            options=options,
        )

    async def retrieve(self, id: int, *, options: RequestOptions | None = None) -> Book:
        """``GET /api/books/{id}/``

        Args:
            id: A unique integer value identifying this book.

        Raises:
            APIError: 404 with a `Detail`.
        """
        return await self._http.request(
            "GET",
            "/api/books/{id}/",
            Book,
            path=[("id", id)],
            errors={404: Detail},
            options=options,
        )

    async def partial_update(
        self,
        id: int,
        data: PatchedBookRequest | PatchedBookRequestDict | None = None,
        *,
        options: RequestOptions | None = None,
    ) -> Book:
        """``PATCH /api/books/{id}/``

        Args:
            id: A unique integer value identifying this book.
        """
        return await self._http.request(
            "PATCH",
            "/api/books/{id}/",
            Book,
            path=[("id", id)],
            body=(PatchedBookRequest, data),
            options=options,
        )

    async def destroy(self, id: int, *, options: RequestOptions | None = None) -> None:
        """Books are no longer removed; set them to lost.

        Deprecated.

        ``DELETE /api/books/{id}/``

        Args:
            id: A unique integer value identifying this book.
        """
        return await self._http.request(
            "DELETE", "/api/books/{id}/", None, path=[("id", id)], options=options
        )

    async def cover_create(
        self,
        id: int,
        data: CoverRequest | CoverRequestDict,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """Replace the cover.

        ``POST /api/books/{id}/cover/``
        """
        return await self._http.request(
            "POST",
            "/api/books/{id}/cover/",
            None,
            path=[("id", id)],
            body=(CoverRequest, data),
            content_type="multipart/form-data",
            options=options,
        )

    async def cover_retrieve(
        self, id: int, *, options: RequestOptions | None = None
    ) -> bytes:
        """The cover as a picture.

        ``GET /api/books/{id}/cover/``
        """
        return await self._http.request(
            "GET",
            "/api/books/{id}/cover/",
            bytes,
            path=[("id", id)],
            security=[[]],
            options=options,
        )

    def cover_retrieve_stream(
        self, id: int, *, options: RequestOptions | None = None
    ) -> AsyncGenerator[bytes, None]:
        """The cover as a picture.

        ``GET /api/books/{id}/cover/``
        """
        return self._http.download(
            "GET",
            "/api/books/{id}/cover/",
            path=[("id", id)],
            security=[[]],
            options=options,
        )


class SyncBooksClient:
    """What can be borrowed."""

    def __init__(self, http: SyncHTTP) -> None:
        self._http = http

    def list(
        self,
        *,
        page: int | None = None,
        genre: Sequence[Genre] | None = None,
        search: str | None = None,
        options: RequestOptions | None = None,
    ) -> PaginatedBookList:
        """List books.

        Newest first.

        ``GET /api/books/``

        Args:
            page: A page number within the paginated result set.
            genre: Multiple values may be separated by commas.
        """
        return self._http.request(
            "GET",
            "/api/books/",
            PaginatedBookList,
            query=[("page", page), ("genre", genre, "csv"), ("search", search)],
            options=options,
        )

    def iterate(
        self,
        *,
        genre: Sequence[Genre] | None = None,
        search: str | None = None,
        options: RequestOptions | None = None,
    ) -> Iterator[Book]:
        """Every book of every page of `list`."""
        return self._http.by_page(
            lambda page: self.list(
                page=page, genre=genre, search=search, options=options
            ),
            lambda found: found.results,
            more=lambda found: found.next,
        )

    def create(
        self,
        data: BookRequest | BookRequestDict,
        *,
        options: RequestOptions | None = None,
    ) -> Book:
        """Add a book.

        ``POST /api/books/``

        Raises:
            APIError: 400 with a `ValidationError`.
        """
        return self._http.request(
            "POST",
            "/api/books/",
            Book,
            body=(BookRequest, data),
            errors={400: ValidationError},
            options=options,
        )

    def retrieve(self, id: int, *, options: RequestOptions | None = None) -> Book:
        """``GET /api/books/{id}/``

        Args:
            id: A unique integer value identifying this book.

        Raises:
            APIError: 404 with a `Detail`.
        """
        return self._http.request(
            "GET",
            "/api/books/{id}/",
            Book,
            path=[("id", id)],
            errors={404: Detail},
            options=options,
        )

    def partial_update(
        self,
        id: int,
        data: PatchedBookRequest | PatchedBookRequestDict | None = None,
        *,
        options: RequestOptions | None = None,
    ) -> Book:
        """``PATCH /api/books/{id}/``

        Args:
            id: A unique integer value identifying this book.
        """
        return self._http.request(
            "PATCH",
            "/api/books/{id}/",
            Book,
            path=[("id", id)],
            body=(PatchedBookRequest, data),
            options=options,
        )

    def destroy(self, id: int, *, options: RequestOptions | None = None) -> None:
        """Books are no longer removed; set them to lost.

        Deprecated.

        ``DELETE /api/books/{id}/``

        Args:
            id: A unique integer value identifying this book.
        """
        return self._http.request(
            "DELETE", "/api/books/{id}/", None, path=[("id", id)], options=options
        )

    def cover_create(
        self,
        id: int,
        data: CoverRequest | CoverRequestDict,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """Replace the cover.

        ``POST /api/books/{id}/cover/``
        """
        return self._http.request(
            "POST",
            "/api/books/{id}/cover/",
            None,
            path=[("id", id)],
            body=(CoverRequest, data),
            content_type="multipart/form-data",
            options=options,
        )

    def cover_retrieve(
        self, id: int, *, options: RequestOptions | None = None
    ) -> bytes:
        """The cover as a picture.

        ``GET /api/books/{id}/cover/``
        """
        return self._http.request(
            "GET",
            "/api/books/{id}/cover/",
            bytes,
            path=[("id", id)],
            security=[[]],
            options=options,
        )

    def cover_retrieve_stream(
        self, id: int, *, options: RequestOptions | None = None
    ) -> Generator[bytes, None, None]:
        """The cover as a picture.

        ``GET /api/books/{id}/cover/``
        """
        return self._http.download(
            "GET",
            "/api/books/{id}/cover/",
            path=[("id", id)],
            security=[[]],
            options=options,
        )
