"""Unions that have no schema of their own: where they stand, which are equal, and what they would be called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from specloom.builders.naming import singular
from specloom.ir.context import IRContext
from specloom.ir.operations import IROperationObject
from specloom.ir.schemas import IREnumSchema, IRObjectSchema
from specloom.ir.types import IRType, ReferenceType, ScalarType, children

from .shapes import Arms, Shapes
from .spelling import exported_name

_LEAVES = (ScalarType, ReferenceType)


@dataclass(slots=True)
class InlineUnion:
    """A union and the first place where it stands. ``owner``: the schema that it belongs to, if it stands in no other."""

    arms: Arms
    wanted: str
    owner: str | None
    several: bool = False


def inline_unions(
    api: IRContext,
    shapes: Shapes,
    types: Mapping[str, str],
    fields: Mapping[str, Mapping[str, str]],
    bases: Mapping[str, str],
) -> tuple[InlineUnion, ...]:
    """Every union without a schema, in the order of the document. ``bases``: what names in an operation begin with."""
    found: dict[Arms, InlineUnion] = {}
    for owner, wanted, type in (*_in_schemas(api, shapes, types, fields), *_in_operations(api, bases)):
        for arms, name in _unions(type, wanted, shapes):
            known = found.get(arms)
            if known is None:
                found[arms] = InlineUnion(arms, name, owner)
            elif known.wanted != name:
                known.several = True
                known.owner = owner if known.owner == owner else None
    return tuple(found.values())


def _in_schemas(
    api: IRContext, shapes: Shapes, types: Mapping[str, str], fields: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str, IRType]]:
    for name, schema in api.schemas.items():
        if isinstance(schema, IRObjectSchema):
            for prop in schema.properties:
                if not isinstance(prop.type, _LEAVES):
                    yield name, types[name] + fields[name][prop.name], prop.type
            if schema.additional is not None:
                yield name, f"{types[name]}Item", schema.additional
        elif not isinstance(schema, IREnumSchema):
            aliased = shapes.aliased(name)
            for type in (arm.type for arm in aliased) if isinstance(aliased, tuple) else (aliased,):
                yield name, types[name], type


def _in_operations(api: IRContext, bases: Mapping[str, str]) -> Iterator[tuple[None, str, IRType]]:
    for operation in (*api.operations, *api.webhooks):
        base = bases.get(operation.operation_id) or exported_name(operation.operation_id, "Type")
        for name, type in _operation_places(operation):
            yield None, base + name, type


def _operation_places(operation: IROperationObject) -> Iterator[tuple[str, IRType]]:
    for parameter in operation.parameters:
        if not isinstance(parameter.type, _LEAVES):
            yield exported_name(parameter.name), parameter.type
    if operation.request_body is not None:
        for content in operation.request_body.contents:
            yield "Body", content.type
    success = operation.success_responses
    for response in operation.responses:
        said = "Response" if response in success else f"Error{response.status.title()}"
        for content in response.contents:
            yield said, content.type
        for header in response.headers:
            yield exported_name(header.name), header.type
    if operation.pagination is not None:
        yield "Item", operation.pagination.item_type


def _unions(type: IRType, wanted: str, shapes: Shapes, above: tuple[Arms, ...] = ()) -> Iterator[tuple[Arms, str]]:
    """The unions in a type, outermost first. ``above`` are those around it: a union with a schema may hold itself."""
    if isinstance(type, _LEAVES):
        return
    found = shapes.collapsed(type)
    if not isinstance(found, tuple):
        yield from _below(found, wanted, shapes, above)
    elif found not in above:
        yield found, wanted
        for arm in found:
            yield from _below(arm.type, wanted, shapes, (*above, found))


def _below(type: IRType, wanted: str, shapes: Shapes, above: tuple[Arms, ...]) -> Iterator[tuple[Arms, str]]:
    inner = children(type)
    if inner:
        single = singular(wanted)
        name = single if single != wanted else f"{wanted}Item"
        for child in inner:
            yield from _unions(child, name, shapes, above)
