"""Several schemas for one value (``allOf``, siblings): what is allowed by all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product
from typing import Protocol, TypeVar

from specloom.ir.schemas import IRPropertyObject
from specloom.ir.types import (
    ANYTHING,
    NEVER,
    AnyType,
    ArrayType,
    Constraints,
    IRType,
    LiteralType,
    MapType,
    NeverType,
    Number,
    ReferenceType,
    ScalarType,
    TupleType,
    UnionType,
    UploadType,
    allows_null,
    is_null,
    nullable,
    same_literal,
    same_type,
    union,
    without_null,
)

from . import nodes
from .naming import Hint
from .raw import Raw, Site, is_of_type
from .scalars import checked
from .shapes import EnumShape, ObjectShape, Pending, Shape, UnionShape
from .workspace import Workspace

_N = TypeVar("_N", int, Number)

MOST_MEMBERS = 64
"""How many members a union may get by distributing others over it."""
DEEPEST = 12
"""How deep merging goes into what is merged; recursive schemas that are merged with each other go on for ever."""
MOST_STEPS = 300
"""How many contents are merged on behalf of one; unions of unions that mention themselves double with each level."""
MOST_PARTS = 4
"""How many named schemas may be merged into one where properties of the same name meet."""


class Expander(Protocol):
    """What merging needs of the lowering around it."""

    def expand(self, type: IRType) -> Shape:
        """The content of a type; references are followed."""

    def settle(self, shape: Shape, hint: Hint, site: Site, schema: Raw) -> IRType:
        """A type for a content; what needs a name gets one."""


@dataclass(slots=True)
class Merger:
    """Merges contents. ``_pairs`` remembers which two declarations became which one, so that recursion ends."""

    workspace: Workspace
    expander: Expander
    _pairs: dict[tuple[str, ...], ReferenceType] = field(default_factory=dict)
    _parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _depth: int = 0
    _steps: int = 0

    def merge(self, left: Shape, right: Shape, hint: Hint, site: Site) -> Shape:
        """What both allow. Where nothing is, a diagnostic and the right one, which stands later in the document."""
        found = self._both(left, right, hint, site, strict=False)
        if isinstance(found, NeverType) and not isinstance(left, NeverType) and not isinstance(right, NeverType):
            self.workspace.warn(
                "conflicting-schemas", "schemas that are to hold at once exclude each other; the last one is taken", site
            )
            return right
        return found

    def _both(self, left: Shape, right: Shape, hint: Hint, site: Site, *, strict: bool) -> Shape:
        """What both allow, ``NEVER`` where nothing is. ``strict``: a required property that can have no value counts."""
        if self._is_too_deep(site):
            return right
        self._depth += 1
        try:
            return self._contents(left, right, hint, site, strict=strict)
        finally:
            self._depth -= 1

    def _is_too_deep(self, site: Site) -> bool:
        self._steps = self._steps + 1 if self._depth else 0
        if self._depth < DEEPEST and self._steps < MOST_STEPS:
            return False
        self.workspace.warn(
            "merge-too-deep", "schemas that are to hold at once mention each other too deeply; the last is taken", site
        )
        return True

    def _contents(self, left: Shape, right: Shape, hint: Hint, site: Site, *, strict: bool) -> Shape:
        if isinstance(left, AnyType) or isinstance(right, AnyType):
            return right if isinstance(left, AnyType) else left
        if isinstance(left, ReferenceType) or isinstance(right, ReferenceType):
            if left == right:
                return left
            one = self.expander.expand(left) if isinstance(left, ReferenceType) else left
            other = self.expander.expand(right) if isinstance(right, ReferenceType) else right
            return self._both(one, other, hint, site, strict=strict)
        if isinstance(left, UnionShape | UnionType) or isinstance(right, UnionShape | UnionType):
            return self._distribute(_as_union(left), _as_union(right), hint, site)
        if isinstance(left, MapType) and isinstance(right, MapType):
            return self.types(left, right, hint, site)
        one, other = _as_object(left), _as_object(right)
        if isinstance(one, ObjectShape) or isinstance(other, ObjectShape):
            if isinstance(one, ObjectShape) and isinstance(other, ObjectShape):
                return self._objects(one, other, hint, site, strict=strict)
            return NEVER
        if isinstance(left, EnumShape) or isinstance(right, EnumShape):
            return _enums(left, right)
        return self.types(_as_type(left), _as_type(right), hint, site)

    def _objects(self, left: ObjectShape, right: ObjectShape, hint: Hint, site: Site, *, strict: bool) -> Shape:
        properties = dict(left.properties)
        for name, prop in right.properties.items():
            known = properties.get(name)
            if known is None:
                properties[name] = prop
                continue
            type = self.types(known.type, prop.type, hint.inside(name), site)
            if isinstance(type, NeverType) and strict and (known.required or prop.required):
                return NEVER
            properties[name] = self._property(known, prop, type, site)
        additional = left.additional if right.additional is None else right.additional
        if left.additional is not None and right.additional is not None:
            additional = self.types(left.additional, right.additional, hint.then("Value"), site)
        return ObjectShape(
            properties,
            left.required | right.required,
            additional,
            _tightest(max, left.min_properties, right.min_properties),
            _tightest(min, left.max_properties, right.max_properties),
        )

    def _property(self, left: IRPropertyObject, right: IRPropertyObject, type: IRType, site: Site) -> IRPropertyObject:
        if isinstance(type, NeverType) and not isinstance(left.type, NeverType) and not isinstance(right.type, NeverType):
            self.workspace.warn(
                "conflicting-property",
                f"the property {right.name!r} is described twice, in ways that exclude each other; the last one is taken",
                site.at("properties", right.name),
            )
            type = right.type
        return nodes.property_object(
            name=right.name,
            type=type,
            required=left.required or right.required,
            read_only=left.read_only or right.read_only,
            write_only=left.write_only or right.write_only,
            deprecated=left.deprecated or right.deprecated,
            title=right.title or left.title,
            description=right.description or left.description,
            default=right.default or left.default,
            examples=right.examples or left.examples,
        )

    def _distribute(self, left: UnionShape, right: UnionShape, hint: Hint, site: Site) -> Shape:
        """A union of what each two members have in common; members that exclude each other are left out."""
        if len(left.members) * len(right.members) > MOST_MEMBERS:
            self.workspace.warn(
                "union-too-large", f"{len(left.members)} × {len(right.members)} combinations; one side is dropped", site
            )
            return left if len(left.members) >= len(right.members) else right
        members: list[IRType | Pending] = []
        for one, other in product(left.members, right.members):
            shape = self._members(one, other, hint, site)
            if shape is not None:
                members.append(shape)
        if not members:
            return NEVER
        if len(members) == 1:
            only = members[0]
            return only.shape if isinstance(only, Pending) else only
        return UnionShape(tuple(members), left.exclusive or right.exclusive, left.discriminator or right.discriminator)

    def _members(self, left: IRType | Pending, right: IRType | Pending, hint: Hint, site: Site) -> IRType | Pending | None:
        if not isinstance(left, Pending) and not isinstance(right, Pending):
            if isinstance(left, AnyType) or isinstance(right, AnyType) or same_type(left, right):
                return right if isinstance(left, AnyType) else left
            if not isinstance(left, ReferenceType) and not isinstance(right, ReferenceType):
                found = self.types(left, right, hint, site)
                return None if isinstance(found, NeverType) else found
        named = next((m for m in (left, right) if isinstance(m, Pending)), None)
        origin = next((m.name for m in (left, right) if isinstance(m, ReferenceType)), named.origin if named else None)
        words = next((m.words for m in (left, right) if isinstance(m, Pending) and m.words), None) or origin or ""
        shape = self._both(self._content(left), self._content(right), hint.then(words), site, strict=True)
        if isinstance(shape, NeverType):
            return None
        return Pending(shape, words, named.site if named else site, named.schema if named else {}, origin)

    def _content(self, member: IRType | Pending) -> Shape:
        return member.shape if isinstance(member, Pending) else self.expander.expand(member)

    def types(self, left: IRType, right: IRType, hint: Hint, site: Site) -> IRType:
        """The values of both types; ``NEVER`` where there are none."""
        if left is right or same_type(left, right):
            return left
        if isinstance(left, AnyType) or isinstance(right, AnyType):
            return right if isinstance(left, AnyType) else left
        if isinstance(left, NeverType) or isinstance(right, NeverType):
            return NEVER
        if allows_null(left) or allows_null(right):
            bare = self.types(without_null(left), without_null(right), hint, site)
            return nullable(bare) if allows_null(left) and allows_null(right) else bare
        if isinstance(left, UnionType) or isinstance(right, UnionType):
            ones = left.members if isinstance(left, UnionType) else (left,)
            others = right.members if isinstance(right, UnionType) else (right,)
            if len(ones) * len(others) > MOST_MEMBERS:
                return right
            return union(self.types(a, b, hint, site) for a, b in product(ones, others))
        if isinstance(left, ReferenceType) or isinstance(right, ReferenceType):
            return self._references(left, right, hint, site)
        return self._plain(left, right, hint, site)

    def _references(self, left: IRType, right: IRType, hint: Hint, site: Site) -> IRType:
        """Two types of which at least one is a reference: the narrower one, or a new declaration of both."""
        if self._is_too_deep(site):
            return right
        self._depth += 1
        try:
            return self._narrower(left, right, hint, site)
        finally:
            self._depth -= 1

    def _narrower(self, left: IRType, right: IRType, hint: Hint, site: Site) -> IRType:
        one, other = self.expander.expand(left), self.expander.expand(right)
        for narrow, wide, kept in ((one, other, left), (other, one, right)):
            if isinstance(wide, AnyType):
                return kept
            if (
                isinstance(narrow, EnumShape)
                and isinstance(wide, ScalarType)
                and all(is_of_type(member.value, wide.type) for member in narrow.members)
            ):
                return kept
            if isinstance(narrow, EnumShape) and isinstance(wide, EnumShape):
                wider = [m.value for m in wide.members]
                if all(any(same_literal(m.value, value) for value in wider) for m in narrow.members):
                    return kept
            if isinstance(narrow, ObjectShape) and isinstance(wide, MapType) and isinstance(wide.values, AnyType):
                return kept
            if isinstance(narrow, ObjectShape) and isinstance(wide, ObjectShape) and _says_no_more(wide, narrow):
                return kept
        if _kind(one) != _kind(other):
            return NEVER
        names = sorted({n for t in (left, right) if isinstance(t, ReferenceType) for n in self._parts.get(t.name, (t.name,))})
        if len(names) > MOST_PARTS:
            return right
        if len(names) > 1 and isinstance(left, ReferenceType) and isinstance(right, ReferenceType):
            key = tuple(names)
            known = self._pairs.get(key)
            if known is None:
                name = self.workspace.declare(hint, site, {}, lambda: ANYTHING)
                here = Hint(name, "")
                self.workspace.declarations[name].make = lambda: self.merge(one, other, here, site)
                known = self._pairs[key] = nodes.reference_type(name=name)
                self._parts[name] = key
            return known
        merged = self._both(one, other, hint, site, strict=False)
        return self.expander.settle(merged, hint, site, {})

    def _plain(self, left: IRType, right: IRType, hint: Hint, site: Site) -> IRType:
        match left, right:
            case LiteralType(), LiteralType():
                return left if same_literal(left.value, right.value) else NEVER
            case (LiteralType() as literal, ScalarType() as wide) | (ScalarType() as wide, LiteralType() as literal):
                value = literal.value
                return literal if value is not None and is_of_type(value, wide.type) else NEVER
            case ScalarType(), ScalarType():
                return self._scalars(left, right, site)
            case ArrayType(), ArrayType():
                items = self.types(left.items, right.items, hint.item(), site)
                return nodes.array_type(
                    items=items,
                    min_items=_tightest(max, left.min_items, right.min_items),
                    max_items=_tightest(min, left.max_items, right.max_items),
                    unique_items=left.unique_items or right.unique_items,
                )
            case MapType(), MapType():
                return nodes.map_type(
                    values=self.types(left.values, right.values, hint.then("Value"), site),
                    key_pattern=right.key_pattern or left.key_pattern,
                    min_properties=_tightest(max, left.min_properties, right.min_properties),
                    max_properties=_tightest(min, left.max_properties, right.max_properties),
                )
            case (TupleType() as fixed, ArrayType() | TupleType()) | (ArrayType(), TupleType() as fixed):
                return fixed
            case (UploadType() as upload, ScalarType()) | (ScalarType(), UploadType() as upload):
                return upload
            case _:
                return NEVER

    def _scalars(self, left: ScalarType, right: ScalarType, site: Site) -> IRType:
        if left.type == right.type:
            name = left.type
        elif {left.type, right.type} == {"integer", "number"}:
            name = "integer"
        else:
            return NEVER
        return nodes.scalar_type(
            type=name,
            format=right.format or left.format,
            constraints=checked(self.workspace, both_constraints(left.constraints, right.constraints), site),
            content_encoding=right.content_encoding or left.content_encoding,
            content_media_type=right.content_media_type or left.content_media_type,
        )


def _says_no_more(wide: ObjectShape, narrow: ObjectShape) -> bool:
    """Whether every object of ``narrow`` plainly is one of ``wide``."""
    if wide.required - narrow.required or isinstance(wide.additional, NeverType):
        return False
    return all(
        name in narrow.properties and same_type(p.type, narrow.properties[name].type) for name, p in wide.properties.items()
    )


def both_constraints(left: Constraints, right: Constraints) -> Constraints:
    """The tighter of each bound; of two patterns and steps the right one."""
    if left == right:
        return left
    return nodes.constraints(
        minimum=_tightest(max, left.minimum, right.minimum),
        maximum=_tightest(min, left.maximum, right.maximum),
        exclusive_minimum=_tightest(max, left.exclusive_minimum, right.exclusive_minimum),
        exclusive_maximum=_tightest(min, left.exclusive_maximum, right.exclusive_maximum),
        multiple_of=right.multiple_of if right.multiple_of is not None else left.multiple_of,
        min_length=_tightest(max, left.min_length, right.min_length),
        max_length=_tightest(min, left.max_length, right.max_length),
        pattern=right.pattern if right.pattern is not None else left.pattern,
    )


def _tightest(choose: Callable[[_N, _N], _N], left: _N | None, right: _N | None) -> _N | None:
    if left is None or right is None:
        return right if left is None else left
    return choose(left, right)


def _enums(left: Shape, right: Shape) -> Shape:
    """The values that are in both, of which at least one is an enum."""
    if isinstance(left, EnumShape) and isinstance(right, EnumShape):
        kept = tuple(m for m in right.members if any(same_literal(m.value, k.value) for k in left.members))
        return EnumShape(kept) if kept else NEVER
    enum, other = (left, right) if isinstance(left, EnumShape) else (right, left)
    if not isinstance(enum, EnumShape):
        return NEVER
    if isinstance(other, ScalarType):
        kept = tuple(m for m in enum.members if is_of_type(m.value, other.type))
        return EnumShape(kept) if kept else NEVER
    if isinstance(other, LiteralType):
        value = other.value
        return other if any(same_literal(m.value, value) for m in enum.members) else NEVER
    return NEVER


def _as_type(shape: Shape) -> IRType:
    return NEVER if isinstance(shape, ObjectShape | EnumShape | UnionShape) else shape


def _kind(shape: Shape) -> str:
    """A word for what a content is, the same for contents that can be merged."""
    match shape:
        case ObjectShape() | MapType():
            return "object"
        case EnumShape() | ScalarType() | LiteralType():
            return "null" if isinstance(shape, LiteralType) and is_null(shape) else "scalar"
        case ArrayType() | TupleType():
            return "array"
        case UnionShape() | UnionType():
            return "union"
        case _:
            return shape.kind


def _as_union(shape: Shape) -> UnionShape:
    match shape:
        case UnionShape():
            return shape
        case UnionType(members=members):
            return UnionShape(members)
        case ObjectShape() | EnumShape():
            return UnionShape((Pending(shape, "", Site("", ""), {}),))
        case _:
            return UnionShape((shape,))


def _as_object(shape: Shape) -> Shape:
    if isinstance(shape, MapType):
        additional = None if isinstance(shape.values, AnyType) else shape.values
        return ObjectShape({}, frozenset(), additional, shape.min_properties, shape.max_properties)
    return shape
