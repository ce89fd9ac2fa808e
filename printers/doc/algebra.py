"""What documents are made of, the factories, and what can be asked of a document before it is printed."""

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


Node: TypeAlias = "Line | Lines | BreakParent | Indent | Dedent | Group | IfBreak | IndentIfBreak | Fill | Later | LineSuffix"
Doc: TypeAlias = "str | tuple[Doc, ...] | Node"

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
    if type(doc) is str:
        return False
    if type(doc) is tuple:
        return any(forces_break(part) for part in doc if type(part) is not str)
    if type(doc) is Line:
        return doc.hard
    if type(doc) is Group:
        return doc.breaks
    match doc:
        case Lines(texts=texts):
            return len(texts) > 1
        case BreakParent():
            return True
        case Indent(contents=contents) | Dedent(contents=contents) | IndentIfBreak(contents=contents):
            return forces_break(contents)
        case IfBreak(broken=broken, flat=flat):
            return forces_break(broken) or forces_break(flat)
        case Fill(parts=parts):
            return forces_break(parts)
        case LineSuffix(contents=contents) | Later(contents=contents):
            return forces_break(contents)
        case _:
            return False


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
    if type(doc) is str:
        out.append(doc)
        return True
    if type(doc) is tuple:
        for part in doc:
            if type(part) is str:
                out.append(part)
            elif not _flatten(part, out):
                return False
        return True
    if type(doc) is Line:
        if not doc.soft:
            out.append(" ")
        return not doc.hard
    if type(doc) is Group:
        if doc.flat is None:
            return False
        out.append(doc.flat)
        return True
    if type(doc) is Indent or type(doc) is Dedent:
        return _flatten(doc.contents, out)
    if type(doc) is IfBreak:
        return doc.group is None and _flatten(doc.flat, out)
    return type(doc) is Fill and _flatten(doc.parts, out)
