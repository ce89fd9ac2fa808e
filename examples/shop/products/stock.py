"""What lies in the warehouses, and who waits for it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from shop.errors import Conflict

from .models import PhysicalProduct, Product

Wanted = Iterable[tuple[Product, int]]


@dataclass(frozen=True)
class Shortage:
    """A product of which there is less than somebody asks for."""

    sku: str
    requested: int
    available: int


@extend_schema_serializer(extensions={"x-in-place": True})
class StockShortageSerializer(serializers.Serializer):
    sku = serializers.CharField()
    requested = serializers.IntegerField(min_value=1)
    available = serializers.IntegerField(min_value=0)


class StockConflictSerializer(serializers.Serializer):
    """Some items are no longer available in the quantity asked for."""

    detail = serializers.CharField()
    code = serializers.ChoiceField(choices=["out_of_stock"])
    items = StockShortageSerializer(many=True)


class OutOfStock(Conflict):
    """There is not enough of a product."""

    default_detail = "Some items are no longer available in the quantity asked for."
    default_code = "out_of_stock"

    def __init__(self, shortages: list[Shortage]) -> None:
        super().__init__()
        self.extra = {"items": StockShortageSerializer(shortages, many=True).data}


def pieces(wanted: Wanted) -> Counter[PhysicalProduct]:
    """How many of which things have to be taken from the shelves."""
    needed: Counter[PhysicalProduct] = Counter()
    for product, quantity in wanted:
        for piece, count in product.specific.pieces():
            needed[piece] += count * quantity
    return needed


def require(wanted: Wanted) -> Counter[PhysicalProduct]:
    """The pieces of what is wanted. Raises OutOfStock where there are too few of them."""
    needed = pieces(wanted)
    shortages = [
        Shortage(piece.sku, quantity, piece.stock) for piece, quantity in needed.items() if piece.stock < quantity
    ]
    if shortages:
        raise OutOfStock(shortages)
    return needed


def reserve(wanted: Wanted) -> None:
    """Keeps what is wanted for an order. Raises OutOfStock, with nothing kept, where there is too little."""
    for piece, quantity in require(wanted).items():
        _move(piece, quantity, source="available", target="reserved")


def release(wanted: Wanted) -> None:
    """Puts back on the shelf what was kept for an order."""
    for piece, quantity in pieces(wanted).items():
        _move(piece, quantity, source="reserved", target="available")


def ship(wanted: Wanted) -> None:
    """Takes what was kept for an order out of the warehouses."""
    for piece, quantity in pieces(wanted).items():
        _move(piece, quantity, source="reserved", target=None)


def _move(piece: PhysicalProduct, quantity: int, source: str, target: str | None) -> None:
    """Moves pieces between two columns of the warehouses, beginning where there are most."""
    for level in piece.stock_levels.select_for_update().order_by(f"-{source}"):
        count = min(quantity, getattr(level, source))
        setattr(level, source, getattr(level, source) - count)
        if target:
            setattr(level, target, getattr(level, target) + count)
        level.save(update_fields=["available", "reserved"])
        quantity -= count


@transaction.atomic
def correct(product: PhysicalProduct, warehouse: str, change: int) -> None:
    """Adds pieces that were found in a warehouse, or takes away those that are missing."""
    level = product.stock_levels.select_for_update().filter(warehouse=warehouse).first()
    if level is None:
        raise serializers.ValidationError({"warehouse": ["The product does not lie in this warehouse."]})
    if level.available + change < 0:
        raise Conflict(f"Only {level.available} pieces are there that no order waits for.")
    level.available += change
    level.save(update_fields=["available"])
