"""Data becomes schemas, with Pydantic's own errors, and schemas become arguments of models."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from specloom.django.schemas import BaseSchema, Infer, SchemaConfig
from tests.django_project.models_shop.models import Category, Country, Customer, Level, Line, Order, Product, Profile, Tag


class ProductKeys(BaseSchema[Product]):
    config = SchemaConfig(model=Product, fields=["name", "price", "category", "tags"])


class CategorySchema(BaseSchema[Category]):
    config = SchemaConfig(model=Category, fields=["id", "name"])


class CustomerKeys(BaseSchema[Customer]):
    config = SchemaConfig(
        model=Customer, fields=["name", "country", "level", "profile", "orders", "initial"], optional=["initial"]
    )


class ProductNested(BaseSchema[Product]):
    config = SchemaConfig(model=Product, fields={
        "name": Infer,
        "price": Infer,
        "category": CategorySchema,
        "tags": {"id": Infer, "name": Infer},
        "config": Infer,
        "json": Infer,
    })


def product(**more: object) -> dict[str, Any]:
    return {"name": "Pen", "price": "1.50", "category": 3, "tags": [], **more}


@pytest.mark.parametrize("category", [3, "3", Category(pk=3), {"id": 3}, {"pk": 3, "name": "x"}, CategorySchema(id=3, name="x")])
def test_a_relation_is_given_by_key_instance_or_data(category: object) -> None:
    assert ProductKeys.model_validate(product(category=category)).category == 3
    assert ProductKeys(**product(category=category)).category == 3


@pytest.mark.parametrize("tags", [[1, 2], (1, 2), [Tag(pk=1), 2], [{"id": 1}, Tag(pk=2)], iter([1, 2])])
def test_related_objects_are_given_by_keys_instances_or_data(tags: object) -> None:
    assert ProductKeys.model_validate(product(tags=tags)).tags == [1, 2]


@pytest.mark.parametrize("country", ["de", Country(pk=9, code="de"), {"id": 9, "code": "de"}])
def test_to_field_says_which_key_it_is(country: object) -> None:
    assert CustomerKeys.model_validate({"name": "Ann", "country": country}).country == "de"


@pytest.mark.django_db
def test_querysets_and_managers_are_given_as_they_are() -> None:
    tags = [Tag.objects.create(name="a"), Tag.objects.create(name="b")]
    for given in (Tag.objects.order_by("pk"), Tag.objects, Tag.objects.all()):
        assert sorted(ProductKeys.model_validate(product(tags=given)).tags) == [one.pk for one in tags]
        nested = ProductNested.model_validate(product(tags=given, category=Category(pk=1, name="c")))
        assert sorted(one.name for one in nested.tags) == ["a", "b"]


def test_nested_relations_are_given_by_instance_or_data() -> None:
    by_data = ProductNested.model_validate(product(category={"id": 1, "name": "c"}, tags=[{"id": 2, "name": "t"}]))
    by_instance = ProductNested.model_validate(product(category=Category(pk=1, name="c"), tags=[Tag(pk=2, name="t")]))
    assert by_data == by_instance
    assert by_data.model_dump()["tags"] == [{"id": 2, "name": "t"}]


@pytest.mark.parametrize(("data", "errors"), [
    (product(category="x"), [(("category",), "int_parsing")]),
    (product(category={"name": "x"}), [(("category",), "int_type")]),
    (product(category=None), [(("category",), "int_type")]),
    (product(tags=[1, "x", None]), [(("tags", 1), "int_parsing"), (("tags", 2), "int_type")]),
    (product(tags=3), [(("tags",), "list_type")]),
    (product(tags="12"), [(("tags",), "list_type")]),
    (product(tags={"id": 1}), [(("tags",), "list_type")]),
    (product(price="x", name=""), [(("name",), "string_too_short"), (("price",), "decimal_parsing")]),
])
def test_bad_keys_keep_the_errors_of_pydantic(data: dict[str, object], errors: list[tuple[object, str]]) -> None:
    with pytest.raises(ValidationError) as caught:
        ProductKeys.model_validate(data)
    assert [(one["loc"], one["type"]) for one in caught.value.errors()] == errors
    assert all(one["input"] is not None or one["type"].endswith("_type") for one in caught.value.errors())


@pytest.mark.parametrize(("data", "errors"), [
    (product(category=3), [(("category",), "model_attributes_type")]),
    (product(category={"id": 1}), [(("category", "name"), "missing")]),
    (product(category={"id": "x", "name": "c"}), [(("category", "id"), "int_parsing")]),
    (product(category={"name": "c"}, tags=[{"name": "t"}, {"name": 3}]), [(("tags", 1, "name"), "string_type")]),
])
def test_bad_nested_data_keeps_the_errors_of_pydantic(data: dict[str, object], errors: list[tuple[object, str]]) -> None:
    with pytest.raises(ValidationError) as caught:
        ProductNested.model_validate(data)
    assert [(one["loc"], one["type"]) for one in caught.value.errors()] == errors


def test_a_schema_gives_the_arguments_of_its_model() -> None:
    made = CustomerKeys(name="Ann", country="de", level="gold", orders=[1], profile=3, initial="A")
    arguments = made.model_kwargs()
    assert arguments == {"name": "Ann", "country_id": "de", "level": "gold"}
    assert type(arguments["level"]) is str
    customer = Customer(**arguments)
    assert (customer.name, customer.country_id, customer.level) == ("Ann", "de", Level.GOLD)


def test_nested_schemas_give_their_keys() -> None:
    made = ProductNested.model_validate(product(category={"id": 4, "name": "c"}, tags=[{"id": 1, "name": "t"}], json={"a": [1]}))
    arguments = made.model_kwargs()
    assert arguments == {"name": "Pen", "price": Decimal("1.50"), "category_id": 4, "json": {"a": [1]}}
    assert Product(**arguments).category_id == 4
    without = ProductNested.model_validate(product(category={"name": "c"}))
    assert "category_id" not in without.model_kwargs()


def test_what_was_not_given_is_left_to_the_model_unless_asked_for() -> None:
    made = ProductNested.model_validate(product(category={"id": 4, "name": "c"}))
    assert "config" not in made.model_kwargs()
    assert made.model_kwargs(exclude_unset=False)["config"] == "plain"


def test_automatic_values_are_left_to_the_database() -> None:
    class Stamped(BaseSchema[Order]):
        config = SchemaConfig(model=Order, fields=["id", "pk", "made", "customer_id"])

    made = Stamped(customer_id=1)
    assert made.model_kwargs(exclude_unset=False) == {"customer_id": 1}
    assert Stamped(id=3, customer_id=1).model_kwargs() == {"id": 3, "customer_id": 1}


@pytest.mark.django_db
def test_a_model_can_be_made_of_a_schema_and_read_again() -> None:
    customer = Customer.objects.create(**CustomerKeys(name="Ann", level=Level.GOLD).model_kwargs())
    order = Order.objects.create(customer=customer)

    class ProfileSchema(BaseSchema[Profile]):
        config = SchemaConfig(model=Profile, fields={"customer": Infer, "text": Infer})

    profile = Profile.objects.create(**ProfileSchema(customer=customer, text="t").model_kwargs())
    found = CustomerKeys.model_validate(Customer.objects.get())
    assert found.model_dump(mode="json") == {
        "name": "Ann", "country": None, "level": "gold", "profile": profile.pk, "orders": [order.pk], "initial": "A",
    }


def test_data_is_not_changed_by_reading_it() -> None:
    data = product(tags=[Tag(pk=1)], category={"id": 3})
    before = {**data, "tags": list(data["tags"])}
    ProductKeys.model_validate(data)
    assert data == before


def test_lines_of_orders_keep_their_numbers() -> None:
    class LineKeys(BaseSchema[Line]):
        config = SchemaConfig(model=Line, fields=["count", "order", "product"])

    with pytest.raises(ValidationError) as caught:
        LineKeys.model_validate({"count": -1, "order": 1, "product": "no uuid"})
    assert [(one["loc"], one["type"]) for one in caught.value.errors()] == [
        (("count",), "greater_than_equal"), (("product",), "uuid_parsing"),
    ]
