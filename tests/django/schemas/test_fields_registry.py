"""Fields of a project's own: found by the classes above them, or by what was registered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models
from pydantic import BaseModel, ValidationError

from specloom.django.schemas import FieldTypeRegistry as PublicRegistry
from specloom.django.schemas.fields import FieldTypeHandler, FieldTypeRegistry, UnmappedFieldError, accessors, shape_of
from tests.django.schemas.fields_support import bound, json_schema, schema_for
from tests.django_project.models_zoo.models import Keeper


class Money(BaseModel):
    """An amount and its currency."""

    amount: int
    currency: str


class MoneyField(models.Field):  # type: ignore[type-arg]  # the class takes no arguments at run time
    """A column that Django does not know."""


class PinkMoneyField(MoneyField):
    """A kind of it."""


class LoudField(models.CharField):  # type: ignore[type-arg]  # the class takes no arguments at run time
    """A text of the project's own."""


class QuietField(LoudField):
    """A kind of it."""


class CountField(models.Field):  # type: ignore[type-arg]  # the class takes no arguments at run time
    """Says which column it is, and nothing else."""

    def get_internal_type(self) -> str:
        return "PositiveIntegerField"


@pytest.fixture
def shared() -> Iterator[FieldTypeRegistry]:
    """The shared registry, forgetting afterwards what the test said."""
    registry = FieldTypeRegistry.instance()
    yield registry
    for kind in (MoneyField, PinkMoneyField, LoudField, QuietField, models.TextField):
        registry.unregister(kind)


def test_a_class_below_a_known_one_is_that() -> None:
    document = json_schema(schema_for(bound(QuietField(max_length=5))))
    assert (document["type"], document["maxLength"], document["minLength"]) == ("string", 5, 1)
    assert shape_of(bound(QuietField(max_length=5, blank=True))).default == ""


def test_a_field_that_names_djangos_column_is_that() -> None:
    assert json_schema(schema_for(bound(CountField())))["minimum"] == 0


def test_an_unknown_field_says_how_to_make_it_known(shared: FieldTypeRegistry) -> None:
    with pytest.raises(UnmappedFieldError, match=r"MoneyField.*register\(MoneyField"):
        shape_of(bound(MoneyField()))
    shared.register(MoneyField, Money)
    schema = schema_for(bound(PinkMoneyField(null=True, blank=True, verbose_name="price", help_text="In full.")))
    assert schema.model_validate({}).model_dump() == {"value": None}
    assert schema.model_validate({"value": {"amount": 1, "currency": "EUR"}}).model_dump()["value"] == {
        "amount": 1, "currency": "EUR",
    }  # fmt: skip
    document = json_schema(schema)
    assert (document["title"], document["description"]) == ("price", "In full.")


def test_the_nearest_class_counts_and_a_function_sees_the_field(shared: FieldTypeRegistry) -> None:
    shared.register(LoudField, lambda field: int if field.max_length == 1 else float)
    assert shape_of(bound(LoudField(max_length=1))).annotation is int
    assert shape_of(bound(QuietField(max_length=2))).annotation is float
    shared.register(QuietField, bool)
    assert shape_of(bound(QuietField(max_length=2))).annotation is bool
    assert shape_of(bound(LoudField(max_length=2))).annotation is float


def test_a_type_of_djangos_own_field_can_be_another(shared: FieldTypeRegistry) -> None:
    shared.register(models.TextField, list[int])
    assert shape_of(bound(models.TextField())).annotation == list[int]


def test_a_registry_of_a_schema_comes_before_the_shared_one(shared: FieldTypeRegistry) -> None:
    own = FieldTypeRegistry()
    own.register(LoudField, int)
    shared.register(LoudField, float)
    shared.register(MoneyField, Money)
    assert shape_of(bound(QuietField(max_length=1)), registry=own).annotation is int
    assert shape_of(bound(QuietField(max_length=1))).annotation is float
    assert shape_of(bound(MoneyField()), registry=own).annotation is Money


def test_relations_have_the_registered_type_of_their_target() -> None:
    own = FieldTypeRegistry()
    own.register(models.AutoField, str)
    own.register(models.BigAutoField, str)
    found = accessors(Keeper)
    assert found["boss"].shape(registry=own).annotation == (str | None)
    assert found["staff"].shape(registry=own).annotation == (list[str] | None)


def test_a_handler_gives_type_and_words(shared: FieldTypeRegistry) -> None:
    class Handler(FieldTypeHandler[MoneyField]):
        title = "Money"
        examples = ({"amount": 1, "currency": "EUR"},)

        @classmethod
        def field(cls) -> type[MoneyField]:
            return MoneyField

        def get_pydantic_type_raw(self) -> object:
            return Money

        @property
        def description(self) -> str:
            return f"As {self.field_obj.name}"

    shared.register(Handler)
    shape = shape_of(bound(PinkMoneyField()))
    assert (shape.annotation, shape.title, shape.description, shape.required) == (Money, "Money", "As value", True)
    assert json_schema(schema_for(bound(MoneyField())))["examples"] == [{"amount": 1, "currency": "EUR"}]


def test_what_is_no_field_class_and_no_handler_is_refused(shared: FieldTypeRegistry) -> None:
    with pytest.raises(TypeError, match="no field class and no handler"):
        shared.register(int)
    with pytest.raises(TypeError, match="needs the type"):
        shared.register(MoneyField)


def test_a_handler_of_an_absent_package_is_left_alone(shared: FieldTypeRegistry) -> None:
    shared.register_if_module_installed("no_such_package.fields.Field", "no_such_package.Handler")
    with pytest.raises(ModuleNotFoundError):
        shared.register_if_module_installed("django.db.models.Field", "no_such_package.Handler")


def test_the_public_name_is_the_same() -> None:
    assert PublicRegistry is FieldTypeRegistry
    assert PublicRegistry.instance() is FieldTypeRegistry.instance()


def test_a_pydantic_schema_in_a_json_column_keeps_its_type() -> None:
    from django_pydantic_field import SchemaField

    field = bound(SchemaField(schema=Money, default=Money(amount=1, currency="EUR")))
    schema = schema_for(field)
    assert schema.model_validate({}).model_dump() == {"value": {"amount": 1, "currency": "EUR"}}
    assert isinstance(schema.model_validate({"value": {"amount": "2", "currency": "EUR"}}).model_dump(), dict)
    with pytest.raises(ValidationError) as wrong:
        schema.model_validate({"value": {"amount": "lion", "currency": "EUR"}})
    assert wrong.value.errors()[0]["loc"] == ("value", "amount")
    listed: Any = bound(SchemaField(schema=list[Money], null=True, blank=True))
    assert schema_for(listed).model_validate({}).model_dump() == {"value": None}
