"""Fields that Django REST framework does not bring."""

from datetime import timedelta

from django.utils.duration import duration_iso_string
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field({"type": "string", "format": "duration", "example": "P2D"})
class ISODurationField(serializers.DurationField):
    """A span of time as ISO 8601 writes it."""

    def to_representation(self, value: timedelta) -> str:
        return duration_iso_string(value)


@extend_schema_field(OpenApiTypes.BYTE)
class Base64Field(serializers.CharField):
    """Bytes, in base64."""


@extend_schema_field(OpenApiTypes.INT64)
class Int64Field(serializers.IntegerField):
    """A number that may need more than 32 bits."""
