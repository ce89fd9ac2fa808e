"""What comments say of operations, parameters and servers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from specloom.builders.documentation import default_sentence
from specloom.ir.operations import IROperationObject, IRParameterObject

from . import nodes as go
from .params import Params
from .responses import ErrorBody


def operation_comment(
    operation: IROperationObject, method: str, found: Params, body: str | None, errors: Iterable[ErrorBody]
) -> go.Doc:
    """Summary, description, the endpoint, what is given, errors. Nothing is said twice."""
    summary, description = (operation.summary or "").strip(), (operation.description or "").strip()
    endpoint = f"{operation.method.upper()} {operation.path}"
    blocks: list[str | go.DocBlock] = []
    if summary:
        blocks.append(_sentence(summary))
    if description and description.rstrip(".").casefold() != summary.rstrip(".").casefold():
        blocks.append(description)
    if not blocks:
        blocks.append(f"{method} calls the operation {operation.operation_id}.")
    blocks.append(go.code(endpoint))
    given = tuple(_given(found, body))
    if given:
        blocks += ("Arguments:", go.items(*given))
    said = _errors(errors)
    if said:
        blocks.append(said)
    if operation.deprecated:
        blocks.append(go.deprecated())
    return go.doc(*blocks)


def parameter_comment(parameter: IRParameterObject) -> go.Doc:
    """What a parameter is, and what it is where it is left out."""
    parts = [(parameter.description or "").strip()]
    if not parameter.required:
        parts.append(default_sentence(parameter.default, mark=""))
    blocks: list[str | go.DocBlock] = [part for part in parts if part]
    if parameter.deprecated:
        blocks.append(go.deprecated())
    return go.doc(*blocks)


_EMPTY = re.compile(r"A (unique (integer )?value|UUID string) identifying this .*", re.DOTALL)
"""What Django REST framework says of every key: nothing that the signature does not."""


def _given(found: Params, body: str | None) -> Iterator[str]:
    """What a signature does not say: path parameters and the body in the document's words."""
    for argument in found.path:
        text = _line(argument.parameter.description)
        if argument.name is not None and text and not _EMPTY.fullmatch(text):
            yield f"{argument.name}: {text}"
    text = _line(body)
    if text:
        yield f"body: {text}"


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _errors(errors: Iterable[ErrorBody]) -> str:
    """``A 400 or 422 is an [*ErrorOf] of [ValidationError], a 404 of [Problem].``"""
    parts: list[str] = []
    for error in errors:
        if error.spoken:
            who = _joined(["any other status" if status == "default" else f"a {status}" for status in error.statuses])
            parts.append(f"{who} {'' if parts else 'is an [*ErrorOf] '}of {error.spoken}")
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " or " + parts[-1]


def _sentence(text: str) -> str:
    """One line gets its period: a heading is what gofmt might take it for."""
    return text if "\n" in text or text[-1] in ".!?:…`)" else text + "."
