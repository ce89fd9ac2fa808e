"""Orders and revenue of a span of time."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate

from shop.money import CENT

from .models import PAID_FOR, Order


def statistics(since: date, until: date) -> dict[str, Any]:
    """How many orders were placed, and what those brought that were paid for."""
    orders = Order.objects.placed_between(since, until).order_by()
    paid = orders.filter(status__in=PAID_FOR)
    revenue = paid.aggregate(sum=Sum("total"))["sum"] or Decimal(0)
    revenues = dict(by_day(paid).values_list("day", "revenue"))
    return {
        "orders": orders.count(),
        "revenue": revenue,
        "average": (revenue / max(paid.count(), 1)).quantize(CENT, ROUND_HALF_UP),
        "by_status": dict(orders.values_list("status").annotate(count=Count("pk"))),
        "by_day": [
            {"day": day, "orders": count, "revenue": revenues.get(day, Decimal(0))}
            for day, count in by_day(orders).values_list("day", "count")
        ],
    }


def by_day(orders: Any) -> Any:
    return (
        orders.annotate(day=TruncDate("placed_at"))
        .values("day")
        .annotate(count=Count("pk"), revenue=Sum("total"))
        .order_by("day")
    )
