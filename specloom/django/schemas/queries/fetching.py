"""From what is read of rows to querysets that fetch it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.db.models import ForeignObjectRel, Prefetch, QuerySet
from django.db.models.constants import LOOKUP_SEP

from .needs import Needs, Related, Schemas, by_model, needs_of

if TYPE_CHECKING:
    from collections.abc import Callable

    AnyPrefetch = Prefetch[Any, Any, Any]
else:
    AnyPrefetch = Prefetch

Rows = QuerySet[Any]


def fetching(rows: Rows, related: Related) -> Rows:
    """The rows with all that is read of them."""
    needs = needs_of(related)
    given = rows.query.select_related
    _join_given(needs, given if isinstance(given, dict) else {})
    rows = rows.select_related(None).defer(None)
    joined = list(_joined(needs))
    if joined:
        rows = rows.select_related(*joined)
    if needs.narrowed():
        rows = rows.only(*_columns(needs))
    return _with_lookups(rows, dict(_lookups(needs)))


def _join_given(needs: Needs, given: Mapping[str, Any]) -> None:
    """Adds the relations that somebody else selected, as for a property."""
    for name, below in given.items():
        if name not in needs.joined:
            relation = cast(Any, needs.model._meta.get_field(name))
            reverse = isinstance(relation, ForeignObjectRel)
            attribute = relation.get_accessor_name() if reverse else name
            needs.joined[name] = attribute, Needs(relation.related_model, whole=True)
        _join_given(needs.joined[name][1], below)


def _joined(needs: Needs, path: str = "") -> Iterator[str]:
    for name, (_, below) in needs.joined.items():
        yield path + name
        yield from _joined(below, path + name + LOOKUP_SEP)


def _columns(needs: Needs, path: str = "") -> Iterator[str]:
    for name in needs.names():
        yield path + name
    for name, (_, below) in needs.joined.items():
        yield from _columns(below, path + name + LOOKUP_SEP)


def _lookups(needs: Needs, path: str = "") -> Iterator[tuple[str, Related | Schemas | None]]:
    """What is prefetched, by its path through attributes."""
    for attribute, related in needs.fetched.items():
        yield path + attribute, related
    for attribute, schemas in needs.generic.items():
        yield path + attribute, schemas
    for attribute, below in needs.asked.items():
        yield path + attribute, None
        yield from _lookups(below, path + attribute + LOOKUP_SEP)
    for attribute, below in needs.joined.values():
        yield from _lookups(below, path + attribute + LOOKUP_SEP)


def _with_lookups(rows: Rows, ours: Mapping[str, Related | Schemas | None]) -> Rows:
    """The rows with what is prefetched, and with what already was; Django refuses to fetch one relation in two ways."""
    given: tuple[str | AnyPrefetch, ...] = rows._prefetch_related_lookups  # type: ignore[attr-defined]  # has no public name
    taken: set[int] = set()
    lookups: list[str | AnyPrefetch] = []
    for path, related in ours.items():
        if related is None:
            lookups += [] if any(_path(one) == path for one in given) else [path]
            continue
        if not isinstance(related, Related):
            taken |= {index for index, one in enumerate(given) if _path(one) == path}
            lookups.append(_AnyObjects(path, partial(_any_objects, related)))
            continue
        same = [index for index, one in enumerate(given) if _path(one) == path]
        below = [index for index, one in enumerate(given) if _path(one).startswith(path + LOOKUP_SEP)]
        taken |= {*same, *below}
        passed = tuple(given[index] for index in same), tuple(_without(given[index], path) for index in below)
        lookups.append(Objects(path, partial(objects_for, related, *passed)))
    kept = [one for index, one in enumerate(given) if index not in taken]
    return rows.prefetch_related(None).prefetch_related(*lookups, *kept) if lookups else rows


def _path(lookup: str | AnyPrefetch) -> str:
    return lookup if isinstance(lookup, str) else lookup.prefetch_to


def _without(lookup: str | AnyPrefetch, path: str) -> str | AnyPrefetch:
    """The lookup as seen from the objects at the end of a path."""
    start = len(path) + len(LOOKUP_SEP)
    if isinstance(lookup, str):
        return lookup[start:]
    return Prefetch(lookup.prefetch_through[start:], lookup.queryset, lookup.to_attr)


def objects_for(
    related: Related, same: Sequence[str | AnyPrefetch], below: Sequence[str | AnyPrefetch]
) -> Rows:
    """Related objects as the attribute of an instance would find them, or as somebody else said."""
    manager = related.model._base_manager if related.by_base_manager else related.model._default_manager
    said = [one.queryset for one in same if isinstance(one, Prefetch) and one.queryset is not None]
    rows: Rows = said[-1] if said else manager.all()
    return fetching(rows.prefetch_related(*below) if below else rows, related)


def _any_objects(schemas: Schemas) -> list[Rows]:
    """A queryset for each model that the schemas are of."""
    return [fetching(one.model._base_manager.all(), one) for one in by_model(schemas)]


class Objects(AnyPrefetch):
    """A prefetch whose queryset is made when there are objects to fetch for, so that a schema may be nested in itself."""

    def __init__(self, lookup: str, make: Callable[[], Rows]) -> None:
        super().__init__(lookup)
        self.make = make
        del self.queryset

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        if name != "queryset" or "make" not in self.__dict__:
            raise AttributeError(name)
        self.queryset = self.make()
        return self.queryset


class _AnyObjects(AnyPrefetch):
    """A prefetch of objects of several models. Before Django 5.0, which has no querysets for them, they come whole."""

    def __init__(self, lookup: str, make: Callable[[], list[Rows]]) -> None:
        super().__init__(lookup)
        self.make = make

    def get_current_querysets(self, level: int) -> list[Rows] | None:
        return self.make() if self.get_current_prefetch_to(level) == self.prefetch_to else None
