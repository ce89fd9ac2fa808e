"""The table of required, default and type, row by row, for every field class that Django has."""

from __future__ import annotations

import inspect
import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from pydantic import ValidationError

from specloom.django.schemas.fields import MISSING, UnmappedFieldError, accessors, shape_of
from tests.django.schemas.fields_support import bound, json_schema, schema_for
from tests.django_project.models_zoo.models import Animal, Chip, Defaults, Food, Keeper, Ordered, Place, Texts

Make = Callable[..., "models.Field[Any, Any]"]


def _of(kind: type[models.Field[Any, Any]], **always: object) -> Make:
    return lambda **options: kind(**{**always, **options})


TEXTS: dict[str, tuple[Make, str]] = {
    "CharField": (_of(models.CharField, max_length=50), "lion"),
    "SlugField": (_of(models.SlugField), "a-lion"),
    "EmailField": (_of(models.EmailField), "lion@example.com"),
    "URLField": (_of(models.URLField), "https://example.com/lion"),
    "TextField": (_of(models.TextField), "roars"),
    "CommaSeparatedIntegerField": (_of(models.CommaSeparatedIntegerField, max_length=50), "1,2"),
}
OTHERS: dict[str, tuple[Make, object]] = {
    "BigIntegerField": (_of(models.BigIntegerField), 7),
    "BinaryField": (_of(models.BinaryField), b"\xff\x00"),
    "BooleanField": (_of(models.BooleanField), True),
    "DateField": (_of(models.DateField), date(2020, 5, 17)),
    "DateTimeField": (_of(models.DateTimeField), datetime(2020, 5, 17, 12, 30)),
    "DecimalField": (_of(models.DecimalField, max_digits=6, decimal_places=2), Decimal("12.50")),
    "DurationField": (_of(models.DurationField), timedelta(hours=2)),
    "FileField": (_of(models.FileField), "files/lion.txt"),
    "FilePathField": (_of(models.FilePathField, path="/"), "/lion"),
    "FloatField": (_of(models.FloatField), 1.5),
    "ForeignKey": (_of(models.ForeignKey, to=Keeper, on_delete=models.CASCADE, related_name="+"), 7),
    "GenericIPAddressField": (_of(models.GenericIPAddressField), "10.0.0.1"),
    "IPAddressField": (_of(models.IPAddressField), "10.0.0.1"),
    "ImageField": (_of(models.ImageField), "images/lion.png"),
    "IntegerField": (_of(models.IntegerField), 7),
    "JSONField": (_of(models.JSONField), {"a": [1, "b", None]}),
    "NullBooleanField": (_of(models.BooleanField), False),
    "OneToOneField": (_of(models.OneToOneField, to=Chip, on_delete=models.CASCADE, related_name="+"), "chip-1"),
    "PositiveBigIntegerField": (_of(models.PositiveBigIntegerField), 7),
    "PositiveIntegerField": (_of(models.PositiveIntegerField), 7),
    "PositiveSmallIntegerField": (_of(models.PositiveSmallIntegerField), 7),
    "SmallIntegerField": (_of(models.SmallIntegerField), 7),
    "TimeField": (_of(models.TimeField), time(12, 30)),
    "UUIDField": (_of(models.UUIDField), uuid.UUID(int=5)),
}
AUTOMATIC = {"AutoField", "BigAutoField", "SmallAutoField"}
ELSEWHERE = {
    "CompositePrimaryKey": "test_what_the_database_gives_is_not_required",
    "Field": "test_a_field_of_no_known_class_is_refused",
    "ForeignObject": "test_an_object_reached_over_two_columns_has_the_key_of_both",
    "GeneratedField": "test_what_the_database_gives_is_not_required",
    "ManyToManyField": "test_many_to_many",
    "OrderWrt": "test_what_django_gives_is_not_required",
}
"""Classes that the rows do not fit, with the test of each."""


def test_every_field_class_of_django_is_in_a_row() -> None:
    ours = {*TEXTS, *OTHERS, *AUTOMATIC, *ELSEWHERE}
    theirs = {
        name for name, kind in vars(models).items() if inspect.isclass(kind) and issubclass(kind, models.Field)
    } | {"OrderWrt"}
    assert theirs <= ours
    assert all(test in globals() for test in ELSEWHERE.values())


def _check(field: models.Field[Any, Any], value: object, *, required: bool, default: object, null: bool) -> None:
    """One row, as a class with the field behaves."""
    shape = shape_of(field)
    model = schema_for(field)
    info = model.model_fields["value"]
    assert shape.required is required
    assert shape.default is default or shape.default == default
    assert shape.default_factory is None
    assert info.is_required() is required
    assert getattr(model.model_validate({"value": value}), "value") is not None  # noqa: B009 - a field made at run time
    if required:
        with pytest.raises(ValidationError) as missing:
            model.model_validate({})
        assert [error["type"] for error in missing.value.errors()] == ["missing"]
        assert default is MISSING
    else:
        assert model.model_validate({}).model_dump() == {"value": default}
    if null:
        assert model.model_validate({"value": None}).model_dump() == {"value": None}
    else:
        with pytest.raises(ValidationError) as refused:
            model.model_validate({"value": None})
        assert {error["loc"][0] for error in refused.value.errors()} == {"value"}
    document = json_schema(model)
    assert ("default" in document) is not required
    dumped = model.model_validate({"value": value}).model_dump_json()
    assert model.model_validate_json(dumped) == model.model_validate({"value": value})


def _takes_blank(field: models.Field[Any, Any]) -> bool:
    try:
        schema_for(field).model_validate({"value": ""})
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("name", sorted(TEXTS))
@pytest.mark.parametrize(
    ("null", "blank", "required", "default"),
    [(True, True, False, None), (True, False, True, MISSING), (False, True, False, ""), (False, False, True, MISSING)],
)
def test_texts(name: str, null: bool, blank: bool, required: bool, default: object) -> None:
    make, value = TEXTS[name]
    field = bound(make(null=null, blank=blank))
    _check(field, value, required=required, default=default, null=null)
    assert _takes_blank(field) is blank
    text = str(json_schema(schema_for(field)))
    assert ("minLength" in text) is not blank


@pytest.mark.parametrize("name", sorted(OTHERS))
@pytest.mark.parametrize(
    ("null", "blank", "required", "default"),
    [(True, True, False, None), (True, False, True, MISSING), (False, True, True, MISSING), (False, False, True, MISSING)],
)
def test_any_other(name: str, null: bool, blank: bool, required: bool, default: object) -> None:
    make, value = OTHERS[name]
    _check(bound(make(null=null, blank=blank)), value, required=required, default=default, null=null)


@pytest.mark.parametrize("kind", [models.ForeignKey, models.OneToOneField])
def test_the_key_of_a_relation_has_the_type_of_its_target(kind: type[models.ForeignKey[Any, Any]]) -> None:
    to_code = bound(kind(Place, models.CASCADE, to_field="code", related_name="+"))
    document = json_schema(schema_for(to_code))
    assert (document["type"], document["maxLength"], document["pattern"]) == ("string", 12, "^[-a-zA-Z0-9_]+$")
    assert json_schema(schema_for(bound(kind(Keeper, models.CASCADE, related_name="+"))))["type"] == "integer"


@pytest.mark.parametrize(("blank", "required"), [(True, False), (False, True)])
def test_many_to_many(blank: bool, required: bool) -> None:
    field = bound(models.ManyToManyField(Food, blank=blank, related_name="+"))
    _check(field, [1, 2], required=required, default=MISSING if required else None, null=True)
    strict = schema_for(field, strict_null=True)
    assert strict.model_fields["value"].is_required() is required
    with pytest.raises(ValidationError):
        strict.model_validate({"value": None})
    if not required:
        assert strict.model_validate({}).model_dump() == {"value": []}


@pytest.mark.parametrize(
    ("model", "name", "title", "value"),
    [
        (Keeper, "animal_set", "animals", [1]),
        (Keeper, "staff", "keepers", [1]),
        (Place, "animals", "animals", [1]),
        (Food, "eaters", "animals", [1]),
        (Animal, "notes", "notes", [1]),
    ],
)
def test_reverse_lists_are_not_required(model: type[models.Model], name: str, title: str, value: object) -> None:
    found = accessors(model)[name]
    assert found.many
    schema = schema_for(found.source)
    assert schema.model_validate({}).model_dump() == {"value": None}
    assert schema.model_validate({"value": value}).model_dump() == {"value": value}
    assert json_schema(schema)["title"] == title
    strict = schema_for(found.source, strict_null=True)
    assert strict.model_validate({}).model_dump() == {"value": []}
    with pytest.raises(ValidationError):
        strict.model_validate({"value": None})
    with pytest.raises(ValidationError) as wrong:
        schema.model_validate({"value": [1, "x"]})
    assert wrong.value.errors()[0]["loc"] == ("value", 1)


@pytest.mark.parametrize("strict_null", [False, True])
def test_a_reverse_one_to_one_is_a_key_or_null(strict_null: bool) -> None:
    schema = schema_for(accessors(Chip)["animal"].source, strict_null=strict_null)
    assert schema.model_validate({}).model_dump() == {"value": None}
    assert schema.model_validate({"value": 3}).model_dump() == {"value": 3}
    assert json_schema(schema)["title"] == "animal"


@pytest.mark.parametrize("kind", [models.AutoField, models.BigAutoField, models.SmallAutoField])
def test_an_automatic_key_is_not_required(kind: type[models.AutoField[Any, Any]]) -> None:
    field = bound(kind(primary_key=True))
    shape = shape_of(field)
    assert not shape.required
    assert shape.automatic
    schema = schema_for(field)
    assert schema.model_validate({}).model_dump() == {"value": None}
    assert schema.model_validate({"value": 4}).model_dump() == {"value": 4}
    asked = json_schema(schema)
    assert (asked["default"], asked["anyOf"][1:]) == (None, [{"type": "null"}])  # as it is taken: an unsaved instance has null
    answered = json_schema(schema, "serialization")
    assert answered["type"] == "integer"
    assert "default" not in answered  # what is answered always has one


def test_what_django_gives_is_not_required() -> None:
    given = [
        bound(models.DateTimeField(auto_now=True)),
        bound(models.DateField(auto_now_add=True)),
        bound(models.TimeField(auto_now=True)),
        Ordered._meta.get_field("_order"),
        accessors(Animal)["id"].source,
    ]
    for field in given:
        shape = shape_of(field)
        assert (shape.required, shape.default, shape.automatic) == (False, None, True)
        assert schema_for(field).model_validate({}).model_dump() == {"value": None}


def test_what_the_database_gives_is_not_required() -> None:
    from tests.django_project.models_zoo import models as zoo

    for name, column, value in (
        ("Generated", "loud", "ROAR"), ("Generated", "in_database", 7), ("Pair", "pk", (1, "left"))
    ):
        model = getattr(zoo, name, None)
        if model is None:  # this Django has no such field
            assert not hasattr(models, "GeneratedField" if name == "Generated" else "CompositePrimaryKey")
            continue
        shape = shape_of(model._meta.get_field(column))
        assert (shape.required, shape.default, shape.automatic) == (False, None, True)
        schema = schema_for(model._meta.get_field(column))
        assert schema.model_validate({}).model_dump() == {"value": None}
        assert schema.model_validate({"value": value}).model_dump() == {"value": value}
        assert "null" not in str(json_schema(schema, "serialization"))
        if column == "in_database":
            assert schema.model_validate({"value": model().in_database}).model_dump() == {"value": None}


@pytest.mark.parametrize("name", sorted({**TEXTS, **OTHERS}.keys() - {"ForeignKey", "OneToOneField", "BinaryField"}))
@pytest.mark.parametrize("null", [True, False])
@pytest.mark.parametrize("blank", [True, False])
def test_a_default_of_its_own_wins(name: str, null: bool, blank: bool) -> None:
    make, value = {**TEXTS, **OTHERS}[name]
    shape = shape_of(bound(make(null=null, blank=blank, default=value)))
    assert (shape.required, shape.default_factory) == (False, None)
    assert shape.default == value
    called = shape_of(bound(make(null=null, blank=blank, default=lambda: value)))
    assert (called.required, called.default) == (False, MISSING)
    assert called.default_factory is not None
    assert called.default_factory() == value


def test_a_default_is_what_an_instance_has() -> None:
    found = accessors(Defaults)
    assert repr(found["decimal"].shape().default) == "Decimal('1.50')"
    assert found["listed"].shape().default_factory is list
    assert found["nullable"].shape().default == 3
    blob = found["blob"].shape().default_factory
    assert blob is not None
    assert blob() == b"\xff\x00"


def test_the_default_of_a_relation_is_a_key() -> None:
    keeper = Keeper(pk=5, name="Kim")
    for default in (keeper, 5, lambda: keeper):
        factory = shape_of(bound(models.ForeignKey(Keeper, models.CASCADE, default=default, related_name="+"))).default_factory
        assert factory is not None
        assert factory() == 5


def test_no_default_where_none_would_be_refused() -> None:
    shape = shape_of(bound(models.IntegerField(default=None)))
    assert shape.required
    assert shape_of(bound(models.CharField(max_length=5, blank=True, default=None))).default == ""


def test_documents_never_call_a_default() -> None:
    field = accessors(Defaults)["called"].source
    for mode in ("validation", "serialization"):
        assert "default" not in json_schema(schema_for(field), mode)
    with pytest.raises(AssertionError):
        schema_for(field).model_validate({})


def test_a_field_of_no_known_class_is_refused() -> None:
    with pytest.raises(UnmappedFieldError, match=r"models_zoo\.Sample\.value .* FieldTypeRegistry"):
        shape_of(bound(models.Field()))


def test_an_object_reached_over_two_columns_has_the_key_of_both() -> None:
    field = bound(
        models.ForeignObject(
            Texts, models.CASCADE, from_fields=["one", "two"], to_fields=["id", "slug"], related_name="+", null=True
        ),
        one=models.IntegerField(),
        two=models.CharField(max_length=3),
    )
    schema = schema_for(field)
    assert schema.model_validate({"value": (1, "a")}).model_dump() == {"value": (1, "a")}
    with pytest.raises(ValidationError):
        schema.model_validate({"value": (1, "not a slug")})
