"""Bytes or text to plain data: the encoding, then JSON or YAML, whichever it is."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from specloom.ir.diagnostics import Diagnostic, Place, Severity, SpecloomError

from .limits import Limits
from .pointers import JSON, join
from .yaml_core import NotFiniteError, finite, parse_yaml, too_deep


@dataclass(frozen=True, slots=True)
class Parsed:
    """Plain data, and what was odd about its spelling."""

    value: JSON
    diagnostics: tuple[Diagnostic, ...]


_BINARY: Final = (
    (b"PK\3\4", "a ZIP archive"), (b"\x1f\x8b", "a gzip file"), (b"%PDF-", "a PDF"), (b"\x89PNG", "an image"),
    (b"\x7fELF", "a program"), (b"BZh", "a bzip2 file"), (b"\xfd7zXZ", "an xz file"),
)
_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, file: str | None) -> str:
    """The text of a file: by its byte order mark, else by where its NUL bytes stand, else UTF-8 (YAML 1.2.2 §5.2).

    Raises:
        SpecloomError: ``not-text``.
    """
    what = next((name for mark, name in _BINARY if data.startswith(mark)), None)
    if what is not None:
        raise _not_text(f"this is {what}, not a text file", file)
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    encoding = marked or _without_mark(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            where = f": byte {error.start} is not {encoding.upper()}" if marked else ""
            raise _not_text(f"not a text file{where}", file) from None
        before = data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        place = Place(file=file or "<text>", line=before.count(b"\n") + 1, column=column)
        raise _not_text(f"not a text file: byte {error.start} is not UTF-8", file, place) from None


def _not_text(message: str, file: str | None, place: Place | None = None) -> SpecloomError:
    return SpecloomError.of("not-text", message, file=file, place=place, hint="give a JSON or YAML file, saved as UTF-8")


def _without_mark(data: bytes) -> str:
    head = data[:4]
    if len(head) == 4:
        if head[:3] == b"\0\0\0":
            return "utf-32-be"
        if head[1:] == b"\0\0\0":
            return "utf-32-le"
    if len(head) >= 2 and 0 in head[:2] and head[:2] != b"\0\0":
        return "utf-16-be" if head[0] == 0 else "utf-16-le"
    return "utf-8"


def parse(text: str, file: str | None = None, limits: Limits = Limits()) -> Parsed:  # noqa: B008 - frozen
    """Plain data from JSON or YAML text.

    What starts like JSON is read as JSON, and as YAML where that fails and the file is not named ``.json``: a YAML flow
    mapping starts with a brace as well.

    Raises:
        SpecloomError: with line and column where the syntax is wrong; ``too-deep``, ``alias-bomb``, ``empty-document``.
    """
    text = text.removeprefix("\ufeff")
    if not text.strip("\ufeff\0 \t\r\n"):
        raise SpecloomError.of("empty-document", "the document is empty", file=file,
                               hint="give an OpenAPI 3.0 or 3.1 document")
    if text.lstrip()[:1] in ("{", "["):
        try:
            return parse_json(text, file, limits)
        except SpecloomError as error:
            if error.diagnostics[0].code != "json-syntax" or (file or "").lower().endswith(".json"):
                raise
            return _flow_mapping(text, file, limits, error)
    value, diagnostics = parse_yaml(text, file, limits)
    return Parsed(value, tuple(diagnostics))


def _flow_mapping(text: str, file: str | None, limits: Limits, error: SpecloomError) -> Parsed:
    """Reads as YAML what is no JSON; if it is neither, the JSON error is the clearer one."""
    try:
        value, diagnostics = parse_yaml(text, file, limits)
    except SpecloomError as other:
        raise (error if other.diagnostics[0].code == "yaml-syntax" else other) from None
    return Parsed(value, tuple(diagnostics))


class _Pairs:
    """Notes odd things while the JSON scanner runs; where they stand is looked up only if there are any."""

    def __init__(self) -> None:
        self.duplicates: list[tuple[dict[str, JSON], str]] = []
        self.not_finite = False

    def mapping(self, pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
        value = dict(pairs)
        if len(value) != len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    self.duplicates.append((value, key))
                seen.add(key)
        return value

    def number(self, text: str) -> float:
        try:
            return finite(text)
        except NotFiniteError:
            self.not_finite = True
            return float(text)

    def constant(self, text: str) -> float:
        self.not_finite = True
        return float(text)


def parse_json(text: str, file: str | None, limits: Limits) -> Parsed:
    """Plain data from JSON text (RFC 8259).

    Raises:
        SpecloomError: ``json-syntax`` with its place, ``too-deep``.
    """
    notes = _Pairs()
    diagnostics: list[Diagnostic] = []
    try:
        try:
            value = _loads(text, notes, strict=True)
        except json.JSONDecodeError as error:
            if "control character" not in error.msg:
                raise
            value = _loads(text, notes, strict=False)
            diagnostics.append(_warning("control-character", "a string has control characters that JSON wants escaped",
                                        file, place=_json_place(error, file)))
    except json.JSONDecodeError as error:
        raise SpecloomError.of("json-syntax", f"not JSON: {error.msg}", file=file, place=_json_place(error, file),
                               hint="check commas, quotes and brackets there") from None
    except RecursionError:
        raise too_deep(file, limits, _too_deep_place(text, file, limits)) from None
    except ValueError as error:
        raise SpecloomError.of("json-syntax", f"not JSON that can be read: {str(error).split(';')[0]}", file=file) from None
    if depth_exceeds(value, limits.max_depth):
        raise too_deep(file, limits, _too_deep_place(text, file, limits))
    if notes.duplicates or notes.not_finite:
        diagnostics += _odd(value, notes, file)
    return Parsed(value, tuple(diagnostics))


def _loads(text: str, notes: _Pairs, *, strict: bool) -> JSON:
    value: JSON = json.loads(text, object_pairs_hook=notes.mapping, parse_float=notes.number,
                             parse_constant=notes.constant, strict=strict)
    return value


def _json_place(error: json.JSONDecodeError, file: str | None) -> Place:
    return Place(file=file or "<text>", line=error.lineno, column=error.colno)


def _too_deep_place(text: str, file: str | None, limits: Limits) -> Place | None:
    depth = 0
    for token in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{\]}]', text):
        bracket = token.group()
        depth += 1 if bracket in "[{" else -1 if bracket in "]}" else 0
        if depth > limits.max_depth:
            return place_at(text, token.start(), file)
    return None


def place_at(text: str, index: int, file: str | None) -> Place:
    """The line and column of an index into a text."""
    return Place(file=file or "<text>", line=text.count("\n", 0, index) + 1, column=index - text.rfind("\n", 0, index))


def _warning(code: str, message: str, file: str | None, *, pointer: str | None = None,
             place: Place | None = None) -> Diagnostic:
    return Diagnostic(code=code, severity=Severity.WARNING, message=message, pointer=pointer, file=file, place=place)


def depth_exceeds(root: JSON, limit: int) -> bool:
    """Whether objects and lists nest deeper than a limit; level by level, so without recursion."""
    level: list[dict[str, JSON] | list[JSON]] = [root] if isinstance(root, dict | list) else []
    for _ in range(limit):
        below: list[dict[str, JSON] | list[JSON]] = []
        for value in level:
            below += [v for v in (value.values() if type(value) is dict else value)
                      if type(v) is dict or type(v) is list]
        if not below:
            return False
        level = below
    return True


def _odd(root: JSON, notes: _Pairs, file: str | None) -> list[Diagnostic]:
    """Names repeated keys with their pointers, and takes out numbers that are not finite."""
    repeated: dict[int, list[str]] = {}
    for mapping, key in notes.duplicates:
        repeated.setdefault(id(mapping), []).append(key)
    found: list[Diagnostic] = []
    for keys, value in _containers(root):
        if isinstance(value, dict):
            found += [_warning("duplicate-key", f"the key {key!r} stands twice in this object; the last one counts", file,
                               pointer=join((*keys, key))) for key in repeated.get(id(value), ())]
        members: list[tuple[str | int, JSON]] = list(value.items() if isinstance(value, dict) else enumerate(value))
        for name, item in members:
            if isinstance(item, float) and item - item != 0.0:
                found.append(_warning("number-not-finite", f"{item} is not a number JSON has; read as if it were not there",
                                      file, pointer=join((*keys, name))))
                if isinstance(value, dict):
                    del value[str(name)]
                else:
                    value[int(name)] = None
    return found


def _containers(root: JSON) -> Iterator[tuple[tuple[str | int, ...], dict[str, JSON] | list[JSON]]]:
    """Every object and list with its path, in document order."""
    stack: list[tuple[tuple[str | int, ...], JSON]] = [((), root)]
    while stack:
        keys, value = stack.pop()
        if isinstance(value, dict | list):
            yield keys, value
            pairs: list[tuple[str | int, JSON]] = list(value.items() if isinstance(value, dict) else enumerate(value))
            stack += [((*keys, key), item) for key, item in reversed(pairs) if isinstance(item, dict | list)]


def plain(value: object, limits: Limits = Limits()) -> JSON:  # noqa: B008 - frozen
    """A copy of what a caller handed over as plain data: text keys, dicts and lists.

    Raises:
        SpecloomError: ``too-deep`` for data that nests too deep or holds itself, ``not-plain-data`` for other objects.
    """
    try:
        return _plain(value, limits.max_depth, limits)
    except RecursionError:
        raise too_deep(None, limits) from None


def _plain(value: object, levels: int, limits: Limits) -> JSON:
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if value - value == 0.0 else None
        case Mapping() | Sequence() if levels == 0:
            raise too_deep(None, limits)
        case Mapping():
            return {_key(key): _plain(item, levels - 1, limits) for key, item in value.items()}
        case Sequence() if not isinstance(value, bytes | bytearray | memoryview):
            return [_plain(item, levels - 1, limits) for item in value]
        case _:
            raise SpecloomError.of("not-plain-data", f"a value of type {type(value).__name__} is not JSON",
                                   hint="hand over dicts, lists, text, numbers, booleans and None")


def _key(key: object) -> str:
    if isinstance(key, bool):
        return "true" if key else "false"
    return "null" if key is None else str(key)
