"""Products out of CSV files."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import StringIO
from typing import IO, Any

from django.db import transaction
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import BaseParser

from shop.errors import messages_by_field

from .models import Product
from .serializers import ProductSerializer

ROWS_AT_ONCE = 1000
"""Tables with more rows than this are read later."""

Row = dict[str, str]


class CSVParser(BaseParser):
    """Reads a table with a header line into a list of rows."""

    media_type = "text/csv"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> list[Row]:
        try:
            return list(csv.DictReader(StringIO(stream.read().decode("utf-8-sig"), newline=""), strict=True))
        except (csv.Error, UnicodeDecodeError) as error:
            raise ParseError(f"The table cannot be read: {error}") from error


@dataclass
class ImportReport:
    """What became of each line of a file."""

    dry_run: bool
    created: int = 0
    updated: int = 0
    failed: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def import_products(rows: Iterable[Row], dry_run: bool = False) -> ImportReport:
    """Adds products, and changes those whose ``sku`` there is. Empty cells say nothing; ``tags`` are separated by ``|``."""
    report = ImportReport(dry_run)
    for line, row in enumerate(rows, start=2):
        product = Product.objects.filter(sku=row.get("sku")).first()
        serializer = ProductSerializer(product, data=_values(row), partial=product is not None)
        try:
            with transaction.atomic():
                serializer.is_valid(raise_exception=True)
                serializer.save()
        except ValidationError as error:
            report.failed.append({"line": line, "errors": messages_by_field(error.detail)})
        else:
            report.created += product is None
            report.updated += product is not None
    transaction.set_rollback(dry_run)
    return report


def _values(row: Row) -> dict[str, Any]:
    values: dict[str, Any] = {name: value for name, value in row.items() if name and value}
    if "tags" in values:
        values["tags"] = values["tags"].split("|")
    return values
