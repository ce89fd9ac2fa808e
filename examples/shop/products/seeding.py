"""Products to begin with."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from accounts.seeding import account_id
from catalog.models import Brand, Category
from uploads.models import Upload, UploadPurpose

from .models import BundleItem, BundleProduct, DigitalProduct, PhysicalProduct, Product, ProductStatus, StockLevel, Tag

COLORS = ["black", "red", "white"]


def seed() -> None:
    tags = {name: Tag.objects.create(name=name) for name in ("new", "oak", "vintage")}
    brands = list(Brand.objects.all()[:6])
    lamps, chairs = Category.objects.get(slug="desk-lamps"), Category.objects.get(slug="chairs")
    for number in range(1, 37):
        is_lamp = number % 3 != 0
        name, german = ("Lamp", "Lampe") if is_lamp else ("Chair", "Stuhl")
        product = PhysicalProduct.objects.create(
            kind="physical",
            sku=f"{name.upper()}-{number:02}",
            name=f"{name} no. {number}",
            translations={"de": f"{german} Nr. {number}"},
            description=f"*{name}* number {number}.",
            price=Decimal(number) * 3 + Decimal("0.90"),
            old_price=Decimal(number) * 4 if number % 5 == 0 else None,
            status=ProductStatus.DRAFT if number % 12 == 0 else ProductStatus.ON_SALE,
            category=lamps if is_lamp else chairs,
            brand=brands[number % 7] if number % 7 < 6 else None,
            attributes={"color": COLORS[number % 3], "power": 5 + number, "dimmable": number % 2 == 0},
            weight=800 + 100 * number,
            dimensions={"height": 450.0, "length": 180.0, "width": 180.5} if is_lamp else None,
        )
        product.tags.set([tags["oak" if number % 2 else "vintage"], *([tags["new"]] if number > 30 else [])])
        StockLevel.objects.bulk_create(
            StockLevel(product=product, warehouse=warehouse, available=count, delivery_time=timedelta(days=days))
            for warehouse, count, days in [("berlin", number % 9 * 5, 2), ("lyon", 3, 4)]
        )
    seed_downloads()
    seed_bundles()
    for product in Product.objects.filter(sku__in=["LAMP-01", "LAMP-02"]):
        product.photos.create(image=picture(product.sku), alt=f"{product.name}, from the front")


def seed_downloads() -> None:
    for number in range(1, 4):
        upload = Upload(
            owner_id=account_id("manager@shop.example.com"),
            purpose=UploadPurpose.MANUAL,
            filename=f"manual-{number}.txt",
            content_type="text/plain",
        )
        upload.store(BytesIO(f"Manual no. {number}.\n".encode()))
        DigitalProduct.objects.create(
            kind="digital",
            sku=f"MANUAL-{number}",
            name=f"Manual no. {number}",
            translations={"de": f"Handbuch Nr. {number}"},
            price=Decimal("4.50"),
            status=ProductStatus.ON_SALE,
            category=Category.objects.get(slug="manuals"),
            download=upload,
        )


def seed_bundles() -> None:
    bundle = BundleProduct.objects.create(
        kind="bundle",
        sku="SET-1",
        name="Desk set",
        translations={"de": "Schreibtisch-Set"},
        price=Decimal("19.90"),
        status=ProductStatus.ON_SALE,
        category=Category.objects.get(slug="offers"),
    )
    for sku, quantity in [("LAMP-01", 1), ("CHAIR-03", 2), ("MANUAL-1", 1)]:
        BundleItem.objects.create(bundle=bundle, product=Product.objects.get(sku=sku), quantity=quantity)


def picture(name: str) -> ContentFile:
    """A small picture, all in one colour."""
    file = BytesIO()
    Image.new("RGB", (64, 48), "lightblue").save(file, "PNG")
    return ContentFile(file.getvalue(), f"{name.lower()}.png")
