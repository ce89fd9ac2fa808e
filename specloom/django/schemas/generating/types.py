"""IR types as annotations that check what the schema of a model checks: closed enumerations, decimals, addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from specloom.builders.python.constraints import scalar_constraints
from specloom.builders.python.nodes import Expression, Symbol, call, constant, ref, string, subscript
from specloom.builders.python.types import DICT, STR, TypeMapper, annotated_with
from specloom.ir.types import Constraints, IRType, MapType, Number, ScalarType, UnionType, replace, union

from .shared import FINITE, JSON_VALUE, Shared

DECIMAL = ref(Symbol("decimal", "Decimal"))
OVERRIDES = (
    ("ipv4", Symbol("ipaddress", "IPv4Address")),
    ("ipv6", Symbol("ipaddress", "IPv6Address")),
)
"""Formats that a client takes as texts, and a schema does not."""

_DIGITS = re.compile(r"\\d\{0,(\d+)\}\(\?:\\\.\\d\{0,(\d+)\}")
"""How many digits stand before and after the point, in the pattern of a decimal that is a text."""


@dataclass(frozen=True, slots=True)
class SchemaTypes(TypeMapper):
    """The annotations of schemas."""

    shared: Shared = field(default_factory=lambda: Shared(()))
    checks: frozenset[str] = frozenset()
    """What the field at hand checks besides its type."""

    def model(self, type: IRType) -> Expression:
        """The annotation of a field, constraints included: decimals with their digits and bounds, integers by their columns."""
        if isinstance(type, ScalarType) and is_decimal(type):
            return annotated_with(DECIMAL, _decimal_arguments(type))
        if isinstance(type, ScalarType) and (found := self._column(type)) is not None:
            return found
        if isinstance(type, MapType) and type == MapType(values=type.values) and "storable_text" in self.checks:
            return subscript(DICT, self.shared.text(), self.model(type.values))
        # A dataclass with slots is made anew, where super() without arguments is lost.
        return super(SchemaTypes, self).model(type)

    def symbol(self, name: str) -> Expression:
        """A schema's class or alias; JSON as its column holds it."""
        if self.names.schemas[name] == JSON_VALUE and "storable_json" in self.checks:
            return self.shared.json(null=True, storable=True)
        return super(SchemaTypes, self).symbol(name)

    def _column(self, type: ScalarType) -> Expression | None:
        """The type of what a column holds; ``None`` where Python's own says the same."""
        if type.type == "integer":
            return self.shared.integer(type.constraints)
        constraints = {name: constant(value) for name, value in scalar_constraints(type).items()}
        if type.type == "number" and "finite" in self.checks:
            return annotated_with(FINITE, constraints)
        if type.type == "string" and type.format == "time" and "Zoneless" in self.checks:
            return self.shared.time()
        if type.type == "string" and "storable_text" in self.checks and self.scalar(type).type is STR:
            return annotated_with(self.shared.text(), constraints)
        return None


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
