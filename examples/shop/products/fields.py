"""Fields of products."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from .models import Tag


@extend_schema_field({"type": "number", "format": "double", "minimum": 0, "exclusiveMinimum": True})
class MeasureField(serializers.FloatField):
    """A length, which is more than nothing."""

    def to_internal_value(self, data: Any) -> float:
        value = super().to_internal_value(data)
        if value <= 0:
            raise serializers.ValidationError("Has to be more than 0.")
        return value


class TagsField(serializers.ListField):
    """The names of a product's tags; new ones are made as they come, empty ones are left out."""

    child = serializers.CharField(max_length=30, allow_blank=True)

    def to_representation(self, tags: Any) -> list[str]:
        return [tag.name for tag in tags.all()]

    def to_internal_value(self, data: Any) -> list[Tag]:
        names = dict.fromkeys(name for name in super().to_internal_value(data) if name)
        return [Tag.objects.get_or_create(name=name)[0] for name in names]
