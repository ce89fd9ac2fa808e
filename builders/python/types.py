"""IR types as Python annotations: what a model holds, what a caller may pass, what a dict may have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Self, TypeAlias, assert_never

from specloom.ir.schemas import IRAliasSchema, IREnumSchema, IRSchema, IRUnionSchema
from specloom.ir.types import (
    AnyType,
    ArrayType,
    IRType,
    LiteralType,
    LiteralValue,
    MapType,
    NeverType,
    ReferenceType,
    ScalarType,
    TupleType,
    UnionType,
    UploadType,
    is_null,
)

from .constraints import Constraint, is_python_pattern, lengths, scalar_constraints, tuple_lengths
from .names import Names
from .nodes import NONE, Expression, Symbol, argument, call_with, constant, ref, subscript, tuple_, union

STR = ref(Symbol("builtins", "str"))
INT = ref(Symbol("builtins", "int"))
FLOAT = ref(Symbol("builtins", "float"))
BOOL = ref(Symbol("builtins", "bool"))
BYTES = ref(Symbol("builtins", "bytes"))
LIST = ref(Symbol("builtins", "list"))
DICT = ref(Symbol("builtins", "dict"))
TUPLE = ref(Symbol("builtins", "tuple"))
ANY = ref(Symbol("typing", "Any"))
LITERAL = ref(Symbol("typing", "Literal"))
ANNOTATED = ref(Symbol("typing", "Annotated"))
FIELD = ref(Symbol("pydantic", "Field"))
SEQUENCE = ref(Symbol("collections.abc", "Sequence"))
MAPPING = ref(Symbol("collections.abc", "Mapping"))
FILE_INPUT = ref(Symbol(".base", "FileInput"))
BASE64 = ref(Symbol(".base", "Base64"))


@dataclass(frozen=True, slots=True)
class ScalarMapping:
    """What a scalar is in Python. ``constrained``: its constraints can be said; ``loose``: a dict may hold its text too."""

    type: Expression
    constrained: bool = False
    loose: Expression | None = None


_STRING_FORMATS: Mapping[str, ScalarMapping] = MappingProxyType(
    {
        "date-time": ScalarMapping(ref(Symbol("datetime", "datetime"))),
        "date": ScalarMapping(ref(Symbol("datetime", "date"))),
        "time": ScalarMapping(ref(Symbol("datetime", "time"))),
        "duration": ScalarMapping(ref(Symbol("datetime", "timedelta"))),
        "uuid": ScalarMapping(ref(Symbol("uuid", "UUID"))),
        "decimal": ScalarMapping(ref(Symbol("decimal", "Decimal")), loose=STR),
        "byte": ScalarMapping(BASE64),
        "base64": ScalarMapping(BASE64),
    }
)
"""Formats of strings that Python has a type for.

Not among them: ``email``, ``uri``, ``hostname``, ``ipv4`` and the like, which stay ``str``: servers answer with what is none,
and a client that cannot read an answer helps nobody.
"""
_PLAIN: Mapping[str, ScalarMapping] = MappingProxyType(
    {
        "string": ScalarMapping(STR, constrained=True),
        "integer": ScalarMapping(INT, constrained=True),
        "number": ScalarMapping(FLOAT, constrained=True),
        "boolean": ScalarMapping(BOOL),
    }
)
_Key: TypeAlias = tuple[str, str]
_FORMATS: Mapping[_Key, ScalarMapping] = MappingProxyType({("string", f): found for f, found in _STRING_FORMATS.items()})


@dataclass(frozen=True, slots=True)
class TypeMapper:
    """From IR types to annotations. Immutable: :meth:`override` answers a changed copy."""

    names: Names
    schemas: Mapping[str, IRSchema]
    formats: Mapping[_Key, ScalarMapping] = field(default_factory=lambda: _FORMATS)
    dicts: frozenset[str] = frozenset()
    """Schemas whose TypedDict is written: those that travel in request bodies."""

    def override(self, format: str, type: Symbol | Expression, *, of: str = "string") -> Self:
        """The same mapper, but ``format`` of the scalar type ``of`` is ``type``.

        ``mapper.override("money", Symbol("decimal", "Decimal"))``
        """
        node = ref(type) if isinstance(type, Symbol) else type
        return replace(self, formats=MappingProxyType({**self.formats, (of, format): ScalarMapping(node)}))

    def scalar(self, type: ScalarType) -> ScalarMapping:
        """What a scalar is, by its format, else by its type."""
        found = self.formats.get((type.type, type.format)) if type.format else None
        if found is None and type.type == "string" and (type.content_encoding or "").lower() == "base64":
            found = ScalarMapping(BASE64)
        return found or _PLAIN[type.type]

    def is_constrained(self, type: ScalarType) -> bool:
        """Whether the constraints of a scalar can be said of its Python type."""
        return self.scalar(type).constrained

    def symbol(self, name: str) -> Expression:
        """A schema's class or alias; an alias of nothing but null is spelled out, since ``None | None`` is no type to Python."""
        return NONE if self._is_none(name) else ref(self.names.schemas[name])

    def _is_none(self, name: str) -> bool:
        seen: set[str] = set()
        while name not in seen:
            seen.add(name)
            schema = self.schemas[name]
            match schema.type if isinstance(schema, IRAliasSchema) else None:
                case ReferenceType(name=other):
                    name = other
                case NeverType() | LiteralType(value=None):
                    return True
                case _:
                    return False
        return False

    # --- what a model holds and a response is

    def model(self, type: IRType) -> Expression:
        """The annotation of a field, a response or an alias, constraints included."""
        match type:
            case ScalarType():
                mapping = self.scalar(type)
                return _constrained(mapping.type, scalar_constraints(type)) if mapping.constrained else mapping.type
            case LiteralType(value=value):
                return literal((value,))
            case ArrayType(items=items, min_items=least, max_items=most):
                return _constrained(subscript(LIST, self.model(items)), lengths(least, most))
            case MapType(values=values, min_properties=least, max_properties=most):
                return _constrained(subscript(DICT, _key(type.key_pattern), self.model(values)), lengths(least, most))
            case TupleType(items=items, rest=rest):
                found = self._tuple(type, self.model, LIST)
                if tuple_lengths(type) is not None:
                    return found
                return _constrained(found, lengths(type.min_items, len(items) if isinstance(rest, NeverType) else None))
            case ReferenceType(name=name):
                return self.symbol(name)
            case UnionType(members=members):
                return self._union(members, self.model)
            case AnyType():
                return ANY
            case NeverType():
                return NONE
            case UploadType():
                return FILE_INPUT
            case _:
                assert_never(type)

    def bare(self, type: IRType) -> Expression:
        """The annotation without constraints: what a function returns."""
        return self._plain(type, self.bare, self.symbol, LIST, DICT, loose=False)

    def argument(self, type: IRType) -> Expression:
        """What a caller passes as a parameter: any sequence for an array, any mapping for a map."""
        return self._plain(type, self.argument, self.symbol, SEQUENCE, MAPPING, loose=False)

    def body(self, type: IRType) -> Expression:
        """What a caller passes as a body: a model or its dict."""
        return self._plain(type, self.body, self._model_or_dict, SEQUENCE, MAPPING, loose=False)

    def entry(self, type: IRType) -> Expression:
        """What an entry of a dict may hold: texts for decimals and enums too, dicts for models."""
        return self._plain(type, self.entry, self._entry, SEQUENCE, MAPPING, loose=True)

    def _model_or_dict(self, name: str) -> Expression:
        if name in self.dicts and name in self.names.dicts:
            return union(self.symbol(name), ref(self.names.dicts[name]))
        schema = self.schemas[name]
        if isinstance(schema, IRUnionSchema):
            objects = [m.name for m in schema.members if isinstance(m, ReferenceType) and m.name in self.dicts]
            if objects and len(objects) == len(schema.members):
                return union(*(node for o in objects for node in (self.symbol(o), ref(self.names.dicts[o]))))
        return self.symbol(name)

    def _entry(self, name: str) -> Expression:
        schema = self.schemas[name]
        if isinstance(schema, IREnumSchema):
            values = [m.value for m in schema.members if not isinstance(m.value, float)]
            return union(self.symbol(name), literal(values)) if values else self.symbol(name)
        return self._model_or_dict(name)

    def _plain(
        self,
        type: IRType,
        again: Callable[[IRType], Expression],
        reference: Callable[[str], Expression],
        array: Expression,
        map: Expression,
        *,
        loose: bool,
    ) -> Expression:
        match type:
            case ScalarType():
                mapping = self.scalar(type)
                return union(mapping.type, mapping.loose) if loose and mapping.loose is not None else mapping.type
            case LiteralType(value=value):
                return literal((value,))
            case ArrayType(items=items):
                return subscript(array, again(items))
            case MapType(values=values):
                return subscript(map, STR, again(values))
            case TupleType():
                return self._tuple(type, again, array)
            case ReferenceType(name=name):
                return reference(name)
            case UnionType(members=members):
                return self._union(members, again)
            case AnyType():
                return ANY
            case NeverType():
                return NONE
            case UploadType():
                return FILE_INPUT
            case _:
                assert_never(type)

    def _tuple(self, type: TupleType, again: Callable[[IRType], Expression], array: Expression) -> Expression:
        """Tuples of every possible length where those are few; else a list of whatever may stand in it."""
        possible = tuple_lengths(type)
        if possible is not None:
            items = [again(item) for item in type.items]
            return union(*(subscript(TUPLE, *(items[:length] or (tuple_(),))) for length in possible))
        members = [item for item in (*type.items, type.rest) if not isinstance(item, NeverType)]
        return subscript(array, self._union(members, again) if members else ANY)

    def _union(self, members: Sequence[IRType], again: Callable[[IRType], Expression]) -> Expression:
        parts: list[Expression] = []
        literals = [m.value for m in members if isinstance(m, LiteralType) and m.value is not None]
        for member in members:
            if isinstance(member, LiteralType) and member.value is not None:
                if member.value is literals[0]:
                    parts.append(literal(literals))
            elif is_null(member):
                continue
            else:
                parts.append(again(member))
        if any(part is ANY for part in parts):
            return ANY
        if any(is_null(member) for member in members):
            parts.append(NONE)
        return union(*dict.fromkeys(flat for part in parts for flat in _members(part)))


def _members(node: Expression) -> tuple[Expression, ...]:
    """The members of a union node, so that none is written twice."""
    import libcst as cst

    if isinstance(node, cst.BinaryOperation) and not node.lpar:
        return (*_members(node.left), node.right)
    return (node,)


def optional(type: Expression) -> Expression:
    """``type | None``; what allows ``None`` already stays as it is."""
    if type is ANY or _members(type)[-1] is NONE:
        return type
    return union(type, NONE)


def literal(values: Sequence[LiteralValue]) -> Expression:
    """``Literal[...]``; floats, which it cannot hold, are ``float``, and integers that mypy finds too large are ``int``."""
    fine = [v for v in values if not isinstance(v, float) and not (isinstance(v, int) and abs(v) >= 2**63)]
    parts: list[Expression] = []
    if fine == [None]:
        return NONE
    if fine:
        unique = {(type(v), v): v for v in fine}
        parts.append(subscript(LITERAL, *(constant(v) for v in unique.values())))
    if any(isinstance(v, int) and v not in fine for v in values):
        parts.append(INT)
    if any(isinstance(v, float) for v in values):
        parts.append(FLOAT)
    return union(*parts)


def _key(pattern: str | None) -> Expression:
    return STR if pattern is None or not is_python_pattern(pattern) else _constrained(STR, {"pattern": pattern})


def _constrained(type: Expression, constraints: Mapping[str, Constraint]) -> Expression:
    """``Annotated[type, Field(...)]``, or ``type`` where there is nothing to say."""
    return annotated_with(type, {name: constant(value) for name, value in constraints.items()})


def annotated_with(type: Expression, keywords: Mapping[str, Expression]) -> Expression:
    """``type`` with these arguments of ``Field``; an ``Annotated`` that is there already is added to."""
    import libcst as cst

    if not keywords:
        return type
    arguments = tuple(argument(value, name) for name, value in keywords.items())
    if isinstance(type, cst.Subscript) and type.value is ANNOTATED and len(type.slice) == 2:
        inner, field = (part.slice.value for part in type.slice if isinstance(part.slice, cst.Index))
        if isinstance(field, cst.Call) and field.func is FIELD:
            known = {arg.keyword.value for arg in field.args if arg.keyword is not None}
            if known.isdisjoint(keywords):
                return subscript(ANNOTATED, inner, call_with(FIELD, (*field.args, *arguments)))
    return subscript(ANNOTATED, type, call_with(FIELD, arguments))
