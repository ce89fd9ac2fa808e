"""Members of interfaces and object types: properties, index signatures and methods without a body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from .comments import NO_DOC, JSDoc
from .types import STRING, Type

if TYPE_CHECKING:
    from .parameters import Parameter


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
