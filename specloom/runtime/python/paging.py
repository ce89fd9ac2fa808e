"""Which page comes next, for every kind of paging.

Each kind is a generator that yields the key of the page to fetch and is sent the page.
It does no I/O, so the async and the sync client share it.
"""

from __future__ import annotations

import re
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Generator,
    Iterable,
    Iterator,
)
from typing import TypeAlias, TypeVar

import httpx

from .errors import PagingError
from .responses import Response

P = TypeVar("P")
T = TypeVar("T")
C = TypeVar("C", str, int)
K = TypeVar("K")

Items: TypeAlias = Callable[[P], Iterable[T] | None]
"""The items of a page."""
Steps: TypeAlias = Generator[K, tuple[P, list[T]], None]
"""Yields the key of a page, is sent the page and its items."""

_LINK = re.compile(r'<([^>]*)>((?:[^,"]|"(?:[^"\\]|\\.)*")*)')
_PARAMETER = re.compile(
    r';\s*([^\s=;,]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,]*)))?'
)


def number_steps(
    start: int,
    more: Callable[[P], object] | None = None,
    total: Callable[[P], int | None] | None = None,
    *,
    by_offset: bool = False,
) -> Steps[int, P, T]:
    """Page numbers, or offsets: up to an empty page, or where a page says it is last."""
    key, seen, previous = start, start if by_offset else 0, None
    while True:
        page, items = yield key
        seen += len(items)
        if not items or (more and not more(page)):
            return
        count = total(page) if total else None
        if count is not None and seen >= count:
            return
        if page == previous:
            # The server ignores the number. Where nothing says there is more, that
            # was all; else it would go on for ever.
            if more:
                raise PagingError("two pages in a row are the same")
            return
        previous = page
        key = seen if by_offset else key + 1


def cursor_steps(
    start: C | None, cursor: Callable[[P], C | None]
) -> Steps[C | None, P, T]:
    """Cursors or links, up to a page that has none."""
    key = start
    seen: set[str | int | None] = {start}
    while True:
        page, _ = yield key
        key = cursor(page)
        if key is None or key == "":
            return
        if key in seen:
            raise PagingError("a page names one before it as the next")
        seen.add(key)


def next_link(headers: httpx.Headers) -> str | None:
    """The target of `rel="next"` in Link headers (RFC 8288)."""
    for target, parameters in _LINK.findall(headers.get("Link", "")):
        for name, quoted, token in _PARAMETER.findall(parameters):
            if name.lower() == "rel":
                if "next" in (quoted or token).lower().split():
                    return str(target)
                break  # only the first counts
    return None


def query_value(url: str | None, name: str) -> str | None:
    """A query parameter of a link, such as the cursor in the `next` of DRF."""
    if not url:
        return None
    try:
        values = httpx.URL(url).params.get_list(name)
        return values[0] if values else None
    except httpx.InvalidURL:
        return None


def resolve(response: Response[P], link: str | None) -> str | None:
    """A link of a page as an absolute URL."""
    if not link:
        return None
    try:
        url = response.url.join(link)
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host:
        raise PagingError("the link to the next page is no URL")
    return str(url)


async def walk_async(
    steps: Steps[K, P, T], fetch: Callable[[K], Awaitable[P]], items: Items[P, T]
) -> AsyncIterator[T]:
    """Every item of every page."""
    key = next(steps)
    while True:
        page = await fetch(key)
        found = list(items(page) or ())
        for item in found:
            yield item
        try:
            key = steps.send((page, found))
        except StopIteration:
            return


def walk(
    steps: Steps[K, P, T], fetch: Callable[[K], P], items: Items[P, T]
) -> Iterator[T]:
    """Every item of every page."""
    key = next(steps)
    while True:
        page = fetch(key)
        found = list(items(page) or ())
        yield from found
        try:
            key = steps.send((page, found))
        except StopIteration:
            return


class AsyncPaging:
    """The iterators generated code offers. `fetch` gets the page of a number or cursor."""

    def by_page(
        self,
        fetch: Callable[[int], Awaitable[P]],
        items: Items[P, T],
        *,
        start: int | None = None,
        first: int = 1,
        more: Callable[[P], object] | None = None,
        total: Callable[[P], int | None] | None = None,
    ) -> AsyncIterator[T]:
        """Page by number; `first` is the number of the first page."""
        number = first if start is None else start
        # How many items were before a later page is not known.
        known_total = total if number == first else None
        return walk_async(number_steps(number, more, known_total), fetch, items)

    def by_offset(
        self,
        fetch: Callable[[int], Awaitable[P]],
        items: Items[P, T],
        *,
        start: int | None = None,
        more: Callable[[P], object] | None = None,
        total: Callable[[P], int | None] | None = None,
    ) -> AsyncIterator[T]:
        """Page by how many items to skip."""
        return walk_async(
            number_steps(start or 0, more, total, by_offset=True), fetch, items
        )

    def by_cursor(
        self,
        fetch: Callable[[C | None], Awaitable[P]],
        items: Items[P, T],
        cursor: Callable[[P], C | None],
        *,
        start: C | None = None,
    ) -> AsyncIterator[T]:
        """Page by the cursor each page has for the next."""
        return walk_async(cursor_steps(start, cursor), fetch, items)

    def by_link(
        self,
        first: Callable[[], Awaitable[P]],
        items: Items[P, T],
        link: Callable[[P], str | None],
    ) -> AsyncIterator[T]:
        """Page by the URL each page has for the next."""
        return self._by_link(first, items, lambda page: link(page.data))

    def by_link_header(
        self, first: Callable[[], Awaitable[P]], items: Items[P, T]
    ) -> AsyncIterator[T]:
        """Page by the Link header."""
        return self._by_link(first, items, lambda page: next_link(page.headers))

    def _by_link(
        self,
        first: Callable[[], Awaitable[P]],
        items: Items[P, T],
        link: Callable[[Response[P]], str | None],
    ) -> AsyncIterator[T]:
        return walk_async(
            cursor_steps(None, lambda page: resolve(page, link(page))),
            self.follow(first),
            lambda page: items(page.data),
        )

    def follow(
        self, first: Callable[[], Awaitable[P]]
    ) -> Callable[[str | None], Awaitable[Response[P]]]:
        """Fetches `first` for no URL, then the same call with other URLs."""
        raise NotImplementedError


class SyncPaging:
    """The iterators generated code offers. `fetch` gets the page of a number or cursor."""

    def by_page(
        self,
        fetch: Callable[[int], P],
        items: Items[P, T],
        *,
        start: int | None = None,
        first: int = 1,
        more: Callable[[P], object] | None = None,
        total: Callable[[P], int | None] | None = None,
    ) -> Iterator[T]:
        """Page by number; `first` is the number of the first page."""
        number = first if start is None else start
        # How many items were before a later page is not known.
        known_total = total if number == first else None
        return walk(number_steps(number, more, known_total), fetch, items)

    def by_offset(
        self,
        fetch: Callable[[int], P],
        items: Items[P, T],
        *,
        start: int | None = None,
        more: Callable[[P], object] | None = None,
        total: Callable[[P], int | None] | None = None,
    ) -> Iterator[T]:
        """Page by how many items to skip."""
        return walk(number_steps(start or 0, more, total, by_offset=True), fetch, items)

    def by_cursor(
        self,
        fetch: Callable[[C | None], P],
        items: Items[P, T],
        cursor: Callable[[P], C | None],
        *,
        start: C | None = None,
    ) -> Iterator[T]:
        """Page by the cursor each page has for the next."""
        return walk(cursor_steps(start, cursor), fetch, items)

    def by_link(
        self,
        first: Callable[[], P],
        items: Items[P, T],
        link: Callable[[P], str | None],
    ) -> Iterator[T]:
        """Page by the URL each page has for the next."""
        return self._by_link(first, items, lambda page: link(page.data))

    def by_link_header(self, first: Callable[[], P], items: Items[P, T]) -> Iterator[T]:
        """Page by the Link header."""
        return self._by_link(first, items, lambda page: next_link(page.headers))

    def _by_link(
        self,
        first: Callable[[], P],
        items: Items[P, T],
        link: Callable[[Response[P]], str | None],
    ) -> Iterator[T]:
        return walk(
            cursor_steps(None, lambda page: resolve(page, link(page))),
            self.follow(first),
            lambda page: items(page.data),
        )

    def follow(self, first: Callable[[], P]) -> Callable[[str | None], Response[P]]:
        """Fetches `first` for no URL, then the same call with other URLs."""
        raise NotImplementedError
