"""Strings, numbers and booleans: format and constraints."""

from __future__ import annotations

from specloom.ir.types import BOOLEAN, INTEGER, NO_CONSTRAINTS, NUMBER, STRING, Constraints, Number, ScalarType
from specloom.reading.pointers import JSON

from . import nodes
from .raw import Raw, Site, count, is_number
from .workspace import Workspace

_PLAIN: dict[str, ScalarType] = {"string": STRING, "integer": INTEGER, "number": NUMBER, "boolean": BOOLEAN}
_STRING_WORDS = ("minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType", "contentSchema")
_NUMBER_WORDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")


def plain_scalar(schema: Raw, known: dict[tuple[str, str | None], ScalarType]) -> ScalarType | None:
    """The type of a schema that is a scalar with a format at most, which most of all schemas are; equal ones are one object."""
    name = schema.get("type")
    plain = _PLAIN.get(name) if isinstance(name, str) else None
    if plain is None or not PLAIN_WORDS.issuperset(schema):
        return None
    format = schema.get("format")
    if format is None:
        return plain
    if not isinstance(format, str) or not format:
        return None
    type = known.get((plain.type, format))
    if type is None:
        type = known[plain.type, format] = plain.model_copy(update={"format": format})
    return type


PLAIN_WORDS = frozenset(
    {
        "type",
        "format",
        "description",
        "title",
        "example",
        "examples",
        "default",
        "readOnly",
        "writeOnly",
        "deprecated",
        "nullable",
    }
)


def scalar(workspace: Workspace, schema: Raw, name: str, site: Site) -> ScalarType:
    """The scalar type called ``name`` with what the schema says about it; keywords of other types mean nothing to it."""
    given = schema.get("format")
    format = given if isinstance(given, str) and given else None
    if name == "string":
        if not any(word in schema for word in _STRING_WORDS):
            return STRING if format is None else nodes.scalar_type(type="string", format=format)
        encoding, media = schema.get("contentEncoding"), schema.get("contentMediaType")
        return nodes.scalar_type(
            type="string",
            format=format,
            constraints=_text_constraints(workspace, schema, site),
            content_encoding=encoding if isinstance(encoding, str) else None,
            content_media_type=media if isinstance(media, str) else None,
        )
    if name in ("integer", "number"):
        constraints = NO_CONSTRAINTS
        if any(word in schema for word in _NUMBER_WORDS):
            constraints = _number_constraints(workspace, schema, site)
        if format is None and constraints is NO_CONSTRAINTS:
            return _PLAIN[name]
        return nodes.scalar_type(type="integer" if name == "integer" else "number", format=format, constraints=constraints)
    return BOOLEAN if format is None else nodes.scalar_type(type="boolean", format=format)


def checked(workspace: Workspace, constraints: Constraints, site: Site) -> Constraints:
    """``constraints``, less bounds that no value can keep."""
    c = constraints
    low = max((n for n in (c.minimum, c.exclusive_minimum) if n is not None), default=None)
    high = min((n for n in (c.maximum, c.exclusive_maximum) if n is not None), default=None)
    if low is not None and high is not None:
        open_end = low in (c.exclusive_minimum,) or high in (c.exclusive_maximum,)
        if low > high or (low == high and open_end):
            workspace.warn("impossible-constraint", f"no number is both above {low} and below {high}; both are left out", site)
            none: dict[str, object] = dict.fromkeys(("minimum", "maximum", "exclusive_minimum", "exclusive_maximum"))
            c = c.model_copy(update=none)
    if c.min_length is not None and c.max_length is not None and c.min_length > c.max_length:
        workspace.warn("impossible-constraint", f"no text is at least {c.min_length} and at most {c.max_length} long", site)
        c = c.model_copy(update={"min_length": None, "max_length": None})
    return c if c != NO_CONSTRAINTS else NO_CONSTRAINTS


def _text_constraints(workspace: Workspace, schema: Raw, site: Site) -> Constraints:
    pattern = schema.get("pattern")
    made = nodes.constraints(
        min_length=_count(workspace, schema, "minLength", site) or None,
        max_length=_count(workspace, schema, "maxLength", site),
        pattern=pattern if isinstance(pattern, str) else None,
    )
    return checked(workspace, made, site)


def _number_constraints(workspace: Workspace, schema: Raw, site: Site) -> Constraints:
    minimum, maximum = _number(schema.get("minimum")), _number(schema.get("maximum"))
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    exclusive_minimum, exclusive_maximum = _number(above), _number(below)
    if above is True:  # 3.0: a flag beside the bound
        minimum, exclusive_minimum = None, minimum
    if below is True:
        maximum, exclusive_maximum = None, maximum
    step = _number(schema.get("multipleOf"))
    if step is not None and step <= 0:
        workspace.warn("impossible-constraint", f"nothing is a multiple of {step}", site.at("multipleOf"))
        step = None
    made = nodes.constraints(
        minimum=minimum,
        maximum=maximum,
        exclusive_minimum=exclusive_minimum,
        exclusive_maximum=exclusive_maximum,
        multiple_of=step,
    )
    return checked(workspace, made, site)


def _number(value: JSON) -> Number | None:
    return value if is_number(value) else None


def _count(workspace: Workspace, schema: Raw, word: str, site: Site) -> int | None:
    value = schema.get(word)
    if value is None:
        return None
    found = count(value)
    if found is None:
        workspace.warn("bad-constraint", f"{word} is {value!r}, not a count", site.at(word))
    return found
