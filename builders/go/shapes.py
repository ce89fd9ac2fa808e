"""What kind of Go type an IR type becomes, before anything has a name: structs, maps, enums, unions and the arms of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, assert_never

from specloom.ir.recursion import components
from specloom.ir.schemas import IRAliasSchema, IREnumSchema, IRObjectSchema, IRSchema, IRUnionSchema
from specloom.ir.types import (
    ANYTHING,
    BOOLEAN,
    INTEGER,
    NO_CONSTRAINTS,
    NUMBER,
    STRING,
    AnyType,
    ArrayType,
    IRType,
    LiteralType,
    MapType,
    NeverType,
    ReferenceType,
    ScalarType,
    TupleType,
    UnionType,
    UploadType,
    is_null,
    references,
    replace,
)

JSONKind: TypeAlias = Literal["string", "number", "boolean", "array", "object"]
Definition: TypeAlias = Literal["struct", "map", "enum", "union", "alias", "defined"]
"""How a schema is declared. ``defined`` is an alias that needs itself, which Go only allows a type of its own."""


@dataclass(frozen=True, slots=True)
class Arm:
    """One type that a union may hold. ``schema`` is the name of the schema whose type it is; without one it needs its own."""

    kind: JSONKind
    type: IRType
    schema: str | None = None


Arms: TypeAlias = "tuple[Arm, ...]"
"""At least two; of strings, numbers and booleans no more than one each."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides how a field of a type says that there is no value. Null does not count: it is said beside a type."""

    bare: bool = False
    """Nil says so: slices, maps and any."""
    anything: bool = False
    """Any value, null too."""
    struct: str | None = None
    """The schema whose struct it is."""


_PLAIN = Facts()
_BARE = Facts(bare=True)
_ANYTHING = Facts(bare=True, anything=True)


@dataclass(slots=True)
class Shapes:
    """Answers about the types of one API, each found once."""

    schemas: Mapping[str, IRSchema]
    _definitions: dict[str, Definition] = field(default_factory=dict)
    _unions: dict[str, IRType | Arms] = field(default_factory=dict)
    _facts: dict[str, Facts] = field(default_factory=dict)
    _simple: dict[int, tuple[UnionType | IRUnionSchema, IRType | Arms]] = field(default_factory=dict)
    _resolving: set[str] = field(default_factory=set)
    _circular: frozenset[str] | None = None
    _by_value: frozenset[tuple[str, str]] | None = None

    # --- schemas

    def definition(self, name: str) -> Definition:
        """How the schema ``name`` is declared."""
        found = self._definitions.get(name)
        if found is None:
            found = self._definitions[name] = self._define(self.schemas[name])
        return found

    def _define(self, schema: IRSchema) -> Definition:
        match schema:
            case IRObjectSchema(properties=properties, additional=additional):
                return "struct" if properties or isinstance(additional, NeverType) else "map"
            case IREnumSchema():
                return "enum" if enum_kind(schema) is not None else "alias"
            case IRUnionSchema() | IRAliasSchema():
                if isinstance(self.aliased(schema.name), tuple):
                    return "union"
                return "defined" if schema.name in self._circles() else "alias"
            case _:
                assert_never(schema)

    def aliased(self, name: str) -> IRType | Arms:
        """What an alias or a union stands for: one type, or the arms of a union."""
        known = self._unions.get(name)
        if known is not None:
            return known
        if name in self._resolving:
            return ANYTHING
        self._resolving.add(name)
        schema = self.schemas[name]
        if isinstance(schema, IRUnionSchema):
            found = self.simplified(schema)
        else:
            assert isinstance(schema, IRAliasSchema)
            found = self.simplified(schema.type) if isinstance(schema.type, UnionType) else schema.type
        self._resolving.discard(name)
        self._unions[name] = found
        return found

    def _circles(self) -> frozenset[str]:
        """Aliases of slices and maps that need themselves through nothing but aliases."""
        if self._circular is None:
            needs: dict[str, tuple[str, ...]] = {}
            for name, schema in self.schemas.items():
                if isinstance(schema, IRAliasSchema | IRUnionSchema):
                    type = self.aliased(name)
                    if not isinstance(type, tuple):
                        needs[name] = tuple(references(type))
            found = [c for c in components(needs) if len(c) > 1 or c[0] in needs[c[0]]]
            self._circular = frozenset(
                name for c in found for name in c if isinstance(self._unions[name], ArrayType | MapType | TupleType)
            )
        return self._circular

    def points(self, owner: str, target: str) -> bool:
        """Whether a struct ``owner`` must hold ``target`` by pointer, because it would contain itself."""
        if self._by_value is None:
            needs = {
                name: tuple(held for prop in schema.properties if (held := self.held(prop.type)) is not None)
                for name, schema in self.schemas.items()
                if isinstance(schema, IRObjectSchema) and schema.properties
            }
            group = {name: number for number, c in enumerate(components(needs)) for name in c}
            self._by_value = frozenset(
                (name, other) for name, others in needs.items() for other in others if group.get(other) == group[name]
            )
        return bool(self._by_value) and (owner, target) in self._by_value

    def held(self, type: IRType) -> str | None:
        """The schema whose struct a field of this type holds, null aside."""
        return self.facts(type).struct

    # --- types

    def resolved(self, type: IRType) -> IRType:
        """``type`` behind all aliases: a reference that is left is a struct, a map, an enum, a union or a defined type."""
        seen = 0
        while isinstance(type, ReferenceType) and self.definition(type.name) == "alias":
            schema = self.schemas[type.name]
            if isinstance(schema, IREnumSchema) or seen > len(self.schemas):
                return ANYTHING
            found = self.aliased(type.name)
            assert not isinstance(found, tuple)
            type = found
            seen += 1
        return type

    def collapsed(self, type: IRType) -> IRType | Arms:
        """What ``type`` is but for null: one type that is no union, or the arms of an inline union."""
        if isinstance(type, UnionType):
            return self.simplified(type)
        return type

    def facts(self, type: IRType) -> Facts:
        """What there is to know about ``type``, null aside."""
        if isinstance(type, ScalarType):
            return _BARE if is_bytes(type) else _PLAIN
        if isinstance(type, ReferenceType):
            found = self._facts.get(type.name)
            if found is None:
                found = self._facts[type.name] = self._facts_of(self.resolved(type))
            return found
        return self._facts_of(type)

    def _facts_of(self, type: IRType) -> Facts:
        match type:
            case ScalarType():
                return self.facts(type)
            case ReferenceType(name=name):
                definition = self.definition(name)
                return Facts(struct=name) if definition == "struct" else _BARE if definition in ("map", "defined") else _PLAIN
            case UnionType():
                found = self.simplified(type)
                return _PLAIN if isinstance(found, tuple) else self.facts(found)
            case ArrayType() | MapType() | TupleType():
                return _BARE
            case AnyType() | NeverType():
                return _ANYTHING
            case LiteralType():
                return _ANYTHING if is_null(type) else _PLAIN
            case UploadType():
                return _PLAIN
            case _:
                assert_never(type)

    def is_bare(self, type: IRType) -> bool:
        """Whether nil says that there is no value: slices, maps and any."""
        return self.facts(type).bare

    def is_struct(self, type: IRType) -> bool:
        """Whether it is the struct of an object schema, null aside."""
        return self.facts(type).struct is not None

    # --- unions

    def simplified(self, type: UnionType | IRUnionSchema) -> IRType | Arms:
        """One type where Go needs no union: texts of several formats are strings, an enum takes other texts too; else arms."""
        known = self._simple.get(id(type))
        if known is None:
            # What is remembered by its identity has to live as long.
            known = self._simple[id(type)] = type, self._simplified(type.members)
        return known[1]

    def _simplified(self, members: tuple[IRType, ...]) -> IRType | Arms:
        if len(members) == 2 and is_null(members[1]) and not isinstance(members[0], ReferenceType | UploadType):
            return members[0]
        flat = tuple(self._flat(members))
        if any(isinstance(member, AnyType) for member in flat):
            return ANYTHING
        uploads = self._uploads(flat)
        if uploads is not None:
            return uploads
        arms: dict[tuple[JSONKind, object], Arm] = {}
        for kind, group in _groups(flat, self).items():
            for arm in self._arms(kind, group):
                arms.setdefault((kind, arm.schema or arm.type), arm)
        if not arms:
            return ANYTHING
        found = tuple(arms.values())
        if len(found) == 1:
            return flat[0] if len(flat) == 1 else found[0].type
        return found

    def _flat(self, members: Iterable[IRType]) -> Iterator[IRType]:
        for member in members:
            found = self.resolved(member)
            if isinstance(found, UnionType):
                yield from self._flat(found.members)
            elif isinstance(found, ReferenceType) and self.definition(found.name) == "union":
                if found.name not in self._resolving:
                    yield from (arm.type for arm in self._known_arms(found.name))
            elif not is_null(found) and not isinstance(found, NeverType):
                yield found

    def _known_arms(self, name: str) -> Arms:
        found = self.aliased(name)
        return found if isinstance(found, tuple) else ()

    def _uploads(self, members: tuple[IRType, ...]) -> IRType | None:
        """A file, or several where an array of files is a member: one file travels as a list of one does."""
        if not any(isinstance(m, UploadType) or (isinstance(m, ArrayType) and isinstance(m.items, UploadType)) for m in members):
            return None
        many = next((m for m in members if isinstance(m, ArrayType) and isinstance(m.items, UploadType)), None)
        return many or next(m for m in members if isinstance(m, UploadType))

    def _arms(self, kind: JSONKind, group: list[IRType]) -> Iterator[Arm]:
        if kind in ("string", "number", "boolean"):
            yield _scalar_arm(kind, group)
            return
        for member in group:
            if isinstance(member, ReferenceType):
                yield Arm(kind, member, member.name)
            else:
                yield Arm(kind, replace(member, self._canonical))

    def _canonical(self, type: IRType) -> IRType:
        """What is the same in Go is the same: no constraints, no aliases."""
        match type:
            case ScalarType(constraints=constraints) if constraints != NO_CONSTRAINTS or type.format == "int64":
                format = None if type.format == "int64" else type.format
                return type.model_copy(update={"constraints": NO_CONSTRAINTS, "format": format})
            case ArrayType() if type.min_items is not None or type.max_items is not None or type.unique_items:
                return ArrayType(items=type.items)
            case MapType() if type.key_pattern or type.min_properties is not None or type.max_properties is not None:
                return MapType(values=type.values)
            case _:
                return type


def _groups(members: Iterable[IRType], shapes: Shapes) -> dict[JSONKind, list[IRType]]:
    found: dict[JSONKind, list[IRType]] = {}
    for member in members:
        found.setdefault(json_kind(member, shapes), []).append(member)
    return found


def json_kind(type: IRType, shapes: Shapes) -> JSONKind:
    """What JSON has for a resolved type that is no union."""
    match type:
        case ScalarType(type="string"):
            return "string"
        case ScalarType(type="boolean"):
            return "boolean"
        case ScalarType():
            return "number"
        case LiteralType(value=value):
            return "string" if isinstance(value, str) else "boolean" if isinstance(value, bool) else "number"
        case ArrayType() | TupleType():
            return "array"
        case ReferenceType(name=name):
            schema = shapes.schemas[name]
            if isinstance(schema, IREnumSchema):
                kind = enum_kind(schema)
                return "string" if kind == "string" else "boolean" if kind == "bool" else "number"
            if shapes.definition(name) == "defined":
                aliased = shapes.aliased(name)
                return "object" if isinstance(aliased, MapType) else "array"
            return "object"
        case MapType() | UnionType() | AnyType() | NeverType() | UploadType():
            return "object"
        case _:
            assert_never(type)


def _scalar_arm(kind: JSONKind, group: list[IRType]) -> Arm:
    """One arm for all texts, numbers or truth values: the enum where there is just one, since it keeps other values too."""
    enums = list({m.name: m for m in group if isinstance(m, ReferenceType)}.values())
    if len(enums) == 1 and (kind == "string" or len(group) == 1):
        return Arm(kind, enums[0], enums[0].name)
    if kind != "number":
        return Arm(kind, STRING if kind == "string" else BOOLEAN)
    whole = all(
        (isinstance(m, ScalarType) and m.type == "integer") or (isinstance(m, LiteralType) and isinstance(m.value, int))
        for m in group
    )
    return Arm(kind, INTEGER if whole else NUMBER)


def is_bytes(type: ScalarType) -> bool:
    """Whether a string holds base64, which encoding/json makes a ``[]byte`` of."""
    return type.type == "string" and (type.format in ("byte", "base64") or (type.content_encoding or "").lower() == "base64")


_INT64 = range(-(2**63), 2**63)


def enum_kind(schema: IREnumSchema) -> Literal["string", "int64", "float64", "bool"] | None:
    """The Go type behind an enum; ``None`` where its values are of several kinds."""
    values = [member.value for member in schema.members]
    if all(isinstance(value, str) for value in values):
        return "string"
    if all(isinstance(value, bool) for value in values):
        return "bool"
    if any(isinstance(value, str | bool) for value in values):
        return None
    return "int64" if all(isinstance(value, int) and value in _INT64 for value in values) else "float64"
