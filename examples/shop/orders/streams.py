"""What happens to an order, as server-sent events."""

import time
from collections.abc import Iterator

from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from .models import Order, OrderEvent
from .serializers import EVENTS

SECONDS_BETWEEN_LOOKS = 1.0


def follow(order: Order, after: int, request: Request) -> Iterator[bytes]:
    """The events after one of them as they happen, until the order is delivered or cancelled."""
    while True:
        order.refresh_from_db()
        for event in order.events.filter(pk__gt=after).select_related("author__profile"):
            yield message(event, request)
            after = event.pk
        if order.is_finished:
            return
        yield b": still there\n\n"
        time.sleep(SECONDS_BETWEEN_LOOKS)


def message(event: OrderEvent, request: Request) -> bytes:
    """An event as it goes over the wire (HTML Living Standard, 9.2)."""
    data = JSONRenderer().render(EVENTS[event.kind](event, context={"request": request}).data)
    return b"id: %d\ndata: %b\n\n" % (event.pk, data)
