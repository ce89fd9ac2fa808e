"""Carts, what is in them, and coupons."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from products.models import Product
from shop.money import CENT

LIFETIME = timedelta(days=7)


def in_a_week() -> datetime:
    return timezone.now() + LIFETIME


class Coupon(models.Model):
    """Makes a cart cheaper, by a share or by an amount."""

    code = models.CharField(max_length=20, unique=True)
    label = models.CharField(max_length=100)
    percent = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    amount = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code

    @property
    def is_valid(self) -> bool:
        return self.valid_until is None or self.valid_until >= timezone.localdate()

    def discount(self, subtotal: Decimal) -> Decimal:
        """How much cheaper the coupon makes something; never more than it costs."""
        if self.percent is not None:
            return (subtotal * self.percent / 100).quantize(CENT, ROUND_HALF_UP)
        return min(self.amount or Decimal(0), subtotal)


class Cart(models.Model):
    """What somebody is about to buy; without an account, its id is in the session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="cart")
    coupon = models.ForeignKey(Coupon, models.SET_NULL, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField(default=in_a_week, help_text="After this the items go back on the shelf.")

    @property
    def subtotal(self) -> Decimal:
        return sum((item.subtotal for item in self.items.all()), Decimal(0))

    @property
    def discount(self) -> Decimal:
        return self.coupon.discount(self.subtotal) if self.coupon and self.coupon.is_valid else Decimal(0)

    @property
    def total(self) -> Decimal:
        return self.subtotal - self.discount

    def wanted(self) -> list[tuple[Product, int]]:
        return [(item.product, item.quantity) for item in self.items.all()]

    def put(self, product: Product, quantity: int, options: dict[str, str]) -> CartItem:
        """Puts a product into the cart. More of the same adds to the item there is."""
        item = self.items.filter(product=product, options=options).first()
        if item is None:
            return self.items.create(product=product, quantity=quantity, options=options)
        item.quantity = min(item.quantity + quantity, 999)
        item.save(update_fields=["quantity"])
        return item

    def empty(self) -> None:
        self.items.all().delete()
        self.coupon = None
        self.keep()

    def keep(self) -> None:
        """Saves the cart, for another week."""
        self.expires_at = in_a_week()
        self.save()


class CartItem(models.Model):
    """A product in a cart."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cart = models.ForeignKey(Cart, models.CASCADE, related_name="items")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(999)])
    options = models.JSONField(default=dict, blank=True, help_text="Size, colour and the like.")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["added_at"]
        constraints = [models.UniqueConstraint(fields=["cart", "product", "options"], name="product_once_in_cart")]

    @property
    def subtotal(self) -> Decimal:
        return self.product.price * self.quantity
