"""The Django project of the benchmark: a database in memory, filled with rows as they are read again; the contenders' names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

OWN, NINJA, DRF, PLAIN = "specloom", "django-ninja", "DRF", "plain Pydantic"
ROWS = 10_000


def set_up() -> None:
    """Sets Django up. What is written is UTC, as Pydantic writes it."""
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY="of a benchmark", USE_TZ=True, TIME_ZONE="UTC", DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        MEDIA_URL="/media/",
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework", "benchmarks.schemas"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    )
    django.setup()


def fill() -> None:
    """Makes the tables and 10,000 items of 500 owners, with three tags each."""
    from django.core.management import call_command

    from .models import Item, Owner, State, Tag

    call_command("migrate", run_syncdb=True, verbosity=0)
    tags = Tag.objects.bulk_create([Tag(name=f"tag {number}") for number in range(20)])
    owners = Owner.objects.bulk_create([
        Owner(name=f"Owner {number}", email=f"owner{number}@example.org", site=f"https://example.org/{number}/")
        for number in range(500)
    ])
    states = list(State)
    noon = datetime(2026, 3, 1, 12, 30, 15, tzinfo=UTC)
    items = Item.objects.bulk_create([
        Item(
            name=f"Item {number}", slug=f"item-{number}", email=f"item.{number}@example.com",
            site=f"https://shop.example.com/items/{number}/", state=states[number % 3], price=Decimal(number * 7 % 99999) / 100,
            stock=number % 50, rating=number % 11 / 2, active=number % 4 > 0, day=date(2026, 1, 1) + timedelta(number % 700),
            made=noon + timedelta(minutes=number), note=f"Noted at {number}." * (number % 3), photo=f"photos/{number}.png",
            owner=owners[number % 500],
        )
        for number in range(ROWS)
    ])
    through = Item.tags.through
    through.objects.bulk_create(
        [through(item_id=one.pk, tag_id=tags[(at + step) % 20].pk) for at, one in enumerate(items) for step in range(3)]
    )
