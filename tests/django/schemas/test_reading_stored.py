"""What is stored is read whatever its limits are today; data has to keep them, and what a class says itself counts for both."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import pytest
from annotated_types import MaxLen
from django.contrib.auth.models import User
from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    PrivateAttr,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from specloom.django.schemas import BaseSchema, Infer, InferExcept, SchemaConfig
from tests.django_project.models_shop.models import Category, Country, Customer, Level, Line, Order, Product

LONG = "x" * 60


class CountrySchema(BaseSchema[Country]):
    config = SchemaConfig(model=Country, fields=["code", "name"])


class ProductSchema(BaseSchema[Product]):
    config = SchemaConfig(model=Product, fields=["name", "price", "config", "json"])


class LineSchema(BaseSchema[Line]):
    config = SchemaConfig(model=Line, fields={"count": Infer, "product": ProductSchema})


def kinds(caught: pytest.ExceptionInfo[ValidationError]) -> dict[tuple[int | str, ...], str]:
    return {one["loc"]: one["type"] for one in caught.value.errors()}


def test_rows_that_break_a_limit_are_read_and_the_same_data_is_refused() -> None:
    row = Product(name="", price=Decimal("123456789.001"), config=LONG, json={"a\0": "\0"})
    read = ProductSchema.model_validate(row)
    assert read.model_dump() == {"name": "", "price": Decimal("123456789.001"), "config": LONG, "json": {"a\0": "\0"}}
    with pytest.raises(ValidationError) as caught:
        ProductSchema.model_validate(read.model_dump())
    assert kinds(caught) == {
        ("name",): "string_too_short", ("price",): "decimal_max_digits", ("config",): "string_too_long",
        ("json",): "null_characters_not_allowed",
    }


def test_validators_of_django_are_not_asked_about_rows() -> None:
    class UserSchema(BaseSchema[User]):
        config = SchemaConfig(model=User, fields=["username", "email"])

    row = User(username="not a name!", email="nowhere")
    assert UserSchema.model_validate(row).model_dump() == {"username": "not a name!", "email": "nowhere"}
    with pytest.raises(ValidationError) as caught:
        UserSchema.model_validate({"username": "not a name!", "email": "nowhere"})
    assert kinds(caught) == {("username",): "invalid", ("email",): "invalid"}


def test_types_of_rows_are_as_those_of_data() -> None:
    row = Customer(name="Ann", level="gold", country_id="de")

    class Reader(BaseSchema[Customer]):
        config = SchemaConfig(model=Customer, fields=["name", "level", "country", "nick"])

    read = Reader.model_validate(row)
    assert read.level is Level.GOLD
    assert read == Reader.model_validate({"name": "Ann", "level": "gold", "country": "de", "nick": ""})
    assert read.model_fields_set == {"name", "level", "country", "nick"}
    assert LineSchema.model_validate(Line(count="3", product=Product(name="a", price="1.50"))).model_dump(
        include={"count": True, "product": {"price"}}
    ) == {"count": 3, "product": {"price": Decimal("1.50")}}


def test_what_is_not_of_the_type_is_refused_with_its_place() -> None:
    with pytest.raises(ValidationError) as caught:
        LineSchema.model_validate(Line(count="many", product=Product(name="a", price="dear")))
    assert kinds(caught) == {("count",): "int_parsing", ("product", "price"): "decimal_parsing"}
    assert caught.value.title == "LineSchema"
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(list[LineSchema]).validate_python([Line(product=Product(name=LONG, price="dear"))])
    assert kinds(caught) == {(0, "product", "price"): "decimal_parsing"}


def test_nested_rows_are_read_and_nested_data_is_refused() -> None:
    row = Line(count=1, product=Product(name=LONG, price=1))
    assert LineSchema.model_validate(row).product.name == LONG
    with pytest.raises(ValidationError) as caught:
        LineSchema.model_validate({"count": 1, "product": {"name": LONG, "price": 1}})
    assert kinds(caught) == {("product", "name"): "string_too_long"}
    assert LineSchema.model_validate({"count": 1, "product": Product(name=LONG, price=1)}).product.name == LONG

    class Plain(BaseModel):
        product: ProductSchema | None

    assert Plain(product=Product(name=LONG, price=1)).product.name == LONG


def test_what_the_class_says_of_a_field_counts_for_rows_too() -> None:
    class Said(BaseSchema[Product]):
        config = SchemaConfig(model=Product, fields={"name": InferExcept(max_length=50), "config": InferExcept(title="Kind")})

    class Written(BaseSchema[Product]):
        config = SchemaConfig(model=Product, fields=["name", "config"])
        name: Annotated[str, MaxLen(50)]

    class Derived(ProductSchema):
        name: Annotated[str, MaxLen(50)]

    class Again(Written):
        config = SchemaConfig(model=Product, fields=["name", "config"])

    row = Product(name=LONG, price=1, config=LONG)
    for schema in (Said, Written, Derived):
        with pytest.raises(ValidationError) as caught:
            schema.model_validate(row)
        assert kinds(caught) == {("name",): "string_too_long"}
    assert Again.model_validate(row).name == LONG


def test_functions_of_the_class_are_called_once_for_a_row_each_where_pydantic_calls_it() -> None:
    called: list[tuple[str, object]] = []

    class Watched(BaseSchema[Country]):
        config = SchemaConfig(model=Country, fields=["code", "name"])
        _seen: int = PrivateAttr(default=7)

        @field_validator("name")
        @classmethod
        def _shout(cls, value: str, info: ValidationInfo) -> str:
            called.append(("field", info.context))
            return value.upper()

        @model_validator(mode="before")
        @classmethod
        def _first(cls, data: object) -> object:
            called.append(("before", type(data)))
            return data

        @model_validator(mode="wrap")
        @classmethod
        def _around(cls, data: object, handler: ModelWrapValidatorHandler[Watched]) -> Watched:
            called.append(("wrap", type(data)))
            return handler(data)

        @model_validator(mode="after")
        def _last(self) -> Watched:
            called.append(("after", self.name))
            return self

        def model_post_init(self, context: object) -> None:
            called.append(("init", context))

    class Holder(BaseSchema[Customer]):
        config = SchemaConfig(model=Customer, fields={"country": Watched})

    expected = [("wrap", Country), ("before", Country), ("field", "context"), ("init", "context"), ("after", LONG.upper())]
    country = Country(code="de", name=LONG)
    read = Watched.model_validate(country, context="context")
    assert (called, read._seen, type(read)) == (expected, 7, Watched)
    called.clear()
    nested = Holder.model_validate(Customer(country=country), context="context")
    assert (called, nested.country) == (expected, read)


def test_schemas_in_others_keep_their_own_settings() -> None:
    class Upper(BaseSchema[Country]):
        config = SchemaConfig(model=Country, fields=["code", "name"])
        model_config = ConfigDict(str_to_upper=True, frozen=True)

    class Holder(BaseSchema[Customer]):
        config = SchemaConfig(model=Customer, fields={"name": Infer, "country": Upper})

    read = Holder.model_validate(Customer(name="Ann", country=Country(code="de", name=LONG)))
    assert read.model_dump() == {"name": "Ann", "country": {"code": "DE", "name": LONG.upper()}}
    with pytest.raises(ValidationError, match="frozen"):
        read.country.name = "x"


class Node(BaseSchema[Category]):
    config = SchemaConfig(model=Category, fields={"name": Infer, "parent": "Node"})


def test_schemas_nested_in_themselves_read_rows_of_any_depth() -> None:
    row = Category(name=LONG, parent=Category(name=LONG, parent=Category(name="root")))
    read = Node.model_validate(row)
    assert read.model_dump() == {"name": LONG, "parent": {"name": LONG, "parent": {"name": "root", "parent": None}}}
    with pytest.raises(ValidationError) as caught:
        Node.model_validate(read.model_dump())
    assert kinds(caught) == {("name",): "string_too_long", ("parent", "name"): "string_too_long"}


def test_schemas_in_place_of_rows_stay_what_they_are() -> None:
    class Shown(Order):
        class Meta:
            proxy = True
            app_label = "models_shop"

        @property
        def whom(self) -> object:
            return given

    class Whom(BaseSchema[Shown]):
        config = SchemaConfig(model=Shown, fields=["note"])
        whom: CountrySchema

    given: object = CountrySchema(code="de", name="Germany")
    assert Whom.model_validate(Shown()).whom is given
    given = {"code": "de", "name": "Germany"}
    assert Whom.model_validate(Shown()).whom == CountrySchema(code="de", name="Germany")
