"""Inputs that try a schema, and what two schemas make of the same input: which fields they refuse, and what they read."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError

from specloom.django.schemas.building.resolved import nested_schemas, schemas_in
from specloom.django.schemas.generating.facts import json_name
from specloom.ir.diagnostics import Diagnostic

ODD: tuple[object, ...] = (
    None, True, False, 0, 1, -1, 2, 3, 7, 10, 100, 255, 256, 32767, 32768, -32769, 2**31 - 1, 2**31, -(2**31) - 1, 2**53 + 1,
    2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 10**30, 10**400, 0.0, -0.0, 0.5, 1.0, 1.5, 0.01, 0.001, -1.25, 99999.999, 1e16,
    1e22,
    1e300, 5e-324, float("nan"), float("inf"), float("-inf"),
    "", " ", "a", "abc", "A", "ABC", "A\n", "\n", "a\x00b", "\x00", "\ud800", "a\udfff", "é", "e\u0301", "１２", "١٢", "\u2028",
    "😀", "\ufeffa", "a b", "a-b", "-", "true", "True", "on", "off", "yes", "no", "t", "0", "1", "-1", "+1", " 1 ", "1.5",
    "1.50", "2.5000",
    "1.", ".5", "1e3", "1E-3", "0x10", "1_000", "_1", "NaN", "nan", "Infinity", "-inf", "123456.78", "9" * 40, "0" * 30 + "1",
    "null", "None", "{}", "[]", "undefined", "a@b.de", "a@b.de\n", "A@B", "@", "http://x.de", "http://x.de/ü?a=b#c",
    "ftp://x", "//x",
    "javascript:alert(1)", "/etc", "../x", "x.png", "a/b.png", "2020-01-01", "2020-1-1", "2019-12-31", "2020-13-01", "2020-02-30",
    "0000-01-01", "9999-12-31", "10000-01-01", "2020-01-01T00:00:00", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00z",
    "2020-01-01 12:00", "2020-01-01t12:00:00+05:30", "2020-01-01T12:00:00-23:59", "2020-01-01T12:00:00+24:00",
    "2020-01-01T24:00:00", "2020-01-01T23:59:60Z", "2020-01-01T12:00:00.123456789Z", "2020-01-01T12:00:00,5Z", "20200101",
    "20200101T120000Z", "2020-W01-1", "1577836800", 1577836800, 1577836800000, 1577836800.5, -62135596800, 253402300800,
    "12:00", "12", "12:00:00", "12:00:00.000001", "12:00:00Z", "12:00+01:00", "25:00", "24:00", "12:60", "1200", 43200, 86400,
    86399.5,
    "P1D", "P1W", "P1Y", "P1M", "PT1H", "PT1.5S", "-P1D", "P", "1 00:00:00", "1 day, 0:00:00", "00:00:01", "-1 day",
    "100:00:00", 1e9,
    "P999999999D", "P9999999999D", "12345678-1234-5678-1234-567812345678", "12345678123456781234567812345678",
    "{12345678-1234-5678-1234-567812345678}", "urn:uuid:12345678-1234-5678-1234-567812345678",
    "12345678-1234-5678-1234-56781234567g",
    "00000000-0000-0000-0000-000000000000", "12345678-1234-5678-1234-567812345678\n", "127.0.0.1", "256.0.0.1", "127.1",
    "1.2.3.4\n",
    "01.2.3.4", "::1", "::ffff:1.2.3.4", "::g", "fe80::1%eth0", "1.2.3.4/32", 2130706433, "AAAA", "AAA", "AA==", "AA AA", "AA-_",
    "AA==\n", "A" * 136, "A" * 140, *("x" * n for n in (2, 3, 5, 10, 11, 12, 13, 20, 21, 25, 26, 30, 31, 32, 33, 40, 41, 44,
    45, 50, 51)),
    *("x" * n for n in (60, 61, 64, 65, 80, 81, 100, 101, 120, 121, 128, 129, 150, 151, 200, 201, 254, 255, 256, 500, 501, 2001)),
    [], [1], ["a"], [None], [2**63], [[]], [1, 1], ["1", "2"], [{"id": 1}], [{}], {}, {"a": None}, {"id": 1}, {"pk": 1},
    {"id": None},
    {"": ""}, {"a": {"b": [1, {"c": None}]}}, {"a": "\x00"}, {"a": 1e400}, {"\ud800": 1},
)  # fmt: skip
"""Values of every kind, for any field."""


JSONSchema: TypeAlias = Any
"""Plain data."""


class Maker:
    """Makes values that a JSON Schema accepts, and damages them."""

    def __init__(self, source: random.Random, document: Mapping[str, Any]) -> None:
        self.random = source
        self.schemas: Mapping[str, Any] = document["components"]["schemas"]

    def input(self, name: str, damage: int) -> dict[str, object]:
        """An object of a schema with so many fields damaged."""
        made = self.object(self.schemas[name], 0)
        keys = [*self.schemas[name].get("properties", {})]
        for _ in range(damage):
            choice = self.random.random()
            key = self.random.choice(keys) if keys else "a"
            if choice < 0.1:
                made.pop(key, None)
            elif choice < 0.2:
                made[self.random.choice([*_EXTRA, key.upper(), f" {key}"])] = self.odd()
            elif choice < 0.4 and isinstance(made.get(key), dict | list):
                made[key] = self.damaged(made[key])
            else:
                made[key] = self.odd()
        return made

    def odd(self) -> object:
        """Any value."""
        choice = self.random.random()
        if choice < 0.9:
            return self.random.choice(ODD)
        if choice < 0.95:
            return "".join(self.random.choice("aZ0 -_.:+\n\t\x00é\ud83d漢") for _ in range(self.random.randrange(1, 60)))
        number = self.random.uniform(-1e6, 1e6)
        return self.random.choice([number, int(number) * 10**6, [self.odd()], {"a": self.odd()}])

    def damaged(self, value: JSONSchema) -> object:
        """A list or an object with something odd inside."""
        if isinstance(value, list):
            at = self.random.randrange(len(value) + 1)
            inside = self.damaged(value[at]) if at < len(value) and isinstance(value[at], dict | list) else self.odd()
            return [*value[:at], inside, *value[at + 1 :]]
        keys = [*value] or ["a"]
        key = self.random.choice(keys)
        inner = value.get(key)
        return {**value, key: self.damaged(inner) if isinstance(inner, dict | list) else self.odd()}

    def value(self, schema: JSONSchema, depth: int) -> object:
        """A value that is valid, but for patterns."""
        if "$ref" in schema:
            return self.value(self.schemas[schema["$ref"].rpartition("/")[2]], depth + 1)
        for word in ("anyOf", "oneOf"):
            if word in schema:
                parts = schema[word]
                plain = [part for part in parts if part.get("type") in ("null", "array")] if depth > 2 else []
                return self.value(self.random.choice(plain or parts), depth)
        if "allOf" in schema:
            return self.value(schema["allOf"][0], depth)
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        if "const" in schema:
            return schema["const"]
        makers: Mapping[str, Callable[[Any, int], object]] = {
            "null": lambda *_: None, "boolean": lambda *_: self.random.random() < 0.5, "integer": self.integer,
            "number": self.number, "string": self.string, "array": self.array, "object": self.object,
        }  # fmt: skip
        if "type" not in schema:
            return self.random.choice([0, "a", [1], {"a": [None, 1.5]}, True])
        return makers[schema["type"]](schema, depth)

    def object(self, schema: JSONSchema, depth: int) -> dict[str, object]:
        required = schema.get("required", ())
        made = {
            key: self.value(each, depth)
            for key, each in schema.get("properties", {}).items()
            if key in required or (self.random.random() < 0.7 and depth < 4)
        }
        if schema.get("additionalProperties") is True or not made:
            return made or {"a": 1}
        return made

    def array(self, schema: JSONSchema, depth: int) -> list[object]:
        if "prefixItems" in schema:
            return [self.value(each, depth + 1) for each in schema["prefixItems"]]
        count = self.random.randrange(schema.get("minItems", 0), min(schema.get("maxItems", 3), 3) + 1) if depth < 3 else 0
        return [self.value(schema.get("items", {}), depth + 1) for _ in range(count)]

    def integer(self, schema: JSONSchema, _: int) -> object:
        low, high = schema.get("minimum", -(10**6)), schema.get("maximum", 10**6)
        step = schema.get("multipleOf", 1)
        some, small = self.random.randint(low, high), max(low, min(high, self.random.randint(-5, 5)))
        return self.random.choice([low, high, some // step * step, small // step * step])

    def number(self, schema: JSONSchema, _: int) -> object:
        low = schema.get("minimum", schema.get("exclusiveMinimum", -1000))
        high = schema.get("maximum", schema.get("exclusiveMaximum", 1000))
        return self.random.choice([low, high, round(self.random.uniform(low, high), self.random.randrange(4)), int(max(low, 1))])

    def string(self, schema: JSONSchema, _: int) -> object:
        made = _FORMATS.get(schema.get("format"))
        if made is not None:
            return self.random.choice(made)
        if "pattern" in schema and self.random.random() < 0.8:
            return self.random.choice(_PATTERNED)
        least, most = schema.get("minLength", 0), min(schema.get("maxLength", 3000), 3000)
        length = self.random.choice([least, min(most, least + 5), most])
        return "".join(self.random.choice("abcXYZ019 -_.é") for _ in range(length))


_EXTRA = ("extra", "model_config", "config", "__class__", "pk", "id", "")
_FORMATS: Mapping[object, tuple[str, ...]] = {
    "date-time": ("2024-05-06T07:08:09Z", "2024-05-06T07:08:09.25+02:00", "2024-05-06T07:08:09", "2024-05-06 07:08"),
    "date": ("2024-05-06", "1999-12-31", "2019-12-31"), "time": ("07:08:09", "07:08", "07:08:09.5"),
    "duration": ("P1DT2H", "PT0.5S", "-P3D", "3 04:05:06"),
    "uuid": ("12345678-1234-5678-1234-567812345678", "ABCDEF78-1234-5678-1234-567812345678"),
    "decimal": ("0", "1.5", "12.34", "0.10", "99.99", "-1", "1000", "1234567.89", "7.123456"),
    "byte": ("", "AAAA", "AA==", "/+8="), "ipv4": ("127.0.0.1", "10.0.0.255"), "ipv6": ("::1", "2001:db8::1", "::ffff:1.2.3.4"),
    "email": ("a@b.de", "somebody@example.com", ""), "uri": ("https://example.com/x", "http://localhost:8000/", ""),
}  # fmt: skip
_PATTERNED = (
    "abc", "ABC", "A-1", "a-b_c", "123", "1,2,3", "+49 30 1234", "deadbeef", "x_1", "ABC-123", "12345", "1,2\n", "abc\n", "é",
    "4242", "12/29",
)  # fmt: skip


def as_json(value: object) -> str:
    """JSON with all that Python's reader takes besides: NaN, infinities, halves of surrogate pairs."""
    return json.dumps(value)


def outcome(schema: type[BaseModel], data: object, *, text: bool) -> tuple[frozenset[str], dict[str, Any] | None]:
    """The fields that a schema refuses (``*`` for the whole), and what it writes of what it read."""
    try:
        read = schema.model_validate_json(as_json(data)) if text else schema.model_validate(data)
    except ValidationError as error:
        return frozenset(str(each["loc"][0]) if each["loc"] else "*" for each in error.errors(include_url=False)), None
    try:
        return frozenset(), json.loads(read.model_dump_json(by_alias=True))
    except Exception as error:  # what cannot be written is one outcome too
        return frozenset(), {"*": type(error).__name__}


def differences(
    running: type[BaseModel], made: type[BaseModel], data: object, unknown: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """The fields of which the two do not say the same, with what it is; ``unknown`` fields are not compared where left out."""
    for text in (True, False):
        how = "JSON" if text else "data"
        refused, read = outcome(running, data, text=text)
        other, again = outcome(made, data, text=text)
        for field in sorted(refused - other):
            yield field, f"{how}: only the running schema refuses it"
        for field in sorted(other - refused):
            yield field, f"{how}: only the generated schema refuses it"
        if read is not None and again is not None:
            for field in sorted(read.keys() | again.keys()):
                left_out = isinstance(data, dict) and field in unknown and field not in data
                if not left_out and not _same(read.get(field, _NOTHING), again.get(field, _NOTHING)):
                    yield field, f"{how}: read as {read.get(field, _NOTHING)!r:.80} and as {again.get(field, _NOTHING)!r:.80}"


_NOTHING = "nothing at all"


def _same(one: object, other: object) -> bool:
    """Whether two values of JSON are one; 72 and 72.0 are one decimal, which depends on how pydantic came to read it."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(value, other[key]) for key, value in one.items())
    if isinstance(one, str) and isinstance(other, str) and one != other:
        try:
            return Decimal(one) == Decimal(other)
        except InvalidOperation:
            return False
    return one == other


def unknown_defaults(schema: type[BaseModel]) -> frozenset[str]:
    """The fields whose defaults a function makes: it may make another one each time."""
    return frozenset(json_name(name, info) for name, info in schema.model_fields.items() if info.default_factory is not None)


def untold(
    running: type[BaseModel], made: type[BaseModel], data: object, told: Iterable[Diagnostic], unknown: frozenset[str]
) -> list[tuple[str, str]]:
    """The differences that no diagnostic tells of."""
    told = list(told)
    found = differences(running, made, data, unknown)
    return [(field, what) for field, what in found if not _is_told(running, field, what, told)]


def _is_told(running: type[BaseModel], field: str, what: str, told: Iterable[Diagnostic]) -> bool:
    """Whether a diagnostic speaks of the field, or of one of the schemas nested in it, and of such a difference."""
    name = next((name for name, info in running.model_fields.items() if json_name(name, info) == field), field)
    inner = [nested for found in schemas_in(running.model_fields[name].annotation) for nested in nested_schemas(found)]
    for each in told:
        match each.code:
            case "validator-not-carried" if "only the running schema refuses" in what:
                where = each.message.partition(" is not checked")[0]
                if where == f"{running.__name__}.{name}" or where.partition(".")[0] in [one.__name__ for one in inner]:
                    return True
            case "key-not-read-from-object" if "only the generated schema refuses" in what:
                where, _, fields = each.message.partition(": ")
                if (where == running.__name__ and name in fields.rpartition(": ")[2].split(", ")) or where in [
                    one.__name__ for one in inner
                ]:
                    return True
            case "range-as-written":
                if each.message.partition(": ")[0] == f"{running.__name__}.{name}":
                    return True
            case "zone-not-carried":
                if "read as" in what and "T" in what:
                    return True
            case _:
                pass
    return False
