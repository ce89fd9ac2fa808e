"""Categories, brands and attributes on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from .models import Brand, Category, Named


class NameField(serializers.CharField):
    """A name: read in the language of the request, written in the shop's own."""

    def get_attribute(self, instance: Named) -> str:
        return instance.local_name


class CategorySerializer(serializers.ModelSerializer):
    """A shelf of the shop; shelves stand in shelves."""

    name = NameField(max_length=80)
    product_count = serializers.IntegerField(read_only=True, help_text="Products on sale here and below.")

    class Meta:
        model = Category
        fields = ["id", "slug", "name", "parent", "position", "product_count"]

    def validate_parent(self, parent: Category | None) -> Category | None:
        if parent and self.instance and parent in self.instance.with_descendants():
            raise serializers.ValidationError("A category cannot stand in itself.")
        return parent


class CategoryTreeSerializer(serializers.ModelSerializer):
    """A category with everything below it."""

    name = NameField(max_length=80)

    class Meta:
        model = Category
        fields = ["id", "slug", "name"]

    def get_fields(self) -> dict[str, serializers.Field]:
        return super().get_fields() | {"children": CategoryTreeSerializer(many=True, read_only=True, source="branches")}


class TreeQuerySerializer(serializers.Serializer):
    depth = serializers.IntegerField(min_value=1, max_value=10, required=False, help_text="How many levels.")


class BrandSerializer(serializers.ModelSerializer):
    class Meta:
        model = Brand
        fields = ["id", "name", "website", "country", "founded"]


@extend_schema_field({"oneOf": [{"type": "string"}, {"type": "number", "format": "double"}, {"type": "boolean"}]})
class AttributeValueField(serializers.Field):
    """A string, a number or a truth value."""

    def to_representation(self, value: Any) -> Any:
        return value


class AttributeSerializer(serializers.Serializer):
    code = serializers.CharField(max_length=40)
    label = serializers.CharField()
    unit = serializers.CharField(allow_null=True, help_text="SI symbol, where there is one.")
    values = serializers.ListField(child=AttributeValueField())
