"""Edits of a file as values: where, and which node comes there. Nothing of them is text."""

from __future__ import annotations

from dataclasses import dataclass, field

import libcst as cst
from libcst.metadata import CodeRange


@dataclass(frozen=True, slots=True)
class Need:
    """A name that must be imported: ``from module import name``."""

    module: str
    name: str


@dataclass(frozen=True, slots=True)
class AddReturn:
    """A return annotation for the function at ``at``."""

    at: CodeRange
    annotation: cst.BaseExpression
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class AddDecorator:
    """A decorator for the function or class at ``at``: the outermost, or the innermost where others must see its result."""

    at: CodeRange
    decorator: cst.BaseExpression
    needs: tuple[Need, ...] = ()
    innermost: bool = False


@dataclass(frozen=True, slots=True)
class AddArgument:
    """A keyword argument for the call at ``at``, the first of its keywords."""

    at: CodeRange
    keyword: str
    value: cst.BaseExpression
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class RaiseDecorators:
    """The decorators at ``decorators`` go above all others of the function at ``at``, in their order."""

    at: CodeRange
    decorators: tuple[CodeRange, ...]
    needs: tuple[Need, ...] = field(default=())


Edit = AddReturn | AddDecorator | AddArgument | RaiseDecorators
