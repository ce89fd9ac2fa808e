"""The validator finds what protoc would refuse, in nodes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from specloom.builders.proto.nodes import (
    STRING,
    Declaration,
    Label,
    enum,
    enum_value,
    field,
    file,
    map_of,
    message,
    one_of,
    ref,
    rpc,
    service,
    symbol,
    unspecified,
)
from specloom.builders.proto.validator import validate

PATH, PACKAGE = "a/v1/messages.proto", "a.v1"
HERE = symbol("M", PACKAGE, PATH)
FINE = message("M", [field("a", STRING, key="a", number=1), one_of("value", [field("b", ref(HERE), key="b", number=2)])])


def value(name: str, number: int) -> Declaration:
    values = [enum_value(name, key="x", number=number), enum_value("E_A1", key="y", number=1)]
    return enum("E", [unspecified("E_UNSPECIFIED"), *values])


def numbered(*numbers: int | None) -> Declaration:
    return message("M", [field(f"f{n}", STRING, key=f"f{n}", number=number) for n, number in enumerate(numbers)])


BROKEN: dict[str, Sequence[Declaration]] = {
    "no-number": [numbered(None)],
    "number-out-of-range": [numbered(19_500)],
    "duplicate-number": [numbered(1, 1)],
    "duplicate-json-name": [message("M", [field("a_b", STRING, key="a", number=1), field("aB", STRING, key="b", number=2)])],
    "duplicate-name": [FINE, FINE],
    "duplicate-name: E": [value("E_A_1", 2)],
    "duplicate-name: E_B": [value("E_B", 2), enum("X", [unspecified("E_B")])],
    "unresolved-type": [message("M", [field("a", ref(symbol("Gone", PACKAGE, PATH)), key="a", number=1)])],
    "label-on-map": [message("M", [field("a", map_of(STRING), key="a", number=1, label=Label.OPTIONAL)])],
    "label-in-oneof": [message("M", [one_of("v", [field("a", map_of(STRING), key="a", number=1)])])],
    "empty-oneof": [message("M", [one_of("v", [])])],
    "no-zero-value": [enum("E", [enum_value("E_A", key="a", number=1)])],
    "not-a-name": [message("1st")],
    "unresolved-type: S": [service("S", [rpc("R", symbol("Gone", PACKAGE, PATH), HERE)]), FINE],
}


def test_what_is_fine_is_found_to_be() -> None:
    assert validate([file(PATH, PACKAGE, [FINE, value("E_B", 2), service("S", [rpc("R", HERE, HERE)])])]) == ()


@pytest.mark.parametrize("rule", BROKEN)
def test_each_broken_rule_is_found(rule: str) -> None:
    found = validate([file(PATH, PACKAGE, BROKEN[rule])])
    assert found
    assert all(d.code == "invalid-proto-nodes" for d in found)
    assert any(f": {rule}" in d.message for d in found), [d.message for d in found]


def test_files_do_not_import_each_other() -> None:
    other = symbol("N", "b.v1", "b/v1/messages.proto")
    files = [
        file(PATH, PACKAGE, [message("M", [field("a", ref(other), key="a", number=1)])]),
        file(other.file, "b.v1", [message("N", [field("a", ref(HERE), key="a", number=1)])]),
    ]
    assert any("circular-import" in d.message for d in validate(files))
