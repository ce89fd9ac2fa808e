"""Constraints of fields: what Pydantic checks itself, what Django's validators check, what JSON Schema says of it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

import django
import pytest
from django.core import validators
from django.core.exceptions import ValidationError as DjangoError
from django.db import models
from django.utils.translation import gettext_lazy, override
from pydantic import Field, TypeAdapter, ValidationError

from specloom.django.schemas.fields import accessors, shape_of
from specloom.django.schemas.fields.patterns import json_pattern, python_pattern
from tests.django.schemas.fields_support import bound, json_schema, schema_for
from tests.django_project.models_zoo.models import Numbers, Others, Texts, Times, no_dragons

SAFE = {
    "SmallIntegerField": (-32768, 32767),
    "IntegerField": (-2147483648, 2147483647),
    "BigIntegerField": (-(2**63), 2**63 - 1),
    "PositiveSmallIntegerField": (0, 32767),
    "PositiveIntegerField": (0, 2147483647),
    "PositiveBigIntegerField": (0, 2**63 - 1),
}
"""What Django's documentation calls safe in every database that it supports."""


def _accepts(field: models.Field[Any, Any], value: object) -> bool:
    try:
        schema_for(field).model_validate({"value": value})
    except ValidationError:
        return False
    return True


def _errors(field: models.Field[Any, Any], value: object) -> list[dict[str, Any]]:
    with pytest.raises(ValidationError) as refused:
        schema_for(field).model_validate({"value": value})
    return [dict(error) for error in refused.value.errors()]


@pytest.mark.parametrize("name", sorted(SAFE))
def test_whole_numbers_have_the_range_of_their_column(name: str) -> None:
    field = bound(getattr(models, name)())
    low, high = SAFE[name]
    document = json_schema(schema_for(field))
    assert (document["minimum"], document["maximum"]) == (low, high)
    assert _accepts(field, low)
    assert _accepts(field, high)
    assert not _accepts(field, low - 1)
    assert not _accepts(field, high + 1)


def test_validators_narrow_the_range_and_never_widen_it() -> None:
    def limits(*given: validators.BaseValidator) -> tuple[int, int]:
        document = json_schema(schema_for(bound(models.PositiveSmallIntegerField(validators=list(given)))))
        return document["minimum"], document["maximum"]

    assert limits(validators.MinValueValidator(10), validators.MaxValueValidator(20)) == (10, 20)
    assert limits(validators.MinValueValidator(-5), validators.MaxValueValidator(99999)) == (0, 32767)
    assert limits(validators.MinValueValidator(3), validators.MinValueValidator(8)) == (8, 32767)
    assert json_schema(schema_for(accessors(Numbers)["narrowed"].source))["minimum"] == 10


def test_a_limit_that_the_type_cannot_hold_is_left_to_django() -> None:
    field = bound(models.IntegerField(validators=[validators.MinValueValidator(2.5)]))
    assert not _accepts(field, 2)
    assert _accepts(field, 3)


def test_a_limit_that_is_called_is_asked_each_time_and_in_no_document() -> None:
    limit = [5]
    field = bound(models.IntegerField(validators=[validators.MinValueValidator(lambda: limit[0])]))
    schema = schema_for(field)
    assert json_schema(schema)["minimum"] == SAFE["IntegerField"][0]
    assert schema.model_validate({"value": 5}).model_dump() == {"value": 5}
    limit[0] = 6
    with pytest.raises(ValidationError) as refused:
        schema.model_validate({"value": 5})
    assert refused.value.errors()[0]["type"] == "min_value"
    assert "6" in refused.value.errors()[0]["msg"]


def test_decimals_have_their_digits() -> None:
    field = accessors(Numbers)["decimal"].source
    assert _accepts(field, "999999.99")
    assert [error["type"] for error in _errors(field, "1.999")] == ["decimal_max_places"]
    assert not _accepts(field, "1000000")
    number, text = json_schema(schema_for(field))["anyOf"]
    assert (number["exclusiveMinimum"], number["exclusiveMaximum"]) == (-1000000, 1000000)
    assert text["format"] == "decimal"
    for given in ("999999.99", "-0.5", "12", ".5"):
        assert re.search(text["pattern"], given)
        assert _accepts(field, given)
    for given in ("1000000", "1.999", "lion"):
        assert not re.search(text["pattern"], given)
        assert not _accepts(field, given)
    priced = accessors(Numbers)["priced"].source
    assert not _accepts(priced, "0")
    assert _accepts(priced, "0.01")
    assert json_schema(schema_for(priced))["anyOf"][0]["minimum"] == 0.01


def test_steps() -> None:
    stepped = accessors(Numbers)["stepped"].source
    assert json_schema(schema_for(stepped))["multipleOf"] == 5
    assert [error["type"] for error in _errors(stepped, 7)] == ["multiple_of"]
    halves = bound(models.DecimalField(max_digits=5, decimal_places=1, validators=[validators.StepValueValidator(0.1)]))
    assert _accepts(halves, Decimal("0.3"))
    both = bound(models.IntegerField(validators=[validators.StepValueValidator(2), validators.StepValueValidator(3)]))
    assert [_accepts(both, value) for value in (2, 3, 6, 12)] == [False, False, True, True]


def test_a_step_with_an_offset_is_left_to_django() -> None:
    if django.VERSION < (5, 0):
        with pytest.raises(TypeError):
            validators.StepValueValidator(5, offset=2)
        return
    field = bound(models.IntegerField(validators=[validators.StepValueValidator(5, offset=2)]))
    assert [_accepts(field, value) for value in (0, 2, 5, 7)] == [False, True, False, True]
    assert "multipleOf" not in json_schema(schema_for(field))


def test_lengths() -> None:
    short = accessors(Texts)["short"].source
    document = json_schema(schema_for(short))
    assert (document["minLength"], document["maxLength"]) == (3, 10)
    assert [error["type"] for error in _errors(short, "ab")] == ["string_too_short"]
    assert [error["type"] for error in _errors(short, "a" * 11)] == ["string_too_long"]
    tight = bound(models.CharField(max_length=10, validators=[validators.MaxLengthValidator(4)]))
    assert json_schema(schema_for(tight))["maxLength"] == 4
    assert json_schema(schema_for(bound(models.TextField(max_length=7))))["maxLength"] == 7
    binary = accessors(Others)["binary"].source
    assert not _accepts(binary, b"x" * 101)


def test_a_minimum_beside_a_blank_text_lets_the_blank_one_through() -> None:
    field = bound(models.CharField(max_length=10, blank=True, validators=[validators.MinLengthValidator(3)]))
    assert [_accepts(field, value) for value in ("", "ab", "abc")] == [True, False, True]
    assert "minLength" not in json_schema(schema_for(field))


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        (r"^[a-z]+\Z", "^[a-z]+$"),
        (r"\A\d{3}\Z", r"^\d{3}$"),
        (r"^(?P<year>\d{4})\Z", r"^(?<year>\d{4})$"),
        (r"^a$", r"^a\n?$"),
        (r"^(a$)", r"^(a\n?$)"),
        (r"^a$|^b$", r"^a\n?$|^b\n?$"),
        (r"^(?:a$|b)c?", r"^(?:a(?=\n?$)|b)c?"),
        (r"^[$]\$[^]$]*", r"^[$]\$[^]$]*"),
        (re.compile(r"^\d[\w.]\S\Z", re.ASCII), r"^[0-9][a-zA-Z0-9_.][^ \t\n\r\f\v]$"),
        (re.compile(r"\bx", re.ASCII), None),
        (r"\\Z", r"\\Z"),
        (re.compile(r"[A-Z]", re.IGNORECASE), None),
        (r"(?i)abc", None),
        (r"(?P<a>x)(?P=a)", None),
        (r"a++", None),
        (r"a{,3}", None),
    ],
)
def test_patterns_as_json_schema_writes_them(pattern: str | re.Pattern[str], written: str | None) -> None:
    assert json_pattern(validators.RegexValidator(pattern)) == written


@pytest.mark.parametrize("pattern", [
    "^[A-Z]+$", "a$", r"^(?P<year>\d+)$", r"^a$|^b$", r"^[$]\$$", r"^\d+\Z", r"\AA\Z", re.compile(r"^[\d-]+\D$", re.ASCII),
])  # fmt: skip
def test_other_dialects_match_what_python_matches(pattern: str | re.Pattern[str]) -> None:
    validator = validators.RegexValidator(pattern)
    rust = TypeAdapter(Annotated[str, Field(pattern=json_pattern(validator))])
    python = python_pattern(validator)
    assert python is not None
    for text in ("", "A", "AB", "a", "b", "1", "12", "1x", "１", "１x", "$$", "-", "12-x"):
        for given in (text, f"{text}\n", f"{text}\n\n", f"\n{text}", f"{text}a", f"{text}\r\n"):
            matched = bool(re.search(pattern, given))
            assert bool(re.search(python, given)) is matched
            assert _reads(rust, given) is matched, (pattern, given)


def _reads(adapter: TypeAdapter[str], given: str) -> bool:
    try:
        adapter.validate_python(given)
    except ValidationError:
        return False
    return True


def test_a_pattern_is_checked_as_python_does() -> None:
    upper = accessors(Texts)["upper"].source
    assert json_schema(schema_for(upper))["pattern"] == "^[A-Z]+$"
    assert _accepts(upper, "ABC")
    assert not _accepts(upper, "ABC\n")
    assert _errors(upper, "abc")[0]["loc"] == ("value",)
    behind = bound(models.CharField(max_length=9, validators=[validators.RegexValidator(r"(?<=a)b(?!c)")]))
    assert [_accepts(behind, value) for value in ("ab", "abc", "b")] == [True, False, False]
    both = bound(
        models.CharField(max_length=9, validators=[validators.RegexValidator("^a"), validators.RegexValidator("z$")])
    )
    assert [_accepts(both, value) for value in ("a", "z", "abz")] == [False, False, True]


def test_a_pattern_that_must_not_match_really_runs() -> None:
    field = accessors(Texts)["no_digits"].source
    assert [_accepts(field, value) for value in ("abc", "a1")] == [True, False]
    assert "pattern" not in json_schema(schema_for(field))


def test_a_blank_text_is_in_the_document_where_it_is_allowed() -> None:
    slug = bound(models.SlugField(blank=True))
    document = json_schema(schema_for(slug))
    assert [bool(re.search(document["pattern"], value)) for value in ("", "a-b", "a b")] == [True, True, False]
    mail, blank = json_schema(schema_for(bound(models.EmailField(blank=True))))["anyOf"]
    assert (mail["format"], mail["maxLength"], blank["const"]) == ("email", 254, "")
    assert json_schema(schema_for(accessors(Texts)["email"].source))["format"] == "email"
    assert json_schema(schema_for(bound(models.URLField())))["format"] == "uri"


def test_addresses_are_what_django_takes_and_stay_as_they_were_written() -> None:
    url = bound(models.URLField())
    assert schema_for(url).model_validate({"value": "https://example.com"}).model_dump() == {"value": "https://example.com"}
    assert not _accepts(url, "lion://example.com")
    mail = bound(models.EmailField())
    assert _accepts(mail, "somebody@localhost")
    assert not _accepts(mail, "somebody")
    ip4, ip6, ip = (accessors(Others)[name].source for name in ("ip4", "ip6", "ip"))
    assert [_accepts(ip4, value) for value in ("10.0.0.1", "::1")] == [True, False]
    assert [_accepts(ip6, value) for value in ("10.0.0.1", "::1")] == [False, True]
    assert [_accepts(ip, value) for value in ("10.0.0.1", "::1", "lion")] == [True, True, False]
    assert schema_for(ip).model_validate({"value": "::1"}).model_dump() == {"value": "::1"}
    assert json_schema(schema_for(ip4)) == {"format": "ipv4", "title": "ip4", "type": "string"}
    assert [part["format"] for part in json_schema(schema_for(ip), "serialization")["anyOf"]] == ["ipv4", "ipv6"]


def test_validators_of_the_project_run_and_give_errors_of_pydantic() -> None:
    short = accessors(Texts)["short"].source
    error = _errors(short, "dragon")[0]
    assert (error["type"], error["loc"], error["msg"]) == ("no_dragons", ("value",), "There are no {dragons} here.")
    every = bound(models.CharField(max_length=20, validators=[no_dragons, validators.RegexValidator("^x", "Begin with x.")]))
    assert _errors(every, "dragon")[0]["msg"] == "There are no {dragons} here. Begin with x."


def test_a_message_is_in_the_language_of_the_moment() -> None:
    def refuse(value: object) -> None:
        raise DjangoError(gettext_lazy("This field is required."), code="required")

    schema = schema_for(bound(models.IntegerField(validators=[refuse])))
    said: dict[str, str] = {}
    for language in ("en", "de"):
        with override(language), pytest.raises(ValidationError) as refused:
            schema.model_validate({"value": 1})
        said[language] = refused.value.errors()[0]["msg"]
    assert said["en"] == "This field is required."
    assert said["de"].startswith("Dieses Feld ")


def test_limits_of_dates_are_checked_by_django() -> None:
    day = accessors(Times)["not_before"].source
    assert [_accepts(day, value) for value in (date(2019, 12, 31), date(2020, 1, 1))] == [False, True]
    aware = datetime(2020, 1, 1, tzinfo=UTC)
    moment = bound(models.DateTimeField(validators=[validators.MinValueValidator(aware)]))
    assert _accepts(moment, aware + timedelta(days=1))
    assert not _accepts(moment, aware - timedelta(days=1))
    assert [_accepts(moment, datetime(year, 6, 1)) for year in (2019, 2021)] == [False, True]  # of the current zone


def test_a_validator_below_djangos_own_is_not_taken_for_it() -> None:
    class AboveZero(validators.MinValueValidator):
        def compare(self, a: Any, b: Any) -> bool:  # noqa: ANN401 - as Django has it
            return bool(a <= b)

    field = bound(models.PositiveIntegerField(validators=[AboveZero(5)]))
    assert [_accepts(field, value) for value in (5, 6)] == [False, True]
    assert json_schema(schema_for(field))["minimum"] == 0


def test_a_binary_is_base64_in_json_as_in_djangos_own_serializers() -> None:
    schema = schema_for(accessors(Others)["binary"].source)
    made = schema.model_validate_json('{"value": "/wA="}')
    assert made.model_dump() == {"value": b"\xff\x00"}
    assert made.model_dump_json() == '{"value":"/wA="}'
    assert schema.model_validate({"value": memoryview(b"ab")}).model_dump() == {"value": b"ab"}
    assert json_schema(schema)["contentEncoding"] == "base64"
    with pytest.raises(ValidationError):
        schema.model_validate_json('{"value": "not base64!"}')


def test_json_is_any_json_but_null_only_where_the_column_takes_it() -> None:
    for value in ("hello", 1, [1, {"a": None}], {}, False):
        assert _accepts(accessors(Others)["json"].source, value)
    assert not _accepts(accessors(Others)["json"].source, None)
    assert not _accepts(accessors(Others)["json"].source, object())
    assert _accepts(accessors(Others)["json_null"].source, None)


def test_every_shape_of_the_zoo_makes_a_valid_json_schema() -> None:
    from django.apps import apps

    count = 0
    for model in apps.get_app_config("models_zoo").get_models():
        for found in accessors(model).values():
            for strict in (False, True):
                schema = schema_for(found.source, strict_null=strict)
                json_schema(schema)
                json_schema(schema, "serialization")
                assert shape_of(found.source).required is schema.model_fields["value"].is_required()
                count += 1
    assert count > 200
