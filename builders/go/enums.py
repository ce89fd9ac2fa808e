"""``enums.go``: types of values to choose from, which keep values that the document does not know."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.ir.schemas import EnumMember, IREnumSchema

from . import nodes as go
from .documentation import member_doc, schema_doc
from .names import Names
from .shapes import enum_kind
from .spelling import receiver

_KINDS = {"string": go.STRING, "int64": go.INT64, "float64": go.FLOAT64, "bool": go.BOOL}


def enum_declarations(schema: IREnumSchema, names: Names) -> Iterator[go.Declaration]:
    """The type, its constants, and the method that tells known values from others.

    Values of several kinds share no type in Go but ``any``: their type is an alias of it, and has no method.
    """
    name, constants = names.types[schema.name], names.constants[schema.name]
    kind = enum_kind(schema)
    yield go.type_declaration(name, _KINDS[kind] if kind else go.ANY, schema_doc(schema, name), alias=kind is None)
    typed = go.name(name) if kind else None
    yield go.constants(
        go.value_spec(constant, typed, go.constant(_value(member, kind)), doc=member_doc(member))
        for constant, member in zip(constants, schema.members, strict=True)
    )
    if kind is None:
        return
    # Two integers may be one floating-point number, and a switch may not name one twice.
    distinct: dict[str | bool | int | float, str] = {}
    for constant, member in zip(constants, schema.members, strict=True):
        distinct.setdefault(_value(member, kind), constant)
    variable = receiver(name)
    yield go.function(
        "Valid",
        (),
        (go.BOOL,),
        (
            go.switch(go.name(variable), go.case([go.name(c) for c in distinct.values()], go.return_(go.TRUE))),
            go.return_(go.FALSE),
        ),
        go.doc(f"Valid reports whether {variable} is a value that the API's description knows."),
        receiver=go.parameter(variable, go.name(name)),
    )


def _value(member: EnumMember, kind: str | None) -> str | bool | int | float:
    return float(member.value) if kind == "float64" else member.value
