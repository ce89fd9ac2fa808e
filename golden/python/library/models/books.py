"""Models of the tag *books*."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, NotRequired, TypeAlias, TypedDict

from pydantic import Field, RootModel

from ..base import FileInput, Model
from ..enums import Genre


class Shelf(Model):
    """A shelf; shelves stand in shelves."""

    id: int
    name: Annotated[str, Field(max_length=40)]
    inside: Shelf | None = None
    parts: list[Shelf]


class Reader(Model):
    kind: Literal["reader"]
    name: str
    email: str


class Branch(Model):
    kind: Literal["branch"]
    town: str


Holder: TypeAlias = Annotated[Reader | Branch, Field(discriminator="kind")]


class Book(Model):
    id: int
    title: Annotated[str, Field(max_length=200)]
    genre: Genre | Literal[""] | None = None
    price: Decimal
    """What it costs to replace."""
    pages: Annotated[int, Field(ge=1, le=32767)] | None = None
    added_at: datetime
    shelf: Shelf
    holder: Holder
    extra: dict[str, Any] | None = None


class BookRequest(Model):
    """What is sent to create or replace a `Book`."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    genre: Genre | Literal[""] | None = None
    price: Decimal
    """What it costs to replace."""
    pages: Annotated[int, Field(ge=1, le=32767)] | None = None
    """Left out, it is `100`."""


class BookRequestDict(TypedDict):
    """`BookRequest` as a dict."""

    title: str
    genre: NotRequired[
        Genre | Literal["fiction", "non-fiction", "sci_fi"] | Literal[""] | None
    ]
    price: Decimal | str
    pages: NotRequired[int | None]


class PatchedBookRequest(Model):
    """What is sent to change a `Book`."""

    title: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    price: Decimal | None = None
    """What it costs to replace."""


class PatchedBookRequestDict(TypedDict, total=False):
    """`PatchedBookRequest` as a dict."""

    title: str
    price: Decimal | str


class CoverRequest(Model):
    picture: FileInput
    credit: str | None = None


class CoverRequestDict(TypedDict):
    """`CoverRequest` as a dict."""

    picture: FileInput
    credit: NotRequired[str]


class PaginatedBookList(Model):
    count: int
    """For example `123`."""
    next: str | None = None
    previous: str | None = None
    results: list[Book]


class ValidationError(RootModel[dict[str, list[str]]]):
    pass


class Detail(Model):
    detail: str
