"""Models of the benchmark of schemas: rows of a shop, and a hundred models of one kind to declare schemas of."""

from __future__ import annotations

from typing import Any

from django.db import models


class State(models.TextChoices):
    """How far an item is."""

    DRAFT = "draft", "Draft"
    OFFERED = "offered", "Offered"
    GONE = "gone", "Gone"


class Tag(models.Model):
    """What items are sorted by."""

    name = models.CharField(max_length=20)


class Owner(models.Model):
    """Who offers an item."""

    name = models.CharField(max_length=60)
    email = models.EmailField()
    site = models.URLField(blank=True)


class Item(models.Model):
    """With a field of each common kind."""

    name = models.CharField(max_length=80)
    slug = models.SlugField()
    email = models.EmailField()
    site = models.URLField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    price = models.DecimalField(max_digits=9, decimal_places=2)
    stock = models.PositiveIntegerField(default=0)
    rating = models.FloatField()
    active = models.BooleanField(default=True)
    day = models.DateField()
    made = models.DateTimeField()
    note = models.TextField(blank=True)
    photo = models.FileField(upload_to="photos", blank=True)
    owner = models.ForeignKey(Owner, models.CASCADE, related_name="items")
    tags = models.ManyToManyField(Tag, related_name="items")


def _typical(number: int) -> type[models.Model]:
    """A model as projects have many; it points to the one before it."""
    body: dict[str, Any] = {
        "__module__": __name__,
        "name": models.CharField(max_length=80, help_text="As customers see it."),
        "slug": models.SlugField(unique=True),
        "email": models.EmailField(blank=True),
        "state": models.CharField("how far", max_length=10, choices=State.choices, default=State.DRAFT),
        "level": models.IntegerField(choices=[(1, "Low"), (2, "High")], default=1),
        "price": models.DecimalField(max_digits=9, decimal_places=2),
        "stock": models.PositiveIntegerField(default=0),
        "active": models.BooleanField(default=True),
        "day": models.DateField(null=True, blank=True),
        "made": models.DateTimeField(auto_now_add=True),
        "note": models.TextField(blank=True),
        "owner": models.ForeignKey(Owner, models.CASCADE),
        "before": models.ForeignKey(f"Typical{max(number - 1, 0):03}", models.SET_NULL, null=True, blank=True),
        "tags": models.ManyToManyField(Tag, blank=True),
        "label": property(_label),
    }
    return type(f"Typical{number:03}", (models.Model,), body)


def _label(self: Any) -> str:  # noqa: ANN401  # any of the typical models
    """As a list has it."""
    return f"{self.name} ({self.slug})"


TYPICAL = tuple(_typical(number) for number in range(100))
