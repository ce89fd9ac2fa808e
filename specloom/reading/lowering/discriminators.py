"""Discriminators: reading them in their three styles, and giving every member of a union its literal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from specloom.ir.schemas import (
    Discriminator,
    IRAliasSchema,
    IREnumSchema,
    IRObjectSchema,
    IRSchema,
    IRUnionSchema,
)
from specloom.ir.types import AnyType, LiteralType, MapType, NeverType, ReferenceType, ScalarType, UnionType, union, without_null
from specloom.reading.pointers import JSON, split
from specloom.reading.references import Resolved

from . import nodes
from .raw import Raw, Site, mapping, sequence
from .shapes import RawDiscriminator
from .workspace import Workspace


@dataclass(frozen=True, slots=True)
class Parents:
    """Schemas with a discriminator that others extend by ``allOf``, and who extends them, directly or through others."""

    children: Mapping[Site, tuple[Site, ...]] = field(default_factory=dict)
    mapped: frozenset[str] = frozenset()
    """Names of the schemas that one of their mappings leads to."""


def find_parents(workspace: Workspace, components: Raw, site: Site) -> Parents:
    """The families by inheritance among the components (OpenAPI 3.1.1 §4.8.25, third style)."""
    heads: list[Site] = []
    extended: dict[Site, list[Site]] = {}
    for name, schema in components.items():
        raw = mapping(schema)
        here = site.at(name)
        if _heads_a_family(raw):
            heads.append(here)
        for member in sequence(raw.get("allOf")):
            ref = mapping(member).get("$ref")
            target = workspace.resolve(ref, here) if isinstance(ref, str) else None
            if target is not None:
                extended.setdefault(target[1], []).append(here)
    children = {head: found for head in heads if (found := _descendants(head, extended))}
    mapped: set[str] = set()
    for head in children:
        discriminator = raw_discriminator(workspace, mapping(components[_last(head)]), head)
        if discriminator is not None:
            mapped.update(target for _, target in discriminator.mapping)
    return Parents(children, frozenset(mapped))


def _last(site: Site) -> str:
    tokens = split(site.pointer)
    return tokens[-1] if tokens else ""


def _heads_a_family(schema: Raw) -> bool:
    if "oneOf" in schema or "anyOf" in schema:
        return False
    own = [schema, *(mapping(m) for m in sequence(schema.get("allOf")) if "$ref" not in mapping(m))]
    return any(isinstance(mapping(each.get("discriminator")).get("propertyName"), str) for each in own)


def _descendants(head: Site, extended: Mapping[Site, list[Site]]) -> tuple[Site, ...]:
    found: dict[Site, None] = {}
    todo = list(extended.get(head, ()))
    while todo:
        child = todo.pop(0)
        if child not in found and child != head:
            found[child] = None
            todo += extended.get(child, ())
    return tuple(found)


def raw_discriminator(workspace: Workspace, schema: Raw, site: Site) -> RawDiscriminator | None:
    """The Discriminator Object of a schema, its mapping's values (names, references, relative ones) turned into schema names."""
    given = schema.get("discriminator")
    if given is None:
        for index, member in enumerate(sequence(schema.get("allOf"))):
            inner = mapping(member)
            if "$ref" not in inner and "discriminator" in inner:
                return raw_discriminator(workspace, inner, site.at("allOf", index))
        return None
    name = mapping(given).get("propertyName")
    if not isinstance(name, str):
        return None
    pairs: list[tuple[str, str]] = []
    for value, target in mapping(mapping(given).get("mapping")).items():
        found = _target_name(workspace, target, site)
        if found is None:
            workspace.warn(
                "discriminator-mapping", f"the mapping of {value!r} leads nowhere", site.at("discriminator", "mapping", value)
            )
        else:
            pairs.append((value, found))
    return RawDiscriminator(name, tuple(pairs), site)


def _target_name(workspace: Workspace, target: JSON, site: Site) -> str | None:
    """The name of the schema that a mapping's value means: a bare name first, else a reference (OpenAPI 3.1.1 §4.8.25)."""
    if not isinstance(target, str):
        return None
    if target in workspace.declarations or target in workspace.names:
        return target
    for base in dict.fromkeys(("", site.file)):
        found = workspace.references.resolve(target, base)
        if isinstance(found, Resolved):
            place = Site(found.location.file, found.location.pointer)
            return workspace.named.get(place) or _last(place)
    return None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A discriminator that the document asks for. ``origins`` leads from merged members to the schemas they were made of."""

    union: str
    property_name: str
    mapping: tuple[tuple[str, str], ...]
    site: Site
    origins: Mapping[str, str] = field(default_factory=dict)


def discriminated(workspace: Workspace, made: dict[str, IRSchema], wanted: Sequence[Wanted]) -> dict[str, IRSchema]:
    """The schemas with every discriminator that all of its members can keep, and the members with their literals."""
    explicit: dict[tuple[str, str], list[str]] = {}
    for want in wanted:
        for value, target in want.mapping:
            for name in _objects(made, target):
                known = explicit.setdefault((name, want.property_name), [])
                if value not in known:
                    known.append(value)
    accepted: dict[str, Wanted] = {}
    made = _with_objects(made, wanted)
    values: dict[tuple[str, str], tuple[str, ...]] = {}
    for want in wanted:
        found = _values(workspace, made, want, explicit)
        if found is None:
            continue
        merged = {key: (*values.get(key, ()), *(v for v in own if v not in values.get(key, ()))) for key, own in found.items()}
        tentative = {**values, **merged}
        clash = next((w for w in (*accepted.values(), want) if not _is_unambiguous(made, w, tentative)), None)
        if clash is not None:
            workspace.warn(
                "discriminator-dropped",
                f"two members of {want.union!r} would have the same value of {want.property_name!r}",
                want.site,
            )
            continue
        values = tentative
        accepted[want.union] = want
    result = dict(made)
    for (name, prop), literals in values.items():
        schema = result[name]
        if isinstance(schema, IRObjectSchema):
            result[name] = _with_literal(schema, prop, literals)
    for name, want in accepted.items():
        schema = result[name]
        if isinstance(schema, IRUnionSchema):
            pairs = tuple((value, member) for member in _members(schema) for value in values[member, want.property_name])
            result[name] = schema.model_copy(
                update={"discriminator": nodes.discriminator(property_name=want.property_name, mapping=pairs)}
            )
    asked = {want.union for want in wanted}
    for name, schema in made.items():
        if isinstance(schema, IRUnionSchema) and name not in asked:
            found_by_itself = _evident(result, schema)
            if found_by_itself is not None:
                result[name] = schema.model_copy(update={"discriminator": found_by_itself})
    return result


def _evident(made: Mapping[str, IRSchema], schema: IRUnionSchema) -> Discriminator | None:
    """The discriminator of a union that names none, where every member is an object that requires a string of its own there."""
    members = [made[name] for name in _members(schema)]
    if len(members) != len(schema.members) or not isinstance(members[0], IRObjectSchema):
        return None
    for prop in members[0].properties:
        if not prop.required or not isinstance(prop.type, LiteralType):
            continue
        pairs: list[tuple[str, str]] = []
        for member in members:
            own = (
                next((p for p in member.properties if p.name == prop.name), None) if isinstance(member, IRObjectSchema) else None
            )
            if own is None or not own.required or not isinstance(own.type, LiteralType) or not isinstance(own.type.value, str):
                break
            pairs.append((own.type.value, member.name))
        if len(pairs) == len(members) == len({value for value, _ in pairs}):
            return nodes.discriminator(property_name=prop.name, mapping=tuple(pairs))
    return None


def _with_objects(made: dict[str, IRSchema], wanted: Sequence[Wanted]) -> dict[str, IRSchema]:
    """The schemas, where members of discriminated unions that are objects of any content are objects by declaration too."""
    result = dict(made)
    for want in wanted:
        schema = made.get(want.union)
        for name in _members(schema) if isinstance(schema, IRUnionSchema) else ():
            member = made[name]
            if isinstance(member, IRAliasSchema) and isinstance(member.type, MapType) and isinstance(member.type.values, AnyType):
                result[name] = nodes.object_schema(
                    name=name,
                    title=member.title,
                    description=member.description,
                    deprecated=member.deprecated,
                    examples=member.examples,
                    pointer=member.pointer,
                    inline=member.inline,
                )
    return result


def _members(schema: IRUnionSchema) -> tuple[str, ...]:
    return tuple(member.name for member in schema.members if isinstance(member, ReferenceType))


def _is_unambiguous(made: Mapping[str, IRSchema], want: Wanted, values: Mapping[tuple[str, str], tuple[str, ...]]) -> bool:
    schema = made[want.union]
    assert isinstance(schema, IRUnionSchema)
    all_values = [value for member in _members(schema) for value in values.get((member, want.property_name), ())]
    return len(all_values) == len(set(all_values))


def _values(
    workspace: Workspace, made: Mapping[str, IRSchema], want: Wanted, anywhere: Mapping[tuple[str, str], list[str]]
) -> dict[tuple[str, str], tuple[str, ...]] | None:
    """The values of the discriminator's property for each member; nothing where a member cannot have one.

    A value comes from the union's own mapping, else from the property's own type, else from the mapping of another union,
    else it is the schema's name.
    """
    schema = made.get(want.union)
    if not isinstance(schema, IRUnionSchema):
        return None
    explicit: dict[str, list[str]] = {}
    for value, target in want.mapping:
        for name in _objects(made, target):
            explicit.setdefault(name, []).append(value)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for member in schema.members:
        name = member.name if isinstance(member, ReferenceType) else ""
        target_schema = made.get(name)
        if not isinstance(target_schema, IRObjectSchema):
            workspace.warn(
                "discriminator-dropped",
                f"a member of {want.union!r} is no object, so nothing tells it by {want.property_name!r}",
                want.site,
            )
            return None
        own = _own_values(made, target_schema, want.property_name)
        if own is _OTHER:
            workspace.warn(
                "discriminator-dropped",
                f"{want.property_name!r} of {name!r} is no string, so it cannot be the discriminator",
                want.site,
            )
            return None
        mapped = tuple(explicit.get(name, ()))
        if mapped and isinstance(own, tuple) and not set(mapped) <= set(own):
            workspace.warn("discriminator-dropped", f"{name!r} never has {want.property_name} = {', '.join(mapped)}", want.site)
            return None
        single = own if isinstance(own, tuple) and len(own) == 1 else None
        named = () if target_schema.inline and name not in want.origins else (want.origins.get(name, name),)
        values = mapped or single or tuple(anywhere.get((name, want.property_name), ())) or named
        if not values or (isinstance(own, tuple) and not set(values) <= set(own)):
            if isinstance(own, tuple):
                values = own
            else:
                workspace.warn(
                    "discriminator-dropped",
                    f"no value of {want.property_name!r} is known for a member of {want.union!r}",
                    want.site,
                )
                return None
        found[name, want.property_name] = tuple(values)
    return found


_OTHER = "other"


def _own_values(made: Mapping[str, IRSchema], schema: IRObjectSchema, name: str) -> tuple[str, ...] | str | None:
    """What a property's own type says of its values: strings to choose from, any string, or something else."""
    prop = next((p for p in schema.properties if p.name == name), None)
    if prop is None:
        return _OTHER if isinstance(schema.additional, NeverType) else None
    type = without_null(prop.type)
    seen: set[str] = set()
    while isinstance(type, ReferenceType) and type.name not in seen:
        seen.add(type.name)
        target = made[type.name]
        if isinstance(target, IREnumSchema):
            strings = tuple(m.value for m in target.members if isinstance(m.value, str))
            return strings if len(strings) == len(target.members) else _OTHER
        if not isinstance(target, IRAliasSchema):
            return _OTHER
        type = without_null(target.type)
    literals = type.members if isinstance(type, UnionType) else (type,)
    strings = tuple(m.value for m in literals if isinstance(m, LiteralType) and isinstance(m.value, str))
    if strings and len(strings) == len(literals):
        return strings
    return None if isinstance(type, AnyType) or (isinstance(type, ScalarType) and type.type == "string") else _OTHER


def _objects(made: Mapping[str, IRSchema], name: str) -> list[str]:
    """The object schemas that a mapping's target stands for: itself, behind aliases, or all members of a union."""
    seen: set[str] = set()
    while name not in seen:
        seen.add(name)
        schema = made.get(name)
        if isinstance(schema, IRAliasSchema) and isinstance(schema.type, ReferenceType):
            name = schema.type.name
        elif isinstance(schema, IRUnionSchema):
            return list(_members(schema))
    return [name]


def _with_literal(schema: IRObjectSchema, name: str, values: tuple[str, ...]) -> IRObjectSchema:
    type = union(nodes.literal_type(value=value) for value in values)
    properties = list(schema.properties)
    index = next((i for i, p in enumerate(properties) if p.name == name), None)
    if index is None:
        properties.insert(0, nodes.property_object(name=name, type=type, required=True))
    else:
        default = properties[index].default
        kept = default if default is not None and default.value in values else None
        properties[index] = properties[index].model_copy(update={"type": type, "required": True, "default": kept})
    return schema.model_copy(update={"properties": tuple(properties)})
