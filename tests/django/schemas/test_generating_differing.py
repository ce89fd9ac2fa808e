"""The running schema and the generated one accept and refuse the same inputs and read the same of them, or a diagnostic tells."""

from __future__ import annotations

import json
import sys
from random import Random

import pytest
from django.apps import apps
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict, computed_field, field_serializer, model_validator

from specloom.django.schemas import BaseSchema, Infer, InferExcept, SchemaConfig
from specloom.django.schemas.generating import schemas_context, schemas_document, schemas_named, schemas_source
from specloom.django.schemas.generating.context import Mode
from specloom.django.schemas.generating.validators import left_behind
from tests.django.schemas.differing import Maker, differences, outcome, unknown_defaults, untold
from tests.django.schemas.test_generating import NESTED, generated
from tests.django_project.models_shop.models import Customer, Order, Tag
from tests.django_project.models_zoo.models import Numbers, Texts
from tests.harness.tools import ROOT, run

APPS = ("models_zoo", "models_shop", "models_graph", "auth", "contenttypes", "sessions")
RAISING = ("DefaultsSchema",)  # the default of one of its fields is a function that raises, to show that nobody calls it


class Every:
    """All schemas of the tests' models, running and generated, in one module."""

    def __init__(self) -> None:
        named = [app for app in APPS if any(apps.get_app_config(app).get_models())]
        schemas = [*schemas_named(named), *dict.fromkeys(schema for schema, _ in NESTED)]
        names = [schema.__name__ for schema in schemas]
        alone = [each for each in schemas if names.count(each.__name__) == 1]
        self.schemas = [each for each in alone if each.__name__ not in RAISING]
        self.module = generated(*self.schemas)
        self.document = schemas_document(self.schemas)
        self.told = list(left_behind(self.schemas))


@pytest.fixture(scope="module")
def every() -> Every:
    return Every()


@settings(max_examples=300, deadline=None)
@given(source=st.randoms(use_true_random=False), damage=st.integers(0, 4), which=st.integers(0, 10**6))
def test_both_say_the_same_of_the_models_of_the_tests(source: Random, damage: int, which: int, every: Every) -> None:
    schema = every.schemas[which % len(every.schemas)]
    data = Maker(source, every.document).input(schema.__name__, damage)
    made = getattr(every.module, schema.__name__)
    assert untold(schema, made, data, every.told, unknown_defaults(schema)) == []


def test_both_say_the_same_of_the_example_shop() -> None:
    done = run([sys.executable, ROOT / "tests" / "django" / "schemas" / "shop_differing.py", "15"], ROOT)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    assert found["schemas"] >= 40
    assert found["tried"] >= 12 * found["schemas"]
    assert found["accepted"] >= 100
    told = [message.partition(" is not checked by ") for code, message in found["told"] if code == "validator-not-carried"]
    assert {(where, what.partition(" ")[0]) for where, _, what in told} >= {
        ("AccountSchema.email", "EmailValidator"), ("BrandSchema.website", "URLValidator"),
        ("ProfileSchema.website", "URLValidator"),
    }  # fmt: skip


class Strict(BaseSchema[Customer]):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    config = SchemaConfig(model=Customer, fields=["name", "level", "id"])


class Stripped(BaseSchema[Customer]):
    model_config = ConfigDict(str_strip_whitespace=True, str_to_lower=True, str_max_length=5, use_enum_values=True)
    config = SchemaConfig(model=Customer, fields=["name", "level"])


class Camel(BaseSchema[Order]):
    model_config = ConfigDict(alias_generator=lambda name: f"{name}X", populate_by_name=True, coerce_numbers_to_str=True)
    config = SchemaConfig(model=Order, fields=["note", "customer"])


class Aliased(BaseSchema[Tag]):
    config = SchemaConfig(
        model=Tag, fields={
            "name": InferExcept(
                validation_alias=AliasChoices("title", "label", AliasPath("words", 0)), serialization_alias="said"
            ),
        },
    )  # fmt: skip


class Titled(BaseSchema[Tag]):
    model_config = ConfigDict(title="A tag", serialize_by_alias=True, hide_input_in_errors=True, allow_inf_nan=False)
    config = SchemaConfig(model=Tag, fields={"name": InferExcept(alias="called")})


SETTINGS: list[tuple[type[BaseModel], list[object]]] = [
    (Strict, [
        {"name": "a", "level": "gold", "id": 1}, {"name": "a", "id": "1"}, {"name": "a", "more": 1},
        {"name": 1}, {"name": "a", "id": 1.0},
    ]),
    (Stripped, [
        {"name": "  AB ", "level": "gold"}, {"name": "   "}, {"name": "abcdef"},
        {"name": "abcde   "}, {"name": "a", "level": "GOLD"},
    ]),
    (Camel, [
        {"noteX": "a", "customerX": 1}, {"note": "a", "customer": 1}, {"noteX": 5, "customerX": "1"},
        {"note": None, "customerX": None}, {},
    ]),
    (Aliased, [
        {"title": "a"}, {"label": "a"}, {"words": ["a", "b"]}, {"words": []}, {"name": "a"},
        {"said": "a"}, {"title": "", "label": "a"},
    ]),
    (Titled, [{"called": "a"}, {"name": "a"}, {}]),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "inputs"), SETTINGS, ids=lambda value: getattr(value, "__name__", ""))
def test_settings_and_aliases_are_carried(schema: type[BaseModel], inputs: list[object]) -> None:
    made: type[BaseModel] = getattr(generated(schema), schema.__name__)
    found = [list(differences(schema, made, data)) for data in inputs]
    assert found == [[] for _ in inputs]
    accepted = [not outcome(schema, data, text=True)[0] for data in inputs]
    assert True in accepted and False in accepted
    assert [each.code for each in left_behind([schema]) if each.code == "setting-not-carried"] == []
    assert bool(made.model_config.get("frozen")) is bool(schema.model_config.get("frozen"))


def test_what_cannot_be_carried_is_told() -> None:
    class Computing(BaseSchema[Tag]):
        model_config = ConfigDict(json_encoders={int: str}, plugin_settings={"a": 1})
        config = SchemaConfig(model=Tag, fields=["name"])

        @computed_field
        def loud(self) -> str:
            return self.name.upper()

        @model_validator(mode="after")
        def checked(self) -> Computing:
            return self

        @field_serializer("name")
        def written(self, value: str) -> str:
            return value[::-1]

    told = {each.code: each.message for each in left_behind([Computing])}
    assert told["computed-field-not-carried"] == "Computing computes loud, which what is generated does not have"
    assert "checked" in told["validator-not-carried"]
    assert "Computing.name is not written by written" in told["serializer-not-carried"]
    assert "json_encoders, plugin_settings" in told["setting-not-carried"]
    assert "computed-field-not-carried" not in {each.code for each in left_behind([Computing], "serialization")}


def test_a_second_pattern_is_told() -> None:
    from django.core.validators import RegexValidator
    from django.db import models

    class Twice(models.Model):
        code = models.CharField(max_length=9, validators=[RegexValidator("^a"), RegexValidator("z$")])

        class Meta:
            app_label = "models_zoo"
            managed = False

    try:
        class TwiceSchema(BaseSchema[Twice]):
            config = SchemaConfig(model=Twice, fields=["code"])

        made = generated(TwiceSchema).TwiceSchema
        assert [bool(outcome(made, {"code": code}, text=False)[0]) for code in ("abz", "b", "ab")] == [False, True, False]
        assert [each.message for each in left_behind([TwiceSchema])] == [
            "TwiceSchema.code is not checked by RegexValidator in what is generated"
        ]
    finally:
        del apps.all_models["models_zoo"]["twice"]
        apps.clear_cache()


@pytest.mark.parametrize("text", ["A", "A\n", "A\n\n", "a", "\nA", "A\r\n", "AB\n"])
def test_a_pattern_ends_where_python_says(text: str) -> None:
    class Upper(BaseSchema[Texts]):
        config = SchemaConfig(model=Texts, fields=["upper"])

    made = generated(Upper).Upper
    assert list(differences(Upper, made, {"upper": text})) == []


def test_two_schemas_of_one_name_keep_their_facts() -> None:
    class One(BaseSchema[Numbers]):
        config = SchemaConfig(model=Numbers, fields={"big": Infer}, name="SameSchema")

    class Other(BaseSchema[Tag]):
        model_config = ConfigDict(frozen=True)
        config = SchemaConfig(model=Tag, fields={"name": InferExcept(default_factory=list)}, name="SameSchema")

    Other.__module__ = "elsewhere.schemas"
    Other.model_rebuild(force=True)
    text, _ = schemas_source([One, Other], schemas_context([One, Other]))
    assert text.count("default_factory=list") == 1
    assert text.count("frozen=True") == 1


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_modes(mode: Mode) -> None:
    class Made(BaseSchema[Tag]):
        config = SchemaConfig(model=Tag, fields={"id": Infer, "name": InferExcept(default="x", alias="called")})

        @computed_field
        def loud(self) -> str:
            return self.name.upper()

    text, _ = schemas_source([Made], schemas_context([Made], mode), mode)
    assert ("loud: str" in text) is (mode == "serialization")
    assert ('default="x"' in text) is (mode == "validation")
