"""A catalog to begin with."""

from accounts.models import Country

from .models import Attribute, Brand, Category

CATEGORIES = [
    ("home", "Home", "Wohnen", None),
    ("lamps", "Lamps", "Lampen", "home"),
    ("desk-lamps", "Desk lamps", "Schreibtischlampen", "lamps"),
    ("chairs", "Chairs", "Stühle", "home"),
    ("books", "Books", "Bücher", None),
    ("manuals", "Manuals", "Handbücher", "books"),
    ("offers", "Offers", "Angebote", None),
]
BRANDS = [
    ("Anglepoise", Country.UNITED_KINGDOM, 1932),
    ("Bieffe", None, None),
    ("Jieldé", Country.FRANCE, 1950),
    ("Kaiser Idell", Country.GERMANY, 1895),
    ("Thonet", Country.AUSTRIA, 1819),
    ("Vitra", Country.SWITZERLAND, 1950),
    *((f"Workshop {number:02}", None, 1980 + number) for number in range(1, 25)),
]
ATTRIBUTES = [
    ("color", "Colour", None, ["black", "red", "white"]),
    ("power", "Power", "W", [5, 7.5, 12]),
    ("dimmable", "Can be dimmed", None, [True, False]),
    ("size", "Size", None, ["small", "large", 42]),
]


def seed() -> None:
    shelves: dict[str | None, Category | None] = {None: None}
    for position, (slug, name, german, parent) in enumerate(CATEGORIES):
        shelves[slug] = Category.objects.create(
            slug=slug, name=name, translations={"de": german}, parent=shelves[parent], position=position
        )
    Brand.objects.bulk_create(
        Brand(name=name, website=f"https://brands.example.com/{number}", country=country, founded=founded)
        for number, (name, country, founded) in enumerate(BRANDS)
    )
    Attribute.objects.bulk_create(
        Attribute(code=code, label=label, unit=unit, values=values) for code, label, unit, values in ATTRIBUTES
    )
