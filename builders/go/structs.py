"""Structs of object schemas, and the methods that read and write what a struct's tags cannot say."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from specloom.ir.schemas import IRObjectSchema, IRPropertyObject
from specloom.ir.types import IRType, LiteralType, NeverType

from . import nodes as go
from .documentation import property_doc
from .names import EXTRA_FIELD, Names
from .spelling import receiver
from .types import TypeMapper

RAW_MESSAGE = go.ref("encoding/json", "RawMessage")
UNMARSHAL = go.ref("encoding/json", "Unmarshal")
_DATA = go.name("data")
_ERR = go.name("err")
_EXTRA = go.name("extra")
_PLAIN = go.name("plain")
_MARSHAL = go.name("marshalJSON")
_TAG_SIGNS = frozenset("!#$%&()*+-./:;<=>?@[]^_{|}~ ")


@lru_cache(maxsize=32_768)
def fits_tag(name: str) -> bool:
    """Whether a struct tag can hold ``name``.

    encoding/json silently ignores one with quotes, commas, backslashes or symbols, and ``-`` means something else.
    """
    return name not in ("", "-") and all(c in _TAG_SIGNS or _is_letter(c) for c in name)


def _is_letter(character: str) -> bool:
    category = unicodedata.category(character)
    return category == "Nd" or category[0] == "L"


@dataclass(frozen=True, slots=True)
class _Member:
    """A property and its field."""

    prop: IRPropertyObject
    name: str
    type: go.Type
    tagged: bool


@dataclass(frozen=True, slots=True)
class _Struct:
    name: str
    members: tuple[_Member, ...]
    extra: go.Type | None
    """The type of further keys, where the struct keeps them."""

    @property
    def untagged(self) -> tuple[_Member, ...]:
        return tuple(member for member in self.members if not member.tagged)

    @property
    def receiver(self) -> str:
        return receiver(self.name)


def struct_declarations(schema: IRObjectSchema, names: Names, types: TypeMapper, doc: go.Doc) -> Iterator[go.Declaration]:
    """The struct and, where its tags do not say all, its JSON methods."""
    found = _struct(schema, names, types)
    fields = [_field(member) for member in found.members]
    if found.extra is not None:
        text = go.doc("AdditionalProperties are the keys that have no field of their own.")
        fields.append(go.field(EXTRA_FIELD, go.map_of(go.STRING, found.extra), (("json", "-"),), text))
    yield go.type_declaration(found.name, go.struct(*fields), doc)
    constants = [(m, m.prop.type.value) for m in found.members if m.prop.required and isinstance(m.prop.type, LiteralType)]
    filled = [(member, value) for member, value in constants if value]
    if filled or found.extra is not None or found.untagged:
        yield _marshal(found, filled)
    if found.untagged:
        yield _unmarshal_untagged(found)
    elif found.extra is not None:
        yield _unmarshal_extra(found)


def _struct(schema: IRObjectSchema, names: Names, types: TypeMapper) -> _Struct:
    owner, field_type = schema.name, types.property
    fields = names.fields[owner]
    members = [_Member(prop, fields[prop.name], field_type(owner, prop), fits_tag(prop.name)) for prop in schema.properties]
    return _Struct(names.types[owner], tuple(members), _extra(schema.additional, types))


def _extra(additional: IRType | None, types: TypeMapper) -> go.Type | None:
    return None if additional is None or isinstance(additional, NeverType) else types.value(additional)


def _field(member: _Member) -> go.Field:
    prop, tag = member.prop, "-"
    if member.tagged:
        tag = prop.name if prop.required else f"{prop.name},omitzero"
    return go.Field(member.name, member.type, (("json", tag),), property_doc(prop))


# --- writing


def _marshal(struct: _Struct, filled: list[tuple[_Member, str | bool | int | float]]) -> go.Function:
    variable = go.name(struct.receiver)
    body: list[go.Statement] = [go.type_declaration("plain", go.name(struct.name))]
    for member, value in filled:
        field = go.selector(variable, member.name)
        zero = go.string("") if isinstance(value, str) else go.FALSE if isinstance(value, bool) else go.number(0)
        missing = go.not_(field) if isinstance(value, bool) else go.binary(field, "==", zero)
        body.append(go.if_(missing, go.assign(field, go.constant(value))))
    known = go.call(_PLAIN, variable)
    if struct.untagged:
        body += _further_keys(struct, variable)
        body.append(go.return_(go.call(go.name("marshalWithExtra"), known, _EXTRA)))
    elif struct.extra is not None:
        body.append(go.return_(go.call(go.name("marshalWithExtra"), known, go.selector(variable, EXTRA_FIELD))))
    else:
        body.append(go.return_(go.call(_MARSHAL, known)))
    said = []
    if filled:
        said.append(f"fills in {' and '.join(member.name for member, _ in filled)} where left empty")
    if struct.extra is not None:
        said.append("writes the additional properties beside the others")
    elif struct.untagged:
        said.append("writes the keys that no struct tag can hold, too")
    return go.function(
        "MarshalJSON", (), (BYTES_RESULT, go.ERROR), body, go.doc(f"MarshalJSON {' and '.join(said)}."),
        receiver=go.parameter(struct.receiver, go.name(struct.name)),
    )  # fmt: skip


BYTES_RESULT = go.slice_of(go.BYTE)


def _further_keys(struct: _Struct, variable: go.Expression) -> Iterator[go.Statement]:
    """``extra := map[string]any{...}``: what is there, by key."""
    always = [m for m in struct.untagged if m.prop.required]
    pairs = [go.pair(go.string(m.prop.name), go.selector(variable, m.name)) for m in always]
    yield go.define("extra", go.composite(go.map_of(go.STRING, go.ANY), pairs, multiline=len(pairs) > 1))
    for member in struct.untagged:
        if member.prop.required:
            continue
        field = go.selector(variable, member.name)
        nullable = isinstance(member.type, go.Instance)
        there = go.not_(go.call(go.selector(field, "IsZero"))) if nullable else go.binary(field, "!=", go.NIL)
        yield go.if_(there, go.assign(go.index(_EXTRA, go.string(member.prop.name)), field))
    if struct.extra is not None:
        yield go.range_(
            ("key", "value"), go.selector(variable, EXTRA_FIELD), go.assign(go.index(_EXTRA, go.name("key")), go.name("value"))
        )


# --- reading


def _unmarshal(struct: _Struct, text: str, *body: go.Statement) -> go.Function:
    return go.function(
        "UnmarshalJSON", (go.parameter("data", BYTES_RESULT),), (go.ERROR,), body, go.doc(f"UnmarshalJSON {text}."),
        receiver=go.parameter(struct.receiver, go.pointer(go.name(struct.name))),
    )  # fmt: skip


def _read_into(struct: _Struct, extra: go.Expression) -> tuple[go.Statement, go.Expression]:
    plain = go.call(go.pointer(_PLAIN), go.name(struct.receiver))
    call = go.call(go.name("unmarshalWithExtra"), _DATA, plain, go.address_of(extra))
    return go.type_declaration("plain", go.name(struct.name)), call


def _unmarshal_extra(struct: _Struct) -> go.Function:
    declared, call = _read_into(struct, go.selector(go.name(struct.receiver), EXTRA_FIELD))
    return _unmarshal(struct, "keeps the additional properties", declared, go.return_(call))


def _unmarshal_untagged(struct: _Struct) -> go.Function:
    """Reads the fields by their tags, then the other keys one by one."""
    variable = go.name(struct.receiver)
    declared, call = _read_into(struct, _EXTRA)
    raw = go.name("value")

    def read(target: go.Expression) -> go.Statement:
        return go.if_(
            go.binary(_ERR, "!=", go.NIL), go.return_(_ERR), init=go.define("err", go.call(UNMARSHAL, raw, go.address_of(target)))
        )

    cases = [go.case(go.string(m.prop.name), read(go.selector(variable, m.name))) for m in struct.untagged]
    made: tuple[go.Statement, ...] = ()
    if struct.extra is not None:
        field = go.selector(variable, EXTRA_FIELD)
        fresh = go.assign(field, go.call(go.name("make"), go.map_of(go.STRING, struct.extra)))
        made = (fresh,)
        kept = go.assign(go.index(field, go.name("key")), go.name("item"))
        cases.append(go.default(go.var("item", struct.extra), read(go.name("item")), kept))
    return _unmarshal(
        struct,
        "reads the keys that no struct tag can hold, too",
        declared,
        go.var("extra", go.map_of(go.STRING, RAW_MESSAGE)),
        go.if_(go.binary(_ERR, "!=", go.NIL), go.return_(_ERR), init=go.define("err", call)),
        *made,
        go.range_(("key", "value"), _EXTRA, go.switch(go.name("key"), *cases)),
        go.return_(go.NIL),
    )
