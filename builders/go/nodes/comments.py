"""Comments as values: what is said, never how it is marked. The printer writes gofmt's canonical form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Prose:
    """Text of any origin, Markdown too: paragraphs, lists, code, tables. Nothing in it can become more than text."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Lines that are shown as they are: ``GET /api/products/``."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list. Each item is text without paragraphs of its own."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Deprecated:
    """The paragraph that tells tools not to use what is documented, and why."""

    text: str = ""


DocBlock: TypeAlias = Prose | Code | Items | Deprecated


@dataclass(frozen=True, slots=True)
class Doc:
    """A comment above a declaration, a field or a statement: blocks with a blank line between them."""

    blocks: tuple[DocBlock, ...] = ()


NO_DOC = Doc()


def doc(*blocks: str | DocBlock) -> Doc:
    """A comment; a string is :class:`Prose`, and an empty one is nothing."""
    made = tuple(Prose(block) if isinstance(block, str) else block for block in blocks if block)
    return Doc(made) if made else NO_DOC


def code(text: str) -> Code:
    """Lines shown as they are."""
    return Code(text)


def items(*texts: str, numbered: bool = False) -> Items:
    """A list."""
    return Items(texts, numbered)


def deprecated(text: str = "") -> Deprecated:
    """``Deprecated: text``; without one, a sentence that says it."""
    return Deprecated(text)
