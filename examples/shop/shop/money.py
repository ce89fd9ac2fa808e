"""Amounts and currencies."""

from decimal import Decimal
from typing import Any

from django.db import models
from rest_framework import serializers

from .serializers import ValueSerializer

CENT = Decimal("0.01")


class Currency(models.TextChoices):
    EUR = "EUR", "Euro"
    CHF = "CHF", "Swiss franc"
    GBP = "GBP", "Pound sterling"
    USD = "USD", "US dollar"


class MoneySerializer(ValueSerializer):
    """An amount and what it is counted in."""

    amount = serializers.DecimalField(max_digits=10, decimal_places=2)
    currency = serializers.ChoiceField(choices=Currency.choices)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """An amount alone is in the shop's own currency."""
        if isinstance(instance, Decimal):
            instance = {"amount": instance, "currency": Currency.EUR}
        return super().to_representation(instance)
