"""Schemas of Django models."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, TypeAlias
from uuid import UUID

from annotated_types import Predicate
from pydantic import BaseModel, ConfigDict, Field

BigInteger: TypeAlias = Annotated[
    int, Field(ge=-9223372036854775808, le=9223372036854775807)
]

Text: TypeAlias = Annotated[str, Predicate(lambda text: not text.encode().count(b"\0"))]
"""A text that a column holds, which has no null characters."""


class Schema(BaseModel):
    """A field is titled by its name, in small letters, where it says nothing else."""

    model_config = ConfigDict(
        field_title_generator=lambda name, _: name.replace("_", " ")
    )


class Country(StrEnum):
    AUSTRIA = "AT"
    SWITZERLAND = "CH"
    GERMANY = "DE"
    FRANCE = "FR"
    UNITED_KINGDOM = "GB"
    UNITED_STATES = "US"
    """United States of America"""


class Currency(StrEnum):
    EUR = "EUR"
    """Euro"""
    CHF = "CHF"
    """Swiss franc"""
    GBP = "GBP"
    """Pound sterling"""
    USD = "USD"
    """US dollar"""


class ItemRecordProduct(Schema):
    id: BigInteger = Field(title="ID")
    sku: Text = Field(
        description="Stock keeping unit, printed on the shelf.",
        min_length=1,
        max_length=32,
        pattern="^[A-Z0-9-]+\\n?$",
    )


class ItemRecord(Schema):
    """A position of an invoice."""

    product: ItemRecordProduct
    name: Text = Field(
        description="As it was when the order was placed.", min_length=1, max_length=120
    )
    quantity: int = Field(ge=1, le=32767)
    unit_price: Decimal = Field(max_digits=10, decimal_places=2)
    total: Decimal = Field(title="Total")


class OrderStatus(StrEnum):
    """Where an order stands on its way to the customer."""

    OPEN = "open"
    PAID = "paid"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class OrderRecordCustomer(Schema):
    id: UUID
    email: Text = Field(min_length=1, max_length=254)
    full_name: str = Field(title="Full Name")


class PostalAddress(Schema):
    """Where an invoice was sent, as it was at the time."""

    name: Text = Field(
        description="As it stands on the parcel.", min_length=1, max_length=120
    )
    street: Text = Field(min_length=1, max_length=200)
    extra: Text = Field(description="Floor, company, c/o.", max_length=200)
    postal_code: Text = Field(min_length=1, max_length=12)
    city: Text = Field(min_length=1, max_length=100)
    country: Country


class PaymentStatus(StrEnum):
    PENDING = "pending"
    AUTHORIZED = "authorized"
    CAPTURED = "captured"
    FAILED = "failed"
    REFUNDED = "refunded"


class PaymentRecord(Schema):
    """Money that a customer sent, or wanted to send."""

    id: UUID
    status: PaymentStatus
    amount: Decimal = Field(max_digits=10, decimal_places=2)
    currency: Currency
    captured_amount: Annotated[Decimal, Field(max_digits=10, decimal_places=2)] | None
    created_at: datetime = Field(description="When it was made.")


class OrderRecordRefunds(Schema):
    amount: Decimal = Field(max_digits=10, decimal_places=2)
    reason: Text = Field(min_length=1, max_length=500)
    created_at: datetime


class OrderRecord(Schema):
    """An order with all that is booked for it."""

    number: Text = Field(
        description="Year and counter, as on the invoice.",
        min_length=1,
        max_length=11,
        pattern="^\\d{4}-\\d{6}$",
    )
    status: OrderStatus
    placed_at: datetime
    customer: OrderRecordCustomer
    billing_address: PostalAddress
    items: list[ItemRecord] = Field(title="order items")
    subtotal: Decimal = Field(max_digits=10, decimal_places=2)
    discount: Decimal = Field(max_digits=10, decimal_places=2)
    shipping: Decimal = Field(max_digits=10, decimal_places=2)
    total: Decimal = Field(max_digits=10, decimal_places=2)
    payments: list[PaymentRecord]
    refunds: list[OrderRecordRefunds]
