"""Payments and payment methods on the wire."""

import re
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from orders.models import Order, OrderStatus
from shop.money import Currency, MoneySerializer
from shop.polymorphism import PolymorphicSerializer
from shop.serializers import ValueSerializer

from .gateway import card_of
from .models import CardMethod, Payment, PaymentMethod, PaymentStatus, SepaMethod, WalletMethod, WalletProvider


class BaseMethodSerializer(serializers.ModelSerializer):
    """What can be said of payment methods of every type."""

    type = serializers.CharField()
    is_default = serializers.BooleanField(default=False)

    class Meta:
        fields = ["id", "type", "label", "is_default"]

    def create(self, validated_data: dict[str, Any]) -> PaymentMethod:
        if validated_data["is_default"]:
            PaymentMethod.objects.filter(account=validated_data["account"]).update(is_default=False)
        return super().create(validated_data)


class CardMethodSerializer(BaseMethodSerializer):
    """A credit or debit card."""

    brand = serializers.CharField(read_only=True)
    last4 = serializers.CharField(min_length=4, max_length=4, read_only=True)
    expires = serializers.RegexField(r"^\d{4}-\d{2}$", read_only=True, help_text="Year and month.")
    token = serializers.CharField(
        write_only=True, help_text="From the card form; the number itself never reaches the shop."
    )

    class Meta(BaseMethodSerializer.Meta):
        model = CardMethod
        fields = [*BaseMethodSerializer.Meta.fields, "brand", "last4", "expires", "token"]

    def create(self, validated_data: dict[str, Any]) -> PaymentMethod:
        card = card_of(validated_data["token"])
        return super().create(validated_data | {"brand": card.brand, "last4": card.last4, "expires": card.expires})


class SepaMethodSerializer(BaseMethodSerializer):
    """A bank account, by direct debit."""

    iban = serializers.CharField(max_length=34, write_only=True)
    iban_masked = serializers.CharField(read_only=True)

    class Meta(BaseMethodSerializer.Meta):
        model = SepaMethod
        fields = [*BaseMethodSerializer.Meta.fields, "iban", "iban_masked", "holder", "mandate_date"]
        read_only_fields = ["mandate_date"]

    def validate_iban(self, iban: str) -> str:
        """Checks the number as ISO 13616 has it: as a number, the rest by 97 is 1."""
        iban = iban.replace(" ", "").upper()
        if not re.fullmatch("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", iban):
            raise serializers.ValidationError("This is no IBAN.")
        if int("".join(str(int(character, 36)) for character in iban[4:] + iban[:4])) % 97 != 1:
            raise serializers.ValidationError("The check digits are wrong.")
        return iban


class WalletMethodSerializer(BaseMethodSerializer):
    """A wallet such as PayPal."""

    provider = serializers.ChoiceField(choices=WalletProvider.choices)
    account = serializers.EmailField(source="account.email", read_only=True, allow_null=True)

    class Meta(BaseMethodSerializer.Meta):
        model = WalletMethod
        fields = [*BaseMethodSerializer.Meta.fields, "provider", "account"]


class PaymentMethodSerializer(PolymorphicSerializer):
    """Payment methods of all types."""

    kind_field = "type"
    kinds = {
        "card": CardMethodSerializer,
        "sepa_debit": SepaMethodSerializer,
        "wallet": WalletMethodSerializer,
    }


class PaymentSerializer(serializers.ModelSerializer):
    """Money on its way from a customer to the shop."""

    order = serializers.PrimaryKeyRelatedField(queryset=Order.objects.filter(status=OrderStatus.OPEN))
    method = PaymentMethodSerializer(read_only=True)
    method_id = serializers.PrimaryKeyRelatedField(
        source="method", queryset=PaymentMethod.objects.filter(removed_at=None), write_only=True
    )
    amount = MoneySerializer()
    status = serializers.ChoiceField(choices=PaymentStatus.choices, read_only=True)

    class Meta:
        model = Payment
        fields = ["id", "order", "method", "method_id", "amount", "status", "failure", "created_at"]
        read_only_fields = ["failure", "created_at"]

    def validate_order(self, order: Order) -> Order:
        if order.customer != self.context["request"].user:
            raise serializers.ValidationError("This is not one of your orders.")
        return order

    def validate_method_id(self, method: PaymentMethod) -> PaymentMethod:
        if method.account != self.context["request"].user:
            raise serializers.ValidationError("This is not one of your payment methods.")
        return method

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        amount = data.pop("amount")
        total = data["order"].total
        if amount != {"amount": total, "currency": Currency.EUR}:
            raise serializers.ValidationError({"amount": [f"The order costs {total} EUR."]})
        return data | amount


class CaptureSerializer(serializers.Serializer):
    amount = serializers.DecimalField(
        max_digits=12, decimal_places=2, required=False, help_text="All of it where it is left out."
    )


@extend_schema_field({"type": "string", "example": "payment.captured"})
class EventTypeField(serializers.CharField):
    """What happened."""


class GatewayEventSerializer(ValueSerializer):
    """What the payment gateway tells. It adds fields as it likes."""

    id = serializers.CharField()
    type = EventTypeField()
    livemode = serializers.BooleanField(required=False)
    data = serializers.DictField()


class PaymentEventSerializer(serializers.Serializer):
    """The data of an event that is about a payment."""

    payment = serializers.PrimaryKeyRelatedField(queryset=Payment.objects.all())
    reason = serializers.CharField(default="The payment failed.")
