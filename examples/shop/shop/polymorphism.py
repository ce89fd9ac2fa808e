"""Objects of several kinds behind one address."""

from typing import Any, ClassVar

from django.db.models import Model
from rest_framework import serializers


class PolymorphicSerializer(serializers.Serializer):
    """Reads and writes each object by the serializer of its kind.

    The field ``kind_field`` tells the kind, in the object as on the wire; an object's ``specific`` is the object as one
    of its kind.
    """

    kind_field: ClassVar[str]
    kinds: ClassVar[dict[str, type[serializers.ModelSerializer]]]

    def to_representation(self, instance: Model) -> dict[str, Any]:
        serializer = self.kinds[getattr(instance, self.kind_field)](context=self.context)
        return serializer.to_representation(instance.specific)

    def run_validation(self, data: Any = serializers.empty) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise serializers.ValidationError({"non_field_errors": ["An object is expected."]})
        instance = self.instance and self.instance.specific
        kind = getattr(instance, self.kind_field) if instance else data.get(self.kind_field)
        if kind not in self.kinds:
            raise serializers.ValidationError({self.kind_field: [f"Has to be one of {', '.join(self.kinds)}."]})
        self.inner = self.kinds[kind](instance, data=data, partial=self.partial, context=self.context)
        self.inner.is_valid(raise_exception=True)
        return self.inner.validated_data

    def create(self, validated_data: dict[str, Any]) -> Model:
        return self.inner.create(validated_data)

    def update(self, instance: Model, validated_data: dict[str, Any]) -> Model:
        return self.inner.update(instance.specific, validated_data)
