"""Schemas to types and declarations: every component once, every inline schema where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from specloom.ir.types import (
    ANYTHING,
    NEVER,
    NULL,
    ArrayType,
    IRType,
    LiteralType,
    MapType,
    ReferenceType,
    ScalarType,
    TupleType,
    UnionType,
    nullable,
    references,
    union,
    without_null,
)
from specloom.reading.pointers import JSON, split

from .discriminators import Parents, raw_discriminator
from .enums import InlineEnums, Scalar, enum_shape, enum_values, inline_type
from .kinds import Kind, Kinds, inferred_type, is_required_only, own_kind
from .merging import Merger
from .naming import Hint, beyond, pascal, singular
from .objects import object_shape
from .raw import COMPOSITIONS, Raw, Site, count, is_never, is_said, mapping, sequence, text, types_of
from .scalars import plain_scalar, scalar
from .shapes import EnumShape, ObjectShape, Pending, Shape, UnionShape
from .workspace import Declaration, Workspace

_CARRIED_NOT = frozenset(
    {
        "not",
        "if",
        "then",
        "else",
        "dependentRequired",
        "dependentSchemas",
        "contains",
        "minContains",
        "maxContains",
        "$dynamicRef",
        "$recursiveRef",
    }
)
_TYPE_ONLY = frozenset({"type"})
_STRUCTURE = frozenset(
    {
        "components",
        "schemas",
        "properties",
        "items",
        "definitions",
        "$defs",
        "paths",
        "content",
        "schema",
        "responses",
        "parameters",
        "requestBodies",
        "requestBody",
        "allOf",
        "oneOf",
        "anyOf",
        "additionalProperties",
    }
)


@dataclass(slots=True)
class Schemas:
    """The heart of lowering. Types come back at once; what needs a declaration is queued and made by :meth:`finish`."""

    workspace: Workspace
    kinds: Kinds
    enums: InlineEnums
    parents: Parents
    bases: dict[str, str] = field(default_factory=dict)
    """Of parents that became unions: the schema of the parent alone, where a mapping names it."""
    scalars: dict[tuple[str, str | None], ScalarType] = field(default_factory=dict)
    merger: Merger = field(init=False)
    _direct: dict[Site, IRType | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.merger = Merger(self.workspace, self)

    # Declarations

    def declare_components(self, components: Raw, site: Site) -> None:
        """Declares the document's own schemas; all of their names are taken before anything is lowered."""
        work = self.workspace
        for name, schema in components.items():
            here = site.at(name)
            if self._stand_in_literal(schema, here) is not None:
                continue
            raw = mapping(schema)
            hint = Hint(name, "")
            self.workspace.named[here] = name
            declaration = Declaration(name, here, raw, partial(self.shape, schema, here, hint))
            if here in self.parents.children:
                declaration.make_base = declaration.make
                declaration.make = partial(self._family, raw, here)
            work.declarations[name] = declaration
            work.queue.append(name)

    def finish(self) -> None:
        """Works the queue off until every declaration has its shape."""
        queue, done = self.workspace.queue, 0
        while done < len(queue):
            self.shape_named(queue[done])
            done += 1
        queue.clear()

    def shape_named(self, name: str, *, as_parent: bool = False) -> Shape:
        """The content of a declaration; a declaration that is its own content is anything, with a diagnostic."""
        declaration = self.workspace.declarations[name]
        base = as_parent and declaration.make_base is not None
        known = declaration.base if base else declaration.shape
        if known is not None:
            return known
        if declaration.busy:
            self.workspace.warn("ref-loop", f"the schema {name!r} is made of itself, which says nothing", declaration.site)
            return ANYTHING
        declaration.busy = True
        try:
            if base and declaration.make_base:
                made = declaration.base = declaration.make_base()
            else:
                made = declaration.shape = declaration.make()
        finally:
            declaration.busy = False
        return made

    def _named(self, schema: Raw, site: Site, hint: Hint, *, described: bool) -> ReferenceType:
        name = self.workspace.named.get(site)
        if name is None:
            # The name is known before the content is made, so that a schema may mention itself.
            name = self.workspace.declare(hint, site, schema, lambda: ANYTHING, described=described)
            here = Hint(name, "")
            self.workspace.declarations[name].make = lambda: self.shape(schema, site, here)
            self.workspace.named[site] = name
        return ReferenceType(name=name)

    def _family(self, schema: Raw, site: Site) -> Shape:
        """The union that a parent with a discriminator is: all of its children, and itself where the mapping names it."""
        discriminator = raw_discriminator(self.workspace, schema, site)
        members: list[IRType] = [ReferenceType(name=self.workspace.named[child]) for child in self.parents.children[site]]
        own = self.workspace.named[site]
        if own in self.parents.mapped:
            name = self.workspace.declare(Hint(own, "Base"), site, schema, lambda: self.shape_named(own, as_parent=True))
            self.bases[own] = name
            members.append(ReferenceType(name=name))
        return UnionShape(tuple(members), exclusive=True, discriminator=discriminator)

    # Types

    def type_of(self, schema: JSON, site: Site, hint: Hint, *, described: bool = True) -> IRType:
        """The type of a schema that stands at ``site``. ``described``: nothing around it shows its description."""
        if not isinstance(schema, dict) or is_never(schema):
            return NEVER if is_never(schema) else ANYTHING
        plain = plain_scalar(schema, self.scalars)
        if plain is not None:
            return nullable(plain) if schema.get("nullable") is True else plain
        if not schema.keys() & COMPOSITIONS:
            type = self._own_type(schema, site, hint, described=described)
        elif self._is_bare_reference(schema, site):
            type = self.reference(str(schema["$ref"]), site)
            if self.workspace.version == "3.0":
                return type
        else:
            type = self._composed(schema, site, hint, described=described)
        says = self.kinds.null_says(schema, site)
        if says is None:
            return type
        return nullable(type) if says else without_null(type)

    def reference(self, ref: str, site: Site) -> IRType:
        """The type of a reference that stands at ``site``; dangling ones are anything."""
        target = self.workspace.resolve(ref, site)
        if target is None:
            return ANYTHING
        schema, place = target
        name = self.workspace.named.get(place)
        if name is None:
            literal = self._stand_in_literal(schema, place) if place.pointer.startswith("/components/schemas/") else None
            type = literal or self._unnamed_target(schema, place)
        else:
            type = ReferenceType(name=name)
        return nullable(type) if self.kinds.null_says(schema, place) else type

    def _stand_in_literal(self, schema: JSON, site: Site) -> IRType | None:
        """What to write instead of a component that is only ``null`` or only ``""`` (drf-spectacular's NullEnum, BlankEnum)."""
        if not isinstance(schema, dict) or schema.keys() & COMPOSITIONS:
            return None
        values = enum_values(schema)
        if values == [""] and isinstance(schema.get("enum"), list):
            return LiteralType(value="")
        return NULL if own_kind(schema) == "null" else None

    def _unnamed_target(self, schema: JSON, place: Site) -> IRType:
        """The type of a target that is no component: declared under a name of its pointer where it needs one."""
        kind = self.kinds.kind(schema, place)
        if (
            isinstance(schema, dict)
            and (kind == "object" or _is_declared_place(place))
            and not self._stands_for_another(schema, place)
        ):
            return self._named(schema, place, self._pointer_hint(place), described=True)
        if place in self._direct:
            known = self._direct[place]
            if known is not None:
                return known
            # The target is inside itself, so it needs a name after all.
            return self._named(mapping(schema), place, self._pointer_hint(place), described=True)
        self._direct[place] = None
        made = without_null(self.type_of(schema, place, self._pointer_hint(place)))
        self._direct[place] = made
        return made

    def _stands_for_another(self, schema: Raw, site: Site) -> bool:
        if not schema.keys() & COMPOSITIONS:
            return False
        return self._is_bare_reference(schema, site) or self._stand_in(schema, site) is not None

    def _pointer_hint(self, place: Site) -> Hint:
        tokens = split(place.pointer)
        if _is_declared_place(place):
            return Hint("", tokens[-1])
        words = ""
        for index, token in enumerate(tokens):
            if token == "items" and words:
                words = singular(words)
            elif token == "additionalProperties" and words:
                words += "Value"
            elif not (token in _STRUCTURE and (index == 0 or tokens[index - 1] not in ("properties", "schemas"))):
                words += pascal(token)
        stem = place.file.rsplit("/", 1)[-1].split(".")[0]
        return Hint("", words or pascal(stem) or "Schema")

    def _is_bare_reference(self, schema: Raw, site: Site) -> bool:
        if not isinstance(schema.get("$ref"), str):
            return False
        if self.workspace.version == "3.0":
            ignored = sorted(key for key in schema if key != "$ref" and key[:2] != "x-")
            if ignored:
                self.workspace.info(
                    "ref-siblings-ignored",
                    f"beside $ref, OpenAPI 3.0 ignores {', '.join(ignored)}",
                    site,
                    "put the $ref into an allOf",
                )
            return True
        return not is_said(schema) and not any(key in schema for key in ("allOf", "oneOf", "anyOf"))

    def _own_type(self, schema: Raw, site: Site, hint: Hint, *, described: bool) -> IRType:
        kind = own_kind(schema)
        if kind == "object":
            return self._named(schema, site, hint, described=described)
        shape = self._own_shape(schema, site, hint, kind)
        if isinstance(shape, EnumShape):
            return inline_type(shape) or self.enums.reference(shape, hint, site, schema, described=described)
        return self.settle(shape, hint, site, schema)

    def _composed(self, schema: Raw, site: Site, hint: Hint, *, described: bool) -> IRType:
        if enum_values(schema) is not None:
            return self._own_type(schema, site, hint, described=described)
        alone = self._stand_in(schema, site)
        if alone is not None:
            return without_null(self.type_of(alone[0], alone[1], hint, described=described))
        groups = self._groups(schema)
        if len(groups) == 1 and not self._parts(schema, site) and not self._own_matters(schema):
            if raw_discriminator(self.workspace, schema, site) is None:
                return union(self._plain_members(schema, groups[0], site, hint, is_named=False))
            return self._named(schema, site, hint, described=described)
        if self.kinds.kind(schema, site) in ("object", "union"):
            return self._named(schema, site, hint, described=described)
        return self.settle(self.shape(schema, site, hint), hint, site, schema)

    # Shapes

    def shape(self, schema: JSON, site: Site, hint: Hint, *, merging: bool = False) -> Shape:
        """The content of a schema, ``null`` left out. ``merging``: as a part of another schema, so it gets no name."""
        if not isinstance(schema, dict) or is_never(schema):
            return NEVER if is_never(schema) else ANYTHING
        if not schema.keys() & COMPOSITIONS or enum_values(schema) is not None:
            return self._own_shape(schema, site, hint)
        alone = self._stand_in(schema, site)
        if alone is not None:
            if merging:
                return self._part(alone[0], alone[1], hint)
            return without_null(self.type_of(alone[0], alone[1], hint))
        parts = [self._part(part, place, hint) for part, place in self._parts(schema, site)]
        groups = self._groups(schema)
        if self._own_matters(schema) or not (parts or groups):
            parts.append(self._own_shape(schema, site, hint))
        if not parts and len(groups) == 1 and not merging:
            members = self._plain_members(schema, groups[0], site, hint, is_named=True)
            return self._union(schema, site, groups[0], members)
        for group in groups:
            parts.append(self._pending_members(schema, group, site, hint))
        merged = parts[0]
        for part in parts[1:]:
            merged = self.merger.merge(merged, part, hint, site)
        return merged

    def values_of(self, type: IRType) -> list[Scalar]:
        """The values of the enums that a type mentions."""
        found: list[Scalar] = []
        for name in references(type):
            declaration = self.workspace.declarations[name]
            if own_kind(declaration.schema) == "enum":
                found += [value for value in enum_values(declaration.schema) or () if isinstance(value, str | bool | int | float)]
        if isinstance(type, LiteralType) and type.value is not None:
            found.append(type.value)
        return found

    def expand(self, type: IRType) -> Shape:
        """The content of a type; references are followed to the end."""
        seen: set[str] = set()
        shape: Shape = type
        while isinstance(shape, ReferenceType):
            if shape.name in seen:
                return ANYTHING
            seen.add(shape.name)
            shape = self.shape_named(shape.name)
        return shape

    def settle(self, shape: Shape, hint: Hint, site: Site, schema: Raw) -> IRType:
        """A type for a content; what needs a name gets one."""
        match shape:
            case ObjectShape():
                return ReferenceType(name=self.workspace.declare(hint, site, schema, lambda: shape))
            case EnumShape():
                return inline_type(shape) or self.enums.reference(shape, hint, site, schema, described=True)
            case UnionShape(discriminator=None):
                return union(self._settle_member(member, hint) for member in shape.members)
            case UnionShape():
                return ReferenceType(name=self.workspace.declare(hint, site, schema, lambda: shape))
            case _:
                return shape

    def _settle_member(self, member: IRType | Pending, hint: Hint) -> IRType:
        if isinstance(member, Pending):
            return self.settle(member.shape, hint.then(pascal(member.words)), member.site, member.schema)
        return member

    def _stand_in(self, schema: Raw, site: Site) -> tuple[JSON, Site] | None:
        """The one schema that a composition comes down to, where everything else in it is an annotation."""
        if self.workspace.version == "3.0" and isinstance(schema.get("$ref"), str):
            return {"$ref": schema["$ref"]}, site
        parts, groups = self._parts(schema, site), self._groups(schema)
        if self._own_matters(schema):
            return None
        if len(parts) == 1 and not groups:
            return parts[0]
        if len(groups) == 1 and not parts:
            members = self._members(schema, groups[0], site)
            if len(members) == 1 and self.kinds.kind(*members[0]) != "null":
                return members[0]
        return None

    def _parts(self, schema: Raw, site: Site) -> list[tuple[JSON, Site]]:
        """What has to hold together with a schema's own keywords: its ``$ref`` and ``allOf``, less what says nothing."""
        found: list[tuple[JSON, Site]] = []
        if isinstance(schema.get("$ref"), str):
            found.append(({"$ref": schema["$ref"]}, site))
            if self.workspace.version == "3.0":
                return found
        for index, member in enumerate(sequence(schema.get("allOf"))):
            if isinstance(member, dict) and (is_said(member) or member.keys() & COMPOSITIONS):
                found.append((member, site.at("allOf", index)))
        return found

    def _groups(self, schema: Raw) -> list[str]:
        """Which of ``oneOf`` and ``anyOf`` choose between something; those that only ask for properties to be there do not."""
        found = []
        for key in ("oneOf", "anyOf"):
            members = sequence(schema.get(key))
            if members and not all(is_required_only(member) for member in members):
                found.append(key)
        return found

    def _own_matters(self, schema: Raw) -> bool:
        if not is_said(schema):
            return False
        return (
            any(key not in _TYPE_ONLY and key not in _CARRIED_NOT for key in schema if is_said({key: None}))
            or len(types_of(schema)) > 2
        )

    def _part(self, schema: JSON, site: Site, hint: Hint) -> Shape:
        """The content of a member of ``allOf``."""
        if isinstance(schema, dict) and self._is_bare_reference(schema, site):
            type = without_null(self.reference(str(schema["$ref"]), site))
            seen: set[str] = set()
            while isinstance(type, ReferenceType) and type.name not in seen:
                seen.add(type.name)
                found = self.shape_named(type.name, as_parent=True)
                if not isinstance(found, ReferenceType):
                    return found
                type = found
            return type
        return self.shape(schema, site, hint, merging=True)

    def _members(self, schema: Raw, group: str, site: Site) -> list[tuple[JSON, Site]]:
        """The members of a ``oneOf`` or ``anyOf`` that are more than ``null`` or a list of required names."""
        return [
            (member, place)
            for index, member in enumerate(sequence(schema.get(group)))
            if not is_required_only(member) and self.kinds.kind(member, place := site.at(group, index)) != "null"
        ]

    def _plain_members(self, schema: Raw, group: str, site: Site, hint: Hint, *, is_named: bool) -> list[IRType]:
        members = self._members(schema, group, site)
        needy = sum(isinstance(m, dict) and "$ref" not in m and self.kinds.kind(m, p) in ("object", "enum") for m, p in members)
        types = []
        for index, (member, place) in enumerate(members):
            words = self._member_words(mapping(member), place, index, schema, hint.name) if is_named or needy > 1 else ""
            types.append(without_null(self.type_of(member, place, hint.then(words))))
        return types

    def _pending_members(self, schema: Raw, group: str, site: Site, hint: Hint) -> UnionShape:
        members: list[IRType | Pending] = []
        for index, (member, place) in enumerate(self._members(schema, group, site)):
            raw = mapping(member)
            if self._is_bare_reference(raw, place):
                members.append(without_null(self.reference(str(raw["$ref"]), place)))
                continue
            words = self._member_words(raw, place, index, schema, hint.name)
            shape = self.shape(member, place, hint.then(words), merging=True)
            if isinstance(shape, UnionShape):
                members += shape.members
            else:
                members.append(Pending(shape, words, place, raw) if isinstance(shape, ObjectShape | EnumShape) else shape)
        return UnionShape(tuple(members), group == "oneOf", raw_discriminator(self.workspace, schema, site))

    def _member_words(self, member: Raw, site: Site, index: int, around: Raw, owner: str) -> str:
        """What tells one inline member of a union from the others: a constant, its title, what it extends, else its number."""
        discriminator = mapping(around.get("discriminator")).get("propertyName")
        if isinstance(discriminator, str):
            values = enum_values(mapping(mapping(member.get("properties")).get(discriminator)))
            if values and len(values) == 1 and isinstance(values[0], str) and pascal(values[0]):
                return pascal(values[0])
        elif discriminator is None and (
            literal := _telling_literal(member, sequence(around.get("oneOf") or around.get("anyOf")))
        ):
            return literal
        title = text(member.get("title"))
        if title and pascal(title) and len(title) <= 40:
            return pascal(title)
        for part in sequence(member.get("allOf")):
            name = str(mapping(part).get("$ref", "")).rsplit("/", 1)[-1]
            if pascal(name):
                return beyond(pascal(name), pascal(owner))
        if self.kinds.kind(member, site) == "enum":
            return "Enum"
        return f"Option{index + 1}"

    def _union(self, schema: Raw, site: Site, group: str, members: list[IRType]) -> Shape:
        made = union(members)
        if isinstance(made, UnionType):
            return UnionShape(made.members, group == "oneOf", raw_discriminator(self.workspace, schema, site))
        return made

    def _own_shape(self, schema: Raw, site: Site, hint: Hint, kind: Kind | None = None) -> Shape:
        """The content by a schema's own keywords, compositions left out."""
        for word in sorted(schema.keys() & _CARRIED_NOT):
            self.workspace.warn("keyword-not-carried", f"{word} has no type that says it; it is left out", site.at(word))
        kind = kind or own_kind(schema)
        types = [name for name in types_of(schema) if name != "null"]
        match kind:
            case "enum":
                enum = enum_shape(self.workspace, schema, site) or ANYTHING
                return inline_type(enum) or enum if isinstance(enum, EnumShape) and "const" in schema else enum
            case "null":
                return NULL
            case "union":
                rest = {key: value for key, value in schema.items() if key not in COMPOSITIONS}
                return self.merge_types(rest, types, site, hint)
            case "object":
                return object_shape(self, schema, site, hint)
            case "map":
                shape = object_shape(self, schema, site, hint)
                return _map(shape, schema)
            case "array":
                return self._array(schema, site, hint)
            case "scalar":
                return scalar(self.workspace, schema, types[0] if types else inferred_type(schema) or "string", site)
            case _:
                if types:
                    self.workspace.warn(
                        "unknown-type", f"there is no type {types[0]!r}; any value is allowed here", site.at("type")
                    )
                return ANYTHING

    def merge_types(self, schema: Raw, types: list[str], site: Site, hint: Hint) -> Shape:
        """The union of a list of type names, each with the keywords that are about it."""
        members = [
            self.type_of({**schema, "type": name}, site, hint.then(pascal(name)) if name == "object" else hint) for name in types
        ]
        made = union(without_null(member) for member in members)
        return UnionShape(made.members) if isinstance(made, UnionType) else made

    def _array(self, schema: Raw, site: Site, hint: Hint) -> IRType:
        least, most = count(schema.get("minItems")), count(schema.get("maxItems"))
        if least is not None and most is not None and least > most:
            self.workspace.warn("impossible-constraint", f"no list has at least {least} and at most {most} items", site)
            least = most = None
        prefix = schema.get("prefixItems")
        items = schema.get("items", True)
        if isinstance(items, list):
            prefix, items = items, schema.get("additionalItems", True)
        if isinstance(prefix, list) and prefix:
            word = "prefixItems" if "prefixItems" in schema else "items"
            fixed = tuple(self.type_of(each, site.at(word, i), hint.then(f"Item{i + 1}")) for i, each in enumerate(prefix))
            rest = NEVER if is_never(schema.get("unevaluatedItems")) and "items" not in schema else None
            if most is not None and most <= len(fixed):
                rest = NEVER
            return TupleType(items=fixed, rest=rest or self.type_of(items, site.at("items"), hint.item()), min_items=least or 0)
        type = self.type_of(items, site.at("items"), hint.item())
        if least is None and most is None and schema.get("uniqueItems") is not True:
            return ArrayType(items=type)
        return ArrayType(items=type, min_items=least or None, max_items=most, unique_items=schema.get("uniqueItems") is True)


def _map(shape: ObjectShape, schema: Raw) -> MapType:
    pattern = None
    patterns = mapping(schema.get("patternProperties"))
    extra = schema.get("additionalProperties")
    if len(patterns) == 1 and (extra is None or is_never(extra)):
        pattern = next(iter(patterns))
    names = mapping(schema.get("propertyNames")).get("pattern")
    if pattern is None and isinstance(names, str):
        pattern = names
    return MapType(
        values=ANYTHING if shape.additional is None else shape.additional,
        key_pattern=pattern,
        min_properties=shape.min_properties,
        max_properties=shape.max_properties,
    )


def _telling_literal(member: Raw, members: list[JSON]) -> str | None:
    """The value of the one property that every inline member has a constant of, each another one."""
    for name in mapping(member.get("properties")):
        constants = [
            enum_values(mapping(mapping(mapping(each).get("properties")).get(name)))
            for each in members
            if "$ref" not in mapping(each)
        ]
        words = [pascal(c[0]) for c in constants if c and len(c) == 1 and isinstance(c[0], str)]
        if len(words) == len(constants) == len(set(words)) > 1 and all(words):
            own = enum_values(mapping(mapping(member["properties"]).get(name))) or [""]
            return pascal(str(own[0]))
    return None


def _is_declared_place(place: Site) -> bool:
    """Whether a pointer leads to a place for named schemas."""
    tokens = split(place.pointer)
    return len(tokens) >= 2 and (tokens[-2] in ("$defs", "definitions") or tokens[:-1] == ("components", "schemas"))
