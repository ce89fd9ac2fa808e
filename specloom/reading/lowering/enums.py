"""Enums: values, the names and descriptions that documents give them, and equal inline enums made one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from specloom.ir.schemas import EnumMember
from specloom.ir.types import BOOLEAN, IRType, ReferenceType
from specloom.reading.pointers import JSON

from . import nodes
from .naming import Hint, Names
from .raw import Raw, Site, is_of_type, mapping, sequence, text, types_of
from .shapes import EnumShape
from .workspace import Declaration, Workspace

_BULLET = re.compile(r"^\s*[*-] `(.*?)` - (.*)$")
PLACEHOLDER = "\0enum:"

Scalar = str | bool | int | float


def enum_values(schema: Raw) -> list[JSON] | None:
    """The values of ``enum``, ``const``, or a ``oneOf`` of nothing but ``const`` (OpenAPI 3.1's way of titles for values)."""
    if isinstance(schema.get("enum"), list):
        return sequence(schema["enum"])
    if "const" in schema:
        return [schema["const"]]
    if "oneOf" not in schema and "anyOf" not in schema:
        return None
    members = titled_constants(schema)
    return None if members is None else [member["const"] for member in members]


def titled_constants(schema: Raw) -> list[Raw] | None:
    """The members of a ``oneOf`` or ``anyOf`` that has at least two and in which every one is a ``const`` and annotations."""
    for key in ("oneOf", "anyOf"):
        members = schema.get(key)
        if isinstance(members, list) and len(members) > 1:
            found = [m for m in members if isinstance(m, dict) and "const" in m and not m.keys() - _CONST_KEYS]
            if len(found) == len(members) and all(isinstance(m["const"], str | bool | int | float | None) for m in found):
                return found
    return None


_CONST_KEYS = {"const", "title", "description", "type", "deprecated", "x-enum-varname"}


def enum_shape(workspace: Workspace, schema: Raw, site: Site) -> EnumShape | IRType | None:
    """The content of an enum: an :class:`EnumShape`, a boolean or literal type, or nothing where only ``null`` is in it."""
    values = enum_values(schema) or []
    types = [name for name in types_of(schema) if name != "null"]
    scalars = [value for value in values if isinstance(value, str | bool | int | float)]
    fitting = scalars if types == ["string"] and _are_strings(scalars) else [_fit(workspace, v, types, site) for v in scalars]
    if len(fitting) < len(values) - values.count(None):
        workspace.warn("enum-value-not-scalar", "an enum holds objects or lists, which no language here has enums of", site)
        return None
    names, descriptions, deprecated = _extras(schema, len(values))
    by_bullet = bullets(schema, fitting)
    members: list[EnumMember] = []
    seen: set[tuple[bool, Scalar]] = set()  # as same_literal has it
    rest = iter(fitting)
    for index, value in enumerate(values):
        if value is None:
            continue
        scalar = next(rest)
        key = (isinstance(scalar, bool), scalar)
        if key in seen:
            workspace.info("enum-duplicate-value", f"the value {scalar!r} is listed twice", site)
            continue
        seen.add(key)
        members.append(
            nodes.enum_member(
                value=scalar,
                name=_pick(names, index, scalar) if names else None,
                description=(_pick(descriptions, index, scalar) if descriptions else None) or by_bullet.get(_spelled(scalar)),
                deprecated=index in deprecated,
            )
        )
    return EnumShape(tuple(members)) if members else None


def _are_strings(values: list[Scalar]) -> bool:
    return all(isinstance(value, str) for value in values)


def inline_type(shape: EnumShape) -> IRType | None:
    """The type of an enum that needs no declaration: one value is a literal, both booleans are a boolean."""
    values = [member.value for member in shape.members]
    if len(values) == 1:
        return nodes.literal_type(value=values[0])
    if all(isinstance(value, bool) for value in values):
        return BOOLEAN
    return None


def bullets(schema: Raw, values: Sequence[Scalar]) -> dict[str, str]:
    """Descriptions of values by drf-spectacular's lines in the description, ``* `draft` - Draft``."""
    description = schema.get("description")
    if not isinstance(description, str) or "`" not in description:
        return {}
    found = {m[1]: m[2].strip() for m in map(_BULLET.match, description.splitlines()) if m}
    known = {_spelled(value) for value in values}
    return {value: words for value, words in found.items() if value in known and words}


def without_bullets(description: str | None, values: Sequence[Scalar]) -> str | None:
    """A description less the lines that describe ``values``."""
    if description is None or "`" not in description:
        return description
    known = {_spelled(value) for value in values} | {"", "None", "null"}
    kept = [line for line in description.splitlines() if not ((m := _BULLET.match(line)) and m[1] in known)]
    return "\n".join(kept).strip() or None


def _spelled(value: Scalar) -> str:
    return value if isinstance(value, str) else str(value)


def _fit(workspace: Workspace, value: Scalar, types: list[str], site: Site) -> Scalar:
    """A value as the schema's types want it: YAML writes of ``1`` and ``"1"`` are easily mixed up."""
    if not types or any(is_of_type(value, name) for name in types):
        return value
    workspace.warn("enum-type-mismatch", f"the enum value {value!r} is not of type {' or '.join(types)}", site)
    if types == ["string"]:
        return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    if types == ["integer"] and isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,18}", value):
        return int(value)
    return value


def _extras(schema: Raw, size: int) -> tuple[JSON, JSON, set[int]]:
    constants = None if isinstance(schema.get("enum"), list) else titled_constants(schema)
    if constants:
        titles = [text(c.get("x-enum-varname")) or text(c.get("title")) for c in constants]
        texts = [text(c.get("description")) for c in constants]
        return list(titles), list(texts), {i for i, c in enumerate(constants) if c.get("deprecated") is True}
    names = next((schema[k] for k in ("x-enum-varnames", "x-enumNames", "x-enum-names") if k in schema), None)
    texts_ = next((schema[k] for k in ("x-enum-descriptions", "x-enumDescriptions") if k in schema), None)
    if isinstance(names, list) and len(names) != size:
        names = None
    return names, texts_, set()


def _pick(extra: JSON, index: int, value: Scalar) -> str | None:
    if isinstance(extra, list):
        return text(extra[index]) if index < len(extra) else None
    return text(mapping(extra).get(_spelled(value)))


@dataclass(slots=True)
class InlineEnums:
    """Enums that stood inline: equal ones are one. They are named when all of them are known, see :meth:`named`."""

    workspace: Workspace
    found: dict[tuple[object, ...], Declaration] = field(default_factory=dict)
    hints: dict[str, Hint] = field(default_factory=dict)

    def reference(self, shape: EnumShape, hint: Hint, site: Site, schema: Raw, *, described: bool) -> ReferenceType:
        """A reference to the enum, under a name that stands in for the final one."""
        key = tuple((type(m.value), m.value, m.name) for m in shape.members)
        known = self.found.get(key)
        if known is None:
            name = f"{PLACEHOLDER}{len(self.found)}"
            known = Declaration(name, site, schema, lambda: shape, parent=hint.owner or None, inline=True, described=described)
            self.found[key] = self.workspace.declarations[name] = known
            self.workspace.queue.append(name)
            self.hints[name] = hint
        return nodes.reference_type(name=known.name)

    def named(self, names: Names) -> dict[str, str]:
        """The final names: the property's where it is the only enum of that name, else with the owner before it."""
        groups: dict[str, list[str]] = {}
        for placeholder, hint in self.hints.items():
            groups.setdefault(hint.words, []).append(placeholder)
        final: dict[str, str] = {}
        for words, members in groups.items():
            alone = len(members) == 1 and words not in names and words
            for placeholder in members:
                final[placeholder] = names.take(words if alone else self.hints[placeholder].name)
        return final
