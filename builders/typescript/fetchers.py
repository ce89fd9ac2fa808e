"""Fetchers: plain functions that call the API and check what comes back with Zod; they run anywhere fetch does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from specloom.ir.operations import BodyKind, IROperationObject
from specloom.ir.types import IRType, union

from . import nodes as ts
from .fetcher_names import FetcherName
from .params import Method
from .responses import Verb, successes

API = ts.symbol("API", "client")
GET_API = ts.symbol("getAPIInstance", "api-instance")
PARSE = ts.symbol("parse", "http")


def fetcher_file(
    folder: str, methods: Iterable[Method], names: Mapping[str, FetcherName], zod: Callable[[IRType], ts.Expression]
) -> ts.File:
    """The fetchers of one tag.

    Parameters: ``folder`` the tag's folder; ``names`` by operationId; ``zod`` makes the Zod schema of a type.
    """
    return ts.file(
        f"{fetcher_module(folder)}.ts",
        *(_fetcher(method, names[method.operation.operation_id].fetcher, zod) for method in methods),
    )


def fetcher_module(folder: str) -> str:
    """The module of a tag's fetchers."""
    return f"{folder}/_utils/fetchers/{folder}"


def fetcher_doc(operation: IROperationObject, *more: str) -> ts.JSDoc:
    """Summary and description, on one line where they fit."""
    said = [text.strip() for text in (operation.summary, operation.description, *more) if text and text.strip()]
    together = " ".join(said)
    deprecated = [ts.tag("deprecated")] if operation.deprecated else []
    if "\n" not in together and len(together) <= _ONE_LINE:
        return ts.doc(together, tags=deprecated)
    return ts.doc(*said, tags=deprecated)


_ONE_LINE = 73
"""What fits into 80 columns beside ``/** */``."""


def _fetcher(method: Method, name: str, zod: Callable[[IRType], ts.Expression]) -> ts.Function:
    client = ts.param("client", ts.type_ref(API), default=ts.call(ts.ref(GET_API)))
    called = ts.call(ts.member(ts.name("client"), method.tag.property, method.name), *method.call_arguments)
    stream = method.response.stream
    if stream is not None and method.response.only_streams:
        returns: ts.Type = ts.type_ref(stream.symbol, stream.type)
        return ts.function(name, [*method.signature, client], returns, ts.return_(called), doc=fetcher_doc(method.operation))
    checked = _checked(method, zod)
    value = called if checked is None else ts.call(ts.ref(PARSE), checked, ts.await_(called))
    return ts.function(
        name,
        [*method.signature, client],
        ts.type_name("Promise", method.response.type),
        ts.return_(value),
        is_async=True,
        doc=fetcher_doc(method.operation),
    )


def _checked(method: Method, zod: Callable[[IRType], ts.Expression]) -> ts.Expression | None:
    """The Zod schema of a JSON answer; ``None`` where the answer is something else, or may be anything."""
    if method.response.verb not in (Verb.JSON, Verb.JSON_OR_EMPTY) or method.response.type == ts.UNKNOWN:
        return None
    contents = (content for success in successes(method.operation) for content in success.contents)
    schema = zod(union(content.type for content in contents if content.kind is BodyKind.JSON))
    return ts.chain(schema, ("optional", [])) if method.response.verb is Verb.JSON_OR_EMPTY else schema
