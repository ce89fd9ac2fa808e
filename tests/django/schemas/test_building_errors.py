"""What cannot be a schema is said when the class is written, with the name that was probably meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from specloom.django.schemas import BaseSchema, Infer, InferExcept, SchemaConfig
from tests.django_project.models_shop.models import Customer, Order, Product, Tag


def build(model: Any, fields: Any, **more: Any) -> type:  # noqa: ANN401  # wrong on purpose
    class Built(BaseSchema):
        config = SchemaConfig(model=model, fields=fields, **more)

    return Built


@pytest.mark.parametrize(("fields", "nearest", "listed"), [
    (["nam"], "Did you mean 'name'", "nick, "),
    ({"countri": Infer}, "Did you mean 'country'", "country_id"),
    ({"ordrs": Infer}, "Did you mean 'orders'?", "profile"),
    ({"orders": {"nte": Infer}}, "Did you mean 'note'?", "customer, customer_id"),
    ({"orders": {"lines": ["cuont"]}}, "Did you mean 'count'?", "order_id"),
])
def test_an_unknown_name_names_the_nearest_and_lists_the_rest(fields: object, nearest: str, listed: str) -> None:
    with pytest.raises(AttributeError) as caught:
        build(Customer, fields)
    assert nearest in str(caught.value)
    assert listed in str(caught.value)


@pytest.mark.parametrize("more", [{"exclude": ["nam"]}, {"optional": ["nam"]}])
def test_so_does_an_unknown_name_among_those_left_out_and_the_optional_ones(more: Mapping[str, object]) -> None:
    with pytest.raises(AttributeError, match="Did you mean 'name'"):
        build(Customer, ["name"], **more)


@pytest.mark.parametrize(("model", "fields", "more", "words"), [
    (None, ["name"], {}, "takes a Django model"),
    ("Customer", ["name"], {}, "takes a Django model"),
    (dict, ["name"], {}, "takes a Django model"),
    (Customer, None, {}, 'takes a mapping, a list or "__all__"'),
    (Customer, "name", {}, 'takes a mapping, a list or "__all__"'),
    (Customer, [3], {}, "names, or pairs"),
    (Customer, {3: Infer}, {}, "told by their names"),
    (Customer, ["name", "name"], {}, "twice"),
    (Customer, {"name": 3}, {}, "cannot be defined by 3"),
    (Customer, {"name": None}, {}, "cannot be defined by None"),
    (Customer, {"name": {"x": Infer}}, {}, "is no relation"),
    (Customer, {"country": [{"name": Infer}]}, {}, "is one object"),
    (Customer, {"orders": "not a name"}, {}, "not the name of a schema"),
    (Customer, ["name"], {"exclude": "name"}, "takes a collection of names"),
    (Customer, ["name"], {"depth": -1}, "takes a number from 0"),
    (Customer, ["name"], {"name": "no name"}, "takes the name of a class"),
])
def test_a_wrong_declaration_is_explained(model: object, fields: object, more: Mapping[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        build(model, fields, **more)


def test_an_unknown_label_is_a_lookup_error() -> None:
    with pytest.raises(LookupError, match="Custmer"):
        build("models_shop.Custmer", ["name"])


def test_a_schema_needs_its_declaration() -> None:
    with pytest.raises(ValueError, match="needs config"):
        class Without(BaseSchema[Tag]):
            pass

    with pytest.raises(ValueError, match="has to be a SchemaConfig"):
        class Inner(BaseSchema[Tag]):
            class config:  # noqa: N801
                model = Tag

    with pytest.raises(ValueError, match="has to be a SchemaConfig"):
        class Dictionary(BaseSchema[Tag]):
            config = {"model": Tag}  # noqa: RUF012

    with pytest.raises(ValueError, match=r"is a schema of Order, but its config is of models_shop\.Product"):
        class Other(BaseSchema[Order]):
            config = SchemaConfig(model=Product, fields=["name"])


def test_an_argument_that_fields_do_not_have_is_refused() -> None:
    with pytest.raises(TypeError, match=r"no argument 'titel'; did you mean 'title'\?"):
        InferExcept(titel="x")


def test_a_failed_class_leaves_the_next_one_alone() -> None:
    with pytest.raises(AttributeError):
        build(Customer, ["nam"])
    assert build(Customer, ["name"]).__name__ == "Built"
