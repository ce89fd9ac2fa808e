"""The TypeScript AST: every node that our output is made of, and a lowercase factory for each.

Nodes are values: frozen, compared by content, shared freely. How to use them:

- A thing of another file or package is a :class:`Symbol`; :func:`ref` (a value) or :func:`type_ref` (a type) mentions it, and
  mentioning is importing. The printer imports by how a symbol is used: a symbol that only types mention is imported by
  ``import type``. ``symbol("Product", "products/models")`` names a file of the output by its path without ending,
  ``package("z", "zod")`` an npm package. In its own file a symbol imports nothing.
- Local and global names are :func:`name` (``name("Math")``) and :func:`type_name` (``type_name("Promise", STRING)``).
- Strings are values: give them unescaped. Property names too; the printer quotes where it must.
- No parentheses: the printer adds them by precedence.
- Object literals break when they do not fit, or where ``obj(..., broken=True)`` asks for it.
- ``doc(...)`` makes a JSDoc comment; most declarations and members take one as ``doc=``.

>>> chain(ref(package("z", "zod")), ("string", []), ("min", [number(1)]))  # z.string().min(1)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

# ---------------------------------------------------------------------------------------------------------- symbols


@dataclass(frozen=True, slots=True)
class Symbol:
    """Something that a module exports. ``module`` is an output file's path without ending, or a package's name."""

    name: str
    module: str
    is_package: bool = False
    is_default: bool = False
    """Whether it is the module's default export; ``name`` is then what it is called where it is imported."""


def symbol(name: str, module: str) -> Symbol:
    """An export of a file of the output: ``symbol("Product", "products/models")``."""
    return Symbol(name, module)


def package(name: str, module: str, *, default: bool = False) -> Symbol:
    """An export of an npm package: ``package("z", "zod")``, ``package("useSWR", "swr", default=True)``."""
    return Symbol(name, module, is_package=True, is_default=default)


Target: TypeAlias = "Symbol | str"
"""A symbol, or the name of something local or global."""


# ---------------------------------------------------------------------------------------------------------- comments


@dataclass(frozen=True, slots=True)
class Code:
    """Text in backticks."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """``{@link target}``; imports nothing."""

    target: str


Inline: TypeAlias = "str | Code | Link"
"""A piece of a comment. A string is text of any origin: it is escaped."""


@dataclass(frozen=True, slots=True)
class DocTag:
    """``@name content``. The only tags there are; what looks like one in text is escaped."""

    name: Literal["deprecated", "throws", "param", "default", "example", "see", "returns", "format"]
    content: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class JSDoc:
    """A ``/** */`` comment: paragraphs, blank lines between them, then tags. Not printed where it has neither."""

    paragraphs: tuple[tuple[Inline, ...], ...] = ()
    tags: tuple[DocTag, ...] = ()


NO_DOC = JSDoc()


def doc(*paragraphs: str | Inline | Iterable[Inline] | None, tags: Iterable[DocTag] = ()) -> JSDoc:
    """A comment of ``paragraphs`` (empty ones are left out) and ``tags``."""
    made: list[tuple[Inline, ...]] = []
    for paragraph in paragraphs:
        if paragraph is None or paragraph == "":
            continue
        made.append((paragraph,) if isinstance(paragraph, str | Code | Link) else tuple(paragraph))
    return JSDoc(tuple(made), tuple(tags))


def tag(
    name: Literal["deprecated", "throws", "param", "default", "example", "see", "returns", "format"], *content: Inline
) -> DocTag:
    """``@name content``."""
    return DocTag(name, content)


# ---------------------------------------------------------------------------------------------------------- types


@dataclass(frozen=True, slots=True)
class Keyword:
    """A built-in type: ``string``, ``unknown``, ``null``, ..."""

    name: Literal["string", "number", "boolean", "bigint", "unknown", "never", "void", "null", "undefined", "object", "this"]


STRING = Keyword("string")
NUMBER = Keyword("number")
BOOLEAN = Keyword("boolean")
UNKNOWN = Keyword("unknown")
NEVER = Keyword("never")
VOID = Keyword("void")
NULL_TYPE = Keyword("null")
UNDEFINED_TYPE = Keyword("undefined")


@dataclass(frozen=True, slots=True)
class TypeRef:
    """A named type: ``Product``, ``Promise<void>``, ``z.infer<T>`` (``path`` is then ``("infer",)``)."""

    target: Target
    args: tuple[Type, ...] = ()
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LiteralNode:
    """The type of one value."""

    value: str | bool | int | float


@dataclass(frozen=True, slots=True)
class ArrayNode:
    """``T[]``, ``readonly T[]``."""

    items: Type
    readonly: bool = False


@dataclass(frozen=True, slots=True)
class TupleElement:
    """One position: ``T``, ``T?``, ``...T[]`` (``type`` is then the array), ``name: T``."""

    type: Type
    optional: bool = False
    rest: bool = False
    name: str | None = None


@dataclass(frozen=True, slots=True)
class TupleNode:
    """``[A, B?, ...C[]]``."""

    elements: tuple[TupleElement, ...]
    readonly: bool = False


@dataclass(frozen=True, slots=True)
class UnionNode:
    """``A | B``. Made by :func:`union_of`, which flattens."""

    members: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class IntersectionNode:
    """``A & B``."""

    members: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class ObjectNode:
    """``{ a: string }``."""

    members: tuple[TypeMember, ...]
    broken: bool = False


@dataclass(frozen=True, slots=True)
class FunctionNode:
    """``(a: A) => B``. Its parameters have no defaults."""

    params: tuple[Parameter, ...]
    returns: Type
    type_params: tuple[TypeParameter, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeofNode:
    """``typeof value.path``."""

    target: Target
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexedNode:
    """``T[K]``."""

    object: Type
    index: Type


@dataclass(frozen=True, slots=True)
class OperatorNode:
    """``keyof T``."""

    operator: Literal["keyof"]
    type: Type


Type: TypeAlias = (
    "Keyword | TypeRef | LiteralNode | ArrayNode | TupleNode | UnionNode | IntersectionNode | ObjectNode | FunctionNode"
    " | TypeofNode | IndexedNode | OperatorNode"
)


@dataclass(frozen=True, slots=True)
class TypeParameter:
    """``T extends C = D``."""

    name: str
    constraint: Type | None = None
    default: Type | None = None


def type_ref(target: Symbol, *args: Type, path: Iterable[str] = ()) -> TypeRef:
    """A type that a module exports; ``path=("infer",)`` for ``z.infer``."""
    return TypeRef(target, args, tuple(path))


def type_name(name: str, *args: Type) -> TypeRef:
    """A local or global type: ``type_name("Promise", VOID)``."""
    return TypeRef(name, args)


def literal(value: str | bool | int | float) -> LiteralNode:
    """The type of one value."""
    return LiteralNode(value)


def array_of(items: Type, *, readonly: bool = False) -> ArrayNode:
    """``T[]``."""
    return ArrayNode(items, readonly)


def tuple_of(*elements: Type | TupleElement, readonly: bool = False) -> TupleNode:
    """``[A, B]``."""
    return TupleNode(tuple(e if isinstance(e, TupleElement) else TupleElement(e) for e in elements), readonly)


def union_of(*members: Type) -> Type:
    """``A | B``: flat, without duplicates; ``never`` for none."""
    flat: dict[tuple[Type, type], Type] = {}
    for member in members:
        for one in member.members if isinstance(member, UnionNode) else (member,):
            flat.setdefault((one, type(one.value) if isinstance(one, LiteralNode) else type(one)), one)
    if not flat:
        return NEVER
    found = tuple(flat.values())
    return found[0] if len(found) == 1 else UnionNode(found)


def intersection_of(*members: Type) -> Type:
    """``A & B``."""
    return members[0] if len(members) == 1 else IntersectionNode(members)


def object_type(*members: TypeMember, broken: bool = False) -> ObjectNode:
    """``{ a: string }``."""
    return ObjectNode(members, broken)


def function_type(params: Iterable[Parameter], returns: Type, type_params: Iterable[TypeParameter] = ()) -> FunctionNode:
    """``(a: A) => B``."""
    return FunctionNode(tuple(params), returns, tuple(type_params))


def typeof(target: Target, *path: str) -> TypeofNode:
    """``typeof value``."""
    return TypeofNode(target, path)


def indexed(object: Type, index: Type) -> IndexedNode:
    """``T[K]``."""
    return IndexedNode(object, index)


def keyof(type: Type) -> OperatorNode:
    """``keyof T``."""
    return OperatorNode("keyof", type)


def type_param(name: str, constraint: Type | None = None, default: Type | None = None) -> TypeParameter:
    """``T extends C = D``."""
    return TypeParameter(name, constraint, default)


# ------------------------------------------------------------------------------------------------------ type members


@dataclass(frozen=True, slots=True)
class PropertySignature:
    """``readonly name?: T;``; a number as name is written as one: ``404: NotFound``."""

    name: str | int
    type: Type
    optional: bool = False
    readonly: bool = False
    doc: JSDoc = NO_DOC


@dataclass(frozen=True, slots=True)
class IndexSignature:
    """``[key: string]: T;``"""

    type: Type
    key: str = "key"
    key_type: Type = STRING
    doc: JSDoc = NO_DOC


@dataclass(frozen=True, slots=True)
class MethodSignature:
    """``name(a: A): B;``"""

    name: str
    params: tuple[Parameter, ...]
    returns: Type
    doc: JSDoc = NO_DOC


TypeMember: TypeAlias = "PropertySignature | IndexSignature | MethodSignature"


def prop(
    name: str | int, type: Type, *, optional: bool = False, readonly: bool = False, doc: JSDoc = NO_DOC
) -> PropertySignature:
    """A property of an interface or object type."""
    return PropertySignature(name, type, optional, readonly, doc)


def index_signature(type: Type, *, key: str = "key", key_type: Type = STRING, doc: JSDoc = NO_DOC) -> IndexSignature:
    """``[key: string]: T``."""
    return IndexSignature(type, key, key_type, doc)


def method_signature(name: str, params: Iterable[Parameter], returns: Type, *, doc: JSDoc = NO_DOC) -> MethodSignature:
    """``name(a: A): B``."""
    return MethodSignature(name, tuple(params), returns, doc)


# -------------------------------------------------------------------------------------------------------- parameters


@dataclass(frozen=True, slots=True)
class ArrayPattern:
    """``[a, , b]``; ``None`` skips a position."""

    elements: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class ObjectPattern:
    """``{ a, b: c }``: pairs of a property and what it is called here."""

    properties: tuple[tuple[str, str], ...]


Binding: TypeAlias = "str | ArrayPattern | ObjectPattern"


@dataclass(frozen=True, slots=True)
class Parameter:
    """``a?: T``, ``a: T = value``, ``...a: T[]``."""

    binding: Binding
    type: Type | None = None
    optional: bool = False
    default: Expression | None = None
    rest: bool = False


def param(
    binding: Binding, type: Type | None = None, *, optional: bool = False, default: Expression | None = None, rest: bool = False
) -> Parameter:
    """A parameter of a function, method or arrow."""
    return Parameter(binding, type, optional, default, rest)


def array_pattern(*elements: str | None) -> ArrayPattern:
    """``[a, , b]``."""
    return ArrayPattern(elements)


def object_pattern(*properties: str | tuple[str, str]) -> ObjectPattern:
    """``{ a, b: c }``."""
    return ObjectPattern(tuple((p, p) if isinstance(p, str) else p for p in properties))


# ------------------------------------------------------------------------------------------------------- expressions


@dataclass(frozen=True, slots=True)
class Name:
    """A local or global value."""

    name: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A value that a module exports."""

    symbol: Symbol


@dataclass(frozen=True, slots=True)
class StringLiteral:
    """``"text"``."""

    value: str


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """``1``, ``-2.5``."""

    value: int | float


@dataclass(frozen=True, slots=True)
class RegexLiteral:
    """``/pattern/flags``. ``/`` and line ends in the pattern are escaped; whether it is valid is not checked."""

    pattern: str
    flags: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A template literal: strings as they are to be read, and expressions. ``tag`` makes it a tagged one."""

    parts: tuple[str | Expression, ...]
    tag: Expression | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """``object.name``, ``object?.name``; ``#name`` is a private one. A name that is none becomes ``object["na-me"]``."""

    object: Expression
    name: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """``object[index]``."""

    object: Expression
    index: Expression
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """``callee<T>(...)``."""

    callee: Expression
    args: tuple[Expression, ...] = ()
    type_args: tuple[Type, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class New:
    """``new callee<T>(...)``."""

    callee: Expression
    args: tuple[Expression, ...] = ()
    type_args: tuple[Type, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """``{ ... }`` of a function."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """``(a) => b``."""

    params: tuple[Parameter, ...]
    body: Expression | Block
    returns: Type | None = None
    is_async: bool = False
    type_params: tuple[TypeParameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """``key: value``; printed as ``key`` where both are the same name."""

    key: str
    value: Expression
    doc: JSDoc = NO_DOC


@dataclass(frozen=True, slots=True)
class ComputedProperty:
    """``[key]: value``."""

    key: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class Getter:
    """``get name(): T { return value; }`` of an object literal or class."""

    name: str
    body: Block
    returns: Type | None = None
    doc: JSDoc = NO_DOC


@dataclass(frozen=True, slots=True)
class Spread:
    """``...value`` in a call, array or object."""

    value: Expression


ObjectMember: TypeAlias = "Property | ComputedProperty | Getter | Spread"


@dataclass(frozen=True, slots=True)
class ObjectLiteral:
    """``{ a: 1 }``; ``broken`` keeps it on several lines even where it would fit on one."""

    members: tuple[ObjectMember, ...]
    broken: bool = False


@dataclass(frozen=True, slots=True)
class ArrayLiteral:
    """``[a, b]``."""

    elements: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Unary:
    """``!a``, ``-a``, ``typeof a``, ``await a``, ``yield a``, ``yield* a``."""

    operator: Literal["!", "-", "+", "typeof", "void", "await", "yield", "yield*"]
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """``a && b``."""

    operator: Literal["??", "||", "&&", "===", "!==", "<", ">", "<=", ">=", "in", "instanceof", "+", "-", "*", "/", "%"]
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Conditional:
    """``test ? yes : no``."""

    test: Expression
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Assign:
    """``target = value``."""

    target: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class Cast:
    """``value as T``, ``value satisfies T``; a type of ``None`` is ``as const``."""

    value: Expression
    type: Type | None
    operator: Literal["as", "satisfies"] = "as"


Expression: TypeAlias = (
    "Name | Ref | StringLiteral | NumberLiteral | RegexLiteral | Template | Member | Index | Call | New | Arrow | ObjectLiteral"
    " | ArrayLiteral | Spread | Unary | Binary | Conditional | Assign | Cast"
)

THIS = Name("this")
NULL = Name("null")
TRUE = Name("true")
FALSE = Name("false")
UNDEFINED = Name("undefined")


def name(text: str) -> Name:
    """A local or global value; also ``this``, ``null``, ``true``, ``undefined``, ``super``."""
    return Name(text)


def ref(target: Symbol) -> Ref:
    """A value that a module exports; imports it."""
    return Ref(target)


def string(value: str) -> StringLiteral:
    """``"text"``."""
    return StringLiteral(value)


def number(value: int | float) -> NumberLiteral:
    """``1``."""
    return NumberLiteral(value)


def regex(pattern: str, flags: str = "") -> RegexLiteral:
    """``/pattern/``."""
    return RegexLiteral(pattern, flags)


def template(*parts: str | Expression, tag: Expression | None = None) -> Template:
    """A template literal, tagged where ``tag`` is given."""
    return Template(parts, tag)


def member(object: Expression, *names: str, optional: bool = False) -> Expression:
    """``object.a.b``; ``optional`` makes every step ``?.``."""
    for one in names:
        object = Member(object, one, optional)
    return object


def index(object: Expression, at: Expression, *, optional: bool = False) -> Index:
    """``object[at]``."""
    return Index(object, at, optional)


def call(callee: Expression, *args: Expression, types: Iterable[Type] = (), optional: bool = False) -> Call:
    """``callee(...)``."""
    return Call(callee, args, tuple(types), optional)


def chain(object: Expression, *calls: tuple[str, Iterable[Expression]]) -> Expression:
    """``object.a(...).b(...)``: each call a pair of method and arguments."""
    for method_name, args in calls:
        object = Call(Member(object, method_name), tuple(args))
    return object


def new(callee: Expression, *args: Expression, types: Iterable[Type] = ()) -> New:
    """``new callee(...)``."""
    return New(callee, args, tuple(types))


def block(*statements: Statement) -> Block:
    """``{ ... }``."""
    return Block(statements)


def arrow(
    params: Iterable[Parameter], body: Expression | Block, *, returns: Type | None = None, is_async: bool = False,
    type_params: Iterable[TypeParameter] = (),
) -> Arrow:
    """``(a) => b``."""
    return Arrow(tuple(params), body, returns, is_async, tuple(type_params))


def pair(key: str, value: Expression, *, doc: JSDoc = NO_DOC) -> Property:
    """``key: value`` of an object literal."""
    return Property(key, value, doc)


def obj(*members: ObjectMember | tuple[str, Expression], broken: bool = False) -> ObjectLiteral:
    """``{ a: 1, ...b }``; a pair is a property."""
    return ObjectLiteral(tuple(Property(m[0], m[1]) if isinstance(m, tuple) else m for m in members), broken)


def array(*elements: Expression) -> ArrayLiteral:
    """``[a, b]``."""
    return ArrayLiteral(elements)


def spread(value: Expression) -> Spread:
    """``...value``."""
    return Spread(value)


def getter(name: str, *statements: Statement, returns: Type | None = None, doc: JSDoc = NO_DOC) -> Getter:
    """``get name() { ... }``."""
    return Getter(name, Block(statements), returns, doc)


def unary(
    operator: Literal["!", "-", "+", "typeof", "void", "await", "yield", "yield*"], operand: Expression
) -> Unary:
    """``!a``."""
    return Unary(operator, operand)


def await_(value: Expression) -> Unary:
    """``await value``."""
    return Unary("await", value)


def binary(
    left: Expression,
    operator: Literal["??", "||", "&&", "===", "!==", "<", ">", "<=", ">=", "in", "instanceof", "+", "-", "*", "/", "%"],
    right: Expression,
) -> Binary:
    """``left operator right``."""
    return Binary(operator, left, right)


def conditional(test: Expression, yes: Expression, no: Expression) -> Conditional:
    """``test ? yes : no``."""
    return Conditional(test, yes, no)


def assign(target: Expression, value: Expression) -> Assign:
    """``target = value``."""
    return Assign(target, value)


def as_const(value: Expression) -> Cast:
    """``value as const``."""
    return Cast(value, None)


def as_type(value: Expression, type: Type) -> Cast:
    """``value as T``. Rarely right: see whether ``satisfies`` does."""
    return Cast(value, type)


def satisfies(value: Expression, type: Type) -> Cast:
    """``value satisfies T``."""
    return Cast(value, type, "satisfies")


# -------------------------------------------------------------------------------------------------------- statements


@dataclass(frozen=True, slots=True)
class Const:
    """``export const name: T = value;``"""

    binding: Binding
    value: Expression
    type: Type | None = None
    exported: bool = False
    doc: JSDoc = NO_DOC


@dataclass(frozen=True, slots=True)
class Return:
    """``return value;``"""

    value: Expression | None = None


@dataclass(frozen=True, slots=True)
class Throw:
    """``throw value;``"""

    value: Expression


@dataclass(frozen=True, slots=True)
class ExpressionStatement:
    """``value;``"""

    value: Expression


@dataclass(frozen=True, slots=True)
class If:
    """``if (test) return a;`` with one statement, a block with several."""

    test: Expression
    then: Block
    otherwise: Block | None = None


@dataclass(frozen=True, slots=True)
class ForOf:
    """``for (const a of b) { ... }``, ``for await``."""

    binding: Binding
    iterable: Expression
    body: Block
    is_await: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """``export async function name<T>(a: A): B { ... }``"""

    name: str
    params: tuple[Parameter, ...]
    returns: Type | None
    body: Block
    is_async: bool = False
    is_generator: bool = False
    type_params: tuple[TypeParameter, ...] = ()
    exported: bool = False
    doc: JSDoc = NO_DOC


@dataclass(frozen=True, slots=True)
class Field:
    """``readonly name: T = value;`` of a class."""

    name: str
    type: Type | None = None
    value: Expression | None = None
    readonly: bool = False
    doc: JSDoc = NO_DOC


@dataclass(frozen=True, slots=True)
class Method:
    """``async name(a: A): B { ... }`` of a class; ``constructor`` is one. Without ``body`` it is an overload's signature."""

    name: str
    params: tuple[Parameter, ...]
    returns: Type | None = None
    body: Block | None = None
    is_async: bool = False
    is_generator: bool = False
    type_params: tuple[TypeParameter, ...] = ()
    doc: JSDoc = NO_DOC


ClassMember: TypeAlias = "Field | Method | Getter"


@dataclass(frozen=True, slots=True)
class Class:
    """``export class Name extends Base { ... }``"""

    name: str
    members: tuple[ClassMember, ...]
    extends: Expression | None = None
    exported: bool = False
    doc: JSDoc = NO_DOC


@dataclass(frozen=True, slots=True)
class Interface:
    """``export interface Name extends Base { ... }``"""

    name: str
    members: tuple[TypeMember, ...]
    extends: tuple[TypeRef, ...] = ()
    type_params: tuple[TypeParameter, ...] = ()
    exported: bool = False
    doc: JSDoc = NO_DOC


@dataclass(frozen=True, slots=True)
class AliasDeclaration:
    """``export type Name = T;``"""

    name: str
    type: Type
    type_params: tuple[TypeParameter, ...] = ()
    exported: bool = False
    doc: JSDoc = NO_DOC


@dataclass(frozen=True, slots=True)
class ExportName:
    """One name of an export list: ``name as alias``, ``type name``."""

    name: str
    alias: str | None = None
    type_only: bool = False


@dataclass(frozen=True, slots=True)
class ExportFrom:
    """``export { a, type B } from "./module";``; ``module`` is an output file's path without ending."""

    module: str
    names: tuple[ExportName, ...]
    type_only: bool = False


@dataclass(frozen=True, slots=True)
class ExportAll:
    """``export * from "./module";``, ``export * as alias from``, ``export type * from``."""

    module: str
    alias: str | None = None
    type_only: bool = False


Statement: TypeAlias = (
    "Const | Return | Throw | ExpressionStatement | If | ForOf | Function | Class | Interface | AliasDeclaration"
    " | ExportFrom | ExportAll"
)


@dataclass(frozen=True, slots=True)
class File:
    """One file: ``path`` with its ending, relative to the output. Imports are the printer's work."""

    path: str
    statements: tuple[Statement, ...]
    directives: tuple[str, ...] = ()
    """``use client``, ..."""
    header: JSDoc = NO_DOC
    """A comment on the file as a whole."""

    @property
    def module(self) -> str:
        """``path`` without its ending: the ``module`` of this file's symbols."""
        return self.path.removesuffix(".ts")


def const(
    binding: Binding, value: Expression, *, type: Type | None = None, exported: bool = False, doc: JSDoc = NO_DOC
) -> Const:
    """``const name = value;``"""
    return Const(binding, value, type, exported, doc)


def export_const(binding: Binding, value: Expression, *, type: Type | None = None, doc: JSDoc = NO_DOC) -> Const:
    """``export const name = value;``"""
    return Const(binding, value, type, True, doc)


def return_(value: Expression | None = None) -> Return:
    """``return value;``"""
    return Return(value)


def throw(value: Expression) -> Throw:
    """``throw value;``"""
    return Throw(value)


def statement(value: Expression) -> ExpressionStatement:
    """``value;``"""
    return ExpressionStatement(value)


def if_(test: Expression, *then: Statement, otherwise: Iterable[Statement] | None = None) -> If:
    """``if (test) ...``"""
    return If(test, Block(then), None if otherwise is None else Block(tuple(otherwise)))


def for_of(binding: Binding, iterable: Expression, *body: Statement, is_await: bool = False) -> ForOf:
    """``for (const a of b) { ... }``"""
    return ForOf(binding, iterable, Block(body), is_await)


def function(
    name: str, params: Iterable[Parameter], returns: Type | None, *body: Statement, is_async: bool = False,
    is_generator: bool = False, type_params: Iterable[TypeParameter] = (), exported: bool = True, doc: JSDoc = NO_DOC,
) -> Function:
    """``export function name(...): T { ... }``"""
    return Function(name, tuple(params), returns, Block(body), is_async, is_generator, tuple(type_params), exported, doc)


def field(
    name: str, type: Type | None = None, value: Expression | None = None, *, readonly: bool = False, doc: JSDoc = NO_DOC
) -> Field:
    """``readonly name: T = value;``; a name that begins with ``#`` is private."""
    return Field(name, type, value, readonly, doc)


def method(
    name: str, params: Iterable[Parameter], returns: Type | None, *body: Statement, is_async: bool = False,
    is_generator: bool = False, type_params: Iterable[TypeParameter] = (), doc: JSDoc = NO_DOC,
) -> Method:
    """``name(...): T { ... }`` of a class."""
    return Method(name, tuple(params), returns, Block(body), is_async, is_generator, tuple(type_params), doc)


def overload(name: str, params: Iterable[Parameter], returns: Type | None, *, doc: JSDoc = NO_DOC) -> Method:
    """``name(...): T;`` of a class: one signature of several."""
    return Method(name, tuple(params), returns, None, doc=doc)


def cls(
    name: str, *members: ClassMember, extends: Expression | None = None, exported: bool = True, doc: JSDoc = NO_DOC
) -> Class:
    """``export class Name { ... }``"""
    return Class(name, members, extends, exported, doc)


def interface(
    name: str, members: Iterable[TypeMember], *, extends: Iterable[TypeRef] = (), type_params: Iterable[TypeParameter] = (),
    exported: bool = True, doc: JSDoc = NO_DOC,
) -> Interface:
    """``export interface Name { ... }``"""
    return Interface(name, tuple(members), tuple(extends), tuple(type_params), exported, doc)


def export_type(name: str, type: Type, *, type_params: Iterable[TypeParameter] = (), doc: JSDoc = NO_DOC) -> AliasDeclaration:
    """``export type Name = T;``"""
    return AliasDeclaration(name, type, tuple(type_params), True, doc)


def type_alias(name: str, type: Type, *, type_params: Iterable[TypeParameter] = (), doc: JSDoc = NO_DOC) -> AliasDeclaration:
    """``type Name = T;`` of this file only."""
    return AliasDeclaration(name, type, tuple(type_params), False, doc)


def export_name(name: str, alias: str | None = None, *, type_only: bool = False) -> ExportName:
    """``name as alias`` of an export list."""
    return ExportName(name, alias, type_only)


def export_from(module: str, *names: ExportName | str, type_only: bool = False) -> ExportFrom:
    """``export { a } from "./module";``"""
    return ExportFrom(module, tuple(ExportName(n) if isinstance(n, str) else n for n in names), type_only)


def export_all(module: str, *, alias: str | None = None, type_only: bool = False) -> ExportAll:
    """``export * from "./module";``"""
    return ExportAll(module, alias, type_only)


def file(path: str, *statements: Statement, directives: Iterable[str] = (), header: JSDoc = NO_DOC) -> File:
    """One file of the output."""
    return File(path, statements, tuple(directives), header)
