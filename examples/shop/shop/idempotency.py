"""Requests that are sent twice and done once."""

from uuid import UUID

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request


def idempotency_key(request: Request) -> UUID | None:
    """What the header ``Idempotency-Key`` says. Raises ValidationError where it is no UUID."""
    value = request.headers.get("Idempotency-Key")
    try:
        return UUID(value) if value else None
    except ValueError as error:
        raise ValidationError({"Idempotency-Key": ["Has to be a UUID."]}) from error
