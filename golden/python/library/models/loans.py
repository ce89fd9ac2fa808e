"""Models of the tag *loans*."""

from datetime import date
from uuid import UUID

from ..base import Model


class Loan(Model):
    id: UUID
    book: int
    due: date


class PaginatedLoanList(Model):
    next: str | None = None
    """For example `http://api.example.org/accounts/?cursor=cD00ODY%3D"`."""
    previous: str | None = None
    """For example `http://api.example.org/accounts/?cursor=cj0xJnA9NDg3`."""
    results: list[Loan]
