"""The arguments of commands as values, and how they become jobs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.ir.filtering import OperationFilter
    from specloom.jobs import Target

Patterns = tuple[list[str] | None, list[str] | None, list[str] | None, list[str] | None]


class Format(StrEnum):
    """How ``specloom check`` shows diagnostics."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class DiffFormat(StrEnum):
    """How ``specloom diff`` shows a comparison."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class Filters:
    """Patterns of tags, paths, operations and flags, to include and to exclude."""

    include: Patterns = (None, None, None, None)
    exclude: Patterns = (None, None, None, None)
    exclude_deprecated: bool = False

    @property
    def given(self) -> bool:
        """Whether any is there."""
        return self.exclude_deprecated or any(self.include) or any(self.exclude)

    def models(self) -> tuple[OperationFilter, OperationFilter]:
        """The same as filters of the IR."""
        return _filter(self.include, None), _filter(self.exclude, self.exclude_deprecated or None)


def _filter(patterns: Patterns, deprecated: bool | None) -> OperationFilter:
    from specloom.ir.filtering import OperationFilter

    tags, paths, operations, flags = (tuple(each or ()) for each in patterns)
    return OperationFilter(tags=tags, paths=paths, operations=operations, flags=flags, deprecated=deprecated)


@dataclass(frozen=True, slots=True)
class Outputs:
    """Folders by emitter, and options."""

    folders: Mapping[str, Path]
    others: tuple[str, ...] = ()
    switches: Mapping[str, bool] | None = None
    import_ending: str | None = None
    options: tuple[str, ...] = ()
    formatter: str | None = None
    proto_package: str | None = None

    @property
    def given(self) -> bool:
        """Whether any folder or option is there."""
        return bool(
            self.folders or self.others or any((self.switches or {}).values()) or self.import_ending is not None
            or self.options or self.formatter is not None or self.proto_package is not None
        )

    def targets(self) -> tuple[Target, ...]:
        """The targets with their options. Raises ``SpecloomError`` or ``ValueError`` (what was typed makes no sense)."""
        from specloom.options import targets_of

        folders: dict[str, str | Path] = dict(self.folders)
        for pair in self.others:
            name, equals, folder = pair.partition("=")
            if not (name and equals and folder):
                raise ValueError(f"--target {pair}: say EMITTER=DIR")
            folders[name] = Path(folder)
        shared: dict[str, object] = {name: True for name, on in (self.switches or {}).items() if on}
        if self.import_ending is not None:
            shared["import_ending"] = self.import_ending
        if self.formatter is not None:
            shared["formatter"] = self.formatter
        own: dict[str, dict[str, object]] = {}
        for pair in self.options:
            key, equals, value = pair.partition("=")
            if not (key and equals):
                raise ValueError(f"--option {pair}: say KEY=VALUE or EMITTER.KEY=VALUE")
            emitter, dot, name = key.rpartition(".")
            (own.setdefault(emitter, {}) if dot else shared)[name] = value
        if self.proto_package is not None:
            own.setdefault("proto", {})["package"] = self.proto_package
        return targets_of(folders, shared, own)


@dataclass(frozen=True, slots=True)
class Run:
    """How to go about it."""

    check: bool = False
    dry_run: bool = False
    force: bool = False
    strict: bool = False
    watch: bool = False
    allow: tuple[str, ...] = ()
    config: Path | None = None
    documents: tuple[str, ...] = ()
    verbose: bool = False
    tree: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """All that ``specloom generate`` was asked."""

    spec: str | None
    outputs: Outputs
    filters: Filters
    how: Run
