"""Every field of django.contrib.postgres in a model, and the columns that PostgreSQL is strict about."""

from __future__ import annotations

import uuid
from decimal import Decimal

import django
from django.contrib.postgres import fields as postgres
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Now, Upper


class Colour(models.TextChoices):
    """What a thing looks like."""

    RED = "red", "Red"
    BLUE = "blue", "Blue"


class OnPostgres(models.Model):
    """Its table is made on PostgreSQL only."""

    class Meta:
        abstract = True
        required_db_vendor = "postgresql"


class Scalars(OnPostgres):
    """Columns of every database, where PostgreSQL looks at what is stored."""

    char = models.CharField(max_length=5)
    blank = models.CharField(max_length=5, blank=True)
    text = models.TextField(null=True, blank=True)
    slug = models.SlugField(max_length=8, null=True)
    email = models.EmailField(max_length=20, null=True)
    url = models.URLField(max_length=30, blank=True)
    colour = models.CharField(max_length=4, choices=Colour.choices, default=Colour.RED)
    small = models.SmallIntegerField(default=0)
    integer = models.IntegerField(default=0)
    big = models.BigIntegerField(default=0)
    positive_small = models.PositiveSmallIntegerField(default=0)
    positive = models.PositiveIntegerField(default=0)
    positive_big = models.PositiveBigIntegerField(default=0)
    decimal = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal("1.50"))
    float = models.FloatField(default=0.0)
    boolean = models.BooleanField(null=True)
    date = models.DateField(null=True)
    moment = models.DateTimeField(null=True)
    time = models.TimeField(null=True)
    duration = models.DurationField(null=True)
    uuid = models.UUIDField(default=uuid.uuid4)
    address = models.GenericIPAddressField(null=True)
    address_4 = models.GenericIPAddressField(protocol="IPv4", null=True)
    address_6 = models.GenericIPAddressField(protocol="IPv6", null=True)
    path = models.FilePathField(path="/", max_length=9, blank=True)
    binary = models.BinaryField(max_length=6, default=b"\xff\x00")
    json = models.JSONField(default=dict)
    json_or_null = models.JSONField(null=True)


class Arrays(OnPostgres):
    """Lists of columns."""

    words = postgres.ArrayField(models.CharField(max_length=3))
    blanks = postgres.ArrayField(models.TextField(blank=True), default=list)
    numbers = postgres.ArrayField(models.IntegerField(), size=3, default=list)
    positives = postgres.ArrayField(models.PositiveSmallIntegerField(), default=list)
    prices = postgres.ArrayField(models.DecimalField(max_digits=4, decimal_places=1), default=list)
    holes = postgres.ArrayField(models.IntegerField(null=True), default=list)
    colours = postgres.ArrayField(models.CharField(max_length=4, choices=Colour.choices), default=list)
    levels = postgres.ArrayField(models.IntegerField(choices=[(1, "one"), (2, "two")]), default=list)
    moments = postgres.ArrayField(models.DateTimeField(), default=list)
    keys = postgres.ArrayField(models.UUIDField(), null=True, blank=True)
    grid = postgres.ArrayField(postgres.ArrayField(models.IntegerField()), default=list)
    cube = postgres.ArrayField(
        postgres.ArrayField(postgres.ArrayField(models.CharField(max_length=2, blank=True)), size=2), null=True
    )


class Stores(OnPostgres):
    """Texts by texts."""

    words = postgres.HStoreField()
    more = postgres.HStoreField(default=dict, blank=True)
    maybe = postgres.HStoreField(null=True)


class Ranges(OnPostgres):
    """Every kind of range."""

    integers = postgres.IntegerRangeField()
    bigs = postgres.BigIntegerRangeField(null=True)
    decimals = postgres.DecimalRangeField(null=True)
    closed = postgres.DecimalRangeField(null=True, default_bounds="[]")
    dates = postgres.DateRangeField(null=True)
    moments = postgres.DateTimeRangeField(null=True)
    after = postgres.DateTimeRangeField(null=True, default_bounds="(]")


class Booking(OnPostgres):
    """A time in a room, in which the room has no other."""

    room = models.PositiveSmallIntegerField()
    span = postgres.DateTimeRangeField()
    cancelled = models.BooleanField(default=False)

    class Meta(OnPostgres.Meta):
        constraints = (
            ExclusionConstraint(
                name="one_at_a_time",
                expressions=[("span", RangeOperators.OVERLAPS), ("room", RangeOperators.EQUAL)],
                condition=Q(cancelled=False),
            ),
        )


class Stay(OnPostgres):
    """Two columns that are a range in the constraint only."""

    room = models.PositiveSmallIntegerField()
    start = models.DateTimeField()
    end = models.DateTimeField()

    class Meta(OnPostgres.Meta):
        constraints = (
            ExclusionConstraint(
                name="no_stay_beside_another",
                expressions=[
                    (Func("start", "end", RangeBoundary(), function="TSTZRANGE"), RangeOperators.OVERLAPS),
                    ("room", RangeOperators.EQUAL),
                ],
            ),
        )


class Searched(OnPostgres):
    """A text with its index."""

    text = models.TextField()
    vector = SearchVectorField(null=True)

    class Meta(OnPostgres.Meta):
        indexes = (GinIndex(fields=["vector"], name="searched_vector"),)


if django.VERSION < (5, 1):

    class Folded(OnPostgres):
        """Texts that PostgreSQL compares without regard to case."""

        char = postgres.CICharField(max_length=5)
        email = postgres.CIEmailField(null=True)
        text = postgres.CITextField(blank=True)


if django.VERSION >= (5, 0):

    class Given(OnPostgres):
        """Columns that the database gives."""

        name = models.CharField(max_length=5)
        loud = models.GeneratedField(expression=Upper("name"), output_field=models.CharField(max_length=5), db_persist=True)
        number = models.IntegerField(db_default=7)
        made = models.DateTimeField(db_default=Now())
        words = postgres.ArrayField(models.CharField(max_length=5), db_default=models.Value(["a"]))


if django.VERSION >= (5, 2):

    class Place(OnPostgres):
        """A key of two columns."""

        pk = models.CompositePrimaryKey("board", "square")
        board = models.UUIDField()
        square = models.CharField(max_length=2)
        piece = models.CharField(max_length=5, blank=True)
