"""Data to begin with: the same every time, so that tests can count on it."""

from django.db import transaction

import accounts.seeding
import uploads.seeding


@transaction.atomic
def seed() -> None:
    """Fills an empty database."""
    accounts.seeding.seed()
    uploads.seeding.seed()
