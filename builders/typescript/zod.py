"""Zod 4 schemas of the IR's schemas, each in a file of its own, whose inferred types are the interfaces' own.

Recursive schemas are annotated with their interface (TypeScript cannot infer what refers to itself) and refer to each other
through getters and ``z.lazy``, so that modules may load in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from specloom.builders.naming import NameAllocator, clipped
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.recursion import recursive_groups
from specloom.ir.schemas import IRAliasSchema, IREnumSchema, IRObjectSchema, IRPropertyObject, IRSchema, IRUnionSchema
from specloom.ir.types import (
    AnyType,
    ArrayType,
    Constraints,
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
    without_null,
)

from . import nodes as ts
from .patterns import ecma_pattern

Z = ts.package("z", "zod")
ENUMS_MODULE = "schema.enums"

_STRING_FORMATS: Mapping[str, tuple[str, ...]] = {
    "date": ("iso", "date"),
    "email": ("email",),
    "uri": ("url",),
    "url": ("url",),
    "uuid": ("guid",),
    "ipv4": ("ipv4",),
    "ipv6": ("ipv6",),
    "byte": ("base64",),
}
"""What Zod checks by a format. ``guid`` is any UUID, where Zod's ``uuid`` refuses versions it does not know."""


@dataclass(frozen=True, slots=True)
class ZodSchemas:
    """The files, what makes a Zod schema of any type, and what Zod could not be told."""

    files: tuple[ts.File, ...]
    expression: Callable[[IRType], ts.Expression]
    diagnostics: tuple[Diagnostic, ...]


def zod_schemas(
    api: IRContext,
    types: Mapping[str, ts.Symbol],
    custom_formats: Mapping[str, ts.Type] | None = None,
) -> ZodSchemas:
    """Zod schemas of all of ``api``.

    Parameters: ``types`` the symbol of each schema's interface or enum, by schema name; ``custom_formats``
    types that the caller has put in the place of a format's, which Zod then takes on trust.
    """
    builder = _Builder(api, types, custom_formats or {}, zod_symbols(api, types), recursive_groups(api.schemas))
    files: list[ts.File] = []
    enums: list[ts.Statement] = []
    for schema in api.schemas.values():
        statement = builder.declaration(schema)
        if isinstance(schema, IREnumSchema):
            enums.append(statement)
        else:
            files.append(ts.file(f"{builder.symbols[schema.name].module}.ts", statement))
    if enums:
        files.insert(0, ts.file(f"{ENUMS_MODULE}.ts", *enums))
    diagnostics = tuple(builder.diagnostics)
    return ZodSchemas(tuple(files), _Builder(api, types, custom_formats or {}, builder.symbols, {}).expression, diagnostics)


def zod_symbols(api: IRContext, types: Mapping[str, ts.Symbol]) -> dict[str, ts.Symbol]:
    """Name and file of each schema's Zod schema: ``ProductSchema`` in ``products/_utils/schemas/Product.schema``."""
    folders: dict[str, NameAllocator] = {}
    symbols: dict[str, ts.Symbol] = {}
    for name, schema in api.schemas.items():
        typed = types[name]
        if isinstance(schema, IREnumSchema):
            symbols[name] = ts.symbol(f"{typed.name}Schema", ENUMS_MODULE)
            continue
        folder = f"{typed.module.rpartition('/')[0]}/_utils/schemas"
        files = folders.setdefault(folder, NameAllocator(fold=str.casefold))
        symbols[name] = ts.symbol(f"{typed.name}Schema", f"{folder}/{files.allocate(name, clipped(typed.name)).name}.schema")
    return symbols


def z(*names: str, args: Iterable[ts.Expression] = ()) -> ts.Expression:
    """``z.a.b(...)``."""
    return ts.Call(ts.member(ts.ref(Z), *names), tuple(args))


@dataclass(slots=True)
class _Builder:
    api: IRContext
    types: Mapping[str, ts.Symbol]
    custom_formats: Mapping[str, ts.Type]
    symbols: Mapping[str, ts.Symbol]
    groups: Mapping[str, int]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    pointer: str | None = None
    group: int | None = None

    def declaration(self, schema: IRSchema) -> ts.Statement:
        """``export const ProductSchema = z.object(...)``."""
        self.pointer, self.group = schema.pointer, self.groups.get(schema.name)
        annotation = ts.type_ref(Z, ts.type_ref(self.types[schema.name]), path=["ZodType"]) if self.group is not None else None
        return ts.export_const(
            self.symbols[schema.name].name,
            self._schema(schema),
            type=annotation,
            doc=ts.doc(schema.description, tags=[ts.tag("deprecated")] if schema.deprecated else ()),
        )

    def _schema(self, schema: IRSchema) -> ts.Expression:
        match schema:
            case IRObjectSchema():
                return self._object(schema)
            case IREnumSchema():
                return self._enum(schema)
            case IRUnionSchema():
                return self._union(schema)
            case IRAliasSchema(type=type):
                return self.expression(type)
            case _:
                assert_never(schema)

    def _object(self, schema: IRObjectSchema) -> ts.Expression:
        rest = self._rest(schema)
        if not schema.properties:
            return z("record", args=[z("string"), rest]) if rest is not None else z("object", args=[ts.obj()])
        made = z("object", args=[ts.obj(*(self._property(p, eager=rest is not None) for p in schema.properties), broken=True)])
        return made if rest is None else ts.chain(made, ("catchall", [rest]))

    def _rest(self, schema: IRObjectSchema) -> ts.Expression | None:
        """What further keys hold. The interface's index signature has to hold the declared properties too; so does this."""
        others = schema.additional
        if others is None or isinstance(others, NeverType):
            return None if schema.properties else z("unknown" if others is None else "never")
        types = [others, *(p.type for p in schema.properties)]
        if any(isinstance(type, AnyType) for type in types):
            return z("unknown")
        held = list(dict.fromkeys(self.expression(type) for type in types))
        rest = held[0] if len(held) == 1 else z("union", args=[ts.array(*held)])
        return ts.chain(rest, ("optional", [])) if any(not p.required for p in schema.properties) else rest

    def _property(self, prop: IRPropertyObject, *, eager: bool) -> ts.ObjectMember:
        """A property; one that leads back to its own schema is a getter, unless ``eager``: ``catchall`` reads all of them."""
        lazy = not eager and self._is_recursive(prop.type)
        value = self.expression(prop.type, lazy=not lazy)
        if not prop.required:
            value = ts.chain(value, ("exactOptional", []))
        if lazy and prop.name != "__proto__":
            return ts.getter(prop.name, ts.return_(value))
        return ts.pair(prop.name, value)

    def _is_recursive(self, type: IRType) -> bool:
        if self.group is None:
            return False
        if isinstance(type, ReferenceType):
            return self.groups.get(type.name) == self.group
        match type:
            case ArrayType(items=inner) | MapType(values=inner):
                return self._is_recursive(inner)
            case TupleType(items=items, rest=rest):
                return any(self._is_recursive(inner) for inner in (*items, rest))
            case UnionType(members=members):
                return any(self._is_recursive(inner) for inner in members)
            case ScalarType() | LiteralType() | AnyType() | NeverType() | UploadType():
                return False
            case _:
                assert_never(type)

    def _enum(self, schema: IREnumSchema) -> ts.Expression:
        values = [member.value for member in schema.members]
        if any(isinstance(value, bool | float) for value in values):
            return _literals(values)
        return z("enum", args=[ts.ref(self.types[schema.name])])

    def _union(self, schema: IRUnionSchema) -> ts.Expression:
        members = [self.expression(member) for member in schema.members]
        if len(members) == 1:
            return members[0]
        if schema.discriminator and self._tells_apart(schema, schema.discriminator.property_name):
            return z("discriminatedUnion", args=[ts.string(schema.discriminator.property_name), ts.array(*members)])
        return z("union", args=[ts.array(*members)])

    def _tells_apart(self, schema: IRUnionSchema, property_name: str) -> bool:
        """Whether Zod can choose by the discriminator: every member a plain object, no value in two of them."""
        seen: set[tuple[type, object]] = set()
        for member in schema.members:
            if not isinstance(member, ReferenceType) or member.name in self.groups:
                return False
            target = self.api.schemas[member.name]
            if not isinstance(target, IRObjectSchema):
                return False
            prop = next((p for p in target.properties if p.name == property_name), None)
            if prop is None or not prop.required:
                return False
            options = prop.type.members if isinstance(prop.type, UnionType) else (prop.type,)
            for option in options:
                if not isinstance(option, LiteralType):
                    return False
                key = (type(option.value), option.value)
                if key in seen:
                    return False
                seen.add(key)
        return True

    def expression(self, type: IRType, *, lazy: bool = True) -> ts.Expression:
        """The Zod schema of a type. ``lazy`` wraps references that lead back to the schema being made."""
        match type:
            case ScalarType(type="string"):
                return self._string(type)
            case ScalarType(type="boolean"):
                return z("boolean")
            case ScalarType():
                return self._number(type)
            case LiteralType(value=value):
                return z("null") if value is None else z("literal", args=[_literal(value)])
            case ArrayType(items=items, min_items=low, max_items=high):
                if type.unique_items:
                    self._unchecked("that the items differ (uniqueItems)")
                return _sized(z("array", args=[self.expression(items, lazy=lazy)]), low, high)
            case MapType(values=values, key_pattern=key_pattern):
                if type.min_properties or type.max_properties is not None:
                    self._unchecked("the number of properties")
                key = self._matched(z("string"), key_pattern)
                return z("record", args=[key, self.expression(values, lazy=lazy)])
            case TupleType():
                return self._tuple(type, lazy)
            case ReferenceType(name=name):
                symbol = ts.ref(self.symbols[name])
                if lazy and self.group is not None and self.groups.get(name) == self.group:
                    return z("lazy", args=[ts.arrow([], symbol)])
                return symbol
            case UnionType(members=members):
                if is_null(members[-1]):
                    return ts.chain(self.expression(without_null(type), lazy=lazy), ("nullable", []))
                if all(isinstance(member, LiteralType) for member in members):
                    return _literals(member.value for member in members if isinstance(member, LiteralType))
                return z("union", args=[ts.array(*(self.expression(member, lazy=lazy) for member in members))])
            case AnyType():
                return z("unknown")
            case NeverType():
                return z("never")
            case UploadType():
                return z("instanceof", args=[ts.name("Blob")])
            case _:
                assert_never(type)

    def _string(self, type: ScalarType) -> ts.Expression:
        if type.format and type.format in self.custom_formats:
            return ts.call(ts.member(ts.ref(Z), "custom"), types=[self.custom_formats[type.format]])
        encoding = "byte" if type.content_encoding == "base64" else None
        if type.format == "date-time":
            made = z("iso", "datetime", args=[ts.obj(("offset", ts.TRUE))])
        else:
            made = z(*_STRING_FORMATS.get(encoding or type.format or "", ("string",)))
        constraints = type.constraints
        return self._matched(_sized(made, constraints.min_length, constraints.max_length), constraints.pattern)

    def _matched(self, made: ts.Expression, pattern: str | None) -> ts.Expression:
        if pattern is None:
            return made
        known = ecma_pattern(pattern)
        if known is None:
            self._unchecked(f"the pattern {pattern!r}: it is not certainly an ECMA-262 regular expression")
            return made
        return ts.chain(made, ("regex", [ts.regex(known.source, known.flags)]))

    def _unchecked(self, what: str) -> None:
        message = f"the Zod schema does not check {what}"
        self.diagnostics.append(
            Diagnostic(code="constraint-not-checked", severity=Severity.INFO, message=message, pointer=self.pointer)
        )

    def _number(self, type: ScalarType) -> ts.Expression:
        if type.format and type.format in self.custom_formats:
            return ts.call(ts.member(ts.ref(Z), "custom"), types=[self.custom_formats[type.format]])
        # Zod's int() refuses what a double cannot hold exactly, and an int64 may be that.
        made = z("int") if type.type == "integer" and type.format != "int64" else z("number")
        return ts.chain(made, *_bounds(type.constraints))

    def _tuple(self, type: TupleType, lazy: bool) -> ts.Expression:
        items = [self.expression(item, lazy=lazy) for item in type.items]
        shown = [item if at < type.min_items else ts.chain(item, ("exactOptional", [])) for at, item in enumerate(items)]
        if isinstance(type.rest, NeverType):
            return z("tuple", args=[ts.array(*shown)])
        return z("tuple", args=[ts.array(*shown), self.expression(type.rest, lazy=lazy)])


def _sized(made: ts.Expression, low: int | None, high: int | None) -> ts.Expression:
    if low is not None and low == high:
        return ts.chain(made, ("length", [ts.number(low)]))
    if low:
        made = ts.chain(made, ("min", [ts.number(low)]))
    if high is not None:
        made = ts.chain(made, ("max", [ts.number(high)]))
    return made


def _bounds(constraints: Constraints) -> list[tuple[str, list[ts.Expression]]]:
    asked = (
        ("min", constraints.minimum),
        ("gt", constraints.exclusive_minimum),
        ("max", constraints.maximum),
        ("lt", constraints.exclusive_maximum),
        ("multipleOf", constraints.multiple_of),
    )
    return [(method, [ts.number(value)]) for method, value in asked if value is not None]


def _literals(values: Iterable[str | bool | int | float | None]) -> ts.Expression:
    return z("literal", args=[ts.array(*(_literal(value) for value in values))])


def _literal(value: str | bool | int | float | None) -> ts.Expression:
    match value:
        case None:
            return ts.NULL
        case bool():
            return ts.TRUE if value else ts.FALSE
        case str():
            return ts.string(value)
        case _:
            return ts.number(value)
