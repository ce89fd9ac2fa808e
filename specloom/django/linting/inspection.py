"""Everything the rules may ask: the files, their serializers, where a function that runs stands, what drf-spectacular says."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from pathlib import Path

import libcst as cst

from .findings import Finding, Fix, Position, Rule
from .generation import Generation, generate
from .serializers import SerializerClass, serializers_of
from .sources import Definition, Source, Unreadable, read_source
from .targets import Targets


class Inspection:
    """One look at a project. Files are read once, and drf-spectacular runs once, when first asked for."""

    def __init__(self, targets: Targets) -> None:
        self.targets = targets
        self._read: dict[Path, Source | Unreadable] = {}

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The files that were asked for and could be read."""
        return tuple(source for path in self.targets.files if (source := self.at(path)) is not None)

    @cached_property
    def unreadable(self) -> tuple[Unreadable, ...]:
        """The files that were asked for and are no Python."""
        every = (self._file(path) for path in self.targets.files)
        return tuple(file for file in every if isinstance(file, Unreadable))

    @cached_property
    def serializers(self) -> tuple[SerializerClass, ...]:
        """The serializers in the files that were asked for."""
        return tuple(found for source in self.sources for found in serializers_of(source))

    @cached_property
    def generation(self) -> Generation:
        """What drf-spectacular makes of the project's routes, and what it says about them."""
        return generate()

    def at(self, path: Path) -> Source | None:
        """The file at a path, wherever it is."""
        read = self._file(path)
        return read if isinstance(read, Source) else None

    def _file(self, path: Path) -> Source | Unreadable:
        if path not in self._read:
            self._read[path] = read_source(path)
        return self._read[path]

    def standing(self, thing: object) -> tuple[Source, Definition] | None:
        """Where a function or class that runs stands, if that is a file of the apps that were asked about."""
        while isinstance(thing, partial):
            thing = thing.func
        if not inspect.isfunction(thing) and not isinstance(thing, type):
            return None
        function = inspect.unwrap(thing) if inspect.isfunction(thing) else thing
        try:
            file = inspect.getsourcefile(function)
        except (TypeError, OSError):
            return None
        path = Path(file).resolve() if file else None
        if path is None or not self.targets.own(path):
            return None
        source = self.at(path)
        return _definition(source, function) if source is not None else None


def _definition(source: Source, thing: Callable[..., object] | type) -> tuple[Source, Definition] | None:
    qualified = thing.__qualname__
    if "<locals>" not in qualified:
        node = source.definition(qualified)
        if node is not None and isinstance(node, cst.ClassDef) == isinstance(thing, type):
            return source, node
    return None


def found(
    rule: Rule, source: Source, node: cst.CSTNode, message: str, suggestion: str, fix: Fix | None = None
) -> Iterator[Finding]:
    """A finding at a node, unless a comment on its line says to ignore it."""
    position = source.position(node)
    if not source.ignores(position.line, rule.code):
        yield Finding(rule, source.app, source.path, position, message, suggestion, fix)


def of_schema(rule: Rule, message: str, suggestion: str) -> Finding:
    """A finding that is of the schema as a whole."""
    return Finding(rule, "", None, Position(1, 1), message, suggestion)
