"""Orders for the bookkeeping: run it every night."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from orders.models import Order
from orders.records import OrderRecord

ROWS_AT_ONCE = 500
"""So many orders are in memory at a time."""


class Command(BaseCommand):
    help = "Writes the orders of a span of days as JSON lines, oldest first; bookkeeping/records.py reads them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", type=date.fromisoformat, required=True, help="The first day.")
        parser.add_argument("--until", type=date.fromisoformat, help="The last day; today where it is left out.")

    def handle(self, *args: Any, since: date, until: date | None, **options: Any) -> None:
        orders = Order.objects.placed_between(since, until or timezone.localdate()).order_by("placed_at")
        for order in OrderRecord.prefetch_for(orders).iterator(ROWS_AT_ONCE):
            self.stdout.write(OrderRecord.model_validate(order).model_dump_json())
