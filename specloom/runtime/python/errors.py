"""What a client raises. No message holds a value sent or received: those may be secret."""

from __future__ import annotations

from http import HTTPStatus

import httpx
from pydantic import ValidationError


class ClientError(Exception):
    """The base of everything a client raises on purpose."""


class APIError(ClientError):
    """The server answered with an error status.

    `body` is an instance of the model documented for the status, so
    ``if isinstance(error.body, Problem)`` or ``match`` narrow it. Where nothing is
    documented, or the body is not as documented, it is the JSON value or the text.
    `operation` is method and path of the operation, as documented.
    """

    def __init__(
        self, operation: str, status: int, headers: httpx.Headers, body: object
    ) -> None:
        self.operation = operation
        self.status = status
        self.headers = headers
        self.body = body
        super().__init__(f"{operation}: {status} {_phrase(status)}".rstrip())


class NetworkError(ClientError):
    """No answer arrived: no connection, or it broke."""


class APITimeoutError(NetworkError):
    """No answer arrived in time."""


class RequestValidationError(ClientError, ValueError):
    """What was to be sent does not fit the API. It was not sent."""

    def __init__(self, message: str, details: list[str] | None = None) -> None:
        self.details = details or []
        super().__init__(f"{message}: {'; '.join(details)}" if details else message)


class ResponseValidationError(ClientError):
    """The server answered with success, but not with what its description promises.

    `content` is what came: the body, or the event or line of a stream.
    """

    def __init__(
        self,
        operation: str,
        status: int,
        headers: httpx.Headers,
        content: bytes,
        details: list[str],
    ) -> None:
        self.operation = operation
        self.status = status
        self.headers = headers
        self.content = content
        self.details = details
        super().__init__(f"{operation}: {status}, but {'; '.join(details)}")


class PagingError(ClientError):
    """The pages go round in circles."""


def describe(error: ValidationError) -> list[str]:
    """What is wrong and where, without the values."""
    details: list[str] = []
    for item in error.errors(
        include_url=False, include_context=False, include_input=False
    ):
        place = ".".join(str(part) for part in item["loc"])
        details.append(f"{place}: {item['msg']}" if place else item["msg"])
    return details


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
