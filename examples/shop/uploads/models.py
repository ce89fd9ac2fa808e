"""Files kept for later."""

from __future__ import annotations

import base64
import hashlib
import uuid
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.core.files.temp import NamedTemporaryFile
from django.db import models

CHUNK = 64 * 1024
"""How many bytes are in memory at once while a file comes in."""


class UploadPurpose(models.TextChoices):
    AVATAR = "avatar", "Avatar"
    PRODUCT_PHOTO = "product_photo", "Product photo"
    MANUAL = "manual", "Manual"
    IMPORT = "import", "Import file"


class Upload(models.Model):
    """A file kept for later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    purpose = models.CharField(max_length=20, choices=UploadPurpose.choices)
    filename = models.CharField(max_length=255)
    file = models.FileField(upload_to="uploads")
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField(help_text="In bytes.")
    checksum = models.CharField(max_length=44, help_text="SHA-256, in base64.")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "pk"]

    def __str__(self) -> str:
        return self.filename

    def store(self, stream: BinaryIO) -> None:
        """Keeps the bytes of a stream in place of those there were, and saves the upload."""
        digest = hashlib.sha256()
        with NamedTemporaryFile() as received:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                received.write(chunk)
            self.size = received.tell()
            self.checksum = base64.b64encode(digest.digest()).decode()
            if self.file:
                self.file.delete(save=False)
            received.seek(0)
            self.file.save(str(self.pk), File(received), save=False)
        self.save()
