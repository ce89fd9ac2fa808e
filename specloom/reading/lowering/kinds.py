"""What sort of value a schema is about, and whether it allows ``null``: told from the document alone, before lowering."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from specloom.reading.pointers import JSON

from .enums import enum_values
from .raw import ANNOTATIONS, COMPOSITIONS, Raw, Site, is_never, sequence, types_of
from .workspace import Workspace

Kind = Literal["anything", "null", "scalar", "enum", "array", "map", "object", "union", "never"]

_STRENGTH: dict[Kind, int] = {
    "anything": 0,
    "null": 1,
    "scalar": 2,
    "enum": 3,
    "array": 4,
    "map": 5,
    "object": 6,
    "union": 7,
    "never": 8,
}
_OBJECT_WORDS = frozenset(
    {
        "properties",
        "additionalProperties",
        "patternProperties",
        "propertyNames",
        "minProperties",
        "maxProperties",
        "unevaluatedProperties",
        "dependentRequired",
        "dependentSchemas",
        "required",
    }
)
_ARRAY_WORDS = frozenset({"items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains", "unevaluatedItems"})
_STRING_WORDS = frozenset({"minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"})
_NUMBER_WORDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
_STRING_FORMATS = frozenset(
    {
        "date-time",
        "date",
        "time",
        "duration",
        "email",
        "uri",
        "url",
        "uuid",
        "binary",
        "byte",
        "hostname",
        "ipv4",
        "ipv6",
        "password",
    }
)
_SCALARS = frozenset({"string", "integer", "number", "boolean"})


def inferred_type(schema: Raw) -> str | None:
    """The type that a schema without ``type`` is plainly about, by its keywords."""
    keys = schema.keys()
    if keys & (_OBJECT_WORDS - {"required"}):
        return "object"
    if keys & _ARRAY_WORDS:
        return "array"
    if keys & _STRING_WORDS or schema.get("format") in _STRING_FORMATS:
        return "string"
    if keys & _NUMBER_WORDS:
        return "number"
    return "object" if "required" in keys and isinstance(schema["required"], list) else None


def is_required_only(schema: JSON) -> bool:
    """Whether a member of a composition says no more than which properties are to be there."""
    if not isinstance(schema, dict) or is_never(schema) or not ({"required", "not"} & schema.keys()):
        return False
    rest = {key for key in schema if key not in ANNOTATIONS and key not in ("required", "type", "not") and key[:2] != "x-"}
    return not rest and types_of(schema) in ([], ["object"])


def own_kind(schema: Raw) -> Kind:
    """The kind by a schema's own keywords, compositions left out."""
    values = enum_values(schema)
    if values is not None:
        return "enum" if any(value is not None for value in values) or not values else "null"
    given = types_of(schema)
    types = [name for name in given if name != "null"]
    if given and not types:
        return "null"
    if len(types) > 1:
        return "union"
    name = types[0] if types else inferred_type(schema)
    if name == "object":
        return "object" if _has_shape(schema) else "map"
    if name == "array":
        return "array"
    return "scalar" if name in _SCALARS else "anything"


def _has_shape(schema: Raw) -> bool:
    if schema.get("properties") or sequence(schema.get("required")):
        return True
    closed = is_never(schema.get("additionalProperties")) or is_never(schema.get("unevaluatedProperties"))
    return closed and not schema.get("patternProperties")


@dataclass(slots=True)
class Kinds:
    """Answers about schemas, through references; each target is looked at once."""

    workspace: Workspace
    parents: frozenset[Site] = frozenset()
    """Schemas that children extend by ``allOf`` and that have a discriminator: unions, but objects to their children."""
    _kinds: dict[Site, Kind | None] = field(default_factory=dict)
    _nulls: dict[Site, bool | None] = field(default_factory=dict)

    def kind(self, schema: JSON, site: Site, *, as_parent: bool = False) -> Kind:
        """The kind of a schema; the strongest of its parts."""
        if not isinstance(schema, dict):
            return "never" if schema is False else "anything"
        if is_never(schema):
            return "never"
        if COMPOSITIONS.isdisjoint(schema):
            return own_kind(schema)
        found: list[Kind] = [own_kind(schema)]
        if isinstance(schema.get("$ref"), str):
            if self.workspace.version == "3.0":
                return self._of_target(str(schema["$ref"]), site, as_parent=as_parent)
            found.append(self._of_target(str(schema["$ref"]), site, as_parent=as_parent))
        if found[0] != "enum":
            for index, member in enumerate(sequence(schema.get("allOf"))):
                found.append(self.kind(member, site.at("allOf", index), as_parent=True))
            for key in ("oneOf", "anyOf"):
                found.append(self._of_members(schema, key, site))
        return max(found, key=_STRENGTH.__getitem__)

    def _of_members(self, schema: Raw, key: str, site: Site) -> Kind:
        kinds = [
            self.kind(member, site.at(key, index))
            for index, member in enumerate(sequence(schema.get(key)))
            if not is_required_only(member)
        ]
        real = [kind for kind in kinds if kind not in ("null", "never")]
        if not real:
            return kinds[0] if kinds else "anything"
        if "anything" in real:
            return "anything"
        return real[0] if len(real) == 1 else "union"

    def _of_target(self, ref: str, site: Site, *, as_parent: bool) -> Kind:
        target = self.workspace.resolve(ref, site)
        if target is None:
            return "anything"
        value, place = target
        if place in self.parents:
            return "object" if as_parent else "union"
        if place not in self._kinds:
            self._kinds[place] = None
            self._kinds[place] = self.kind(value, place)
        return self._kinds[place] or "anything"

    def null_says(self, schema: JSON, site: Site) -> bool | None:
        """Whether a schema allows ``null``, forbids it, or says nothing."""
        if not isinstance(schema, dict):
            return None
        own = _own_null(schema)
        if own or COMPOSITIONS.isdisjoint(schema):
            return own
        said: list[bool | None] = [own]
        if isinstance(schema.get("$ref"), str):
            target = self._null_of_target(str(schema["$ref"]), site)
            if self.workspace.version == "3.0":
                return target
            said.append(target)
        said += [self.null_says(member, site.at("allOf", i)) for i, member in enumerate(sequence(schema.get("allOf")))]
        for key in ("oneOf", "anyOf"):
            members = [self.null_says(m, site.at(key, i)) for i, m in enumerate(sequence(schema.get(key)))]
            if members:
                said.append(True if True in members else False if None not in members else None)
        return False if False in said else True if True in said else None

    def _null_of_target(self, ref: str, site: Site) -> bool | None:
        target = self.workspace.resolve(ref, site)
        if target is None:
            return None
        value, place = target
        if place not in self._nulls:
            self._nulls[place] = None
            self._nulls[place] = self.null_says(value, place)
        return self._nulls[place]


_TELLING = frozenset({"type", "nullable", "enum", "const", "oneOf", "anyOf"})
"""Keywords that may say whether a schema allows ``null``."""


def _own_null(schema: Raw) -> bool | None:
    if _TELLING.isdisjoint(schema):
        return None
    types = types_of(schema)
    if schema.get("nullable") is True or "null" in types:
        return True
    values = enum_values(schema)
    if values is not None:
        return None in values
    return False if types else None
