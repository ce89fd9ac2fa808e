"""Uploads: strings of raw bytes become files where a form carries them."""

from __future__ import annotations

from collections.abc import Sequence

from specloom.ir import types
from specloom.ir.operations import BodyKind, IRMediaTypeObject, IROperationObject
from specloom.ir.schemas import IRSchema
from specloom.ir.types import IRType, ScalarType

from . import nodes
from .graph import Graph, Way, answered_types, is_bytes, mentioned_in, scan
from .naming import Names
from .operation_types import Change
from .raw import Site
from .variants import Api, changed, renamer
from .workspace import Workspace


def as_upload(type: IRType) -> IRType:
    """A scalar that is bytes as an upload, any other type as it is."""
    return nodes.upload_type(media_type=type.content_media_type) if isinstance(type, ScalarType) and is_bytes(type) else type


def uploading(work: Workspace, names: Names, graph: Graph, api: Api) -> Api:
    """Makes uploads of the bytes in multipart request bodies. A schema that JSON carries too gets a variant for forms.

    Where one schema is offered as a form and as JSON and it carries bytes, only the form is kept: JSON cannot hold them.
    """
    seeds = [name for name, schema in api.schemas.items() if graph.links(schema).has_bytes]
    carriers = graph.leading_to(api.schemas, seeds, api.schemas, Way.ANY)
    operations = [_only_forms(work, operation, carriers) for operation in api.operations]
    forms = [content.type for content in _forms(operations)]
    in_forms = graph.reachable(api.schemas, mentioned_in(forms), Way.ANY)
    changing = [name for name in api.schemas if name in in_forms and name in carriers]
    if not changing and not any(scan(type, []) for type in forms):
        return Api(api.schemas, tuple(operations), api.webhooks)
    others = _elsewhere(graph, api, operations, set(in_forms))
    renamed = {name: names.take(f"{name}Form") for name in changing if name in others}
    rename = renamer(renamed)

    def change(type: IRType) -> IRType:
        return types.replace(rename(type), as_upload)

    schemas: dict[str, IRSchema] = {}
    for name, schema in api.schemas.items():
        schemas[name] = schema
        if name in renamed:
            made = changed(schema, change, Way.ANY, renamed)
            schemas[renamed[name]] = made.model_copy(update={"name": renamed[name], "inline": True})
        elif name in in_forms and name in carriers:
            schemas[name] = changed(schema, change, Way.ANY, renamed)
    return Api(schemas, tuple(_with_forms(operation, change) for operation in operations), api.webhooks)


def _forms(operations: Sequence[IROperationObject]) -> list[IRMediaTypeObject]:
    return [
        content
        for operation in operations
        if operation.request_body
        for content in operation.request_body.contents
        if content.kind is BodyKind.MULTIPART
    ]


def _elsewhere(graph: Graph, api: Api, operations: Sequence[IROperationObject], in_forms: set[str]) -> dict[str, None]:
    """Schemas that travel by other ways than in multipart requests, or that a schema mentions which is in no form."""
    found: list[IRType] = []
    for operation in (*operations, *api.webhooks):
        if operation.request_body:
            found += [content.type for content in operation.request_body.contents if content.kind is not BodyKind.MULTIPART]
        found += answered_types(operation)
    roots = mentioned_in(found)
    roots += [n for user, schema in api.schemas.items() if user not in in_forms for n in graph.links(schema).names[Way.ANY]]
    return graph.reachable(api.schemas, roots, Way.ANY)


def _only_forms(work: Workspace, operation: IROperationObject, carriers: set[str]) -> IROperationObject:
    body = operation.request_body
    if body is None or not any(content.kind is BodyKind.MULTIPART for content in body.contents):
        return operation
    in_forms = [content.type for content in body.contents if content.kind is BodyKind.MULTIPART]
    kept = tuple(
        content
        for content in body.contents
        if content.kind not in (BodyKind.JSON, BodyKind.FORM)
        or content.type not in in_forms
        or not any(name in carriers for name in mentioned_in((content.type,)))
    )
    if len(kept) == len(body.contents):
        return operation
    work.info(
        "bytes-only-in-forms",
        "the body carries bytes, so it is sent as a multipart form only",
        Site("", f"{operation.pointer or ''}/requestBody"),
    )
    return operation.model_copy(update={"request_body": body.model_copy(update={"contents": kept})})


def _with_forms(operation: IROperationObject, change: Change) -> IROperationObject:
    body = operation.request_body
    if body is None:
        return operation
    contents = tuple(
        content.model_copy(update={"type": new})
        if content.kind is BodyKind.MULTIPART and (new := change(content.type)) is not content.type
        else content
        for content in body.contents
    )
    if all(a is b for a, b in zip(contents, body.contents, strict=True)):
        return operation
    return operation.model_copy(update={"request_body": body.model_copy(update={"contents": contents})})
