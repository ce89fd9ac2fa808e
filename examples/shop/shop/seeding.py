"""Data to begin with: the same every time, so that tests can count on it."""

from django.db import transaction

import accounts.seeding
import cart.seeding
import catalog.seeding
import orders.seeding
import payments.seeding
import products.seeding
import reviews.seeding
import uploads.seeding


@transaction.atomic
def seed() -> None:
    """Fills an empty database."""
    accounts.seeding.seed()
    uploads.seeding.seed()
    catalog.seeding.seed()
    products.seeding.seed()
    reviews.seeding.seed()
    payments.seeding.seed()
    cart.seeding.seed()
    orders.seeding.seed()
