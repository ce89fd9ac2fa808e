"""Statements and declarations, classes with their members, exports, and the file that holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from .comments import NO_DOC, JSDoc
from .expressions import Block, Expression, Getter
from .members import TypeMember
from .parameters import Binding, Parameter
from .types import Type, TypeParameter, TypeRef


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
