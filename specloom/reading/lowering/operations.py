"""Operations: of paths, webhooks and callbacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

from specloom.ir.context import DEFAULT_TAG
from specloom.ir.operations import IROperationObject, SecurityRequirement
from specloom.reading.pointers import JSON

from . import nodes
from .bodies import Bodies
from .naming import pascal
from .parameters import parameters
from .raw import Raw, Site, mapping, sequence, text
from .schemas import Schemas
from .security import requirements, servers

Method = Literal["get", "put", "post", "delete", "options", "head", "patch", "trace"]
METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(slots=True)
class Operations:
    """Lowers operations. Ids are unique; a callback's operations come out beside the webhooks."""

    schemas: Schemas
    bodies: Bodies
    schemes: frozenset[str]
    security: tuple[tuple[SecurityRequirement, ...], ...]
    found: list[IROperationObject] = field(default_factory=list)
    webhooks: list[IROperationObject] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)
    _open: set[Site] = field(default_factory=set)
    """The path items whose operations are being lowered: a callback may lead back to one of them."""

    def paths(self, value: Raw, site: Site) -> None:
        """Lowers all paths, in document order."""
        for path, item in value.items():
            if not path.startswith("x-"):
                self._item(path, item, site.at(path), self.found)

    def hooks(self, value: Raw, site: Site) -> None:
        """Lowers all webhooks."""
        for name, item in value.items():
            self._item(name, item, site.at(name), self.webhooks, hook=name)

    def _item(self, path: str, value: JSON, site: Site, into: list[IROperationObject], *, hook: str | None = None) -> None:
        raw, place = self.schemas.workspace.follow(value, site)
        if place in self._open:
            self.schemas.workspace.warn("callback-recursive", "a callback leads back to the operation that has it", site,
                                        hint="it is described once, where it stands")
            return
        self._open.add(place)
        for method, operation in _operations(raw):
            into.append(self._operation(path, method, mapping(operation), place.at(method), raw, place, hook))
        self._open.remove(place)

    def _operation(
        self, path: str, method: Method, raw: Raw, site: Site, item: Raw, item_site: Site, hook: str | None
    ) -> IROperationObject:
        work = self.schemas.workspace
        operation_id = self._id(raw, method, path, site)
        owner = pascal(operation_id) or "Operation"
        tags = tuple(dict.fromkeys(tag for tag in sequence(raw.get("tags")) if isinstance(tag, str) and tag))
        lists = [(item.get("parameters"), item_site.at("parameters")), (raw.get("parameters"), site.at("parameters"))]
        security = self.security
        if isinstance(raw.get("security"), list):
            security = requirements(work, raw["security"], self.schemes, site.at("security"))
        body = self.bodies.request(raw["requestBody"], site.at("requestBody"), owner) if "requestBody" in raw else None
        made = nodes.operation_object(
            operation_id=operation_id,
            method=method,
            path=path,
            tag=tags[0] if tags else DEFAULT_TAG,
            tags=tags,
            summary=text(raw.get("summary")) or text(item.get("summary")),
            description=text(raw.get("description")) or text(item.get("description")),
            deprecated=raw.get("deprecated") is True,
            parameters=parameters(self.schemas, "" if hook else path, lists, owner),
            request_body=body,
            responses=self.bodies.responses(raw.get("responses"), site.at("responses"), owner),
            security=security,
            servers=servers(raw.get("servers")) or servers(item.get("servers")),
            extensions={key: value for key, value in raw.items() if key.startswith("x-")},
            pointer=site.pointer,
        )
        self._callbacks(raw, site, owner)
        return made

    def _callbacks(self, raw: Raw, site: Site, owner: str) -> None:
        for name, value in mapping(raw.get("callbacks")).items():
            callback, place = self.schemas.workspace.follow(value, site.at("callbacks", name))
            for expression, item in callback.items():
                if not expression.startswith("x-"):
                    self._item(expression, item, place.at(expression), self.webhooks, hook=f"{owner} {name}")

    def _id(self, raw: Raw, method: Method, path: str, site: Site) -> str:
        given = raw.get("operationId")
        wanted = given.strip() if isinstance(given, str) and given.strip() else _made_id(method, path)
        name, number = wanted, 2
        while name in self._ids:
            name = f"{wanted}_{number}"
            number += 1
        if given is not None and name != given:
            self.schemas.workspace.warn(
                "operation-id-changed", f"the operationId {given!r} is taken; this one becomes {name!r}", site.at("operationId")
            )
        self._ids.add(name)
        return name


def _operations(item: Raw) -> Iterator[tuple[Method, JSON]]:
    known: dict[str, Method] = {method: method for method in METHODS}
    for key, value in item.items():
        if key in known and isinstance(value, dict):
            yield known[key], value


def _made_id(method: Method, path: str) -> str:
    """An operationId of method and path, as frameworks make them: ``get_users_by_id``."""
    words: list[str] = [method]
    for part in path.split("/"):
        word = "".join(c if c.isalnum() else "_" for c in part).strip("_")
        if word:
            words.append(("by_" if part.startswith("{") else "") + word)
    return "_".join(words)
