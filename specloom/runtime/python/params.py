"""How a parameter is written in a path, a query, a header or a cookie.

OpenAPI 3.1.1, section 4.8.12 (style, explode, allowReserved), which builds on RFC 6570.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Literal, TypeAlias, cast

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from .errors import RequestValidationError

PathStyle: TypeAlias = Literal[
    "simple", "simple*", "label", "label*", "matrix", "matrix*", "json"
]
QueryStyle: TypeAlias = Literal[
    "form",
    "form+reserved",
    "csv",
    "csv+reserved",
    "ssv",
    "ssv+reserved",
    "pipes",
    "pipes+reserved",
    "deep",
    "deep+reserved",
    "json",
]
HeaderStyle: TypeAlias = Literal["simple", "simple*", "json"]
CookieStyle: TypeAlias = Literal["form", "csv", "json"]

PathParam: TypeAlias = tuple[str, object] | tuple[str, object, PathStyle]
QueryParam: TypeAlias = tuple[str, object] | tuple[str, object, QueryStyle]
HeaderParam: TypeAlias = tuple[str, object] | tuple[str, object, HeaderStyle]
CookieParam: TypeAlias = tuple[str, object] | tuple[str, object, CookieStyle]

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Encode: TypeAlias = Callable[[str], str]

_TEMPLATE_NAME = re.compile(r"\{([^{}]*)\}")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)
# Not "#", which would end the query, and not "'", which WHATWG URLs encode anyway.
_KEPT = _UNRESERVED | frozenset(b":/?[]@!$&()*+,;=%")


def encode(text: str) -> str:
    """Percent-encode all but RFC 3986 unreserved characters."""
    return _percent(text, _UNRESERVED)


def encode_reserved(text: str) -> str:
    """Keep reserved characters and percent-encoded triplets (RFC 6570, section 3.2.3)."""
    return _percent(_PERCENT.sub("%25", text), _KEPT)


def _percent(text: str, kept: frozenset[int]) -> str:
    if text.isascii() and text.isalnum():
        return text
    data = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return "".join(
        chr(byte) if byte in kept else f"%{byte:02X}" for byte in data.encode("utf-8")
    )


def write_path(template: str, params: Sequence[PathParam]) -> str:
    """The path with its parameters filled in; `{name}` is where one goes."""
    written = {param[0]: _write_path_param(param) for param in params}
    parts = _TEMPLATE_NAME.split(template.partition("#")[0])
    for index, part in enumerate(parts):
        # split() alternates literal text and names.
        if index % 2 == 0:
            parts[index] = encode_reserved(part)
        elif part in written:
            parts[index] = written[part]
        else:
            raise RequestValidationError(f"path parameter {part!r} is missing")
    path = "".join(parts)
    for segment in path.partition("?")[0].split("/"):
        if segment in (".", ".."):
            raise RequestValidationError(f"{template}: a segment of the path is a dot")
    return path


def _write_path_param(param: PathParam) -> str:
    name, value, style = param if len(param) == 3 else (*param, "simple")
    if style == "json":
        return encode(compact_json(value))
    plain = to_json(value)
    if _is_empty(plain):
        raise RequestValidationError(f"path parameter {name!r} is empty")
    explode = style.endswith("*")
    members = _members(plain, encode, "=" if explode else ",")
    match style:
        case "simple" | "simple*":
            return ",".join(members)
        case "label" | "label*":
            return "." + ("." if explode else ",").join(members)
        case "matrix" | "matrix*":
            if explode and isinstance(plain, dict):
                return "".join(f";{member}" for member in members)
            if explode:
                return "".join(f";{encode(name)}={member}" for member in members)
            return f";{encode(name)}={','.join(members)}"


def write_query(params: Iterable[QueryParam]) -> str:
    """The query, without the question mark."""
    return "&".join(_encoded_pairs(params))


def write_cookies(params: Iterable[CookieParam]) -> list[str]:
    """The pairs of a Cookie header: written as a query's, but joined differently."""
    return _encoded_pairs(params)


def _encoded_pairs(params: Iterable[QueryParam | CookieParam]) -> list[str]:
    pairs: list[str] = []
    for param in params:
        name, value, style = param if len(param) == 3 else (*param, "form")
        if value is not None:
            text = encode_reserved if style.endswith("+reserved") else encode
            for key, member in write_pairs(name, value, style, text):
                pairs.append(f"{encode(key)}={member}")
    return pairs


def write_pairs(
    name: str, value: object, style: QueryStyle, text: Encode
) -> list[tuple[str, str]]:
    """A value as pairs of a plain name and a value encoded by `text`."""
    if style == "json":
        return [(name, text(compact_json(value)))]
    plain = to_json(value)
    word = style.removesuffix("+reserved")
    if word == "deep":
        return [(key, text(leaf)) for key, leaf in _deep(name, plain)]
    if word == "form":
        if isinstance(plain, dict):
            return [
                (key, text(_text(member)))
                for key, member in plain.items()
                if not _is_nothing(member)
            ]
        return [(name, member) for member in _members(plain, text, "")]
    separator = {"csv": ",", "ssv": text(" "), "pipes": text("|")}[word]
    members = _members(plain, text, separator)
    return [(name, separator.join(members))] if members else []


def write_headers(params: Iterable[HeaderParam]) -> list[tuple[str, str]]:
    """Headers in the order given; a value is not percent-encoded."""
    headers: list[tuple[str, str]] = []
    for param in params:
        name, value, style = param if len(param) == 3 else (*param, "simple")
        if value is None:
            continue
        if style == "json":
            headers.append((name, compact_json(value)))
            continue
        plain = to_json(value)
        members = _members(plain, str, "=" if style == "simple*" else ",")
        if members:
            headers.append((name, ",".join(members)))
    return headers


def _members(plain: Json, text: Encode, glue: str) -> list[str]:
    """The encoded members of a value; `glue` is between a key and its value."""
    match plain:
        case dict():
            return [
                f"{text(key)}{glue}{text(_text(value))}"
                for key, value in plain.items()
                if not _is_nothing(value)
            ]
        case list():
            return [text(_text(value)) for value in plain if not _is_nothing(value)]
        case _:
            return [text(_text(plain))]


def _deep(name: str, plain: Json) -> Iterable[tuple[str, str]]:
    match plain:
        case dict():
            for key, value in plain.items():
                yield from _deep(f"{name}[{key}]", value)
        case list():
            kept = (value for value in plain if not _is_nothing(value))
            for index, value in enumerate(kept):
                yield from _deep(f"{name}[{index}]", value)
        case None:
            return
        case _:
            yield name, _text(plain)


def _is_nothing(plain: Json) -> bool:
    return plain is None or plain == [] or plain == {}


def _is_empty(plain: Json) -> bool:
    match plain:
        case list():
            return all(map(_is_nothing, plain))
        case dict():
            return all(map(_is_nothing, plain.values()))
        case _:
            return plain is None or plain == ""


def _text(plain: Json) -> str:
    match plain:
        case str():
            return plain
        case bool():
            return "true" if plain else "false"
        case int():
            return str(plain)
        case float():
            return _number(plain)
        case _:
            return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _number(value: float) -> str:
    """The text of a number as ECMAScript's `String(n)` writes it."""
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    assert isinstance(exponent, int)
    point = len(digits) + exponent
    minus = "-" if sign else ""
    if -6 < point <= 21:
        return minus + format(abs(Decimal(repr(value)).normalize()), "f")
    mantissa = str(digits[0]) + ("." if digits[1:] else "")
    power = point - 1
    return f"{minus}{mantissa}{''.join(map(str, digits[1:]))}e{power:+d}"


def compact_json(value: object) -> str:
    """JSON without spaces, non-ASCII characters as they are."""
    return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"))


def to_json(value: object) -> Json:
    """The JSON value a Python value stands for, written as every specloom client does.

    Raises:
        RequestValidationError: for bytes, NaN, infinities and what is no JSON.
    """
    match value:
        case None | bool():
            return value
        case Enum():
            return to_json(value.value)
        case str() | int():
            return value
        case float():
            if not math.isfinite(value):
                raise RequestValidationError("a parameter is not a finite number")
            return int(value) if value.is_integer() and abs(value) < 1e21 else value
        case Decimal():
            if not value.is_finite():
                raise RequestValidationError("a parameter is not a finite number")
            return format(value, "f")
        case datetime() | time():
            return _moment(value)
        case date():
            return value.isoformat()
        case BaseModel():
            return to_json(value.model_dump(by_alias=True, exclude_unset=True))
        case Mapping():
            items = cast(Mapping[object, object], value).items()
            return {_text(to_json(key)): to_json(item) for key, item in items}
        case bytes() | bytearray() | Path():
            raise RequestValidationError("bytes cannot be a parameter")
        case list() | tuple() | set() | frozenset():
            return [to_json(item) for item in cast(Iterable[object], value)]
        case _:
            return _other(value)


def _moment(value: datetime | time) -> str:
    """RFC 3339: fractions only where there are some, UTC as Z.

    Without a time zone none is written: which one is meant cannot be known.
    """
    fraction = value.microsecond
    unit = "microseconds" if fraction % 1000 else "milliseconds"
    text = value.isoformat(timespec=unit if fraction else "seconds")
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def _other(value: object) -> Json:
    try:
        # UUID, timedelta, URL, IP address, dataclass ...
        plain: object = to_jsonable_python(value, by_alias=True)
    except ValueError:
        kind = type(value).__name__
        raise RequestValidationError(f"{kind} cannot be a parameter") from None
    return plain if isinstance(plain, str) else to_json(plain)
