"""Compares two APIs: matches their operations, follows them to all schemas, and judges what is found by how it is used."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from specloom.ir.context import IRContext
from specloom.ir.recursion import components
from specloom.ir.schemas import IRSchema

from .changes import Change, Comparison, Place, Use
from .findings import At, Finding, Found, Link, Sides, escaped, is_declared
from .judging import joined, judged
from .matching import Matched, match
from .operations import Documents, compare_operations, label, without_partner
from .schemas import compare_schemas
from .security import renamed_schemes, scheme_changes, server_changes

_Names = tuple[str, str]
_WHOLE = At(Place(""))


@dataclass(slots=True)
class _Pair:
    """Two schemas that stand at one place: what changed in them, and where they lead."""

    findings: list[Finding] = field(default_factory=list)
    links: list[tuple[_Names, Use | None]] = field(default_factory=list)


@dataclass(slots=True)
class _Seen:
    """What one comparison has found so far; made and dropped by :func:`compare`."""

    sides: Sides
    labels: list[str] = field(default_factory=list)
    direct: list[tuple[Finding, int]] = field(default_factory=list)
    """Findings in operations, each with the operation's number."""
    roots: dict[Use, dict[_Names, int]] = field(default_factory=lambda: {use: {} for use in Use})
    """For each way, the pairs that operations mention, with a bit for each operation."""
    pairs: dict[_Names, _Pair] = field(default_factory=dict)
    waiting: deque[Link] = field(default_factory=deque)


def compare(old: IRContext, new: IRContext) -> Comparison:
    """All differences between two APIs that matter to a client; words for people (descriptions, examples) are not compared.

    Each schema is compared once, wherever it is used, and its changes are judged by all the ways in which the operations that
    both documents have use it. The cost grows with the size of the documents.

    Args:
        old: the API that existing clients know.
        new: the API as it is to be.

    Returns:
        The changes, in the order of the new document; none where only words differ.
    """
    sides = Sides(old.schemas, new.schemas)
    schemes = renamed_schemes(old.security_schemes, new.security_schemes)
    documents = Documents(old, new, sides, schemes)
    seen = _Seen(sides)
    operations, webhooks = match(old.operations, new.operations), match(old.webhooks, new.webhooks)
    _follow_operations(seen, operations, documents, webhook=False)
    _follow_operations(seen, webhooks, documents, webhook=True)
    _follow_schemas(seen)
    renamed = _renamed(seen)
    whole = [*server_changes(old.servers, new.servers, _WHOLE),
             *scheme_changes(old.security_schemes, new.security_schemes, schemes, _WHOLE)]
    alone = [*without_partner(operations), *without_partner(webhooks, webhook=True)]
    found = [
        *(judged(finding, (), ()) for finding in (*whole, *alone)),
        *_in_operations(seen, renamed),
        *_in_schemas(seen, renamed),
        *(judged(finding, (), ()) for finding in _schemas_alone(sides, renamed)),
    ]
    changes = _ordered(_merged(found), old, new)
    return Comparison(_title(old), _title(new), tuple(changes))


def _title(api: IRContext) -> str:
    return f"{api.info.title} {api.info.version}".strip()


def _follow_operations(seen: _Seen, matched: Matched, documents: Documents, *, webhook: bool) -> None:
    for old, new in matched.pairs:
        number = len(seen.labels)
        seen.labels.append(label(new, webhook=webhook))
        for item in compare_operations(old, new, documents, webhook=webhook):
            if isinstance(item, Finding):
                seen.direct.append((item, number))
                continue
            names, use = (item.old, item.new), item.at.only or Use.REQUEST
            seen.roots[use][names] = seen.roots[use].get(names, 0) | 1 << number
            seen.waiting.append(item)


def _follow_schemas(seen: _Seen) -> None:
    """Compares every pair that can be reached, then every schema that both have and nothing led to."""
    _drain(seen)
    for name in seen.sides.new:
        both = is_declared(name, seen.sides.new) and is_declared(name, seen.sides.old)
        if both and (name, name) not in seen.pairs:
            seen.waiting.append(Link(name, name, _WHOLE))
            _drain(seen)


def _drain(seen: _Seen) -> None:
    while seen.waiting:
        link = seen.waiting.popleft()
        names = (link.old, link.new)
        if names in seen.pairs:
            continue
        pair = seen.pairs[names] = _Pair()
        for item in _compared(link, seen.sides):
            if isinstance(item, Finding):
                pair.findings.append(item)
            else:
                pair.links.append(((item.old, item.new), item.at.only))
                seen.waiting.append(item)


def _compared(link: Link, sides: Sides) -> Found:
    return compare_schemas(sides.old[link.old], sides.new[link.new], sides, _schema_place(link, sides))


def _schema_place(link: Link, sides: Sides) -> At:
    """A named schema is a place of its own; what stands inline, or took the place of another, is where it was met first."""
    was, now = sides.declared(link.old, sides.old), sides.declared(link.new, sides.new)
    if now is not None and (was == now or sides.renamed(link.old, link.new)):
        return At(Place(_pointer(sides.new[now]), schema=now))
    schema = sides.new[link.new]
    if link.at is _WHOLE:
        return At(Place(_pointer(schema), schema=schema.name))
    return link.at if link.at.only is None else At(link.at.place)


def _pointer(schema: IRSchema) -> str:
    return schema.pointer or f"/components/schemas/{escaped(schema.name)}"


def _renamed(seen: _Seen) -> Mapping[str, str]:
    """Schemas that certainly only have another name: one went, one came, at the same places, with the same content."""
    candidates: dict[_Names, bool] = {}
    for (old, new), pair in seen.pairs.items():
        names = seen.sides.renamed(old, new)
        if names is not None:
            same = all(finding.code == "type-renamed" for finding in pair.findings)
            candidates[names] = candidates.get(names, True) and same
    olds, news = Counter(was for was, _ in candidates), Counter(now for _, now in candidates)
    return {was: now for (was, now), same in candidates.items() if same and olds[was] == news[now] == 1}


def _worth_saying(finding: Finding, renamed: Mapping[str, str]) -> bool:
    return finding.unless is None or renamed.get(finding.unless[0]) != finding.unless[1]


def _in_operations(seen: _Seen, renamed: Mapping[str, str]) -> Iterator[Change]:
    direct = [(finding, number) for finding, number in seen.direct if _worth_saying(finding, renamed)]
    security = [finding for finding, _ in direct if finding.code.startswith("security-")]
    same = {(finding.code, finding.old, finding.new) for finding in security}
    everywhere = len(same) == 1 and len(security) == len(seen.labels) > 1
    if everywhere:
        yield judged(replace(security[0], at=_WHOLE.below("security")), (), tuple(seen.labels))
    for finding, number in direct:
        if not (everywhere and finding.code.startswith("security-")):
            uses = () if finding.at.only is None else (finding.at.only,)
            yield judged(finding, uses, (seen.labels[number],))


def _in_schemas(seen: _Seen, renamed: Mapping[str, str]) -> Iterator[Change]:
    masks = {use: _masks(seen, use) for use in Use}
    for names, pair in seen.pairs.items():
        for finding in pair.findings:
            if not _worth_saying(finding, renamed):
                continue
            ways = {use: mask for use in Use if finding.at.only in (None, use) and (mask := masks[use].get(names, 0))}
            joined = 0
            for mask in ways.values():
                joined |= mask
            operations = tuple(text for number, text in enumerate(seen.labels) if joined >> number & 1)
            yield judged(finding, tuple(ways), operations, in_schema=True)


def _masks(seen: _Seen, use: Use) -> dict[_Names, int]:
    """For each pair, a bit for each operation that leads to it one way, directly or through others."""
    keys = {names: str(number) for number, names in enumerate(seen.pairs)}
    needs = {names: [to for to, only in pair.links if only in (None, use)] for names, pair in seen.pairs.items()}
    masks = dict(seen.roots[use])
    back = list(seen.pairs)
    groups = components({keys[names]: [keys[to] for to in each] for names, each in needs.items()})
    for group in reversed(groups):  # users first
        members = [back[int(key)] for key in group]
        joined = 0
        for names in members:
            joined |= masks.get(names, 0)
        if joined:
            for names in members:
                masks[names] = joined
                for to in needs[names]:
                    masks[to] = masks.get(to, 0) | joined
    return masks


def _schemas_alone(sides: Sides, renamed: Mapping[str, str]) -> Iterator[Finding]:
    """Named schemas that only one document has."""
    for name, schema in sides.old.items():
        at = At(Place(_pointer(schema), schema=name))
        if schema.inline or is_declared(name, sides.new):
            continue
        if name in renamed:
            now = sides.new[renamed[name]]
            yield Finding("schema-renamed", At(Place(_pointer(now), schema=now.name)), name, now.name)
        else:
            yield Finding("schema-removed", at, schema.kind, None)
    come = set(renamed.values())
    for name, schema in sides.new.items():
        if not (schema.inline or is_declared(name, sides.old) or name in come):
            yield Finding("schema-added", At(Place(_pointer(schema), schema=name)), None, schema.kind)


def _merged(changes: Iterable[Change]) -> list[Change]:
    """The variants of a schema that requests and responses have are one place; what changed in both is one change."""
    found: dict[tuple[object, ...], Change] = {}
    for change in changes:
        key = (change.code, change.place, change.old, change.new)
        found[key] = joined(found[key], change) if key in found else change
    return list(found.values())


def _ordered(changes: Iterable[Change], old: IRContext, new: IRContext) -> list[Change]:
    """By place: the document, its operations, then schemas, as the new document lists them; what is gone comes behind."""
    operations = _ranks(
        [label(each) for each in new.operations], [label(each) for each in old.operations],
        [label(each, webhook=True) for each in new.webhooks], [label(each, webhook=True) for each in old.webhooks],
    )
    schemas = _ranks(list(new.schemas), list(old.schemas))

    def rank(change: Change) -> tuple[int, int]:
        place = change.place
        if place.operation is not None:
            return 1, operations[place.operation]
        return (2, schemas[place.schema]) if place.schema is not None else (0, 0)

    return sorted(changes, key=rank)


def _ranks(*lists: list[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(name for each in lists for name in each))}
