"""The layout algebra that all printers share: documents of text, lines and groups, and the printer that fits them to a width.

The algebra and its answers are Prettier's (its ``docs/`` commands: ``group``, ``indent``, ``ifBreak``, ``fill``,
``conditionalGroup``, ``lineSuffix``). A document is a string, a tuple of documents, or one of the classes below. Invariants:

- A string holds no newline. Lines are nodes.
- A forced break (``HARDLINE``, ``LITERALLINE``, ``BREAK_PARENT``) breaks every group around it, but for those made by
  :func:`conditional_group`. This is known when a group is made, so that printing never looks ahead for it.
- A group's one-line text is computed once, when it is made: a group that fits is printed by copying it.
- Documents are immutable and may be shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias


class Line:
    """A possible line break. In a group on one line: nothing when ``soft``, else a blank. ``hard`` always breaks."""

    __slots__ = ("hard", "literal", "soft")

    def __init__(self, *, soft: bool = False, hard: bool = False, literal: bool = False) -> None:
        self.soft, self.hard, self.literal = soft, hard, literal


class Lines:
    """Lines whose text is known, each at the current indentation: hard lines between them, printed at one go."""

    __slots__ = ("texts",)

    def __init__(self, texts: tuple[str, ...]) -> None:
        self.texts = texts


class BreakParent:
    """Breaks the groups around it and prints nothing."""

    __slots__ = ()


class Indent:
    """Its contents' lines begin one level deeper, or with ``text`` after the level they stand at."""

    __slots__ = ("contents", "text")

    def __init__(self, contents: Doc, text: str | None = None) -> None:
        self.contents, self.text = contents, text


class Dedent:
    """Its contents' lines begin at the first column."""

    __slots__ = ("contents",)

    def __init__(self, contents: Doc) -> None:
        self.contents = contents


class Group:
    """Printed on one line if that fits, else broken: all lines directly in it become newlines."""

    __slots__ = ("breaks", "contents", "flat", "states")

    def __init__(self, contents: Doc, breaks: bool = False, states: tuple[Doc, ...] = (), flat: str | None = None) -> None:
        self.contents = contents
        self.states = states
        self.flat = flat
        self.breaks = breaks
        if not breaks and flat is None:
            parts: list[str] = []
            if _flatten(contents, parts):
                self.flat = "".join(parts)
            else:
                self.breaks = not states and forces_break(contents)


class IfBreak:
    """One thing where the enclosing group (or ``group``, printed before) is broken, another where it is on one line."""

    __slots__ = ("broken", "flat", "group")

    def __init__(self, broken: Doc, flat: Doc = "", group: Group | None = None) -> None:
        self.broken, self.flat, self.group = broken, flat, group


class IndentIfBreak:
    """Indents its contents where ``group``, printed before, is broken."""

    __slots__ = ("contents", "group")

    def __init__(self, contents: Doc, group: Group) -> None:
        self.contents, self.group = contents, group


class Fill:
    """Contents and separators in turn: as many on a line as fit."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Doc, ...]) -> None:
        self.parts = parts


class Later:
    """A document that is made only when it is needed."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], Doc]) -> None:
        self._make = make
        self._made: Doc | None = None

    @property
    def contents(self) -> Doc:
        """The document."""
        if self._made is None:
            self._made = self._make()
        return self._made


class LineSuffix:
    """Printed at the end of the line it stands in: a trailing comment."""

    __slots__ = ("contents",)

    def __init__(self, contents: Doc) -> None:
        self.contents = contents


_Node: TypeAlias = "Line | Lines | BreakParent | Indent | Dedent | Group | IfBreak | IndentIfBreak | Fill | Later | LineSuffix"
Doc: TypeAlias = "str | tuple[Doc, ...] | _Node"

LINE: Final = Line()
SOFTLINE: Final = Line(soft=True)
BREAK_PARENT: Final = BreakParent()
HARDLINE: Final = Line(hard=True)
LITERALLINE: Final = Line(hard=True, literal=True)
"""A newline with no indentation after it, and nothing trimmed before it: inside multi-line strings."""


def group(*parts: Doc, should_break: bool = False) -> Group:
    """A group of ``parts``."""
    return Group(parts[0] if len(parts) == 1 else parts, should_break)


def deferred(flat: str, make: Callable[[], Doc]) -> Group:
    """A group whose one-line text is known: ``flat`` where it fits, else what ``make`` answers, which forces no break."""
    return Group(Later(make), flat=flat)


def conditional_group(states: Iterable[Doc]) -> Group:
    """The first of ``states`` that fits, the last one broken where none does."""
    all_states = tuple(states)
    return Group(all_states[0], False, all_states)


def indent(*parts: Doc) -> Indent:
    """``parts``, one level deeper."""
    return Indent(parts[0] if len(parts) == 1 else parts)


def align(text: str, *parts: Doc) -> Indent:
    """``parts``, whose lines begin with ``text`` after the current indentation."""
    return Indent(parts[0] if len(parts) == 1 else parts, text)


def if_break(broken: Doc, flat: Doc = "", group: Group | None = None) -> IfBreak:
    """``broken`` or ``flat``, by how the group around it is printed."""
    return IfBreak(broken, flat, group)


def fill(parts: Iterable[Doc]) -> Fill:
    """Contents and separators in turn."""
    return Fill(tuple(parts))


def join(separator: Doc, docs: Iterable[Doc]) -> tuple[Doc, ...]:
    """``docs`` with ``separator`` between them."""
    joined: list[Doc] = []
    for doc in docs:
        if joined:
            joined.append(separator)
        joined.append(doc)
    return tuple(joined)


def lines(text: str, separator: Doc = HARDLINE) -> tuple[Doc, ...]:
    """A text of several lines as a document."""
    return join(separator, text.split("\n"))


def forces_break(doc: Doc) -> bool:
    """Whether ``doc`` cannot be printed on one line."""
    if isinstance(doc, str):
        return False
    if isinstance(doc, tuple):
        return any(forces_break(part) for part in doc if part.__class__ is not str)
    match doc:
        case Line(hard=hard):
            return hard
        case Lines(texts=texts):
            return len(texts) > 1
        case BreakParent():
            return True
        case Group(breaks=breaks):
            return breaks
        case Indent(contents=contents) | Dedent(contents=contents) | IndentIfBreak(contents=contents):
            return forces_break(contents)
        case IfBreak(broken=broken, flat=flat):
            return forces_break(broken) or forces_break(flat)
        case Fill(parts=parts):
            return forces_break(parts)
        case LineSuffix(contents=contents) | Later(contents=contents):
            return forces_break(contents)


def can_break(doc: Doc) -> bool:
    """Whether there is any line in ``doc``."""
    if isinstance(doc, str):
        return False
    if isinstance(doc, tuple):
        return any(can_break(part) for part in doc if part.__class__ is not str)
    match doc:
        case Line() | Lines():
            return True
        case BreakParent():
            return False
        case Group(contents=contents, states=states):
            return can_break(states or contents)
        case IfBreak(broken=broken, flat=flat):
            return can_break(broken) or can_break(flat)
        case Fill(parts=parts):
            return can_break(parts)
        case Indent(contents=contents) | Dedent(contents=contents) | IndentIfBreak(contents=contents):
            return can_break(contents)
        case LineSuffix(contents=contents) | Later(contents=contents):
            return can_break(contents)


def remove_lines(doc: Doc) -> Doc:
    """``doc`` on one line, whatever its width; hard lines stay."""
    if isinstance(doc, str):
        return doc
    if isinstance(doc, tuple):
        return tuple(remove_lines(part) for part in doc)
    match doc:
        case Line(hard=hard, soft=soft):
            return doc if hard else "" if soft else " "
        case Group(contents=contents, states=states, flat=flat):
            return flat if flat is not None else remove_lines(states[0] if states else contents)
        case IfBreak(flat=flat):
            return remove_lines(flat)
        case Indent(contents=contents, text=text):
            return Indent(remove_lines(contents), text)
        case Dedent(contents=contents):
            return Dedent(remove_lines(contents))
        case IndentIfBreak(contents=contents):
            return remove_lines(contents)
        case Fill(parts=parts):
            return remove_lines(parts)
        case Later(contents=contents):
            return remove_lines(contents)
        case LineSuffix() | BreakParent() | Lines():
            return doc


def _flatten(doc: Doc, out: list[str]) -> bool:
    """Append the one-line text of ``doc``; false where it has none that is known before printing."""
    kind = doc.__class__
    if kind is str:
        out.append(doc)  # type: ignore[arg-type]  # mypy does not narrow by __class__, which is much faster than isinstance
        return True
    if kind is tuple:
        for part in doc:  # type: ignore[union-attr]  # as above
            if part.__class__ is str:
                out.append(part)
            elif not _flatten(part, out):
                return False
        return True
    match doc:
        case Line(hard=hard, soft=soft):
            if not soft:
                out.append(" ")
            return not hard
        case Group(flat=flat):
            if flat is None:
                return False
            out.append(flat)
            return True
        case Indent(contents=contents) | Dedent(contents=contents):
            return _flatten(contents, out)
        case IfBreak(group=None, flat=flat):
            return _flatten(flat, out)
        case Fill(parts=parts):
            return _flatten(parts, out)
        case _:
            return False


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
        commands = self.commands
        commands.append(("", _BREAK, doc))
        while True:
            while commands:
                indentation, mode, doc = commands.pop()
                if isinstance(doc, tuple):
                    self._parts(indentation, mode, doc)
                elif isinstance(doc, str):
                    if doc:
                        self.out.append(doc)
                        self.column += len(doc) if doc.isascii() else self.measure(doc)
                elif isinstance(doc, Group):
                    self._group(indentation, mode, doc)
                elif isinstance(doc, Line):
                    self._line(indentation, mode, doc)
                else:
                    self._other(indentation, mode, doc)
            if not self.suffixes:
                return "".join(self.out)
            commands.extend(reversed(self.suffixes))
            self.suffixes.clear()

    def _parts(self, indentation: str, mode: bool, parts: tuple[Doc, ...]) -> None:
        """Text and lines at once; from the first part on that needs to know what follows it, all parts as commands."""
        out = self.out
        for at, part in enumerate(parts):
            if isinstance(part, str):
                if part:
                    out.append(part)
                    self.column += len(part) if part.isascii() else self.measure(part)
            elif isinstance(part, Line) and not self.suffixes:
                self._line(indentation, mode, part)
            else:
                self.commands.extend([(indentation, mode, later) for later in parts[:at:-1]])
                self.commands.append((indentation, mode, part))
                return

    def _other(self, indentation: str, mode: bool, doc: _Node) -> None:
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
        commands = self.commands
        if mode is _FLAT and not doc.breaks and not self.remeasures:
            self.broken[id(doc)] = False
            commands.append((indentation, _FLAT, doc.contents if doc.flat is None else doc.flat))
            return
        self.remeasures = False
        if not doc.breaks:
            flat: _Command = (indentation, _FLAT, doc.contents if doc.flat is None else doc.flat)
            if self._fits(flat, must_be_flat=False):
                self.broken[id(doc)] = False
                commands.append(flat)
                return
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

    def _fits(self, command: _Command, *, must_be_flat: bool) -> bool:
        """Whether ``command`` and what must follow it on the same line fit; the first line that may break ends the search."""
        room = self.width - self.column
        rest, index = self.commands, len(self.commands)
        stack = [command]
        suffix = bool(self.suffixes)
        while room >= 0:
            if not stack:
                if index == 0:
                    return True
                index -= 1
                stack.append(rest[index])
                continue
            indentation, mode, doc = stack.pop()
            if isinstance(doc, str):
                room -= len(doc) if doc.isascii() else self.measure(doc)
            elif isinstance(doc, tuple):
                for part in reversed(doc):
                    stack.append((indentation, mode, part))
            elif isinstance(doc, Group):
                if must_be_flat and doc.breaks:
                    return False
                inner = _BREAK if doc.breaks else mode
                if inner is _FLAT and doc.flat is not None:
                    stack.append((indentation, _FLAT, doc.flat))
                else:
                    stack.append((indentation, inner, doc.states[-1] if doc.states and inner is _BREAK else doc.contents))
            elif isinstance(doc, Line):
                if mode is _BREAK or doc.hard:
                    return True
                if not doc.soft:
                    room -= 1
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
            elif isinstance(doc, Indent | Dedent | IndentIfBreak | Later):
                stack.append((indentation, mode, doc.contents))
            elif suffix:
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
