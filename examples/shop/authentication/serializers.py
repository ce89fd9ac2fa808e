"""What is sent to sign in, and what comes back."""

from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError as InvalidValue
from django.utils.http import urlsafe_base64_decode
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from accounts.models import Account
from accounts.serializers import PASSWORD


class LoginSerializer(serializers.Serializer):
    """Credentials for a session, as the shop's own pages use them."""

    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(**PASSWORD)
    remember = serializers.BooleanField(default=False, help_text="Stay signed in after the browser is closed.")

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        account = authenticate(self.context["request"], email=data["email"], password=data["password"])
        if account is None:
            raise serializers.ValidationError("There is no such account with this password.")
        return {**data, "account": account}


@extend_schema_serializer(component_name="TokenObtainPair")
class CredentialsSerializer(serializers.Serializer):
    email = serializers.EmailField(max_length=254, write_only=True)
    password = serializers.CharField(write_only=True)


@extend_schema_serializer(component_name="TokenObtainPair")
class TokenPairSerializer(serializers.Serializer):
    """A fresh pair of tokens."""

    access = serializers.CharField(read_only=True, help_text="Sent as `Authorization: Bearer`; valid for five minutes.")
    refresh = serializers.CharField(read_only=True, help_text="Buys a new access token; valid for a day.")


@extend_schema_serializer(component_name="TokenRefresh")
class RefreshedTokenSerializer(serializers.Serializer):
    access = serializers.CharField(read_only=True)
    refresh = serializers.CharField(
        required=False, help_text="The next refresh token; the one just used is worth nothing now."
    )


class PasswordResetSerializer(serializers.Serializer):
    email = serializers.EmailField(max_length=254)


class PasswordResetConfirmSerializer(serializers.Serializer):
    uid = serializers.CharField()
    token = serializers.CharField()
    new_password = serializers.CharField(**PASSWORD, validators=[validate_password])

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        account = find_account(data["uid"])
        if account is None or not default_token_generator.check_token(account, data["token"]):
            raise serializers.ValidationError({"token": ["This is not, or no longer, the token of a mail of ours."]})
        return {**data, "account": account}


def find_account(uid: str) -> Account | None:
    """The active account that a mail's ``uid`` stands for."""
    try:
        key = urlsafe_base64_decode(uid).decode()
        return Account.objects.filter(pk=key, is_active=True).first()
    except (ValueError, InvalidValue):
        return None
