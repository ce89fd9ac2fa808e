"""Every type of an operation put through one change."""

from __future__ import annotations

from collections.abc import Callable

from specloom.ir.operations import IRHeaderObject, IRMediaTypeObject, IROperationObject
from specloom.ir.types import IRType

Change = Callable[[IRType], IRType]


def map_operation(operation: IROperationObject, change: Change) -> IROperationObject:
    """``operation`` with ``change`` applied to its parameters, bodies and headers; shared as it is where nothing changes."""
    update: dict[str, object] = {}
    parameters = tuple(
        p if (new := change(p.type)) is p.type else p.model_copy(update={"type": new}) for p in operation.parameters
    )
    if any(a is not b for a, b in zip(parameters, operation.parameters, strict=True)):
        update["parameters"] = parameters
    body = operation.request_body
    if body is not None:
        contents = map_contents(body.contents, change)
        if contents is not body.contents:
            update["request_body"] = body.model_copy(update={"contents": contents})
    responses = []
    for response in operation.responses:
        contents, headers = map_contents(response.contents, change), _map_headers(response.headers, change)
        if contents is not response.contents or headers is not response.headers:
            response = response.model_copy(update={"contents": contents, "headers": headers})
        responses.append(response)
    if any(a is not b for a, b in zip(responses, operation.responses, strict=True)):
        update["responses"] = tuple(responses)
    return operation.model_copy(update=update) if update else operation


def map_contents(contents: tuple[IRMediaTypeObject, ...], change: Change) -> tuple[IRMediaTypeObject, ...]:
    """The contents with ``change`` applied to their types and the headers of their parts."""
    made = []
    for content in contents:
        type = change(content.type)
        encodings = tuple(
            e if (new := _map_headers(e.headers, change)) is e.headers else e.model_copy(update={"headers": new})
            for e in content.encodings
        )
        if type is not content.type or any(a is not b for a, b in zip(encodings, content.encodings, strict=True)):
            content = content.model_copy(update={"type": type, "encodings": encodings})
        made.append(content)
    return contents if all(a is b for a, b in zip(made, contents, strict=True)) else tuple(made)


def _map_headers(headers: tuple[IRHeaderObject, ...], change: Change) -> tuple[IRHeaderObject, ...]:
    made = tuple(h if (new := change(h.type)) is h.type else h.model_copy(update={"type": new}) for h in headers)
    return headers if all(a is b for a, b in zip(made, headers, strict=True)) else made
