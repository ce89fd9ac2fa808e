"""Errors, in the two shapes that the API's document promises."""

from collections.abc import Mapping
from typing import Any

from django.db.models import ProtectedError
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler as rest_framework_handler


@extend_schema_field({"type": "string", "example": "not_found"})
class ErrorCodeField(serializers.CharField):
    """Which error it is."""


class ErrorDetailSerializer(serializers.Serializer):
    """An error that concerns the request as a whole."""

    detail = serializers.CharField(help_text="A sentence for people, in the language of the request.")
    code = ErrorCodeField(help_text="A word for programs.")


class ValidationErrorSerializer(serializers.Serializer):
    """Messages by field; `non_field_errors` holds those that concern several fields."""

    non_field_errors = serializers.ListField(child=serializers.CharField(), required=False)

    def to_representation(self, instance: dict[str, list[str]]) -> dict[str, list[str]]:
        return instance


class Conflict(APIException):
    """What is asked for is not possible in the present state."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "Not possible in the present state."
    default_code = "conflict"


class LengthRequired(APIException):
    """A body of unknown length, which a WSGI server cannot receive."""

    status_code = status.HTTP_411_LENGTH_REQUIRED
    default_detail = "Say in Content-Length how many bytes there are."
    default_code = "length_required"


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Gives what Django REST framework has to say in our shapes; None where it has nothing to say."""
    if isinstance(error, ProtectedError):
        error = Conflict("Something else still needs it.")
    elif isinstance(error, ParseError):
        error = ValidationError(error.detail)
    response = rest_framework_handler(error, context)
    if response is None:
        return None
    if isinstance(error, ValidationError):
        response.data = messages_by_field(error.detail)
    else:
        detail = response.data["detail"]
        response.data = {
            "detail": detail,
            "code": response.data.get("code", detail.code),
            **getattr(error, "extra", {}),
        }
    return response


def messages_by_field(detail: Any, field: str = "") -> dict[str, list[str]]:
    """The messages of a validation error by the path of their field: ``items.0.quantity``."""
    if isinstance(detail, Mapping):
        inner = detail.items()
    elif any(isinstance(item, Mapping) for item in detail):
        inner = enumerate(detail)
    else:
        return {field or api_settings.NON_FIELD_ERRORS_KEY: list(detail)} if detail else {}
    found: dict[str, list[str]] = {}
    for name, value in inner:
        found |= messages_by_field(value, f"{field}.{name}" if field else str(name))
    return found
