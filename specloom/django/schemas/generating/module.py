"""One module of Pydantic models that stands alone: the schemas as somebody would have written them without a Django model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_dataclass
from typing import Any

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
from specloom.builders.python.nodes import union as union_node
from specloom.builders.python.types import ANNOTATED, ANY, DICT, FIELD, LIST, STR
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
from specloom.ir.types import AnyType, IRType, NeverType, ReferenceType, ScalarType, children, replace, union

from .context import Mode, described
from .facts import Facts, FieldFacts, facts_of
from .shared import BASE_MODEL, HOME, JSON_VALUE, TRUE_OR_FALSE, Shared, default_title
from .types import OVERRIDES, SchemaTypes, is_decimal
from .values import constructed, enum_member, is_plain, plain_value

_MODULE = ("models", "schemas")  # where the nodes are checked; the file is called what the user says
_CONFIG = ref(Symbol("pydantic", "ConfigDict"))
_ROOT = ref(Symbol("pydantic", "RootModel"))
_ALIAS = ref(Symbol("typing", "TypeAlias"))
_CAST = ref(Symbol("typing", "cast"))
_ENUMS = {
    "string": (ref(Symbol("enum", "StrEnum")),),
    "integer": (ref(Symbol("enum", "IntEnum")),),
    "mixed": (ref(Symbol("enum", "Enum")),),
}


def schemas_source(
    schemas: Sequence[type[BaseModel]], api: IRContext, mode: Mode = "validation"
) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of a module with the schemas of ``api``, which was made of ``schemas`` in this mode; and what it cannot say.

    Raises ``SpecloomError``: ``invalid-python-nodes`` where specloom is at fault.
    """
    from specloom.printers.python import print_module

    found = described(schemas, mode)
    module, diagnostics = schemas_module(api, facts_of(found, mode), found.document)
    return print_module(module), diagnostics


def schemas_module(api: IRContext, facts: Facts, document: Mapping[str, Any]) -> tuple[Module, tuple[Diagnostic, ...]]:
    """The same as nodes."""
    builder = _Builder(api, facts, document)
    declarations = [builder.declaration(schema) for schema in api.schemas.values() if not _is_json_value(schema)]
    ordered, circular = in_order(declarations)
    body = (*builder.shared.statements(), *(statement for declaration in ordered for statement in declaration.statements))
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

    def __init__(self, api: IRContext, facts: Facts, document: Mapping[str, Any]) -> None:
        self.api, self.facts, self.document = api, facts, document
        self.names = _in_one_module(api, facts)
        self.shared = Shared(frozenset(symbol.name for symbol in self.names.schemas.values()))
        self.types = SchemaTypes(self.names, api.schemas, shared=self.shared)
        for format, symbol in (*OVERRIDES, ("byte", self.shared.base64()), ("base64", self.shared.base64())):
            self.types = self.types.override(format, symbol)
        self.diagnostics: list[Diagnostic] = []
        self.roots = _circular_aliases(api)
        if any(_is_bytes(part) for schema in api.schemas.values() for type in schema_types(schema) for part in _parts(type)):
            self.shared.use_base64()
        self.titled = _is_titled(api, self.names)
        self.base = self.shared.titled() if self.titled else BASE_MODEL

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
        facts = {prop.name: self.facts.of(schema.name, prop.name) for prop in schema.properties}
        python = any(_needs_python(prop.type, facts[prop.name].patterns) for prop in schema.properties)
        settings = self._settings(schema, python=python)
        if settings:
            body.append(assign(name("model_config"), call(_CONFIG, **settings)))
        for prop in schema.properties:
            body.append(self._field(schema, prop, python=python))
            if _is_unknown(facts[prop.name], prop):
                body.append(docstring("Left out, it is what the model's own default gives.", 1))
        return class_(self.names.schemas[schema.name].name, [self.base], body)

    def _documentation(self, schema: IRSchema) -> list[Statement]:
        text = schema_documentation(schema)
        return [docstring(text, 1)] if text else []

    def _settings(self, schema: IRObjectSchema, *, python: bool) -> dict[str, Expression]:
        found = dict(self.facts.settings.get(schema.name, {}))
        if schema.additional is not None:
            found["extra"] = string("forbid" if isinstance(schema.additional, NeverType) else "allow")
        if python:
            found["regex_engine"] = string("python-re")
        if any(name.startswith("model_") for name in self.names.fields[schema.name].values()):
            found["protected_namespaces"] = tuple_()
        return dict(sorted(found.items()))

    def _field(self, schema: IRObjectSchema, prop: IRPropertyObject, *, python: bool) -> Statement:
        facts = self.facts.of(schema.name, prop.name)
        type = _in_python(prop.type, facts.patterns) if python else prop.type
        own = self.names.fields[schema.name][prop.name]
        types = replace_dataclass(self.types, checks=facts.checks)
        node, constraints = _split(self._type(schema, prop, facts) or types.model(type))
        if facts.length is not None:
            constraints = (*constraints, argument(constant(facts.length), "max_length"))
        default = self._default(facts, prop, type)
        words = [*default.arguments, *self._words(prop, own, facts)]
        if not words and not constraints:
            return annotated(own, node, default.value)
        arguments = [argument(value, keyword) for keyword, value in words]
        if default.value is not None:
            arguments.insert(0, argument(default.value, "default"))
        return annotated(own, node, call_with(FIELD, (*arguments, *constraints)))

    def _words(self, prop: IRPropertyObject, own: str, facts: FieldFacts) -> Iterator[tuple[str, Expression]]:
        """What is said of a field beside its type and its default."""
        if facts.aliases:
            if "validation_alias" not in facts.aliases and own != prop.name:
                yield "validation_alias", string(prop.name)
            yield from facts.aliases.items()
        elif own != prop.name:
            yield "alias", string(prop.name)
        if prop.title and prop.title != (default_title(own) if self.titled else own.replace("_", " ").title()):
            yield "title", string(prop.title)
        if prop.description:
            yield "description", string(prop.description)
        if prop.examples:
            yield "examples", plain_value(list(prop.examples))
        if prop.deprecated:
            yield "deprecated", TRUE

    def _type(self, schema: IRObjectSchema, prop: IRPropertyObject, facts: FieldFacts) -> Expression | None:
        """An annotation that says more than that of the intermediate representation."""
        given = self.document["components"]["schemas"].get(schema.name, {}).get("properties", {}).get(prop.name, {})
        parts = given.get("anyOf", (given,))
        both = ([True, False], [False, True])
        booleans = [part for part in parts if part.get("type") == "boolean" and part.get("enum") in both]
        if booleans and len(parts) == 1:
            return TRUE_OR_FALSE
        if booleans and len(parts) == 2 and {"type": "null"} in parts:
            return union_node(TRUE_OR_FALSE, NONE)
        anything = "type" not in given and "anyOf" not in given
        if anything and given.get("not") == {"type": "null"}:
            return self.shared.json(null=False, storable="storable_json" in facts.checks)
        return None

    def _default(self, facts: FieldFacts, prop: IRPropertyObject, type: IRType) -> _Default:
        if prop.required:
            return _Default()
        if facts.factory is not None:
            return _Default(arguments=(("default_factory", self._factory(facts.factory, type)),))
        if facts.bytes is not None:
            return _Default(arguments=(("default", call(_CAST, ANY, string(facts.bytes))), ("validate_default", TRUE)))
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
        return _Default(arguments=(("default", call(_CAST, ANY, plain_value(value))), ("validate_default", TRUE)))

    def _factory(self, factory: Expression, type: IRType) -> Expression:
        """The factory; that of a list or an object says what is in it where the type of the field does not."""
        plain = isinstance(type, AnyType) or (isinstance(type, ReferenceType) and _is_json_value(self.api.schemas[type.name]))
        value = ref(JSON_VALUE)
        if plain and factory is LIST:
            return subscript(LIST, value)
        return subscript(DICT, STR, value) if plain and factory is DICT else factory


def _is_unknown(facts: FieldFacts, prop: IRPropertyObject) -> bool:
    """Whether a property has a default that the project alone knows."""
    return not prop.required and prop.default is None and facts.factory is None and facts.bytes is None


def _is_titled(api: IRContext, names: Names) -> bool:
    """Whether more is saved than lost where fields are titled as Django does, and not as pydantic does."""
    balance = 0
    for key, schema in api.schemas.items():
        for prop in schema.properties if isinstance(schema, IRObjectSchema) else ():
            own = names.fields[key][prop.name]
            balance += (prop.title == default_title(own)) - (prop.title == own.replace("_", " ").title())
    return balance > 0


def _needs_python(type: IRType, patterns: Mapping[str, str]) -> bool:
    """Whether only Python's own engine matches the patterns of a type as its field does."""
    return any(
        not is_rust_pattern(pattern) or (pattern in patterns and bool(_CLASSES.search(pattern))) for pattern in _patterns(type)
    )


_CLASSES = re.compile(r"\\[wWsSbB]")
"""Classes of characters, of which each engine has its own idea."""


def _in_python(type: IRType, patterns: Mapping[str, str]) -> IRType:
    """The type with its patterns as Python writes them."""

    def change(part: IRType) -> IRType:
        own = patterns.get(part.constraints.pattern or "") if isinstance(part, ScalarType) else None
        if own is None or not isinstance(part, ScalarType):
            return part
        return part.model_copy(update={"constraints": part.constraints.model_copy(update={"pattern": own})})

    return replace(type, change)


def _in_one_module(api: IRContext, facts: Facts) -> Names:
    """All names: those of classes as names of the one module, those of fields as the schemas have them where that is possible."""
    names = allocate_names(api)
    symbols = {
        key: JSON_VALUE if _is_json_value(api.schemas[key]) else Symbol(HOME, symbol.name)
        for key, symbol in names.schemas.items()
    }
    own = {key: {prop: found.name for prop, found in facts.fields.get(key, {}).items()} for key in names.fields}
    fields = {key: _field_names(found, own[key]) for key, found in names.fields.items()}
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
