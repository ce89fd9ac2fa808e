"""Schemas are the classes that were written, with the fields of the model in them."""

from __future__ import annotations

import importlib
import pickle
import sys
from pathlib import Path
from typing import Annotated, Any, Generic, Self, TypeVar

import pytest
from django.contrib.auth import get_user_model
from django.db import models
from pydantic import BaseModel, ConfigDict, Field, ValidationError, computed_field, field_validator, model_validator
from pydantic.alias_generators import to_camel

from specloom.django.schemas import BaseSchema, Infer, InferExcept, InferredField, SchemaConfig
from tests.django_project.models_shop.models import (
    Category,
    Country,
    Customer,
    Line,
    LoudCustomer,
    Order,
    Product,
    Profile,
    Regular,
    Tag,
)


class TagSchema(BaseSchema[Tag]):
    """What a product is sorted by."""

    config = SchemaConfig(model=Tag, fields=["id", "name"])


class CategorySchema(BaseSchema[Category]):
    config = SchemaConfig(model=Category, fields={"name": Infer, "parent": Self, "children": [Self]})


class CustomerSchema(BaseSchema[Customer]):
    config = SchemaConfig(model=Customer, fields={"name": Infer, "orders": ["OrderSchema"]})


class OrderSchema(BaseSchema[Order]):
    config = SchemaConfig(model=Order, fields=[("id", Infer), ("customer", "CustomerSchema")])


class ProductSchema(BaseSchema[Product]):
    config = SchemaConfig(
        model=Product,
        fields={
            "name": InferExcept(title="Called", max_length=60, alias="called"),
            "config": Infer,
            "json": Infer,
            "tags": [TagSchema],
            "category": {"name": Infer, "parent": {"name": Infer, "products": ["name", ("price", Infer)]}},
        },
    )


def names(schema: type[BaseModel]) -> list[str]:
    return list(schema.model_fields)


def test_the_class_is_the_one_that_was_written() -> None:
    class Written(BaseSchema[Tag]):
        """Its own words."""

        model_config = ConfigDict(str_strip_whitespace=True)
        config = SchemaConfig(model=Tag, fields=["id", "name"])
        extra: int = 3
        limit: Annotated[int, Field(gt=0)]

        @field_validator("name")
        @classmethod
        def louder(cls, value: str) -> str:
            return value.upper()

        @model_validator(mode="after")
        def not_forbidden(self) -> Self:
            if self.name == "FORBIDDEN":
                raise ValueError("no")
            return self

        @computed_field
        @property
        def both(self) -> str:
            return f"{self.name}{self.extra}"

    assert (Written.__name__, Written.__doc__, Written.__module__) == ("Written", "Its own words.", __name__)
    assert issubclass(Written, BaseSchema)
    assert names(Written) == ["id", "name", "extra", "limit"]
    made = Written(name=" x ", limit=1)
    assert made.model_dump(exclude={"id"}) == {"name": "X", "extra": 3, "limit": 1, "both": "X3"}
    with pytest.raises(ValidationError, match="Value error, no"):
        Written(name="forbidden", limit=1)
    with pytest.raises(ValidationError, match="greater than 0"):
        Written(name="x", limit=0)
    assert Written.model_json_schema()["title"] == "Written"
    assert Written.model_json_schema()["description"] == "Its own words."


def test_what_is_written_in_the_class_wins_over_the_model() -> None:
    class Written(BaseSchema[Tag]):
        config = SchemaConfig(model=Tag, fields=["id", "name"])
        name: int = 7

    assert names(Written) == ["id", "name"]
    assert Written().name == 7
    with pytest.raises(ValidationError, match="int_parsing"):
        Written(name="x")


def test_config_is_an_instance_on_the_class() -> None:
    assert isinstance(ProductSchema.config, SchemaConfig)
    assert ProductSchema.config.model is Product
    assert not hasattr(BaseSchema, "config")


def test_a_field_of_the_model_may_be_called_config() -> None:
    made = ProductSchema.model_validate({"called": "n", "config": "mine", "tags": [], "category": {"name": "c"}})
    assert made.config == "mine"
    assert ProductSchema.model_fields["config"].default == "plain"

    class Narrower(ProductSchema):
        config = SchemaConfig(model=Product, fields={"config": InferExcept(default="other")})

    assert Narrower.config.fields != ProductSchema.config.fields
    assert Narrower.model_fields["config"].default == "other"
    assert type(Narrower.config) is SchemaConfig

    class Plain(ProductSchema):
        pass

    assert Plain.model_fields["config"].default == "plain"
    assert Plain.config is ProductSchema.config


def test_a_field_of_a_model_may_be_called_like_a_method_of_pydantic() -> None:
    made = ProductSchema(called="n", tags=[], category={"name": "c"}, json={"a": 1})
    assert made.json == {"a": 1}


def test_config_may_be_the_name_of_something_else_in_a_class_without_declaration() -> None:
    class Mixin(BaseSchema):
        config: str = "x"

    assert Mixin().config == "x"

    class Below(ProductSchema):
        config: int = 4

    assert ProductSchema.model_fields["config"].default == "plain"
    assert Below.model_fields["config"].default == 4
    assert Below.config is ProductSchema.config


def test_inheritance_keeps_the_fields_and_adds_others() -> None:
    class Longer(TagSchema):
        config = SchemaConfig(model=Tag, fields=["products"])
        more: str = ""

    assert names(Longer) == ["id", "name", "products", "more"]
    assert Longer.config is not TagSchema.config
    assert issubclass(Longer, TagSchema)
    assert names(TagSchema) == ["id", "name"]
    assert [one.name for one in Longer.resolved_fields()] == ["id", "name", "products"]


def test_a_base_of_ones_own_gives_its_settings() -> None:
    class Camel(BaseSchema):
        model_config = ConfigDict(alias_generator=to_camel, extra="forbid")

    class Country_(Camel):  # noqa: N801
        config = SchemaConfig(model=Customer, fields={"country_id": Infer, "orders": {"customer_id": Infer}})

    assert Country_.model_validate({"countryId": "de", "orders": [{"customerId": 1}]}).model_dump(by_alias=True) == {
        "countryId": "de",
        "orders": [{"customerId": 1}],
    }
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Country_.model_validate({"countryId": "de", "orders": [{"customerId": 1, "more": 1}]})


NOTE = "note"
T = TypeVar("T")
M = TypeVar("M", bound=models.Model)


def test_a_generic_schema_stays_generic() -> None:
    class With(BaseSchema[Tag], Generic[T]):
        config = SchemaConfig(model=Tag, fields=["name"])
        value: T

    assert With[int](name="x", value="3").value == 3
    with pytest.raises(ValidationError, match="int_parsing"):
        With[int](name="x", value="y")
    assert [one.name for one in With[int].resolved_fields()] == ["name"]


def test_a_base_may_leave_the_model_open() -> None:
    class Base(BaseSchema[M]):
        note: str = ""

    class Of(Base[Tag]):
        config = SchemaConfig(model=Tag, fields=["name"])

    assert names(Of) == ["note", "name"]


def test_fields_nested_at_any_depth_become_schemas_with_names() -> None:
    category = ProductSchema.model_fields["category"].annotation
    assert isinstance(category, type) and category.__name__ == "ProductSchemaCategory"
    assert set(ProductSchema.model_json_schema()["$defs"]) == {
        "JsonValue", "TagSchema", "ProductSchemaCategory", "ProductSchemaCategoryParent", "ProductSchemaCategoryParentProducts",
    }
    data = {
        "called": "n",
        "tags": [{"id": 1, "name": "t"}],
        "category": {"name": "c", "parent": {"name": "p", "products": [{"name": "q", "price": "1.50"}]}},
    }
    made = ProductSchema.model_validate(data)
    assert made.model_dump(mode="json", include={"category"}) == {"category": data["category"]}


def test_two_schemas_of_one_model_have_names_of_their_own() -> None:
    class One(BaseSchema[Order]):
        config = SchemaConfig(model=Order, fields={"customer": ["name"]})

    class Two(BaseSchema[Order]):
        config = SchemaConfig(model=Order, fields={"customer": ["id"]})

    class Both(BaseModel):
        one: One
        two: Two

    assert set(Both.model_json_schema()["$defs"]) == {"One", "OneCustomer", "Two", "TwoCustomer"}


def test_a_name_may_be_given() -> None:
    class Written(BaseSchema[Order]):
        config = SchemaConfig(model=Order, fields={"customer": ["name"]}, name="OrderOut")

    assert Written.__name__ == "OrderOut"
    assert Written.model_json_schema()["title"] == "OrderOut"
    assert list(Written.model_json_schema()["$defs"]) == ["OrderOutCustomer"]


def test_relations_are_as_nullable_and_required_as_the_model_says() -> None:
    class Shop(BaseSchema[Customer]):
        config = SchemaConfig(model=Customer, fields={"profile": ["text"], "orders": ["id"], "country": ["code"]})

    class Item(BaseSchema[Line]):
        config = SchemaConfig(model=Line, fields={"order": ["id"], "product": {"tags": ["id"]}})

    assert Shop().model_dump() == {"profile": None, "orders": None, "country": None}
    with pytest.raises(ValidationError) as caught:
        Item.model_validate({"order": None})
    assert [(one["loc"], one["type"]) for one in caught.value.errors()] == [
        (("order",), "model_attributes_type"), (("product",), "missing"),
    ]


def test_strict_null_lists_are_never_null() -> None:
    class Shop(BaseSchema[Customer]):
        config = SchemaConfig(model=Customer, fields={"orders": {"lines": ["id"]}, "regular": Infer}, strict_null=True)

    with pytest.raises(ValidationError) as caught:
        Shop.model_validate({"orders": None})
    assert caught.value.errors()[0]["loc"] == ("orders",)
    with pytest.raises(ValidationError) as caught:
        Shop.model_validate({"orders": [{"lines": None}]})
    assert caught.value.errors()[0]["loc"] == ("orders", 0, "lines")


def test_schemas_may_be_circular_and_recursive() -> None:
    data = {"name": "a", "orders": [{"id": 1, "customer": {"name": "b", "orders": None}}]}
    assert CustomerSchema.model_validate(data).model_dump() == data
    tree = {"name": "a", "parent": None, "children": [{"name": "b", "parent": None, "children": []}]}
    assert CategorySchema.model_validate(tree).model_dump() == tree
    with pytest.raises(ValidationError) as caught:
        CategorySchema.model_validate({"name": "a", "children": [{"name": "b", "parent": {"children": [3]}}]})
    assert [one["loc"] for one in caught.value.errors()] == [
        ("children", 0, "parent", "name"), ("children", 0, "parent", "children", 0),
    ]


def test_circular_schemas_may_be_in_a_function() -> None:
    class Above(BaseSchema[Category]):
        config = SchemaConfig(model=Category, fields={"children": ["Below"]})

    class Below(BaseSchema[Category]):
        config = SchemaConfig(model=Category, fields={"parent": "Above", "name": Infer})
        local: Above | None = None

    Above.model_rebuild()
    assert Above.model_validate({"children": [{"name": "x", "parent": {"children": []}}]}).model_dump() == {
        "children": [{"name": "x", "parent": {"children": []}, "local": None}]
    }


def test_all_fields_are_those_that_the_model_declares() -> None:
    class All(BaseSchema[Regular]):
        config = SchemaConfig(model=Regular, fields="__all__", exclude=["photo", "seal"])

    assert names(All) == ["id", "made", "name", "nick", "country", "level", "user", "customer_ptr", "discount"]

    class OfProduct(BaseSchema[Product]):
        config = SchemaConfig(model=Product, fields="__all__")

    assert names(OfProduct) == ["id", "name", "price", "category", "config", "json", "tags"]


def test_optional_fields_need_not_be_given() -> None:
    class Some(BaseSchema[Customer]):
        config = SchemaConfig(model=Customer, fields=["name", "level"], optional=["name"])

    class Every(BaseSchema[Customer]):
        config = SchemaConfig(model=Customer, fields={"name": Infer, "initial": Infer, "level": Infer}, optional="__all__")

    assert Some().model_dump() == {"name": None, "level": "plain"}
    assert Some(name=None).name is None
    assert Every().model_dump() == {"name": None, "initial": None, "level": "plain"}


def test_depth_follows_relations() -> None:
    class Deep(BaseSchema[Line]):
        config = SchemaConfig(model=Line, fields=["order", "product"], depth=2)

    order = Deep.model_fields["order"].annotation
    assert isinstance(order, type) and issubclass(order, BaseModel)
    assert names(order) == ["id", "made", "customer", "note"]
    customer = order.model_fields["customer"].annotation
    assert isinstance(customer, type) and issubclass(customer, BaseModel)
    country = customer.model_fields["country"].annotation
    assert country == str | None or "str" in str(country)

    class Flat(BaseSchema[Line]):
        config = SchemaConfig(model=Line, fields=["order"])

    assert Flat.model_fields["order"].annotation is int


def test_what_is_said_of_a_field_takes_the_place_of_what_the_model_says() -> None:
    class Said(BaseSchema[Customer]):
        config = SchemaConfig(model=Customer, fields={
            "name": InferExcept(title="T", description="D", examples=["e"], max_length=60, default="x"),
            "nick": Field(title="F", max_length=3),
            "level": InferExcept(annotation=int),
            "country": InferExcept(default=...),
            "initial": InferExcept(default=None, deprecated=True),
        })

    fields = Said.model_json_schema()["properties"]
    assert {key: fields["name"][key] for key in ("title", "description", "examples", "default", "maxLength")} == {
        "title": "T", "description": "D", "examples": ["e"], "default": "x", "maxLength": 60,
    }
    assert Said(name="n" * 60, level=1, country=None).name == "n" * 60
    with pytest.raises(ValidationError) as caught:
        Said.model_validate({"name": "n" * 61, "nick": "long", "level": "x"})
    assert [(one["loc"][0], one["type"]) for one in caught.value.errors()] == [
        ("name", "string_too_long"), ("nick", "string_too_long"), ("level", "int_parsing"), ("country", "missing"),
    ]
    assert fields["nick"]["title"] == "F"
    assert fields["initial"]["deprecated"] is True
    assert Said(level=1, country=None).model_dump()["initial"] is None


def test_single_fields_of_models_in_plain_models() -> None:
    class Plain(BaseModel):
        model_config = ConfigDict(from_attributes=True)

        name: InferredField[Customer.name]
        called: InferredField[Customer.name, InferExcept(title="Called", max_length=2, default="ab")]
        country: InferredField[Customer.country]
        orders: InferredField[Customer.orders]
        profile: InferredField[Customer.profile]
        tags: InferredField[Product.tags]
        products: InferredField[Tag.products]
        initial: InferredField[Customer.initial]
        greeting: InferredField[Customer.greeting]
        nested: InferredField[Line.order, {NOTE: Infer}]

    made = Plain(name="n", tags=[1], initial="i", greeting="g", nested={"note": "x"}, country=Country(code="de"))
    assert made.model_dump() == {
        "name": "n", "called": "ab", "country": "de", "orders": None, "profile": None, "tags": [1], "products": None,
        "initial": "i", "greeting": "g", "nested": {"note": "x"},
    }
    assert Plain.model_json_schema()["properties"]["called"]["title"] == "Called"
    with pytest.raises(ValidationError) as caught:
        Plain.model_validate({"name": "n" * 41, "called": "abc", "tags": ["x"]})
    assert [one["loc"] for one in caught.value.errors()][:3] == [("name",), ("called",), ("tags", 0)]
    for wrong in (Customer.pk, 3):
        with pytest.raises(TypeError, match=r"pk does not know|takes a field"):
            InferredField[wrong]


def test_models_are_told_by_label_too() -> None:
    class User(BaseSchema):
        config = SchemaConfig(model="auth.User", fields=["username"])

    class Proxy(BaseSchema[LoudCustomer]):
        config = SchemaConfig(model="models_shop.LoudCustomer", fields=["loud", "name"])

    assert User.config.model_class() is get_user_model()
    assert names(Proxy) == ["loud", "name"]


def test_a_swapped_model_is_refused_and_its_label_leads_to_what_took_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    swapped = property(lambda meta: "models_shop.Country" if meta.label == "models_shop.Tag" else None)
    monkeypatch.setattr(type(Tag._meta), "swapped", swapped, raising=False)
    assert SchemaConfig(model="models_shop.Tag", fields=["name"]).model_class() is Country
    with pytest.raises(ValueError, match=r"swapped for models_shop\.Country"):
        SchemaConfig(model=Tag, fields=["name"]).tree()


def test_resolved_fields_tell_what_is_read_of_the_model() -> None:
    class Own(BaseSchema[Customer]):
        config = SchemaConfig(model=Customer, fields={"name": Infer, "orders": ["OrderSchema"], "profile": ["text"]})
        country: dict[str, Any] | None = None
        unknown: int = 0

    fields = {one.name: one for one in Own.resolved_fields()}
    assert list(fields) == ["name", "orders", "profile", "country"]
    assert (fields["orders"].nested, fields["orders"].many) == (OrderSchema, True)
    assert fields["profile"].nested is not None and fields["profile"].many is False
    assert fields["name"].nested is None and fields["name"].shape is not None
    nested = {one.name: one.nested for one in OrderSchema.resolved_fields()}
    assert nested["customer"] is CustomerSchema


def test_schemas_can_be_pickled() -> None:
    made = TagSchema(id=1, name="x")
    assert pickle.loads(pickle.dumps(made)) == made


def test_a_reverse_relation_has_its_real_name() -> None:
    class Reverse(BaseSchema[Profile]):
        config = SchemaConfig(model=Profile, fields={"customer": {"profile": Infer, "orders": Infer}})

    made = Reverse.model_validate({"customer": {"profile": 1, "orders": [1, 2]}})
    assert made.model_dump() == {"customer": {"profile": 1, "orders": [1, 2]}}


def test_what_is_answered_has_every_field() -> None:
    answered = OrderSchema.model_json_schema(mode="serialization")["$defs"]
    assert answered["OrderSchema"]["required"] == ["id", "customer"]
    assert answered["CustomerSchema"]["required"] == ["name", "orders"]
    assert "id" not in OrderSchema.model_json_schema()["$defs"]["OrderSchema"]["required"]


def test_circular_schemas_may_be_in_two_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heads = (
        "from specloom.django.schemas import BaseSchema, Infer, SchemaConfig\n"
        "from tests.django_project.models_shop.models import {}\n"
    )
    bodies = {
        "Customer": "class CustomerCircle(BaseSchema[Customer]):\n"
        "    config = SchemaConfig(model=Customer, fields={'name': ..., 'orders': ['circle.orders.OrderCircle']})\n",
        "Order": "class OrderCircle(BaseSchema[Order]):\n"
        "    config = SchemaConfig(model=Order, fields={'id': ..., 'customer': 'circle.customers.CustomerCircle'})\n",
    }
    (tmp_path / "circle").mkdir()
    for model, body in bodies.items():
        module = tmp_path / "circle" / f"{model.lower()}s.py"
        module.write_text(heads.format(model) + body.replace("...", "Infer"))
    monkeypatch.syspath_prepend(tmp_path)
    customers = importlib.import_module("circle.customers")
    assert "circle.orders" not in sys.modules
    data = {"name": "a", "orders": [{"id": 1, "customer": {"name": "b", "orders": None}}]}
    assert customers.CustomerCircle.model_validate(data).model_dump() == data
    orders = importlib.import_module("circle.orders")

    class Both(BaseModel):
        order: orders.OrderCircle  # type: ignore[name-defined]  # a module that is written here

    assert set(Both.model_json_schema()["$defs"]) == {"CustomerCircle", "OrderCircle"}
    assert next(one.nested for one in orders.OrderCircle.resolved_fields() if one.nested) is customers.CustomerCircle
