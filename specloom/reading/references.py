"""References: what a ``$ref`` string points at, in this document and in the files it may read (OpenAPI 3.1.1 §4.8.23)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin

from specloom.ir.diagnostics import Diagnostic, SpecloomError

from .files import Neighbours, Refusal, Source, is_url
from .loading import Parsed, decode, parse
from .pointers import JSON, Absent, join, lookup, split_fragment
from .positions import scalar_text


@dataclass(frozen=True, slots=True)
class Location:
    """Where a value stands. ``file`` is ``""`` in the document itself, else a path from its folder, or a URL."""

    file: str
    pointer: str

    @property
    def ref(self) -> str:
        """The one spelling of a reference to here, as the document itself would write it."""
        file = self.file if is_url(self.file) else self.file.replace("%", "%25").replace("#", "%23")
        return f"{file}#{self.pointer.replace('%', '%25')}"


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a reference points at."""

    value: JSON
    location: Location


@dataclass(slots=True)
class References:
    """All files of one document, read when first referred to. Not thread-safe while it still reads."""

    root: dict[str, JSON]
    source: Source
    neighbours: Neighbours
    files: dict[str, JSON] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    anchors: dict[tuple[str, str], str] = field(default_factory=dict)
    ids: dict[str, Location] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    hints_left: int = 50
    _refused: dict[str, Refusal] = field(default_factory=dict)
    _found: dict[tuple[str, str], Resolved | Refusal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.files[""] = self.root
        self.sources[""] = self.source

    def resolve(self, ref: str, base: str = "") -> Resolved | Refusal:
        """What ``ref`` points at, read from the file ``base``; or why it points at nothing. One step: a target that is
        itself a reference is returned as it is.
        """
        found = self._found.get((base, ref))
        if found is None:
            found = self._found[base, ref] = self._resolve(ref, base)
        return found

    def follow(self, ref: str, base: str = "") -> Resolved | Refusal:
        """Like :meth:`resolve`, through all references that stand in for others, to the first real value."""
        seen: set[Location] = set()
        found = self.resolve(ref, base)
        while isinstance(found, Resolved) and isinstance(found.value, Mapping):
            onward = found.value.get("$ref")
            if not isinstance(onward, str) or len(found.value) > 1:
                break
            if found.location in seen:
                return Refusal("ref-loop", f"{ref} leads only back to itself")
            seen.add(found.location)
            found = self.resolve(onward, found.location.file)
        return found

    def forget(self) -> None:
        """Drops what was found so far: after values were replaced, references are looked up anew."""
        self._found.clear()

    def display(self, file: str) -> str | None:
        """The name of a file for people: openable from where the document itself is."""
        return self.sources[file].file if file in self.sources else file

    def spelling(self, file: str, pointer: str) -> str | None:
        """How a number is spelled in a file: ``1.10`` is a version, not 1.1."""
        source = self.sources[file]
        text = source.data if isinstance(source.data, str) else decode(source.data, source.file)
        return scalar_text(text, pointer)

    def _resolve(self, ref: str, base: str) -> Resolved | Refusal:
        name, _, fragment = ref.partition("#")
        if name and ref in self.ids:
            name, fragment = self.ids[ref].file, self.ids[ref].pointer
            return self._inside(name, fragment, ref)
        if name and name in self.ids:
            home = self.ids[name]
            return self._inside(home.file, home.pointer + fragment, ref)
        file = self._file(name, base) if name else base
        if isinstance(file, Refusal):
            return file
        return self._inside(file, fragment, ref)

    def _inside(self, file: str, fragment: str, ref: str) -> Resolved | Refusal:
        value = self._load(file)
        if isinstance(value, Refusal):
            return value
        if fragment and not fragment.startswith("/"):
            anchor = self.anchors.get((file, unquote(fragment)))
            if anchor is None:
                return Refusal("dangling-ref", f"{ref} names an anchor that is not there",
                               f"did you mean {ref.replace('#', '#/', 1)}?" if "/" in fragment else None)
            keys = split_fragment(anchor)
        else:
            keys = split_fragment(fragment)
        found = lookup(value, keys)
        if isinstance(found, Absent):
            return Refusal("dangling-ref", f"{ref} points at nothing", self._missing(value, keys))
        return Resolved(found, Location(file, join(keys)))

    def _missing(self, value: JSON, keys: tuple[str, ...]) -> str | None:
        """A hint: the name that comes close, where there is one. Comparing names is slow, so there is an end to it."""
        import difflib

        parent = lookup(value, keys[:-1]) if keys else None
        if not isinstance(parent, Mapping) or not self.hints_left or len(keys[-1]) > 200:
            return None
        self.hints_left -= 1
        close = difflib.get_close_matches(keys[-1], [k for k in parent if len(k) < 200][:5000], 1)
        return f"did you mean {join((*keys[:-1], close[0]))}?" if close else None

    def _file(self, name: str, base: str) -> str | Refusal:
        """The key of a file that is named from another one."""
        home = base if base and is_url(base) else self.source.url
        if is_url(name) or home:
            url = urljoin(home, name) if home else name
            return "" if url == self.source.url else url
        path = unquote(name)
        if "\0" in path:
            return Refusal("dangling-ref", f"{name!r} is not the name of a file")
        if path.startswith(("/", "\\")) or path[1:2] == ":":
            return path
        path = posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
        own = self.source.file
        if own is not None and self.source.folder is not None and path == posixpath.basename(own.replace("\\", "/")):
            return ""
        return path

    def _load(self, file: str) -> JSON | Refusal:
        if file in self.files:
            return self.files[file]
        if file in self._refused:
            return self._refused[file]
        value = self._read(file)
        if isinstance(value, Refusal):
            self._refused[file] = value
        else:
            self.files[file] = value
        return value

    def _read(self, file: str) -> JSON | Refusal:
        limits = self.neighbours.limits
        if len(self.files) > limits.max_files:
            return Refusal("too-many-files", f"{file} is not read: more than {limits.max_files} files")
        data = self.neighbours.read(file)
        if isinstance(data, Refusal):
            return data
        shown = file if is_url(file) or self.source.folder is None else str(self.source.folder / file)
        try:
            parsed: Parsed = parse(decode(data, shown), shown, limits)
        except SpecloomError as error:
            first = error.diagnostics[0]
            where = f" (line {first.place.line})" if first.place and first.place.line else ""
            return Refusal("dangling-ref", f"{file} cannot be read: {first.message}{where}", first.hint)
        self.sources[file] = Source(data, shown)
        self.diagnostics += parsed.diagnostics
        return parsed.value

