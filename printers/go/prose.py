"""Text of any origin, read as the Markdown that it mostly is: paragraphs, headings, lists and code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias


@dataclass(slots=True)
class Paragraph:
    """Lines without blanks at their ends, as the author broke them; ``hard`` ones are not to be joined with the next."""

    lines: list[str]
    hard: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Heading:
    """One line."""

    text: str


@dataclass(slots=True)
class CodeBlock:
    """Lines as they are, without the indentation that all share."""

    lines: list[str]


@dataclass(slots=True)
class Listing:
    """Entries: a number or nothing, and lines."""

    entries: list[tuple[str, list[str]]]


Block: TypeAlias = Paragraph | Heading | CodeBlock | Listing

_MARKER: Final = re.compile(r"(?:[-*+•]|([0-9]+)[.)])[ \t]+(\S.*)")
_HEADING: Final = re.compile(r"#{1,6}[ \t]+(.*?)[ \t]*#*")
_RULE: Final = re.compile(r"[-*_][ \t]*(?:[-*_][ \t]*){2,}|={3,}")
_FENCE: Final = re.compile(r"(`{3,}|~{3,})[^`]*")
_ALERT: Final = re.compile(r"\[!([A-Za-z]+)\]")
_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def starts_item(line: str) -> bool:
    """Whether Go takes an indented line for the beginning of a list's item (``go/doc/comment``, ``listMarker``)."""
    return _MARKER.fullmatch(line) is not None


def clean_lines(text: str) -> list[str]:
    """Lines without what Go forbids in a source file, what cannot be seen or turns text around, and blanks at their ends."""
    if not text.isascii() or not text.isprintable():
        text = _LINE_ENDS.sub("\n", text)
        text = _SURROGATE.sub("\ufffd", _UNSEEN.sub("", text))
    return [line.rstrip() for line in text.split("\n")]


def trimmed(lines: Sequence[str]) -> list[str]:
    """Lines without blank ones at the ends and without the indentation that all share."""
    start, stop = 0, len(lines)
    while start < stop and not lines[start]:
        start += 1
    while stop > start and not lines[stop - 1]:
        stop -= 1
    kept = list(lines[start:stop])
    prefix = _shared_indent(kept)
    return [line[len(prefix) :] for line in kept] if prefix else kept


def _shared_indent(lines: Sequence[str]) -> str:
    prefix: str | None = None
    for line in lines:
        if not line:
            continue
        own = line[: len(line) - len(line.lstrip(" \t"))]
        if prefix is None:
            prefix = own
        else:
            length = 0
            while length < min(len(prefix), len(own)) and prefix[length] == own[length]:
                length += 1
            prefix = prefix[:length]
        if not prefix:
            return ""
    return prefix or ""


def read_prose(text: str) -> list[Block]:
    """The blocks of a text."""
    if "\n" not in text and text.isascii() and text.isprintable() and text[:1].isalpha():
        return [Paragraph([text.rstrip()])]
    lines = clean_lines(text)
    first = next((at for at, line in enumerate(lines) if line), None)
    if first is None:
        return []
    # The continuation of a docstring is indented, its first line is not.
    return _Reader([lines[first].lstrip(), *_dedented(lines[first + 1 :])]).read()


def _dedented(lines: Sequence[str]) -> list[str]:
    prefix = _shared_indent(lines)
    return [line[len(prefix) :] for line in lines]


def _indent(line: str) -> int:
    width = 0
    for character in line:
        if character == "\t":
            width += 4
        elif character.isspace():
            width += 1
        else:
            break
    return width


def _called(alert: re.Match[str]) -> str:
    return alert[1].capitalize() + ":"


class _Reader:
    """Reads lines one by one into blocks."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0
        self._blocks: list[Block] = []
        self._open: Paragraph | Listing | None = None
        self._item_indent = 0
        self._after_blank = True
        self._quoted = False

    def read(self) -> list[Block]:
        """The blocks of all lines."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if not line:
                self._after_blank = True
                if isinstance(self._open, Paragraph):
                    self._open = None
                continue
            self._line(line)
            self._after_blank = False
        return self._blocks

    def _line(self, line: str) -> None:
        text = line.strip()
        if (text[0] == ">") is not self._quoted:
            self._quoted = not self._quoted
            self._open = None
        if self._quoted:
            line = text = _ALERT.sub(_called, text.lstrip("> \t"))
            if not text:
                self._open = None
                return
        if _FENCE.fullmatch(text):
            self._fenced(text)
        elif _indent(line) >= 4 and self._after_blank and not isinstance(self._open, Listing):
            self._indented(line)
        elif text[0] == "|" and text.count("|") > 1:
            self._table(text)
        elif _RULE.fullmatch(text):
            self._rule()
        elif text[0] == "#" and (heading := _HEADING.fullmatch(text)):
            self._open = None
            if heading[1]:
                self._blocks.append(Heading(heading[1]))
        elif (marker := _MARKER.fullmatch(text)) and self._may_begin_item(marker[1]):
            self._item(line, marker[1] or "", marker[2])
        else:
            self._text(line, text)

    def _fenced(self, fence: str) -> None:
        mark = fence[:3]
        body: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if line.lstrip().startswith(mark) and not line.strip(" \t" + mark[0]):
                break
            body.append(line)
        self._code(body)

    def _indented(self, line: str) -> None:
        body = [line]
        while self._at < len(self._lines) and (not self._lines[self._at] or _indent(self._lines[self._at]) >= 4):
            body.append(self._lines[self._at])
            self._at += 1
        self._code(body)
        if not body[-1]:
            self._at -= 1  # a blank line is also what the next block begins after

    def _table(self, text: str) -> None:
        body = [text]
        while self._at < len(self._lines) and self._lines[self._at].lstrip().startswith("|"):
            body.append(self._lines[self._at].strip())
            self._at += 1
        self._code(body)

    def _code(self, lines: list[str]) -> None:
        self._open = None
        kept = trimmed(lines)
        if kept:
            self._blocks.append(CodeBlock(kept))

    def _rule(self) -> None:
        above = self._open
        if isinstance(above, Paragraph) and len(above.lines) == 1:
            self._blocks[-1] = Heading(above.lines[0])
        self._open = None

    def _may_begin_item(self, number: str | None) -> bool:
        return not isinstance(self._open, Paragraph) or number is None or number in ("0", "1")

    def _item(self, line: str, number: str, text: str) -> None:
        indent = _indent(line)
        listing = self._open
        if isinstance(listing, Listing) and indent > self._item_indent + 1:
            listing.entries[-1][1].append(f"({number}) {text}" if number else f"– {text}")
            return
        self._item_indent = indent
        if isinstance(listing, Listing):
            listing.entries.append((number, [text]))
            return
        self._open = Listing([(number, [text])])
        self._blocks.append(self._open)

    def _text(self, line: str, text: str) -> None:
        if isinstance(self._open, Listing):
            if not self._after_blank or _indent(line) >= 2:
                self._open.entries[-1][1].append(text)
                return
            self._open = None
        if self._open is None:
            self._open = Paragraph([])
            self._blocks.append(self._open)
        if text[-1] == "\\" and len(text) > 1:
            self._open.hard.add(len(self._open.lines))
        self._open.lines.append(text)
