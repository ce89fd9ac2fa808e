"""Pictures of people."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from PIL import Image

SIZE = 256
"""How wide and high a picture is, in pixels."""


def avatar(file: UploadedFile, crop: dict[str, int] | None) -> ContentFile:
    """The picture, or the square part of it that ``crop`` names, as a PNG of the usual size."""
    picture = Image.open(file).convert("RGBA")
    if crop is not None:
        x, y, size = crop["x"], crop["y"], crop["size"]
        picture = picture.crop((x, y, x + size, y + size))
    result = BytesIO()
    picture.resize((SIZE, SIZE)).save(result, "PNG")
    return ContentFile(result.getvalue())
