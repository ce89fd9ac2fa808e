"""What somebody sends about themselves."""

from django.contrib.auth.password_validation import validate_password
from rest_framework import serializers

from accounts.serializers import PASSWORD


class PasswordChangeSerializer(serializers.Serializer):
    old_password = serializers.CharField(**PASSWORD)
    new_password = serializers.CharField(**PASSWORD, validators=[validate_password])

    def validate_old_password(self, password: str) -> str:
        if not self.context["request"].user.check_password(password):
            raise serializers.ValidationError("This is not your password.")
        return password
