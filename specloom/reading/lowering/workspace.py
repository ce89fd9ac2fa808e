"""What one run of lowering knows: the document, the declarations made so far, and what was found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from specloom.ir.diagnostics import Diagnostic, Severity
from specloom.reading.pointers import JSON
from specloom.reading.references import References, Resolved

from .naming import Hint, Names
from .raw import Raw, Site
from .shapes import Shape

_LONGEST_CHAIN = 50


@dataclass(slots=True)
class Declaration:
    """A schema with a name. ``make`` computes its shape, at most once, when it is first asked for."""

    name: str
    site: Site
    schema: Raw
    make: Callable[[], Shape]
    parent: str | None = None
    inline: bool = False
    described: bool = True
    """Whether title and description belong to it; not so where the property around it shows them."""
    make_base: Callable[[], Shape] | None = None
    """Of a parent by ``allOf`` that became the union of its children: its own properties."""
    shape: Shape | None = None
    base: Shape | None = None
    busy: bool = False


@dataclass(slots=True)
class Workspace:
    """State of one run; made and dropped by :func:`lower`."""

    references: References
    version: str
    names: Names
    declarations: dict[str, Declaration] = field(default_factory=dict)
    named: dict[Site, str] = field(default_factory=dict)
    """Which declaration stands where."""
    queue: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _seen: set[tuple[str, str, str]] = field(default_factory=set)

    def note(self, severity: Severity, code: str, message: str, site: Site, hint: str | None = None) -> None:
        """Adds a diagnostic, once."""
        key = (code, site.file, site.pointer)
        if key in self._seen:
            return
        self._seen.add(key)
        file = self.references.display(site.file) if site.file else self.references.display("")
        self.diagnostics.append(
            Diagnostic(code=code, severity=severity, message=message, pointer=site.pointer, file=file, hint=hint)
        )

    def warn(self, code: str, message: str, site: Site, hint: str | None = None) -> None:
        """A diagnostic about something that was not carried over as it stands."""
        self.note(Severity.WARNING, code, message, site, hint)

    def info(self, code: str, message: str, site: Site, hint: str | None = None) -> None:
        """A diagnostic about something that changes nothing."""
        self.note(Severity.INFO, code, message, site, hint)

    def resolve(self, ref: str, site: Site) -> tuple[JSON, Site] | None:
        """What a reference that stands at ``site`` points at, and where that stands; nothing, and a diagnostic, if it dangles."""
        found = self.references.resolve(ref)
        if isinstance(found, Resolved):
            return found.value, Site(found.location.file, found.location.pointer)
        self.warn(found.code, found.message, site, found.hint)
        return None

    def follow(self, value: JSON, site: Site) -> tuple[Raw, Site]:
        """An object that may be written as a reference, and where it stands; an empty one if the reference dangles."""
        for _ in range(_LONGEST_CHAIN):
            ref = value.get("$ref") if isinstance(value, dict) else None
            if not isinstance(ref, str):
                return value if isinstance(value, dict) else {}, site
            target = self.resolve(ref, site)
            if target is None:
                return {}, site
            value, site = target
        self.warn("ref-loop", "references that lead only to each other", site)
        return {}, site

    def declare(self, hint: Hint, site: Site, schema: Raw, make: Callable[[], Shape], *, described: bool = True) -> str:
        """Gives a name to something that stood inline and puts it into the queue."""
        name = self.names.take(hint.name)
        self.declarations[name] = Declaration(
            name, site, schema, make, parent=hint.owner or None, inline=True, described=described
        )
        self.queue.append(name)
        return name
