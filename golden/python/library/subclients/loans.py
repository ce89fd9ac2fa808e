"""Operations of the tag *loans*."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator

from ..async_http import AsyncHTTP
from ..calls import RequestOptions
from ..models.loans import Loan, PaginatedLoanList
from ..paging import query_value
from ..sync_http import SyncHTTP


class LoansClient:
    """Who has what."""

    def __init__(self, http: AsyncHTTP) -> None:
        self._http = http

    async def list(
        self, *, cursor: str | None = None, options: RequestOptions | None = None
    ) -> PaginatedLoanList:
        """``GET /api/loans/``"""
        return await self._http.request(
            "GET",
            "/api/loans/",
            PaginatedLoanList,
            query=[("cursor", cursor)],
            options=options,
        )

    def iterate(self, *, options: RequestOptions | None = None) -> AsyncIterator[Loan]:
        """Every loan of every page of `list`."""
        return self._http.by_cursor(
            lambda cursor: self.list(cursor=cursor, options=options),
            lambda found: found.results,
            lambda found: query_value(found.next, "cursor"),
        )

    def events(
        self, *, options: RequestOptions | None = None
    ) -> AsyncGenerator[Loan, None]:
        """Loans as they happen.

        ``GET /api/loans/events/``
        """
        return self._http.events("GET", "/api/loans/events/", Loan, options=options)


class SyncLoansClient:
    """Who has what."""

    def __init__(self, http: SyncHTTP) -> None:
        self._http = http

    def list(
        self, *, cursor: str | None = None, options: RequestOptions | None = None
    ) -> PaginatedLoanList:
        """``GET /api/loans/``"""
        return self._http.request(
            "GET",
            "/api/loans/",
            PaginatedLoanList,
            query=[("cursor", cursor)],
            options=options,
        )

    def iterate(self, *, options: RequestOptions | None = None) -> Iterator[Loan]:
        """Every loan of every page of `list`."""
        return self._http.by_cursor(
            lambda cursor: self.list(cursor=cursor, options=options),
            lambda found: found.results,
            lambda found: query_value(found.next, "cursor"),
        )

    def events(
        self, *, options: RequestOptions | None = None
    ) -> Generator[Loan, None, None]:
        """Loans as they happen.

        ``GET /api/loans/events/``
        """
        return self._http.events("GET", "/api/loans/events/", Loan, options=options)
