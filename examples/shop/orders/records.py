"""Orders as the bookkeeping gets them: ``manage.py export_orders`` writes one to a line.

The bookkeeping's own program reads them with ``bookkeeping/records.py``, which is generated from this module.
"""

from accounts.models import Address
from payments.models import Payment
from specloom.django.schemas import BaseSchema, Infer, InferExcept, SchemaConfig

from .models import Order, OrderItem


class PostalAddress(BaseSchema[Address]):
    """Where an invoice was sent, as it was at the time."""

    config = SchemaConfig(model=Address, fields=["name", "street", "extra", "postal_code", "city", "country"])


class ItemRecord(BaseSchema[OrderItem]):
    """A position of an invoice."""

    config = SchemaConfig(
        model=OrderItem,
        fields=[("product", ["id", "sku"]), "name", "quantity", "unit_price", "total"],
    )


class PaymentRecord(BaseSchema[Payment]):
    """Money that a customer sent, or wanted to send."""

    config = SchemaConfig(
        model=Payment, fields=["id", "status", "amount", "currency", "captured_amount", "created_at"]
    )


class OrderRecord(BaseSchema[Order]):
    """An order with all that is booked for it."""

    config = SchemaConfig(
        model=Order,
        fields={
            "number": InferExcept(pattern=r"^\d{4}-\d{6}$"),
            "status": Infer,
            "placed_at": Infer,
            "customer": ["id", "email", "full_name"],
            "billing_address": InferExcept(annotation=PostalAddress),
            "items": [ItemRecord],
            "subtotal": Infer,
            "discount": Infer,
            "shipping": Infer,
            "total": Infer,
            "payments": [PaymentRecord],
            "refunds": ["amount", "reason", "created_at"],
        },
        strict_null=True,
    )
