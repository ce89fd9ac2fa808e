"""Files, as the API shows and takes them."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.reverse import reverse

from accounts.serializers import AccountSummarySerializer
from shop.fields import Base64Field, Int64Field, ISODurationField

from .models import Upload, UploadPurpose

LARGEST = 100_000_000
"""How many bytes a file may have that comes in a form."""


class UploadSerializer(serializers.ModelSerializer):
    """A file kept for later."""

    checksum = Base64Field(read_only=True, help_text="SHA-256, in base64.")
    size = Int64Field(read_only=True, help_text="In bytes.")
    url = serializers.SerializerMethodField()
    owner = AccountSummarySerializer(read_only=True)

    class Meta:
        model = Upload
        fields = [
            *("id", "purpose", "filename", "content_type", "size", "checksum", "url", "owner"),
            *("created_at", "expires_at"),
        ]
        read_only_fields = ["content_type", "expires_at"]

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, upload: Upload) -> str:
        return reverse("upload-content", [upload.pk], request=self.context["request"])


@extend_schema_serializer(component_name="Upload")
class NewUploadSerializer(serializers.Serializer):
    file = serializers.FileField()
    purpose = serializers.ChoiceField(choices=UploadPurpose.choices)
    filename = serializers.CharField(
        required=False, allow_blank=True, max_length=255, help_text="The file's own name where it is left out."
    )
    expires_in = ISODurationField(required=False, help_text="ISO 8601; kept for ever where it is left out.")

    def validate_file(self, file: UploadedFile) -> UploadedFile:
        if file.size > LARGEST:
            raise serializers.ValidationError("At most 100 MB.")
        return file

    def create(self, validated_data: dict[str, Any]) -> Upload:
        file = validated_data["file"]
        expires_in = validated_data.get("expires_in")
        upload = Upload(
            owner=self.context["request"].user,
            purpose=validated_data["purpose"],
            filename=validated_data.get("filename") or file.name,
            content_type=file.content_type or "application/octet-stream",
            expires_at=timezone.now() + expires_in if expires_in else None,
        )
        upload.store(file)
        return upload
