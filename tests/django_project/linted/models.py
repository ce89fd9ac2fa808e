"""Makers and gadgets, with properties and methods that say their types and some that do not."""

from __future__ import annotations

from decimal import Decimal

from django.db import models


class Maker(models.Model):
    """Who makes gadgets."""

    name = models.CharField(max_length=80)
    founded = models.DateField(null=True, blank=True)
    logo = models.FileField(blank=True)


class Gadget(models.Model):
    """A thing that is made."""

    class Status(models.TextChoices):
        NEW = "new", "New"
        OLD = "old", "Old"

    name = models.CharField(max_length=80)
    nickname = models.CharField(max_length=80, null=True, blank=True)
    status = models.CharField(max_length=3, choices=Status.choices, default=Status.NEW)
    size = models.IntegerField(default=0)
    weight = models.FloatField(default=0)
    price = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    made = models.DateTimeField(auto_now_add=True)
    sold = models.BooleanField(default=False)
    details = models.JSONField(default=dict)
    maker = models.ForeignKey(Maker, models.CASCADE, related_name="gadgets")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")

    @property
    def label(self) -> str:
        return self.name

    @property
    def words(self) -> list[str]:
        return self.name.split()

    @property
    def sizes(self) -> dict[str, int]:
        return {"size": self.size}

    @property
    def half(self) -> Decimal:
        return self.price / 2

    def shout(self) -> str:
        return self.name.upper()
