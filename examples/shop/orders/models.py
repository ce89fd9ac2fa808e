"""Orders, and what becomes of them."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone

from accounts.models import Account
from products.models import Product
from products.stock import release, ship
from shop.errors import Conflict
from shop.money import CENT


def removed_account() -> Account:
    """Stands where the account was that has been removed."""
    email = "removed@shop.example.com"
    return Account.objects.filter(email=email).first() or Account.objects.create_user(email, is_active=False)


class OrderStatus(models.TextChoices):
    """Where an order stands on its way to the customer."""

    OPEN = "open", "Open"
    PAID = "paid", "Paid"
    PACKED = "packed", "Packed"
    SHIPPED = "shipped", "Shipped"
    DELIVERED = "delivered", "Delivered"
    CANCELLED = "cancelled", "Cancelled"
    REFUNDED = "refunded", "Refunded"


PAID_FOR = (OrderStatus.PAID, OrderStatus.PACKED, OrderStatus.SHIPPED, OrderStatus.DELIVERED)
FINISHED = (OrderStatus.DELIVERED, OrderStatus.CANCELLED, OrderStatus.REFUNDED)


class Priority(models.IntegerChoices):
    """How urgently an order is packed."""

    LOW = 1, "Low"
    NORMAL = 5, "Normal"
    EXPRESS = 10, "Express"


class CancelReason(models.TextChoices):
    CHANGED_MIND = "changed_mind", "Changed my mind"
    TOO_LATE = "too_late", "Takes too long"
    FOUND_CHEAPER = "found_cheaper", "Found it cheaper"
    OTHER = "other", "Other"


class OrderQuerySet(models.QuerySet["Order"]):
    def visible_to(self, account: AbstractBaseUser) -> OrderQuerySet:
        """All for the staff; for others, their own."""
        return self if account.is_staff else self.filter(customer=account)

    def placed_between(self, since: date, until: date) -> OrderQuerySet:
        """Those of a span of days, with both its ends."""
        return self.filter(placed_at__date__gte=since, placed_at__date__lte=until)


class Order(models.Model):
    """A cart that somebody has decided to pay for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(
        max_length=11, unique=True, editable=False, help_text="Year and counter, as on the invoice."
    )
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET(removed_account), related_name="orders")
    status = models.CharField(max_length=10, choices=OrderStatus.choices, default=OrderStatus.OPEN)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    billing_address = models.JSONField()
    shipping_address = models.JSONField(null=True, blank=True, help_text="The billing address where it is null.")
    payment_method = models.ForeignKey("payments.PaymentMethod", models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True, help_text="From the customer, to whoever packs.")
    is_gift = models.BooleanField(default=False)
    deliver_on = models.DateField(null=True, blank=True)
    deliver_after = models.TimeField(null=True, blank=True, help_text="Not before this time of day.")
    subtotal = models.DecimalField(max_digits=10, decimal_places=2)
    discount = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    shipping = models.DecimalField(max_digits=10, decimal_places=2)
    total = models.DecimalField(max_digits=10, decimal_places=2)
    cancel_reason = models.CharField(max_length=20, choices=CancelReason.choices, null=True, blank=True)
    cancel_comment = models.CharField(max_length=500, blank=True)
    metadata = models.JSONField(
        default=dict, blank=True, help_text="Whatever an integration wants to keep with the order."
    )
    idempotency_key = models.UUIDField(null=True, blank=True, editable=False)
    placed_at = models.DateTimeField(default=timezone.now)
    delivered_at = models.DateTimeField(null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "idempotency_key"], name="one_order_with_an_idempotency_key")
        ]

    def __str__(self) -> str:
        return self.number

    @staticmethod
    def next_number() -> str:
        """The number of the next order of this year."""
        year = timezone.localdate().year
        last = Order.objects.filter(number__startswith=f"{year}-").aggregate(last=models.Max("number"))["last"]
        return f"{year}-{int(last[5:]) + 1 if last else 1:06}"

    @property
    def item_count(self) -> int:
        return sum(item.quantity for item in self.items.all())

    @property
    def is_finished(self) -> bool:
        return self.status in FINISHED

    @property
    def refunded(self) -> Decimal:
        """How much has been paid back."""
        return sum((refund.amount for refund in self.refunds.all()), Decimal(0))

    def wanted(self) -> list[tuple[Product, int]]:
        return [(item.product, item.quantity) for item in self.items.all()]

    def require(self, *statuses: str) -> None:
        """Raises Conflict where the order does not stand at one of these."""
        if self.status not in statuses:
            raise Conflict(f"The order is {self.get_status_display().lower()}.")

    def move_to(self, status: str) -> None:
        """Sets the status, and tells those who follow the order."""
        previous, self.status = self.status, status
        self.save()
        self.tell(OrderEvent.Kind.STATUS_CHANGED, previous=previous, status=status)

    def tell(self, kind: str, author: AbstractBaseUser | None = None, **details: Any) -> None:
        """Tells those who follow the order that something happened."""
        self.events.create(kind=kind, author=author, details=details)

    def pay(self) -> None:
        self.require(OrderStatus.OPEN)
        self.move_to(OrderStatus.PAID)

    def cancel(self, reason: str, comment: str = "") -> None:
        """Puts the items back on the shelf, and what was paid goes back. Raises Conflict where it is packed already."""
        self.require(OrderStatus.OPEN, OrderStatus.PAID)
        release(self.wanted())
        self.cancel_reason = reason
        self.cancel_comment = comment
        self.move_to(OrderStatus.CANCELLED)
        for payment in self.payments.all():
            payment.give_back()

    def refund(self, amount: Decimal, reason: str, key: uuid.UUID | None = None) -> None:
        """Pays back an amount; with the last of it, the order is refunded."""
        self.require(*PAID_FOR)
        self.refunds.create(amount=amount, reason=reason, idempotency_key=key)
        if self.refunded == self.total:
            self.move_to(OrderStatus.REFUNDED)
            for payment in self.payments.all():
                payment.give_back()

    def hand_over(self, shipment: Shipment) -> None:
        """A carrier has, or is going to have, what was ordered."""
        if self.status == OrderStatus.PAID:
            ship(self.wanted())
            self.move_to(OrderStatus.PACKED)
        if self.status == OrderStatus.PACKED and shipment.shipped_at <= timezone.now():
            self.move_to(OrderStatus.SHIPPED)
        self.tell(OrderEvent.Kind.SHIPMENT_MOVED, shipment=shipment.pk, place=None, message="Handed to the carrier.")

    def deliver(self) -> None:
        """The last shipment has arrived."""
        self.require(OrderStatus.SHIPPED)
        self.delivered_at = timezone.now()
        for shipment in self.shipments.filter(delivered_at=None):
            shipment.delivered_at = self.delivered_at
            shipment.save(update_fields=["delivered_at"])
            city = (self.shipping_address or self.billing_address)["city"]
            self.tell(OrderEvent.Kind.SHIPMENT_MOVED, shipment=shipment.pk, place=city, message="Delivered.")
        self.move_to(OrderStatus.DELIVERED)


class OrderItem(models.Model):
    """A product in an order, as it was when the order was placed."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="items")
    product = models.ForeignKey(Product, models.PROTECT, related_name="order_items")
    name = models.CharField(max_length=120, help_text="As it was when the order was placed.")
    quantity = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    unit_price = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        ordering = ["pk"]

    @property
    def total(self) -> Decimal:
        return self.unit_price * self.quantity


class Refund(models.Model):
    """Money that went back to a customer."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="refunds")
    amount = models.DecimalField(max_digits=10, decimal_places=2, validators=[MinValueValidator(CENT)])
    reason = models.CharField(max_length=500)
    idempotency_key = models.UUIDField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "idempotency_key"], name="one_refund_with_an_idempotency_key")
        ]


class Carrier(models.TextChoices):
    DHL = "dhl", "DHL"
    DPD = "dpd", "DPD"
    UPS = "ups", "UPS"
    THIRD_PARTY = "3rd-party", "Third party"


TRACKING_PAGES = {
    Carrier.DHL: "https://www.dhl.com/en/express/tracking.html?AWB={}",
    Carrier.DPD: "https://tracking.dpd.de/status/en_US/parcel/{}",
    Carrier.UPS: "https://www.ups.com/track?tracknum={}",
}


class Shipment(models.Model):
    """A parcel on its way."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="shipments")
    carrier = models.CharField(max_length=10, choices=Carrier.choices)
    tracking_number = models.CharField(max_length=40)
    shipped_at = models.DateTimeField(default=timezone.now)
    delivered_at = models.DateTimeField(null=True, blank=True)
    weight = models.PositiveIntegerField(validators=[MinValueValidator(1)], help_text="In grams.")

    class Meta:
        ordering = ["shipped_at"]
        constraints = [models.UniqueConstraint(fields=["carrier", "tracking_number"], name="one_parcel_of_a_number")]

    @property
    def tracking_url(self) -> str | None:
        page = TRACKING_PAGES.get(self.carrier)
        return page and page.format(self.tracking_number)


class OrderEvent(models.Model):
    """Something that happened to an order."""

    class Kind(models.TextChoices):
        STATUS_CHANGED = "status_changed"
        SHIPMENT_MOVED = "shipment_moved"
        NOTE_ADDED = "note_added"

    order = models.ForeignKey(Order, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET(removed_account), null=True, related_name="+")
    details = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
