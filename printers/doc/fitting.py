"""The printer: breaks the groups of a document that do not fit the width."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from .algebra import (
    BreakParent,
    Dedent,
    Doc,
    Fill,
    Group,
    IfBreak,
    Indent,
    IndentIfBreak,
    Later,
    Line,
    Lines,
    LineSuffix,
    Node,
)

_FLAT: Final = False
_BREAK: Final = True
_Command: TypeAlias = "tuple[str, bool, Doc]"
"""Indentation, mode, document."""


def to_text(doc: Doc, *, width: int, indentation: str = "  ", measure: Callable[[str], int] = len) -> str:
    """Print ``doc`` within ``width`` columns where that can be done.

    ``measure`` gives the columns of a text that is not ASCII, as the language's own formatter counts them.
    """
    return _Printer(width, indentation, measure).print(doc)


class _Printer:
    __slots__ = ("broken", "column", "commands", "indentation", "measure", "out", "remeasures", "suffixes", "width")

    def __init__(self, width: int, indentation: str, measure: Callable[[str], int]) -> None:
        self.width, self.indentation, self.measure = width, indentation, measure
        self.out: list[str] = []
        self.column = 0
        self.commands: list[_Command] = []
        self.suffixes: list[_Command] = []
        self.broken: dict[int, bool] = {}
        self.remeasures = False

    def print(self, doc: Doc) -> str:
        commands, out = self.commands, self.out
        commands.append(("", _BREAK, doc))
        while True:
            while commands:
                indentation, mode, doc = commands.pop()
                if type(doc) is str:
                    if doc:
                        out.append(doc)
                        self.column += len(doc) if doc.isascii() else self.measure(doc)
                elif type(doc) is tuple:
                    self._parts(indentation, mode, doc)
                elif type(doc) is Group:
                    self._group(indentation, mode, doc)
                elif type(doc) is Line:
                    self._line(indentation, mode, doc)
                elif type(doc) is Indent:
                    commands.append((indentation + (self.indentation if doc.text is None else doc.text), mode, doc.contents))
                elif not isinstance(doc, str | tuple):
                    self._other(indentation, mode, doc)
            if not self.suffixes:
                return "".join(out)
            commands.extend(reversed(self.suffixes))
            self.suffixes.clear()

    def _parts(self, indentation: str, mode: bool, parts: tuple[Doc, ...]) -> None:
        """Text and lines at once; from the first part on that needs to know what follows it, all parts as commands."""
        out = self.out
        for at, part in enumerate(parts):
            if type(part) is str:
                if part:
                    out.append(part)
                    self.column += len(part) if part.isascii() else self.measure(part)
            elif type(part) is Line and not self.suffixes:
                self._line(indentation, mode, part)
            else:
                self.commands.extend([(indentation, mode, later) for later in parts[:at:-1]])
                self.commands.append((indentation, mode, part))
                return

    def _other(self, indentation: str, mode: bool, doc: Node) -> None:
        commands = self.commands
        match doc:
            case Indent(contents=contents, text=text):
                commands.append((indentation + (self.indentation if text is None else text), mode, contents))
            case Dedent(contents=contents):
                commands.append(("", mode, contents))
            case IfBreak(broken=broken, flat=flat, group=group):
                is_broken = mode if group is None else self.broken.get(id(group), False)
                commands.append((indentation, mode, broken if is_broken else flat))
            case IndentIfBreak(contents=contents, group=group):
                deeper = self.indentation if self.broken.get(id(group), False) else ""
                commands.append((indentation + deeper, mode, contents))
            case Fill(parts=parts):
                self._fill(indentation, mode, parts)
            case Later(contents=contents):
                commands.append((indentation, mode, contents))
            case LineSuffix(contents=contents):
                self.suffixes.append((indentation, mode, contents))
            case Lines(texts=texts):
                self._lines(indentation, texts)
            case BreakParent() | Line() | Group():
                pass

    def _lines(self, indentation: str, texts: tuple[str, ...]) -> None:
        self.out.append(("\n" + indentation).join(texts) if len(texts) > 1 else texts[0])
        last = texts[-1]
        columns = len(last) if last.isascii() else self.measure(last)
        self.column = columns + (len(indentation) if len(texts) > 1 else self.column)

    def _group(self, indentation: str, mode: bool, doc: Group) -> None:
        flat = doc.flat
        if mode is _FLAT and not doc.breaks and not self.remeasures:
            self._on_one_line(indentation, doc)
            return
        self.remeasures = False
        if not doc.breaks:
            if flat is None:
                fits = self._fits((indentation, _FLAT, doc.contents), must_be_flat=False)
            else:
                fits = self._fits(None, must_be_flat=False, taken=len(flat) if flat.isascii() else self.measure(flat))
            if fits:
                self._on_one_line(indentation, doc)
                return
        commands = self.commands
        self.broken[id(doc)] = True
        if not doc.states:
            commands.append((indentation, _BREAK, doc.contents))
            return
        if not doc.breaks:
            for state in doc.states[1:]:
                command: _Command = (indentation, _FLAT, state)
                if self._fits(command, must_be_flat=False):
                    commands.append(command)
                    return
        commands.append((indentation, _BREAK, doc.states[-1]))

    def _on_one_line(self, indentation: str, doc: Group) -> None:
        self.broken[id(doc)] = False
        text = doc.flat
        if text is None:
            self.commands.append((indentation, _FLAT, doc.contents))
        elif text:
            self.out.append(text)
            self.column += len(text) if text.isascii() else self.measure(text)

    def _line(self, indentation: str, mode: bool, doc: Line) -> None:
        if mode is _FLAT and not doc.hard:
            if not doc.soft:
                self.out.append(" ")
                self.column += 1
            return
        if mode is _FLAT:
            self.remeasures = True
        if self.suffixes:
            self.commands.append((indentation, mode, doc))
            self.commands.extend(reversed(self.suffixes))
            self.suffixes.clear()
            return
        if doc.literal:
            self.out.append("\n")
            self.column = 0
            return
        self._trim()
        self.out.append("\n" + indentation)
        self.column = len(indentation)

    def _trim(self) -> None:
        out = self.out
        while out:
            trimmed = out[-1].rstrip(" \t")
            if trimmed == out[-1]:
                return
            if trimmed:
                out[-1] = trimmed
                return
            out.pop()

    def _fits(self, command: _Command | None, *, must_be_flat: bool, taken: int = 0) -> bool:
        """Whether ``command`` and what must follow it on the same line fit; the first line that may break ends the search.

        ``taken`` columns of the line are another's.
        """
        room = self.width - self.column - taken
        rest, index = self.commands, len(self.commands)
        stack = [command] if command is not None else []
        suffix = bool(self.suffixes)
        while room >= 0:
            if stack:
                indentation, mode, doc = stack.pop()
            elif index:
                index -= 1
                indentation, mode, doc = rest[index]
            else:
                return True
            if type(doc) is str:
                room -= len(doc) if doc.isascii() else self.measure(doc)
            elif type(doc) is tuple:
                for at, part in enumerate(doc):
                    if type(part) is not str:
                        stack.extend([(indentation, mode, later) for later in doc[: at - 1 if at else None : -1]])
                        break
                    room -= len(part) if part.isascii() else self.measure(part)
                    if room < 0:
                        return False
            elif type(doc) is Line:
                if mode is _BREAK or doc.hard:
                    return True
                if not doc.soft:
                    room -= 1
            elif type(doc) is Group:
                if must_be_flat and doc.breaks:
                    return False
                inner = _BREAK if doc.breaks else mode
                if inner is _FLAT and doc.flat is not None:
                    room -= len(doc.flat) if doc.flat.isascii() else self.measure(doc.flat)
                else:
                    stack.append((indentation, inner, doc.states[-1] if doc.states and inner is _BREAK else doc.contents))
            elif isinstance(doc, Indent | Dedent | IndentIfBreak | Later):
                stack.append((indentation, mode, doc.contents))
            elif isinstance(doc, IfBreak):
                is_broken = mode if doc.group is None else self.broken.get(id(doc.group), False)
                stack.append((indentation, mode, doc.broken if is_broken else doc.flat))
            elif isinstance(doc, Fill):
                stack.append((indentation, mode, doc.parts))
            elif isinstance(doc, LineSuffix):
                suffix = True
            elif isinstance(doc, Lines):
                first = doc.texts[0]
                room -= len(first) if first.isascii() else self.measure(first)
                if len(doc.texts) > 1:
                    return room >= 0
            elif isinstance(doc, BreakParent) and suffix:
                return True
        return False

    def _fill(self, indentation: str, mode: bool, parts: tuple[Doc, ...]) -> None:
        commands = self.commands
        if not parts:
            return
        first: _Command = (indentation, _FLAT, parts[0])
        fits = self._fits_alone(first)
        shown: _Command = first if fits else (indentation, _BREAK, parts[0])
        if len(parts) == 1:
            commands.append(shown)
            return
        separator = parts[1]
        if len(parts) == 2:
            commands.append((indentation, _FLAT if fits else _BREAK, separator))
            commands.append(shown)
            return
        commands.append((indentation, mode, Fill(parts[2:])))
        pair: _Command = (indentation, _FLAT, (parts[0], separator, parts[2]))
        commands.append((indentation, _FLAT if self._fits_alone(pair) else _BREAK, separator))
        commands.append(shown)

    def _fits_alone(self, command: _Command) -> bool:
        saved, self.commands = self.commands, []
        try:
            return self._fits(command, must_be_flat=True)
        finally:
            self.commands = saved
