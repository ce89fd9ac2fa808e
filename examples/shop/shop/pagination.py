"""How lists are cut into pages: by number, by offset, or by a cursor."""

from rest_framework import pagination


class PageNumberPagination(pagination.PageNumberPagination):
    """Pages with numbers, for lists that people leaf through."""

    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100


class LimitOffsetPagination(pagination.LimitOffsetPagination):
    """A window into a list, for tables."""

    default_limit = 20
    max_limit = 100


class CursorPagination(pagination.CursorPagination):
    """Newest first, and stable while new entries come in; a view says by which field in ``ordering``."""

    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100
    ordering = "-created_at"
