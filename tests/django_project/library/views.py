"""Books and authors, with an action each."""

from __future__ import annotations

from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from .models import Author, Book
from .serializers import AuthorSerializer, BookSerializer


class AuthorViewSet(viewsets.ModelViewSet[Author]):
    """Authors."""

    queryset = Author.objects.order_by("id")
    serializer_class = AuthorSerializer


class BookViewSet(viewsets.ModelViewSet[Book]):
    """Books."""

    queryset = Book.objects.order_by("id")
    serializer_class = BookSerializer

    @action(detail=True, methods=["post"])
    def lend(self, request: Request, pk: str) -> Response:
        """Give a book away for a while."""
        book = self.get_object()
        book.lent = True
        book.save()
        return Response(BookSerializer(book).data)
