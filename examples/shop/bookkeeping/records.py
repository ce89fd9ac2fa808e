"""Schemas of Django models."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Annotated, TypeAlias
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field

BigInteger: TypeAlias = Annotated[
    int, Field(ge=-9223372036854775808, le=9223372036854775807)
]


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
    id: BigInteger | None = Field(default=None, title="ID")
    sku: str = Field(
        description="Stock keeping unit, printed on the shelf.",
        min_length=1,
        max_length=32,
        pattern="^[A-Z0-9-]+\\n?$",
    )


class ItemRecord(Schema):
    """A position of an invoice."""

    product: ItemRecordProduct
    name: str = Field(
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
    id: UUID = Field(default_factory=uuid4)
    email: str = Field(min_length=1, max_length=254)
    full_name: str = Field(title="Full Name")


class PostalAddress(Schema):
    """Where an invoice was sent, as it was at the time."""

    name: str = Field(
        description="As it stands on the parcel.", min_length=1, max_length=120
    )
    street: str = Field(min_length=1, max_length=200)
    extra: str = Field(default="", description="Floor, company, c/o.", max_length=200)
    postal_code: str = Field(min_length=1, max_length=12)
    city: str = Field(min_length=1, max_length=100)
    country: Country


class PaymentStatus(StrEnum):
    PENDING = "pending"
    AUTHORIZED = "authorized"
    CAPTURED = "captured"
    FAILED = "failed"
    REFUNDED = "refunded"


class PaymentRecord(Schema):
    """Money that a customer sent, or wanted to send."""

    id: UUID = Field(default_factory=uuid4)
    status: PaymentStatus = PaymentStatus.PENDING
    amount: Decimal = Field(max_digits=10, decimal_places=2, ge=0)
    currency: Currency
    captured_amount: (
        Annotated[Decimal, Field(max_digits=10, decimal_places=2)] | None
    ) = None
    created_at: datetime = Field(
        default_factory=partial(datetime.now, UTC), description="When it was made."
    )


class OrderRecordRefunds(Schema):
    amount: Decimal = Field(max_digits=10, decimal_places=2, ge=Decimal("0.01"))
    reason: str = Field(min_length=1, max_length=500)
    created_at: datetime | None = None


class OrderRecord(Schema):
    """An order with all that is booked for it."""

    number: str = Field(
        description="Year and counter, as on the invoice.",
        min_length=1,
        max_length=11,
        pattern="^\\d{4}-\\d{6}$",
    )
    status: OrderStatus = OrderStatus.OPEN
    placed_at: datetime = Field(default_factory=partial(datetime.now, UTC))
    customer: OrderRecordCustomer
    billing_address: PostalAddress
    items: list[ItemRecord] = Field(default_factory=list, title="order items")
    subtotal: Decimal = Field(max_digits=10, decimal_places=2)
    discount: Decimal = Field(default=Decimal("0"), max_digits=10, decimal_places=2)
    shipping: Decimal = Field(max_digits=10, decimal_places=2)
    total: Decimal = Field(max_digits=10, decimal_places=2)
    payments: list[PaymentRecord] = Field(default_factory=list)
    refunds: list[OrderRecordRefunds] = Field(default_factory=list)
