"""``iterate``: all items of all pages, where the pages can be gone through with the types that the document gives."""

from __future__ import annotations

from collections.abc import Sequence

from specloom.ir.context import IRContext
from specloom.ir.operations import Location, Pagination
from specloom.ir.schemas import IRAliasSchema, IRObjectSchema
from specloom.ir.types import ArrayType, IRType, LiteralType, ReferenceType, ScalarType, UnionType, is_null, without_null

from . import nodes as ts
from .params import OPTIONS, PARAMS, Method
from .responses import Verb
from .types import TypeMapper

PAGE = ts.symbol("Page", "http")
PAGED = ts.symbol("Paged", "http")
QUERY_PARAM = ts.symbol("queryParam", "http")
_PAGE = ts.name("page")


def iterate(api: IRContext, method: Method, types: TypeMapper, options: ts.Parameter) -> ts.Method | None:
    """The method that goes through all pages; none where the document's types do not let it."""
    paging = method.operation.pagination
    if paging is None or method.iterate_name is None or method.response.verb is not Verb.JSON:
        return None
    page = _json_type(method)
    items = _at(api, page, paging.items) if page is not None else None
    if page is None or items is None or not isinstance(without_null(items), ArrayType):
        return None
    made = _call(api, method, paging, page)
    if made is None:
        return None
    returns = ts.type_ref(PAGED, types(paging.item_type), method.response.type)
    item = paging.item_type
    noun: ts.Inline = ts.Link(types.symbols[item.name].name) if isinstance(item, ReferenceType) else "item"
    return ts.method(
        method.iterate_name,
        [*method.signature, options],
        returns,
        ts.return_(made),
        doc=ts.doc(("Every ", noun, " of every page of ", ts.Link(method.name), "."), tags=_deprecated(method)),
    )


def _deprecated(method: Method) -> tuple[ts.DocTag, ...]:
    return (ts.tag("deprecated"),) if method.operation.deprecated else ()


def _json_type(method: Method) -> IRType | None:
    """The IR type of a page: there is exactly one."""
    found = [c.type for r in method.operation.success_responses for c in r.contents]
    return found[0] if found and all(one == found[0] for one in found) else None


def _call(api: IRContext, method: Method, paging: Pagination, page: IRType) -> ts.Expression | None:
    match paging.style:
        case "page":
            return _counted(api, method, paging, page, "numbered", "page")
        case "offset":
            return _counted(api, method, paging, page, "offset", "offset")
        case "cursor":
            return _cursor(api, method, paging, page)
        case "next-link" | "link-header":
            return _linked(api, method, paging, page)


def _counted(
    api: IRContext, method: Method, paging: Pagination, page: IRType, style: str, variable: str
) -> ts.Expression | None:
    name = _parameter(method, paging.parameter, "number")
    if name is None:
        return None
    members: list[tuple[str, ts.Expression]] = [("start", ts.member(ts.name(PARAMS), name)), ("items", _path(paging.items))]
    next_page = paging.next or paging.has_more
    if next_page and _at(api, page, next_page) is not None:
        members.append(("next", _path(next_page)))
    if paging.total and _is_number(_at(api, page, paging.total)):
        members.append(("total", _path(paging.total)))
    load = ts.arrow([ts.param(variable)], _self(method, ts.pair(name, ts.name(variable))))
    return ts.call(ts.member(ts.ref(PAGE), style), load, ts.obj(*members))


def _cursor(api: IRContext, method: Method, paging: Pagination, page: IRType) -> ts.Expression | None:
    found = _at(api, page, paging.next) if paging.next else None
    if found is None or paging.next is None or paging.parameter is None:
        return None
    kind = _scalar_kind(found)
    name = _parameter(method, paging.parameter, kind) if kind is not None else None
    if name is None:
        return None
    following = _path(paging.next)
    inner = without_null(found)
    if isinstance(inner, ScalarType) and inner.format in ("uri", "url", "uri-reference"):
        step = ts.call(ts.ref(QUERY_PARAM), _steps(paging.next), ts.string(paging.parameter))
        following = ts.arrow([ts.param("page")], step)
    return ts.call(
        ts.member(ts.ref(PAGE), "cursor"),
        ts.arrow([], _self(method)),
        # The runtime's overloads tell a number from a string by this type alone.
        ts.arrow(
            [ts.param("cursor", ts.NUMBER if kind == "number" else None)], _self(method, ts.pair(name, ts.name("cursor")))
        ),
        ts.obj(("items", _path(paging.items)), ("next", following)),
    )


def _linked(api: IRContext, method: Method, paging: Pagination, page: IRType) -> ts.Expression | None:
    members: list[tuple[str, ts.Expression]] = [("items", _path(paging.items))]
    if paging.next:
        if _scalar_kind(_at(api, page, paging.next)) != "string":
            return None
        members.append(("next", _path(paging.next)))
    call: list[tuple[str, ts.Expression]] = []
    if method.response.accept is not None:
        call.append(("accept", ts.string(method.response.accept)))
    follow = ts.call(
        ts.member(ts.THIS, "#http", "json"),
        ts.string("GET"),
        ts.name("url"),
        ts.obj(*call, (OPTIONS, ts.name(OPTIONS))),
        types=[method.response.type],
    )
    return ts.call(
        ts.member(ts.ref(PAGE), "link"),
        ts.arrow([], _self(method)),
        ts.arrow([ts.param("url")], follow),
        ts.obj(*members),
    )


def _self(method: Method, *changed: ts.Property) -> ts.Expression:
    """``this.list({ ...params, page }, options)``."""
    params: ts.Expression = ts.name(PARAMS)
    if changed:
        params = ts.obj(ts.spread(params), *changed)
    arguments = [params if argument.name == PARAMS else ts.name(argument.name) for argument in method.arguments]
    return ts.call(ts.member(ts.THIS, method.name), *arguments, ts.name(OPTIONS))


def _parameter(method: Method, wire_name: str | None, kind: str) -> str | None:
    """The property of the query parameter that chooses the page, if it takes what we would give it."""
    for one in method.properties:
        if one.parameter.name == wire_name and one.parameter.location is Location.QUERY:
            return one.name if kind in _accepted(one.parameter.type) else None
    return None


def _accepted(type: IRType) -> set[str]:
    members = type.members if isinstance(type, UnionType) else (type,)
    return {"number" if m.type in ("integer", "number") else m.type for m in members if isinstance(m, ScalarType)}


def _scalar_kind(type: IRType | None) -> str | None:
    """``string`` or ``number`` where that is all that a value can be, besides null."""
    if type is None:
        return None
    inner = without_null(type)
    if not isinstance(inner, ScalarType) or inner.type == "boolean":
        return None
    return "string" if inner.type == "string" else "number"


def _is_number(type: IRType | None) -> bool:
    return _scalar_kind(type) == "number"


def _at(api: IRContext, type: IRType, path: Sequence[str]) -> IRType | None:
    """The type at ``path`` within ``type``; none where TypeScript could not read it by its name."""
    seen = 0
    while isinstance(type, ReferenceType) and seen < 20:
        schema = api.schemas.get(type.name)
        seen += 1
        if isinstance(schema, IRAliasSchema):
            type = schema.type
            continue
        if not path or not isinstance(schema, IRObjectSchema):
            return None
        found = next((prop.type for prop in schema.properties if prop.name == path[0]), None)
        if found is None:
            return None
        type, path = found, path[1:]
        if path:
            type = without_null(type)
    return None if path or isinstance(type, LiteralType) or is_null(type) else type


def _path(path: Sequence[str]) -> ts.Expression:
    """``(page) => page.data?.items``."""
    return ts.arrow([ts.param("page")], _steps(path))


def _steps(path: Sequence[str]) -> ts.Expression:
    found: ts.Expression = _PAGE
    for at, step in enumerate(path):
        found = ts.member(found, step, optional=at > 0)
    return found
