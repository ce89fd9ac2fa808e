"""What the tests with web frameworks share: schemas of a shop and its rows."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator

import specloom
from specloom.django.schemas import BaseSchema, Infer, InferExcept, SchemaConfig
from specloom.ir.diagnostics import Severity
from tests.django_project.models_shop.models import Category, Country, Customer, Line, Order, Product, Profile, Tag
from tests.django_project.models_zoo.models import Chosen, Times


class CustomerOut(BaseSchema[Customer]):
    """A customer, with all that was bought."""

    config = SchemaConfig(model=Customer, fields={
        "id": Infer,
        "made": Infer,
        "name": Infer,
        "level": Infer,
        "photo": Infer,
        "seal": Infer,
        "country": ["code", "name"],
        "profile": Infer,
        "initial": Infer,
        "greeting": Infer,
        "orders": {"id": Infer, "note": Infer, "lines": {"count": Infer, "product": ["id", "name", "price", "tags"]}},
    })


class CustomerIn(BaseSchema[Customer]):
    """What is said of a new customer."""

    config = SchemaConfig(model=Customer, fields={
        "name": InferExcept(examples=["Ann"]), "nick": Infer, "country": Infer, "level": Infer, "seal": Infer,
    })


class CustomerChange(BaseSchema[Customer]):
    """What is said of a customer otherwise."""

    config = SchemaConfig(model=Customer, fields=["name", "nick", "country", "level"], optional="__all__")


class ProductBoth(BaseSchema[Product]):
    """A product, asked and answered alike."""

    config = SchemaConfig(model=Product, fields="__all__")


class CategoryTree(BaseSchema[Category]):
    """A category, and all below."""

    config = SchemaConfig(model=Category, fields={"name": Infer, "children": ["CategoryTree"]})


class OrderIn(BaseSchema[Order]):
    """An order with its lines."""

    config = SchemaConfig(model=Order, fields={"customer": Infer, "note": Infer, "lines": ["product", "count"]}, strict_null=True)


class TimesBoth(BaseSchema[Times]):
    """Dates and times."""

    config = SchemaConfig(model=Times, fields="__all__")


class ChosenBoth(BaseSchema[Chosen]):
    """Choices."""

    config = SchemaConfig(model=Chosen, fields="__all__")


TIMES: dict[str, object] = {"day": "2026-01-02", "moment": "2026-01-02T03:04:05Z", "hour": "03:04:05", "duration": "P1DT2H"}
CHOSEN: dict[str, object] = {
    "diet": "meat", "danger": 2, "size": "s", "grouped": "owl", "twins": "a b", "tame": True, "rate": "1.5",
}  # fmt: skip


def fill() -> tuple[Customer, Customer]:
    """A customer who bought something, and one who has nothing at all."""
    ann = Customer.objects.create(
        name="Ann", country=Country.objects.create(code="de", name="Germany"), photo="photos/a b.png", seal=b"\xff"
    )
    Profile.objects.create(customer=ann, text="t")
    bob = Customer.objects.create(name="Bob")
    top = Category.objects.create(name="top")
    Category.objects.create(name="below", parent=top)
    pen = Product.objects.create(name="Pen", price="1.50", category=top)
    pen.tags.add(Tag.objects.create(name="new"))
    Line.objects.create(order=Order.objects.create(customer=ann, note="n"), product=pen, count=3)
    return ann, bob


def answered(one: Customer) -> dict[str, object]:
    """What every framework answers of a customer, but for times and keys, which each writes in its own way."""
    if one.name == "Bob":
        return {
            "name": "Bob", "level": "plain", "photo": "", "seal": None, "country": None, "profile": None, "initial": "B",
            "greeting": "Dear Bob", "orders": [],
        }  # fmt: skip
    product = {"id": str(Product.objects.get().pk), "name": "Pen", "price": "1.50", "tags": [Tag.objects.get().pk]}
    return {
        "name": "Ann", "level": "plain", "photo": "/photos/a%20b.png", "seal": "/w==",
        "country": {"code": "de", "name": "Germany"}, "profile": Profile.objects.get().pk, "initial": "A",
        "greeting": "Dear Ann",
        "orders": [{"id": Order.objects.get().pk, "note": "n", "lines": [{"count": 3, "product": product}]}],
    }  # fmt: skip


def without(data: dict[str, Any], *names: str) -> dict[str, Any]:
    """The data but for some names."""
    return {name: value for name, value in data.items() if name not in names}


def check_document(document: dict[str, Any]) -> dict[str, Any]:
    """The components, once nothing is found wrong with the document: none of its schemas, references and names."""
    found = [
        one for one in specloom.load(document).diagnostics
        if one.severity is not Severity.INFO
        and not one.pointer.endswith("/not")  # JSON that is anything but null
        and "/Paginated" not in one.pointer  # drf-spectacular's own, which stays OpenAPI 3.0 in 3.1
    ]  # fmt: skip
    assert not found, "\n".join(f"{one.code} {one.pointer} {one.message}" for one in found)
    schemas: dict[str, Any] = document["components"]["schemas"]
    for name, schema in schemas.items():
        assert name.removesuffix("-Input").removesuffix("-Output").isidentifier(), name  # FastAPI's for a schema both ways
        if document["openapi"].startswith("3.1"):
            Draft202012Validator.check_schema(schema)
    return schemas
