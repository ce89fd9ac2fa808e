"""What a Django project asks for, in one form: groups and zones are two spellings of these values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from specloom.ir.diagnostics import Diagnostic

LANGUAGES = ("typescript", "python", "go", "proto")
"""The emitters that a project can switch on, in the order in which they are named everywhere."""


class Spelling(StrEnum):
    """In which words a project was described; decides where its routes are looked for, and what messages call a group."""

    GROUPS = "groups"
    """``settings.SPECLOOM = OpenAPIClientConfig(...)``: the routes are those of the root URLconf."""
    ZONES = "zones"
    """``settings.DJANGO_REVOLUTION = get_revolution_config(...)``: each zone has an address of its own."""


@dataclass(frozen=True, slots=True)
class Group:
    """Apps whose API is described by one document and becomes one client in each language.

    What only zones have (``public`` and what follows) keeps its default where the project is spelled in groups.
    """

    name: str
    apps: tuple[str, ...]
    """Names of apps as in INSTALLED_APPS; ``*`` stands for anything: ``shop.*``."""
    title: str
    description: str = ""
    version: str = "v1"
    auth_required: bool = False
    """Only who is signed in gets an answer, whatever the views say."""
    public: bool = True
    """Everybody may read the document and its pages; else only who is signed in, with the group's ``permissions``."""
    permissions: tuple[str, ...] = ()
    """Dotted names of DRF permission classes that every view asks for beside its own."""
    rate_limit: str | None = None
    """In DRF's words, for every view: ``1000/hour``."""
    cors_enabled: bool = False
    middleware: tuple[str, ...] = ()
    """Dotted names of middleware around the group's views, outermost first."""
    path_prefix: str | None = None
    """The part of the address after the API's prefix; the name where it is not given."""
    include_patterns: tuple[str, ...] = ()
    """Regular expressions of paths; where there are any, only paths that one of them finds are in the document."""
    exclude_patterns: tuple[str, ...] = ()
    """Regular expressions of paths that are not in the document."""

    @property
    def prefix(self) -> str:
        """The part of the address after the API's prefix, without slashes at its ends."""
        return (self.path_prefix if self.path_prefix is not None else self.name).strip("/")


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where everything goes; absolute."""

    base: Path
    schemas: Path
    """``{schemas}/{group}.yaml``"""
    clients: Path
    """``{clients}/{language}/{group}``"""
    archive: Path

    def schema(self, group: str) -> Path:
        """The file of a group's document."""
        return self.schemas / f"{group}.yaml"

    def client(self, language: str, group: str) -> Path:
        """The folder of a group's client."""
        return self.clients / language / group


@dataclass(frozen=True, slots=True)
class ArchivePolicy:
    """Whether each run is kept, and for how long: what is older than ``days``, or beyond the newest ``count``, goes."""

    enabled: bool = True
    days: int | None = 30
    count: int | None = None


@dataclass(frozen=True, slots=True)
class MonorepoPackage:
    """A folder of a monorepo that gets a copy of clients of one language.

    ``path`` is absolute. ``groups``: whose clients; none named means all.
    """

    path: Path
    language: str = "typescript"
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """Everything that the commands need to know."""

    groups: tuple[Group, ...]
    spelling: Spelling
    outputs: Outputs
    languages: tuple[str, ...] = ("typescript", "python")
    options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Options of emitters: ``{"typescript": {"zod": True}}``."""
    archive: ArchivePolicy = ArchivePolicy()
    workers: int = 20
    """How many tasks at most run at once."""
    api_prefix: str = "api"
    title: str = "API"
    description: str = ""
    version: str = "1.0.0"
    packages: tuple[MonorepoPackage, ...] = ()
    debug: bool = False
    notes: tuple[Diagnostic, ...] = ()
    """Settings that were taken though nothing is to be done about them, and why."""

    def group(self, name: str) -> Group:
        """The group by its name. Raises ``KeyError``."""
        for group in self.groups:
            if group.name == name:
                return group
        raise KeyError(name)
