"""Request, response and patch variants: those of the document related to each other, and those it has not derived."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from specloom.ir import types
from specloom.ir.operations import BodyKind, IRMediaTypeObject, IROperationObject
from specloom.ir.schemas import (
    IRAliasSchema,
    IREnumSchema,
    IRObjectSchema,
    IRPropertyObject,
    IRSchema,
    IRUnionSchema,
    Role,
)
from specloom.ir.types import IRType, ReferenceType

from . import nodes
from .graph import Graph, Way, answered_types, mentioned_in, sent_types
from .naming import Names
from .operation_types import Change, map_contents
from .raw import Site
from .workspace import Workspace

_PATCHABLE = (BodyKind.JSON, BodyKind.FORM, BodyKind.MULTIPART)


@dataclass(frozen=True, slots=True)
class Api:
    """The parts of an API that derivation changes."""

    schemas: dict[str, IRSchema]
    operations: tuple[IROperationObject, ...]
    webhooks: tuple[IROperationObject, ...]

    def sent(self) -> list[str]:
        """The schemas that requests mention; what a webhook answers is sent too."""
        return mentioned_in(
            [*(t for o in self.operations for t in sent_types(o)), *(t for o in self.webhooks for t in answered_types(o))]
        )

    def answered(self) -> list[str]:
        """The schemas that responses mention; what a webhook is called with is answered too."""
        return mentioned_in(
            [*(t for o in self.operations for t in answered_types(o)), *(t for o in self.webhooks for t in sent_types(o))]
        )


def changed(schema: IRSchema, change: Change, way: Way, renamed: Mapping[str, str]) -> IRSchema:
    """A schema with its types changed and the properties left out that do not travel this way."""
    match schema:
        case IRObjectSchema():
            properties = tuple(
                prop if (new := change(prop.type)) is prop.type else prop.model_copy(update={"type": new})
                for prop in schema.properties
                if way.keeps(prop)
            )
            additional = None if schema.additional is None else change(schema.additional)
            return schema.model_copy(update={"properties": properties, "additional": additional})
        case IRUnionSchema(members=members, discriminator=discriminator):
            if discriminator is not None:
                pairs = tuple((value, renamed.get(name, name)) for value, name in discriminator.mapping)
                discriminator = nodes.discriminator(property_name=discriminator.property_name, mapping=pairs)
            return schema.model_copy(update={"members": tuple(change(m) for m in members), "discriminator": discriminator})
        case IRAliasSchema(type=type):
            return schema.model_copy(update={"type": change(type)})
        case IREnumSchema():
            return schema


def renamer(renamed: Mapping[str, str]) -> Callable[[IRType], IRType]:
    """A change of types that puts variants in the place of their schemas."""
    made = {name: nodes.reference_type(name=new) for name, new in renamed.items()}

    def one(type: IRType) -> IRType:
        return made.get(type.name, type) if isinstance(type, ReferenceType) else type

    return lambda type: types.replace(type, one)


def related(graph: Graph, api: Api) -> Api:
    """The schemas with the roles that a document split by drf-spectacular gives them by name (COMPONENT_SPLIT_REQUEST)."""
    found = {
        n: found_base for n, s in api.schemas.items() if not s.inline and (found_base := _base(n, api.schemas))[1] is not None
    }
    if not found:
        return api
    sent = graph.reachable(api.schemas, api.sent(), Way.ANY)
    answered = graph.reachable(api.schemas, api.answered(), Way.ANY)
    result = dict(api.schemas)
    for name, (base, role) in found.items():
        if name in answered or (name not in sent and role is Role.REQUEST):
            continue
        if api.schemas[base].inline or not _is_alike(api.schemas[name], api.schemas[base]):
            continue
        result[name] = api.schemas[name].model_copy(update={"role": role, "base": base})
        if result[base].role is Role.PLAIN:
            result[base] = result[base].model_copy(update={"role": Role.RESPONSE})
    return Api(result, api.operations, api.webhooks)


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


def split(work: Workspace, names: Names, graph: Graph, api: Api) -> Api:
    """Derives ``XRequest`` where something read-only would be sent, and keeps out of responses what is write-only."""
    schemas = api.schemas
    marked = [name for name, schema in schemas.items() if graph.links(schema).is_marked]
    if not marked:
        return api
    answered = graph.reachable(schemas, api.answered(), Way.ANSWERED)
    sent = graph.reachable(schemas, api.sent(), Way.SENT)
    seeds = [name for name in marked if name in sent and _differs(schemas[name], name in answered)]
    needed = graph.leading_to(schemas, seeds, sent, Way.SENT)
    in_place = _only_sent(graph, schemas, needed, answered)
    renamed = {
        name: _variant_name(work, names, schema, f"{name}Input" if name.endswith("Request") else f"{name}Request")
        for name, schema in schemas.items()
        if name in needed and name not in in_place
    }
    to_request = renamer(renamed)
    hidden = {name for name in marked if name in answered and any(p.write_only for p in _properties(schemas[name]))}
    result: dict[str, IRSchema] = {}
    for name, schema in schemas.items():
        if name in in_place:
            result[name] = changed(schema, to_request, Way.SENT, renamed)
            continue
        result[name] = changed(schema, _same, Way.ANSWERED, {}) if name in hidden else schema
        if name in renamed:
            if schema.role is Role.PLAIN:
                result[name] = result[name].model_copy(update={"role": Role.RESPONSE})
            result[renamed[name]] = changed(schema, to_request, Way.SENT, renamed).model_copy(
                update={
                    "name": renamed[name],
                    "role": Role.PATCH if schema.role is Role.PATCH else Role.REQUEST,
                    "base": schema.base or name,
                    "inline": True,
                }
            )
    return Api(
        _tellable(work, result),
        tuple(_with_request(operation, to_request) for operation in api.operations),
        tuple(_with_responses(operation, to_request) for operation in api.webhooks),
    )


def _differs(schema: IRSchema, is_in_answers: bool) -> bool:
    return any(p.read_only or (is_in_answers and p.write_only) for p in _properties(schema))


def _only_sent(graph: Graph, schemas: Mapping[str, IRSchema], needed: set[str], answered: Mapping[str, None]) -> set[str]:
    """Inline schemas that nothing but requests uses: they need no variant beside them, they are it."""
    found = {name for name in needed if schemas[name].inline and name not in answered}
    if not found:
        return found
    outside = [
        mentioned for name, schema in schemas.items() if name not in found for mentioned in graph.links(schema).names[Way.ANY]
    ]
    return found - graph.reachable(schemas, outside, Way.ANY).keys()


def _tellable(work: Workspace, schemas: dict[str, IRSchema]) -> dict[str, IRSchema]:
    """The schemas, less the discriminators of unions whose members lost the property, because it travels the other way only."""
    lost = {
        name
        for name, schema in schemas.items()
        if isinstance(schema, IRUnionSchema)
        and schema.discriminator is not None
        and any(
            all(p.name != schema.discriminator.property_name for p in _properties(schemas[member]))
            for _, member in schema.discriminator.mapping
        )
    }
    for name in schemas:
        if name in lost:
            work.info(
                "discriminator-dropped",
                f"the members of {name!r} have no discriminator: it is read-only or write-only",
                Site("", schemas[name].pointer or ""),
            )
    return {n: s.model_copy(update={"discriminator": None}) if n in lost else s for n, s in schemas.items()}


def _properties(schema: IRSchema) -> tuple[IRPropertyObject, ...]:
    return schema.properties if isinstance(schema, IRObjectSchema) else ()


def _same(type: IRType) -> IRType:
    return type


def _variant_name(work: Workspace, names: Names, schema: IRSchema, wanted: str) -> str:
    name = names.take(wanted)
    if name != wanted:
        work.info(
            "name-changed",
            f"the name {wanted!r} is taken; the variant of {schema.name!r} that is sent becomes {name!r}",
            Site("", schema.pointer or ""),
        )
    return name


def _with_request(operation: IROperationObject, change: Change) -> IROperationObject:
    body = operation.request_body
    if body is None:
        return operation
    contents = map_contents(body.contents, change)
    if contents is body.contents:
        return operation
    return operation.model_copy(update={"request_body": body.model_copy(update={"contents": contents})})


def _with_responses(operation: IROperationObject, change: Change) -> IROperationObject:
    responses = tuple(
        response
        if (new := map_contents(response.contents, change)) is response.contents
        else response.model_copy(update={"contents": new})
        for response in operation.responses
    )
    return operation.model_copy(update={"responses": responses})


def patched(work: Workspace, names: Names, api: Api) -> Api:
    """Derives ``PatchedXRequest`` where a PATCH sends a schema that also is created, replaced or answered as a whole."""
    if not any(o.method == "patch" and o.request_body for o in api.operations):
        return api
    whole = set(mentioned_in(t for o in api.operations if o.method in ("post", "put") for t in sent_types(o)))
    whole.update(mentioned_in(t for o in api.operations for t in answered_types(o)))
    schemas = dict(api.schemas)
    made: dict[str, str] = {}
    operations: list[IROperationObject] = []
    for operation in api.operations:
        body = operation.request_body
        if operation.method == "patch" and body is not None:
            contents = tuple(_patch_content(work, names, schemas, content, whole, made) for content in body.contents)
            if any(a is not b for a, b in zip(contents, body.contents, strict=True)):
                operation = operation.model_copy(update={"request_body": body.model_copy(update={"contents": contents})})
        operations.append(operation)
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
        wanted = f"Patched{base}" if base.endswith("Request") else f"Patched{base}Request"
        name = made[schema.name] = _variant_name(work, names, schemas[base], wanted)
        properties = tuple(
            p.model_copy(update={"required": False}) if p.required else p for p in schema.properties if Way.SENT.keeps(p)
        )
        schemas[name] = schema.model_copy(
            update={
                "name": name,
                "properties": properties,
                "role": Role.PATCH,
                "base": base,
                "inline": True,
                "min_properties": None,
            }
        )
        if schemas[base].role is Role.PLAIN:
            schemas[base] = schemas[base].model_copy(update={"role": Role.RESPONSE})
    return content.model_copy(update={"type": nodes.reference_type(name=name)})
