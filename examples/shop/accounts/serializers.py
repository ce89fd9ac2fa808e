"""Accounts, profiles and addresses, as the API shows them."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from shop.fields import PictureField
from shop.serializers import JSONPartMixin, ValueSerializer

from .models import Account, AccountRole, Address, Profile

PASSWORD = {"max_length": 128, "write_only": True, "trim_whitespace": False}


class AddressSerializer(serializers.ModelSerializer):
    """Where something is sent."""

    is_default = serializers.BooleanField(default=False)

    class Meta:
        model = Address
        fields = [
            *("id", "kind", "name", "street", "extra", "postal_code", "city", "country", "phone", "is_default"),
        ]


class ProfileSerializer(serializers.ModelSerializer):
    """What an account tells about itself."""

    notify = serializers.DictField(
        child=serializers.BooleanField(), required=False, help_text="Kind of message → wanted or not."
    )

    class Meta:
        model = Profile
        fields = [
            *("display_name", "bio", "website", "birthday", "language", "avatar", "preferences", "notify"),
        ]
        read_only_fields = ["avatar"]


@extend_schema_serializer(deprecate_fields=["username"])
class AccountSerializer(serializers.ModelSerializer):
    """Somebody who can sign in."""

    full_name = serializers.CharField(
        read_only=True, help_text="First and last name, or the address where both are empty."
    )
    password = serializers.CharField(**PASSWORD, validators=[validate_password])
    profile = ProfileSerializer(required=False)
    addresses = AddressSerializer(many=True, read_only=True)
    username = serializers.CharField(source="email", read_only=True, help_text="Use `email`.")

    class Meta:
        model = Account
        fields = [
            *("id", "email", "first_name", "last_name", "full_name", "role", "is_active", "password", "profile"),
            *("addresses", "last_login", "last_login_ip", "date_joined", "username"),
        ]
        read_only_fields = ["is_active", "last_login", "last_login_ip", "date_joined"]
        extra_kwargs = {"role": {"default": AccountRole.CUSTOMER}}

    def create(self, validated_data: dict[str, Any]) -> Account:
        profile = validated_data.pop("profile", {})
        account = Account.objects.create_user(**validated_data)
        return self.update(account, {"profile": profile})

    def update(self, account: Account, validated_data: dict[str, Any]) -> Account:
        for name, value in validated_data.pop("profile", {}).items():
            setattr(account.profile, name, value)
        account.profile.save()
        if password := validated_data.pop("password", None):
            account.set_password(password)
        return super().update(account, validated_data)


class AccountSummarySerializer(serializers.ModelSerializer):
    """As much of an account as others may see."""

    full_name = serializers.CharField(read_only=True)
    avatar = serializers.ImageField(source="profile.avatar", read_only=True, allow_null=True)

    class Meta:
        model = Account
        fields = ["id", "full_name", "avatar"]
        read_only_fields = ["id"]


class CropSerializer(JSONPartMixin, ValueSerializer):
    """A part of a picture, in pixels from the upper left corner."""

    x = serializers.IntegerField(min_value=0)
    y = serializers.IntegerField(min_value=0)
    size = serializers.IntegerField(min_value=16, max_value=4096)


class AvatarSerializer(serializers.Serializer):
    file = PictureField(formats=["PNG", "JPEG"], largest=2_000_000, help_text="PNG or JPEG, square, at most 2 MB.")
    crop = CropSerializer(required=False)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        width, height = data["file"].image.size
        crop = data.get("crop")
        if crop is None and width != height:
            raise serializers.ValidationError({"file": ["The picture is not square, and no part of it is given."]})
        if crop is not None and (crop["x"] + crop["size"] > width or crop["y"] + crop["size"] > height):
            raise serializers.ValidationError({"crop": ["This part reaches beyond the picture."]})
        return data


class SuspendSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500)
    until = serializers.DateTimeField(required=False, allow_null=True, help_text="For good where it is left out.")


class ActiveQuerySerializer(serializers.Serializer):
    days = serializers.IntegerField(default=30, min_value=1, max_value=365, help_text="How long ago counts as lately.")


class ExportQuerySerializer(serializers.Serializer):
    delimiter = serializers.ChoiceField(choices=[",", ";", "\t"], default=",")
