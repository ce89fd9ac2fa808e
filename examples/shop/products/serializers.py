"""Products on the wire."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from catalog.models import Brand
from catalog.serializers import BrandSerializer, NameField
from shop.errors import ValidationErrorSerializer
from shop.fields import Int64Field, ISODurationField, PictureField
from shop.polymorphism import PolymorphicSerializer
from shop.serializers import ValueSerializer

from .fields import MeasureField, TagsField
from .models import (
    BundleItem,
    BundleProduct,
    DigitalProduct,
    Photo,
    PhysicalProduct,
    Product,
    ProductKind,
    ProductStatus,
)


class PhotoSerializer(serializers.ModelSerializer):
    url = serializers.SerializerMethodField()
    alt = serializers.CharField(max_length=200, help_text="Read aloud by screen readers.")
    width = serializers.IntegerField(read_only=True)
    height = serializers.IntegerField(read_only=True)

    class Meta:
        model = Photo
        fields = ["id", "url", "alt", "width", "height"]

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, photo: Photo) -> str:
        request = self.context.get("request")
        return request.build_absolute_uri(photo.image.url) if request else photo.image.url


PHOTO = {"formats": ["PNG", "JPEG", "WEBP"], "largest": 10_000_000}


@extend_schema_serializer(component_name="Photo")
class PhotoUploadSerializer(serializers.Serializer):
    photo = PictureField(**PHOTO, help_text="PNG, JPEG or WebP, at most 10 MB.")
    alt = serializers.CharField(
        max_length=200, required=False, allow_blank=True, help_text="Read aloud by screen readers."
    )
    position = serializers.IntegerField(min_value=0, required=False)


class PhotoBatchSerializer(serializers.Serializer):
    """Several photos at once; the captions stand in the order of the files."""

    photos = serializers.ListField(child=PictureField(**PHOTO), min_length=1, max_length=12)
    alts = serializers.ListField(child=serializers.CharField(max_length=200, allow_blank=True), required=False)
    replace = serializers.BooleanField(default=False, help_text="Remove the photos there were.")


class DimensionsSerializer(ValueSerializer):
    """Outer measures, in millimetres."""

    height = MeasureField()
    length = MeasureField()
    width = MeasureField()


class BundleItemSerializer(serializers.ModelSerializer):
    product = serializers.PrimaryKeyRelatedField(queryset=Product.objects.exclude(kind=ProductKind.BUNDLE))
    quantity = serializers.IntegerField(min_value=1, default=1)

    class Meta:
        model = BundleItem
        fields = ["product", "quantity"]


class BundleItemsField(serializers.ListField):
    """What is in a bundle."""

    child = BundleItemSerializer()

    def to_representation(self, items: Any) -> list[dict[str, Any]]:
        return super().to_representation(items.all())


class BaseProductSerializer(serializers.ModelSerializer):
    """What can be said of products of every kind."""

    kind = serializers.ChoiceField(choices=ProductKind.choices)
    status = serializers.ChoiceField(choices=ProductStatus.choices, default=ProductStatus.DRAFT)
    brand = BrandSerializer(read_only=True, allow_null=True)
    brand_id = serializers.PrimaryKeyRelatedField(
        source="brand", queryset=Brand.objects.all(), write_only=True, required=False, allow_null=True
    )
    tags = TagsField(max_length=20, required=False)
    photos = PhotoSerializer(many=True, read_only=True)
    rating = serializers.FloatField(
        min_value=1, max_value=5, read_only=True, allow_null=True, help_text="Mean of all reviews."
    )
    attributes = serializers.DictField(required=False, help_text="Attribute code → value.")

    class Meta:
        fields = [
            "id",
            "kind",
            "sku",
            "name",
            "description",
            "price",
            "old_price",
            "status",
            "category",
            "brand",
            "brand_id",
            "tags",
            "photos",
            "rating",
            "attributes",
            "available_from",
            "created_at",
            "updated_at",
        ]

    def validate_kind(self, kind: str) -> str:
        if self.instance and kind != self.instance.kind:
            raise serializers.ValidationError("A product remains of its kind.")
        return kind


class PhysicalProductSerializer(BaseProductSerializer):
    """A thing that is put into a parcel."""

    weight = serializers.IntegerField(min_value=1, help_text="In grams.")
    dimensions = DimensionsSerializer(required=False, allow_null=True)
    stock = serializers.IntegerField(read_only=True, help_text="Pieces in the warehouse that no order waits for.")

    class Meta(BaseProductSerializer.Meta):
        model = PhysicalProduct
        fields = [*BaseProductSerializer.Meta.fields, "weight", "dimensions", "stock"]


class DigitalProductSerializer(BaseProductSerializer):
    """Something to download."""

    size = Int64Field(source="download.size", read_only=True, help_text="In bytes.")
    max_downloads = serializers.IntegerField(min_value=1, max_value=100, default=3)

    class Meta(BaseProductSerializer.Meta):
        model = DigitalProduct
        fields = [*BaseProductSerializer.Meta.fields, "download", "size", "max_downloads"]


class BundleProductSerializer(BaseProductSerializer):
    """Several products at one price."""

    items = BundleItemsField(min_length=2)

    class Meta(BaseProductSerializer.Meta):
        model = BundleProduct
        fields = [*BaseProductSerializer.Meta.fields, "items"]

    @transaction.atomic
    def create(self, validated_data: dict[str, Any]) -> BundleProduct:
        items = validated_data.pop("items")
        bundle = super().create(validated_data)
        self._fill(bundle, items)
        return bundle

    @transaction.atomic
    def update(self, bundle: BundleProduct, validated_data: dict[str, Any]) -> BundleProduct:
        items = validated_data.pop("items", None)
        bundle = super().update(bundle, validated_data)
        if items is not None:
            bundle.items.all().delete()
            self._fill(bundle, items)
        return bundle

    def validate_items(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({item["product"] for item in items}) < len(items):
            raise serializers.ValidationError("A product can be in a bundle only once; raise its quantity.")
        return items

    def _fill(self, bundle: BundleProduct, items: Iterable[dict[str, Any]]) -> None:
        BundleItem.objects.bulk_create(BundleItem(bundle=bundle, **item) for item in items)


class ProductSerializer(PolymorphicSerializer):
    """Products of all kinds."""

    kind_field = "kind"
    kinds = {
        "physical": PhysicalProductSerializer,
        "digital": DigitalProductSerializer,
        "bundle": BundleProductSerializer,
    }


class ProductSummarySerializer(serializers.ModelSerializer):
    """A product as it stands in lists."""

    kind = serializers.ChoiceField(choices=ProductKind.choices)
    sku = serializers.CharField(read_only=True)
    name = NameField(max_length=120)
    status = serializers.ChoiceField(choices=ProductStatus.choices)
    photo = PhotoSerializer(source="first_photo", read_only=True, allow_null=True)
    rating = serializers.FloatField(read_only=True, allow_null=True)
    created_at = serializers.DateTimeField(read_only=True)

    class Meta:
        model = Product
        fields = ["id", "kind", "sku", "name", "price", "status", "photo", "rating", "created_at"]


class StockLevelSerializer(serializers.Serializer):
    warehouse = serializers.CharField()
    available = serializers.IntegerField(min_value=0)
    reserved = serializers.IntegerField(min_value=0)
    restocked_on = serializers.DateField(allow_null=True)
    delivery_time = ISODurationField(help_text="How long it takes from here, as an ISO 8601 duration.")


class StockCorrectionSerializer(serializers.Serializer):
    warehouse = serializers.CharField()
    change = serializers.IntegerField(help_text="Negative where pieces are missing.")
    note = serializers.CharField(required=False, allow_blank=True)


@extend_schema_serializer(extensions={"x-in-place": True})
class ImportFailureSerializer(serializers.Serializer):
    line = serializers.IntegerField(min_value=1)
    errors = ValidationErrorSerializer()


class ImportReportSerializer(serializers.Serializer):
    """What became of each line of a file."""

    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    failed = ImportFailureSerializer(many=True)
    dry_run = serializers.BooleanField()


class ImportQuerySerializer(serializers.Serializer):
    dry_run = serializers.BooleanField(default=False, help_text="Report only, change nothing.")


class SimilarQuerySerializer(serializers.Serializer):
    limit = serializers.IntegerField(min_value=1, max_value=50, default=8)
