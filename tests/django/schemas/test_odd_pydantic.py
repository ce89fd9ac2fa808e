"""Schemas are Pydantic models in every other way too: extras of JSON Schema, pickles, copies, and names of nested ones."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
import warnings
from typing import Any

import pytest
from django.utils.translation import gettext_lazy, override
from pydantic import BaseModel, Field

from specloom.django.schemas import BaseSchema, Infer, InferExcept, InferredField, SchemaConfig, enum_of
from tests.django_project.models_shop.models import Order
from tests.django_project.models_zoo.models import Chosen, Texts


class ChosenSchema(BaseSchema[Chosen]):
    config = SchemaConfig(model=Chosen, fields="__all__")


class OrderSchema(BaseSchema[Order]):
    config = SchemaConfig(model=Order, fields={"id": Infer, "customer": {"name": Infer, "country": {"code": Infer}}})


CHOSEN: dict[str, Any] = {
    "diet_or_none": None, "danger": 1, "size": "s", "grouped": "owl", "twins": "a b", "tame": True, "rate": "1.5", "legs": 4,
}


def test_an_extra_of_json_schema_stands_beside_what_the_model_says() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Pydantic warns where it takes one of two

        class Texted(BaseSchema[Texts]):
            config = SchemaConfig(model=Texts, fields={
                "id": InferExcept(json_schema_extra={"x": 1}),
                "char": InferExcept(json_schema_extra={"x": 1}, description="What one is called."),
                "slug": Field(json_schema_extra={"x": 2}),
            })

        class Plain(BaseModel):
            char: InferredField[Texts.char, InferExcept(json_schema_extra={"x": 1})]  # type: ignore[valid-type]

    found = Texted.model_json_schema()["properties"]
    assert found["char"] == {
        "title": "first name", "description": "What one is called.", "type": "string", "minLength": 1, "maxLength": 20, "x": 1,
    }
    assert found["slug"]["x"] == 2 and found["id"]["x"] == 1 and found["id"]["title"] == "ID"
    plain = Plain.model_json_schema()["properties"]["char"]
    assert (plain["title"], plain["description"], plain["x"]) == ("first name", "Enter a valid value.", 1)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_what_a_cache_keeps_comes_back_equal(protocol: int) -> None:
    for made in (
        ChosenSchema.model_validate(CHOSEN),
        OrderSchema.model_validate({"id": 3, "customer": {"name": "Ann", "country": {"code": "de"}}}),
    ):
        back = pickle.loads(pickle.dumps(made, protocol))
        assert back == made == copy.deepcopy(made) == copy.copy(made)
        assert back.model_dump() == made.model_dump()
    assert isinstance(pickle.loads(pickle.dumps(made, protocol)).customer.country, BaseModel)
    assert pickle.loads(pickle.dumps(ChosenSchema.model_validate(CHOSEN))).size is ChosenSchema.model_validate(CHOSEN).size


def test_a_member_of_an_enum_that_the_model_has_no_more_comes_back_as_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    field: Any = Chosen._meta.get_field("size")
    enum: Any = enum_of(field)
    kept = pickle.dumps(enum("s"))
    assert pickle.loads(kept) is enum("s")
    monkeypatch.setattr(field, "choices", [("m", "Medium")])
    monkeypatch.delitem(vars(field), "flatchoices", raising=False)
    assert pickle.loads(kept) == "s"


def test_a_nested_schema_stands_where_its_name_says() -> None:
    nested: Any = OrderSchema.model_fields["customer"].annotation
    assert (nested.__name__, nested.__qualname__) == ("OrderSchemaCustomer", "OrderSchema.OrderSchemaCustomer")
    assert OrderSchema.OrderSchemaCustomer is nested  # type: ignore[attr-defined]
    assert nested.OrderSchemaCustomerCountry(code="de").code == "de"
    assert {"OrderSchemaCustomer", "OrderSchemaCustomerCountry"} == set(OrderSchema.model_json_schema()["$defs"])


def test_words_that_were_given_are_translated_when_they_are_asked_for() -> None:
    words: Any = gettext_lazy("password")

    class Worded(BaseSchema[Texts]):
        config = SchemaConfig(model=Texts, fields={
            "char": InferExcept(title=words, description=words, json_schema_extra={"x": 1}),
            "slug": Field(title=words, description=words),
        })

    assert json.loads(json.dumps(Worded.model_json_schema()))["properties"]["slug"]["title"] == "password"
    with override("de"):
        found = Worded.model_json_schema()["properties"]
    assert {name: (each["title"], each["description"]) for name, each in found.items()} == {
        "char": ("Passwort", "Passwort"), "slug": ("Passwort", "Passwort"),
    }
    assert found["char"]["x"] == 1


def test_the_signature_is_there_before_the_first_use() -> None:
    class Signed(BaseSchema[Order]):
        config = SchemaConfig(model=Order, fields=["customer", "note"])

    class Waiting(BaseSchema[Order]):
        config = SchemaConfig(model=Order, fields={"customer": "Never"})

    assert list(inspect.signature(Signed).parameters) == ["customer", "note"]
    assert list(inspect.signature(Signed).parameters) == ["customer", "note"]
    assert list(inspect.signature(Waiting).parameters) == ["data"]  # of which nobody knows more


@pytest.mark.parametrize("name", ["class", "None", "a b", ""])
def test_a_name_is_that_of_a_class(name: str) -> None:
    with pytest.raises(ValueError, match="takes the name of a class"):
        SchemaConfig(model=Order, fields=["id"], name=name)
