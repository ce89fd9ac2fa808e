"""Amounts and currencies."""

from django.db import models
from rest_framework import serializers

from .serializers import ValueSerializer


class Currency(models.TextChoices):
    EUR = "EUR", "Euro"
    CHF = "CHF", "Swiss franc"
    GBP = "GBP", "Pound sterling"
    USD = "USD", "US dollar"


class MoneySerializer(ValueSerializer):
    """An amount and what it is counted in."""

    amount = serializers.DecimalField(max_digits=10, decimal_places=2)
    currency = serializers.ChoiceField(choices=Currency.choices)
