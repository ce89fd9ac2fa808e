"""One module of Pydantic models that stands alone: the schemas as somebody would have written them without a Django model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_dataclass

import libcst as cst
from pydantic import BaseModel

from specloom.builders.python.constraints import is_rust_pattern, unchecked
from specloom.builders.python.declarations import Declaration, in_order
from specloom.builders.python.documentation import schema_documentation
from specloom.builders.python.names import Names, allocate_names, member_names
from specloom.builders.python.nodes import (
    NONE,
    TRUE,
    Expression,
    Module,
    Statement,
    Symbol,
    annotated,
    argument,
    assign,
    call,
    call_with,
    class_,
    constant,
    docstring,
    name,
    ref,
    string,
    subscript,
    tuple_,
)
from specloom.builders.python.types import ANNOTATED, ANY, FIELD, TypeMapper
from specloom.builders.python.validator import validate
from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, SpecloomError
from specloom.ir.recursion import components
from specloom.ir.schemas import (
    IRAliasSchema,
    IREnumSchema,
    IRObjectSchema,
    IRPropertyObject,
    IRSchema,
    IRUnionSchema,
    schema_references,
    schema_types,
)
from specloom.ir.types import AnyType, IRType, NeverType, ScalarType, children, replace, union

from .context import schemas_document
from .facts import JSON_VALUE, Facts, facts_of
from .types import OVERRIDES, SchemaTypes, base64_type, is_decimal
from .values import constructed, enum_member, is_plain, plain_value

_MODULE = ("models", "schemas")  # where the nodes are checked; the file is called what the user says
_HOME = ".models.schemas"
_BASE = ref(Symbol("pydantic", "BaseModel"))
_CONFIG = ref(Symbol("pydantic", "ConfigDict"))
_ROOT = ref(Symbol("pydantic", "RootModel"))
_ALIAS = ref(Symbol("typing", "TypeAlias"))
_CAST = ref(Symbol("typing", "cast"))
_ENUMS = {
    "string": (ref(Symbol("enum", "StrEnum")),),
    "integer": (ref(Symbol("enum", "IntEnum")),),
    "mixed": (ref(Symbol("enum", "Enum")),),
}

def schemas_source(schemas: Sequence[type[BaseModel]], api: IRContext) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of a module with the schemas of ``api``, which was made of ``schemas``; and what it cannot say.

    Raises ``SpecloomError``: ``invalid-python-nodes`` where specloom is at fault.
    """
    from specloom.printers.python import print_module

    module, diagnostics = schemas_module(api, facts_of(schemas, schemas_document(schemas)))
    return print_module(module), diagnostics


def schemas_module(api: IRContext, facts: Facts) -> tuple[Module, tuple[Diagnostic, ...]]:
    """The same as nodes."""
    builder = _Builder(api, facts)
    declarations = [builder.declaration(schema) for schema in api.schemas.values() if not _is_json_value(schema)]
    ordered, circular = in_order(declarations)
    body = (*builder.shared(), *(statement for declaration in ordered for statement in declaration.statements))
    module = Module(_MODULE, body, "Schemas of Django models.", future_annotations=circular)
    problems = validate([module])
    if problems:
        raise SpecloomError(problems)
    return module, (*builder.names.diagnostics, *builder.diagnostics)


@dataclass(slots=True)
class _Default:
    """What stands behind a field: a value alone, or arguments of ``Field``."""

    value: Expression | None = None
    arguments: tuple[tuple[str, Expression], ...] = ()


class _Builder:
    """Builds the declarations of one module."""

    def __init__(self, api: IRContext, facts: Facts) -> None:
        self.api, self.facts = api, facts
        self.names = _in_one_module(api, facts)
        types: TypeMapper = SchemaTypes(self.names, api.schemas)
        for format, symbol in OVERRIDES:
            types = types.override(format, symbol)
        own = "Base64"
        while own in (symbol.name for symbol in self.names.schemas.values()):
            own += "_"
        self.base64 = Symbol(_HOME, own)
        for format in ("byte", "base64"):
            types = types.override(format, self.base64)
        self.types = types
        self.diagnostics: list[Diagnostic] = []
        self.roots = _circular_aliases(api)

    def shared(self) -> tuple[Statement, ...]:
        """What stands before the schemas: the type of bytes, where there are any."""
        types = [type for schema in self.api.schemas.values() for type in schema_types(schema)]
        used = any(_is_bytes(part) for type in types for part in _parts(type))
        return (annotated(self.base64.name, _ALIAS, base64_type()),) if used else ()

    def declaration(self, schema: IRSchema) -> Declaration:
        needs = tuple(dict.fromkeys(need for need in schema_references(schema) if not _is_json_value(self.api.schemas[need])))
        match schema:
            case IREnumSchema():
                return Declaration(schema.name, (self._enum(schema),), (), eager=True)
            case IRObjectSchema():
                constrained = self.types.is_constrained
                self.diagnostics += unchecked(_less_decimals(schema), is_root=False, is_constrained=constrained)
                return Declaration(schema.name, (self._class(schema),), needs)
            case IRUnionSchema():
                return self._alias(schema, union(schema.members), needs)
            case IRAliasSchema(type=type):
                return self._alias(schema, type, needs)

    def _enum(self, schema: IREnumSchema) -> Statement:
        body: list[Statement] = self._documentation(schema)
        for member, member_name in zip(schema.members, member_names(schema), strict=True):
            body.append(assign(name(member_name), constant(member.value)))
            if member.description:
                body.append(docstring(member.description, 1))
        return class_(self.names.schemas[schema.name].name, _ENUMS[schema.value_type], body)

    def _alias(self, schema: IRSchema, type: IRType, needs: tuple[str, ...]) -> Declaration:
        """A type alias; a class with a root where the alias needs itself."""
        own = self.names.schemas[schema.name].name
        node = self.types.model(type)
        if schema.name in self.roots:
            return Declaration(schema.name, (class_(own, [subscript(_ROOT, node)], self._documentation(schema)),), needs)
        return Declaration(schema.name, (annotated(own, _ALIAS, node),), needs, eager=True)

    def _class(self, schema: IRObjectSchema) -> Statement:
        body = self._documentation(schema)
        settings = self._settings(schema)
        if settings:
            body.append(assign(name("model_config"), call(_CONFIG, **settings)))
        for prop in schema.properties:
            body.append(self._field(schema, prop))
            if self._is_unknown(schema, prop):
                body.append(docstring("Left out, it is what the model's own default gives.", 1))
        return class_(self.names.schemas[schema.name].name, [_BASE], body)

    def _documentation(self, schema: IRSchema) -> list[Statement]:
        text = schema_documentation(schema)
        return [docstring(text, 1)] if text else []

    def _settings(self, schema: IRObjectSchema) -> dict[str, Expression]:
        found: dict[str, Expression] = {}
        if schema.additional is not None:
            found["extra"] = string("forbid" if isinstance(schema.additional, NeverType) else "allow")
        if any(not is_rust_pattern(pattern) for type in schema_types(schema) for pattern in _patterns(type)):
            found["regex_engine"] = string("python-re")
        if any(name.startswith("model_") for name in self.names.fields[schema.name].values()):
            found["protected_namespaces"] = tuple_()
        return found

    def _field(self, schema: IRObjectSchema, prop: IRPropertyObject) -> Statement:
        type = prop.type
        own = self.names.fields[schema.name][prop.name]
        node, constraints = _split(self.types.model(type))
        node = self.facts.types.get(schema.name, {}).get(prop.name, node)
        longest = self.facts.lengths.get(schema.name, {}).get(prop.name)
        if longest is not None:
            constraints = (*constraints, argument(constant(longest), "max_length"))
        default = self._default(schema, prop, type)
        words: list[tuple[str, Expression]] = list(default.arguments)
        if own != prop.name:
            words.append(("alias", string(prop.name)))
        if prop.title and prop.title != own.replace("_", " ").title():
            words.append(("title", string(prop.title)))
        if prop.description:
            words.append(("description", string(prop.description)))
        if prop.examples:
            words.append(("examples", plain_value(list(prop.examples))))
        if prop.deprecated:
            words.append(("deprecated", TRUE))
        if not words and not constraints:
            return annotated(own, node, default.value)
        arguments = [argument(value, keyword) for keyword, value in words]
        if default.value is not None:
            arguments.insert(0, argument(default.value, "default"))
        return annotated(own, node, call_with(FIELD, (*arguments, *constraints)))

    def _is_unknown(self, schema: IRObjectSchema, prop: IRPropertyObject) -> bool:
        """Whether a property has a default that the project alone knows."""
        known = (self.facts.factories.get(schema.name, {}), self.facts.bytes.get(schema.name, {}))
        return not prop.required and prop.default is None and not any(prop.name in each for each in known)

    def _default(self, schema: IRObjectSchema, prop: IRPropertyObject, type: IRType) -> _Default:
        if prop.required:
            return _Default()
        factory = self.facts.factories.get(schema.name, {}).get(prop.name)
        if factory is not None:
            return _Default(arguments=(("default_factory", ref(factory)),))
        text = self.facts.bytes.get(schema.name, {}).get(prop.name)
        if text is not None:
            return _Default(arguments=(("default", string(text)), ("validate_default", TRUE)))
        if prop.default is None:
            # The project alone knows the default: absent here, while null is refused as it is there.
            return _Default(arguments=(("default", call(_CAST, ANY, NONE)),))
        value = prop.default.value
        member = enum_member(value, type, self.api.schemas, self.names)
        if member is not None:
            return _Default(member)
        made = constructed(value, type)
        if made is not None:
            return _Default(made)
        if is_plain(value, type):
            return _Default(plain_value(value))
        return _Default(arguments=(("default", plain_value(value)), ("validate_default", TRUE)))


def _in_one_module(api: IRContext, facts: Facts) -> Names:
    """All names: those of classes as names of the one module, those of fields as the schemas have them where that is possible."""
    names = allocate_names(api)
    symbols = {
        key: JSON_VALUE if _is_json_value(api.schemas[key]) else Symbol(_HOME, symbol.name)
        for key, symbol in names.schemas.items()
    }
    fields = {key: _field_names(found, facts.names.get(key, {})) for key, found in names.fields.items()}
    return replace_dataclass(names, schemas=symbols, fields=fields)


def _field_names(allocated: Mapping[str, str], own: Mapping[str, str]) -> Mapping[str, str]:
    """The names of a schema's own fields; another where pydantic would take it for a method, as ``allocated`` has it."""
    found = {key: own[key] if key in own and not hasattr(BaseModel, own[key]) else name for key, name in allocated.items()}
    return found if len(set(found.values())) == len(found) else allocated


def _is_json_value(schema: IRSchema) -> bool:
    """Whether it is pydantic's own name of any JSON value, which a module imports instead of declaring it again."""
    return schema.name == "JsonValue" and isinstance(schema, IRAliasSchema) and isinstance(schema.type, AnyType)


def _split(node: Expression) -> tuple[Expression, tuple[cst.Arg, ...]]:
    """``Annotated[int, Field(ge=1)]`` as ``int`` and the arguments, which then stand in the ``Field`` behind the equals sign."""
    if not (isinstance(node, cst.Subscript) and node.value is ANNOTATED and len(node.slice) == 2):
        return node, ()
    inner, field = (part.slice.value for part in node.slice if isinstance(part.slice, cst.Index))
    if isinstance(field, cst.Call) and field.func is FIELD:
        return inner, tuple(field.args)
    return node, ()


def _less_decimals(schema: IRObjectSchema) -> IRObjectSchema:
    """The schema less what is checked of decimals, so that nobody says it were not."""
    def change(type: IRType) -> IRType:
        plain = isinstance(type, ScalarType) and is_decimal(type)
        return ScalarType(type="string", format="decimal") if plain else type

    properties = tuple(
        prop.model_copy(update={"type": replace(prop.type, change)}) for prop in schema.properties
    )
    return schema.model_copy(update={"properties": properties})


def _parts(type: IRType) -> Iterator[IRType]:
    yield type
    for child in children(type):
        yield from _parts(child)


def _is_bytes(type: IRType) -> bool:
    return isinstance(type, ScalarType) and (type.format in ("byte", "base64") or type.content_encoding == "base64")


def _patterns(type: IRType) -> Iterator[str]:
    for part in _parts(type):
        if isinstance(part, ScalarType) and part.constraints.pattern is not None and not is_decimal(part):
            yield part.constraints.pattern


def _circular_aliases(api: IRContext) -> frozenset[str]:
    needs = {
        key: tuple(schema_references(schema))
        for key, schema in api.schemas.items()
        if isinstance(schema, IRUnionSchema | IRAliasSchema)
    }
    found = [part for part in components(needs) if len(part) > 1 or part[0] in needs[part[0]]]
    return frozenset(key for part in found for key in part)
