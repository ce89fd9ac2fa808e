"""``enums.py``: enumerations that keep values the document does not know."""

from __future__ import annotations

from specloom.ir.context import IRContext
from specloom.ir.schemas import IREnumSchema

from .documentation import schema_documentation
from .names import Names, member_names
from .nodes import Module, Statement, Symbol, assign, class_, constant, docstring, name, ref

_BASES = {
    "string": ref(Symbol(".base", "OpenStrEnum")),
    "integer": ref(Symbol(".base", "OpenIntEnum")),
    "mixed": ref(Symbol(".base", "OpenEnum")),
}


def enums_module(api: IRContext, names: Names) -> Module:
    """All enumerations of an API."""
    body = tuple(_enum(schema, names) for schema in api.enum_schemas)
    return Module(("enums",), body, f"Enumerations of the {api.info.title}.")


def _enum(schema: IREnumSchema, names: Names) -> Statement:
    body: list[Statement] = []
    text = schema_documentation(schema)
    if text:
        body.append(docstring(text, 1))
    for member, member_name in zip(schema.members, member_names(schema), strict=True):
        body.append(assign(name(member_name), constant(member.value)))
        said = "\n\n".join(t for t in (member.description, "Deprecated." if member.deprecated else None) if t)
        if said:
            body.append(docstring(said, 1))
    return class_(names.schemas[schema.name].name, [_BASES[schema.value_type]], body)
