"""Coupons to begin with."""

from decimal import Decimal

from accounts.seeding import BEGINNING

from .models import Coupon


def seed() -> None:
    Coupon.objects.create(code="WELCOME", label="Ten percent for new customers", percent=10)
    Coupon.objects.create(code="FIVE", label="Five euros less", amount=Decimal(5))
    Coupon.objects.create(code="OLD", label="From last year", percent=50, valid_until=BEGINNING.date())
