"""Objects: properties, what is required, and what other keys may hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from specloom.ir.schemas import IRPropertyObject
from specloom.ir.types import ANYTHING, NEVER, IRType, ScalarType, nullable, union
from specloom.reading.pointers import JSON

from . import nodes
from .enums import Scalar, without_bullets
from .kinds import Kinds
from .naming import Hint, pascal
from .raw import Raw, Site, count, examples_of, is_never, mapping, sequence, text
from .scalars import plain_scalar
from .shapes import ObjectShape
from .workspace import Workspace


class Lowering(Protocol):
    """What objects need of the lowering around them."""

    workspace: Workspace
    kinds: Kinds

    scalars: dict[tuple[str, str | None], ScalarType]

    def type_of(self, schema: JSON, site: Site, hint: Hint, *, described: bool = True) -> IRType:
        """The type of a schema."""

    def values_of(self, type: IRType) -> Sequence[Scalar]:
        """The values of the enum that a type mentions."""


def object_shape(lowering: Lowering, schema: Raw, site: Site, hint: Hint) -> ObjectShape:
    """The content of an object schema."""
    required = frozenset(name for name in sequence(schema.get("required")) if isinstance(name, str))
    place = site.at("properties")
    owner = hint.name
    properties: dict[str, IRPropertyObject] = {}
    for name, value in mapping(schema.get("properties")).items():
        type = plain_scalar(value, lowering.scalars) if isinstance(value, dict) else None
        if isinstance(value, dict) and type is not None:
            properties[name] = _plain_property(name, type, value, name in required)
        else:
            inner = Hint(owner, pascal(name) or "Property")
            properties[name] = _property(lowering, name, value, place.below(name), inner, name in required)
    least, most = count(schema.get("minProperties")), count(schema.get("maxProperties"))
    if least is not None and most is not None and least > most:
        lowering.workspace.warn("impossible-constraint", f"no object has at least {least} and at most {most} properties", site)
        least = most = None
    return ObjectShape(properties, required, _additional(lowering, schema, site, hint), least or None, most)


def _plain_property(name: str, type: IRType, schema: Raw, required: bool) -> IRPropertyObject:
    """A property with a scalar type, which most of them have."""
    get = schema.get
    if get("nullable") is True:
        type = nullable(type)
    return nodes.property_object(
        name=name,
        type=type,
        required=required,
        read_only=get("readOnly") is True,
        write_only=get("writeOnly") is True,
        deprecated=get("deprecated") is True,
        title=text(get("title")),
        description=text(get("description")),
        default=nodes.default(value=schema["default"]) if "default" in schema else None,
        examples=examples_of(schema),
    )


def _property(lowering: Lowering, name: str, schema: JSON, site: Site, hint: Hint, required: bool) -> IRPropertyObject:
    type = lowering.type_of(schema, site, hint, described=False)
    if not isinstance(schema, dict):
        return nodes.property_object(name=name, type=type, required=required)
    around = _annotated(lowering, schema, site) if "$ref" in schema or "allOf" in schema else (schema,)
    description = text(schema.get("description"))
    if description and "`" in description:
        description = without_bullets(description, lowering.values_of(type))
    return nodes.property_object(
        name=name,
        type=type,
        required=required,
        read_only=_says("readOnly", around),
        write_only=_says("writeOnly", around),
        deprecated=schema.get("deprecated") is True,
        title=text(schema.get("title")),
        description=description,
        default=next(iter([nodes.default(value=each["default"]) for each in around if "default" in each]), None),
        examples=examples_of(schema),
    )


def _says(word: str, around: Sequence[Raw]) -> bool:
    return any(each.get(word) is True for each in around)


def _annotated(lowering: Lowering, schema: Raw, site: Site) -> list[Raw]:
    """The schemas whose annotations count for a property that stands in for others: its own, and theirs."""
    found: list[Raw] = []
    todo: list[tuple[JSON, Site]] = [(schema, site)]
    seen: set[Site] = set()
    while todo and len(found) < 20:
        value, place = todo.pop(0)
        if not isinstance(value, dict) or place in seen:
            continue
        seen.add(place)
        ref = value.get("$ref")
        found.append({} if isinstance(ref, str) and lowering.workspace.version == "3.0" else value)
        if isinstance(ref, str):
            target = lowering.workspace.resolve(ref, place)
            if target is not None:
                todo.append(target)
        todo += [(member, place.at("allOf", index)) for index, member in enumerate(sequence(value.get("allOf")))]
    return found


def _additional(lowering: Lowering, schema: Raw, site: Site, hint: Hint) -> IRType | None:
    """The type of keys that ``properties`` does not name; patterns of keys count as keys of any name."""
    word = "additionalProperties" if "additionalProperties" in schema else "unevaluatedProperties"
    extra = schema.get(word)
    types: list[IRType] = []
    if isinstance(extra, dict) and not is_never(extra):
        types.append(lowering.type_of(extra, site.at(word), hint.then("Value")))
    elif extra is True:
        types.append(ANYTHING)
    patterns = mapping(schema.get("patternProperties"))
    for pattern, value in patterns.items():
        types.append(lowering.type_of(value, site.at("patternProperties", pattern), hint.then("Value")))
    if len(patterns) > 1 or (patterns and (schema.get("properties") or types[1:])):
        lowering.workspace.warn(
            "pattern-properties",
            "which keys match which pattern is not told apart; any key may hold any of the types",
            site.at("patternProperties"),
        )
    if types:
        return union(types)
    if is_never(extra):
        return NEVER
    names = schema.get("propertyNames")
    if isinstance(names, dict) and set(names) - {"pattern", "type"}:
        lowering.workspace.info("property-names", "what keys are called is not checked", site.at("propertyNames"))
    return None
