"""The JSON Schema of every schema is one (2020-12), says what the model says, and holds for what is dumped and taken."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any, Literal

import pytest
from django.apps import apps
from django.core import validators
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError

from specloom.django.schemas import BaseSchema, InferExcept, SchemaConfig, accessors
from specloom.django.schemas.fields import left_out
from tests.django_project.models_shop.models import Customer
from tests.django_project.models_zoo.models import Chosen, Danger, Defaults, Numbers, Texts, Times

Mode = Literal["validation", "serialization"]
MODES: tuple[Mode, ...] = ("validation", "serialization")
APPS = ("models_zoo", "models_shop", "models_graph", "auth", "contenttypes")
MODELS = [model for label in APPS for model in apps.get_app_config(label).get_models()]


@cache
def whole(model: type[models.Model], depth: int = 0) -> type[BaseSchema[Any]]:
    """Every column of a model."""

    class Whole(BaseSchema[Any]):
        config = SchemaConfig(model=model, fields="__all__", name=f"{model.__name__}Schema", depth=depth)

    return Whole


def everything(model: type[models.Model]) -> type[BaseSchema[Any]]:
    """All that a model answers to by name and that has a type."""
    names = [name for name, one in accessors(model).items() if left_out(one.source) is None and not name.startswith("_")]

    class Everything(BaseSchema[Any]):
        config = SchemaConfig(model=model, fields=names)

    return Everything


def checked(schema: type[BaseModel], mode: Mode) -> dict[str, Any]:
    """The JSON Schema, after it was found to be one whose references lead to something, and to be the same again."""
    made = schema.model_json_schema(mode=mode)
    Draft202012Validator.check_schema(made, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for reference in references(made):
        assert reference.removeprefix("#/$defs/") in made["$defs"]
    assert json.dumps(schema.model_json_schema(mode=mode)) == json.dumps(made)  # also the order of its keys
    return made


def references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def properties(model: type[models.Model], mode: Mode = "validation") -> dict[str, Any]:
    found: dict[str, Any] = whole(model).model_json_schema(mode=mode)["properties"]
    return found


def parts(schema: dict[str, Any]) -> dict[str, Any]:
    """The keywords of a type that may be null or blank, and of what is around it."""
    inner = next((part for part in schema.get("anyOf", ()) if part.get("type") != "null" and "const" not in part), {})
    return {**inner, **schema}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_the_schema_of_every_model_is_a_schema(model: type[models.Model]) -> None:
    for schema in (whole(model, depth=2), everything(model)):
        for mode in MODES:
            checked(schema, mode)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_what_a_model_says_of_its_columns_is_in_the_schema(model: type[models.Model]) -> None:
    found = properties(model)
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        if field.name not in found:
            assert field.name.startswith("_") or field.name == "pk"
            continue
        said = found[field.name]
        facts = parts(said)
        assert said["title"] == str(field.verbose_name)
        assert said.get("description", "") == str(field.help_text)
        if field.has_default() and not callable(field.default) and "default" in said:
            assert said["default"] == json.loads(json.dumps(field.to_python(field.default), default=str))
        if field.choices and "$ref" not in json.dumps(said):
            assert facts.get("enum") or isinstance(field, models.DecimalField)
        elif isinstance(field, models.CharField) and not field.choices:
            assert facts["maxLength"] == field.max_length
            assert facts.get("minLength", 0) >= (0 if field.blank else 1) or isinstance(field, models.FilePathField)
        for kind, keyword in ((validators.MinValueValidator, "minimum"), (validators.MaxValueValidator, "maximum")):
            limits = [one.limit_value for one in field.validators if isinstance(one, kind) and not callable(one.limit_value)]
            if isinstance(field, models.IntegerField) and not field.choices and limits:
                narrower = max if keyword == "minimum" else min  # than the column itself
                assert all(narrower(limit, facts[keyword]) == facts[keyword] for limit in limits)
        expected = {
            models.DateTimeField: "date-time", models.DateField: "date", models.TimeField: "time", models.UUIDField: "uuid",
            models.DurationField: "duration", models.EmailField: "email", models.URLField: "uri", models.BinaryField: "byte",
        }  # fmt: skip
        form = next((text for kind, text in expected.items() if isinstance(field, kind)), None)
        assert facts.get("format") == form or form is None
        if field.null and not isinstance(field, models.JSONField):
            assert {"type": "null"} in said["anyOf"]


def test_some_facts_in_full() -> None:
    texts, numbers, times = properties(Texts), properties(Numbers), properties(Times)
    assert texts["upper"] == {"title": "upper", "type": "string", "minLength": 1, "maxLength": 10, "pattern": "^[A-Z]+$"}
    assert texts["url"]["anyOf"][1] == {"const": "", "type": "string"}
    assert numbers["narrowed"] == {"title": "narrowed", "type": "integer", "minimum": 10, "maximum": 20}
    assert numbers["stepped"]["multipleOf"] == 5
    assert times["not_before"]["default"] == "2020-05-17"
    assert properties(Chosen)["danger"] == {"$ref": "#/$defs/Danger", "title": "danger"}
    assert whole(Chosen).model_json_schema()["$defs"]["Danger"]["enum"] == [one.value for one in Danger]
    assert properties(Customer)["name"]["description"] == "As on the card."

    class Said(BaseSchema[Customer]):
        config = SchemaConfig(model=Customer, fields={"nick": InferExcept(deprecated=True, examples=["Al"])})

    said = Said.model_json_schema()["properties"]["nick"]
    assert (said["deprecated"], said["examples"]) == (True, ["Al"])


def test_no_default_is_called_for_a_document() -> None:
    for mode in MODES:
        said = properties(Defaults, mode)  # one of its defaults fails where it is called
        assert "default" not in said["called"] and "default" not in said["listed"]
        assert said["plain"]["default"] == "lion"
        assert said["decimal"]["default"] == "1.50"


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
CODES = st.integers(0, 10**6).map(str)


def values_of(field: models.Field[Any, Any]) -> st.SearchStrategy[Any]:
    """Values that a column holds, as instances have them."""
    if field.choices:
        made: st.SearchStrategy[Any] = st.sampled_from([value for value, _ in field.flatchoices])
    else:
        made = next(strategy(field) for kind, strategy in STRATEGIES.items() if isinstance(field, kind))
    return st.none() | made if field.null else made


def _within(field: Any) -> st.SearchStrategy[int]:  # noqa: ANN401  # a field
    low, high = BaseDatabaseOperations.integer_field_ranges[field.get_internal_type()]
    steps = [1]
    for one in field.validators:
        limit = one.limit_value() if callable(one.limit_value) else one.limit_value
        match one:
            case validators.MinValueValidator():
                low = max(low, limit)
            case validators.MaxValueValidator():
                high = min(high, limit)
            case validators.StepValueValidator():
                steps.append(limit)
    return st.integers(-(-low // steps[-1]), high // steps[-1]).map(lambda value: value * steps[-1])


STRATEGIES: dict[type[models.Field[Any, Any]], Callable[[Any], st.SearchStrategy[Any]]] = {
    models.EmailField: lambda field: st.just("a@b.de"),
    models.URLField: lambda field: st.sampled_from(["http://example.org/a?b=c", "https://b.de"]),
    models.SlugField: lambda field: CODES,
    models.FilePathField: lambda field: st.just("/etc/hosts"),
    models.FileField: lambda field: st.sampled_from(["", "a/b c.png"]),
    models.CharField: lambda field: (
        st.sampled_from(["abc", "zzz"]) if field.validators[1:] and field.name == "short"
        else st.sampled_from(["1,2", "3"]) if field.name == "comma_separated"
        else st.sampled_from(["ABC", "X"]) if field.name == "upper"
        else WORDS.filter(bool).map(lambda text: "".join(one for one in text if not one.isdigit())[: field.max_length] or "a")
    ),
    models.TextField: lambda field: WORDS.filter(bool),
    models.BooleanField: lambda field: st.booleans(),
    models.IntegerField: _within,
    models.FloatField: lambda field: st.floats(allow_nan=False, allow_infinity=False),
    models.DecimalField: lambda field: st.integers(1, 10**field.max_digits - 1).map(
        lambda value: Decimal(value).scaleb(-field.decimal_places)
    ),
    models.DateTimeField: lambda field: st.datetimes(timezones=st.just(datetime.UTC)),
    models.DateField: lambda field: st.dates(datetime.date(2020, 1, 1)),
    models.TimeField: lambda field: st.times(),
    models.DurationField: lambda field: st.timedeltas(),
    models.UUIDField: lambda field: st.uuids(),
    models.BinaryField: lambda field: st.binary(max_size=20),
    models.GenericIPAddressField: lambda field: (
        st.ip_addresses(v=6) if field.protocol.lower() == "ipv6" else st.ip_addresses(v=4)
    ).map(str),
    models.JSONField: lambda field: st.recursive(
        st.booleans() | st.integers(-1000, 1000) | WORDS, lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner),
        max_leaves=4,
    ),
}  # fmt: skip
DUMPED = [model for model in MODELS if model._meta.app_label in ("models_zoo", "models_shop") and not any(
    field.is_relation or type(field).__name__ in ("GeneratedField", "CompositePrimaryKey") or field.name == "pk"
    for field in model._meta.get_fields()
)]  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("model", DUMPED, ids=lambda model: model._meta.label)
def test_what_is_dumped_is_valid(model: type[models.Model], data: st.DataObject) -> None:
    schema = whole(model)
    formats = Draft202012Validator.FORMAT_CHECKER
    judge = Draft202012Validator(schema.model_json_schema(mode="serialization"), format_checker=formats)
    values = {field.name: data.draw(values_of(field), label=field.name) for field in model._meta.concrete_fields}
    if model is Texts:
        values["url"] = data.draw(st.sampled_from(["", values["url"]]))
    made = schema.model_validate(model(**values))
    dumped = made.model_dump(mode="json")
    judge.validate(dumped)
    assert json.loads(made.model_dump_json()) == dumped
    # What was dumped is taken again, by the schema and by what it says of itself; a file's name became its address.
    Draft202012Validator(schema.model_json_schema(), format_checker=formats).validate(dumped)
    assert schema.model_validate_json(made.model_dump_json()).model_dump() == made.model_dump()


RAW: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(-40, 40), st.floats(allow_nan=False, allow_infinity=False), WORDS,
    st.sampled_from(["", "ABC", "1.50", "a@b.de", "http://a.de", "2020-02-02", "meat", "s", "abc", "1,2", "12:00:00"]),
    st.just("P1D"),
    st.lists(st.integers(), max_size=2), st.dictionaries(WORDS, st.integers(), max_size=2),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("model", [Texts, Numbers, Times, Chosen], ids=lambda model: model.__name__)
def test_what_is_taken_strictly_is_valid(model: type[models.Model], data: st.DataObject) -> None:
    """What Pydantic takes as it stands, with no text for a number, is what the JSON Schema takes; of one field at a time."""
    schema = whole(model)
    name = data.draw(st.sampled_from([one for one in schema.model_fields if one != "id"]))
    value = data.draw(RAW)
    made = schema.model_json_schema()
    judge = Draft202012Validator({**made["properties"][name], "$defs": made.get("$defs", {})})
    try:
        schema.model_validate_json(json.dumps({name: value}), strict=True)
    except ValidationError as error:
        if any(one["loc"][:1] == (name,) for one in error.errors()):
            return
    # Pydantic looks the members of an enum up as a dict does its keys, where True is 1.
    assert judge.is_valid(int(value) if isinstance(value, bool) and name in ("danger", "legs") else value)
