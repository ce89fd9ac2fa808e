"""Schemas that stubs are made of."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from pydantic import ConfigDict, computed_field, field_validator

from specloom.django.schemas import BaseSchema, Infer, InferExcept, SchemaConfig
from tests.django_project.models_shop.models import Category, Customer, Order, Product, Tag
from tests.django_project.models_zoo.models import Chosen, Numbers, Others, Times


class TagSchema(BaseSchema[Tag]):
    """What a product is sorted by."""

    config = SchemaConfig(model=Tag, fields=["id", "name"])


class TreeSchema(BaseSchema[Category]):
    config = SchemaConfig(model=Category, fields={"name": Infer, "parent": Self, "children": [Self]})


class ProductSchema(BaseSchema[Product]):
    model_config = ConfigDict(extra="forbid")
    config = SchemaConfig(
        model=Product,
        fields={
            "name": InferExcept(max_length=60, alias="called"),
            "tags": [TagSchema],
            "category": {"name": Infer, "parent": {"name": Infer}},
        },
    )
    extra_price: Decimal = Decimal(1)

    @computed_field
    @property
    def shout(self) -> str:
        return self.name.upper()


class CustomerSchema(BaseSchema[Customer]):
    config = SchemaConfig(model=Customer, fields={"name": Infer, "level": Infer, "orders": ["OrderSchema"]})


class OrderSchema(BaseSchema[Order]):
    config = SchemaConfig(model=Order, fields={"note": Infer, "customer": CustomerSchema})

    @field_validator("note")
    @classmethod
    def polite(cls, value: str | None) -> str | None:
        return value


class Derived(TagSchema):
    more: int = 3


class NumbersSchema(BaseSchema[Numbers]):
    config = SchemaConfig(model=Numbers, fields="__all__")


class TimesSchema(BaseSchema[Times]):
    config = SchemaConfig(model=Times, fields="__all__", optional="__all__")


class ChosenSchema(BaseSchema[Chosen]):
    config = SchemaConfig(model=Chosen, fields="__all__")


class OthersSchema(BaseSchema[Others]):
    config = SchemaConfig(model=Others, fields="__all__")


def helper(schema: TagSchema) -> str:
    return schema.name
