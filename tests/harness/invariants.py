"""What the docstrings of the IR promise, checked: every lowered document has to keep it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specloom.ir.context import IRContext
from specloom.ir.operations import IROperationObject, Location, operation_types
from specloom.ir.schemas import (
    IRAliasSchema,
    IREnumSchema,
    IRObjectSchema,
    IRSchema,
    IRUnionSchema,
    schema_references,
    schema_types,
)
from specloom.ir.types import (
    IRType,
    LiteralType,
    ReferenceType,
    UnionType,
    allows_null,
    children,
    is_null,
    references,
    same_literal,
    union,
)


def broken_promises(api: IRContext) -> list[str]:
    """Everything in ``api`` that the IR says cannot be."""
    return [*_names(api), *_all_types(api), *_schemas(api), *_operations(api), *_homes(api)]


def _names(api: IRContext) -> Iterator[str]:
    for name, schema in api.schemas.items():
        if schema.name != name:
            yield f"{name} is called {schema.name}"
        if schema.base is not None and schema.base not in api.schemas:
            yield f"the base of {name} is not there"
        if "\0" in name:
            yield f"{name!r} has no name yet"
    ids = [operation.operation_id for operation in (*api.operations, *api.webhooks)]
    if len(ids) != len(set(ids)):
        yield "two operations have one id"
    tags = [tag.name for tag in api.tags]
    if sorted(tags) != sorted({operation.tag for operation in api.operations}):
        yield "tags are not those of the operations"


def _all_types(api: IRContext) -> Iterator[str]:
    for where, type in _standing(api):
        for name in references(type):
            if name not in api.schemas:
                yield f"{where} mentions {name!r}, which is not there"
        for part in _parts(type):
            if isinstance(part, UnionType):
                if any(isinstance(member, UnionType) for member in part.members):
                    yield f"{where} has a union in a union"
                if union(part.members) != part:
                    yield f"{where} has a union that union() would not make: {part}"


def _standing(api: IRContext) -> Iterator[tuple[str, IRType]]:
    for schema in api.schemas.values():
        yield from ((schema.name, type) for type in schema_types(schema))
    for operation in (*api.operations, *api.webhooks):
        yield from ((operation.operation_id, type) for type in operation_types(operation))


def _parts(type: IRType) -> Iterator[IRType]:
    yield type
    for child in children(type):
        yield from _parts(child)


def _schemas(api: IRContext) -> Iterator[str]:
    for schema in api.schemas.values():
        match schema:
            case IRObjectSchema(properties=properties):
                if len({prop.name for prop in properties}) != len(properties):
                    yield f"{schema.name} has a property twice"
            case IREnumSchema(members=members):
                values = [member.value for member in members]
                if not values:
                    yield f"{schema.name} is an enum of nothing"
                if any(same_literal(a, b) for i, a in enumerate(values) for b in values[:i]):
                    yield f"{schema.name} has a value twice"
            case IRUnionSchema():
                yield from _union(api, schema)
            case IRAliasSchema(type=type):
                if allows_null(type) and type.kind != "anything":
                    yield f"the declaration {schema.name} includes null"
                if isinstance(type, ReferenceType) and _leads_back(api, schema.name):
                    yield f"{schema.name} leads back to itself"


def _leads_back(api: IRContext, name: str) -> bool:
    seen: set[str] = set()
    while name not in seen:
        seen.add(name)
        schema = api.schemas[name]
        if not isinstance(schema, IRAliasSchema) or not isinstance(schema.type, ReferenceType):
            return False
        name = schema.type.name
    return True


def _union(api: IRContext, schema: IRUnionSchema) -> Iterator[str]:
    if len(schema.members) < 2:
        yield f"{schema.name} is a union of {len(schema.members)}"
    for member in schema.members:
        if isinstance(member, UnionType) or is_null(member):
            yield f"{schema.name} has a member that is a union or null"
        if isinstance(member, ReferenceType) and isinstance(api.schemas.get(member.name), IRUnionSchema):
            yield f"{schema.name} has the union {member.name} as a member"
    discriminator = schema.discriminator
    if discriminator is None:
        return
    values = [value for value, _ in discriminator.mapping]
    if len(values) != len(set(values)):
        yield f"{schema.name} has a discriminator value twice"
    named = [member.name for member in schema.members if isinstance(member, ReferenceType)]
    if len(named) != len(schema.members) or {name for _, name in discriminator.mapping} != set(named):
        yield f"the discriminator of {schema.name} does not name all of its members, or others"
    for value, name in discriminator.mapping:
        target = api.schemas.get(name)
        if not isinstance(target, IRObjectSchema):
            yield f"the discriminator of {schema.name} leads to {name}, which is no object"
            continue
        prop = next((p for p in target.properties if p.name == discriminator.property_name), None)
        if prop is None or not prop.required:
            yield f"{name} has no required {discriminator.property_name}"
            continue
        literals = prop.type.members if isinstance(prop.type, UnionType) else (prop.type,)
        if not all(isinstance(each, LiteralType) for each in literals) or LiteralType(value=value) not in literals:
            yield f"{name}.{discriminator.property_name} is not the literal {value!r}"


def _operations(api: IRContext) -> Iterator[str]:
    schemes = {scheme.name for scheme in api.security_schemes}
    for operation in api.operations:
        yield from _parameters(operation)
        if operation.tag != (operation.tags[0] if operation.tags else "default"):
            yield f"{operation.operation_id} has the wrong tag"
        if any(requirement.scheme not in schemes for one in operation.security for requirement in one):
            yield f"{operation.operation_id} needs a security scheme that is not there"
        if operation.request_body is not None and not operation.request_body.contents:
            yield f"{operation.operation_id} has a body without contents"
        statuses = [response.status for response in operation.responses]
        if len(statuses) != len(set(statuses)):
            yield f"{operation.operation_id} has a status twice"
        if operation.pagination is not None:
            query = {p.name for p in operation.parameters if p.location is Location.QUERY}
            for name in (operation.pagination.parameter, operation.pagination.size_parameter):
                if name is not None and name not in query:
                    yield f"{operation.operation_id} pages by {name}, which it does not have"


def _parameters(operation: IROperationObject) -> Iterator[str]:
    keys = [(p.name, p.location) for p in operation.parameters]
    if len(keys) != len(set(keys)):
        yield f"{operation.operation_id} has a parameter twice"
    in_path = [p.name for p in operation.parameters if p.location is Location.PATH]
    if in_path != list(dict.fromkeys(re.findall(r"\{([^{}]*)\}", operation.path))):
        yield f"{operation.operation_id}: {operation.path} does not match its path parameters {in_path}"
    if in_path != [p.name for p in operation.parameters][: len(in_path)]:
        yield f"{operation.operation_id} does not have its path parameters first"
    if not all(p.required for p in operation.parameters if p.location is Location.PATH):
        yield f"{operation.operation_id} has an optional path parameter"


def _homes(api: IRContext) -> Iterator[str]:
    tags = {tag.name for tag in api.tags}
    for schema in api.schemas.values():
        if schema.home is not None and schema.home not in tags:
            yield f"{schema.name} lives with {schema.home!r}, which is no tag"
        for name in schema_references(schema):
            other: IRSchema | None = api.schemas.get(name)
            if other is not None and other.home not in (None, schema.home):
                yield f"{schema.name} of {schema.home!r} mentions {name} of {other.home!r}"
