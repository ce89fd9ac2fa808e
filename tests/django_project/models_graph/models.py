"""A label and its artists: every relation, and every way of making one awkward."""

from __future__ import annotations

from functools import cached_property

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Land(models.Model):
    """Pointed to by its code."""

    code = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=20)
    anthem = models.TextField(blank=True)


class Living(models.Manager["Artist"]):
    """Artists who are alive."""

    def get_queryset(self) -> models.QuerySet[Artist]:
        return super().get_queryset().filter(dead=False)


class Artist(models.Model):
    """Somebody who makes records; those who are dead are not among the objects."""

    name = models.CharField(max_length=20)
    biography = models.TextField(blank=True)
    dead = models.BooleanField(default=False)
    land = models.ForeignKey(Land, models.CASCADE, to_field="code", null=True, related_name="artists")
    teacher = models.ForeignKey("self", models.SET_NULL, null=True, related_name="pupils")
    influences = models.ManyToManyField("self", symmetrical=False, related_name="influenced")
    comments = GenericRelation("Comment")

    objects = Living()
    everybody = models.Manager["Artist"]()

    class Meta:
        ordering = ("name", "pk",)
        default_manager_name = "objects"

    @property
    def initials(self) -> str:
        return self.name[:1] + self.biography[:1]

    @cached_property
    def home(self) -> str:
        return self.land.name if self.land else ""


class Group(Artist):
    """Multi-table inheritance: a band is an artist, too."""

    size = models.IntegerField(default=4)
    motto = models.CharField(max_length=20, blank=True)


class Star(Artist):
    """A proxy."""

    class Meta:
        proxy = True


class Genre(models.Model):
    """Told by its name."""

    name = models.CharField(max_length=20, primary_key=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ("name",)


class Released(models.Manager["Record"]):
    """Records that are out, for whoever looks a related one up."""

    def get_queryset(self) -> models.QuerySet[Record]:
        return super().get_queryset().filter(secret=False)


class Record(models.Model):
    """What an artist makes; not even what points to a secret one finds it."""

    title = models.CharField(max_length=20)
    artist = models.ForeignKey(Artist, models.CASCADE, related_name="records")
    genres = models.ManyToManyField(Genre, related_name="records")
    players = models.ManyToManyField(Artist, through="Credit", related_name="played_on")
    secret = models.BooleanField(default=False)
    notes = models.TextField(blank=True)
    comments = GenericRelation("Comment")

    objects = models.Manager["Record"]()
    released = Released()

    class Meta:
        ordering = ("title", "pk",)
        base_manager_name = "released"


class Credit(models.Model):
    """Who played on what, in words of its own."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="credits")
    artist = models.ForeignKey(Artist, models.CASCADE, related_name="credits")
    instrument = models.CharField(max_length=20)

    class Meta:
        ordering = ("pk",)


class Cover(models.Model):
    """One for a record, if at all; called otherwise in queries than on instances."""

    record = models.OneToOneField(Record, models.CASCADE, related_name="cover", related_query_name="sleeve")
    colour = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    photo = models.ImageField(upload_to="covers", width_field="width", height_field="height", blank=True)
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)


class Comment(models.Model):
    """On anything."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveIntegerField()
    about = GenericForeignKey("content_type", "object_id")
    text = models.CharField(max_length=20)
    private = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)


class Sale(models.Model):
    """A row whose record may be gone, for no constraint holds it."""

    record = models.ForeignKey(Record, models.DO_NOTHING, db_constraint=False, null=True, related_name="+")
    land = models.ForeignKey(Land, models.DO_NOTHING, db_constraint=False, null=True, related_name="+")
    amount = models.IntegerField(default=0)


class Watched(models.Model):
    """Looks at itself as soon as it is there, as models do that know what changed."""

    name = models.CharField(max_length=20)
    text = models.TextField(blank=True)

    def __init__(self, *values: object, **named: object) -> None:
        super().__init__(*values, **named)
        self.text_before = self.text


class Node(models.Model):
    """Related to others of its kind in every way."""

    name = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    twin = models.OneToOneField("self", models.SET_NULL, null=True, related_name="twin_of")
    friends = models.ManyToManyField("self")

    class Meta:
        ordering = ("name", "pk",)
