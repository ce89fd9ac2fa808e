"""Instances with generic keys, keys of two columns, generated columns, and whatever else is not an ordinary column."""

from __future__ import annotations

import asyncio
from typing import Any

import django
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext_lazy, override
from pydantic import ConfigDict, Field, ValidationError, computed_field

from specloom.django.schemas import BaseSchema, Infer, InferExcept, SchemaConfig
from tests.django_project.models_shop.models import Customer, Order
from tests.django_project.models_zoo import models as zoo
from tests.django_project.models_zoo.models import Animal, Cage, Chip, Food, Keeper, Note, Place

NOTE = {"text": Infer}


class AnimalSchema(BaseSchema[Animal]):
    config = SchemaConfig(model=Animal, fields={
        "name": Infer,
        "chip": Infer,
        "place": Infer,
        "keeper": {"name": Infer, "boss": Infer, "staff": Infer},
        "friends": {"name": Infer},
        "foods": Infer,
        "notes": {"text": Infer, "object_id": Infer},
        "shout": Infer,
        "length": Infer,
        "ratio": Infer,
        "greeting": Infer,
        "nearby": {"name": Infer},
    })


class NoteKeys(BaseSchema[Note]):
    config = SchemaConfig(model=Note, fields=["text", "about", "content_type"])


class NoteSchema(BaseSchema[Note]):
    config = SchemaConfig(model=Note, fields={"about": AnimalSchema})


@pytest.fixture
def animal(db: None) -> Animal:
    place = Place.objects.create(name="Lake", code="lake")
    keeper = Keeper.objects.create(name="Kim")
    made = Animal.objects.create(name="Bo", keeper=keeper, place=place, chip=Chip.objects.create(number="0007"))
    made.friends.add(Animal.objects.create(name="Al", keeper=keeper, place=place, chip=Chip.objects.create(number="0008")))
    made.foods.add(Food.objects.create(name="hay"))
    made.notes.create(text="shy")
    return made


def test_every_kind_of_relation_property_and_method_is_read(animal: Animal) -> None:
    made = AnimalSchema.model_validate(Animal.objects.get(pk=animal.pk))
    assert made.model_dump() == {
        "name": "Bo",
        "chip": "0007",
        "place": "lake",
        "keeper": {"name": "Kim", "boss": None, "staff": []},
        "friends": [{"name": "Al"}],
        "foods": list(Food.objects.values_list("pk", flat=True)),
        "notes": [{"text": "shy", "object_id": animal.pk}],
        "shout": "BO",
        "length": 2,
        "ratio": 1.0,
        "greeting": "I am Bo",
        "nearby": [{"name": "Bo"}, {"name": "Al"}],
    }
    assert AnimalSchema.model_validate(made.model_dump()) == made


def test_a_generic_key_is_its_object_or_the_key_of_it(animal: Animal) -> None:
    note = Note.objects.get()
    with CaptureQueriesContext(connection) as caught:
        keys = NoteKeys.model_validate(note)
    assert keys.model_dump() == {"text": "shy", "about": animal.pk, "content_type": ContentType.objects.get_for_model(Animal).pk}
    assert not caught.captured_queries
    assert NoteKeys.model_validate({"text": "x", "about": animal, "content_type": 1}).about == animal.pk
    assert NoteSchema.model_validate(note).about.name == "Bo"


def test_a_key_to_a_parents_table_is_read_from_its_column(db: None) -> None:
    class CageSchema(BaseSchema[Cage]):
        config = SchemaConfig(model=Cage, fields="__all__")

    cage = Cage.objects.create(name="C", code="c")
    made = CageSchema.model_validate(Cage.objects.get())
    assert made.model_dump() == {"id": cage.pk, "name": "C", "code": "c", "place_ptr": cage.pk, "bars": 10}
    assert Cage(**CageSchema(name="D", code="d").model_kwargs()).bars == 10


@pytest.mark.django_db
def test_generated_columns_and_defaults_of_the_database_are_read_but_not_written() -> None:
    if django.VERSION < (5, 0):
        assert not hasattr(zoo, "Generated")
        return

    class GeneratedSchema(BaseSchema[zoo.Generated]):
        config = SchemaConfig(model=zoo.Generated, fields=["name", "loud", "in_database"])

    row = zoo.Generated.objects.create(**GeneratedSchema(name="a").model_kwargs(exclude_unset=False))
    row.refresh_from_db()
    made = GeneratedSchema.model_validate(row)
    assert made.model_dump() == {"name": "a", "loud": "A", "in_database": 7}
    assert made.model_kwargs() == {"name": "a", "in_database": 7}


@pytest.mark.django_db
def test_a_key_of_two_columns_is_a_pair() -> None:
    if django.VERSION < (5, 2):
        assert not hasattr(zoo, "Pair")
        return

    class PairSchema(BaseSchema[zoo.Pair]):
        config = SchemaConfig(model=zoo.Pair, fields=["pk", "left", "right"])

    class All(BaseSchema[zoo.Pair]):
        config = SchemaConfig(model=zoo.Pair, fields="__all__")

    made = PairSchema.model_validate(zoo.Pair.objects.create(left=1, right="r"))
    assert made.model_dump() == {"pk": (1, "r"), "left": 1, "right": "r"}
    assert list(All.model_fields) == ["left", "right"]
    assert zoo.Pair(**made.model_kwargs()).pk == (1, "r")

    class Key(BaseSchema[zoo.Pair]):
        config = SchemaConfig(model=zoo.Pair, fields=["pk"])

    assert zoo.Pair(**Key(pk=(2, "s")).model_kwargs()).left == 2


def test_what_is_written_in_the_class_wins_over_what_is_inferred(animal: Animal) -> None:
    class Written(BaseSchema[Animal]):
        config = SchemaConfig(model=Animal, fields=["name", "shout", "length"])

        @computed_field
        @property
        def shout(self) -> str:
            return self.name + "!"

    made = Written.model_validate(animal)
    assert list(Written.model_fields) == ["name", "length"]
    assert made.model_dump() == {"name": "Bo", "length": 2, "shout": "Bo!"}


def test_translations_stay_lazy_beside_what_was_said() -> None:
    class Said(BaseSchema[zoo.Defaults]):
        config = SchemaConfig(model=zoo.Defaults, fields={
            "translated": InferExcept(description=str(gettext_lazy("x")), json_schema_extra={"x-more": 1}),
        })

    class Plain(BaseSchema[Order]):
        config = SchemaConfig(model=Order, fields={"id": Field(json_schema_extra=lambda schema: schema.update({"x-id": True}))})

    with override("de"):
        said = Said.model_json_schema()["properties"]["translated"]
    assert said["x-more"] == 1 and said["description"] == "x"
    assert Plain.model_json_schema()["properties"]["id"]["x-id"] is True
    inferred = BaseSchemaOfOrder.model_json_schema()["properties"]["id"]
    said_of = Plain.model_json_schema()["properties"]["id"]
    assert said_of == {**inferred, "x-id": True}


class BaseSchemaOfOrder(BaseSchema[Order]):
    config = SchemaConfig(model=Order, fields=["id"])


def test_assignments_are_validated_where_asked_for() -> None:
    class Assigned(BaseSchema[Order]):
        model_config = ConfigDict(validate_assignment=True)
        config = SchemaConfig(model=Order, fields={"customer": Infer, "note": Infer})

    made = Assigned(customer=1)
    made.customer = Customer(pk=4)
    assert made.customer == 4
    with pytest.raises(ValidationError) as caught:
        made.customer = "x"
    assert [(one["loc"], one["type"]) for one in caught.value.errors()] == [(("customer",), "int_parsing")]


@pytest.mark.django_db(transaction=True)
def test_an_instance_with_its_relations_at_hand_is_read_in_asynchronous_code() -> None:
    class Flat(BaseSchema[Order]):
        config = SchemaConfig(model=Order, fields=["note", "customer", "lines"])

    customer = Customer.objects.create(name="Ann")
    Order.objects.create(customer=customer, note="n")

    async def read() -> Any:  # noqa: ANN401
        order = await Order.objects.prefetch_related("lines").aget()
        return Flat.model_validate(order).model_dump()

    assert asyncio.run(read()) == {"note": "n", "customer": customer.pk, "lines": []}
