"""A client of the Library API."""

from .calls import RequestOptions
from .client import APIClient, SyncAPIClient
from .errors import (
    APIError,
    APITimeoutError,
    ClientError,
    NetworkError,
    PagingError,
    RequestValidationError,
    ResponseValidationError,
)
from .responses import Response
from .retry import NO_RETRY, RetryPolicy

__all__ = [
    "APIClient",
    "APIError",
    "APITimeoutError",
    "ClientError",
    "NO_RETRY",
    "NetworkError",
    "PagingError",
    "RequestOptions",
    "RequestValidationError",
    "Response",
    "ResponseValidationError",
    "RetryPolicy",
    "SyncAPIClient",
]
