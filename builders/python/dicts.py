"""TypedDicts: what is sent, as a dict literal that a type checker can check. Keys are the names on the wire."""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Iterable, Mapping

from specloom.ir.recursion import components
from specloom.ir.schemas import IRObjectSchema, schema_references

from .declarations import Declaration
from .nodes import (
    FALSE,
    Expression,
    Statement,
    Symbol,
    annotated,
    argument,
    assign,
    call_with,
    class_,
    dict_,
    docstring,
    name,
    ref,
    string,
    subscript,
)
from .types import TypeMapper

TYPED_DICT = ref(Symbol("typing", "TypedDict"))
NOT_REQUIRED = ref(Symbol("typing", "NotRequired"))


def dict_declaration(schema: IRObjectSchema, types: TypeMapper) -> Declaration:
    """The TypedDict of an object schema: a class where all keys are identifiers, else a call."""
    symbol = types.names.dicts[schema.name]
    text = f"`{types.names.schemas[schema.name].name}` as a dict."
    entries = {prop.name: (types.entry(prop.type), prop.required) for prop in schema.properties}
    needs = _needs(schema, types)
    key = _key(schema.name)
    if all(map(_is_key, entries)):
        optional = bool(entries) and not any(required for _, required in entries.values())
        body: list[Statement] = [docstring(text, 1)]
        for wire, (type, required) in entries.items():
            body.append(annotated(wire, type if required or optional else subscript(NOT_REQUIRED, type)))
        keywords = (argument(FALSE, "total"),) if optional else ()
        return Declaration(key, (class_(symbol.name, [TYPED_DICT], body, keywords=keywords),), needs)
    pairs = ((string(wire), _wrapped(type, required)) for wire, (type, required) in entries.items())
    made = call_with(TYPED_DICT, (argument(string(symbol.name)), argument(dict_(pairs))))
    return Declaration(key, (assign(name(symbol.name), made), docstring(text, 0)), needs, eager=True)


def _needs(schema: IRObjectSchema, types: TypeMapper) -> tuple[str, ...]:
    """What the TypedDict mentions: models, their dicts, and what a union or an alias stands for, since it is spelled out."""
    needs: dict[str, None] = {}
    pending = list(schema_references(schema))
    while pending:
        name = pending.pop()
        if name in needs:
            continue
        needs[name] = None
        if name in types.dicts:
            needs[_key(name)] = None
        elif not isinstance(types.schemas[name], IRObjectSchema):
            pending += schema_references(types.schemas[name])
    return tuple(needs)


def eager_circles(schemas: Iterable[IRObjectSchema], types: TypeMapper) -> Mapping[str, frozenset[str]]:
    """Schemas whose TypedDicts would be calls that need each other: no order would do, so they mention models only."""
    calls = {
        schema.name: _needs(schema, types)
        for schema in schemas
        if not all(_is_key(prop.name) for prop in schema.properties)
    }
    found: dict[str, frozenset[str]] = {}
    for component in components(calls):
        if len(component) > 1 or component[0] in calls[component[0]]:
            found.update(dict.fromkeys(component, frozenset(component)))
    return found


def _key(schema: str) -> str:
    return f"{schema} as a dict"


def _wrapped(type: Expression, required: bool) -> Expression:
    return type if required else subscript(NOT_REQUIRED, type)


def _is_key(wire: str) -> bool:
    """Whether a class body can have a key of this name: no keyword, nothing that Python would mangle or normalise."""
    as_read = unicodedata.normalize("NFKC", wire)  # identifiers are compared in this form: Python reference §2.3
    return wire == as_read and wire.isidentifier() and not keyword.iskeyword(wire) and not wire.startswith("__")
