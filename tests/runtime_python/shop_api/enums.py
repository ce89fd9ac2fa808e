"""Enumerations of the Shop API."""

from .base import OpenIntEnum, OpenStrEnum


class ProductStatus(OpenStrEnum):
    """Where a product stands in its life."""

    DRAFT = "draft"
    ON_SALE = "on_sale"


class Priority(OpenIntEnum):
    LOW = 1
    HIGH = 2
