"""Models and enumerations: what the server says survives, also what the document did not know."""

from __future__ import annotations

import copy
from enum import Enum, IntEnum, StrEnum
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter, ValidationError

from specloom.runtime.python.base import Base64, Model, OpenEnum, OpenIntEnum, OpenStrEnum


class Colour(OpenStrEnum):
    RED = "red"
    ON_SALE = "on-sale"


class Size(OpenIntEnum):
    SMALL = 1


class Mixed(OpenEnum):
    ONE = 1
    TWO = "two"
    NOTHING = None
    HALF = 0.5


class Thing(Model):
    colour: Colour
    sizes: list[Size] = Field(default_factory=list[Size])
    by_colour: dict[Colour, Size] = Field(default_factory=dict[Colour, Size])
    either: Colour | Size | None = None
    mixed: Mixed | None = None
    model_name: str | None = None
    from_: Annotated[str | None, Field(alias="from")] = None


DOCUMENTS = [
    '{"colour":"red"}',
    '{"colour":"blue","sizes":[1,7],"by_colour":{"red":1,"x":9},"either":"green"}',
    '{"colour":"red","either":5,"mixed":"three","model_name":"m","from":"f"}',
    '{"colour":"","mixed":1,"extra":{"a":[null,1.5]},"self":1}',
    '{"colour":"RED","either":null,"mixed":0.25}',
]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_response_round_trips(document: str) -> None:
    thing = Thing.model_validate_json(document)
    assert thing.model_dump_json(by_alias=True, exclude_unset=True) == document
    assert copy.deepcopy(thing) == thing


def test_known_values_are_the_members() -> None:
    thing = Thing.model_validate_json('{"colour":"on-sale","sizes":[1],"mixed":"two","either":"red"}')
    assert thing.colour is Colour.ON_SALE
    assert thing.sizes[0] is Size.SMALL
    assert thing.mixed is Mixed.TWO
    assert thing.either is Colour.RED
    assert all(member.is_known() for enum in (Colour, Size, Mixed) for member in enum)


def test_unknown_values_are_members_of_their_own() -> None:
    thing = Thing.model_validate_json('{"colour":"blue","sizes":[7],"mixed":9,"either":8}')
    assert isinstance(thing.colour, Colour)
    assert (thing.colour.value, thing.colour == "blue", str(thing.colour), f"{thing.colour}") == ("blue", True, "blue", "blue")
    assert (thing.sizes[0], thing.sizes[0].value, thing.sizes[0] + 1) == (7, 7, 8)
    assert thing.mixed == Mixed(9) and thing.mixed != Mixed(8) and thing.mixed is not None
    assert {Mixed(9): 1}[thing.mixed] == 1
    assert isinstance(thing.either, Size)
    assert not (thing.colour.is_known() or thing.sizes[0].is_known() or thing.mixed.is_known())
    assert [list(Colour), list(Size), len(Mixed)] == [[Colour.RED, Colour.ON_SALE], [Size.SMALL], 4]


@given(st.text())
def test_any_string_survives(value: str) -> None:
    adapter = TypeAdapter(Colour)
    assert adapter.dump_python(adapter.validate_python(value), mode="json") == value
    assert Colour(value).is_known() == (value in ("red", "on-sale"))


@pytest.mark.parametrize(("enum", "value"), [(Colour, 5), (Colour, None), (Size, "x"), (Size, False), (Size, 1.5), (Mixed, [])])
def test_values_of_another_type_are_refused(enum: type[Enum], value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(enum).validate_python(value)


def test_open_enums_are_python_enums() -> None:
    assert issubclass(OpenStrEnum, StrEnum) and issubclass(OpenIntEnum, IntEnum)


class Card(Model):
    kind: Literal["card"]
    next: Node | None = None


class Node(Model):
    children: list[Node]
    payment: Annotated[Card | Iban, Field(discriminator="kind")] | None = None


class Iban(Model):
    kind: Literal["iban"]


def test_recursive_models_are_compiled_when_used() -> None:
    text = '{"children":[{"children":[],"payment":{"kind":"card","next":{"children":[]}}}]}'
    node = Node.model_validate_json(text)
    assert node.model_dump_json(exclude_unset=True) == text
    assert isinstance(node.children[0].payment, Card)


def test_both_names_of_a_field() -> None:
    assert Thing.model_validate({"colour": "red", "from_": "x"}).from_ == "x"
    assert Thing.model_validate({"colour": "red", "from": "x"}).from_ == "x"


def test_patterns_may_look_ahead() -> None:
    class Password(Model):
        text: Annotated[str, Field(pattern=r"^(?=.*\d).{3,}$")]

    assert Password(text="ab1").text == "ab1"
    with pytest.raises(ValidationError) as caught:
        Password(text="hunter")
    assert "hunter" not in str(caught.value)


def test_base64() -> None:
    class File(Model):
        data: Base64

    assert File.model_validate_json('{"data":"/+8="}').data == b"\xff\xef"
    assert File(data=b"\xff\xef").model_dump_json() == '{"data":"/+8="}'
    with pytest.raises(ValidationError):
        File.model_validate_json('{"data":"not base64!"}')
