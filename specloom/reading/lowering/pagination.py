"""Pagination: recognised where the parameters and the answer of an operation agree on it, never by one of them alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from specloom.ir.operations import BodyKind, IROperationObject, Location, Pagination
from specloom.ir.schemas import IRAliasSchema, IRObjectSchema, IRPropertyObject, IRSchema
from specloom.ir.types import ArrayType, IRType, ReferenceType, ScalarType, without_null

from . import nodes

_Style = Literal["page", "offset", "cursor", "next-link", "link-header"]
_PAGES = ("page", "page_number", "pageNumber", "page_num", "p")
_PAGE_SIZES = ("page_size", "per_page", "pageSize", "perPage", "limit", "size", "page_limit", "max_results", "maxResults")
_OFFSETS = ("offset", "skip", "start")
_LIMITS = ("limit", "count", "size", "page_size", "per_page", "pageSize", "take", "max_results", "maxResults")
_CURSORS = (
    "cursor",
    "page_token",
    "pageToken",
    "next_token",
    "nextToken",
    "after",
    "starting_after",
    "next_cursor",
    "nextCursor",
    "continuation_token",
    "continuationToken",
    "page_cursor",
    "pageCursor",
    "start_cursor",
    "startCursor",
)
_NEXT_CURSORS = (
    "next_cursor",
    "nextCursor",
    "next_page_token",
    "nextPageToken",
    "next_token",
    "nextToken",
    "end_cursor",
    "endCursor",
    "continuation_token",
    "continuationToken",
    "next_page_cursor",
    "nextPageCursor",
    "next_start_cursor",
    "after",
    "next",
)
_ITEMS = ("results", "data", "items", "records", "entries", "values", "list", "rows", "objects", "content", "value")
_TOTALS = (
    "count",
    "total",
    "total_count",
    "totalCount",
    "total_items",
    "totalItems",
    "total_results",
    "totalResults",
    "totalElements",
)
_HAS_MORE = ("has_more", "hasMore", "has_next", "hasNext", "has_next_page", "hasNextPage", "more")
_AROUND = ("meta", "pagination", "paging", "page_info", "pageInfo", "response_metadata", "metadata", "links", "cursors")


@dataclass(frozen=True)
class _Answer:
    """The body of success: the array in it, and what else stands in it, by path."""

    items: tuple[str, ...]
    item_type: IRType
    fields: Mapping[tuple[str, ...], IRPropertyObject]

    def find(self, names: tuple[str, ...], *kinds: str) -> tuple[str, ...] | None:
        """The first of ``names`` that is there as a scalar of one of ``kinds``, at the top or in what is usually around it."""
        for name in names:
            for path in self.paths.get(name, ()):
                type = without_null(self.fields[path].type)
                if path != self.items and isinstance(type, ScalarType) and type.type in kinds:
                    return path
        return None

    @cached_property
    def paths(self) -> Mapping[str, list[tuple[str, ...]]]:
        """Where properties of a name stand."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for path in self.fields:
            found.setdefault(path[-1], []).append(path)
        return found


def paged(schemas: Mapping[str, IRSchema], operation: IROperationObject) -> IROperationObject:
    """The operation with its pagination, if it has one, and whether it answers several items."""
    if operation.pagination is not None:
        return operation
    answers = [c.type for r in operation.success_responses for c in r.contents if c.kind is BodyKind.JSON]
    if not answers:
        return operation
    answer = _answer(schemas, answers[0])
    if answer is None:
        return operation
    found = _pagination(operation, answer) if operation.method in ("get", "post") else None
    is_list = found is not None or answer.items == ()
    if not is_list:
        return operation
    return operation.model_copy(update={"is_list": True, "pagination": found})


def _pagination(operation: IROperationObject, answer: _Answer) -> Pagination | None:
    query = {
        p.name: p
        for p in operation.parameters
        if p.location is Location.QUERY and isinstance(_bare(p.type), ScalarType | ReferenceType)
    }
    page, size = _first(query, _PAGES), _first(query, _PAGE_SIZES)
    offset, limit, cursor = _first(query, _OFFSETS), _first(query, _LIMITS), _first(query, _CURSORS)
    following = answer.find(("next",), "string")
    total = answer.find(_TOTALS, "integer", "number")
    more = answer.find(_HAS_MORE, "boolean")
    links = any(h.name.lower() == "link" for r in operation.success_responses for h in r.headers)

    def made(style: _Style, parameter: str | None, size: str | None, next: tuple[str, ...] | None) -> Pagination:
        return nodes.pagination(
            style=style,
            parameter=parameter,
            size_parameter=size if size != parameter else None,
            items=answer.items,
            item_type=answer.item_type,
            next=next,
            total=total,
            has_more=more,
        )

    if links and (page or cursor or offset or size):
        return made("link-header", None, size, None)
    if cursor:
        after = answer.find(_NEXT_CURSORS, "string", "integer")
        if after is not None:
            return made("cursor", cursor, size or limit, after)
    told = total is not None or more is not None or following is not None
    if page and (told or (size is not None and answer.items == ())):
        return made("page", page, size, following)
    if offset and (limit is not None or told):
        return made("offset", offset, limit, following)
    if following is not None and _is_link(answer.fields[following]) and answer.items in (("results",), ("data",), ("items",)):
        return made("next-link", None, size, following)
    return None


def _is_link(prop: IRPropertyObject) -> bool:
    type = without_null(prop.type)
    return isinstance(type, ScalarType) and type.format in ("uri", "url", "uri-reference")


def _first(query: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    return next((name for name in names if name in query), None)


def _bare(type: IRType) -> IRType:
    return without_null(type)


def _answer(schemas: Mapping[str, IRSchema], body: IRType) -> _Answer | None:
    type = _resolved(schemas, body)
    if isinstance(type, ArrayType):
        return _Answer((), type.items, {})
    schema = schemas[type.name] if isinstance(type, ReferenceType) else None
    if not isinstance(schema, IRObjectSchema):
        return None
    fields = dict(_fields(schemas, schema))
    arrays = {
        (p.name,): array
        for p in schema.properties
        if not isinstance(p.type, ScalarType) and isinstance(array := _resolved(schemas, p.type), ArrayType)
    }
    known = next(((name,) for name in _ITEMS if (name,) in arrays), None)
    path = known or (next(iter(arrays)) if len(arrays) == 1 else None)
    if path is None:
        return None
    array = arrays[path]
    return _Answer(path, array.items, fields)


def _fields(schemas: Mapping[str, IRSchema], schema: IRObjectSchema) -> Iterator[tuple[tuple[str, ...], IRPropertyObject]]:
    for prop in schema.properties:
        yield (prop.name,), prop
    for prop in schema.properties:
        if prop.name in _AROUND:
            type = _resolved(schemas, prop.type)
            inner = schemas[type.name] if isinstance(type, ReferenceType) else None
            if isinstance(inner, IRObjectSchema):
                for each in inner.properties:
                    yield (prop.name, each.name), each


def _resolved(schemas: Mapping[str, IRSchema], type: IRType) -> IRType:
    """``type`` less ``null`` and behind aliases."""
    seen: set[str] = set()
    while True:
        type = without_null(type)
        if not isinstance(type, ReferenceType) or type.name in seen:
            return type
        seen.add(type.name)
        schema = schemas[type.name]
        if not isinstance(schema, IRAliasSchema):
            return type
        type = schema.type
