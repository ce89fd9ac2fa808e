"""Paging as the caller describes it, for documents whose paging cannot be recognised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fnmatch import translate
from typing import Literal

from pydantic import model_validator

from .context import IRContext
from .diagnostics import Diagnostic, Severity
from .node import IRNode
from .operations import BodyKind, IROperationObject, Location, Pagination
from .schemas import IRAliasSchema, IRObjectSchema, IRUnionSchema
from .types import ArrayType, IRType, ReferenceType, without_null


class PagingRule(IRNode):
    """How some operations page. Paths into the body are keys joined by dots (``result.items``); ``""`` is the body itself."""

    operations: tuple[str, ...] = ("*",)
    """Patterns of operation ids."""
    style: Literal["page", "offset", "cursor", "next-link", "link-header"]
    parameter: str | None = None
    """The query parameter that chooses the page, the offset or the cursor; needed for these three styles."""
    size_parameter: str | None = None
    """The query parameter for how many items a page has."""
    items: str = ""
    """Where the items are."""
    next: str | None = None
    """Where the next page's cursor or link is; needed for ``cursor`` and ``next-link``."""
    total: str | None = None
    """Where the number of all items is."""
    has_more: str | None = None
    """Where it says whether there are further pages."""

    @model_validator(mode="after")
    def _complete(self) -> PagingRule:
        if self.style in ("page", "offset", "cursor") and self.parameter is None:
            raise ValueError(f'style "{self.style}" needs "parameter": the query parameter it is asked for by')
        if self.style in ("cursor", "next-link") and self.next is None:
            raise ValueError(f'style "{self.style}" needs "next": where in the body the next one is')
        return self


def describe_paging(api: IRContext, rules: Sequence[PagingRule]) -> IRContext:
    """``api`` with the paging that ``rules`` describe; of several rules for one operation the first counts.

    A rule replaces what was recognised. Where it does not fit an operation (no such query parameter, no array at ``items``), the
    operation stays as it is with a warning ``paging-does-not-fit``; only for a rule that names the operation or fits
    none of its operations, so that ``*`` may be said. A rule that matches no operation is a warning ``paging-matches-nothing``.
    """
    if not rules:
        return api
    matchers = [[re.compile(translate(pattern)) for pattern in rule.operations] for rule in rules]
    fitting, matched = [0] * len(rules), [0] * len(rules)
    misfits: list[tuple[int, Diagnostic]] = []
    operations: list[IROperationObject] = []
    for operation in api.operations:
        index = next((i for i, each in enumerate(matchers) if any(m.match(operation.operation_id) for m in each)), None)
        if index is not None:
            matched[index] += 1
            fitted = _fitted(api, operation, rules[index])
            if isinstance(fitted, IROperationObject):
                fitting[index] += 1
                operation = fitted
            else:
                misfits.append((index, _misfit(operation, fitted)))
        operations.append(operation)
    named = [index for index, rule in enumerate(rules) if not any("*" in pattern for pattern in rule.operations)]
    shown = [found for index, found in misfits if index in named or not fitting[index]]
    shown += [_idle(rule) for rule, count in zip(rules, matched, strict=True) if not count]
    return api.model_copy(update={"operations": tuple(operations), "diagnostics": (*api.diagnostics, *shown)})


def _fitted(api: IRContext, operation: IROperationObject, rule: PagingRule) -> IROperationObject | str:
    """The operation with the rule's paging, or why it does not fit."""
    query = {p.name for p in operation.parameters if p.location is Location.QUERY}
    for parameter in (rule.parameter, rule.size_parameter):
        if parameter is not None and parameter not in query:
            return f"it has no query parameter {parameter!r}"
    body = _body(operation)
    if body is None:
        return "it answers no JSON"
    keys = _keys(rule.items)
    array = _resolved(api, _at(api, body, keys))
    if not isinstance(array, ArrayType):
        return f"there is no array at {rule.items!r} of its answer" if keys else "its answer is no array"
    for path in (rule.next, rule.total, rule.has_more):
        if path is not None and _at(api, body, _keys(path)) is None:
            return f"there is no {path!r} in its answer"
    return operation.model_copy(update={"is_list": True, "pagination": Pagination(
        style=rule.style,
        parameter=rule.parameter,
        size_parameter=rule.size_parameter,
        items=keys,
        item_type=array.items,
        next=None if rule.next is None else _keys(rule.next),
        total=None if rule.total is None else _keys(rule.total),
        has_more=None if rule.has_more is None else _keys(rule.has_more),
    )})


def _body(operation: IROperationObject) -> IRType | None:
    contents = (content for response in operation.success_responses for content in response.contents)
    return next((content.type for content in contents if content.kind is BodyKind.JSON), None)


def _keys(path: str) -> tuple[str, ...]:
    return tuple(path.removeprefix("$").strip(".").split(".")) if path.removeprefix("$").strip(".") else ()


def _at(api: IRContext, type: IRType | None, keys: Iterable[str]) -> IRType | None:
    for key in keys:
        schema = _object(api, type)
        type = next((prop.type for prop in schema.properties if prop.name == key), None) if schema else None
    return type


def _object(api: IRContext, type: IRType | None) -> IRObjectSchema | None:
    resolved = _resolved(api, type)
    schema = api.schemas[resolved.name] if isinstance(resolved, ReferenceType) else None
    return schema if isinstance(schema, IRObjectSchema) else None


def _resolved(api: IRContext, type: IRType | None) -> IRType | None:
    """``type`` less null and behind aliases: an array, or a reference to an object."""
    seen: set[str] = set()
    while type is not None:
        type = without_null(type)
        if not isinstance(type, ReferenceType) or type.name in seen:
            return type
        seen.add(type.name)
        match api.schemas[type.name]:
            case IRAliasSchema(type=aliased):
                type = aliased
            case IRUnionSchema(members=(only,)):
                type = only
            case _:
                return type
    return None


def _misfit(operation: IROperationObject, reason: str) -> Diagnostic:
    return Diagnostic(
        code="paging-does-not-fit", severity=Severity.WARNING, pointer=operation.pointer,
        message=f"the paging described for {operation.operation_id} does not fit: {reason}",
        hint="correct the paging in the configuration, or name other operations there",
    )


def _idle(rule: PagingRule) -> Diagnostic:
    return Diagnostic(
        code="paging-matches-nothing", severity=Severity.WARNING,
        message=f"paging is described for {', '.join(rule.operations)}, but no such operation is there",
        hint="operations are named by operationId; * stands for anything",
    )
