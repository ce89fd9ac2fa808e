"""What everything in a Go package is called, given once; where a name that users see had to change, a diagnostic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from specloom.builders.naming import Allocation, NameAllocator, clipped, numbered, words
from specloom.builders.operations import Words, method_names
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.schemas import IREnumSchema, IRObjectSchema, IRSchema
from specloom.ir.types import ArrayType, IRType, MapType, ReferenceType, ScalarType, TupleType

from .inline import InlineUnion, inline_unions
from .reserved import BUILD_SUFFIXES, DEVICES, FILES, LOCALS, PACKAGE_SCOPE, RUNTIME_FILES
from .shapes import Arm, Arms, Shapes
from .spelling import exported, exported_name, unexported_name

METHODS = frozenset(("MarshalJSON", "UnmarshalJSON", "Validate"))
"""Methods that a model may have: no field is called so, because fields and methods share a scope."""
EXTRA_FIELD = "AdditionalProperties"


@dataclass(frozen=True, slots=True)
class TagNames:
    """What belongs to a tag: its file without ``.go``, the client's field and the service's type."""

    file: str
    field: str
    service: str


@dataclass(frozen=True, slots=True)
class UnionNames:
    """What belongs to a union: the wrapper, the interface of what it holds, the type of what is not known, one type an arm."""

    type: str
    value: str
    unknown: str
    arms: tuple[str, ...]

    @property
    def marker(self) -> str:
        """The method that makes a type an arm."""
        return f"is{self.type}"


@dataclass(frozen=True, slots=True)
class Names:
    """All names of a package that outlive one operation. ``scope`` is open for those of operations, which come after."""

    types: Mapping[str, str]
    """The type of each schema."""
    fields: Mapping[str, Mapping[str, str]]
    """Of each object schema: wire name to field."""
    constants: Mapping[str, tuple[str, ...]]
    """Of each enum: the constant of each member."""
    unions: Mapping[str, UnionNames]
    """Of each schema that is a union."""
    inline: Mapping[Arms, UnionNames]
    """Of each union that has no schema, and of those that are equal to a schema's."""
    inline_owners: Mapping[str | None, tuple[Arms, ...]]
    """The unions without a schema that are declared after each schema; ``None``: those of operations and of several places."""
    tags: Mapping[str, TagNames]
    methods: Mapping[str, Words]
    """The words of each operation's method, by operationId."""
    scope: NameAllocator
    diagnostics: tuple[Diagnostic, ...]


def allocate_names(api: IRContext, shapes: Shapes) -> Names:
    """Name everything in ``api``: types first, then what belongs to tags and unions, then the constants of enums."""
    scope = NameAllocator(PACKAGE_SCOPE)
    diagnostics: list[Diagnostic] = []
    types: dict[str, str] = {}
    for name in api.schemas:
        # `FooBar` keeps its name beside `fooBar`.
        if name == exported_name(name, "Type"):
            _type(api.schemas[name], api, scope)
    for name, schema in api.schemas.items():
        allocation = _type(schema, api, scope)
        types[name] = allocation.name
        if allocation.changed:
            diagnostics.append(name_changed("type", name, allocation, schema.pointer))
    methods: dict[str, Words] = {}
    for operations in api.operations_by_tag.values():
        found_words, kept_long = method_names(operations)
        methods.update(found_words)
        diagnostics += kept_long
    tags = _tags(api, scope, diagnostics)
    fields = {
        name: _schema_fields(schema, diagnostics)
        for name, schema in api.schemas.items()
        if isinstance(schema, IRObjectSchema)
    }
    unions: dict[str, UnionNames] = {}
    inline: dict[Arms, UnionNames] = {}
    for name in api.schemas:
        if shapes.definition(name) == "union":
            arms = shapes.aliased(name)
            assert isinstance(arms, tuple)
            unions[name] = _union(types[name], arms, scope, types)
            inline.setdefault(arms, unions[name])
    owners: dict[str | None, list[Arms]] = {}
    for found in inline_unions(api, shapes, types, fields, _operation_bases(api, methods)):
        if found.arms not in inline:
            wanted = _inline_name(found, types)
            inline[found.arms] = _union(scope.allocate(("inline", found.arms), wanted).name, found.arms, scope, types)
            owners.setdefault(found.owner, []).append(found.arms)
    constants = {
        name: _constants(schema, types[name], scope, diagnostics)
        for name, schema in api.schemas.items()
        if isinstance(schema, IREnumSchema)
    }
    return Names(
        types, fields, constants, unions, inline, {owner: tuple(a) for owner, a in owners.items()}, tags, methods, scope,
        tuple(diagnostics),
    )  # fmt: skip


# --- types


def _type(schema: IRSchema, api: IRContext, scope: NameAllocator) -> Allocation:
    wanted = exported_name(schema.name, "Type")
    if isinstance(schema, IREnumSchema) and wanted.endswith("Enum") and len(wanted) > 4:
        # ProductStatusEnum is ProductStatus, unless that is another schema.
        short = wanted[:-4]
        if short not in api.schemas:
            return scope.allocate(schema.name, short, wanted)
    return scope.allocate(schema.name, wanted, f"{wanted}Model")


def _operation_bases(api: IRContext, methods: Mapping[str, Words]) -> Mapping[str, str]:
    """What the names of types that belong to one operation begin with: ``ProductsList``."""
    return {o.operation_id: exported_name(o.tag, "Tag") + exported(methods[o.operation_id]) for o in api.operations}


# --- unions


def _inline_name(found: InlineUnion, types: Mapping[str, str]) -> str:
    """Where it stands; a union of few types that stands in several places is called after these: ``StringOrInt``."""
    if found.several and len(found.arms) <= 3:
        name = "Or".join(_noun(arm.type, types) if arm.schema is None else types[arm.schema] for arm in found.arms)
        if len(name) <= 48:
            return name
    return found.wanted


def _union(name: str, arms: Arms, scope: NameAllocator, types: Mapping[str, str]) -> UnionNames:
    def own(arm: Arm) -> str:
        return scope.allocate(("arm", name, arm), name + _noun(arm.type, types)).name

    return UnionNames(
        name,
        scope.allocate(("value", name), f"{name}Value").name,
        scope.allocate(("unknown", name), f"Unknown{name}").name,
        tuple(own(arm) if arm.schema is None else types[arm.schema] for arm in arms),
    )


_NOUNS = {"string": "String", "integer": "Int", "number": "Float", "boolean": "Bool"}


def _noun(type: IRType, types: Mapping[str, str]) -> str:
    """What a type is called in a name."""
    match type:
        case ScalarType(type=kind):
            return _NOUNS[kind]
        case ArrayType(items=items):
            return f"{_noun(items, types)}List"
        case MapType(values=values):
            return f"{_noun(values, types)}Map"
        case TupleType():
            return "Tuple"
        case ReferenceType(name=name):
            return types[name]
        case _:
            return "Any"


# --- constants


_CODES = re.compile(r"[A-Z]{2,3}")


def _constants(
    schema: IREnumSchema, type: str, scope: NameAllocator, diagnostics: list[Diagnostic]
) -> tuple[str, ...]:
    """A constant a member: ``ProductStatusOnSale``. Where all are codes, as of currencies, they stay in capitals."""
    texts = [m.name or ("true" if m.value is True else "false" if m.value is False else str(m.value)) for m in schema.members]
    codes = len(texts) > 2 and all(_CODES.fullmatch(text) for text in texts)
    found: list[str] = []
    for member, text in zip(schema.members, texts, strict=True):
        wanted = type + (text if codes else exported_name(text, ""))
        allocation = scope.allocate(("constant", schema.name, repr(member.value)), wanted, f"{wanted}Value")
        found.append(allocation.name)
        if allocation.changed:
            diagnostics.append(name_changed("value", f"{schema.name}.{text}", allocation, schema.pointer))
    return tuple(found)


# --- fields and arguments


def _schema_fields(schema: IRObjectSchema, diagnostics: list[Diagnostic]) -> Mapping[str, str]:
    reserved = METHODS if schema.additional is None else METHODS | {EXTRA_FIELD}
    wanted = {prop.name: exported_name(prop.name) for prop in schema.properties}
    if reserved.isdisjoint(wanted.values()) and len(set(wanted.values())) == len(wanted):
        return wanted
    found, changed = field_names(wanted, reserved)
    diagnostics += (name_changed("field", f"{schema.name}.{wire}", a, schema.pointer) for wire, a in changed)
    return found


def field_names(
    wires: Iterable[str], reserved: Iterable[str] = METHODS
) -> tuple[dict[str, str], list[tuple[str, Allocation]]]:
    """A field for each wire name, none twice; and those that could not have the name they wanted.

    Names that are spelled as Go spells them, or simply in small letters, come first: ``id`` keeps ``ID`` beside ``_id``.
    """
    wires = tuple(dict.fromkeys(wires))
    names = NameAllocator(frozenset(reserved), escape=_field_escape)
    for wire in wires:
        if wire.isidentifier() and wire[0] != "_" and (wire.islower() or exported_name(wire) == wire):
            names.allocate(wire, exported_name(wire))
    allocations = [(wire, names.allocate(wire, exported_name(wire))) for wire in wires]
    return {wire: a.name for wire, a in allocations}, [(wire, a) for wire, a in allocations if a.changed]


def _field_escape(name: str, attempt: int) -> str:
    return f"{name}Field" if attempt == 2 and name in (*METHODS, EXTRA_FIELD) else numbered(name, attempt)


def argument_names(wires: Sequence[str], reserved: Iterable[str] = LOCALS) -> tuple[str, ...]:
    """A parameter's name for each wire name, in order; ``type`` is ``type2``... never a word of Go or of a method's body."""
    names = NameAllocator(frozenset(reserved), escape=_argument_escape)
    return tuple(names.allocate(index, unexported_name(wire)).name for index, wire in enumerate(wires))


def _argument_escape(name: str, attempt: int) -> str:
    return f"{name}Value" if attempt == 2 else numbered(name, attempt)


# --- tags


def _tags(api: IRContext, scope: NameAllocator, diagnostics: list[Diagnostic]) -> dict[str, TagNames]:
    files = NameAllocator(FILES | RUNTIME_FILES | DEVICES, fold=str.casefold, escape=_file_escape)
    fields = NameAllocator()
    found: dict[str, TagNames] = {}
    for tag in dict.fromkeys([*(t.name for t in api.tags), *(o.tag for o in api.operations)]):
        name = exported_name(tag, "Tag")
        field = fields.allocate(tag, name)
        if field.changed:
            diagnostics.append(name_changed("tag", tag, field, None))
        service = scope.allocate(("service", tag), f"{field.name}Service")
        found[tag] = TagNames(files.allocate(tag, _file_name(tag)).name, field.name, service.name)
    return found


def _file_name(tag: str) -> str:
    """A name that Go always builds: small ASCII letters, no ending that means a system, a processor or a test."""
    name = clipped(re.sub(r"[^a-z0-9_]", "", "_".join(words(tag))).strip("_"), 60) or "tag"
    return f"{name}_api" if "_" in name and name.rpartition("_")[2] in BUILD_SUFFIXES else name


def _file_escape(name: str, attempt: int) -> str:
    return f"{name}_api" if attempt == 2 else f"{name}_api{attempt}"


def name_changed(kind: str, what: str, allocation: Allocation, pointer: str | None) -> Diagnostic:
    """What is said where a name that users see is not the one it would be."""
    return Diagnostic(
        code="name-changed",
        severity=Severity.INFO,
        message=f"the {kind} {what!r} is called {allocation.name!r} in Go, "
        f"because {allocation.wanted!r} is taken or reserved",
        pointer=pointer,
    )
