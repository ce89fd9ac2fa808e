"""Defaults: kept where they are values of their own type, else left out with a diagnostic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from specloom.ir.operations import IROperationObject
from specloom.ir.schemas import Default, IRAliasSchema, IREnumSchema, IRObjectSchema, IRSchema, IRUnionSchema
from specloom.ir.types import (
    AnyType,
    ArrayType,
    IRType,
    LiteralType,
    MapType,
    NeverType,
    ReferenceType,
    ScalarType,
    TupleType,
    UnionType,
    UploadType,
    same_literal,
)
from specloom.reading.pointers import JSON

from .raw import Site, is_of_type
from .workspace import Workspace

_DEEPEST = 30


def with_fitting_defaults(work: Workspace, schemas: dict[str, IRSchema]) -> dict[str, IRSchema]:
    """The schemas, less the defaults of properties that are no values of their types."""
    result = schemas
    for name, schema in schemas.items():
        if not isinstance(schema, IRObjectSchema) or all(prop.default is None for prop in schema.properties):
            continue
        properties = []
        for prop in schema.properties:
            if prop.default is not None and not fits(prop.default.value, prop.type, schemas):
                _warn(work, f"the property {prop.name!r}", prop.default, Site("", f"{schema.pointer or ''}"))
                prop = prop.model_copy(update={"default": None})
            properties.append(prop)
        if any(a is not b for a, b in zip(properties, schema.properties, strict=True)):
            result = {**schemas} if result is schemas else result
            result[name] = schema.model_copy(update={"properties": tuple(properties)})
    return result


def parameters_with_fitting_defaults(
    work: Workspace, operation: IROperationObject, schemas: Mapping[str, IRSchema]
) -> IROperationObject:
    """The operation, less the defaults of parameters that are no values of their types."""
    wrong = [p for p in operation.parameters if p.default is not None and not fits(p.default.value, p.type, schemas)]
    if not wrong:
        return operation
    for parameter in wrong:
        if parameter.default is not None:
            _warn(work, f"the parameter {parameter.name!r}", parameter.default, Site("", operation.pointer or ""))
    parameters = tuple(p.model_copy(update={"default": None}) if p in wrong else p for p in operation.parameters)
    return operation.model_copy(update={"parameters": parameters})


def _warn(work: Workspace, what: str, default: Default, site: Site) -> None:
    work.warn("default-mismatch", f"the default {default.value!r} of {what} is no value of its type; it is left out", site)


def fits(value: JSON, type: IRType, schemas: Mapping[str, IRSchema], depth: int = 0) -> bool:
    """Whether ``value`` is of ``type``; constraints and what is deep inside are not looked at."""
    if depth > _DEEPEST:
        return True
    match type:
        case AnyType():
            return True
        case ScalarType(type=name):
            return is_of_type(value, name)
        case LiteralType(value=only):
            return isinstance(value, str | bool | int | float | None) and same_literal(value, only)
        case ArrayType(items=items):
            return isinstance(value, list) and all(fits(each, items, schemas, depth + 1) for each in value)
        case TupleType():
            return isinstance(value, list)
        case MapType(values=values):
            return isinstance(value, dict) and all(fits(each, values, schemas, depth + 1) for each in value.values())
        case UnionType(members=members):
            return any(fits(value, member, schemas, depth + 1) for member in members)
        case ReferenceType(name=name):
            return _fits_schema(value, schemas[name], schemas, depth + 1)
        case NeverType() | UploadType():
            return False
        case _:
            assert_never(type)


def _fits_schema(value: JSON, schema: IRSchema, schemas: Mapping[str, IRSchema], depth: int) -> bool:
    match schema:
        case IRObjectSchema(properties=properties):
            if not isinstance(value, dict):
                return False
            return all(
                fits(value[prop.name], prop.type, schemas, depth) if prop.name in value else not prop.required
                for prop in properties
            )
        case IREnumSchema(members=members):
            return isinstance(value, str | bool | int | float) and any(same_literal(value, member.value) for member in members)
        case IRUnionSchema(members=members):
            return any(fits(value, member, schemas, depth) for member in members)
        case IRAliasSchema(type=type):
            return fits(value, type, schemas, depth)
        case _:
            assert_never(schema)
