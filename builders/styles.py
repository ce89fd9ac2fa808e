"""The runtime's short words for how a parameter is written (``specloom/runtime/README.md``)."""

from __future__ import annotations

from collections.abc import Mapping

from specloom.ir.operations import IREncodingObject, IRParameterObject, Location, Style
from specloom.ir.schemas import IREnumSchema, IRSchema
from specloom.ir.types import IRType, LiteralType, ReferenceType, ScalarType, UnionType

_DELIMITED = {Style.SPACE_DELIMITED: "ssv", Style.PIPE_DELIMITED: "pipes"}


def is_scalar(schemas: Mapping[str, IRSchema], type: IRType) -> bool:
    """Whether a value is a single text, so that styles make no difference."""
    match type:
        case ScalarType() | LiteralType():
            return True
        case UnionType(members=members):
            return all(is_scalar(schemas, member) for member in members)
        case ReferenceType(name=name):
            return isinstance(schemas.get(name), IREnumSchema)
        case _:
            return False


def styled_word(parameter: IRParameterObject, is_scalar: bool) -> str | None:
    """The word for a query, header or cookie parameter; none where it is the default."""
    if parameter.media_type is not None:
        return "json" if "json" in parameter.media_type.lower() else None
    if parameter.location is Location.HEADER:
        return "simple*" if parameter.explode and not is_scalar else None
    word = "form" if is_scalar and parameter.style is not Style.DEEP_OBJECT else _query_word(parameter.style, parameter.explode)
    if parameter.location is Location.COOKIE:
        return "csv" if word == "csv" else None
    if parameter.allow_reserved:
        return f"{word}+reserved"
    return None if word == "form" else word


def _query_word(style: Style | None, explode: bool) -> str:
    if style is Style.DEEP_OBJECT:
        return "deep"
    if explode:
        return "form"
    return _DELIMITED.get(style, "csv") if style is not None else "csv"


def form_word(encoding: IREncodingObject) -> str:
    """The word for a property of a urlencoded form (OpenAPI 3.1.1 §4.8.15: ``explode`` is true for ``form``)."""
    style = encoding.style or Style.FORM
    explode = encoding.explode if encoding.explode is not None else style is Style.FORM
    word = _query_word(style, explode)
    return f"{word}+reserved" if encoding.allow_reserved else word


def path_style(parameter: IRParameterObject, is_scalar: bool) -> str | None:
    """The word for a path parameter; none where it is the default."""
    if parameter.media_type is not None:
        return "json" if "json" in parameter.media_type.lower() else None
    exploded = "*" if parameter.explode and not is_scalar else ""
    match parameter.style:
        case Style.LABEL | Style.MATRIX:
            return f"{parameter.style.value}{exploded}"
        case _:
            return "simple*" if exploded else None
