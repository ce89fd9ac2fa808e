"""Authors and books."""

from __future__ import annotations

from django.db import models


class Author(models.Model):
    """Somebody who wrote a book."""

    name = models.CharField(max_length=80)
    born = models.DateField(null=True, blank=True)


class Genre(models.TextChoices):
    """What kind of book it is."""

    NOVEL = "novel", "Novel"
    POEMS = "poems", "Poems"


class Book(models.Model):
    """A book on the shelf."""

    title = models.CharField("title", max_length=200, help_text="As on the cover.")
    author = models.ForeignKey(Author, models.CASCADE, related_name="books")
    genre = models.CharField(max_length=10, choices=Genre.choices, default=Genre.NOVEL)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    lent = models.BooleanField(default=False)
