"""Request, response and patch variants: those of the document related to each other, and those it has not derived."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from specloom.ir import types
from specloom.ir.operations import BodyKind, IRMediaTypeObject, IROperationObject
from specloom.ir.schemas import (
    Discriminator,
    IRAliasSchema,
    IREnumSchema,
    IRObjectSchema,
    IRPropertyObject,
    IRSchema,
    IRUnionSchema,
    Role,
    schema_references,
)
from specloom.ir.types import IRType, ReferenceType

from .naming import Names
from .operation_types import map_contents
from .raw import Site
from .workspace import Workspace

Keep = Callable[[IRPropertyObject], bool]
_PATCHABLE = (BodyKind.JSON, BodyKind.FORM, BodyKind.MULTIPART)


def is_sent(prop: IRPropertyObject) -> bool:
    """Whether a property belongs into a request."""
    return not prop.read_only


def is_answered(prop: IRPropertyObject) -> bool:
    """Whether a property belongs into a response."""
    return not prop.write_only


@dataclass(frozen=True, slots=True)
class Api:
    """The parts of an API that derivation changes."""

    schemas: dict[str, IRSchema]
    operations: tuple[IROperationObject, ...]
    webhooks: tuple[IROperationObject, ...]


def references_of(schema: IRSchema, keep: Keep) -> Iterator[str]:
    """The schemas that a schema mentions, properties that ``keep`` refuses left out."""
    if isinstance(schema, IRObjectSchema):
        for prop in schema.properties:
            if keep(prop):
                yield from types.references(prop.type)
        if schema.additional is not None:
            yield from types.references(schema.additional)
    else:
        yield from schema_references(schema)


def reachable(schemas: Mapping[str, IRSchema], roots: Iterable[str], keep: Keep) -> dict[str, None]:
    """All schemas that ``roots`` lead to, in the order they are found."""
    found: dict[str, None] = {}
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting += references_of(schemas[name], keep)
    return found


def affected(schemas: Mapping[str, IRSchema], seeds: Iterable[str], within: Iterable[str], keep: Keep) -> set[str]:
    """``seeds`` and all schemas of ``within`` that lead to one of them."""
    users: dict[str, list[str]] = {}
    for name in within:
        for mentioned in references_of(schemas[name], keep):
            users.setdefault(mentioned, []).append(name)
    found: set[str] = set()
    waiting = list(seeds)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += users.get(name, ())
    return found


def changed(schema: IRSchema, change: Callable[[IRType], IRType], keep: Keep, renamed: Mapping[str, str]) -> IRSchema:
    """A schema with its types changed and the properties that ``keep`` refuses left out."""
    match schema:
        case IRObjectSchema():
            properties = tuple(
                prop if (new := change(prop.type)) is prop.type else prop.model_copy(update={"type": new})
                for prop in schema.properties
                if keep(prop)
            )
            additional = None if schema.additional is None else change(schema.additional)
            return schema.model_copy(update={"properties": properties, "additional": additional})
        case IRUnionSchema(members=members, discriminator=discriminator):
            if discriminator is not None:
                pairs = tuple((value, renamed.get(name, name)) for value, name in discriminator.mapping)
                discriminator = Discriminator(property_name=discriminator.property_name, mapping=pairs)
            return schema.model_copy(update={"members": tuple(change(m) for m in members), "discriminator": discriminator})
        case IRAliasSchema(type=type):
            return schema.model_copy(update={"type": change(type)})
        case IREnumSchema():
            return schema


def renamer(renamed: Mapping[str, str]) -> Callable[[IRType], IRType]:
    """A change of types that puts variants in the place of their schemas."""
    made = {name: ReferenceType(name=new) for name, new in renamed.items()}

    def one(type: IRType) -> IRType:
        return made.get(type.name, type) if isinstance(type, ReferenceType) else type

    return lambda type: types.replace(type, one)


def related(schemas: Mapping[str, IRSchema], operations: Sequence[IROperationObject]) -> dict[str, IRSchema]:
    """The schemas with the roles that a document split by drf-spectacular gives them by name (COMPONENT_SPLIT_REQUEST)."""
    sent = set(reachable(schemas, _names(operations, requests=True), every))
    answered = set(reachable(schemas, _names(operations, requests=False), every))
    result = dict(schemas)
    for name, schema in schemas.items():
        base, role = _base(name, schemas)
        if role is None or schema.inline or name in answered or (name not in sent and role is Role.REQUEST):
            continue
        original = schemas[base]
        if original.inline or not _is_alike(schema, original):
            continue
        result[name] = schema.model_copy(update={"role": role, "base": base})
        if result[base].role is Role.PLAIN:
            result[base] = result[base].model_copy(update={"role": Role.RESPONSE})
    return result


def _base(name: str, schemas: Mapping[str, IRSchema]) -> tuple[str, Role | None]:
    stem = name.removeprefix("Patched")
    if stem != name:
        for base in (stem.removesuffix("Request"), stem):
            if base != name and base in schemas:
                return base, Role.PATCH
        return "", None
    base = name.removesuffix("Request")
    return (base, Role.REQUEST) if base != name and base in schemas else ("", None)


def _is_alike(schema: IRSchema, base: IRSchema) -> bool:
    """Whether two schemas describe one thing: the same sort, and objects with a property in common."""
    if isinstance(schema, IRObjectSchema) and isinstance(base, IRObjectSchema):
        names = {prop.name for prop in base.properties}
        return not schema.properties or any(prop.name in names for prop in schema.properties)
    return isinstance(schema, IRUnionSchema) and isinstance(base, IRUnionSchema)


def every(prop: IRPropertyObject) -> bool:
    """Keeps all properties."""
    return True


def _names(operations: Iterable[IROperationObject], *, requests: bool) -> Iterator[str]:
    for operation in operations:
        if requests and operation.request_body:
            for content in operation.request_body.contents:
                yield from types.references(content.type)
        elif not requests:
            for response in operation.responses:
                for content in response.contents:
                    yield from types.references(content.type)


def split(work: Workspace, names: Names, api: Api) -> Api:
    """Derives ``XRequest`` where something read-only would be sent, and keeps out of responses what is write-only."""
    schemas = api.schemas
    asked = [*_names(api.operations, requests=True), *_names(api.webhooks, requests=False)]
    given = [*_names(api.operations, requests=False), *_names(api.webhooks, requests=True)]
    marked = {n for n, s in schemas.items() if isinstance(s, IRObjectSchema) and any(p.read_only or p.write_only for p in s.properties)}
    if not marked:
        return api
    answered = reachable(schemas, given, is_answered)
    sent = reachable(schemas, asked, is_sent)
    seeds = [n for n in schemas if n in marked and n in sent and _differs(schemas[n], n in answered)]
    needed = affected(schemas, seeds, sent, is_sent)
    in_place = _only_sent(schemas, needed, answered)
    renamed: dict[str, str] = {}
    for name in schemas:
        if name in needed and name not in in_place:
            renamed[name] = _variant_name(work, names, schemas[name], name if name.endswith("Request") else "", "Request")
    to_request = renamer(renamed)
    hidden = {n for n in marked if n in answered and any(p.write_only for p in _properties(schemas[n]))}
    result: dict[str, IRSchema] = {}
    for name, schema in schemas.items():
        kept = changed(schema, _same, is_answered, {}) if name in hidden else schema
        if name in renamed:
            kept = kept.model_copy(update={"role": Role.RESPONSE}) if kept.role is Role.PLAIN else kept
            variant = changed(schema, to_request, is_sent, renamed)
            result[name] = kept
            result[renamed[name]] = variant.model_copy(update={
                "name": renamed[name], "role": Role.REQUEST if schema.role is not Role.PATCH else Role.PATCH,
                "base": schema.base or name, "inline": True,
            })
        elif name in in_place:
            result[name] = changed(schema, to_request, is_sent, renamed)
        else:
            result[name] = kept
    result = _tellable(work, result)
    operations = tuple(_with_request(operation, to_request) for operation in api.operations)
    webhooks = tuple(_with_responses(operation, to_request) for operation in api.webhooks)
    return Api(result, operations, webhooks)


def _tellable(work: Workspace, schemas: dict[str, IRSchema]) -> dict[str, IRSchema]:
    """The schemas, less the discriminators of unions whose members lost the property, because it travels the other way only."""
    lost = {
        name for name, schema in schemas.items()
        if isinstance(schema, IRUnionSchema) and schema.discriminator is not None
        and any(all(p.name != schema.discriminator.property_name for p in _properties(schemas[member]))
                for _, member in schema.discriminator.mapping)
    }
    for name in schemas:
        if name in lost:
            work.info("discriminator-dropped", f"the members of {name!r} have no discriminator: it is read-only or write-only",
                      Site("", schemas[name].pointer or ""))
    return {n: s.model_copy(update={"discriminator": None}) if n in lost else s for n, s in schemas.items()}


def _only_sent(schemas: Mapping[str, IRSchema], needed: set[str], answered: Mapping[str, None]) -> set[str]:
    """Inline schemas that nothing but requests uses: they need no variant beside them, they are it."""
    found = {name for name in needed if schemas[name].inline and name not in answered}
    outside = [mentioned for name, schema in schemas.items() if name not in found for mentioned in schema_references(schema)]
    return found - set(reachable(schemas, outside, every))


def _differs(schema: IRSchema, is_in_answers: bool) -> bool:
    return any(p.read_only or (is_in_answers and p.write_only) for p in _properties(schema))


def _properties(schema: IRSchema) -> tuple[IRPropertyObject, ...]:
    return schema.properties if isinstance(schema, IRObjectSchema) else ()


def _same(type: IRType) -> IRType:
    return type


def _variant_name(work: Workspace, names: Names, schema: IRSchema, already: str, suffix: str, prefix: str = "") -> str:
    wanted = prefix + (f"{already}Input" if already and not prefix else schema.name.removesuffix(suffix) + suffix)
    name = names.take(wanted)
    if name != wanted:
        work.info("name-changed", f"the name {wanted!r} is taken; the variant of {schema.name!r} that is sent becomes {name!r}",
                  Site("", schema.pointer or ""))
    return name


def _with_request(operation: IROperationObject, change: Callable[[IRType], IRType]) -> IROperationObject:
    body = operation.request_body
    if body is None:
        return operation
    contents = map_contents(body.contents, change)
    if contents is body.contents:
        return operation
    return operation.model_copy(update={"request_body": body.model_copy(update={"contents": contents})})


def _with_responses(operation: IROperationObject, change: Callable[[IRType], IRType]) -> IROperationObject:
    responses = tuple(
        response if (new := map_contents(response.contents, change)) is response.contents
        else response.model_copy(update={"contents": new})
        for response in operation.responses
    )
    return operation.model_copy(update={"responses": responses})


def patched(work: Workspace, names: Names, api: Api) -> Api:
    """Derives ``PatchedXRequest`` where a PATCH sends a schema that also is created, replaced or answered as a whole."""
    whole = set(_names((o for o in api.operations if o.method in ("post", "put")), requests=True))
    whole |= set(_names(api.operations, requests=False))
    schemas = dict(api.schemas)
    made: dict[str, str] = {}
    operations: list[IROperationObject] = []
    for operation in api.operations:
        body = operation.request_body
        if operation.method != "patch" or body is None:
            operations.append(operation)
            continue
        contents = tuple(_patch_content(work, names, schemas, content, whole, made) for content in body.contents)
        if all(a is b for a, b in zip(contents, body.contents, strict=True)):
            operations.append(operation)
        else:
            operations.append(operation.model_copy(update={"request_body": body.model_copy(update={"contents": contents})}))
    if not made:
        return api
    ordered: dict[str, IRSchema] = {}
    for name in api.schemas:
        ordered[name] = schemas[name]
        if name in made:
            ordered[made[name]] = schemas[made[name]]
    return Api(ordered, tuple(operations), api.webhooks)


def _patch_content(
    work: Workspace, names: Names, schemas: dict[str, IRSchema], content: IRMediaTypeObject, whole: set[str], made: dict[str, str]
) -> IRMediaTypeObject:
    type = content.type
    if content.kind not in _PATCHABLE or not isinstance(type, ReferenceType):
        return content
    schema = schemas[type.name]
    base = schema.base or schema.name
    if not isinstance(schema, IRObjectSchema) or schema.role is Role.PATCH or not any(p.required for p in schema.properties):
        return content
    if schema.name not in whole and base not in whole:
        return content
    name = made.get(schema.name)
    if name is None:
        name = made[schema.name] = _variant_name(work, names, schemas[base], "", "Request", "Patched")
        properties = tuple(p.model_copy(update={"required": False}) if p.required else p for p in schema.properties if is_sent(p))
        schemas[name] = schema.model_copy(update={
            "name": name, "properties": properties, "role": Role.PATCH, "base": base, "inline": True, "min_properties": None,
        })
        if schemas[base].role is Role.PLAIN:
            schemas[base] = schemas[base].model_copy(update={"role": Role.RESPONSE})
    return content.model_copy(update={"type": ReferenceType(name=name)})
