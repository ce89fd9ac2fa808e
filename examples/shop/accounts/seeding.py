"""People to begin with."""

from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth.hashers import make_password

from .models import Account, AccountRole, Address, AddressKind, Country, Language, Profile

PASSWORD = "a password for examples"
"""Everybody's."""

BEGINNING = datetime(2026, 1, 1, 9, tzinfo=UTC)
PEOPLE = [
    ("manager@shop.example.com", "Mara", "Manager", AccountRole.MANAGER),
    ("support@shop.example.com", "Sam", "Support", AccountRole.SUPPORT),
    ("anna@example.com", "Anna", "Albrecht", AccountRole.CUSTOMER),
    ("ben@example.com", "Ben", "Bonnet", AccountRole.CUSTOMER),
    *(
        (f"customer{number:02}@example.com", "Customer", f"{number:02}", AccountRole.CUSTOMER)
        for number in range(1, 42)
    ),
]


def account_id(email: str) -> UUID:
    """The same for the same address, whenever data is sown."""
    return uuid5(NAMESPACE_URL, f"mailto:{email}")


def seed() -> None:
    password = make_password(PASSWORD)
    accounts = [
        Account(
            id=account_id(email),
            email=email,
            first_name=first_name,
            last_name=last_name,
            role=role,
            password=password,
            date_joined=BEGINNING + timedelta(days=day),
        )
        for day, (email, first_name, last_name, role) in enumerate(PEOPLE)
    ]
    Account.objects.bulk_create(accounts)
    Profile.objects.bulk_create(Profile(account=account) for account in accounts)
    Profile.objects.filter(account__email="anna@example.com").update(
        display_name="Anna",
        bio="I like *lamps*.",
        website="https://anna.example.com",
        language=Language.GERMAN,
        preferences={"theme": "dark"},
        notify={"news": False, "orders": True},
    )
    for kind in AddressKind:
        Address.objects.create(
            account_id=account_id("anna@example.com"),
            kind=kind,
            name="Anna Albrecht",
            street="Hauptstraße 1",
            postal_code="10115",
            city="Berlin",
            country=Country.GERMANY,
            phone="+49 30 1234567",
            is_default=True,
        )
