"""Uploads: strings of raw bytes become files where a form carries them."""

from __future__ import annotations

from collections.abc import Callable

from specloom.ir import types
from specloom.ir.operations import BodyKind, IRMediaTypeObject, IROperationObject
from specloom.ir.schemas import IRSchema, schema_references, schema_types
from specloom.ir.types import IRType, ScalarType, UploadType, references

from .naming import Names
from .raw import Site
from .variants import Api, affected, changed, every, reachable, renamer
from .workspace import Workspace

_TEXTUAL = ("text/", "application/json", "application/xml")


def is_bytes(type: IRType) -> bool:
    """Whether a type is raw bytes in a form: ``format: binary``, or 3.1's media type without an encoding (§4.8.15.1)."""
    if not isinstance(type, ScalarType) or type.type != "string":
        return False
    media = type.content_media_type
    return type.format == "binary" or bool(media and type.content_encoding is None and not media.startswith(_TEXTUAL))


def as_upload(type: IRType) -> IRType:
    """A scalar that is bytes as an upload, any other type as it is."""
    return UploadType(media_type=type.content_media_type) if isinstance(type, ScalarType) and is_bytes(type) else type


def _mentions_bytes(type: IRType) -> bool:
    return is_bytes(type) or any(_mentions_bytes(child) for child in types.children(type))


def uploading(work: Workspace, names: Names, api: Api) -> Api:
    """Makes uploads of the bytes in multipart request bodies. A schema that JSON carries too gets a variant for forms.

    Where one schema is offered as a form and as JSON and it carries bytes, only the form is kept: JSON cannot hold them.
    """
    seeds = [name for name, schema in api.schemas.items() if any(_mentions_bytes(type) for type in schema_types(schema))]
    carriers = affected(api.schemas, seeds, api.schemas, every)
    operations = [_only_forms(work, operation, carriers) for operation in api.operations]
    in_forms = reachable(api.schemas, (n for c in _forms(operations) for n in references(c.type)), every)
    changing = [name for name in api.schemas if name in in_forms and name in carriers]
    if not changing and not any(_mentions_bytes(c.type) for c in _forms(operations)):
        return Api(api.schemas, tuple(operations), api.webhooks)
    others = _elsewhere(api, operations, set(in_forms))
    renamed = {name: names.take(f"{name}Form") for name in changing if name in others}
    rename = renamer(renamed)

    def change(type: IRType) -> IRType:
        return types.replace(rename(type), as_upload)

    schemas: dict[str, IRSchema] = {}
    for name, schema in api.schemas.items():
        if name not in in_forms or name not in carriers:
            schemas[name] = schema
            continue
        made = changed(schema, change, every, renamed)
        if name in renamed:
            schemas[name] = schema
            schemas[renamed[name]] = made.model_copy(update={"name": renamed[name], "inline": True})
        else:
            schemas[name] = made
    return Api(schemas, tuple(_with_forms(operation, change) for operation in operations), api.webhooks)


def _forms(operations: list[IROperationObject]) -> list[IRMediaTypeObject]:
    return [
        content
        for operation in operations
        if operation.request_body
        for content in operation.request_body.contents
        if content.kind is BodyKind.MULTIPART
    ]


def _elsewhere(api: Api, operations: list[IROperationObject], in_forms: set[str]) -> dict[str, None]:
    """Schemas that travel by other ways than in multipart requests, or that no operation uses in a form."""
    roots: list[str] = []
    for operation in (*operations, *api.webhooks):
        if operation.request_body:
            roots += [n for c in operation.request_body.contents if c.kind is not BodyKind.MULTIPART for n in references(c.type)]
        roots += [n for r in operation.responses for c in r.contents for n in references(c.type)]
    roots += [name for user, schema in api.schemas.items() if user not in in_forms for name in schema_references(schema)]
    return reachable(api.schemas, roots, every)


def _only_forms(work: Workspace, operation: IROperationObject, carriers: set[str]) -> IROperationObject:
    body = operation.request_body
    if body is None or not any(c.kind is BodyKind.MULTIPART for c in body.contents):
        return operation
    types_in_forms = [c.type for c in body.contents if c.kind is BodyKind.MULTIPART]
    kept = tuple(
        c for c in body.contents
        if c.kind not in (BodyKind.JSON, BodyKind.FORM) or c.type not in types_in_forms
        or not any(name in carriers for name in references(c.type))
    )
    if len(kept) == len(body.contents):
        return operation
    work.info("bytes-only-in-forms", "the body carries bytes, so it is sent as a multipart form only",
              Site("", f"{operation.pointer or ''}/requestBody"))
    return operation.model_copy(update={"request_body": body.model_copy(update={"contents": kept})})


def _with_forms(operation: IROperationObject, change: Callable[[IRType], IRType]) -> IROperationObject:
    body = operation.request_body
    if body is None:
        return operation
    contents = tuple(
        c.model_copy(update={"type": new}) if c.kind is BodyKind.MULTIPART and (new := change(c.type)) is not c.type else c
        for c in body.contents
    )
    if all(a is b for a, b in zip(contents, body.contents, strict=True)):
        return operation
    return operation.model_copy(update={"request_body": body.model_copy(update={"contents": contents})})

