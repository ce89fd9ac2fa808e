"""Customers, products and orders; and models related to themselves, to each other, and through inheritance."""

from __future__ import annotations

import uuid
from functools import cached_property

from django.conf import settings
from django.db import models


class Stamped(models.Model):
    """Abstract: when a row was made."""

    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Country(models.Model):
    """Told by its code, not by its key."""

    code = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=40)


class Level(models.TextChoices):
    """How good a customer is."""

    GOLD = "gold", "Gold"
    PLAIN = "plain", "Plain"


class Customer(Stamped):
    """Somebody who buys."""

    name = models.CharField("full name", max_length=40, help_text="As on the card.")
    nick = models.CharField(max_length=20, blank=True)
    country = models.ForeignKey(Country, models.PROTECT, to_field="code", related_name="customers", null=True, blank=True)
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.PLAIN)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    photo = models.FileField(upload_to="photos", blank=True)
    seal = models.BinaryField(blank=True, null=True)

    @property
    def initial(self) -> str:
        """The first letter."""
        return self.name[:1]

    @cached_property
    def shout(self) -> str:
        return self.name.upper()

    def greeting(self) -> str:
        """What a letter begins with."""
        return f"Dear {self.name}"


class Regular(Customer):
    """Multi-table inheritance."""

    discount = models.IntegerField(default=5)


class LoudCustomer(Customer):
    """A proxy with a property of its own."""

    class Meta:
        proxy = True

    @property
    def loud(self) -> str:
        return self.name + "!"


class Profile(models.Model):
    """One for a customer, if at all."""

    customer = models.OneToOneField(Customer, models.CASCADE, related_name="profile")
    text = models.TextField(blank=True)


class Tag(models.Model):
    """What products are sorted by."""

    name = models.CharField(max_length=20)


class Category(models.Model):
    """A tree."""

    name = models.CharField(max_length=20)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")


class Product(models.Model):
    """What is sold."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=40)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    category = models.ForeignKey(Category, models.PROTECT, related_name="products")
    tags = models.ManyToManyField(Tag, related_name="products", blank=True)
    config = models.CharField(max_length=20, default="plain")
    json = models.JSONField(default=dict, blank=True)


class Order(Stamped):
    """What a customer bought."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="orders")
    note = models.TextField(null=True, blank=True)


class Line(models.Model):
    """One product of an order."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    count = models.PositiveIntegerField(default=1)
