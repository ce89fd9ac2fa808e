"""What lists of orders can be cut down to."""

from django_filters import rest_framework as filters

from shop.filters import ChoicesInFilter

from .models import OrderStatus


class OrderFilter(filters.FilterSet):
    customer = filters.UUIDFilter(help_text="For the staff: only this customer's orders.")
    placed_after = filters.IsoDateTimeFilter("placed_at", "gt")
    placed_before = filters.IsoDateTimeFilter("placed_at", "lt")
    status = ChoicesInFilter(
        choices=OrderStatus.choices, lookup_expr="in", help_text="Several states are separated by commas."
    )
