"""How customers pay, and what has been paid."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone

from orders.models import Order, OrderStatus, removed_account
from shop.errors import Conflict
from shop.money import Currency


class PaymentMethodType(models.TextChoices):
    CARD = "card", "Card"
    SEPA_DEBIT = "sepa_debit", "Direct debit"
    WALLET = "wallet", "Wallet"


class PaymentMethod(models.Model):
    """How a customer pays; what there is to know beyond this depends on its type.

    Methods that are removed stay, out of sight, as payments refer to them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("accounts.Account", models.SET(removed_account), related_name="payment_methods")
    type = models.CharField(max_length=10, choices=PaymentMethodType.choices, editable=False)
    label = models.CharField(max_length=60, blank=True, help_text="A name of one's own: “the company's card”.")
    is_default = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-is_default", "-created_at"]

    @property
    def specific(self) -> PaymentMethod:
        """The same method as an object of its type."""
        children = {"card": "cardmethod", "sepa_debit": "sepamethod", "wallet": "walletmethod"}
        return self if type(self) is not PaymentMethod else getattr(self, children[self.type])

    def remove(self) -> None:
        self.removed_at = timezone.now()
        self.is_default = False
        self.save(update_fields=["removed_at", "is_default"])


class CardMethod(PaymentMethod):
    """A credit or debit card."""

    token = models.CharField(max_length=100)
    brand = models.CharField(max_length=20)
    last4 = models.CharField(max_length=4)
    expires = models.CharField(max_length=7, help_text="Year and month.")


class SepaMethod(PaymentMethod):
    """A bank account, by direct debit."""

    iban = models.CharField(max_length=34)
    holder = models.CharField(max_length=120)
    mandate_date = models.DateField(default=timezone.localdate)

    @property
    def iban_masked(self) -> str:
        return f"{self.iban[:4]}…{self.iban[-4:]}"


class WalletProvider(models.TextChoices):
    PAYPAL = "paypal", "PayPal"
    APPLE_PAY = "apple_pay", "Apple Pay"
    GOOGLE_PAY = "google_pay", "Google Pay"


class WalletMethod(PaymentMethod):
    """A wallet such as PayPal."""

    provider = models.CharField(max_length=10, choices=WalletProvider.choices)


class PaymentStatus(models.TextChoices):
    PENDING = "pending", "Pending"
    AUTHORIZED = "authorized", "Authorized"
    CAPTURED = "captured", "Captured"
    FAILED = "failed", "Failed"
    REFUNDED = "refunded", "Refunded"


class Payment(models.Model):
    """Money on its way from a customer to the shop."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="payments")
    method = models.ForeignKey(PaymentMethod, models.PROTECT, related_name="payments")
    amount = models.DecimalField(max_digits=10, decimal_places=2, validators=[MinValueValidator(Decimal(0))])
    currency = models.CharField(max_length=3, choices=Currency.choices)
    status = models.CharField(max_length=10, choices=PaymentStatus.choices, default=PaymentStatus.PENDING)
    failure = models.CharField(max_length=200, null=True, blank=True, help_text="Why it failed, for the customer.")
    captured_amount = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    capture_key = models.UUIDField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, help_text="When it was made.")

    class Meta:
        ordering = ["-created_at"]

    def capture(self, amount: Decimal | None = None, key: uuid.UUID | None = None) -> None:
        """Takes the money, all of it where no amount is given; then the order is paid."""
        if self.status != PaymentStatus.AUTHORIZED:
            raise Conflict(f"The payment is {self.get_status_display().lower()}.")
        self.capture_key = key
        self.settle(amount)

    def settle(self, amount: Decimal | None = None) -> None:
        """The money has arrived; it goes back where nobody waits for it any more."""
        self.status = PaymentStatus.CAPTURED
        self.captured_amount = self.amount if amount is None else amount
        self.save()
        if self.order.status == OrderStatus.OPEN:
            self.order.pay()
        else:
            self.give_back()

    def fail(self, reason: str) -> None:
        """The money does not come."""
        self.status = PaymentStatus.FAILED
        self.failure = reason
        self.save()

    def give_back(self) -> None:
        """The money goes back the way it came; what was only authorized is released."""
        if self.status != PaymentStatus.FAILED:
            self.status = PaymentStatus.REFUNDED
            self.save()
