"""Unions: a struct that holds one of several types, which reads its JSON into the one that fits and keeps what none does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from specloom.ir.schemas import Discriminator, IREnumSchema, IRObjectSchema, IRSchema
from specloom.ir.types import IRType, LiteralType, ReferenceType, UnionType

from . import nodes as go
from .documentation import with_article
from .names import UnionNames, field_names
from .shapes import Arm, Arms, Shapes
from .spelling import receiver
from .structs import BYTES_RESULT, RAW_MESSAGE, UNMARSHAL
from .types import TypeMapper

_DATA = go.name("data")
_CLONE = go.ref("bytes", "Clone")
_SHAPE = go.name("shape")


@dataclass(frozen=True, slots=True)
class _Arm:
    """An arm with the type that stands for it: structs are held by pointer, all others as they are."""

    arm: Arm
    type: str
    is_struct: bool

    @property
    def held(self) -> go.Type:
        return go.pointer(go.name(self.type)) if self.is_struct else go.name(self.type)


@dataclass(frozen=True, slots=True)
class Union:
    """All that is declared for one union."""

    names: UnionNames
    arms: tuple[_Arm, ...]
    discriminator: Discriminator | None
    schemas: Mapping[str, IRSchema]
    shapes: Shapes

    @property
    def variable(self) -> str:
        """The receiver of its methods."""
        return receiver(self.names.type)

    @property
    def value(self) -> go.Expression:
        """The field that holds the value."""
        return go.selector(go.name(self.variable), "Value")

    @property
    def kind_field(self) -> str | None:
        """The field of the unknown arm that says what the discriminator was."""
        if self.discriminator is None:
            return None
        fields, _ = field_names((self.discriminator.property_name,), ("Raw", "MarshalJSON"))
        return fields[self.discriminator.property_name]


def union_of(arms: Arms, found: UnionNames, discriminator: Discriminator | None, shapes: Shapes) -> Union:
    """What there is to know about a union."""
    known = tuple(
        _Arm(arm, name, arm.schema is not None and shapes.definition(arm.schema) == "struct")
        for arm, name in zip(arms, found.arms, strict=True)
    )
    return Union(found, known, discriminator, shapes.schemas, shapes)


def holds_sentence(union: Union) -> str:
    """``Payment holds one of [CardPayment], [IbanPayment] or [UnknownPayment].``"""
    return f"{union.names.type} holds one of {', '.join(f'[{arm.type}]' for arm in union.arms)} or [{union.names.unknown}]."


def union_declarations(union: Union, types: TypeMapper, doc: go.Doc) -> Iterator[go.Declaration]:
    """The wrapper, the interface, the types of arms that have no schema, the unknown arm, and the methods of all of them."""
    found = union.names
    yield go.type_declaration(found.type, go.struct(go.field("Value", go.name(found.value))), doc)
    marker = go.interface(go.method_spec(found.marker), one_line=True)
    yield go.type_declaration(found.value, marker, go.doc(f"{found.value} is implemented by the kinds of [{found.type}]."))
    for arm in union.arms:
        if arm.arm.schema is None:
            text = go.doc(f"{arm.type} is {with_article(found.type)} that is {_PHRASES[arm.arm.kind]}.")
            yield go.type_declaration(arm.type, types(arm.arm.type), text)
    yield _unknown(union)
    for arm in union.arms:
        yield _mark(found, arm.held)
    yield _mark(found, go.pointer(go.name(found.unknown)))
    yield _marshal(union)
    yield _unmarshal_by_kind(union) if union.discriminator is not None else _unmarshal_by_shape(union)


_PHRASES = {
    "string": "a string", "number": "a number", "boolean": "true or false", "array": "a list", "object": "an object",
}  # fmt: skip


def _unknown(union: Union) -> go.TypeDeclaration:
    raw = go.field("Raw", RAW_MESSAGE)
    kind = union.kind_field
    fields = (raw,) if kind is None else (go.field(kind, go.STRING), raw)
    of = "of a kind newer than this client" if kind is not None else "that is none of the types that this client knows"
    text = f"{union.names.unknown} keeps {with_article(union.names.type)} {of}."
    return go.type_declaration(union.names.unknown, go.struct(*fields), go.doc(text))


def _mark(found: UnionNames, held: go.Type) -> go.Function:
    return go.function(found.marker, (), (), (), receiver=go.parameter(None, held), one_line=True)


def _marshal(union: Union) -> go.Function:
    unknown = go.pointer(go.name(union.names.unknown))
    return go.function(
        "MarshalJSON",
        (),
        (BYTES_RESULT, go.ERROR),
        (
            go.if_(
                go.name("ok"),
                go.return_(go.selector(go.name("unknown"), "Raw"), go.NIL),
                init=go.define(("unknown", "ok"), go.type_assertion(union.value, unknown)),
            ),
            go.return_(go.call(go.name("marshalJSON"), union.value)),
        ),
        go.doc("MarshalJSON writes the value as it is."),
        receiver=go.parameter(union.variable, go.name(union.names.type)),
    )


def _unmarshal(union: Union, text: str, *body: go.Statement) -> go.Function:
    return go.function(
        "UnmarshalJSON", (go.parameter("data", BYTES_RESULT),), (go.ERROR,), body, go.doc(f"UnmarshalJSON {text}."),
        receiver=go.parameter(union.variable, go.pointer(go.name(union.names.type))),
    )  # fmt: skip


def _keep(union: Union) -> go.Statement:
    """``p.Value = &UnknownPayment{Raw: bytes.Clone(data)}``."""
    kind = union.kind_field
    pairs = [] if kind is None else [go.pair(kind, go.name("kind"))]
    made = go.composite(go.name(union.names.unknown), [*pairs, go.pair("Raw", go.call(_CLONE, _DATA))])
    return go.assign(union.value, go.address_of(made))


def _decoded(union: Union, arms: Iterable[_Arm]) -> go.Expression:
    """``decodeAs(data, &p.Value, new(A), new(B))``: whether one of them took it."""
    fresh = (go.call(go.name("new"), go.name(arm.type)) for arm in arms)
    return go.call(go.name("decodeAs"), _DATA, go.address_of(union.value), *fresh)


def _unmarshal_by_kind(union: Union) -> go.Function:
    assert union.discriminator is not None
    by_schema: dict[str, list[str]] = {}
    taken: set[str] = set()
    for value, schema in union.discriminator.mapping:
        target = union.shapes.resolved(ReferenceType(name=schema))
        if isinstance(target, ReferenceType) and value not in taken:
            taken.add(value)
            by_schema.setdefault(target.name, []).append(value)
    cases: list[go.Case] = []
    others: list[_Arm] = []
    for arm in union.arms:
        values = by_schema.get(arm.arm.schema or "") if arm.is_struct else None
        if values is None:
            others.append(arm)
        else:
            new = go.assign(union.value, go.call(go.name("new"), go.name(arm.type)))
            cases.append(go.case([go.string(value) for value in values], new))
    kept = (_keep(union), go.return_(go.NIL))
    if others:
        kept = (go.if_(go.not_(_decoded(union, others)), _keep(union)), go.return_(go.NIL))
    name = union.discriminator.property_name
    kind = go.call(go.selector(go.call(go.name("shapeOf"), _DATA), "text"), go.string(name))
    return _unmarshal(
        union,
        f'picks the type by "{name}"',
        go.switch(go.name("kind"), *cases, go.default(*kept), init=go.define("kind", kind)),
        go.return_(go.call(UNMARSHAL, _DATA, union.value)),
    )


# --- without a discriminator


def _unmarshal_by_shape(union: Union) -> go.Function:
    """A case for each kind of JSON, and of objects one for each value of a property that only some types have."""
    cases = [_case(union, _is(kind), arms) for kind, arms in _by_kind(union).items() if kind != "object"]
    objects = _by_kind(union).get("object", [])
    constants = _constants(union, objects)
    for (key, values), arms in constants.items():
        checks = [_shape("equals", go.string(key), go.StringLiteral(value, raw='"' in value)) for value in values]
        cases.append(_case(union, go.chain("||", *checks), arms))
    told = {arm.type for arms in constants.values() for arm in arms}
    rest = [arm for arm in objects if arm.type not in told]
    if rest:
        cases.append(_case(union, _is("object"), rest))
    return _unmarshal(
        union,
        "picks the type that fits",
        go.switch(None, *cases, go.default(_keep(union)), init=go.define("shape", go.call(go.name("shapeOf"), _DATA))),
        go.return_(go.NIL),
    )


def _by_kind(union: Union) -> dict[str, list[_Arm]]:
    found: dict[str, list[_Arm]] = {}
    for arm in union.arms:
        found.setdefault(arm.arm.kind, []).append(arm)
    return found


def _shape(method: str, *args: go.Expression) -> go.Expression:
    return go.call(go.selector(_SHAPE, method), *args)


def _is(kind: str) -> go.Expression:
    return _shape("is", go.string(kind))


def _case(union: Union, condition: go.Expression, arms: Iterable[_Arm]) -> go.Case:
    return go.case(go.binary(condition, "&&", _decoded(union, arms)))


_MOST_VALUES = 8


def _constants(union: Union, objects: list[_Arm]) -> dict[tuple[str, tuple[str, ...]], list[_Arm]]:
    """Object types by the property and the values that tell them.

    The property is one that as many of them as possible require, each with values of its own. Of what is left, types are told
    by a property that always has one value; where two have the same one, they stand together, and what else they have decides.
    """
    if len(objects) < 2:
        return {}
    by_arm = {arm.type: _few_values(union, arm) for arm in objects}
    found: dict[tuple[str, tuple[str, ...]], list[_Arm]] = {}
    left = objects
    while (key := _telling_key(left, by_arm)) is not None:
        for arm in left:
            if key in by_arm[arm.type]:
                found[key, by_arm[arm.type][key]] = [arm]
        left = [arm for arm in left if key not in by_arm[arm.type]]
    for arm in left:
        single = next(((key, values) for key, values in by_arm[arm.type].items() if len(values) == 1), None)
        if single is not None:
            found.setdefault(single, []).append(arm)
    return found


def _telling_key(arms: list[_Arm], by_arm: Mapping[str, Mapping[str, tuple[str, ...]]]) -> str | None:
    """The property that tells most of ``arms`` apart, at least two: no two of those that have it share a value of it."""
    values: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    for arm in arms:
        for key, known in by_arm[arm.type].items():
            values.setdefault(key, []).extend(known)
            counts[key] = counts.get(key, 0) + 1
    good = [key for key, count in counts.items() if count > 1 and len(set(values[key])) == len(values[key])]
    return max(good, key=lambda key: counts[key], default=None)


def _few_values(union: Union, arm: _Arm) -> dict[str, tuple[str, ...]]:
    """The required properties of a struct that are one of few values, with these as JSON."""
    schema = union.schemas[arm.arm.schema] if arm.is_struct and arm.arm.schema else None
    if not isinstance(schema, IRObjectSchema):
        return {}
    found = ((prop.name, _values(prop.type, union.schemas)) for prop in schema.properties if prop.required)
    return {name: values for name, values in found if 0 < len(values) <= _MOST_VALUES}


def _values(type: IRType, schemas: Mapping[str, IRSchema]) -> tuple[str, ...]:
    """The values of a type that has only some, as JSON; nothing for any other type."""
    match type:
        case LiteralType(value=value) if value is not None:
            return (json.dumps(value, ensure_ascii=False),)
        case UnionType(members=members):
            parts = [_values(member, schemas) for member in members]
            return tuple(value for part in parts for value in part) if all(parts) else ()
        case ReferenceType(name=name):
            schema = schemas[name]
            if isinstance(schema, IREnumSchema):
                return tuple(json.dumps(member.value, ensure_ascii=False) for member in schema.members)
            return ()
        case _:
            return ()
