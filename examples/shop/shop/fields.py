"""Fields that Django REST framework does not bring."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.duration import duration_iso_string
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from PIL import Image, UnidentifiedImageError
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


class PictureField(serializers.FileField):
    """A picture, known by its content: a file needs no name, as one of ``bytes`` has none."""

    def __init__(self, *, formats: list[str], largest: int, **options: Any) -> None:
        super().__init__(**options)
        self.formats = formats
        self.largest = largest

    def to_internal_value(self, data: Any) -> UploadedFile:
        file = super().to_internal_value(data)
        if file.size > self.largest:
            raise serializers.ValidationError(f"At most {self.largest // 1_000_000} MB.")
        try:
            file.image = Image.open(file, formats=self.formats)
        except UnidentifiedImageError as error:
            raise serializers.ValidationError(f"Only {', '.join(self.formats)} are possible.") from error
        file.seek(0)
        return file
