"""Parameters of functions, and the names and patterns that bind a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from .types import Type

if TYPE_CHECKING:
    from .expressions import Expression


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
