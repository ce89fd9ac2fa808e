"""Schemas to types and declarations: every component once, every inline schema where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from specloom.ir.operations import IRParameterObject
from specloom.ir.types import (
    ANYTHING,
    NEVER,
    NULL,
    IRType,
    LiteralType,
    ReferenceType,
    ScalarType,
    UnionType,
    nullable,
    references,
    union,
    without_null,
)
from specloom.reading.pointers import JSON

from . import nodes
from .discriminators import Parents, raw_discriminator
from .enums import InlineEnums, Scalar, enum_values, inline_type
from .kinds import Kinds, own_kind
from .merging import Merger
from .naming import Hint, pascal
from .own import own_shape
from .parts import Parts
from .raw import COMPOSITIONS, Raw, Site, is_never, mapping
from .scalars import plain_scalar
from .shapes import EnumShape, ObjectShape, Pending, Shape, UnionShape
from .words import is_declared_place, member_words, pointer_hint
from .workspace import Declaration, Workspace


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
    parameters: dict[Site, IRParameterObject | None] = field(default_factory=dict)
    """Those of ``components`` that are known."""
    merger: Merger = field(init=False)
    parts: Parts = field(init=False)
    _direct: dict[Site, IRType | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.merger = Merger(self.workspace, self)
        self.parts = Parts(self.workspace, self.kinds)

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
        return nodes.reference_type(name=name)

    def _family(self, schema: Raw, site: Site) -> Shape:
        """The union that a parent with a discriminator is: all of its children, and itself where the mapping names it."""
        discriminator = raw_discriminator(self.workspace, schema, site)
        members: list[IRType] = [nodes.reference_type(name=self.workspace.named[child]) for child in self.parents.children[site]]
        own = self.workspace.named[site]
        if own in self.parents.mapped:
            name = self.workspace.declare(Hint(own, "Base"), site, schema, lambda: self.shape_named(own, as_parent=True))
            self.bases[own] = name
            members.append(nodes.reference_type(name=name))
        return UnionShape(tuple(members), exclusive=True, discriminator=discriminator)

    # Types

    def type_of(self, schema: JSON, site: Site, hint: Hint, *, described: bool = True) -> IRType:
        """The type of a schema that stands at ``site``. ``described``: nothing around it shows its description."""
        if not isinstance(schema, dict) or is_never(schema):
            return NEVER if is_never(schema) else ANYTHING
        plain = plain_scalar(schema, self.scalars)
        if plain is not None:
            return nullable(plain) if schema.get("nullable") is True else plain
        if COMPOSITIONS.isdisjoint(schema):
            type = self._own_type(schema, site, hint, described=described)
        elif self.parts.is_bare_reference(schema, site):
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
            type = nodes.reference_type(name=name)
        return nullable(type) if self.kinds.null_says(schema, place) else type

    def _stand_in_literal(self, schema: JSON, site: Site) -> IRType | None:
        """What to write instead of a component that is only ``null`` or only ``""`` (drf-spectacular's NullEnum, BlankEnum)."""
        if not isinstance(schema, dict) or schema.keys() & COMPOSITIONS:
            return None
        values = enum_values(schema)
        if values == [""] and isinstance(schema.get("enum"), list):
            return nodes.literal_type(value="")
        return NULL if own_kind(schema) == "null" else None

    def _unnamed_target(self, schema: JSON, place: Site) -> IRType:
        """The type of a target that is no component: declared under a name of its pointer where it needs one."""
        kind = self.kinds.kind(schema, place)
        if (
            isinstance(schema, dict)
            and (kind == "object" or is_declared_place(place))
            and not self._stands_for_another(schema, place)
        ):
            return self._named(schema, place, pointer_hint(place), described=True)
        if place in self._direct:
            known = self._direct[place]
            if known is not None:
                return known
            # The target is inside itself, so it needs a name after all.
            return self._named(mapping(schema), place, pointer_hint(place), described=True)
        self._direct[place] = None
        made = without_null(self.type_of(schema, place, pointer_hint(place)))
        self._direct[place] = made
        return made

    def _stands_for_another(self, schema: Raw, site: Site) -> bool:
        if COMPOSITIONS.isdisjoint(schema):
            return False
        return self.parts.is_bare_reference(schema, site) or self.parts.stand_in(schema, site) is not None

    def _own_type(self, schema: Raw, site: Site, hint: Hint, *, described: bool) -> IRType:
        kind = own_kind(schema)
        if kind == "object":
            return self._named(schema, site, hint, described=described)
        shape = own_shape(self, schema, site, hint, kind)
        if isinstance(shape, EnumShape):
            return inline_type(shape) or self.enums.reference(shape, hint, site, schema, described=described)
        return self.settle(shape, hint, site, schema)

    def _composed(self, schema: Raw, site: Site, hint: Hint, *, described: bool) -> IRType:
        if enum_values(schema) is not None:
            return self._own_type(schema, site, hint, described=described)
        alone = self.parts.stand_in(schema, site)
        if alone is not None:
            return without_null(self.type_of(alone[0], alone[1], hint, described=described))
        groups = self.parts.groups(schema, site)
        if len(groups) == 1 and not self.parts.conjuncts(schema, site) and not self.parts.own_matters(schema, site):
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
        if COMPOSITIONS.isdisjoint(schema) or enum_values(schema) is not None:
            return own_shape(self, schema, site, hint)
        alone = self.parts.stand_in(schema, site)
        if alone is not None:
            if merging:
                return self._part(alone[0], alone[1], hint)
            return without_null(self.type_of(alone[0], alone[1], hint))
        parts = [self._part(part, place, hint) for part, place in self.parts.conjuncts(schema, site)]
        groups = self.parts.groups(schema, site)
        if self.parts.own_matters(schema, site) or not (parts or groups):
            parts.append(own_shape(self, schema, site, hint))
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
                return nodes.reference_type(name=self.workspace.declare(hint, site, schema, lambda: shape))
            case EnumShape():
                return inline_type(shape) or self.enums.reference(shape, hint, site, schema, described=True)
            case UnionShape(discriminator=None):
                return union(self._settle_member(member, hint) for member in shape.members)
            case UnionShape():
                return nodes.reference_type(name=self.workspace.declare(hint, site, schema, lambda: shape))
            case _:
                return shape

    def _settle_member(self, member: IRType | Pending, hint: Hint) -> IRType:
        if isinstance(member, Pending):
            return self.settle(member.shape, hint.then(pascal(member.words)), member.site, member.schema)
        return member

    def _part(self, schema: JSON, site: Site, hint: Hint) -> Shape:
        """The content of a member of ``allOf``."""
        if isinstance(schema, dict) and self.parts.is_bare_reference(schema, site):
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

    def _plain_members(self, schema: Raw, group: str, site: Site, hint: Hint, *, is_named: bool) -> list[IRType]:
        members = self.parts.members(schema, group, site)
        needy = sum(isinstance(m, dict) and "$ref" not in m and self.kinds.kind(m, p) in ("object", "enum") for m, p in members)
        types = []
        for index, (member, place) in enumerate(members):
            words = member_words(self.kinds, mapping(member), place, index, schema, hint.name) if is_named or needy > 1 else ""
            types.append(without_null(self.type_of(member, place, hint.then(words))))
        return types

    def _pending_members(self, schema: Raw, group: str, site: Site, hint: Hint) -> UnionShape:
        members: list[IRType | Pending] = []
        for index, (member, place) in enumerate(self.parts.members(schema, group, site)):
            raw = mapping(member)
            if self.parts.is_bare_reference(raw, place):
                members.append(without_null(self.reference(str(raw["$ref"]), place)))
                continue
            words = member_words(self.kinds, raw, place, index, schema, hint.name)
            shape = self.shape(member, place, hint.then(words), merging=True)
            if isinstance(shape, UnionShape):
                members += shape.members
            else:
                members.append(Pending(shape, words, place, raw) if isinstance(shape, ObjectShape | EnumShape) else shape)
        return UnionShape(tuple(members), group == "oneOf", raw_discriminator(self.workspace, schema, site))

    def _union(self, schema: Raw, site: Site, group: str, members: list[IRType]) -> Shape:
        made = union(members)
        if isinstance(made, UnionType):
            return UnionShape(made.members, group == "oneOf", raw_discriminator(self.workspace, schema, site))
        return made
