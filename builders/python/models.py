"""``models/<tag>.py``: Pydantic models, aliases and, for what is sent, typed dicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import replace as replace_dataclass

from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic
from specloom.ir.operations import BodyKind
from specloom.ir.recursion import components
from specloom.ir.schemas import (
    IRAliasSchema,
    IREnumSchema,
    IRObjectSchema,
    IRPropertyObject,
    IRSchema,
    IRUnionSchema,
    schema_references,
)
from specloom.ir.types import (
    MapType,
    NeverType,
    ReferenceType,
    references,
)
from specloom.ir.types import (
    union as ir_union,
)

from .constraints import standalone, unchecked
from .declarations import Declaration, in_order
from .dicts import dict_declaration, eager_circles
from .documentation import property_documentation, schema_documentation
from .names import Names
from .nodes import (
    NONE,
    Expression,
    Module,
    Statement,
    Symbol,
    annotated,
    class_,
    docstring,
    ref,
    string,
    subscript,
    unless_type_checking,
)
from .types import ANY, DICT, STR, TypeMapper, annotated_with, optional

MODEL = ref(Symbol(".base", "Model"))
ROOT_MODEL = ref(Symbol("pydantic", "RootModel"))
TYPE_CHECKING = ref(Symbol("typing", "TYPE_CHECKING"))
TYPE_ALIAS = ref(Symbol("typing", "TypeAlias"))


@dataclass(frozen=True, slots=True)
class Models:
    """The modules of ``models/`` and what could not be said in them."""

    modules: tuple[Module, ...]
    diagnostics: tuple[Diagnostic, ...]


def sent_schemas(api: IRContext) -> frozenset[str]:
    """Object schemas that travel in request bodies, directly or inside others: those that get a TypedDict."""
    pending = [
        name
        for operation in api.operations
        if operation.request_body is not None
        for content in operation.request_body.contents
        if content.kind not in (BodyKind.BINARY, BodyKind.TEXT)
        for name in references(content.type)
    ]
    seen: dict[str, None] = {}
    while pending:
        name = pending.pop()
        if name not in seen:
            seen[name] = None
            pending += schema_references(api.schemas[name])
    return frozenset(name for name in seen if isinstance(api.schemas[name], IRObjectSchema))


def models_modules(api: IRContext, names: Names, types: TypeMapper) -> Models:
    """One module for each tag that has schemas of its own, and ``common`` for the others."""
    builder = _Builder(api, names, types)
    by_module: dict[str, list[IRSchema]] = {}
    for schema in api.schemas.values():
        if not isinstance(schema, IREnumSchema):
            by_module.setdefault(names.schemas[schema.name].module, []).append(schema)
    homes = {names.schemas[s.name].module: s.home for s in api.schemas.values()}
    modules = [builder.module(path, homes[path], schemas) for path, schemas in by_module.items()]
    return Models(tuple(sorted(modules, key=lambda m: m.path)), tuple(builder.diagnostics))


class _Builder:
    """Builds the modules of one API."""

    def __init__(self, api: IRContext, names: Names, types: TypeMapper) -> None:
        self.api, self.names, self.types = api, names, types
        self.diagnostics: list[Diagnostic] = []
        self.roots = _root_models(api)

    def module(self, path: str, home: str | None, schemas: Iterable[IRSchema]) -> Module:
        declarations: list[Declaration] = []
        schemas = tuple(schemas)
        circles = eager_circles([s for s in schemas if isinstance(s, IRObjectSchema) and s.name in self.types.dicts], self.types)
        for schema in schemas:
            declarations.append(self.declaration(schema))
            if isinstance(schema, IRObjectSchema) and schema.name in self.types.dicts:
                known = replace_dataclass(self.types, dicts=self.types.dicts - circles.get(schema.name, frozenset()))
                declarations.append(dict_declaration(schema, known))
        ordered, circular = in_order(declarations)
        body = tuple(statement for declaration in ordered for statement in declaration.statements)
        text = "Models that several tags share." if home is None else f"Models of the tag *{home}*."
        return Module(tuple(path[1:].split(".")), body, text, future_annotations=circular)

    def declaration(self, schema: IRSchema) -> Declaration:
        is_root = schema.name in self.roots
        self.diagnostics += unchecked(schema, is_root=is_root, is_constrained=self.types.is_constrained)
        needs = tuple(dict.fromkeys(schema_references(schema)))
        match schema:
            case IRObjectSchema(additional=additional) if is_root and additional is not None:
                least, most = schema.min_properties, schema.max_properties
                root = MapType(values=additional, min_properties=least, max_properties=most)
                return self._alias(schema, self.types.model(standalone(root)), needs)
            case IRObjectSchema():
                fields = tuple(s for prop in schema.properties for s in self._field(schema, prop))
                return Declaration(schema.name, (self._class(schema, MODEL, (*fields, *self._extra(schema))),), needs)
            case IRUnionSchema():
                return self._alias(schema, self._union(schema), needs)
            case IRAliasSchema(type=type):
                return self._alias(schema, self.types.model(standalone(type)), needs)
            case _:
                raise TypeError(schema.kind)

    def _class(self, schema: IRSchema, base: Expression, body: tuple[Statement, ...]) -> Statement:
        text = schema_documentation(schema)
        documentation = (docstring(text, 1),) if text else ()
        return class_(self.names.schemas[schema.name].name, [base], (*documentation, *body))

    def _alias(self, schema: IRSchema, type: Expression, needs: tuple[str, ...]) -> Declaration:
        """A type alias; a class with a root where the alias needs itself, or has to be told from others at run time."""
        name = self.names.schemas[schema.name].name
        text = schema_documentation(schema)
        if schema.name in self.roots:
            if self.roots[schema.name]:
                base = subscript(ROOT_MODEL, ANY)
                return Declaration(schema.name, (self._class(schema, base, (annotated("root", type),)),), needs)
            return Declaration(schema.name, (self._class(schema, subscript(ROOT_MODEL, type), ()),), needs, eager=True)
        statement = annotated(name, TYPE_ALIAS, type)
        documentation = (docstring(text, 0),) if text else ()
        return Declaration(schema.name, (statement, *documentation), needs, eager=True)

    def _union(self, schema: IRUnionSchema) -> Expression:
        type = self.types.model(standalone(ir_union(schema.members)))
        found = schema.discriminator
        if found is None or len(schema.members) < 2:
            return type
        mapped = {name for _, name in found.mapping}
        fields: set[str] = set()
        for member in schema.members:
            if not (isinstance(member, ReferenceType) and member.name in mapped):
                return type
            fields.add(self.names.fields.get(member.name, {}).get(found.property_name, ""))
        if len(fields) != 1 or "" in fields:
            return type
        return annotated_with(type, {"discriminator": string(fields.pop())})

    def _field(self, schema: IRObjectSchema, prop: IRPropertyObject) -> Iterable[Statement]:
        name = self.names.fields[schema.name][prop.name]
        type = self.types.model(prop.type)
        default: Expression | None = None
        if not prop.required:
            type, default = optional(type), NONE
        if name != prop.name:
            type = annotated_with(type, {"alias": string(prop.name)})
        yield annotated(name, type, default)
        text = property_documentation(prop)
        if text:
            yield docstring(text, 1)

    def _extra(self, schema: IRObjectSchema) -> Iterable[Statement]:
        """The type of keys that have no field of their own."""
        if schema.additional is None or isinstance(schema.additional, NeverType):
            return
        type = self.types.model(schema.additional)
        if type is not ANY:
            # To a type checker an attribute that can be assigned may not get a narrower type than the base gives it.
            yield unless_type_checking(TYPE_CHECKING, [annotated("__pydantic_extra__", subscript(DICT, STR, type))])


def _root_models(api: IRContext) -> Mapping[str, bool]:
    """Schemas that are classes with a root: maps that errors carry, to tell them apart, and aliases that need themselves.

    Value: whether the root has to be said in an annotation, because the class needs itself.
    """
    found: dict[str, bool] = {}
    for operation in api.operations:
        for response in operation.error_responses:
            for content in response.contents:
                if isinstance(content.type, ReferenceType) and _is_map(api.schemas[content.type.name]):
                    found[content.type.name] = False
    eager = {
        name: tuple(schema_references(schema))
        for name, schema in api.schemas.items()
        if isinstance(schema, IRUnionSchema | IRAliasSchema) or name in found
    }
    for component in components(eager):
        if len(component) > 1 or component[0] in eager[component[0]]:
            found.update(dict.fromkeys(component, True))
    return found


def _is_map(schema: IRSchema) -> bool:
    if isinstance(schema, IRAliasSchema):
        return isinstance(schema.type, MapType)
    return (
        isinstance(schema, IRObjectSchema)
        and not schema.properties
        and schema.additional is not None
        and not isinstance(schema.additional, NeverType)
    )


def class_names(api: IRContext, names: Names) -> frozenset[str]:
    """The Python names of schemas that are classes, not aliases."""
    roots = _root_models(api)
    return frozenset(
        names.schemas[name].name
        for name, schema in api.schemas.items()
        if isinstance(schema, IRObjectSchema | IREnumSchema) or name in roots
    )
