"""Where products stand, who makes them, and what can be said of them."""

from __future__ import annotations

from collections import defaultdict

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language

from accounts.models import Country


class Named(models.Model):
    """Something whose name is known in several languages."""

    translations = models.JSONField(default=dict, blank=True, help_text="Language → name.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def local_name(self) -> str:
        """The name in the language of the request, or in the shop's own where it is not translated."""
        return self.translations.get(get_language(), self.name)


class Category(Named):
    """A shelf of the shop; shelves stand in shelves."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    position = models.PositiveSmallIntegerField(default=0, validators=[MinValueValidator(0), MaxValueValidator(32767)])

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = "categories"

    @property
    def product_count(self) -> int:
        shelves = Category.objects.filter(pk__in=[category.pk for category in self.with_descendants()])
        return shelves.aggregate(count=models.Count("products", models.Q(products__status="on_sale")))["count"]

    def with_descendants(self) -> list[Category]:
        """The category and everything below it."""
        below = categories_by_parent()
        found = [self]
        for category in found:
            found += below[category.pk]
        return found


def categories_by_parent() -> defaultdict[int | None, list[Category]]:
    """All categories, in order, by the id of the category they stand in."""
    found = defaultdict(list)
    for category in Category.objects.all():
        found[category.parent_id].append(category)
    return found


class Brand(models.Model):
    """Who makes a product."""

    name = models.CharField(max_length=80, unique=True)
    website = models.URLField(default="")
    country = models.CharField(max_length=2, choices=Country.choices, null=True)
    founded = models.PositiveSmallIntegerField(
        null=True, help_text="Year.", validators=[MinValueValidator(1500), MaxValueValidator(2100)]
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Attribute(models.Model):
    """Something that can be said of a product, and what can be said."""

    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=80)
    unit = models.CharField(max_length=10, null=True, help_text="SI symbol, where there is one.")
    values = models.JSONField(default=list)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label
