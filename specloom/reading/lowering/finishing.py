"""Declarations to IR schemas: final names, document order, flat unions, no empty loops."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from specloom.ir.schemas import (
    IRAliasSchema,
    IRObjectSchema,
    IRPropertyObject,
    IRSchema,
    IRUnionSchema,
)
from specloom.ir.types import (
    ANYTHING,
    NULL,
    IRType,
    NeverType,
    ReferenceType,
    ScalarType,
    UnionType,
    replace,
    union,
    without_null,
)
from specloom.reading.pointers import JSON

from . import nodes
from .discriminators import Wanted
from .enums import without_bullets
from .naming import Hint, pascal
from .raw import examples_of, text
from .schemas import Schemas
from .shapes import EnumShape, ObjectShape, Pending, Shape, UnionShape
from .workspace import Declaration


class Renaming:
    """Puts final names in the place of placeholders."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._types = {name: nodes.reference_type(name=final) for name, final in names.items()}

    def one(self, type: IRType) -> IRType:
        """A type that is no container, renamed."""
        return self._types.get(type.name, type) if isinstance(type, ReferenceType) else type

    def __call__(self, type: IRType) -> IRType:
        """A type with everything in it renamed."""
        if isinstance(type, ScalarType):
            return type
        if isinstance(type, ReferenceType):
            return self._types.get(type.name, type)
        return replace(type, self.one)


def settle_unions(schemas: Schemas) -> list[Wanted]:
    """Gives names to members of named unions that have none yet; says which discriminators the document asks for."""
    wanted: list[Wanted] = []
    work = schemas.workspace
    done: set[str] = set()
    while len(done) < len(work.declarations):
        for name in [n for n in work.declarations if n not in done]:
            done.add(name)
            shape = work.declarations[name].shape
            if not isinstance(shape, UnionShape):
                continue
            renamed: dict[str, str] = {}
            members: list[IRType] = []
            for index, member in enumerate(shape.members):
                if isinstance(member, Pending):
                    words = pascal(member.words) or f"Option{index + 1}"
                    type = schemas.settle(member.shape, Hint(name, words), member.site, member.schema)
                    if member.origin and isinstance(type, ReferenceType):
                        renamed[member.origin] = type.name
                    members.append(type)
                else:
                    members.append(member)
            schemas.finish()
            work.declarations[name].shape = UnionShape(tuple(members), shape.exclusive, shape.discriminator)
            if shape.discriminator is not None:
                mapping = tuple(
                    (value, renamed.get(target, schemas.bases.get(target, target)))
                    for value, target in shape.discriminator.mapping
                )
                wanted.append(
                    Wanted(
                        name,
                        shape.discriminator.property_name,
                        mapping,
                        shape.discriminator.site,
                        {new: old for old, new in renamed.items()},
                    )
                )
    return wanted


def finished(schemas: Schemas, renaming: Renaming, names: Mapping[str, str]) -> dict[str, IRSchema]:
    """All declarations as IR schemas: components in document order, each followed by what stood in it."""
    declarations = schemas.workspace.declarations
    made: dict[str, IRSchema] = {}
    children: dict[str | None, list[str]] = {}
    for declaration in declarations.values():
        parent = declaration.parent if declaration.parent in declarations else None
        children.setdefault(parent, []).append(declaration.name)
    todo = list(reversed(children.get(None, ())))
    while todo:
        name = todo.pop()
        declaration = declarations[name]
        final = names.get(name, name)
        shape = declaration.shape if declaration.shape is not None else ANYTHING
        made[final] = _schema(schemas, declaration, final, shape, renaming)
        todo += reversed(children.get(name, ()))
    return made


def _schema(schemas: Schemas, declaration: Declaration, name: str, shape: Shape, renaming: Renaming) -> IRSchema:
    raw, is_described = declaration.schema, declaration.described
    head = _Head(
        name=name,
        title=text(raw.get("title")) if is_described else None,
        description=text(raw.get("description")) if is_described else None,
        deprecated=raw.get("deprecated") is True,
        examples=examples_of(raw) if is_described else (),
        pointer=declaration.site.pointer,
        inline=declaration.inline,
    )
    match shape:
        case ObjectShape():
            return _object(schemas, declaration, shape, renaming, head)
        case EnumShape():
            head["description"] = without_bullets(head["description"], [member.value for member in shape.members])
            return nodes.enum_schema(**head, members=shape.members)
        case UnionShape():
            members = tuple(renaming(member) for member in shape.members if not isinstance(member, Pending))
            return nodes.union_schema(**head, members=members, exclusive=shape.exclusive)
        case _:
            return nodes.alias_schema(**head, type=without_null(renaming(shape)))


class _Head(TypedDict):
    """What all sorts of schemas have."""

    name: str
    title: str | None
    description: str | None
    deprecated: bool
    examples: tuple[JSON, ...]
    pointer: str
    inline: bool


def _object(schemas: Schemas, declaration: Declaration, shape: ObjectShape, renaming: Renaming, head: _Head) -> IRSchema:
    additional = None if shape.additional is None else renaming(shape.additional)
    properties: list[IRPropertyObject] = []
    for name, prop in shape.properties.items():
        type = prop.type
        if not isinstance(type, ScalarType):
            type = renaming(type)
        required = prop.required or name in shape.required
        if type is not prop.type or required != prop.required:
            prop = prop.model_copy(update={"type": type, "required": required})
        properties.append(prop)
    for name in sorted(shape.required - shape.properties.keys()):
        if isinstance(additional, NeverType):
            schemas.workspace.warn(
                "required-but-forbidden", f"{name!r} is required, but no property of that name is allowed", declaration.site
            )
            continue
        schemas.workspace.info(
            "required-not-described", f"{name!r} is required but not described; it may hold anything", declaration.site
        )
        properties.append(nodes.property_object(name=name, type=additional or ANYTHING, required=True))
    return nodes.object_schema(
        **head,
        properties=tuple(properties),
        additional=additional,
        min_properties=shape.min_properties,
        max_properties=shape.max_properties,
    )


def flattened(schemas: Schemas, made: dict[str, IRSchema]) -> dict[str, IRSchema]:
    """The same schemas with flat unions, and with anything in the place of aliases that lead only to themselves."""
    result: dict[str, IRSchema] = {}
    for name, schema in made.items():
        match schema:
            case IRAliasSchema(type=ReferenceType()):
                if _is_loop(name, made):
                    schemas.workspace.warn(
                        "ref-loop",
                        f"{name!r} leads only back to itself; it may hold anything",
                        schemas.workspace.declarations[name].site,
                    )
                    schema = schema.model_copy(update={"type": ANYTHING})
            case IRUnionSchema(members=members):
                schema = _flat(schema, union(_leaves(members, made, {name})))
            case _:
                pass
        result[name] = schema
    return result


def _flat(schema: IRUnionSchema, type: IRType) -> IRSchema:
    bare = without_null(type)
    if isinstance(bare, UnionType):
        return schema.model_copy(update={"members": bare.members})
    return nodes.alias_schema(
        name=schema.name,
        title=schema.title,
        description=schema.description,
        deprecated=schema.deprecated,
        examples=schema.examples,
        pointer=schema.pointer,
        inline=schema.inline,
        type=ANYTHING if isinstance(bare, NeverType) else bare,
    )


def _leaves(members: tuple[IRType, ...], made: Mapping[str, IRSchema], seen: set[str]) -> list[IRType]:
    """The members that are no unions, through unions, references to unions and to aliases of unions."""
    found: list[IRType] = []
    for member in members:
        if isinstance(member, UnionType):
            found += _leaves(member.members, made, seen)
            continue
        if isinstance(member, ReferenceType):
            target = made.get(end_of(member.name, made))
            if isinstance(target, IRObjectSchema) and target.name != member.name:
                member = nodes.reference_type(name=target.name)
            if isinstance(target, IRUnionSchema):
                if target.name not in seen:
                    seen.add(target.name)
                    found += _leaves(target.members, made, seen)
                continue
            if isinstance(target, IRAliasSchema) and isinstance(target.type, UnionType):
                if target.name not in seen:
                    seen.add(target.name)
                    found += _leaves(target.type.members, made, seen)
                continue
            if target is not None and target.name in seen and isinstance(target, IRAliasSchema):
                continue
        found.append(member)
    return [member for member in found if member != NULL]


def end_of(name: str, made: Mapping[str, IRSchema]) -> str:
    """The schema at the end of a chain of aliases; a loop ends anywhere in it."""
    seen = {name}
    while isinstance(schema := made.get(name), IRAliasSchema) and isinstance(schema.type, ReferenceType):
        name = schema.type.name
        if name in seen:
            break
        seen.add(name)
    return name


def _is_loop(name: str, made: Mapping[str, IRSchema]) -> bool:
    schema = made.get(end_of(name, made))
    return isinstance(schema, IRAliasSchema) and isinstance(schema.type, ReferenceType)
