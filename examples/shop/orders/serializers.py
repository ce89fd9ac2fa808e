"""Orders on the wire."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.serializers import AccountSummarySerializer, AddressSerializer
from products.models import DigitalProduct, ProductKind
from products.serializers import ProductSummarySerializer
from shop.money import MoneySerializer

from .models import PAID_FOR, CancelReason, Carrier, Order, OrderEvent, OrderItem, OrderStatus, Priority, Shipment


class OrderItemSerializer(serializers.ModelSerializer):
    product = ProductSummarySerializer(read_only=True)
    quantity = serializers.IntegerField(min_value=1)
    unit_price = serializers.DecimalField(max_digits=12, decimal_places=2)
    total = serializers.DecimalField(max_digits=12, decimal_places=2)
    download_url = serializers.SerializerMethodField(allow_null=True)

    class Meta:
        model = OrderItem
        fields = ["product", "name", "quantity", "unit_price", "total", "download_url"]
        read_only_fields = ["name"]

    @extend_schema_field(OpenApiTypes.URI)
    def get_download_url(self, item: OrderItem) -> str | None:
        if item.product.kind != ProductKind.DIGITAL or item.order.status not in PAID_FOR:
            return None
        product: DigitalProduct = item.product.specific
        return self.context["request"].build_absolute_uri(product.download.file.url)


class OrderSerializer(serializers.ModelSerializer):
    """A cart that somebody has decided to pay for."""

    number = serializers.RegexField(r"^\d{4}-\d{6}$", read_only=True, help_text="Year and counter, as on the invoice.")
    customer = AccountSummarySerializer(read_only=True)
    status = serializers.ChoiceField(choices=OrderStatus.choices, read_only=True)
    priority = serializers.ChoiceField(choices=Priority.choices, default=Priority.NORMAL)
    items = OrderItemSerializer(many=True, read_only=True)
    billing_address = AddressSerializer()
    shipping_address = AddressSerializer(
        required=False, allow_null=True, help_text="The billing address where it is null."
    )
    is_gift = serializers.BooleanField(default=False)
    subtotal = MoneySerializer(read_only=True)
    shipping = MoneySerializer(read_only=True)
    total = MoneySerializer(read_only=True)
    cancel_reason = serializers.ChoiceField(
        choices=CancelReason.choices, read_only=True, allow_null=True, allow_blank=True
    )

    class Meta:
        model = Order
        fields = [
            "id",
            "number",
            "customer",
            "status",
            "priority",
            "items",
            "billing_address",
            "shipping_address",
            "note",
            "is_gift",
            "deliver_on",
            "deliver_after",
            "subtotal",
            "shipping",
            "total",
            "cancel_reason",
            "metadata",
            "placed_at",
            "delivered_at",
        ]
        read_only_fields = ["placed_at", "delivered_at"]

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if self.instance.is_finished and set(data) - {"metadata"}:
            raise serializers.ValidationError("Only the metadata of a finished order can be changed.")
        return data

    def update(self, order: Order, validated_data: dict[str, Any]) -> Order:
        for name in ("billing_address", "shipping_address"):
            if validated_data.get(name):
                validated_data[name] = (getattr(order, name) or {}) | validated_data[name]
        return super().update(order, validated_data)


class OrderSummarySerializer(serializers.ModelSerializer):
    """An order as it stands in lists."""

    number = serializers.CharField(read_only=True)
    status = serializers.ChoiceField(choices=OrderStatus.choices, read_only=True)
    total = MoneySerializer(read_only=True)
    item_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Order
        fields = ["id", "number", "status", "total", "item_count", "placed_at"]
        read_only_fields = ["placed_at"]


class CancelSerializer(serializers.Serializer):
    reason = serializers.ChoiceField(choices=CancelReason.choices)
    comment = serializers.CharField(max_length=500, required=False, allow_blank=True)


@extend_schema_serializer(extensions={"x-in-place": True})
class RefundItemSerializer(serializers.Serializer):
    item = serializers.IntegerField()
    quantity = serializers.IntegerField(min_value=1)


class RefundSerializer(serializers.Serializer):
    items = RefundItemSerializer(many=True, required=False, help_text="Everything where it is left out.")
    amount = serializers.DecimalField(max_digits=12, decimal_places=2, required=False, allow_null=True)
    reason = serializers.CharField(max_length=500)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        """Finds out the amount where it is not given; an ``item`` is the id of its product."""
        order: Order = self.context["order"]
        left = order.total - order.refunded
        amount = data.get("amount")
        if amount is None:
            amount = self._price(order, data["items"]) if data.get("items") else left
        if not 0 < amount <= left:
            raise serializers.ValidationError({"amount": [f"Between 0.01 and {left} can be paid back."]})
        return data | {"amount": amount}

    def _price(self, order: Order, wanted: list[dict[str, int]]) -> Decimal:
        items = {item.product_id: item for item in order.items.all()}
        for entry in wanted:
            item = items.get(entry["item"])
            if item is None or entry["quantity"] > item.quantity:
                raise serializers.ValidationError({"items": ["So many of these are not in the order."]})
        return sum((items[entry["item"]].unit_price * entry["quantity"] for entry in wanted), Decimal(0))


@extend_schema_serializer(component_name="Shipment")
class NewShipmentSerializer(serializers.ModelSerializer):
    shipped_at = serializers.DateTimeField(required=False, help_text="Now where it is left out.")
    weight = serializers.IntegerField(min_value=1, help_text="In grams.")

    class Meta:
        model = Shipment
        fields = ["carrier", "tracking_number", "shipped_at", "weight"]


class StatisticsQuerySerializer(serializers.Serializer):
    since = serializers.DateField()
    until = serializers.DateField(required=False, help_text="Today where it is left out.")

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        data.setdefault("until", timezone.localdate())
        if data["until"] < data["since"]:
            raise serializers.ValidationError({"until": ["Lies before the beginning."]})
        return data


@extend_schema_serializer(extensions={"x-in-place": True})
class DayStatisticsSerializer(serializers.Serializer):
    day = serializers.DateField()
    orders = serializers.IntegerField()
    revenue = serializers.DecimalField(max_digits=14, decimal_places=2)


class OrderStatisticsSerializer(serializers.Serializer):
    orders = serializers.IntegerField()
    revenue = MoneySerializer()
    average = MoneySerializer()
    by_status = serializers.DictField(child=serializers.IntegerField(), help_text="Status → number of orders.")
    by_day = DayStatisticsSerializer(many=True)


class StatusChangedSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=[OrderEvent.Kind.STATUS_CHANGED])
    order = serializers.UUIDField(source="order_id")
    at = serializers.DateTimeField()
    previous = serializers.ChoiceField(choices=OrderStatus.choices, source="details.previous")
    status = serializers.ChoiceField(choices=OrderStatus.choices, source="details.status")


class ShipmentMovedSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=[OrderEvent.Kind.SHIPMENT_MOVED])
    order = serializers.UUIDField(source="order_id")
    at = serializers.DateTimeField()
    shipment = serializers.IntegerField(source="details.shipment")
    place = serializers.CharField(allow_null=True, source="details.place")
    message = serializers.CharField(source="details.message")


class NoteAddedSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=[OrderEvent.Kind.NOTE_ADDED])
    order = serializers.UUIDField(source="order_id")
    at = serializers.DateTimeField()
    author = AccountSummarySerializer()
    text = serializers.CharField(source="details.text")


EVENTS = {
    OrderEvent.Kind.STATUS_CHANGED.value: StatusChangedSerializer,
    OrderEvent.Kind.SHIPMENT_MOVED.value: ShipmentMovedSerializer,
    OrderEvent.Kind.NOTE_ADDED.value: NoteAddedSerializer,
}
ORDER_EVENT = PolymorphicProxySerializer("OrderEvent", EVENTS, "kind")
