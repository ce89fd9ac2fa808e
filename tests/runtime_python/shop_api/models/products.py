"""Models of the tag *products*."""

# ruff: noqa: TID252 - generated code cannot know its package's name
from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, NotRequired, TypeAlias, TypedDict

from pydantic import Field, RootModel

from ..base import FileInput, Model
from ..enums import Priority, ProductStatus


class CardPayment(Model):
    kind: Literal["card"]
    last4: Annotated[str, Field(min_length=4, max_length=4)]


class IbanPayment(Model):
    kind: Literal["iban"]
    iban: str


Payment: TypeAlias = Annotated[CardPayment | IbanPayment, Field(discriminator="kind")]


class Product(Model):
    """A thing the shop sells."""

    id: int
    name: Annotated[str, Field(max_length=120)]
    price: Decimal
    status: ProductStatus
    priority: Priority | None = None
    payment: Payment | None = None
    created_at: Annotated[datetime | None, Field(alias="created-at")] = None


class ProductRequest(Model):
    """What is sent to create a `Product`."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    price: Decimal
    status: ProductStatus | None = None


class ProductRequestDict(TypedDict):
    """`ProductRequest` as a dict."""

    name: str
    price: Decimal | str
    status: NotRequired[ProductStatus | Literal["draft", "on_sale"]]


class PhotoRequest(Model):
    photo: FileInput
    caption: str | None = None


class PhotoRequestDict(TypedDict):
    """`PhotoRequest` as a dict."""

    photo: FileInput
    caption: NotRequired[str | None]


class PaginatedProductList(Model):
    count: int
    next: str | None = None
    results: list[Product]


class Job(Model):
    id: int


class ValidationError(RootModel[dict[str, list[str]]]):
    pass
