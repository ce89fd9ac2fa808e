"""``iterate``: every item of every page, for operations that page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.operations import BodyKind, IROperationObject, Location, Pagination
from specloom.ir.schemas import IRAliasSchema, IRObjectSchema
from specloom.ir.types import ArrayType, IRType, ReferenceType, ScalarType, allows_null, without_null

from .nodes import NONE, Expression, Symbol, argument, attribute, call, call_with, conditional, dotted, lambda_, name, ref, string
from .params import Params
from .types import TypeMapper

QUERY_VALUE = ref(Symbol(".paging", "query_value"))


@dataclass(frozen=True, slots=True)
class Paging:
    """How ``iterate`` is written: the call, the parameter that it leaves out, the type of an item."""

    call: Expression
    without: str | None
    item: Expression


@dataclass(frozen=True, slots=True)
class _Found:
    """A place in a page: how it is read, and its type."""

    node: Expression
    type: IRType


class _UnreadableError(Exception):
    """Something about a page that cannot be said in Python."""


def python_paging(
    operation: IROperationObject, params: Params, method: str, types: TypeMapper
) -> tuple[Paging | None, tuple[Diagnostic, ...]]:
    """The ``iterate`` of ``operation``, or why there is none."""
    pagination = operation.pagination
    if pagination is None:
        return None, ()
    try:
        return _paging(operation, pagination, params, method, types), ()
    except _UnreadableError as problem:
        found = Diagnostic(
            code="paging-not-carried-over",
            severity=Severity.INFO,
            message=f"{operation.operation_id!r} gets no iterator in Python: {problem}",
            pointer=operation.pointer,
        )
        return None, (found,)


def _paging(
    operation: IROperationObject, pagination: Pagination, params: Params, method: str, types: TypeMapper
) -> Paging:
    page, may_be_empty = _page_type(operation)
    taken = {n for n, _ in (*params.positional, *params.named)} | {"data", "options", "content_type"}
    found = next(n for n in ("found", "page_found", "found_page", "found_") if n not in taken)
    items = _read(page, pagination.items, found, types)

    def of_page(place: _Found) -> Expression:
        """``lambda found: found.items``; of a page that may be nothing (304) ``found.items if found else None``."""
        body = place.node
        if may_be_empty and body is not name(found):
            body = conditional(body, name(found), NONE)
        return lambda_([found], body)

    if not isinstance(_resolved(without_null(items.type), types), ArrayType):
        raise _UnreadableError("its items are no array")
    item = types.bare(pagination.item_type)
    read_items = of_page(items)

    if pagination.style == "next-link" or pagination.style == "link-header":
        first = lambda_([], _again(params, method, None, None))
        if pagination.style == "link-header":
            return Paging(call(dotted("self._http.by_link_header"), first, read_items), None, item)
        link = _read(page, pagination.next or (), found, types)
        _expect(link, types, "string", "the link to the next page")
        return Paging(call(dotted("self._http.by_link"), first, read_items, of_page(link)), None, item)

    python_name = next(
        (n for n, p in params.named if p.name == pagination.parameter and p.location is Location.QUERY), None
    )
    if python_name is None:
        raise _UnreadableError(f"it has no query parameter {pagination.parameter!r}")
    parameter = dict(params.named)[python_name]
    kind = without_null(parameter.type)
    if not isinstance(kind, ScalarType) or types.argument(kind) not in _KEYS:
        raise _UnreadableError(f"its parameter {pagination.parameter!r} is neither a number nor a text")
    fetch = lambda_([python_name], _again(params, method, python_name, python_name))
    if pagination.style == "cursor":
        if parameter.required:
            raise _UnreadableError(f"the first page needs a {pagination.parameter!r} too")
        cursor = _read(page, pagination.next or (), found, types)
        _expect(cursor, types, kind.type, "the next cursor")
        scalar = _resolved(without_null(cursor.type), types)
        if isinstance(scalar, ScalarType) and scalar.format in ("uri", "url", "uri-reference"):
            cursor = _Found(call(QUERY_VALUE, cursor.node, string(parameter.name)), cursor.type)
        return Paging(call(dotted("self._http.by_cursor"), fetch, read_items, of_page(cursor)), python_name, item)
    if kind.type != "integer":
        raise _UnreadableError(f"its parameter {pagination.parameter!r} is no whole number")
    function = dotted(f"self._http.by_{pagination.style}")
    args = [argument(fetch), argument(read_items)]
    more = pagination.has_more or pagination.next
    if more:
        try:
            args.append(argument(of_page(_read(page, more, found, types)), "more"))
        except _UnreadableError:
            more = None
    if pagination.total and not more:
        total = _read(page, pagination.total, found, types)
        _expect(total, types, "integer", "the number of items")
        args.append(argument(of_page(total), "total"))
    return Paging(call_with(function, tuple(args)), python_name, item)


_KEYS = (ref(Symbol("builtins", "int")), ref(Symbol("builtins", "str")))


def _again(params: Params, method: str, without: str | None, key: str | None) -> Expression:
    args = list(params.hand_on(without=without))
    if key is not None:
        args.insert(len(args) - 1, argument(name(key), key))
        order = [n for n, _ in params.named]
        named = {a.keyword.value: a for a in args if a.keyword is not None}
        args = [a for a in args if a.keyword is None or a.keyword.value not in order]
        at = sum(a.keyword is None for a in args)
        args[at:at] = [named[n] for n in order if n in named]
    return call_with(attribute(name("self"), method), tuple(args))


def _page_type(operation: IROperationObject) -> tuple[IRType, bool]:
    """The type of a page, and whether nothing may come in its place."""
    success = operation.success_responses
    for response in success:
        for content in response.contents:
            if content.kind is BodyKind.JSON:
                if len({r.status for r in success if r.contents}) > 1:
                    raise _UnreadableError("it has several kinds of success")
                may_be_empty = allows_null(content.type) or not all(r.contents for r in success)
                return without_null(content.type), may_be_empty
    raise _UnreadableError("its pages are not JSON")


def _read(page: IRType, path: Sequence[str], variable: str, types: TypeMapper) -> _Found:
    node: Expression = name(variable)
    type = page
    for step, key in enumerate(path):
        current = _resolved(type, types)
        if step and allows_null(current):
            raise _UnreadableError(f"{'.'.join(path[:step])!r} may be null")
        if not (isinstance(current, ReferenceType) and isinstance(types.schemas[current.name], IRObjectSchema)):
            raise _UnreadableError(f"nothing is known of {'.'.join(path)!r}")
        schema = types.schemas[current.name]
        assert isinstance(schema, IRObjectSchema)
        prop = next((p for p in schema.properties if p.name == key), None)
        if prop is None:
            raise _UnreadableError(f"{schema.name!r} has no {key!r}")
        if step + 1 < len(path) and not prop.required:
            raise _UnreadableError(f"{key!r} may be missing")
        node = attribute(node, types.names.fields[schema.name][key])
        type = prop.type
    return _Found(node, type)


def _resolved(type: IRType, types: TypeMapper) -> IRType:
    """``type``, aliases followed."""
    seen = 0
    while isinstance(type, ReferenceType) and seen < 100:
        schema = types.schemas[type.name]
        if not isinstance(schema, IRAliasSchema):
            break
        type, seen = schema.type, seen + 1
    return type


def _expect(found: _Found, types: TypeMapper, kind: str, what: str) -> None:
    scalar = _resolved(without_null(found.type), types)
    if not isinstance(scalar, ScalarType) or scalar.type != kind or types.bare(scalar) not in _KEYS:
        raise _UnreadableError(f"{what} is no {kind}")
