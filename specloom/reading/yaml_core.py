"""YAML to plain data by the core schema of YAML 1.2 (§10.3), built from the events of libyaml's parser.

PyYAML's own constructors follow YAML 1.1, where ``no`` is false and ``12:30`` a number, and they recurse. Building from
events needs no recursion, counts what aliases expand to, keeps keys as they were written and is faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from specloom.ir.diagnostics import Diagnostic, Place, Severity, SpecloomError

from .limits import Limits
from .pointers import JSON, join

_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE: Final = frozenset({"true", "True", "TRUE"})
_FALSE: Final = frozenset({"false", "False", "FALSE"})
_NUMBER: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_INTEGER: Final = re.compile(r"[-+]?[0-9]+\Z")
_BASED: Final = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_STARTS: Final = frozenset("~nNtTfF-+.0123456789")
_TAG: Final = "tag:yaml.org,2002:"


class NotFiniteError(ValueError):
    """A number that JSON does not have: NaN, infinity, or one too large for a float."""


def plain_scalar(text: str) -> JSON:
    """The value of an unquoted scalar (YAML 1.2.2 §10.3.2).

    Raises:
        NotFiniteError: for ``.inf``, ``.nan`` and floats out of range.
        ValueError: for an integer of more digits than Python reads.
    """
    if text and text[0] not in _STARTS:
        return text
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if _NUMBER.match(text):
        if _INTEGER.match(text):
            return int(text)
        return finite(text)
    if _BASED.match(text):
        return int(text, 0)
    if _NOT_FINITE.match(text):
        raise NotFiniteError(text)
    return text


def finite(text: str) -> float:
    """A float, or :class:`NotFiniteError`."""
    value = float(text)
    if value - value != 0.0:
        raise NotFiniteError(text)
    return value


def events(text: str, *, pure: bool = False) -> Iterator[Event]:
    """The parser's events: libyaml's where it is there, the same from PyYAML's own parser where it is not."""
    loader: type[yaml.SafeLoader] = yaml.SafeLoader if pure else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.parse(text, Loader=loader)  # type: ignore[no-any-return,no-untyped-call,unused-ignore] # stub is loose


def position(event: Event) -> tuple[int, int]:
    """Where an event starts: line and column from 1."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is still open."""

    value: dict[str, JSON] | list[JSON]
    anchor: str | None
    nodes_before: int
    height: int = 0
    key: str | None = None
    merges: list[JSON] | None = None
    skip_key: bool = False


@dataclass(slots=True)
class _Anchored:
    """What an alias stands for, and how large it is."""

    value: JSON
    nodes: int
    height: int


@dataclass(slots=True)
class _Builder:
    """Builds one document from events; one per parse."""

    file: str | None
    limits: Limits
    diagnostics: list[Diagnostic] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    anchors: dict[str, _Anchored | None] = field(default_factory=dict)
    root: JSON = None
    found: bool = False
    nodes: int = 0
    alias_nodes: int = 0

    def build(self, stream: Iterator[Event]) -> JSON:
        documents = 0
        for event in stream:
            if isinstance(event, ScalarEvent):
                self._scalar(event)
            elif isinstance(event, MappingStartEvent):
                self._open(event, {})
            elif isinstance(event, SequenceStartEvent):
                self._open(event, [])
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                self._close()
            elif isinstance(event, AliasEvent):
                self._alias(event)
            elif isinstance(event, DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self._warn("yaml-several-documents", "only the first document of this YAML stream is read", event)
                    break
        return self.root

    def _scalar(self, event: ScalarEvent) -> None:
        self.nodes += 1
        text: str = event.value
        top = self.stack[-1] if self.stack else None
        if top is not None and top.key is None and type(top.value) is dict and not top.skip_key:
            self._key(top, event)
            return
        try:
            value = self._value(event)
        except NotFiniteError:
            self._warn("number-not-finite", f"{text} is not a number JSON has; read as if it were not there", event)
            self._drop()
            return
        except ValueError:
            self._warn("number-too-long", f"a number of {len(text)} digits is read as text", event)
            value = text
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(value, 1, 0)
        self._put(value)

    def _value(self, event: ScalarEvent) -> JSON:
        tag: str | None = event.tag
        if tag == "!":
            return event.value
        if event.implicit[0]:
            return plain_scalar(event.value)
        if tag is None or event.implicit[1]:
            return event.value
        text: str = event.value
        match tag.removeprefix(_TAG):
            case "str":
                return text
            case "int" | "bool" | "null" | "merge":
                return plain_scalar(text)
            case "float":
                value = plain_scalar(text)
                return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
            case _:
                self._warn("yaml-tag", f"the YAML tag {tag} means nothing here; its value is read as text", event)
                return text

    def _key(self, top: _Frame, event: ScalarEvent) -> None:
        text: str = event.value
        if text == "<<" and event.implicit[0]:
            top.merges = top.merges if top.merges is not None else []
            top.key = "<<"
            top.skip_key = False
            return
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(text, 1, 0)
        if text in top.value:
            self._warn("duplicate-key", f"the key {text!r} stands twice in this object; the last one counts", event)
        top.key = text

    def _open(self, event: MappingStartEvent | SequenceStartEvent, value: dict[str, JSON] | list[JSON]) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and top.key is None and type(top.value) is dict and not top.skip_key:
            self._warn("yaml-complex-key", "a key that is an object or a list is left out, with its value", event)
            top.skip_key = True
            top.key = None
        if len(self.stack) >= self.limits.max_depth:
            raise too_deep(self.file, self.limits, self._place(event))
        if event.tag not in (None, "!", _TAG + "map", _TAG + "seq"):
            self._warn("yaml-tag", f"the YAML tag {event.tag} means nothing here and is left out", event)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        self.stack.append(_Frame(value, event.anchor, self.nodes))
        self.nodes += 1

    def _close(self) -> None:
        frame = self.stack.pop()
        value = frame.value
        if frame.merges is not None and isinstance(value, dict):
            value = _merged(value, frame.merges)
        height = frame.height + 1
        if frame.anchor is not None:
            self.anchors[frame.anchor] = _Anchored(value, self.nodes - frame.nodes_before, height)
        if self.stack:
            self.stack[-1].height = max(self.stack[-1].height, height)
        self._put(value)

    def _alias(self, event: AliasEvent) -> None:
        name = event.anchor or ""
        anchored = self.anchors.get(name)
        if name not in self.anchors:
            raise SpecloomError.of("yaml-syntax", f"the alias *{event.anchor} has no anchor before it", file=self.file,
                                   place=self._place(event), hint=f"write &{event.anchor} at the value it stands for")
        if anchored is None:
            raise SpecloomError.of("alias-loop", f"the alias *{event.anchor} stands inside the value it stands for",
                                   file=self.file, place=self._place(event), hint="use $ref for recursive schemas")
        self.nodes += anchored.nodes
        self.alias_nodes += anchored.nodes
        self._count_alias(anchored, event)
        top = self.stack[-1] if self.stack else None
        if top is not None and top.key is None and type(top.value) is dict and not top.skip_key:
            if isinstance(anchored.value, str):
                top.key = anchored.value
            else:
                self._warn("yaml-complex-key", "an alias as a key is left out, with its value", event)
                top.skip_key = True
                top.key = ""
            return
        if top is not None:
            top.height = max(top.height, anchored.height)
        self._put(anchored.value)

    def _count_alias(self, anchored: _Anchored, event: AliasEvent) -> None:
        if self.alias_nodes > self.limits.max_alias_nodes:
            raise SpecloomError.of(
                "alias-bomb", f"the aliases of this document stand for more than {self.limits.max_alias_nodes:,} values",
                file=self.file, place=self._place(event), hint="write the values once and use $ref")
        if len(self.stack) + anchored.height > self.limits.max_depth:
            raise too_deep(self.file, self.limits, self._place(event))

    def _put(self, value: JSON) -> None:
        if not self.stack:
            if not self.found:
                self.root, self.found = value, True
            return
        top = self.stack[-1]
        if type(top.value) is list:
            top.value.append(value)
        elif top.skip_key and top.key is None:
            top.key = ""  # the complex key itself has ended; its value comes next
        elif top.skip_key:
            top.skip_key, top.key = False, None
        elif top.key == "<<" and top.merges is not None and type(top.value) is dict:
            top.merges.extend(value if isinstance(value, list) else [value])
            top.key = None
        elif type(top.value) is dict and top.key is not None:
            top.value[top.key] = value
            top.key = None

    def _drop(self) -> None:
        """Leaves out a value: a member goes with its key, an item becomes null."""
        top = self.stack[-1] if self.stack else None
        if top is not None and type(top.value) is dict:
            top.key, top.skip_key = None, False
        else:
            self._put(None)

    def _place(self, event: Event) -> Place:
        line, column = position(event)
        return Place(file=self.file or "<text>", line=line, column=column)

    def _warn(self, code: str, message: str, event: Event) -> None:
        keys = (len(frame.value) if isinstance(frame.value, list) else frame.key for frame in self.stack)
        pointer = join(key for key in keys if key is not None)
        self.diagnostics.append(Diagnostic(code=code, severity=Severity.WARNING, message=message, pointer=pointer,
                                           file=self.file, place=self._place(event)))


def _merged(own: dict[str, JSON], merges: list[JSON]) -> dict[str, JSON]:
    """Merge keys (``<<``, https://yaml.org/type/merge.html): own keys win, then the earlier of the merged ones."""
    merged: dict[str, JSON] = {}
    for source in reversed(merges):
        if isinstance(source, dict):
            merged.update(source)
    merged.update(own)
    return merged


def too_deep(file: str | None, limits: Limits, place: Place | None = None) -> SpecloomError:
    """The error of a document that nests deeper than the limit."""
    return SpecloomError.of("too-deep", f"objects and lists nest deeper than {limits.max_depth} levels", file=file,
                            place=place, hint="name the inner schemas under components and use $ref")


def parse_yaml(
    text: str, file: str | None, limits: Limits, *, stream: Callable[[str], Iterator[Event]] = events
) -> tuple[JSON, list[Diagnostic]]:
    """The first document of a YAML stream as plain data, and what was odd about it.

    Raises:
        SpecloomError: ``yaml-syntax``, ``too-deep``, ``alias-bomb`` or ``alias-loop``, each with its place.
    """
    builder = _Builder(file, limits)
    try:
        return builder.build(stream(text)), builder.diagnostics
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file=file or "<text>", line=mark.line + 1, column=mark.column + 1) if mark else None
        problem = ", ".join(part for part in (error.context, error.problem) if part)
        raise SpecloomError.of("yaml-syntax", f"not YAML: {problem}", file=file, place=place,
                               hint="check indentation, colons and quotes there") from None
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        place = _reader_place(error, text, file)
        raise SpecloomError.of("yaml-syntax", f"not YAML: {reason}", file=file, place=place,
                               hint="remove the character there") from None


def _reader_place(error: yaml.YAMLError, text: str, file: str | None) -> Place | None:
    """Where a character stands that YAML does not allow (control characters)."""
    from yaml.reader import Reader

    found = Reader.NON_PRINTABLE.search(text)
    if found is None:
        return None
    before = text[: found.start()]
    return Place(file=file or "<text>", line=before.count("\n") + 1, column=found.start() - before.rfind("\n"))
