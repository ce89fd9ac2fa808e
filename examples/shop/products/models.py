"""What the shop sells."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone

from catalog.models import Brand, Category, Named


class ProductKind(models.TextChoices):
    PHYSICAL = "physical", "Physical"
    DIGITAL = "digital", "Digital"
    BUNDLE = "bundle", "Bundle"


class ProductStatus(models.TextChoices):
    """Where a product stands in its life."""

    DRAFT = "draft", "Draft"
    ON_SALE = "on_sale", "On sale"
    SOLD_OUT = "sold-out", "Sold out"
    DISCONTINUED = "discontinued", "Discontinued"


class Tag(models.Model):
    """A word to find products by."""

    name = models.CharField(max_length=30, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ProductQuerySet(models.QuerySet["Product"]):
    def visible_to(self, account: AbstractBaseUser | AnonymousUser) -> ProductQuerySet:
        """All for the staff; for others, what is no draft and may be shown by now."""
        if account.is_staff:
            return self
        shown = models.Q(available_from=None) | models.Q(available_from__lte=timezone.now())
        return self.filter(shown).exclude(status=ProductStatus.DRAFT)

    def in_stock(self) -> ProductQuerySet:
        """Downloads, things that lie in a warehouse, and bundles of these."""
        stocked = StockLevel.objects.filter(available__gt=0).values("product")
        missing = BundleItem.objects.filter(product__kind=ProductKind.PHYSICAL).exclude(product__in=stocked)
        return self.filter(
            models.Q(kind=ProductKind.DIGITAL)
            | models.Q(kind=ProductKind.PHYSICAL, pk__in=stocked)
            | models.Q(kind=ProductKind.BUNDLE) & ~models.Q(pk__in=missing.values("bundle"))
        )

    def with_details(self) -> ProductQuerySet:
        """With all that is shown of a product, in few queries."""
        kinds = [f"{kind}product" for kind in ProductKind]
        return self.select_related("brand", *kinds).prefetch_related("photos", "tags", "bundleproduct__items")


class Product(Named):
    """Something to sell; what there is to say beyond this depends on its kind."""

    kind = models.CharField(max_length=10, choices=ProductKind.choices, editable=False)
    sku = models.CharField(
        max_length=32,
        unique=True,
        validators=[RegexValidator("^[A-Z0-9-]+$")],
        help_text="Stock keeping unit, printed on the shelf.",
    )
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True, help_text="Markdown.")
    price = models.DecimalField(
        max_digits=10, decimal_places=2, validators=[MinValueValidator(Decimal(0))], help_text="In the shop's currency."
    )
    old_price = models.DecimalField(
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text="Shown struck through.",
    )
    status = models.CharField(max_length=12, choices=ProductStatus.choices, default=ProductStatus.DRAFT)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="products", help_text="Id of the category it stands in."
    )
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, related_name="products")
    tags = models.ManyToManyField(Tag, blank=True, related_name="products")
    rating = models.FloatField(null=True, editable=False, help_text="Mean of all reviews.")
    attributes = models.JSONField(default=dict, blank=True, help_text="Attribute code → value.")
    available_from = models.DateTimeField(null=True, blank=True, help_text="Not shown before this moment.")
    created_at = models.DateTimeField(auto_now_add=True, help_text="When it was made.")
    updated_at = models.DateTimeField(auto_now=True, help_text="When it was last changed.")

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    @property
    def specific(self) -> Product:
        """The same product as an object of its kind."""
        return self if type(self) is not Product else getattr(self, f"{self.kind}product")

    @property
    def first_photo(self) -> Photo | None:
        return next(iter(self.photos.all()), None)

    def pieces(self) -> Iterable[tuple[PhysicalProduct, int]]:
        """What has to be taken from the shelves, and how many of each, to sell one of these."""
        return []


class PhysicalProduct(Product):
    """A thing that is put into a parcel."""

    weight = models.PositiveIntegerField(validators=[MinValueValidator(1)], help_text="In grams.")
    dimensions = models.JSONField(null=True, blank=True)

    @property
    def stock(self) -> int:
        """Pieces in the warehouses that no order waits for."""
        return sum(level.available for level in self.stock_levels.all())

    def pieces(self) -> Iterable[tuple[PhysicalProduct, int]]:
        return [(self, 1)]


class DigitalProduct(Product):
    """Something to download."""

    download = models.ForeignKey(
        "uploads.Upload", models.PROTECT, related_name="+", help_text="The upload that is handed out."
    )
    max_downloads = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )


class BundleProduct(Product):
    """Several products at one price."""

    def pieces(self) -> Iterable[tuple[PhysicalProduct, int]]:
        for item in self.items.all():
            yield from ((product, item.quantity * count) for product, count in item.product.specific.pieces())


class BundleItem(models.Model):
    """A product in a bundle."""

    bundle = models.ForeignKey(BundleProduct, models.CASCADE, related_name="items")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["bundle", "product"], name="product_once_in_bundle")]


class Photo(models.Model):
    """A picture of a product."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="photos")
    image = models.ImageField(upload_to="products", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(max_length=200, blank=True, help_text="Read aloud by screen readers.")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]


class StockLevel(models.Model):
    """How many pieces of a product lie in a warehouse."""

    product = models.ForeignKey(PhysicalProduct, models.CASCADE, related_name="stock_levels")
    warehouse = models.CharField(max_length=40)
    available = models.PositiveIntegerField(default=0)
    reserved = models.PositiveIntegerField(default=0)
    restocked_on = models.DateField(null=True, blank=True)
    delivery_time = models.DurationField(help_text="How long it takes from here, as an ISO 8601 duration.")

    class Meta:
        ordering = ["warehouse"]
        constraints = [models.UniqueConstraint(fields=["product", "warehouse"], name="product_once_in_warehouse")]


class WaitingImport(models.Model):
    """A table of products that was too long to be read at once; ``manage.py import_products`` reads it."""

    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    rows = models.JSONField()
    dry_run = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]
