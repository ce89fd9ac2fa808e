"""What the library's API shows."""

from __future__ import annotations

from rest_framework import serializers

from .models import Author, Book


class AuthorSerializer(serializers.ModelSerializer[Author]):
    class Meta:
        model = Author
        fields = ("id", "name", "born")


class BookSerializer(serializers.ModelSerializer[Book]):
    class Meta:
        model = Book
        fields = ("id", "title", "author", "genre", "price", "lent")
