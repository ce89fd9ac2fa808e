"""Declarations, and the file that holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from .comments import NO_DOC, Doc
from .expressions import Expression
from .statements import Statement
from .symbols import checked
from .types import FuncType, Parameter, Type, TypeParameter, parameters


@dataclass(frozen=True, slots=True)
class TypeDeclaration:
    """``type Name[T any] struct { ... }``; an alias with ``=``."""

    name: str
    type: Type
    doc: Doc = NO_DOC
    params: tuple[TypeParameter, ...] = ()
    alias: bool = False


@dataclass(frozen=True, slots=True)
class ValueSpec:
    """``a, b T = value`` of a const or var declaration."""

    names: tuple[str, ...]
    type: Type | None = None
    values: tuple[Expression, ...] = ()
    doc: Doc = NO_DOC
    blank_before: bool = False


@dataclass(frozen=True, slots=True)
class Values:
    """``const`` or ``var``, of one spec or, ``grouped``, of any number in parentheses."""

    word: Literal["const", "var"]
    specs: tuple[ValueSpec, ...]
    doc: Doc = NO_DOC
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function, or with a receiver a method; ``one_line`` keeps a short body beside the braces."""

    name: str
    type: FuncType
    body: tuple[Statement, ...] = ()
    doc: Doc = NO_DOC
    receiver: Parameter | None = None
    type_params: tuple[TypeParameter, ...] = ()
    one_line: bool = False


Declaration: TypeAlias = TypeDeclaration | Values | Function


@dataclass(frozen=True, slots=True)
class File:
    """One file of the package. ``doc`` documents the package, ``header`` stands above all, apart from it."""

    name: str
    """Its name in the folder: ``models.go``."""
    package: str
    declarations: tuple[Declaration, ...]
    doc: Doc = NO_DOC
    header: Doc = NO_DOC


def type_declaration(
    text: str, type: Type, doc: Doc = NO_DOC, *, params: Iterable[TypeParameter] = (), alias: bool = False
) -> TypeDeclaration:
    """``type text type``, or with ``alias``, ``type text = type``."""
    return TypeDeclaration(checked(text), type, doc, tuple(params), alias)


def value_spec(
    names: str | Iterable[str],
    type: Type | None = None,
    *values: Expression,
    doc: Doc = NO_DOC,
    blank_before: bool = False,
) -> ValueSpec:
    """``names T = values``."""
    given = (names,) if isinstance(names, str) else names
    return ValueSpec(tuple(checked(one) for one in given), type, values, doc, blank_before)


def constants(specs: Iterable[ValueSpec], doc: Doc = NO_DOC) -> Values:
    """``const ( ... )``."""
    return Values("const", tuple(specs), doc, grouped=True)


def variables(specs: Iterable[ValueSpec], doc: Doc = NO_DOC) -> Values:
    """``var ( ... )``."""
    return Values("var", tuple(specs), doc, grouped=True)


def const(text: str, type: Type | None, value: Expression, doc: Doc = NO_DOC) -> Values:
    """``const text T = value``."""
    return Values("const", (value_spec(text, type, value),), doc)


def variable(text: str, type: Type | None = None, value: Expression | None = None, doc: Doc = NO_DOC) -> Values:
    """``var text T = value``."""
    return Values("var", (value_spec(text, type, *(() if value is None else (value,))),), doc)


def function(
    text: str,
    params: Iterable[Parameter | Type],
    results: Iterable[Parameter | Type],
    body: Iterable[Statement],
    doc: Doc = NO_DOC,
    *,
    receiver: Parameter | None = None,
    type_params: Iterable[TypeParameter] = (),
    one_line: bool = False,
) -> Function:
    """``func (receiver) text(params) results { body }``."""
    return Function(
        checked(text),
        FuncType(parameters(params), parameters(results)),
        tuple(body),
        doc,
        receiver,
        tuple(type_params),
        one_line,
    )


def file(text: str, package: str, declarations: Iterable[Declaration], doc: Doc = NO_DOC, *, header: Doc = NO_DOC) -> File:
    """The file ``text`` of ``package``."""
    return File(text, checked(package), tuple(declarations), doc, header)
