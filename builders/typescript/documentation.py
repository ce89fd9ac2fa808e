"""Comments of operations and parameters."""

from __future__ import annotations

import json
from collections.abc import Iterable

from specloom.ir.operations import IROperationObject, IRParameterObject

from . import nodes as ts
from .responses import ErrorBody


def operation_doc(operation: IROperationObject, errors: Iterable[ErrorBody], *extra: Iterable[ts.Inline]) -> ts.JSDoc:
    """Summary, description, endpoint; then what is thrown. Nothing is said twice."""
    summary, description = _clean(operation.summary), _clean(operation.description)
    if summary and description and _same(summary, description):
        description = None
    endpoint = ts.Code(f"{operation.method.upper()} {operation.path}")
    tags: list[ts.DocTag] = []
    if operation.deprecated:
        tags.append(ts.tag("deprecated"))
    tags.extend(_throws(errors))
    return ts.doc(summary, description, *extra, endpoint, tags=tags)


def _clean(text: str | None) -> str | None:
    return text.strip() or None if text else None


def _same(left: str, right: str) -> bool:
    return left.rstrip(".").casefold() == right.rstrip(".").casefold()


def _throws(errors: Iterable[ErrorBody]) -> Iterable[ts.DocTag]:
    """One line for each kind of body, with the statuses that have it."""
    statuses: dict[str | None, list[str]] = {}
    for error in errors:
        statuses.setdefault(_named(error.type), []).append(error.status)
    for name, found in statuses.items():
        codes = ", ".join(status for status in found if status != "default")
        content: list[ts.Inline] = [ts.Link("APIError")]
        if codes:
            content.append(f" {codes}")
        if name is not None:
            content.extend((f" with {'an' if name[0] in 'AEIOU' else 'a'} ", ts.Link(name)))
        if codes or name is not None:
            yield ts.tag("throws", *content)


def _named(type: ts.Type | None) -> str | None:
    match type:
        case ts.TypeRef(target=ts.Symbol(name=name), args=()):
            return name
        case _:
            return None


def parameter_doc(parameter: IRParameterObject) -> ts.JSDoc:
    """What a parameter is, its default, whether it is deprecated."""
    tags: list[ts.DocTag] = []
    if parameter.default is not None and not _says(parameter.description, parameter.default.value):
        tags.append(ts.tag("default", json.dumps(parameter.default.value, ensure_ascii=False)))
    if parameter.deprecated:
        tags.append(ts.tag("deprecated"))
    if not parameter.description and not tags:
        return ts.NO_DOC
    return ts.doc(_clean(parameter.description), tags=tags)


def _says(description: str | None, default: object) -> bool:
    """Whether a description names the default itself."""
    return bool(description) and f"efault: {json.dumps(default)}" in (description or "").replace("`", "")
