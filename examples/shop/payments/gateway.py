"""The payment gateway. This one only plays; a real one would be asked over the network."""

import hashlib
import hmac
import re
from dataclasses import dataclass

from django.conf import settings

from .models import CardMethod, PaymentMethod, PaymentMethodType, PaymentStatus


@dataclass(frozen=True)
class Card:
    """What the shop may know of a card."""

    brand: str
    last4: str
    expires: str


def card_of(token: str) -> Card:
    """The card behind a token of the card form."""
    digits = re.sub(r"\D", "", token)
    return Card("Mastercard" if "mastercard" in token else "Visa", digits[-4:].rjust(4, "0"), "2030-12")


def authorize(method: PaymentMethod) -> tuple[PaymentStatus, str | None]:
    """Asks for the money: how the payment stands, and why it failed where it did.

    Tokens with ``declined`` in them are declined; a direct debit takes some days.
    """
    specific = method.specific
    if isinstance(specific, CardMethod) and "declined" in specific.token:
        return PaymentStatus.FAILED, "The card was declined."
    if method.type == PaymentMethodType.SEPA_DEBIT:
        return PaymentStatus.PENDING, None
    return PaymentStatus.AUTHORIZED, None


def sign(body: bytes) -> str:
    """The signature that the gateway sends with its messages."""
    return hmac.new(settings.GATEWAY_SECRET.encode(), body, hashlib.sha256).hexdigest()
