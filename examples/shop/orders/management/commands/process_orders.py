"""What time does to orders: run it every few minutes."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from orders.models import CancelReason, Order, OrderStatus

TIME_TO_PAY = timedelta(minutes=30)
TIME_ON_THE_ROAD = timedelta(days=3)


class Command(BaseCommand):
    help = "Cancels orders that were not paid in time, and takes those for delivered that were shipped days ago."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for order in Order.objects.filter(status=OrderStatus.OPEN, placed_at__lt=now - TIME_TO_PAY):
            order.cancel(CancelReason.OTHER, "Not paid in time.")
        on_the_road = Order.objects.filter(status=OrderStatus.SHIPPED)
        for order in on_the_road.exclude(shipments__shipped_at__gt=now - TIME_ON_THE_ROAD):
            order.deliver()
