"""``All``: every item of every page, for operations that page. The runtime finds items and links by the page's JSON names."""

from __future__ import annotations

from collections.abc import Sequence

from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.operations import BodyKind, IROperationObject, IRParameterObject, Location, Pagination
from specloom.ir.schemas import IRObjectSchema
from specloom.ir.types import ArrayType, IRType, ReferenceType, ScalarType, without_null

from . import nodes as go
from .types import TypeMapper

_PAGING = go.name("paging")


class _UnreadableError(Exception):
    """Something about a page that cannot be said in Go."""


def go_paging(operation: IROperationObject, types: TypeMapper) -> tuple[go.Composite | None, tuple[Diagnostic, ...]]:
    """How the pages of ``operation`` follow each other, as the runtime is told, or why that cannot be said."""
    if operation.pagination is None:
        return None, ()
    try:
        return _paging(operation, operation.pagination, types), ()
    except _UnreadableError as problem:
        found = Diagnostic(
            code="paging-not-carried-over",
            severity=Severity.INFO,
            message=f"{operation.operation_id!r} gets no iterator in Go: {problem}",
            pointer=operation.pointer,
        )
        return None, (found,)


def _paging(operation: IROperationObject, pagination: Pagination, types: TypeMapper) -> go.Composite:
    page = _page_type(operation)
    if not isinstance(types.shapes.resolved(without_null(_at(page, pagination.items, types))), ArrayType):
        raise _UnreadableError("its items are no array")
    said: dict[str, str] = {"style": pagination.style}
    if pagination.style in ("page", "offset", "cursor"):
        said["parameter"] = _parameter(operation, pagination, types).name
    if pagination.items:
        said["items"] = _pointer(pagination.items)
    if pagination.next is not None:
        following = types.shapes.resolved(without_null(_at(page, pagination.next, types)))
        if pagination.style in ("cursor", "next-link") and not isinstance(following, ScalarType):
            raise _UnreadableError("where the next page is, is neither a text nor a number")
        said["next"] = _pointer(pagination.next)
    if pagination.style in ("page", "offset"):
        more = pagination.has_more and _pointer(pagination.has_more)
        if more:
            said["hasMore"] = more
        elif pagination.total and pagination.next is None:
            said["total"] = _pointer(pagination.total)
    return go.composite(_PAGING, [go.pair(key, go.string(value)) for key, value in said.items()])


def _parameter(operation: IROperationObject, pagination: Pagination, types: TypeMapper) -> IRParameterObject:
    found = next(
        (p for p in operation.parameters if p.name == pagination.parameter and p.location is Location.QUERY), None
    )
    if found is None:
        raise _UnreadableError(f"it has no query parameter {pagination.parameter!r}")
    type = types.shapes.resolved(without_null(found.type))
    if not isinstance(type, ScalarType):
        raise _UnreadableError(f"its parameter {pagination.parameter!r} is neither a number nor a text")
    if pagination.style != "cursor" and type.type not in ("integer", "number"):
        raise _UnreadableError(f"its parameter {pagination.parameter!r} is no number")
    return found


def _page_type(operation: IROperationObject) -> IRType:
    found = [c.type for r in operation.success_responses for c in r.contents if c.kind is BodyKind.JSON]
    if not found:
        raise _UnreadableError("its pages are not JSON")
    return without_null(found[0])


def _at(page: IRType, path: Sequence[str], types: TypeMapper) -> IRType:
    """The type at ``path`` within a page."""
    type = page
    for key in path:
        current = types.shapes.resolved(without_null(type))
        schema = types.shapes.schemas[current.name] if isinstance(current, ReferenceType) else None
        if not isinstance(schema, IRObjectSchema):
            raise _UnreadableError(f"nothing is known of {'.'.join(path)!r}")
        prop = next((p for p in schema.properties if p.name == key), None)
        if prop is None:
            raise _UnreadableError(f"{schema.name!r} has no {key!r}")
        type = prop.type
    return type


def _pointer(path: Sequence[str]) -> str:
    """A JSON pointer (RFC 6901 §3)."""
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in path)
