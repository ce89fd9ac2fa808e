"""What a column is to Pydantic is made once, and again when anything that it is made of changes."""

from __future__ import annotations

from copy import copy
from typing import Annotated

from annotated_types import Ge, MaxLen
from django.core.validators import MaxLengthValidator, MinValueValidator

from specloom.django.schemas import FieldTypeRegistry, accessors, shape_of
from tests.django_project.models_shop.models import Customer, Line, Product


def test_a_shape_is_made_once() -> None:
    field = Product._meta.get_field("name")
    assert shape_of(field) is shape_of(field)
    assert shape_of(field, registry=FieldTypeRegistry()) == shape_of(field)


def test_a_changed_field_has_another_shape() -> None:
    field = copy(Product._meta.get_field("name"))  # equal to that of the model, as Django compares fields
    before = shape_of(field)
    field.blank = True
    assert (before.required, shape_of(field).required) == (True, False)
    field.__dict__["validators"] = list(field.validators)  # a copy has the very list of the model's field
    field.validators.append(MaxLengthValidator(7))
    assert MaxLen(7) in shape_of(field).annotation.__metadata__
    number = copy(Line._meta.get_field("count"))
    shape_of(number)
    number.__dict__.pop("validators", None)
    number._validators = [MinValueValidator(5)]
    assert Ge(5) in shape_of(number).annotation.__metadata__
    assert shape_of(Product._meta.get_field("name")).required


def test_what_is_registered_later_counts() -> None:
    field, registry = Product._meta.get_field("name"), FieldTypeRegistry()
    before = shape_of(field, registry=registry)
    registry.register(type(field), Annotated[str, "said"])
    assert shape_of(field, registry=registry).annotation == Annotated[str, "said"]
    registry.unregister(type(field))
    assert shape_of(field, registry=registry) == before


def test_names_of_fields_are_found_with_the_others_or_without() -> None:
    known, alone = accessors(Customer), accessors(Customer)
    listed = {name: known[name] for name in known}
    assert len(known) == len(listed)
    assert {name: alone[name] for name in reversed(listed)} == listed
    assert all(name in accessors(Customer) for name in listed)
    assert "order" not in alone and 7 not in alone
