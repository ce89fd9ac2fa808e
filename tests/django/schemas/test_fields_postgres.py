"""Fields of django.contrib.postgres: their types, in Python and in JSON; no database is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.postgres import fields as postgres
from django.contrib.postgres.search import SearchVectorField
from django.core import validators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange, NumericRange
from pydantic import ValidationError

from specloom.django.schemas.fields import UnmappedFieldError, left_out, shape_of
from tests.django.schemas.fields_support import bound, json_schema, schema_for


def _accepts(field: models.Field[Any, Any], value: object) -> bool:
    try:
        schema_for(field).model_validate({"value": value})
    except ValidationError:
        return False
    return True


def test_an_array_is_a_list_of_what_its_column_holds() -> None:
    field = bound(postgres.ArrayField(models.CharField(max_length=3), size=2))
    document = json_schema(schema_for(field))
    assert document == {
        "items": {"maxLength": 3, "minLength": 1, "type": "string"}, "maxItems": 2, "title": "value", "type": "array",
    }  # fmt: skip
    assert [_accepts(field, value) for value in (["a"], ["a", "b", "c"], ["long"], None)] == [True, False, False, False]
    assert schema_for(bound(postgres.ArrayField(models.IntegerField(), default=list))).model_validate({}).model_dump() == {
        "value": []
    }


def test_arrays_of_arrays_of_choices_and_of_nulls() -> None:
    deep = bound(postgres.ArrayField(postgres.ArrayField(models.PositiveIntegerField())))
    assert [_accepts(deep, value) for value in ([[1, 2], [2, 3]], [1], [[-1]])] == [True, False, False]
    assert [_accepts(deep, value) for value in ([], [[1], [2, 3]], [[]], [[], []])] == [True, False, False, False]
    chosen = bound(postgres.ArrayField(models.CharField(max_length=1, choices=[("a", "A"), ("b", "B")])))
    assert [_accepts(chosen, value) for value in (["a", "b"], ["c"])] == [True, False]
    nulls = bound(postgres.ArrayField(models.IntegerField(null=True)))
    assert _accepts(nulls, [1, None])
    with pytest.raises(ValidationError) as wrong:
        schema_for(deep).model_validate({"value": [[1], ["x"]]})
    assert wrong.value.errors()[0]["loc"] == ("value", 1, 0)


def test_a_store_of_texts() -> None:
    field = bound(postgres.HStoreField())
    assert [_accepts(field, value) for value in ({"a": "b", "c": None}, {"a": 1}, [])] == [True, False, False]
    assert json_schema(schema_for(field))["additionalProperties"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        (postgres.IntegerRangeField, NumericRange(1, 5), {"lower": 1, "upper": 5, "bounds": "[)", "empty": False}),
        (postgres.BigIntegerRangeField, NumericRange(None, 5), {"lower": None, "upper": 5, "bounds": "()", "empty": False}),
        (
            postgres.DecimalRangeField,
            NumericRange(Decimal("1.5"), Decimal("2.5"), "[]"),
            {"lower": "1.5", "upper": "2.5", "bounds": "[]", "empty": False},
        ),
        (
            postgres.DateRangeField,
            DateRange(date(2020, 1, 1), None),
            {"lower": "2020-01-01", "upper": None, "bounds": "[)", "empty": False},
        ),
        (
            postgres.DateTimeRangeField,
            DateTimeTZRange(datetime(2020, 1, 1, tzinfo=UTC), None),
            {"lower": "2020-01-01T00:00:00Z", "upper": None, "bounds": "[)", "empty": False},
        ),
    ],
)
def test_a_range_is_the_drivers_in_python_and_two_ends_in_json(kind: Any, value: Any, written: dict[str, object]) -> None:  # noqa: ANN401
    schema = schema_for(bound(kind()))
    made = schema.model_validate({"value": value})
    assert made.model_dump() == {"value": value}
    dumped: Any = made.model_dump(mode="json")
    assert dumped["value"] == written
    assert schema.model_validate_json(made.model_dump_json()).model_dump() == {"value": value}
    assert json_schema(schema, "serialization") == {"$ref": f"#/$defs/{kind.__name__.removesuffix('Field')}", "title": "value"}
    assert json_schema(schema)["$ref"] == json_schema(schema, "serialization")["$ref"]


def test_odd_ranges() -> None:
    schema = schema_for(bound(postgres.IntegerRangeField()))
    empty: Any = schema.model_validate({"value": {"empty": True}})
    assert empty.value.isempty
    assert empty.model_dump(mode="json")["value"]["empty"] is True
    pair: Any = schema.model_validate({"value": (1, 2)})
    assert pair.value == NumericRange(1, 2)
    closed: Any = schema_for(bound(postgres.DecimalRangeField(default_bounds="[]"))).model_validate({"value": (1, 2)})
    assert closed.value.upper_inc
    for wrong in ({"lower": 5, "upper": 1}, {"lower": "x"}, {"lower": 1, "middle": 2}, "1-2", {"bounds": "{}"}):
        with pytest.raises(ValidationError):
            schema.model_validate({"value": wrong})


def test_validators_of_a_range_run() -> None:
    from django.contrib.postgres.validators import RangeMaxValueValidator

    field = bound(postgres.IntegerRangeField(validators=[RangeMaxValueValidator(10)]))
    assert [_accepts(field, value) for value in ((1, 10), (1, 11))] == [True, False]


def test_an_array_with_a_minimum_of_items() -> None:
    field = bound(postgres.ArrayField(models.IntegerField(), validators=[validators.MinLengthValidator(2)]))
    assert [_accepts(field, value) for value in ([1], [1, 2])] == [False, True]


def test_a_search_vector_is_left_out_and_says_why() -> None:
    field = bound(SearchVectorField(null=True))
    reason = left_out(field)
    assert reason is not None
    assert "index" in reason
    with pytest.raises(UnmappedFieldError, match="no value for a client"):
        shape_of(field)
    assert left_out(bound(models.TextField())) is None
