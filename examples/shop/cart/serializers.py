"""The cart on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.serializers import AddressSerializer
from orders.models import Priority
from payments.models import PaymentMethod
from products.models import Product, ProductStatus
from products.serializers import ProductSummarySerializer
from shop.money import MoneySerializer

from .models import Cart, CartItem, Coupon


class CouponSerializer(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()
    percent = serializers.IntegerField(min_value=1, max_value=100, allow_null=True)
    amount = serializers.DecimalField(max_digits=10, decimal_places=2, allow_null=True)
    valid_until = serializers.DateField(allow_null=True)


@extend_schema_serializer(component_name="Coupon")
class RedeemSerializer(serializers.Serializer):
    code = serializers.CharField(max_length=20)

    def validate_code(self, code: str) -> Coupon:
        coupon = Coupon.objects.filter(code__iexact=code).first()
        if coupon is None or not coupon.is_valid:
            raise serializers.ValidationError("There is no such coupon, or it is not valid any more.")
        return coupon


class CartItemSerializer(serializers.ModelSerializer):
    product = ProductSummarySerializer(read_only=True)
    product_id = serializers.PrimaryKeyRelatedField(
        source="product", queryset=Product.objects.filter(status=ProductStatus.ON_SALE), write_only=True
    )
    quantity = serializers.IntegerField(min_value=1, max_value=999, default=1)
    options = serializers.DictField(
        child=serializers.CharField(allow_blank=True), required=False, help_text="Size, colour and the like."
    )
    subtotal = serializers.DecimalField(max_digits=12, decimal_places=2, read_only=True)

    class Meta:
        model = CartItem
        fields = ["id", "product", "product_id", "quantity", "options", "subtotal"]


class CartSerializer(serializers.ModelSerializer):
    """What somebody is about to buy."""

    items = CartItemSerializer(many=True, read_only=True)
    coupon = CouponSerializer(read_only=True, allow_null=True)
    subtotal = MoneySerializer(read_only=True)
    discount = MoneySerializer(read_only=True)
    total = MoneySerializer(read_only=True)

    class Meta:
        model = Cart
        fields = ["id", "items", "coupon", "subtotal", "discount", "total", "expires_at"]
        read_only_fields = ["expires_at"]


@extend_schema_field({"type": "boolean", "enum": [True]})
class ConsentField(serializers.BooleanField):
    """A box that has to be ticked."""

    def to_internal_value(self, data: Any) -> bool:
        if super().to_internal_value(data) is not True:
            raise serializers.ValidationError("Has to be accepted.")
        return True


class CheckoutSerializer(serializers.Serializer):
    """Everything an order needs that the cart does not know."""

    billing_address = AddressSerializer()
    shipping_address = AddressSerializer(required=False, allow_null=True)
    payment_method = serializers.PrimaryKeyRelatedField(
        queryset=PaymentMethod.objects.filter(removed_at=None),
        help_text="One of the customer's payment methods.",
    )
    priority = serializers.ChoiceField(choices=Priority.choices, default=Priority.NORMAL)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)
    accept_terms = ConsentField(help_text="The terms of sale, as shown on the page.")

    def validate_payment_method(self, method: PaymentMethod) -> PaymentMethod:
        if method.account != self.context["request"].user:
            raise serializers.ValidationError("This is not one of your payment methods.")
        return method
