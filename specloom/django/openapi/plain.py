"""Turns a document as Python builds it into the plain data that a reader of its YAML would give."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID


def plain(value: object) -> object:
    """The same as dicts, lists, strings, numbers, booleans and null; nothing is shared with ``value``."""
    match value:
        case bool() | None:
            return value
        case str():
            return value.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")  # a str of no subclass
        case int():
            return int(value)
        case float():
            return float(value)
        case Mapping():
            return {_key(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case set() | frozenset():
            return sorted((plain(item) for item in value), key=repr)
        case Decimal():
            text = f"{value:f}"
            return float(text) if "." in text else int(text)
        case timedelta():
            return str(value.total_seconds())
        case datetime():
            return value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case UUID() | _:
            return str(value)


def _key(key: object) -> str:
    match key:
        case bool():
            return "true" if key else "false"
        case None:
            return "null"
        case _:
            return str(key)
