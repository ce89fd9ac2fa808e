"""Instances of models become schemas: relations, files, properties, methods, and no query that is not needed."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, Self

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, computed_field
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

pytestmark = pytest.mark.django_db


class LineSchema(BaseSchema[Line]):
    config = SchemaConfig(model=Line, fields={"count": Infer, "product": {"name": Infer, "price": Infer, "tags": ["name"]}})


class CustomerSchema(BaseSchema[Customer]):
    config = SchemaConfig(model=Customer, fields={
        "pk": Infer,
        "name": Infer,
        "country": Infer,
        "country_id": Infer,
        "level": Infer,
        "photo": Infer,
        "seal": Infer,
        "initial": Infer,
        "shout": Infer,
        "greeting": Infer,
        "profile": {"text": Infer},
        "regular": Infer,
        "orders": {"note": Infer, "lines": [LineSchema]},
        "user": Infer,
    })


class Keys(BaseSchema[Product]):
    config = SchemaConfig(model=Product, fields=["id", "category", "tags"])


class Tree(BaseSchema[Category]):
    config = SchemaConfig(model=Category, fields={"name": Infer, "children": [Self]})


class Loop(BaseSchema[Category]):
    config = SchemaConfig(model=Category, fields={"parent": Self, "children": [Self]})


@pytest.fixture
def customer() -> Customer:
    country = Country.objects.create(code="de", name="Germany")
    customer = Customer.objects.create(name="Ann", country=country, seal=b"\x00\x01")
    root = Category.objects.create(name="root")
    below = Category.objects.create(name="below", parent=root)
    product = Product.objects.create(name="Pen", price="1.50", category=below)
    product.tags.set([Tag.objects.create(name="blue"), Tag.objects.create(name="new")])
    Line.objects.create(order=Order.objects.create(customer=customer, note="soon"), product=product, count=2)
    return customer


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    made = InMemoryStorage(base_url="/media/")
    monkeypatch.setattr(Customer._meta.get_field("photo"), "storage", made)
    yield made


def queries(schema: type[BaseModel], instance: object) -> int:
    with CaptureQueriesContext(connection) as caught:
        schema.model_validate(instance)
    return len(caught)


def test_an_instance_is_read_through_all_its_relations(customer: Customer) -> None:
    made = CustomerSchema.model_validate(Customer.objects.get())
    assert made.model_dump(mode="json") == {
        "pk": customer.pk,
        "name": "Ann",
        "country": "de",
        "country_id": "de",
        "level": "plain",
        "photo": "",
        "seal": "AAE=",
        "initial": "A",
        "shout": "ANN",
        "greeting": "Dear Ann",
        "profile": None,
        "regular": None,
        "orders": [
            {"note": "soon", "lines": [{"count": 2, "product": {
                "name": "Pen", "price": "1.50", "tags": [{"name": "blue"}, {"name": "new"}],
            }}]},
        ],
        "user": None,
    }


def test_what_was_read_is_valid_again(customer: Customer) -> None:
    made = CustomerSchema.model_validate(customer)
    assert CustomerSchema.model_validate(made.model_dump()) == made
    assert CustomerSchema.model_validate(made.model_dump(by_alias=True)) == made
    assert CustomerSchema.model_validate_json(made.model_dump_json()) == made
    assert CustomerSchema.model_validate(made) is made


def test_related_objects_are_there_when_they_are(customer: Customer) -> None:
    user = get_user_model().objects.create(username="ann")
    Profile.objects.create(customer=customer, text="hello")
    customer.user = user
    customer.save()
    regular = Regular(customer_ptr=customer, discount=3)
    regular.save_base(raw=True)
    made = CustomerSchema.model_validate(Customer.objects.get()).model_dump(include={"profile", "regular", "user"})
    assert made == {"profile": {"text": "hello"}, "regular": customer.pk, "user": user.pk}


def test_keys_need_no_query_for_objects(customer: Customer) -> None:
    product = Product.objects.get()
    with CaptureQueriesContext(connection) as caught:
        made = Keys.model_validate(product)
    assert made.model_dump() == {
        "id": product.pk, "category": product.category_id, "tags": list(Tag.objects.values_list("pk", flat=True)),
    }
    assert len(caught) == 1  # the keys of the tags, and nothing else of them
    assert '"name"' not in caught[0]["sql"]


def test_what_was_prefetched_is_not_fetched_again(customer: Customer) -> None:
    found = list(Customer.objects.select_related("profile", "regular").prefetch_related("orders__lines__product__tags"))
    assert queries(CustomerSchema, found[0]) == 0
    assert CustomerSchema.model_validate(found[0]).orders == CustomerSchema.model_validate(customer).orders
    found_products = list(Product.objects.prefetch_related("tags"))
    assert queries(Keys, found_products[0]) == 0


def test_files_are_addresses_or_names(customer: Customer, storage: Storage) -> None:
    customer = Customer.objects.get()  # with files in that storage
    customer.photo.save("a b.png", ContentFile(b"x"))
    read = CustomerSchema.model_validate(customer)
    assert read.photo == "/media/photos/a_b.png"
    assert read.model_kwargs()["photo"] == "photos/a_b.png"
    assert CustomerSchema.model_validate({**read.model_dump(), "photo": ContentFile(b"x", "new.png")}).photo == "new.png"


def test_a_file_whose_storage_has_no_addresses_is_its_name(customer: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    class Secret(InMemoryStorage):
        def url(self, name: str | None) -> str:
            raise NotImplementedError

    customer.photo = "photos/x.png"
    monkeypatch.setattr(customer.photo, "storage", Secret())
    assert CustomerSchema.model_validate(customer).photo == "photos/x.png"


def test_a_schema_of_a_model_reads_what_inherits_from_it(customer: Customer) -> None:
    class Parts(BaseSchema[Regular]):
        config = SchemaConfig(model=Regular, fields=["name", "discount", "customer_ptr", "pk", "made"])

    class LoudSchema(BaseSchema[LoudCustomer]):
        config = SchemaConfig(model=LoudCustomer, fields=["loud", "name"])

    regular = Regular.objects.create(name="Bob")
    made = Parts.model_validate(regular)
    assert made.model_dump(exclude={"made"}) == {
        "name": "Bob", "discount": 5, "customer_ptr": regular.pk, "pk": regular.pk,
    }
    assert made.made == regular.made
    assert CustomerSchema.model_validate(regular).name == "Bob"
    assert LoudSchema.model_validate(LoudCustomer.objects.get(pk=customer.pk)).loud == "Ann!"
    with pytest.raises(ValidationError) as caught:
        LoudSchema.model_validate(customer)
    assert [(one["loc"], one["type"]) for one in caught.value.errors()] == [(("loud",), "missing")]


def test_an_instance_of_another_model_is_missing_what_it_has_not(customer: Customer) -> None:
    with pytest.raises(ValidationError) as caught:
        CustomerSchema.model_validate(Tag(name="t"))
    assert [(one["loc"], one["type"]) for one in caught.value.errors()] == [
        ((name,), "missing") for name in ("photo", "initial", "shout", "greeting")
    ]


def test_an_instance_that_was_not_saved_has_no_relations_yet() -> None:
    made = CustomerSchema.model_validate(Customer(name="New"))
    assert made.model_dump(include={"pk", "orders", "profile", "country", "level"}) == {
        "pk": None, "orders": [], "profile": None, "country": None, "level": "plain",
    }
    with pytest.raises(ValidationError) as caught:
        LineSchema.model_validate(Line(count=3))
    assert [(one["loc"], one["type"]) for one in caught.value.errors()] == [(("product",), "missing")]


def test_trees_are_read_to_their_leaves(customer: Customer) -> None:
    made = Tree.model_validate(Category.objects.get(name="root"))
    assert made.model_dump() == {"name": "root", "children": [{"name": "below", "children": []}]}


def test_objects_that_lead_back_to_themselves_are_an_error_not_a_crash(customer: Customer) -> None:
    with pytest.raises(ValidationError) as caught:
        Loop.model_validate(Category.objects.get(name="root"))
    assert {one["type"] for one in caught.value.errors()} == {"recursion_loop"}


def test_so_are_objects_that_are_fetched_anew_at_each_turn(customer: Customer) -> None:
    class Buyer(BaseSchema[Customer]):
        config = SchemaConfig(model=Customer, fields={"name": Infer, "orders": ["Sale"]})

    class Sale(BaseSchema[Order]):
        config = SchemaConfig(model=Order, fields={"customer": "Buyer"})

    Buyer.model_rebuild()
    with pytest.raises(ValidationError) as caught:
        Buyer.model_validate(customer)
    # Where Python's own stack is deep enough, Pydantic's limit comes first, which newer versions name.
    assert {one["type"] for one in caught.value.errors()} <= {"recursion_loop", "recursion_depth_exceeded"}


def test_fields_of_the_class_read_the_instance_too(customer: Customer) -> None:
    class Own(BaseSchema[Customer]):
        config = SchemaConfig(model=Customer, fields={"name": Infer})
        orders: list[Any]
        greeting: str
        how_many: int
        absent: int = 7
        country: Any = None

        @computed_field
        @property
        def both(self) -> str:
            return f"{self.name} {self.how_many}"

    class OwnNested(BaseSchema[Customer]):
        config = SchemaConfig(model=Customer, fields={"name": Infer})
        orders: list[Keyed]

    found = Customer.objects.annotate(how_many=Count("orders")).get()
    order = Order.objects.get()
    assert Own.model_validate(found).model_dump() == {
        "name": "Ann", "orders": [order.pk], "greeting": "Dear Ann", "how_many": 1, "absent": 7, "country": "de",
        "both": "Ann 1",
    }
    assert OwnNested.model_validate(found).model_dump() == {"name": "Ann", "orders": [{"id": order.pk}]}


class Keyed(BaseSchema[Order]):
    config = SchemaConfig(model=Order, fields=["id"])


def test_aliases_are_for_data_and_not_for_instances(customer: Customer) -> None:
    class Aliased(BaseSchema[Customer]):
        model_config = ConfigDict(extra="forbid")
        config = SchemaConfig(model=Customer, fields={
            "name": InferExcept(alias="fullName"),
            "level": InferExcept(validation_alias=AliasChoices("rank", "grade")),
            "orders": InferExcept(serialization_alias="bought"),
        })
        hello: str = Field(alias="greeting")

    class Camel(BaseSchema[Customer]):
        model_config = ConfigDict(alias_generator=to_camel)
        config = SchemaConfig(model=Customer, fields=["country_id", "name"])

    orders = [Order.objects.get().pk]
    made = Aliased.model_validate(customer)
    assert made.model_dump(by_alias=True, mode="json") == {
        "fullName": "Ann", "level": "plain", "bought": orders, "greeting": "Dear Ann",
    }
    assert Camel.model_validate(customer).model_dump(by_alias=True) == {"countryId": "de", "name": "Ann"}


def test_instances_are_refused_where_attributes_are_not_wanted(customer: Customer) -> None:
    class Strict(BaseSchema[Customer]):
        model_config = ConfigDict(from_attributes=False)
        config = SchemaConfig(model=Customer, fields=["name"])

    with pytest.raises(ValidationError, match="model_type"):
        Strict.model_validate(customer)


def test_any_object_with_such_attributes_is_read(customer: Customer) -> None:
    made = LineSchema.model_validate(SimpleNamespace(count=1, product=Product.objects.get()))
    assert made.model_dump(mode="json")["product"]["tags"] == [{"name": "blue"}, {"name": "new"}]


def test_plain_models_read_inferred_fields_and_nested_schemas(customer: Customer) -> None:
    class Plain(BaseModel):
        model_config = ConfigDict(from_attributes=True)

        country: InferredField[Customer.country]
        orders: InferredField[Customer.orders]
        profile: InferredField[Customer.profile]
        greeting: InferredField[Customer.greeting]
        initial: InferredField[Customer.initial]
        photo: InferredField[Customer.photo]

    class Around(BaseModel):
        customer: CustomerSchema
        lines: list[LineSchema]

    order = Order.objects.get()
    assert Plain.model_validate(customer).model_dump() == {
        "country": "de", "orders": [order.pk], "profile": None, "greeting": "Dear Ann", "initial": "A", "photo": "",
    }
    around = Around(customer=customer, lines=list(order.lines.all()))
    assert (around.customer.name, around.lines[0].count) == ("Ann", 2)
    assert TypeAdapter(list[LineSchema]).validate_python(list(order.lines.all())) == around.lines


def test_a_property_that_fails_is_not_hidden(customer: Customer) -> None:
    class Faulty(LoudCustomer):
        class Meta:
            proxy = True
            app_label = "models_shop"

        @property
        def broken(self) -> str:
            raise RuntimeError("boom")

    class FaultySchema(BaseSchema[Faulty]):
        config = SchemaConfig(model=Faulty, fields=["broken"])

    with pytest.raises(RuntimeError, match="boom"):
        FaultySchema.model_validate(Faulty(name="x"))
