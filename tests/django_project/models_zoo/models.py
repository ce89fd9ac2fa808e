"""Every field class of Django in a model, and every way in which models hang together."""

from __future__ import annotations

import datetime
import functools
import uuid
from decimal import Decimal

import django
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Upper
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class Diet(models.TextChoices):
    """What an animal eats."""

    MEAT = "meat", _("Meat")
    PLANTS = "plants", _("Plants")
    ANYTHING = "anything", _("Anything")


class Danger(models.IntegerChoices):
    """How far away one stays."""

    LOW = 1, "Low"
    HIGH = 2, "High"


def no_dragons(value: str) -> None:
    """A validator of the project's own."""
    if "dragon" in value.lower():
        raise ValidationError("There are no {dragons} here.", code="no_dragons")


def lowest_weight() -> int:
    """A limit that is known only when it is asked for."""
    return 5


def never() -> str:
    """A default that no documentation calls."""
    raise AssertionError("a default was called for a document")


class Texts(models.Model):
    """Every column of text."""

    char = models.CharField(_("first name"), max_length=20, help_text=_("Enter a valid value."))
    text = models.TextField(blank=True)
    slug = models.SlugField(unique=True)
    email = models.EmailField()
    url = models.URLField(blank=True)
    comma_separated = models.CharField(max_length=30, validators=[validators.validate_comma_separated_integer_list])
    file_path = models.FilePathField(path="/", max_length=200)
    short = models.CharField(max_length=10, validators=[validators.MinLengthValidator(3), no_dragons])
    upper = models.CharField(max_length=10, validators=[validators.RegexValidator(r"\A[A-Z]+\Z")])
    no_digits = models.CharField(max_length=10, validators=[validators.RegexValidator(r"\d", inverse_match=True)])


class Numbers(models.Model):
    """Every column of numbers."""

    big = models.BigIntegerField()
    integer = models.IntegerField()
    small = models.SmallIntegerField()
    positive_big = models.PositiveBigIntegerField()
    positive = models.PositiveIntegerField()
    positive_small = models.PositiveSmallIntegerField()
    floating = models.FloatField()
    decimal = models.DecimalField(max_digits=8, decimal_places=2)
    boolean = models.BooleanField()
    narrowed = models.IntegerField(validators=[validators.MinValueValidator(10), validators.MaxValueValidator(20)])
    stepped = models.IntegerField(validators=[validators.StepValueValidator(5)])
    called = models.IntegerField(validators=[validators.MinValueValidator(lowest_weight)])
    priced = models.DecimalField(max_digits=6, decimal_places=2, validators=[validators.MinValueValidator(Decimal("0.01"))])


class Times(models.Model):
    """Every column of dates and times."""

    day = models.DateField()
    moment = models.DateTimeField()
    hour = models.TimeField()
    duration = models.DurationField()
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)
    not_before = models.DateField(
        default=datetime.date(2020, 5, 17), validators=[validators.MinValueValidator(datetime.date(2020, 1, 1))]
    )


class Others(models.Model):
    """Every other column."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    binary = models.BinaryField(max_length=100)
    file = models.FileField(upload_to="files")
    image = models.ImageField(upload_to="images", blank=True, null=True)
    ip = models.GenericIPAddressField()
    ip4 = models.GenericIPAddressField(protocol="IPv4")
    ip6 = models.GenericIPAddressField(protocol="IPv6", null=True, blank=True)
    json = models.JSONField()
    json_default = models.JSONField(default=dict, blank=True)
    json_null = models.JSONField(null=True, blank=True)


class Chosen(models.Model):
    """Choices in every way of writing them."""

    diet = models.CharField(max_length=10, choices=Diet.choices, default=Diet.ANYTHING)
    diet_or_none = models.CharField(max_length=10, choices=Diet.choices, null=True, blank=True)
    diet_or_blank = models.CharField(max_length=10, choices=Diet.choices, blank=True)
    danger = models.IntegerField(choices=Danger.choices)
    size = models.CharField(max_length=1, choices=[("s", "Small"), ("l", "Large")])
    grouped = models.CharField(
        max_length=10, choices=[("Birds", [("owl", "Owl"), ("hawk", "Hawk")]), ("Fish", [("cod", "Cod")]), ("other", "Other")]
    )
    twins = models.CharField(max_length=4, choices=[("a-b", "Same"), ("a b", "Same"), ("1", "Same")])
    legs = models.PositiveSmallIntegerField(choices=[(0, "None"), (2, "Two"), (4, "Four")], null=True, blank=True)
    tame = models.BooleanField(choices=[(True, "Yes"), (False, "No")])
    rate = models.DecimalField(max_digits=4, decimal_places=1, choices=[(Decimal("1.5"), "Low"), (Decimal("2.5"), "High")])


class Defaults(models.Model):
    """Defaults in every way of writing them."""

    plain = models.CharField(max_length=10, default="lion")
    called = models.CharField(max_length=10, default=never)
    decimal = models.DecimalField(max_digits=5, decimal_places=2, default="1.50")
    listed = models.JSONField(default=list)
    blob = models.BinaryField(default=b"\xff\x00")
    nullable = models.IntegerField(null=True, blank=True, default=3)
    translated = models.CharField(max_length=40, default=_("first name"))


class Place(models.Model):
    """Where animals are; the parent of another table."""

    name = models.CharField(max_length=40, verbose_name="name of the place")
    code = models.SlugField(unique=True, max_length=12)

    class Meta:
        verbose_name = "place"
        verbose_name_plural = "places to be"


class Cage(Place):
    """A place with bars: multi-table inheritance."""

    bars = models.PositiveIntegerField(default=10)


class Named(models.Model):
    """An abstract base."""

    name = models.CharField(max_length=30)

    class Meta:
        abstract = True

    @property
    def shout(self) -> str:
        """The name in capitals."""
        return self.name.upper()


class Keeper(Named):
    """Somebody who looks after animals."""

    boss = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="staff")


class Note(models.Model):
    """A note on anything."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveIntegerField()
    about = GenericForeignKey("content_type", "object_id")
    text = models.CharField(max_length=100)


class Animal(Named):
    """An animal, with every kind of relation."""

    keeper = models.ForeignKey(Keeper, models.CASCADE, help_text="Who feeds it.")
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, to_field="code", related_name="animals")
    chip = models.OneToOneField("Chip", models.CASCADE, related_name="animal")
    friends = models.ManyToManyField("self", blank=True)
    foods = models.ManyToManyField("Food", related_name="eaters")
    notes = GenericRelation(Note)

    @cached_property
    def length(self) -> int:
        """How long the name is."""
        return len(self.name)

    @functools.cached_property
    def ratio(self) -> float:
        """Half of the length."""
        return self.length / 2

    @property
    def unsaid(self):  # type: ignore[no-untyped-def]  # says nothing of its type, which is the point
        """Anything."""
        return self.name

    def greeting(self, loud: bool = False) -> str | None:
        """What it says."""
        return None if loud else f"I am {self.name}"

    def feed(self, food: str) -> str:
        """Needs an argument, so it is no value."""
        return food

    def nearby(self) -> list[Animal]:
        """Animals of the same place."""
        return list(Animal.objects.filter(place=self.place))


class Chip(models.Model):
    """What is under an animal's skin."""

    number = models.CharField(max_length=12, primary_key=True)


class Food(models.Model):
    """What animals eat."""

    name = models.CharField(max_length=20)

    class Meta:
        verbose_name_plural = "foods"


class Ordered(models.Model):
    """Rows in an order that Django keeps."""

    animal = models.ForeignKey(Animal, models.CASCADE)

    class Meta:
        order_with_respect_to = "animal"


if django.VERSION >= (5, 0):

    class Generated(models.Model):
        """Columns that the database gives."""

        name = models.CharField(max_length=20)
        loud = models.GeneratedField(expression=Upper("name"), output_field=models.CharField(max_length=20), db_persist=True)
        in_database = models.IntegerField(db_default=7)


if django.VERSION >= (5, 2):

    class Pair(models.Model):
        """A key of two columns."""

        pk = models.CompositePrimaryKey("left", "right")
        left = models.IntegerField()
        right = models.CharField(max_length=5)
