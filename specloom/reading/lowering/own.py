"""The content of a schema by its own keywords: enums, type lists, objects, maps, arrays, tuples and scalars."""

from __future__ import annotations

from specloom.ir.types import ANYTHING, NEVER, NULL, IRType, MapType, UnionType, union, without_null

from . import nodes
from .enums import enum_shape, inline_type
from .kinds import Kind, inferred_type, own_kind
from .naming import Hint, pascal
from .objects import Lowering, object_shape
from .parts import CARRIED_NOT
from .raw import COMPOSITIONS, Raw, Site, count, is_never, mapping, types_of
from .scalars import scalar
from .shapes import EnumShape, ObjectShape, Shape, UnionShape


def own_shape(lowering: Lowering, schema: Raw, site: Site, hint: Hint, kind: Kind | None = None) -> Shape:
    """The content by a schema's own keywords, compositions left out."""
    for word in () if CARRIED_NOT.isdisjoint(schema) else sorted(schema.keys() & CARRIED_NOT):
        lowering.workspace.warn("keyword-not-carried", f"{word} has no type that says it; it is left out", site.at(word))
    kind = kind or own_kind(schema)
    types = [name for name in types_of(schema) if name != "null"]
    match kind:
        case "enum":
            enum = enum_shape(lowering.workspace, schema, site) or ANYTHING
            return inline_type(enum) or enum if isinstance(enum, EnumShape) and "const" in schema else enum
        case "null":
            return NULL
        case "union":
            rest = {key: value for key, value in schema.items() if key not in COMPOSITIONS}
            return _type_list(lowering, rest, types, site, hint)
        case "object":
            return object_shape(lowering, schema, site, hint)
        case "map":
            shape = object_shape(lowering, schema, site, hint)
            return _map(lowering, shape, schema, site)
        case "array":
            return _array(lowering, schema, site, hint)
        case "scalar":
            return scalar(lowering.workspace, schema, types[0] if types else inferred_type(schema) or "string", site)
        case _:
            if types:
                lowering.workspace.warn(
                    "unknown-type", f"there is no type {types[0]!r}; any value is allowed here", site.at("type")
                )
            return ANYTHING


def _type_list(lowering: Lowering, schema: Raw, types: list[str], site: Site, hint: Hint) -> Shape:
    """The union of a list of type names, each with the keywords that are about it."""
    members = [
        lowering.type_of({**schema, "type": name}, site, hint.then(pascal(name)) if name == "object" else hint) for name in types
    ]
    made = union(without_null(member) for member in members)
    return UnionShape(made.members) if isinstance(made, UnionType) else made


def _array(lowering: Lowering, schema: Raw, site: Site, hint: Hint) -> IRType:
    least, most = count(schema.get("minItems")), count(schema.get("maxItems"))
    if least is not None and most is not None and least > most:
        lowering.workspace.warn("impossible-constraint", f"no list has at least {least} and at most {most} items", site)
        least = most = None
    prefix = schema.get("prefixItems")
    items = schema.get("items", True)
    if isinstance(items, list):
        prefix, items = items, schema.get("additionalItems", True)
    if isinstance(prefix, list) and prefix:
        word = "prefixItems" if "prefixItems" in schema else "items"
        fixed = tuple(lowering.type_of(each, site.at(word, i), hint.then(f"Item{i + 1}")) for i, each in enumerate(prefix))
        rest: IRType | None = NEVER if is_never(schema.get("unevaluatedItems")) and "items" not in schema else None
        if most is not None and most <= len(fixed):
            rest = NEVER
        rest = rest or lowering.type_of(items, site.at("items"), hint.item())
        return nodes.tuple_type(items=fixed, rest=rest, min_items=least or 0)
    type = lowering.type_of(items, site.at("items"), hint.item())
    if least is None and most is None and schema.get("uniqueItems") is not True:
        return nodes.array_type(items=type)
    return nodes.array_type(items=type, min_items=least or None, max_items=most, unique_items=schema.get("uniqueItems") is True)


def _map(lowering: Lowering, shape: ObjectShape, schema: Raw, site: Site) -> MapType:
    pattern = None
    patterns = mapping(schema.get("patternProperties"))
    extra = schema.get("additionalProperties")
    if len(patterns) == 1 and is_never(extra):
        pattern = next(iter(patterns))
    elif len(patterns) == 1:
        message = "keys that do not match the pattern may hold anything; their values are taken for those of the ones that do"
        hint = "additionalProperties: false rules such keys out"
        lowering.workspace.info("pattern-of-keys", message, site.at("patternProperties"), hint)
    names = mapping(schema.get("propertyNames")).get("pattern")
    if pattern is None and isinstance(names, str):
        pattern = names
    return nodes.map_type(
        values=ANYTHING if shape.additional is None else shape.additional,
        key_pattern=pattern,
        min_properties=shape.min_properties,
        max_properties=shape.max_properties,
    )
