"""One walk over a document: every object meets its repairs, every field its form, every reference is noted down.

The data is owned by the reader, so the walk puts repaired values where the old ones stood. It is as deep as the document,
which the limits bound.
"""

from __future__ import annotations

import copy
import difflib
from dataclasses import dataclass, field
from typing import Final

from specloom.ir.diagnostics import Diagnostic, Severity

from .files import Refusal
from .forms import SHORTHAND, fits, fitted
from .grammar import FIELDS, METHODS, NEW_IN_3_2, REST, Form, Kind, Shape, is_extension
from .pointers import ABSENT, JSON, Absent, join
from .references import Location, References, Resolved
from .repairs import ALWAYS, BY_KEY, REPAIRS, Finding, Site

_ANNOTATIONS: Final = frozenset({
    "$ref", "description", "title", "summary", "deprecated", "readOnly", "writeOnly", "nullable", "default", "example",
    "examples", "externalDocs", "xml",
})
PLAIN_TYPES: Final = frozenset({"string", "integer", "number", "boolean", "object"})
"""Types that no repair has anything to say about."""

_SCHEMA: Final = Kind.SCHEMA
_TEXT, _ANYTHING, _TYPE, _ONE, _NAMED, _MANY = Form.TEXT, Form.ANYTHING, Form.TYPE, Form.ONE, Form.NAMED, Form.MANY
_EMPTY: Final[dict[Kind, dict[str, JSON]]] = {
    Kind.SCHEMA: {}, Kind.PATH_ITEM: {}, Kind.MEDIA_TYPE: {}, Kind.RESPONSE: {"description": ""}, Kind.HEADER: {},
    Kind.CALLBACK: {}, Kind.EXAMPLE: {"value": None},
}
"""What an object is read as where the document says null; others are left out."""



@dataclass(slots=True)
class Reference:
    """A place where a reference stands: the object that holds it, and what holds that one.

    ``base`` is the file its text is read from: once it is written canonically, that is the document itself.
    """

    node: dict[str, JSON]
    parent: dict[str, JSON] | list[JSON]
    kind: Kind
    file: str
    keys: tuple[str, ...]
    base: str


_MOST_KEYS: Final = 20
"""Objects with more keys are hardly ever two of the same keys."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What there is to do for an object of certain keys: many objects have the same.

    ``repairs`` are due where its type is a plain one, ``repairs_of_odd_types`` where not; ``looks`` are the fields that are
    looked at, and the keys that nobody knows.
    """

    repairs: tuple[int, ...]
    repairs_of_odd_types: tuple[int, ...]
    looks: tuple[tuple[str, Shape | None], ...]


def _planned(kind: Kind, keys: tuple[str, ...]) -> _Plan:
    by_key = BY_KEY[kind]
    odd = {*ALWAYS[kind], *(number for key in keys for number in by_key.get(key, ()))}
    plain = {*ALWAYS[kind], *(number for key in keys if key != "type" for number in by_key.get(key, ()))}
    looks: list[tuple[str, Shape | None]] = []
    for key in keys:
        shape = FIELDS[kind].get(key)
        if shape is None:
            if is_extension(kind, key):
                continue
            shape = REST.get(kind)
        if shape is None or (shape.form is not _ANYTHING and shape.form is not _TYPE):
            looks.append((key, shape))
    return _Plan(tuple(sorted(plain)), tuple(sorted(odd)), tuple(looks))


@dataclass(slots=True)
class Walk:
    """What a walk moves and what it gathers. ``dropped`` says that something went which others may have counted on."""

    site: Site
    diagnostics: list[Diagnostic] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    operations: list[tuple[dict[str, JSON], tuple[str, ...]]] = field(default_factory=list)
    secured: list[tuple[dict[str, JSON], tuple[str, ...]]] = field(default_factory=list)
    discriminators: list[tuple[dict[str, JSON], str, tuple[str, ...]]] = field(default_factory=list)
    unknown: dict[tuple[Kind, str], str | None] = field(default_factory=dict)
    dropped: bool = False
    plans: dict[Kind, dict[tuple[str, ...], _Plan]] = field(default_factory=lambda: {kind: {} for kind in Kind})

    def note(self, code: str, message: str, severity: Severity = Severity.WARNING, *, key: str | None = None,
             hint: str | None = None) -> None:
        """A diagnostic about the object at hand, or a field of it."""
        pointer = join(self.site.keys)
        if key is not None:
            pointer += join(key.split("/", 1) if self.site.keys == ["components"] else [key])
        file = self.site.references.display(self.site.file)
        self.diagnostics.append(Diagnostic(code=code, severity=severity, message=message, pointer=pointer, file=file, hint=hint))

    def visit(self, kind: Kind, node: dict[str, JSON]) -> dict[str, JSON] | Absent:
        """Repairs an object in place and visits what it holds; ABSENT if it has to go."""
        if self._repair(kind, node):
            self.dropped = True
            return ABSENT
        if kind is _SCHEMA:
            if self.site.version == "3.1":
                self._name_anchors(node)
        elif kind is Kind.OPERATION:
            self.operations.append((node, tuple(self.site.keys)))
        elif kind is Kind.PATH_ITEM:
            self.site.path_item = node
        elif kind is Kind.PATHS:
            _unshare(node)
        elif kind is Kind.DISCRIMINATOR and "mapping" in node:
            self.discriminators.append((node, self.site.file, tuple(self.site.keys)))
        if "security" in node and (kind is Kind.OPERATION or kind is Kind.DOCUMENT):
            self.secured.append((node, tuple(self.site.keys)))
        keys = self.site.keys
        went = False
        for key, shape in self._plan(kind, node).looks:
            if shape is None:
                self._unknown(kind, key)
                continue
            value = node[key]
            if shape.form is _TEXT and type(value) is str:
                continue
            keys.append(key)
            mended = self._field(shape, value, node)
            keys.pop()
            if mended is not value:
                if isinstance(mended, Absent):
                    del node[key]
                    went = True
                else:
                    node[key] = mended
        if went and self._repair(kind, node):  # what went may be missed
            self.dropped = True
            return ABSENT
        return node

    def _repair(self, kind: Kind, node: dict[str, JSON]) -> bool:
        """Applies the repairs of a kind; whether the object has to go."""
        plan = self._plan(kind, node)
        type_ = node.get("type")
        due = plan.repairs if type(type_) is str and type_ in PLAIN_TYPES else plan.repairs_of_odd_types
        changed = False
        for number in due:
            repair = REPAIRS[number]
            if changed and repair.when and not any(key in node for key in repair.when):
                continue  # an earlier repair took the key away
            for finding in repair.mend(node, self.site):
                self.note(repair.code, finding.message, finding.severity, key=finding.key, hint=finding.hint)
                if finding.drop:
                    return True
                _change(node, finding)
                changed = True
        return False

    def _plan(self, kind: Kind, node: dict[str, JSON]) -> _Plan:
        plans = self.plans[kind]
        keys = tuple(node)
        plan = plans.get(keys)
        if plan is None:
            plan = _planned(kind, keys)
            if len(keys) <= _MOST_KEYS:
                plans[keys] = plan
        return plan

    def _field(self, shape: Shape, value: JSON, holder: dict[str, JSON]) -> JSON | Absent:
        form = shape.form
        if form is _ONE:
            return self.one(shape, value, holder)
        if form is _NAMED:
            return self._named(shape, value)
        if form is _MANY:
            return self._many(shape, value)
        if fits(form, value):
            return value
        if value is None:
            self.note("empty-value", "null says nothing here; read as if it were not there", Severity.INFO)
            return ABSENT
        mended = fitted(form, value)
        if isinstance(mended, Absent):
            self.dropped = True
            self.note("wrong-type", f"{form.value} is expected here; read as if it were not there")
        else:
            self.note("wrong-type", f"{form.value} is expected here; read as {_shown(mended)}")
        return mended

    def one(self, shape: Shape, value: JSON, holder: dict[str, JSON] | list[JSON]) -> JSON | Absent:
        """Visits what stands where one object belongs; ABSENT if it has to go."""
        kind = shape.kind
        assert kind is not None
        if type(value) is dict:
            if "$ref" in value and shape.ref:
                return self._reference(kind, value, holder)
            if kind is Kind.PATH_ITEM and "$ref" in value:
                return self._path_item(value)
            mended = self.visit(kind, value)
            if shape.ref and "$ref" in value and mended is value:  # a repair made it one
                self._noted(kind, value, holder)
            return mended
        return self._not_an_object(kind, shape, value)

    def _not_an_object(self, kind: Kind, shape: Shape, value: JSON) -> JSON | Absent:
        if kind is Kind.SCHEMA and isinstance(value, bool):
            if shape.boolean:
                return value
            if self.site.version == "3.0":
                self.note("boolean-schema", "true and false as schemas came with OpenAPI 3.1; read as there")
            return {} if value else {"not": {}}
        if value is None:
            if kind in _EMPTY:
                self.note("empty-value", f"null is not {an(kind)}; read as an empty one")
                return self.visit(kind, dict(_EMPTY[kind]))
            self.note("empty-value", f"null is not {an(kind)}; read as if it were not there")
            self.dropped = True
            return ABSENT
        if kind is Kind.EXAMPLE:
            self.note("wrong-type", "an example here is an object with a value; read as that value")
            return {"value": value}
        if isinstance(value, str) and kind in SHORTHAND:
            field_ = SHORTHAND[kind]
            self.note("wrong-type", f"{an(kind)} is an object; the text is read as its {field_}")
            return self.visit(kind, {field_: value})
        if isinstance(value, str) and kind is Kind.SECURITY_REQUIREMENT:
            self.note("wrong-type", "a security requirement is an object of scheme names and scopes")
            return {value: []}
        self.note("wrong-type", f"{an(kind)} is an object; read as if it were not there")
        self.dropped = True
        return ABSENT

    def _named(self, shape: Shape, value: JSON) -> JSON | Absent:
        if type(value) is not dict:
            if value is None:
                self.note("empty-value", "null says nothing here; read as if it were not there", Severity.INFO)
            else:
                self.note("wrong-type", f"{Form.NAMED.value} is expected here; read as if it were not there")
            return ABSENT
        keys = self.site.keys
        for name in tuple(value):
            item = value[name]
            if name[:2] == "x-" and type(item) is not dict:
                continue
            keys.append(name)
            mended = self.one(shape, item, value)
            keys.pop()
            if mended is not item:
                if isinstance(mended, Absent):
                    del value[name]
                else:
                    value[name] = mended
        return value

    def _many(self, shape: Shape, value: JSON) -> JSON | Absent:
        if type(value) is not list:
            if value is None:
                self.note("empty-value", "null says nothing here; read as if it were not there", Severity.INFO)
                return ABSENT
            self.note("wrong-type", f"{Form.MANY.value} is expected here; read as a list of one")
            value = [value]
        keys = self.site.keys
        gone = False
        for index, item in enumerate(value):
            keys.append(str(index))
            mended = self.one(shape, item, value)
            keys.pop()
            if mended is not item:
                gone = gone or isinstance(mended, Absent)
                value[index] = mended  # type: ignore[assignment] # ABSENT is taken out below
        if gone:
            value[:] = [item for item in value if not isinstance(item, Absent)]
        return value

    def _reference(self, kind: Kind, node: dict[str, JSON], holder: dict[str, JSON] | list[JSON]) -> JSON | Absent:
        ref = node["$ref"]
        if type(ref) is not str:
            self.note("wrong-type", "a $ref is a text; read as if it were not there", key="$ref")
            del node["$ref"]
            return self.visit(kind, node)
        if kind is Kind.PATH_ITEM:
            return self._path_item(node)
        if len(node) > 1:
            if kind is Kind.SCHEMA:
                if self.site.version == "3.0":
                    self._siblings(node)
                self.visit(kind, node)
            elif any(key not in _ANNOTATIONS and not key.startswith("x-") for key in node):
                self.note("ref-siblings", "what stands beside a $ref here is ignored", Severity.INFO)
        if "$ref" in node:  # a repair may have moved it
            self._noted(kind, node, holder)
        return node

    def _noted(self, kind: Kind, node: dict[str, JSON], holder: dict[str, JSON] | list[JSON]) -> None:
        self.references.append(Reference(node, holder, kind, self.site.file, tuple(self.site.keys), self.site.file))

    def _siblings(self, node: dict[str, JSON]) -> None:
        """Beside a $ref, OpenAPI 3.0 ignores everything; what only describes is kept, because it is meant."""
        ignored = [key for key in node if key not in _ANNOTATIONS and not key.startswith("x-")]
        for key in ignored:
            del node[key]
        if ignored:
            self.note("ref-siblings", f"OpenAPI 3.0 ignores what stands beside a $ref: {', '.join(ignored)}",
                      hint="use allOf with the $ref in it")

    def _path_item(self, node: dict[str, JSON]) -> JSON | Absent:
        """A path item by reference is copied to its place: what it says depends on the path (OpenAPI 3.1.1 §4.8.9)."""
        site = self.site
        ref = node.pop("$ref")
        found = site.references.follow(ref, site.file) if isinstance(ref, str) else Refusal("dangling-ref", "a $ref is a text")
        if isinstance(found, Refusal) or not isinstance(found.value, dict):
            refusal = found if isinstance(found, Refusal) else Refusal("ref-wrong-kind", f"{ref} is no path item")
            self.note(refusal.code, f"{refusal.message}; read as an empty path item", severity_of(refusal), hint=refusal.hint)
            return self.visit(Kind.PATH_ITEM, node)
        copied = copy.deepcopy(found.value)
        if found.location.file != site.file:
            _rebase(copied, found.location.file, site.references)
        copied.update(node)
        return self.visit(Kind.PATH_ITEM, copied)

    def _name_anchors(self, node: dict[str, JSON]) -> None:
        site = self.site
        for key in ("$anchor", "$dynamicAnchor"):
            anchor = node.get(key)
            if isinstance(anchor, str):
                site.references.anchors.setdefault((site.file, anchor), join(site.keys))
        identifier = node.get("$id")
        if isinstance(identifier, str):
            site.references.ids.setdefault(identifier.rstrip("#"), Location(site.file, join(site.keys)))
            self.note("schema-id", "$id is known as a name of this schema, but references below it start from this file",
                      Severity.INFO, key="$id")

    def _unknown(self, kind: Kind, key: str) -> None:
        if key == "$ref":
            return
        if key in NEW_IN_3_2.get(kind, ()):
            self.note("openapi-3.2", f"{key} is new in OpenAPI 3.2 and not carried over", key=key)
            return
        if kind is Kind.SCHEMA and key in ("definitions", "additionalItems"):
            return
        if (kind, key) not in self.unknown:
            close = difflib.get_close_matches(key, FIELDS[kind], 1, 0.8) if len(key) < 60 and len(self.unknown) < 200 else []
            self.unknown[kind, key] = f"did you mean {close[0]}?" if close else None
        self.note("unknown-keyword", f"{key!r} is not known in {an(kind)}; not carried over", Severity.INFO, key=key,
                  hint=self.unknown[kind, key])


def severity_of(refusal: Refusal) -> Severity:
    """What the caller has to decide is an error, what the document got wrong a warning."""
    decide = ("ref-outside", "url-not-allowed", "ref-without-base", "file-too-large", "too-many-files", "url-unreadable")
    return Severity.ERROR if refusal.code in decide else Severity.WARNING


def _unshare(paths: dict[str, JSON]) -> None:
    """Copies path items and operations that a YAML alias puts at two places: what they say depends on the path."""
    seen: set[int] = set()

    def own(holder: dict[str, JSON], key: str) -> JSON:
        value = holder.get(key)
        if isinstance(value, dict) and id(value) in seen:
            value = holder[key] = copy.deepcopy(value)
        seen.add(id(value))
        return value

    for path in paths:
        item = own(paths, path)
        if isinstance(item, dict):
            for method in METHODS:
                if method in item:
                    own(item, method)


def _change(node: dict[str, JSON], finding: Finding) -> None:
    if finding.replace is not None:
        new = dict(finding.replace)
        node.clear()
        node.update(new)
    for key, value in finding.changes.items():
        if isinstance(value, Absent):
            node.pop(key, None)
        else:
            node[key] = value


def _rebase(value: JSON, file: str, references: References) -> None:
    """Writes the references of a value that comes from another file as the document itself would write them."""
    stack: list[JSON] = [value]
    while stack:
        here = stack.pop()
        if isinstance(here, list):
            stack += here
        elif isinstance(here, dict):
            ref = here.get("$ref")
            if isinstance(ref, str) and isinstance(found := references.resolve(ref, file), Resolved):
                here["$ref"] = found.location.ref
            stack += here.values()


def an(kind: Kind) -> str:
    """A kind with its article."""
    return f"an {kind.value}" if kind.value[0] in "aeioO" else f"a {kind.value}"


def _shown(value: JSON) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


