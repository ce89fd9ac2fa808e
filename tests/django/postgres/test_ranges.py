"""Ranges and lists of lists are in a schema what PostgreSQL makes of them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.contrib.postgres import fields as postgres
from django.db import IntegrityError, connection, models, transaction
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError

from specloom.django.schemas.generating import schema_of_model
from tests.django.schemas.fields_support import bound, json_schema, schema_for
from tests.django_project.models_postgres.models import Booking, Ranges, Searched

pytestmark = pytest.mark.django_db

BOUNDS = ("[]", "[)", "(]", "()")
KINDS: list[tuple[models.Field[Any, Any], str, list[Any]]] = [
    (postgres.IntegerRangeField(), "int4range", [None, -1, 0, 1, 2]),
    (postgres.BigIntegerRangeField(), "int8range", [None, -1, 0, 1, 2]),
    (postgres.DecimalRangeField(), "numrange", [None, Decimal("0.5"), Decimal(1), Decimal("1.5")]),
    (postgres.DateRangeField(), "daterange", [None, *(date(2020, 2, 28) + timedelta(days=days) for days in range(4))]),
    (
        postgres.DateTimeRangeField(), "tstzrange",
        [None, "2020-01-01T00:00:00Z", "2020-01-01T01:00:00+01:00", "2020-01-02T00:00:00Z"],
    ),
]  # fmt: skip


def accepted(schema: type[BaseModel], value: object) -> Any:  # noqa: ANN401 - the driver's range
    """The value of the field, or nothing where it is refused."""
    try:
        return schema.model_validate({"value": value}).model_dump()["value"]
    except ValidationError:
        return None


@pytest.mark.parametrize(("field", "function", "ends"), KINDS, ids=[function for _, function, _ in KINDS])
def test_a_range_is_the_databases(field: models.Field[Any, Any], function: str, ends: list[Any]) -> None:
    schema = schema_for(bound(field))
    for lower, upper, bounds in product(ends, ends, BOUNDS):
        made = accepted(schema, {"lower": lower, "upper": upper, "bounds": bounds})
        stored = None
        with connection.cursor() as cursor, transaction.atomic():
            try:
                with transaction.atomic():
                    cursor.execute(f"SELECT {function}(%s, %s, %s)", [lower, upper, bounds])
                    (stored,) = cursor.fetchone()
            except Exception as error:
                assert "must be less than or equal" in str(error)
        assert made == stored, (lower, upper, bounds)


@pytest.mark.parametrize(("field", "last"), [
    (postgres.IntegerRangeField(), 2**31 - 1), (postgres.BigIntegerRangeField(), 2**63 - 1),
    (postgres.DateRangeField(), date.max),
])  # fmt: skip
def test_the_last_item_of_all_is_in_no_range(field: models.Field[Any, Any], last: Any) -> None:  # noqa: ANN401 - an item
    schema = schema_for(bound(field))
    assert accepted(schema, {"lower": None, "upper": last}) is not None
    assert accepted(schema, {"lower": None, "upper": last, "bounds": "[]"}) is None
    assert accepted(schema, {"lower": last, "upper": None, "bounds": "()"}) is None


def test_what_says_no_bounds_has_the_fields_own() -> None:
    schema = schema_of_model(Ranges)
    ends = {"lower": 1, "upper": 2}
    made = schema.model_validate({
        "integers": ends, "bigs": None, "decimals": ends, "closed": ends, "dates": None, "moments": None, "after": None,
    })  # fmt: skip
    row = Ranges(**made.model_kwargs())
    row.save()
    row.refresh_from_db()
    assert [(found.lower_inc, found.upper_inc) for found in (row.integers, row.decimals, row.closed)] == [
        (True, False), (True, False), (True, True),
    ]  # fmt: skip
    document = schema.model_json_schema()
    Draft202012Validator.check_schema(document)
    names = ("IntegerRange", "DecimalRange", "DecimalRangeClosed", "DateTimeRangeLeftOpen")
    assert [document["$defs"][name]["properties"]["bounds"]["default"] for name in names] == ["[)", "[)", "[]", "(]"]
    written = json.loads(schema.model_validate(row).model_dump_json())
    Draft202012Validator(schema.model_json_schema(mode="serialization")).validate(written)
    assert written["closed"] == {"lower": "1", "upper": "2", "bounds": "[]", "empty": False}


def test_ranges_without_items_and_without_ends() -> None:
    schema = schema_of_model(Ranges)
    nothing, everything = {"empty": True}, {"lower": None, "upper": None}
    others = dict.fromkeys(["bigs", "dates", "moments", "after"])
    made = schema.model_validate({"integers": nothing, "decimals": everything, "closed": [1, 1], **others})
    row = Ranges(**made.model_kwargs())
    row.save()
    back: Any = schema.model_validate(Ranges.objects.get(pk=row.pk))
    assert back.integers.isempty
    assert (back.decimals.lower_inf, back.decimals.upper_inf, back.decimals.isempty) == (True, True, False)
    assert back.closed.lower == back.closed.upper == 1
    written = back.model_dump(mode="json")
    assert written["integers"] == {"lower": None, "upper": None, "bounds": "[)", "empty": True}
    assert written["decimals"] == {"lower": None, "upper": None, "bounds": "()", "empty": False}
    assert schema.model_validate(written) == back


def test_a_list_in_a_list_has_items() -> None:
    document = json_schema(schema_for(bound(postgres.ArrayField(postgres.ArrayField(models.IntegerField(), size=2)))))
    assert document["items"] == {
        "type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
    }  # fmt: skip


def test_models_with_exclusion_constraints_and_search_vectors() -> None:
    schema = schema_of_model(Booking)
    data = {"room": 1, "span": {"lower": "2020-01-01T00:00:00Z", "upper": "2020-01-02T00:00:00Z"}}
    Booking(**schema.model_validate(data).model_kwargs()).save()
    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        Booking(**schema.model_validate(data).model_kwargs()).save()
    data["span"] = {"lower": "2020-01-02T00:00:00Z", "upper": "2020-01-03T00:00:00Z"}
    Booking(**schema.model_validate(data).model_kwargs()).save()
    assert list(schema_of_model(Searched).model_fields) == ["id", "text"]
