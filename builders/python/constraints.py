"""What a document asks of a value: what pydantic can check of it, and what is only said in a diagnostic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from math import ceil, floor, isfinite
from typing import TypeAlias, assert_never

from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.schemas import IRAliasSchema, IREnumSchema, IRObjectSchema, IRSchema, IRUnionSchema
from specloom.ir.types import (
    NO_CONSTRAINTS,
    AnyType,
    ArrayType,
    Constraints,
    IRType,
    LiteralType,
    MapType,
    NeverType,
    Number,
    ReferenceType,
    ScalarType,
    TupleType,
    UnionType,
    UploadType,
    replace,
)

Constraint: TypeAlias = "str | int | float"
_MOST_OPTIONAL = 4


def lengths(least: int | None, most: int | None) -> dict[str, Constraint]:
    """``min_length`` and ``max_length``, those that say something."""
    found: dict[str, Constraint] = {}
    if least is not None and least > 0:
        found["min_length"] = least
    if most is not None and most >= 0:
        found["max_length"] = most
    return found


def scalar_constraints(type: ScalarType) -> dict[str, Constraint]:
    """The constraints of a scalar as arguments of pydantic's ``Field``: only those that pydantic can check on it."""
    given = type.constraints
    if type.type == "string":
        found = lengths(given.min_length, given.max_length)
        if given.pattern is not None and is_python_pattern(given.pattern):
            found["pattern"] = given.pattern
        return found
    if type.type == "boolean":
        return {}
    return _bounds(given, whole=type.type == "integer")


def _bounds(given: Constraints, *, whole: bool) -> dict[str, Constraint]:
    found: dict[str, Constraint] = {}
    for name, value, rounded in (
        ("ge", given.minimum, ceil),
        ("gt", given.exclusive_minimum, floor),
        ("le", given.maximum, floor),
        ("lt", given.exclusive_maximum, ceil),
    ):
        if value is not None and isfinite(value):
            found[name] = rounded(value) if whole else _shortest(value)
    step = given.multiple_of
    if step is not None and _is_step(step, whole=whole):
        found["multiple_of"] = _shortest(step)
    return found


def _is_step(step: Number, *, whole: bool) -> bool:
    return isfinite(step) and step > 0 and not (whole and isinstance(step, float) and not step.is_integer())


def _shortest(value: Number) -> Number:
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


def tuple_lengths(type: TupleType) -> range | None:
    """How many values a tuple may have, where Python can list them: none may follow, and few may be left out."""
    most = len(type.items)
    least = min(type.min_items, most)
    if not most or not isinstance(type.rest, NeverType) or most - least > _MOST_OPTIONAL:
        return None
    return range(least, most + 1)


# --- patterns


@lru_cache(maxsize=4_096)
def is_python_pattern(pattern: str) -> bool:
    """Whether an ECMA-262 pattern means the same to Python's ``re``.

    What ``re`` refuses (``\\p{L}``, ``(?<name>``, ``\\cX``), and what it would read in another way (``[^]``, possessive
    quantifiers, nested sets), is not carried over. ``\\Z`` is kept: who writes it means what Python means by it.
    """
    if _OTHERWISE.search(pattern):
        return False
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError, Warning):
        return False
    return True


@lru_cache(maxsize=4_096)
def is_rust_pattern(pattern: str) -> bool:
    """Whether pydantic's own engine, Rust's ``regex``, which cannot look around, takes a pattern."""
    from pydantic_core import SchemaError, SchemaValidator, core_schema

    try:
        SchemaValidator(core_schema.str_schema(pattern=pattern))
    except SchemaError:
        return False
    return True


_OTHERWISE = re.compile(r"\[\^?\]|\\[zaGQE]|[*+?}]\+|\(\?[#aiLmsux(>P]|\[\[|--|&&|\|\||~~|\\N")


def standalone(type: IRType) -> IRType:
    """``type`` less the patterns that pydantic only knows inside a model, where Python's own engine matches them."""

    def without_pattern(part: IRType) -> IRType:
        if isinstance(part, MapType) and part.key_pattern is not None and not is_rust_pattern(part.key_pattern):
            return part.model_copy(update={"key_pattern": None})
        if not isinstance(part, ScalarType) or part.constraints.pattern is None or is_rust_pattern(part.constraints.pattern):
            return part
        return part.model_copy(update={"constraints": part.constraints.model_copy(update={"pattern": None})})

    return replace(type, without_pattern)


# --- what is not checked

_IsConstrained: TypeAlias = Callable[[ScalarType], bool]


def unchecked(schema: IRSchema, *, is_root: bool, is_constrained: _IsConstrained) -> Iterator[Diagnostic]:
    """Says what a schema asks for and its Python class or alias does not check, each thing once.

    ``is_root``: an object without fields is a map with a root, whose size is checked. ``is_constrained``: whether the Python
    type of a scalar takes constraints.
    """
    found: dict[str, dict[str, None]] = {}
    for where, type, alone in _places(schema, is_root=is_root):
        for what in _losses(type, alone, is_constrained):
            found.setdefault(what, {})[where] = None
    if isinstance(schema, IRObjectSchema) and not is_root and _is_sized(schema.min_properties, schema.max_properties):
        found["the number of properties"] = {}
    for what, places in found.items():
        named = ", ".join(repr(place) for place in places if place)
        yield Diagnostic(
            code="constraint-not-checked",
            severity=Severity.INFO,
            message=f"the Python model does not check {what}" + (f", in {named}" if named else ""),
            pointer=schema.pointer,
        )


def _places(schema: IRSchema, *, is_root: bool) -> Iterator[tuple[str, IRType, bool]]:
    """The types in a schema: of which property (``""``: of none), and whether they stand outside of a model."""
    match schema:
        case IRObjectSchema(properties=properties, additional=additional):
            for prop in properties:
                yield prop.name, prop.type, False
            if additional is not None:
                yield "", additional, is_root
        case IREnumSchema():
            pass
        case IRUnionSchema(members=members):
            for member in members:
                yield "", member, True
        case IRAliasSchema(type=type):
            yield "", type, True
        case _:
            assert_never(schema)


def _losses(type: IRType, alone: bool, is_constrained: _IsConstrained) -> Iterator[str]:
    match type:
        case ReferenceType() | LiteralType() | AnyType() | NeverType() | UploadType():
            pass
        case ScalarType(constraints=constraints):
            if constraints is not NO_CONSTRAINTS and constraints != NO_CONSTRAINTS:
                yield from _scalar_losses(type, alone, is_constrained)
        case ArrayType(items=items, unique_items=unique):
            if unique:
                yield "that the items differ (uniqueItems)"
            yield from _losses(items, alone, is_constrained)
        case MapType(values=values, key_pattern=pattern):
            if pattern is not None:
                yield from _pattern_loss(pattern, alone, "of keys ")
            yield from _losses(values, alone, is_constrained)
        case TupleType(items=items, rest=rest):
            if items and tuple_lengths(type) is None:
                yield "which type stands at which position of a tuple that is open or of many lengths"
            for item in (*items, rest):
                yield from _losses(item, alone, is_constrained)
        case UnionType(members=members):
            for member in members:
                yield from _losses(member, alone, is_constrained)
        case _:
            assert_never(type)


def _scalar_losses(type: ScalarType, alone: bool, is_constrained: _IsConstrained) -> Iterator[str]:
    given = type.constraints
    if type.type == "boolean":
        return
    if not is_constrained(type):
        kind = f"a {type.type} of the format {type.format or type.content_encoding!r}"
        if given.pattern is not None:
            yield f"the pattern of {kind}"
        if _is_sized(given.min_length, given.max_length):
            yield f"the length of {kind}"
        if type.type != "string" and _bounds(given, whole=type.type == "integer"):
            yield f"the bounds of {kind}"
        return
    if type.type == "string":
        if given.pattern is not None:
            yield from _pattern_loss(given.pattern, alone)
    elif given.multiple_of is not None and not _is_step(given.multiple_of, whole=type.type == "integer"):
        yield f"that a number is a multiple of {given.multiple_of}"


def _pattern_loss(pattern: str, alone: bool, of: str = "") -> Iterator[str]:
    if not is_python_pattern(pattern):
        yield f"the pattern {of}{pattern!r}: it does not mean the same in Python"
    elif alone and not is_rust_pattern(pattern):
        yield f"the pattern {of}{pattern!r}: outside of a class pydantic's engine does not take it"


def _is_sized(least: int | None, most: int | None) -> bool:
    return bool(lengths(least, most))
