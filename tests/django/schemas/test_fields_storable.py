"""What no column holds is refused before a query is made, on every database."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

import pytest
from django.contrib.postgres import fields as postgres
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.test import override_settings
from pydantic import ValidationError

from tests.django.schemas.fields_support import bound, json_schema, schema_for


def _error(field: models.Field[Any, Any], value: object) -> str | None:
    """The kind of error, or nothing where the value is accepted."""
    try:
        schema_for(field).model_validate({"value": value})
    except ValidationError as error:
        return error.errors()[0]["type"]
    return None


TEXTS = (models.TextField, models.CharField, models.SlugField, models.URLField, models.EmailField)


@pytest.mark.parametrize("make", TEXTS, ids=lambda kind: kind.__name__)
def test_texts_have_no_null_characters_and_no_halves_of_pairs(make: Any) -> None:  # noqa: ANN401 - a class of fields
    field = bound(make(max_length=40))
    for text in ("\0", "a@b.de\0", "http://a.de/\0", "a\ud800"):
        assert _error(field, text) is not None
    assert "pattern" not in json_schema(schema_for(bound(models.TextField())))
    assert [_error(bound(models.TextField()), text) for text in ("a\0", "a\ud800", "a\U0001f600")] == [
        "null_characters_not_allowed", "string_unicode", None,
    ]  # fmt: skip


def test_json_has_neither_at_any_depth_and_numbers_that_are_some() -> None:
    field = bound(models.JSONField())
    nan = float("nan")
    refused = ("\0", {"\0": 1}, {"a": ["b", {"c": "\0"}]}, "\ud800", nan, [float("inf")], {"a": nan})
    assert [_error(field, value) for value in refused] == [
        *["null_characters_not_allowed"] * 3, "string_unicode", *["finite_number"] * 3,
    ]  # fmt: skip
    for value in ("\\u0000", {"\\u0000": "\\\\u0000"}, 0, True, [[]], 1e300, "é\U0001f600"):
        assert _error(field, value) is None
    assert _error(bound(models.JSONField(null=True)), None) is None
    assert json_schema(schema_for(field)) == {"$ref": "#/$defs/JsonValue", "title": "value", "not": {"type": "null"}}


def test_stores_have_neither_in_keys_and_values() -> None:
    field = bound(postgres.HStoreField())
    assert [_error(field, value) for value in ({"a\0": "b"}, {"a": "b\0"}, {"a": None})] == [
        "null_characters_not_allowed", "null_characters_not_allowed", None,
    ]  # fmt: skip


def test_numbers_are_some() -> None:
    field = bound(models.FloatField())
    assert [_error(field, value) for value in (float("nan"), float("inf"), "NaN", 1e300)] == [*["finite_number"] * 3, None]
    assert [_error(bound(models.DecimalField(max_digits=3, decimal_places=1)), value) for value in ("NaN", "1.5")] == [
        "finite_number", None,
    ]  # fmt: skip


def test_a_time_has_no_zone() -> None:
    field = bound(models.TimeField())
    assert [_error(field, value) for value in ("12:00", "12:00Z", time(12, tzinfo=UTC))] == [None, *["timezone_naive"] * 2]


def test_an_address_has_no_scope() -> None:
    for protocol in ("both", "IPv6"):
        field = bound(models.GenericIPAddressField(protocol=protocol))
        assert [_error(field, value) for value in ("fe80::1%eth0", "fe80::1")] == ["ip_v6_scope", None]


@override_settings(USE_TZ=True, TIME_ZONE="Europe/Paris")
def test_a_moment_without_a_zone_is_of_the_current_one() -> None:
    schema: Any = schema_for(bound(models.DateTimeField()))
    assert schema(value=datetime(2020, 1, 1, 12)).value == datetime(2020, 1, 1, 11, tzinfo=UTC)
    assert schema(value="2020-01-01T12:00").value.utcoffset() == timedelta(hours=1)
    given = datetime(2020, 1, 1, 12, tzinfo=timezone(timedelta(hours=5)))
    assert schema(value=given).value is given
    field = bound(models.DateTimeField())
    assert [_error(field, datetime(2020, *rest)) for rest in ((3, 29, 2, 30), (10, 25, 2, 30), (3, 29, 3, 30))] == [
        "ambiguous_timezone", "ambiguous_timezone", None,
    ]  # fmt: skip
    ends = ("0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "9999-12-31T23:59:59+00:00")
    assert [_error(field, value) for value in ends] == [None, "date_out_of_range", "date_out_of_range", None]


@override_settings(USE_TZ=False, TIME_ZONE="Europe/Paris")
def test_without_zones_a_moment_is_of_the_projects() -> None:
    schema: Any = schema_for(bound(models.DateTimeField()))
    assert schema(value=datetime(2020, 1, 1, 12)).value == datetime(2020, 1, 1, 12)
    assert schema(value="2020-01-01T12:00Z").value == datetime(2020, 1, 1, 13)


def test_the_name_of_a_file_fits_into_its_column() -> None:
    stored = FileSystemStorage(location="/nowhere", base_url="https://files.test/media/")
    for make in (models.FileField, models.ImageField):
        field = bound(make(max_length=20, storage=stored))
        names = ("a/" + "x" * 18, "a/" + "x" * 19, "https://files.test/media/" + "x" * 20, "https://files.test/media/" + "x" * 21)
        assert [_error(field, name) for name in names] == [None, "string_too_long", None, "string_too_long"]
        assert _error(field, "https://files.test/media/" + "%20" * 20) is None  # as Django writes spaces
        assert _error(field, "https://elsewhere.test/" + "x" * 20) is None
        assert _error(field, "a\0") == "null_characters_not_allowed"
        assert "maxLength" not in json_schema(schema_for(field))
