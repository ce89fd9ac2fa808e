"""Comments in gofmt's canonical form (``go/doc/comment``), whatever stands in them: gofmt changes no byte of the result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, assert_never

from specloom.builders.go import nodes

from .links import Links
from .prose import Block, CodeBlock, Heading, Listing, Paragraph, clean_lines, read_prose, starts_item, trimmed

_WIDTH: Final = 97
"""Long lines are filled up to this, which makes 100 columns with the marker."""
_TOLERATED: Final = 117
"""An author's own lines stay as they are up to this."""
_BACKQUOTES: Final = re.compile("``+")
_NEVER_IN_HEADING: Final = frozenset(';:!?+*/=[]{}_^°&§~%#@<">\\')
_DEPRECATED: Final = "Deprecated: the API's description says so."


def comment_lines(doc: nodes.Doc, tab: str) -> list[str]:
    """The lines of a comment that is indented by ``tab``; none for an empty one."""
    lines: list[str] = []
    if not doc.blocks:
        return lines
    alone = len(doc.blocks) == 1
    for block in doc.blocks:
        if not isinstance(block, nodes.Prose) or not _is_plain(block.text, alone=alone):
            return [tab + line for line in _canonical(doc)]
        if lines:
            lines.append(tab + "//")
        lines.append(f"{tab}// {block.text}")
    return lines


def _is_plain(text: str, *, alone: bool) -> bool:
    """Whether a text is a line that nothing could take for anything else: most are. Among others, it could be a heading."""
    return (
        text[:1].isalpha()
        and len(text) <= _TOLERATED
        and text.isprintable()
        and text[-1] != " "
        and (alone or not text[-1].isalnum())
        and "''" not in text
        and "``" not in text
    )


@lru_cache(maxsize=16_384)
def _canonical(doc: nodes.Doc) -> tuple[str, ...]:
    blocks: list[Block] = []
    for block in doc.blocks:
        match block:
            case nodes.Prose():
                blocks += read_prose(block.text)
            case nodes.Code():
                lines = trimmed(clean_lines(block.text))
                if lines:
                    blocks.append(CodeBlock(lines))
            case nodes.Items():
                blocks += _items(block)
            case nodes.Deprecated():
                blocks += _deprecated(block.text)
            case _:
                assert_never(block)
    if len(blocks) > 1 or not isinstance(blocks[0] if blocks else None, Paragraph):
        blocks = _expressible(blocks)
    lines = _text(blocks, Links()) or _text(blocks, None) or []
    return tuple(["// " + line if line and line[0] != "\t" else "//" + line for line in lines])


def _items(block: nodes.Items) -> list[Block]:
    entries: list[tuple[str, list[str]]] = []
    for at, item in enumerate(block.items, 1):
        lines = [line.strip() for line in clean_lines(item)]
        entries.append((str(at) if block.numbered else "", [line for line in lines if line]))
    kept = [entry for entry in entries if entry[1]]
    return [Listing(kept)] if kept else []


def _deprecated(text: str) -> list[Block]:
    blocks = read_prose(text)
    if not blocks:
        return [Paragraph([_DEPRECATED])]
    first = blocks[0]
    if isinstance(first, Paragraph):
        return [Paragraph(["Deprecated: " + first.lines[0], *first.lines[1:]], first.hard), *blocks[1:]]
    return [Paragraph([_DEPRECATED]), *blocks]


def _expressible(blocks: Iterable[Block]) -> list[Block]:
    """What a Go comment can say: indented neighbours are one block there, and a comment of nothing else is not indented."""
    merged: list[Block] = []
    for block in blocks:
        last = merged[-1] if merged else None
        if isinstance(block, Listing) and isinstance(last, Listing):
            merged[-1] = _joined(last, block)
        elif isinstance(block, CodeBlock) and isinstance(last, CodeBlock):
            merged[-1] = CodeBlock([*last.lines, "", *block.lines])
        else:
            merged.append(block)
    merged = [_one_kind(block) if isinstance(block, Listing) else block for block in merged]
    found: list[Block] = []
    for at, block in enumerate(merged):
        beside_code = any(isinstance(other, CodeBlock) for other in merged[max(0, at - 1) : at + 2])
        if isinstance(block, Listing) and (beside_code or len(merged) == 1):
            found.append(_as_paragraph(block))
        elif isinstance(block, CodeBlock) and len(merged) == 1:
            found.append(Paragraph([line.strip() for line in block.lines if line], set(range(len(block.lines)))))
        else:
            found.append(block)
    return found


def _joined(first: Listing, second: Listing) -> Listing:
    return Listing([*first.entries, *second.entries])


def _one_kind(listing: Listing) -> Listing:
    """All entries with numbers, or none: else a number is part of the text."""
    if all(number for number, _ in listing.entries) or not any(number for number, _ in listing.entries):
        return listing
    return Listing([("", [f"{number}. {lines[0]}", *lines[1:]] if number else lines) for number, lines in listing.entries])


def _as_paragraph(listing: Listing) -> Paragraph:
    lines: list[str] = []
    for number, (first, *rest) in listing.entries:
        lines += [f"{number}. {first}" if number else f"- {first}", *rest]
    return Paragraph(lines, set(range(len(lines))))


def _text(blocks: Sequence[Block], links: Links | None) -> list[str] | None:
    """The lines; none where links were moved that Go would not find."""
    lines: list[str] = []
    linked: list[str] = []
    for at, block in enumerate(blocks):
        if lines:
            lines.append("")
        match block:
            case Paragraph():
                made = [_harmless(line) for line in _filled(block, _WIDTH, links)]
                text_follows = isinstance(blocks[at + 1], (Paragraph, Heading)) if at + 1 < len(blocks) else bool(links)
                if at and text_follows and len(made) == 1 and _like_heading(made[0]):
                    made[0] += "."
                linked.append("\n".join(made))
                lines += made
            case Heading():
                lines.append("# " + block.text)
            case CodeBlock():
                lines += _code(block.lines)
            case Listing():
                for number, texts in block.entries:
                    made = _entry(texts, links)
                    linked.append("\n".join(made))
                    marker = f" {number}. " if number else "  - "
                    lines += [(marker if at == 0 else "    ") + line for at, line in enumerate(made)]
            case _:
                assert_never(block)
    if links:
        definitions = links.definitions(linked)
        return None if definitions is None else [*lines, "", *definitions]
    return lines


def _code(lines: Sequence[str]) -> list[str]:
    made = ["\t" + _without_build_tag(line) if line else "" for line in lines]
    # What begins like a list would be one.
    return ["\t```", *made, "\t```"] if starts_item(made[0].strip()) else made


def _entry(texts: Sequence[str], links: Links | None) -> list[str]:
    made: list[str] = []
    for text in texts:
        for line in _filled(Paragraph([text]), _WIDTH - 4, links):
            made.append(_harmless(line))
            # On a line of its own it would be an item.
            while len(made) > 1 and starts_item(made[-1]):
                made[-2:] = [_harmless(f"{made[-2]} {made[-1]}")]
    return made


def _filled(paragraph: Paragraph, width: int, links: Links | None) -> list[str]:
    """The author's own lines, unless one is too long: then links leave their URLs, and if that is not enough, all are filled."""
    lines = paragraph.lines
    longest = width + _TOLERATED - _WIDTH
    if max(map(len, lines)) <= longest:
        return lines
    if links is not None:
        lines = [links.moved(line) for line in lines]
        if max(map(len, lines)) <= longest:
            return lines
    made: list[str] = []
    line = ""
    for at, text in enumerate(lines):
        for word in text.split(" "):
            if not word:
                continue
            if line and len(line) + 1 + len(word) > width:
                made.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        if at in paragraph.hard and line:
            made.append(line)
            line = ""
    if line:
        made.append(line)
    return [one.strip() for one in made]


def _harmless(line: str) -> str:
    """A line of text that gofmt would not change or move."""
    if "''" in line:
        line = line.replace("''", '""')
    if "``" in line:
        line = _BACKQUOTES.sub("`", line)
    if line[0] == "[":
        while line[0] == "[" and "]:" in line and "://" in line:
            line = line[1:].replace("]:", ":", 1).lstrip()
    if line[0] == "#" and line[1:2] in (" ", "\t"):
        line = "# " + line[1:].strip()
    return _without_build_tag(line)


def _without_build_tag(line: str) -> str:
    """A line that is no build constraint of the old kind, which gofmt would move to the top of the file."""
    bare = line.lstrip()
    if bare.startswith("+build"):
        return line[: len(line) - len(bare)] + "+ build" + bare[len("+build") :]
    return line


def _like_heading(line: str) -> bool:
    """Whether gofmt takes a line between two paragraphs for a heading (``go/doc/comment``, ``isOldHeading``), or nearly so."""
    if not line[0].isalpha() or line[0].islower() or not line[-1].isalnum() or not _NEVER_IN_HEADING.isdisjoint(line):
        return False
    possessive = all(part == "s" or part.startswith("s ") for part in line.split("'")[1:])
    return possessive and ". " not in line
