"""References checked after the walk: each points at something of its kind, is spelled one way, and ends somewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from specloom.ir.diagnostics import Diagnostic, Severity

from .files import Refusal
from .grammar import Form, Kind, Shape, kind_at
from .pointers import JSON, Absent, join, lookup, split
from .references import Location, Resolved
from .walk import Reference, Walk, an, severity_of

_COMPOSED: Final = ("allOf",)
_CHOICES: Final = ("oneOf", "anyOf")
_NAME: Final = re.compile(r"[A-Za-z0-9._-]+\Z")


@dataclass(slots=True)
class Links:
    """The state of one round of checking."""

    walk: Walk
    walked: set[tuple[Location, Kind]] = field(default_factory=set)
    pieces: list[tuple[Location, Kind]] = field(default_factory=list)
    seen: dict[tuple[str, str, Kind], Location | Refusal] = field(default_factory=dict)
    targets: dict[int, Location] = field(default_factory=dict)


def link(walk: Walk) -> list[tuple[Location, Kind]]:
    """Checks every reference the walk noted, walks what lies outside of the document's own parts, and breaks loops.

    Returns:
        the values outside of the document's own parts that references lead to, each walked once.
    """
    links = Links(walk)
    walk.site.references.forget()  # what the walk looked up may have changed since
    done = 0
    while done < len(walk.references):  # grows while other files are walked
        reference = walk.references[done]
        done += 1
        _check(links, reference)
    walk.site.references.forget()
    _break_loops(links)
    _link_mappings(links)
    _link_security(walk)
    walk.site.references.forget()
    return links.pieces


def _check(links: Links, reference: Reference) -> None:
    ref = reference.node.get("$ref")
    if not isinstance(ref, str):
        return
    key = (reference.base, ref, reference.kind)
    outcome = links.seen.get(key)
    if outcome is None:
        outcome = links.seen[key] = _outcome(links, ref, reference)
    if isinstance(outcome, Refusal):
        _give_up(links, reference, outcome)
        return
    links.targets[id(reference)] = outcome
    canonical = outcome.ref
    if canonical != ref:
        reference.node["$ref"] = canonical
        links.seen["", canonical, reference.kind] = outcome
    reference.base = ""


def _outcome(links: Links, ref: str, reference: Reference) -> Location | Refusal:
    """Where a reference leads, or why it leads nowhere useful."""
    references = links.walk.site.references
    found = references.resolve(ref, reference.base)
    if isinstance(found, Refusal):
        return found
    keys = split(found.location.pointer)
    kind = _kind(links, found)
    if kind is not None and kind is not reference.kind:
        return Refusal("ref-wrong-kind", f"{ref} is {an(kind)}, not {an(reference.kind)}")
    if reference.kind is Kind.SCHEMA and isinstance(found.value, bool):
        return found.location if found.value else Refusal("ref-wrong-kind", f"{ref} is the schema false")
    if not isinstance(found.value, dict):
        return Refusal("ref-wrong-kind", f"{ref} is no object, so not {an(reference.kind)}")
    if kind is None or found.location.file:
        _walk_piece(links, found, reference.kind, keys)
    return found.location


def _kind(links: Links, found: Resolved) -> Kind | None:
    """The kind of a target by where it stands; None where OpenAPI says nothing about the place."""
    root = links.walk.site.references.files[found.location.file]
    if found.location.file and not (isinstance(root, dict) and "openapi" in root):
        return None
    return kind_at(split(found.location.pointer))


def _walk_piece(links: Links, found: Resolved, kind: Kind, keys: tuple[str, ...]) -> None:
    """Walks a value that the walk over the document does not reach."""
    location = found.location
    if (location, kind) in links.walked:
        return
    links.walked.add((location, kind))
    links.pieces.append((location, kind))
    site = links.walk.site
    files = site.references.files
    holder = lookup(files[location.file], keys[:-1]) if keys else None
    parent: dict[str, JSON] | list[JSON] = holder if isinstance(holder, dict | list) else {}
    site.file, site.keys, before = location.file, list(keys), (site.file, site.keys)
    mended = links.walk.one(Shape(Form.ONE, kind, True), found.value, parent)
    site.file, site.keys = before
    if mended is found.value:
        return
    value: JSON = {} if isinstance(mended, Absent) else mended
    if isinstance(holder, dict):
        holder[keys[-1]] = value
    elif isinstance(holder, list):
        holder[int(keys[-1])] = value
    else:
        files[location.file] = value
    site.references.forget()


def _give_up(links: Links, reference: Reference, why: Refusal) -> None:
    """A reference that leads nowhere: a schema becomes anything, other things are left out."""
    said = _neutralise(reference)
    links.walk.dropped = True
    _note(links, reference, why.code, f"{why.message}; {said}", severity_of(why), why.hint)


def _note(links: Links, reference: Reference, code: str, message: str, severity: Severity = Severity.WARNING,
          hint: str | None = None) -> None:
    references = links.walk.site.references
    links.walk.diagnostics.append(Diagnostic(
        code=code, severity=severity, message=message, pointer=join(reference.keys) + "/$ref",
        file=references.display(reference.file), hint=hint))


def _neutralise(reference: Reference) -> str:
    """Takes a reference away where it stands; returns what it is read as."""
    node, parent = reference.node, reference.parent
    node.pop("$ref", None)
    if reference.kind is Kind.SCHEMA:
        return "read as anything"
    if reference.kind is Kind.RESPONSE:
        node.clear()
        node["description"] = ""
        return "read as an empty response"
    if isinstance(parent, list):
        parent[:] = [item for item in parent if item is not node]
    else:
        for key in [key for key, item in parent.items() if item is node]:
            del parent[key]
    return "left out"


def _break_loops(links: Links) -> None:
    """Finds references that lead back to themselves with nothing between, and takes the one away that closes the loop."""
    _break(links, _edges(links, _COMPOSED), "leads back to itself with nothing between")
    _break(links, _edges(links, _CHOICES), "is one of its own choices")


_Edge = tuple[str, Reference]


def _edges(links: Links, through: tuple[str, ...]) -> dict[str, list[_Edge]]:
    """From each schema that is referred to, to those it is nothing but: by a plain reference, or through keywords."""
    targets = {location.ref: len(split(location.pointer)) for location in dict.fromkeys(links.targets.values())}
    depths = frozenset(targets.values())
    edges: dict[str, list[_Edge]] = {}
    for reference in links.walk.references:
        if id(reference) not in links.targets or "$ref" not in reference.node:
            continue
        keys = reference.keys
        while True:
            if len(keys) in depths and (home := Location(reference.file, join(keys)).ref) in targets:
                edges.setdefault(home, []).append((links.targets[id(reference)].ref, reference))
            if len(keys) < 2 or keys[-2] not in through or not keys[-1].isdigit():
                break
            keys = keys[:-2]
    return edges


def _break(links: Links, edges: dict[str, list[_Edge]], why: str) -> None:
    done: set[str] = set()
    for start in edges:
        if start in done:
            continue
        open_: dict[str, None] = {start: None}
        stack = [iter(edges[start])]
        while stack:
            for target, reference in stack[-1]:
                if "$ref" not in reference.node:
                    continue
                if target in open_:
                    ref = reference.node["$ref"]
                    said = _neutralise(reference)
                    links.walk.dropped = True
                    _note(links, reference, "ref-loop", f"{ref} {why}; {said}")
                elif target in edges and target not in done:
                    open_[target] = None
                    stack.append(iter(edges[target]))
                    break
            else:
                stack.pop()
                done.add(open_.popitem()[0])


def _link_mappings(links: Links) -> None:
    """Writes the targets of discriminator mappings as references (OpenAPI 3.1.1 §4.8.25.4)."""
    for node, file, keys in links.walk.discriminators:
        mapping = node.get("mapping")
        if not isinstance(mapping, dict):
            continue
        for name, target in list(mapping.items()):
            found = _mapped(links, target, file) if isinstance(target, str) else None
            if found is not None:
                mapping[name] = found.location.ref
                continue
            del mapping[name]
            links.walk.diagnostics.append(Diagnostic(
                code="dangling-mapping", severity=Severity.WARNING, pointer=join((*keys, "mapping", name)),
                message=f"the mapping of {name!r} points at no schema: {target}; left out",
                file=links.walk.site.references.display(file)))


def _mapped(links: Links, target: str, file: str) -> Resolved | None:
    references = links.walk.site.references
    if _NAME.match(target):
        named = references.resolve(f"#/components/schemas/{target}", file)
        if isinstance(named, Resolved):
            return named
    found = references.resolve(target, file)
    return found if isinstance(found, Resolved) and isinstance(found.value, dict) else None


def _link_security(walk: Walk) -> None:
    """Leaves out the security alternatives that name a scheme the document does not declare."""
    components = walk.site.references.root.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    known = schemes if isinstance(schemes, dict) else {}
    for node, keys in walk.secured:
        alternatives = node.get("security")
        if not isinstance(alternatives, list):
            continue
        unknown = dict.fromkeys(name for item in alternatives if isinstance(item, dict) for name in item if name not in known)
        if not unknown:
            continue
        kept: list[JSON] = [item for item in alternatives if not isinstance(item, dict) or all(n in known for n in item)]
        walk.dropped = True
        if kept:
            node["security"] = kept
        else:
            del node["security"]
        walk.diagnostics += [
            Diagnostic(code="security-scheme-unknown", severity=Severity.WARNING, pointer=join((*keys, "security")),
                       message=f"the security scheme {name!r} is not declared; left out", file=walk.site.references.display(""),
                       hint="declare it under components/securitySchemes")
            for name in unknown
        ]
