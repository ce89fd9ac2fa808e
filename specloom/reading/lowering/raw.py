"""Plain document data: where a value stands, and typed looks at what may be of any type."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeGuard

from specloom.reading.pointers import JSON, escape

Raw = dict[str, JSON]

ANNOTATIONS = frozenset(
    {
        "title",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "nullable",
        "externalDocs",
        "xml",
        "$comment",
        "$id",
        "$schema",
        "$anchor",
        "$dynamicAnchor",
        "$defs",
        "definitions",
        "discriminator",
        "$vocabulary",
        "summary",
    }
)
"""Keywords of a schema that say nothing about which values it takes, ``null`` aside (JSON Schema Validation 2020-12 §9)."""

COMPOSITIONS = frozenset({"$ref", "allOf", "oneOf", "anyOf"})
"""Keywords that bring in other schemas for the same value."""
_SILENT = ANNOTATIONS | COMPOSITIONS


class Site(NamedTuple):
    """Where a value stands: the file by its key, ``""`` for the document itself, and a JSON pointer."""

    file: str
    pointer: str

    def at(self, *keys: str | int) -> Site:
        """The place some keys further down."""
        pointer = self.pointer
        for key in keys:
            pointer = f"{pointer}/{key}" if isinstance(key, int) else f"{pointer}/{escape(key)}"
        return _site(Site, (self.file, pointer))

    def below(self, key: str) -> Site:
        """The place one key further down; as :meth:`at`, for the many."""
        return _site(Site, (self.file, f"{self.pointer}/{escape(key)}"))


_site: Final = tuple.__new__  # what the constructor of a named tuple calls, less a call of Python


def mapping(value: JSON) -> Raw:
    """``value`` where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: JSON) -> list[JSON]:
    """``value`` where it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: JSON) -> str | None:
    """``value`` where it is a string that is not blank, without blanks around it."""
    return (value.strip() or None) if isinstance(value, str) else None


def is_number(value: JSON) -> TypeGuard[int | float]:
    """Whether ``value`` is a number; ``true`` is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_of_type(value: JSON, name: str) -> bool:
    """Whether ``value`` is of the scalar type that JSON Schema calls ``name``; ``1.0`` is an integer, ``true`` no number."""
    match name:
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return is_number(value) and value == value // 1
        case "number":
            return is_number(value)
        case _:
            return False


def count(value: JSON) -> int | None:
    """``value`` where it is a whole number that is not negative."""
    if is_number(value) and value >= 0 and value == value // 1:
        return int(value)
    return None


def is_said(schema: Raw) -> bool:
    """Whether a schema restricts values by a keyword of its own, that is, neither an annotation nor a composition."""
    rest = [key for key in schema if key not in _SILENT]
    return bool(rest) and any(key[:2] != "x-" for key in rest)


def is_never(schema: JSON) -> bool:
    """Whether a schema is plainly of no value: ``false``, or ``not`` of everything, which is how reading writes it."""
    return schema is False or (isinstance(schema, dict) and "not" in schema and schema["not"] in ({}, True))


def types_of(schema: Raw) -> list[str]:
    """The type names a schema gives (OpenAPI 3.1 allows several), ``null`` included."""
    given = schema.get("type")
    if isinstance(given, str):
        return [given]
    found: list[str] = []
    for name in sequence(given):
        if isinstance(name, str) and name not in found:
            found.append(name)
    return found


def examples_of(value: Raw) -> tuple[JSON, ...]:
    """The examples of a schema or a parameter: ``example``, a list of ``examples``, or a map of Example Objects."""
    found: list[JSON] = [value["example"]] if "example" in value else []
    many = value.get("examples")
    if isinstance(many, dict):
        found += [each["value"] for each in many.values() if isinstance(each, dict) and "value" in each]
    elif isinstance(many, list):
        found += many
    return tuple(found)
