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
    previous: str | None = None
    results: list[Loan]
