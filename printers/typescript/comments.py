"""JSDoc comments: on one line where there is one line that fits, else a block."""

from __future__ import annotations

from typing import assert_never

from specloom.builders.typescript.nodes import Code, DocTag, Inline, JSDoc, Link
from specloom.printers.doc import HARDLINE, LINE, Doc, Lines, align, group, if_break
from specloom.printers.width import columns

from .strings import comment_lines


def comment_rows(doc: JSDoc, room: int) -> list[str]:
    """The comment as lines, one where it fits into ``room`` columns."""
    lines = _lines(doc)
    if not lines:
        return []
    if len(lines) == 1 and not doc.tags[1:] and columns(lines[0]) + 7 <= room:
        return [f"/** {lines[0]} */"]
    return ["/**", *(f" * {line}" if line else " *" for line in lines), " */"]


def leading(doc: JSDoc) -> tuple[Doc, ...]:
    """The comment and the line end after it; nothing where it is empty."""
    lines = _lines(doc)
    if not lines:
        return ()
    if len(lines) == 1 and not doc.tags[1:]:
        return (group("/**", align(" ", LINE, if_break("* "), lines[0], LINE, "*/")), HARDLINE)
    return (Lines(("/**", *(f" * {line}" if line else " *" for line in lines), " */")), HARDLINE)


def _lines(doc: JSDoc) -> list[str]:
    found: list[str] = []
    for paragraph in doc.paragraphs:
        lines = _inline_lines(paragraph)
        if lines:
            if found:
                found.append("")
            found.extend(lines)
    if doc.tags and found:
        found.append("")
    for tag in doc.tags:
        found.extend(_tag_lines(tag))
    return found


def _tag_lines(tag: DocTag) -> list[str]:
    lines = _inline_lines(tag.content)
    if not lines:
        return [f"@{tag.name}"]
    return [f"@{tag.name} {lines[0]}", *(f"  {line}" if line else "" for line in lines[1:])]


def _inline_lines(content: tuple[Inline, ...]) -> list[str]:
    """The lines of a paragraph, none blank at its beginning or end."""
    if not content:
        return []
    if len(content) == 1 and isinstance(content[0], str):
        lines = comment_lines(content[0])
        if len(lines) == 1:
            only = lines[0].strip()
            return [only] if only else []
    else:
        lines = [""]
        for piece in content:
            first, *rest = comment_lines(piece) if isinstance(piece, str) else [_marked(piece)]
            if isinstance(piece, str) and not rest:
                first = _with_blanks(piece, first)
            lines[-1] += first
            lines.extend(rest)
    while lines and not lines[0].strip():
        del lines[0]
    while lines and not lines[-1].strip():
        lines.pop()
    if lines:
        lines[-1] = lines[-1].rstrip()
        lines[0] = lines[0].lstrip()
    return lines


def _with_blanks(piece: str, line: str) -> str:
    """A piece between others keeps the blank at its end."""
    return f"{line} " if piece.endswith(" ") and line else line or (" " if piece else "")


def _marked(piece: Code | Link) -> str:
    match piece:
        case Code(text=text):
            return "`" + " ".join(comment_lines(text)).replace("`", "'") + "`"
        case Link(target=target):
            return "{@link " + " ".join(comment_lines(target)).replace("}", "") + "}"
        case _:
            assert_never(piece)
