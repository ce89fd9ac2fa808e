"""IR types as annotations that check what the schema of a model checks: closed enumerations, decimals, addresses."""

from __future__ import annotations

import re
from decimal import Decimal

from specloom.builders.python.nodes import (
    TRUE,
    Expression,
    Symbol,
    attribute,
    call,
    constant,
    dict_,
    ref,
    string,
    subscript,
)
from specloom.builders.python.types import ANNOTATED, BYTES, STR, TypeMapper, annotated_with
from specloom.ir.types import Constraints, IRType, Number, ScalarType, UnionType, replace, union

DECIMAL = ref(Symbol("decimal", "Decimal"))
OVERRIDES = (
    ("ipv4", Symbol("ipaddress", "IPv4Address")),
    ("ipv6", Symbol("ipaddress", "IPv6Address")),
)
"""Formats that a client takes as texts, and a schema does not."""

_DIGITS = re.compile(r"\\d\{0,(\d+)\}\(\?:\\\.\\d\{0,(\d+)\}")
"""How many digits stand before and after the point, in the pattern of a decimal that is a text."""


def base64_type() -> Expression:
    """Bytes that come and go as a text in base64 (RFC 4648 §4), whose alphabet is looked at, as the schema of a model does."""
    validator, serializer = ref(Symbol("pydantic", "BeforeValidator")), ref(Symbol("pydantic", "PlainSerializer"))
    decode = call(ref(Symbol("functools", "partial")), ref(Symbol("base64", "b64decode")), validate=TRUE)
    text = attribute(call(ref(Symbol("pydantic", "TypeAdapter")), STR), "validate_python")
    encode = call(serializer, ref(Symbol("base64", "b64encode")), return_type=BYTES, when_used=string("json"))
    schema = dict_([(string("type"), string("string")), (string("format"), string("byte"))])
    said = call(ref(Symbol("pydantic", "WithJsonSchema")), schema)
    return subscript(ANNOTATED, BYTES, call(validator, decode), call(validator, text), encode, said)


class SchemaTypes(TypeMapper):
    """The annotations of schemas."""

    def model(self, type: IRType) -> Expression:
        """The annotation of a field, constraints included: decimals with their digits and bounds."""
        if isinstance(type, ScalarType) and is_decimal(type):
            return annotated_with(DECIMAL, _decimal_arguments(type))
        return super().model(type)


def with_decimals(type: IRType) -> IRType:
    """The type, where a decimal that comes as a number or as a text is one type with the constraints of both."""
    return replace(type, _joined)


def is_decimal(type: IRType) -> bool:
    """Whether a type is the text of a decimal."""
    return isinstance(type, ScalarType) and type.type == "string" and type.format == "decimal"


def _joined(type: IRType) -> IRType:
    if not isinstance(type, UnionType):
        return type
    texts = [part for part in type.members if isinstance(part, ScalarType) and is_decimal(part)]
    numbers = [part for part in type.members if isinstance(part, ScalarType) and part.type == "number"]
    if len(texts) != 1 or len(numbers) != 1:
        return type
    pattern = texts[0].constraints.pattern
    constraints = numbers[0].constraints.model_copy(update={"pattern": pattern})
    whole = texts[0].model_copy(update={"constraints": constraints})
    return union(whole if part is texts[0] else part for part in type.members if part is not numbers[0])


def _decimal_arguments(type: ScalarType) -> dict[str, Expression]:
    given = type.constraints
    found: dict[str, Expression] = {}
    digits = _DIGITS.search(given.pattern or "")
    limit = None
    if digits is not None:
        whole, places = int(digits[1]), int(digits[2])
        found |= {"max_digits": constant(whole + places), "decimal_places": constant(places)}
        limit = 10**whole
    for name, value in _bounds(given):
        if value is not None and not (limit is not None and name in ("gt", "lt") and abs(value) == limit):
            found[name] = _exactly(value)
    return found


def _bounds(given: Constraints) -> tuple[tuple[str, Number | None], ...]:
    return (
        ("ge", given.minimum), ("gt", given.exclusive_minimum), ("le", given.maximum), ("lt", given.exclusive_maximum),
        ("multiple_of", given.multiple_of),
    )  # fmt: skip


def _exactly(value: Number) -> Expression:
    if isinstance(value, int) or value.is_integer():
        return constant(int(value))
    return call(DECIMAL, string(str(Decimal(repr(value)))))
