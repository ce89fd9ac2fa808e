"""How a response is read."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, TypeAlias, TypeVar, cast, get_args, get_origin

import httpx
from pydantic import TypeAdapter, ValidationError

from .errors import APIError, ResponseValidationError, describe

T = TypeVar("T")

ByStatus: TypeAlias = Mapping[int | str, object]
"""Types by status: `200`, `"2XX"` or `"default"`."""


class Shape(Generic[T]):
    """Carries a type that is no class: ``Shape[Card | Iban]``.

    mypy and pyright take only classes where `type[T]` is asked for.
    """


@dataclass(frozen=True, slots=True)
class Response(Generic[T]):
    """A parsed response with its status and headers."""

    data: T
    status: int
    headers: httpx.Headers = field(repr=False)
    url: httpx.URL = field(repr=False)


@cache
def adapter(form: object) -> TypeAdapter[object]:
    """The validator of a type of any form, made once."""
    return TypeAdapter(cast(type[object], form))


def unwrap(expected: object) -> object:
    """The type in a `Shape`; other types as they are."""
    return get_args(expected)[0] if get_origin(expected) is Shape else expected


def is_json(media_type: str) -> bool:
    media = media_type.partition(";")[0].strip().lower()
    return media.endswith(("/json", "+json"))


def by_status(types: ByStatus, status: int) -> tuple[object] | None:
    """The type of a status in a tuple of one, since the type may be None itself."""
    for key in (status, str(status), f"{status // 100}XX", "default"):
        if key in types:
            return (types[key],)
    return None


def read(
    operation: str, response: httpx.Response, expected: object, responses: ByStatus
) -> object:
    """What a successful response holds, as the type of its status, else `expected`."""
    status, content = response.status_code, response.content
    found = by_status(responses, status)
    form = unwrap(found[0] if found else expected)
    if form is None or form is type(None):
        return None
    if form is bytes:
        return content
    if not content and (form is object or type(None) in get_args(form)):
        return None
    json = is_json(response.headers.get("content-type", ""))
    if not json and form is str:
        return response.text
    if not json and form is object:
        return response.text if _is_text(response) else content
    try:
        return adapter(form).validate_json(content)
    except ValidationError as error:
        details = describe(error)
    if not json and _is_text(response):
        with suppress(ValidationError):
            return adapter(form).validate_python(response.text)
    # Not raised in the handler: the original error holds values, maybe secret ones.
    raise ResponseValidationError(operation, status, response.headers, content, details)


def read_error(operation: str, response: httpx.Response, errors: ByStatus) -> APIError:
    """The error of a response that is no success."""
    found = by_status(errors, response.status_code)
    body = _error_body(response, unwrap(found[0]) if found else object)
    return APIError(operation, response.status_code, response.headers, body)


def _error_body(response: httpx.Response, form: object) -> object:
    if form is bytes:
        return response.content
    if form is not str and response.content:
        for candidate in (form, object):
            try:
                return adapter(candidate).validate_json(response.content)
            except ValidationError:
                continue
    return response.text


def _is_text(response: httpx.Response) -> bool:
    media = response.headers.get("content-type", "").lower()
    return media.startswith("text/") or "xml" in media or "charset=" in media
