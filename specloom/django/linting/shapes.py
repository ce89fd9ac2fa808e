"""What a value is on the wire, where that is certain; and how it is written as an annotation or a decorator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import libcst as cst

from .edits import Need
from .names import Names

FIELD = Need("drf_spectacular.utils", "extend_schema_field")


@dataclass(frozen=True, slots=True)
class Plain:
    """One of Python's own: ``str``, ``int``, ``float``, ``bool``."""

    name: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A class of the standard library that DRF writes as a string: ``datetime.date``, ``uuid.UUID``."""

    module: str
    name: str


@dataclass(frozen=True, slots=True)
class DecimalText:
    """A ``Decimal`` of a model's field: DRF writes it as a string, which the annotation ``Decimal`` does not say."""

    digits: int
    places: int


@dataclass(frozen=True, slots=True)
class Listed:
    item: Single


@dataclass(frozen=True, slots=True)
class Mapped:
    """A dict with strings as keys."""

    value: Single


@dataclass(frozen=True, slots=True)
class Nested:
    """What a serializer makes; ``name`` is how the module writes its class."""

    name: str
    many: bool


@dataclass(frozen=True, slots=True)
class Null:
    """``None``."""


Single = Plain | Imported | DecimalText | Listed | Mapped | Nested
STR, INT, FLOAT, BOOL = Plain("str"), Plain("int"), Plain("float"), Plain("bool")
DATETIME, DATE, TIME = (Imported("datetime", name) for name in ("datetime", "date", "time"))
UUID = Imported("uuid", "UUID")


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of value, and whether it may be ``None`` instead."""

    single: Single
    nullable: bool = False


def settled(parts: Iterable[object]) -> Shape | None:
    """The one shape of several values; ``None`` where they are of several kinds, or of one that has no name here."""
    kinds = list(dict.fromkeys(parts))
    nullable = Null() in kinds
    rest = [kind for kind in kinds if kind != Null()]
    if rest and set(rest) == {INT, FLOAT}:
        rest = [FLOAT]
    if len(rest) != 1 or not isinstance(rest[0], Single):
        return None
    return Shape(rest[0], nullable)


def annotatable(single: Single) -> bool:
    """An annotation can say it; serializers and decimals cannot be said so."""
    match single:
        case Nested() | DecimalText():
            return False
        case Listed(inner) | Mapped(inner):
            return annotatable(inner)
    return True


def annotation(shape: Shape, names: Names) -> tuple[cst.BaseExpression, tuple[Need, ...]] | None:
    """The shape as a return annotation, and what to import; ``None`` where it cannot be written in this module."""
    written = _written(shape.single, names)
    if written is None:
        return None
    expression, needs = written
    if shape.nullable:
        expression = cst.BinaryOperation(expression, cst.BitOr(), cst.Name("None"))
    return expression, needs


def decorator(shape: Shape, names: Names) -> tuple[cst.BaseExpression, tuple[Need, ...]] | None:
    """The shape as ``@extend_schema_field(...)``: for a serializer by its class, else by the annotation."""
    spelled = names.spelled(FIELD.module, FIELD.name)
    if spelled is None and FIELD.name in names.bound:
        return None
    needs: tuple[Need, ...] = () if spelled else (FIELD,)
    argument: cst.BaseExpression
    nullable = {"allow_null": cst.Name("True")} if shape.nullable else {}
    match shape.single:
        case Nested(name, many):
            keywords = {"many": cst.Name("True")} if many else {}
            argument = call(dotted(name), **keywords, **nullable) if keywords or nullable else dotted(name)
        case DecimalText(digits, places):
            fields = names.spelled("rest_framework", "serializers")
            if fields is None:
                return None
            sizes = {"max_digits": cst.Integer(str(digits)), "decimal_places": cst.Integer(str(places))}
            argument = call(dotted(f"{fields}.DecimalField"), **sizes, **nullable)
        case _:
            said = annotation(shape, names)
            if said is None:
                return None
            argument, more = said
            needs += more
    return call(dotted(spelled or FIELD.name), argument), needs


def written_shape(node: cst.BaseExpression, names: Names) -> Shape | None:
    """What an annotation of Python's own types says, read from the source: ``str``, ``int | None``, ``list[str]``."""
    match node:
        case cst.BinaryOperation(left=left, operator=cst.BitOr(), right=cst.Name(value="None")):
            inner = written_shape(left, names)
            return Shape(inner.single, True) if inner is not None else None
        case cst.Subscript(value=cst.Name(value="list"), slice=[cst.SubscriptElement(slice=cst.Index(value=item))]):
            inner = written_shape(item, names)
            return Shape(Listed(inner.single)) if inner is not None and not inner.nullable else None
        case cst.Name(value="str" | "int" | "float" | "bool" as name) if name not in names.bound:
            return Shape(Plain(name))
    return None


def shown(shape: Shape) -> str:
    """The shape in words of Python, for messages."""
    match shape.single:
        case Plain(name):
            said = name
        case Imported(module, name):
            said = f"{module}.{name}"
        case Listed(item):
            said = f"list[{shown(Shape(item))}]"
        case Mapped(value):
            said = f"dict[str, {shown(Shape(value))}]"
        case DecimalText(digits, places):
            said = f"DecimalField(max_digits={digits}, decimal_places={places})"
        case Nested(name, many):
            said = f"{name}(many=True)" if many else name
    return f"{said} | None" if shape.nullable else said


def dotted(name: str) -> cst.BaseExpression:
    """``a.b.c`` as nodes."""
    first, *rest = name.split(".")
    expression: cst.BaseExpression = cst.Name(first)
    for part in rest:
        expression = cst.Attribute(expression, cst.Name(part))
    return expression


def call(function: cst.BaseExpression, *arguments: cst.BaseExpression, **keywords: cst.BaseExpression) -> cst.Call:
    """A call with its arguments, written as everybody writes it."""
    tight = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    every = [cst.Arg(value) for value in arguments]
    every += [cst.Arg(value, keyword=cst.Name(name), equal=tight) for name, value in keywords.items()]
    return cst.Call(function, every)


def _written(single: Single, names: Names) -> tuple[cst.BaseExpression, tuple[Need, ...]] | None:
    match single:
        case Plain(name):
            return None if name in names.bound else (cst.Name(name), ())
        case Imported(module, name):
            spelled = names.spelled(module, name)
            if spelled is not None:
                return dotted(spelled), ()
            return None if name in names.bound else (cst.Name(name), (Need(module, name),))
        case Listed(item):
            return _subscript("list", [_written(item, names)], names)
        case Mapped(value):
            return _subscript("dict", [_written(Plain("str"), names), _written(value, names)], names)
        case Nested() | DecimalText():
            return None


def _subscript(
    name: str, parts: list[tuple[cst.BaseExpression, tuple[Need, ...]] | None], names: Names
) -> tuple[cst.BaseExpression, tuple[Need, ...]] | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or name in names.bound:
        return None
    elements = [cst.SubscriptElement(cst.Index(expression)) for expression, _ in known]
    return cst.Subscript(cst.Name(name), elements), tuple(need for _, needs in known for need in needs)
