"""``Validate`` of what is sent: what the document asks of values, checked before anything leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite

from specloom.ir.context import IRContext
from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.ir.operations import IROperationObject
from specloom.ir.schemas import IREnumSchema, IRObjectSchema, IRSchema, schema_references
from specloom.ir.types import (
    NO_CONSTRAINTS,
    ArrayType,
    Constraints,
    IRType,
    MapType,
    NeverType,
    Number,
    ReferenceType,
    ScalarType,
    TupleType,
    UnionType,
    references,
)

from . import nodes as go
from .names import EXTRA_FIELD
from .patterns import re2_pattern
from .shapes import Arms
from .spelling import receiver
from .types import NULLABLE, TypeMapper
from .unions import Union

_V = go.name("v")
_NAME = go.name("name")
_NUMBERS = frozenset((go.INT64, go.INT32, go.FLOAT64, go.name("uint32"), go.name("uint64")))


@dataclass(frozen=True, slots=True)
class CheckedField:
    """A field of a struct that is checked: its name on the wire and in Go, its Go type, and what it is."""

    wire: str
    name: str
    node: go.Type
    type: IRType
    required: bool


class Validation:
    """Makes the methods that check what is sent. ``diagnostics`` grows with what a method that was made does not check."""

    def __init__(self, api: IRContext, types: TypeMapper) -> None:
        self._api, self._types = api, types
        self._names, self._shapes = types.names, types.shapes
        self._checked = self._needed()
        self._patterns: dict[str, str] = {}
        self._new_patterns: list[go.Declaration] = []
        self._lost: dict[str, dict[str, None]] = {}
        self.diagnostics: list[Diagnostic] = []

    # --- which schemas

    def _needed(self) -> frozenset[str]:
        """Schemas that are sent, and ask something themselves or mention one that does."""
        sent: dict[str, tuple[str, ...]] = {}
        waiting = [name for operation in self._api.operations for type in _sent(operation) for name in references(type)]
        while waiting:
            name = waiting.pop()
            if name not in sent:
                sent[name] = tuple(dict.fromkeys(schema_references(self._api.schemas[name])))
                waiting += sent[name]
        users: dict[str, list[str]] = {}
        for name, mentioned in sent.items():
            for other in mentioned:
                users.setdefault(other, []).append(name)
        found: set[str] = set()
        waiting = [name for name in sent if self._asks_itself(self._api.schemas[name])]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += users.get(name, ())
        return frozenset(found)

    def _asks_itself(self, schema: IRSchema) -> bool:
        match schema:
            case IRObjectSchema(properties=properties, additional=additional):
                sized = schema.min_properties is not None or schema.max_properties is not None
                return sized or any(_asks(p.type) for p in properties) or (additional is not None and _asks(additional))
            case IREnumSchema():
                return False
            case _:
                found = self._shapes.aliased(schema.name)
                return not isinstance(found, tuple) and _asks(found)

    def _has_method(self, name: str) -> bool:
        return name in self._checked and self._shapes.definition(name) not in ("alias", "enum")

    def _arms_have(self, arms: Arms) -> bool:
        return any(self._is_nested(arm.type) for arm in arms)

    def _is_nested(self, type: IRType) -> bool:
        """Whether there is something inside that checks itself."""
        resolved = self._shapes.resolved(type)
        match resolved:
            case ReferenceType(name=name):
                return self._has_method(name)
            case ArrayType(items=inner) | MapType(values=inner):
                return self._is_nested(inner)
            case UnionType():
                found = self._shapes.simplified(resolved)
                return self._arms_have(found) if isinstance(found, tuple) else self._is_nested(found)
            case _:
                return False

    # --- methods

    def methods(self, name: str) -> Iterator[go.Declaration]:
        """``Validate`` of the type of a schema, and the patterns it needs; nothing where there is nothing to check."""
        if not self._has_method(name):
            return
        schema, type = self._api.schemas[name], self._names.types[name]
        self._lost = {}
        definition = self._shapes.definition(name)
        value = go.name(receiver(type))
        if definition == "union":
            if self._arms_have(self._names_arms(name)):
                yield _union_method(type)
            return
        if isinstance(schema, IRObjectSchema) and definition == "struct":
            fields = self._names.fields[name]
            checked = (
                CheckedField(p.name, fields[p.name], self._types.property(name, p), p.type, p.required)
                for p in schema.properties
            )
            body = list(self._size("", value, schema.min_properties, schema.max_properties))
            body += self._fields(type, value, checked)
            if schema.additional is not None and not isinstance(schema.additional, NeverType):
                extra = CheckedField("", EXTRA_FIELD, go.ANY, MapType(values=schema.additional), True)
                body += self._fields(type, value, (extra,))
        else:
            whole = self._whole(schema)
            body = list(self._checks(type, go.string(""), value, whole))
        if body:
            yield from self._taken_patterns()
            yield _method(type, body)
        self._report(schema)

    def _names_arms(self, name: str) -> Arms:
        found = self._shapes.aliased(name)
        assert isinstance(found, tuple)
        return found

    def _whole(self, schema: IRSchema) -> IRType:
        """What a map or a list that is a type of its own holds."""
        if isinstance(schema, IRObjectSchema):
            values = schema.additional
            assert values is not None
            return MapType(values=values, min_properties=schema.min_properties, max_properties=schema.max_properties)
        found = self._shapes.aliased(schema.name)
        assert not isinstance(found, tuple)
        return found

    def union_methods(self, union: Union) -> Iterator[go.Declaration]:
        """``Validate`` of a union that has no schema."""
        if any(self._is_nested(arm.arm.type) for arm in union.arms):
            yield _union_method(union.names.type)

    def struct_methods(self, type: str, fields: Iterable[CheckedField]) -> Iterator[go.Declaration]:
        """``Validate`` of a struct that is no schema's: of the parameters of an operation."""
        body = list(self._fields(type, go.name(receiver(type)), fields))
        if body:
            yield from self._taken_patterns()
            yield _method(type, body)

    def _taken_patterns(self) -> list[go.Declaration]:
        found, self._new_patterns = self._new_patterns, []
        return found

    # --- checks

    def _fields(self, owner: str, variable: go.Expression, fields: Iterable[CheckedField]) -> Iterator[go.Statement]:
        for field in fields:
            if isinstance(field.type, ScalarType) and field.type.constraints is NO_CONSTRAINTS:
                continue
            value = go.selector(variable, field.name)
            label = go.string(field.wire)
            statements = list(self._checks(owner + field.name, label, value, field.type))
            statements = _reached(statements, field.node, value)
            may_be_nil = self._types.is_bare(field.type) and not isinstance(field.node, go.Instance)
            if statements and not field.required and may_be_nil and _asks_for_items(statements[0]):
                statements = [go.if_(go.binary(value, "!=", go.NIL), *statements)]
            yield from statements

    def _checks(self, place: str, label: go.Expression, value: go.Expression, type: IRType) -> Iterator[go.Statement]:
        """Statements that check one value; ``place``: what a pattern's name begins with."""
        resolved = self._shapes.resolved(type)
        match resolved:
            case ScalarType(constraints=constraints):
                if constraints is not NO_CONSTRAINTS and constraints != NO_CONSTRAINTS:
                    yield from self._scalar(place, label, value, resolved, constraints)
            case ReferenceType(name=name):
                if self._has_method(name):
                    yield _call("nested", label, value)
            case ArrayType(items=items):
                yield from self._size(label, value, resolved.min_items, resolved.max_items)
                if resolved.unique_items:
                    yield _call("unique", label, value)
                yield from self._each("each", place, label, value, items)
            case MapType(values=values):
                yield from self._size(label, value, resolved.min_properties, resolved.max_properties)
                if resolved.key_pattern is not None:
                    self._lose(f"the pattern {resolved.key_pattern!r} of keys", place)
                yield from self._each("eachOf", place, label, value, values)
            case TupleType(items=items, rest=rest):
                most = len(items) if isinstance(rest, NeverType) else None
                yield from self._size(label, value, resolved.min_items, most)
            case UnionType():
                yield from self._union(place, label, value, resolved)
            case _:
                pass

    def _union(self, place: str, label: go.Expression, value: go.Expression, type: UnionType) -> Iterator[go.Statement]:
        found = self._shapes.simplified(type)
        if isinstance(found, tuple):
            if self._arms_have(found):
                yield _call("nested", label, value)
            if any(_asks(member) for member in type.members):
                self._lose("what only one of several types asks for", place)
        else:
            yield from self._checks(place, label, value, found)

    def _each(
        self, function: str, place: str, label: go.Expression, value: go.Expression, items: IRType
    ) -> Iterator[go.Statement]:
        item = go.name("item")
        inner = list(self._checks(f"{place}Item", _NAME, item, items))
        if not inner:
            return
        if all(_is_nested_call(statement) for statement in inner):
            yield _call("nested", label, value)
            return
        node = self._types.value(items)
        check = go.func_literal((go.parameter("name", go.STRING), go.parameter("item", node)), (), _reached(inner, node, item))
        yield go.expression(go.call(go.name(function), go.address_of(_V), label, value, check))

    def _size(
        self, label: go.Expression | str, value: go.Expression, least: int | None, most: int | None
    ) -> Iterator[go.Statement]:
        found = _limits(least, most)
        if found is not None:
            yield _call("items", go.string(label) if isinstance(label, str) else label, value, *found)

    def _scalar(
        self, place: str, label: go.Expression, value: go.Expression, type: ScalarType, asked: Constraints
    ) -> Iterator[go.Statement]:
        node = self._types.scalar(type)
        if node in _NUMBERS:
            yield from (_call(method, label, value, go.number(limit)) for method, limit in _bounds(asked))
        elif node is go.STRING:
            limits = _limits(asked.min_length, asked.max_length)
            if limits is not None:
                yield _call("length", label, value, *limits)
            if asked.pattern is not None:
                pattern = self._pattern(place, asked.pattern)
                if pattern is not None:
                    yield _call("pattern", label, value, pattern)
        elif type.type != "boolean":
            self._lose(f"what is asked of a {type.type} of the format {type.format or type.content_encoding!r}", place)

    def _pattern(self, place: str, text: str) -> go.Expression | None:
        """The variable of a pattern, each text once in the package."""
        known = self._patterns.get(text)
        if known is None:
            expression = re2_pattern(text)
            if expression is None:
                self._lose(f"the pattern {text!r}: it does not mean the same in Go", place)
                return None
            wanted = f"{_lowered(place)}Pattern"
            known = self._patterns[text] = self._names.scope.allocate(("pattern", text), wanted).name
            compiled = go.call(go.name("pattern"), go.raw_string(expression))
            self._new_patterns.append(go.variable(known, None, compiled))
        return go.name(known)

    # --- what is not checked

    def _lose(self, what: str, place: str) -> None:
        self._lost.setdefault(what, {})[place] = None

    def _report(self, schema: IRSchema) -> None:
        for what, places in self._lost.items():
            self.diagnostics.append(
                Diagnostic(
                    code="constraint-not-checked",
                    severity=Severity.INFO,
                    message=f"the Go model does not check {what}, in {', '.join(map(repr, places))}",
                    pointer=schema.pointer,
                )
            )
        self._lost = {}


def _sent(operation: IROperationObject) -> Iterator[IRType]:
    """The types of what an operation sends."""
    for parameter in operation.parameters:
        yield parameter.type
    if operation.request_body is not None:
        for content in operation.request_body.contents:
            yield content.type


def _asks(type: IRType) -> bool:
    """Whether there is a constraint in ``type``, schemas that it mentions aside."""
    match type:
        case ScalarType(constraints=constraints):
            return constraints is not NO_CONSTRAINTS and constraints != NO_CONSTRAINTS
        case ArrayType(items=items):
            return type.min_items is not None or type.max_items is not None or type.unique_items or _asks(items)
        case MapType(values=values):
            sized = type.min_properties is not None or type.max_properties is not None
            return sized or type.key_pattern is not None or _asks(values)
        case TupleType():
            return bool(type.min_items) or isinstance(type.rest, NeverType)
        case UnionType(members=members):
            return any(_asks(member) for member in members)
        case _:
            return False


def _limits(least: int | None, most: int | None) -> tuple[go.Expression, go.Expression] | None:
    """Both limits, as far as they say something; -1 is none."""
    low = least if least is not None and 0 < least < 2**31 else None
    high = most if most is not None and 0 <= most < 2**31 else None
    if low is None and high is None:
        return None
    return go.number(0 if low is None else low), go.number(-1 if high is None else high)


def _bounds(asked: Constraints) -> Iterator[tuple[str, Number]]:
    for method, limit in (
        ("minimum", asked.minimum),
        ("exclusiveMinimum", asked.exclusive_minimum),
        ("maximum", asked.maximum),
        ("exclusiveMaximum", asked.exclusive_maximum),
        ("multipleOf", asked.multiple_of),
    ):
        if limit is not None and _is_number(limit) and (method != "multipleOf" or limit > 0):
            yield method, int(limit) if isinstance(limit, float) and limit.is_integer() and abs(limit) < 2**53 else limit


def _is_number(limit: Number) -> bool:
    """Whether a float64 can hold it."""
    try:
        return isfinite(float(limit))
    except OverflowError:
        return False


def _lowered(name: str) -> str:
    """An exported name as one that is not: ``ProductPrice`` is ``productPrice``, ``APIKeyName`` is ``apiKeyName``."""
    upper = len(name) - len(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    cut = upper if upper in (1, len(name)) else max(upper - 1, 1)
    return name[:cut].lower() + name[cut:]


def _call(method: str, label: go.Expression, value: go.Expression, *args: go.Expression) -> go.ExpressionStatement:
    return go.expression(go.call(go.selector(_V, method), label, value, *args))


def _is_nested_call(statement: go.Statement) -> bool:
    return (
        isinstance(statement, go.ExpressionStatement)
        and isinstance(statement.value, go.Call)
        and statement.value.function == go.selector(_V, "nested")
    )


def _reached(statements: list[go.Statement], node: go.Type, value: go.Expression) -> list[go.Statement]:
    """The statements, where they go over items of what may be a pointer or Nullable: on what it leads to."""
    if not any(_goes_over(statement) for statement in statements):
        return statements
    inner = [_with_value(s, value, go.name("values") if isinstance(node, go.Instance) else go.deref(value)) for s in statements]
    if isinstance(node, go.Pointer):
        return [go.if_(go.binary(value, "!=", go.NIL), *inner)]
    if isinstance(node, go.Instance) and node.generic == NULLABLE:
        return [go.if_(go.name("ok"), *inner, init=go.define(("values", "ok"), go.call(go.selector(value, "Get"))))]
    return statements


def _asks_for_items(statement: go.Statement) -> bool:
    """Whether it is ``v.items`` with a lower limit, which what was left out must not meet."""
    match statement:
        case go.ExpressionStatement(go.Call(function=go.Selector(name="items"), args=(_, _, go.NumberLiteral(value=low), _))):
            return low > 0
        case _:
            return False


def _goes_over(statement: go.Statement) -> bool:
    return (
        isinstance(statement, go.ExpressionStatement)
        and isinstance(statement.value, go.Call)
        and statement.value.function in (go.name("each"), go.name("eachOf"))
    )


def _with_value(statement: go.Statement, old: go.Expression, new: go.Expression) -> go.Statement:
    assert isinstance(statement, go.ExpressionStatement) and isinstance(statement.value, go.Call)
    call = statement.value
    return go.expression(go.call(call.function, *(new if arg == old else arg for arg in call.args)))


def _method(type: str, body: Iterable[go.Statement]) -> go.Function:
    return go.function(
        "Validate",
        (),
        (go.ERROR,),
        (go.var("v", go.name("validation")), *body, go.return_(go.call(go.selector(_V, "err")))),
        go.doc("Validate reports what the API's description does not allow."),
        receiver=go.parameter(receiver(type), go.name(type)),
    )


def _union_method(type: str) -> go.Function:
    value = go.selector(go.name(receiver(type)), "Value")
    return go.function(
        "Validate",
        (),
        (go.ERROR,),
        (go.return_(go.call(go.name("validationError"), value)),),
        go.doc("Validate reports what the API's description does not allow."),
        receiver=go.parameter(receiver(type), go.name(type)),
    )
