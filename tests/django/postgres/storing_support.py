"""Data for columns of PostgreSQL: such as a schema takes, and such as the database may refuse."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

EDGES: list[object] = [
    None, True, False, 0, 1, -1, *(sign * 2**bits + more for bits in (15, 31, 63, 64) for sign in (1, -1) for more in (-1, 0, 1)),
    10**40, 0.5, 1.5, -0.0, 1e308, float("nan"), float("inf"), "NaN", "Infinity", "-Infinity", "sNaN",
    Decimal("999.99"), Decimal("999.995"), Decimal("1000"), Decimal("1E+2"), Decimal("1E-2"), Decimal("-0"), Decimal("0E-9"),
    Decimal("NaN"), "", "a", "a\0", "\0", "\ud800", "é", "\U0001f600", "abcdef", "a b", " ", "a\n", "{}", "{a,b}", "null", "NULL",
    "\\", '"', "'", "red", "blue", "green", "a@b.de", "a@b.de\0", "http://b.de/\0", "http://b.de", "2020-01-01T12:00",
    "2020-01-01T12:00:00.1234567Z", "2020-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999999-14:00", "12:00",
    "12:00Z", "12:00:00+02:00", "24:00", "P1D", "-P1DT0.000001S", 10**14, -(10**14), timedelta.max, timedelta.min, date.min,
    date.max, datetime.min, datetime.max, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC),
    datetime(2020, 3, 8, 2, 30), datetime(2020, 11, 1, 1, 30), time.max, time(1, tzinfo=UTC), uuid.UUID(int=0), "1.2.3.4",
    "::1", "::ffff:1.2.3.4", "fe80::1%eth0", "fe80::1%1", "1.2.3.4/8", 5, b"", b"\0\xff", b"1234567", bytearray(b"1"), "AAA=",
    [], [None], [[]], [[], []], [[1], [1, 2]], [[1], []], [[1, 2], [3, 4]], [None, [1]], [[[]]], [[["a"]], [["b", "c"]]],
    [[["a"], ["b"]]], [[["a"]], [["b"]]], [["a"], "b"], ["a", None], [1, None], ["a\0"], [2**31], ["red", "red"], ["red", "x"],
    [2, 1], [float("nan")], {}, {"a": "b"}, {"a": None}, {"": ""}, {"a\0": "b"}, {"a": "b\0"}, {"a": 1}, {"a": {"b": ["\0"]}},
    {"a": float("nan")}, {"a": [float("inf")]}, {"\ud800": 1}, {"a": "\ud800"}, {"a": 2**70, "b": 0.1}, {1: 2}, [1.5, "x", None],
]  # fmt: skip
"""What somewhere is at, or beyond, what is allowed."""

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12, minutes=-30))])
TEXTS = st.text(max_size=9)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(-(2.0**53), 2.0**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
ITEMS = st.one_of(
    TEXTS, st.integers(-(2**32), 2**32), st.decimals(places=1, min_value=-200, max_value=2000), st.datetimes(timezones=ZONES),
    st.dates(), st.uuids(), st.sampled_from(["red", "blue", None]),
)  # fmt: skip
ENDS = st.one_of(
    st.none(), st.integers(-3, 3), st.integers(-(2**63), 2**63), st.sampled_from([2**31 - 1, 2**31 - 2, -(2**31)]),
    st.decimals(allow_nan=False, allow_infinity=False), st.dates(), st.sampled_from([date.max, date.min]), st.datetimes(),
    st.datetimes(timezones=ZONES),
)  # fmt: skip
RANGES = st.one_of(
    st.fixed_dictionaries(
        {"lower": ends, "upper": ends}, optional={"bounds": st.sampled_from(["[]", "[)", "(]", "()"]), "empty": st.booleans()}
    ) | st.tuples(ends, ends)
    for ends in (
        ENDS, st.integers(-3, 3) | st.none(), *(st.integers(2**bits - 3, 2**bits) | st.none() for bits in (31, 63)),
        st.dates() | st.none(), st.dates(date(9999, 12, 29)), st.datetimes(timezones=ZONES) | st.none(), st.datetimes(),
        st.decimals(allow_nan=False, allow_infinity=False, places=2) | st.none(),
    )
)  # fmt: skip


def lists(depth: int) -> st.SearchStrategy[Any]:
    """Lists of the same kind of thing, some of the same length."""
    inner: st.SearchStrategy[Any] = st.one_of(st.lists(each, max_size=3) for each in (
        TEXTS, st.integers(-5, 5), st.sampled_from(["red", "blue"]), st.datetimes(), st.datetimes(timezones=ZONES), st.uuids(),
        st.decimals(places=1, min_value=-200, max_value=2000), st.integers(-5, 5) | st.none(), ITEMS,
    ))  # fmt: skip
    for _ in range(depth - 1):
        inner = st.integers(0, 3).flatmap(lambda size, one=inner: st.lists(one) | one.map(lambda item: [item] * size))
    return inner


VALUES: st.SearchStrategy[object] = st.one_of(
    st.sampled_from(EDGES), TEXTS, JSON, RANGES, lists(1), lists(2), lists(3), st.integers(), st.floats(),
    st.integers(-40000, 40000), st.decimals(places=2, min_value=-1100, max_value=1100), st.decimals(), st.booleans(), st.dates(),
    st.datetimes(), st.datetimes(timezones=ZONES), st.times(), st.times(timezones=ZONES), st.timedeltas(), st.uuids(),
    st.binary(max_size=8), st.ip_addresses(), st.dictionaries(TEXTS, TEXTS | st.none(), max_size=3),
    st.builds(str, st.ip_addresses()), st.emails(),
)  # fmt: skip

