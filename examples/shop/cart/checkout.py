"""From the cart to the order."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from rest_framework.exceptions import ValidationError

from accounts.models import Account
from accounts.serializers import AddressSerializer
from orders.models import Order, OrderItem, Priority
from products.stock import pieces, reserve

from .models import Cart

SHIPPING = Decimal("4.90")
EXPRESS = Decimal("5.00")
FREE_FROM = Decimal("50.00")


@transaction.atomic
def check_out(cart: Cart, data: dict[str, Any], key: UUID | None = None) -> Order:
    """Turns a cart into an order, with what is ordered reserved; the order there is where the key was used before.

    Raises OutOfStock where something was sold meanwhile.
    """
    customer = cart.account
    placed = Order.objects.filter(customer=customer, idempotency_key=key).first() if key else None
    if placed is not None:
        return placed
    if not cart.items.exists():
        raise ValidationError("The cart is empty.")
    reserve(cart.wanted())
    shipping = shipping_costs(cart, data["priority"])
    shipping_address = data.get("shipping_address")
    order = Order.objects.create(
        number=Order.next_number(),
        customer=customer,
        priority=data["priority"],
        billing_address=remembered(customer, data["billing_address"]),
        shipping_address=remembered(customer, shipping_address) if shipping_address else None,
        payment_method=data["payment_method"],
        note=data.get("note", ""),
        subtotal=cart.subtotal,
        discount=cart.discount,
        shipping=shipping,
        total=cart.total + shipping,
        idempotency_key=key,
    )
    OrderItem.objects.bulk_create(
        OrderItem(
            order=order,
            product=item.product,
            name=item.product.name,
            quantity=item.quantity,
            unit_price=item.product.price,
        )
        for item in cart.items.all()
    )
    cart.empty()
    return order


def shipping_costs(cart: Cart, priority: int) -> Decimal:
    """Nothing where there is nothing to send, and less for those who buy much."""
    if not pieces(cart.wanted()):
        return Decimal(0)
    costs = SHIPPING if cart.total < FREE_FROM else Decimal(0)
    return costs + (EXPRESS if priority == Priority.EXPRESS else 0)


def remembered(customer: Account, data: dict[str, Any]) -> dict[str, Any]:
    """An address as it is now, for the order; the customer finds it among their addresses the next time."""
    address = customer.addresses.filter(**data).first() or customer.addresses.create(**data)
    return AddressSerializer(address).data
