"""JSDoc comments: paragraphs of text, code and links, and tags."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias


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
