"""What real projects and the apps they use have, and Django's own documentation does not show."""

from __future__ import annotations

from django.core.validators import MinLengthValidator
from django.db import models

from .fields import Colour, ColourField, Labels, PriceField, SeveralField


class Label(models.Model):
    """What things are labelled with."""

    name = models.CharField(max_length=20)


class Labelled(models.Model):
    """That a thing has a label."""

    label = models.ForeignKey(Label, models.CASCADE, related_name="+")
    owner = models.IntegerField()


class Tone(models.Model):
    """Columns whose attributes hold objects of the app's own."""

    colour = ColourField()
    chosen = ColourField(choices=[(Colour(255, 0, 0), "Red"), (Colour(0, 0, 255), "Blue")], default="ff0000")
    unset = ColourField(null=True, blank=True)
    called = ColourField(default=lambda: Colour(1, 2, 3))
    several = SeveralField(max_length=10, choices=[("a", "A"), ("b", "B")])
    price = PriceField()
    currency = models.CharField(max_length=3, default="EUR")
    labels = Labels(Label, through=Labelled)
    _secret = models.CharField(max_length=10, default="")


class Base(models.Model):
    """Has a key only in what comes of it."""

    class Meta:
        abstract = True

    @property
    def siblings(self) -> list[Base]:
        return list(type(self)._default_manager.all())


class Derived(Base):
    """What comes of it, with choices of which a row may have lost its own."""

    size = models.IntegerField(choices=[(1, "One"), (2, "Two")], null=True, blank=True)
    kind = models.CharField(max_length=5, choices=[("a", "Apple")], default="a")
    address = models.GenericIPAddressField(null=True, blank=True)


class Plan(models.Model):
    """What Django takes without a word, and what the next to look at it stumbles over."""

    note = models.CharField(max_length=5, default="")
    mail = models.EmailField(default="", validators=[MinLengthValidator(8)])
    mood = models.CharField(max_length=5, choices=[("good", "Good"), ("bad", "Bad")], default="")
    size = models.ForeignKey(Label, models.CASCADE, choices=[(1, "One"), (2, "Two")], default=2, related_name="plans")
    model_config = models.CharField(max_length=5, default="x")

    @property
    def wrong(self) -> int:
        """Cannot be read."""
        raise ValueError("There is no {number} here.")

    @property
    def failing(self) -> int:
        """Cannot be read for a reason that is none of the data's."""
        raise OSError("no disk")

    async def later(self) -> int:
        """Is no value, but something to wait for."""
        return 1

    def total(self) -> int:
        """A value."""
        return 3
