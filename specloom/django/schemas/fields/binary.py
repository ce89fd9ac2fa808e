"""Bytes of a column in JSON: base64, as Django's own serializers write it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping

from pydantic import SerializationInfo
from pydantic_core import PydanticCustomError


def from_base64(value: object) -> object:
    """Bytes as they are; a text is base64, as Django's own serializers write it (RFC 4648 §4)."""
    if isinstance(value, (memoryview, bytearray)):
        return bytes(value)
    if not isinstance(value, str):
        return value
    try:
        return b64decode(value, validate=True)
    except ValueError:
        raise PydanticCustomError("base64", "Input should be a text in base64") from None


def bytes_answered(value: bytes, info: SerializationInfo) -> bytes | str:
    """Bytes for Python, and base64 where JSON is made of it."""
    # django-ninja makes JSON of what is dumped for Python, by an encoder that knows no bytes; it says so by this context.
    context = info.context
    answered = info.mode_is_json() or (isinstance(context, Mapping) and {"request", "response_status"} <= context.keys())
    return b64encode(value).decode("ascii") if answered else value
