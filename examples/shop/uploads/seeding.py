"""Files to begin with."""

from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

from accounts.seeding import account_id

from .models import Upload, UploadPurpose


def seed() -> None:
    for number in range(1, 4):
        upload = Upload(
            id=uuid5(NAMESPACE_URL, f"https://shop.example.com/uploads/{number}"),
            owner_id=account_id("anna@example.com"),
            purpose=UploadPurpose.MANUAL,
            filename=f"manual-{number}.txt",
            content_type="text/plain",
        )
        upload.store(BytesIO(f"This is manual {number}.\n".encode()))
