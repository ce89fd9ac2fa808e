"""What Django before 5.0 cannot be told to fetch with rows: what is nested in objects that a ``GenericForeignKey`` points to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db.models import Model, prefetch_related_objects

from specloom.django.schemas.reading import objects_of

from .fetching import Objects, objects_for
from .needs import Needs, Related, by_model, needs_of


def complete(objects: list[Model], related: Related) -> None:
    """Fetches what is missing below objects of which all else was fetched, for all objects of a kind at once."""
    if objects:
        _complete(objects, needs_of(related))


def _complete(objects: list[Model], needs: Needs) -> None:
    for attribute, schemas in needs.generic.items():
        for one in by_model(schemas):
            below = needs_of(one, joins=False)
            found = [value for value in _values(objects, attribute) if isinstance(value, one.model)]
            if found:
                lookups = [Objects(name, partial(objects_for, related, (), ())) for name, related in below.fetched.items()]
                prefetch_related_objects(found, *lookups, *below.generic)
                _complete(found, below)
    for attribute, below in [*needs.joined.values(), *needs.asked.items()]:
        _complete(_values(objects, attribute), below)
    for attribute, related in needs.fetched.items():
        complete(_values(objects, attribute), related)


def _values(objects: Iterable[Model], attribute: str) -> list[Model]:
    """The objects that an attribute has, each once."""
    found: dict[int, Model] = {}
    for one in objects:
        value = objects_of(getattr(one, attribute, None))
        found |= {id(each): each for each in (value if isinstance(value, list) else [value]) if isinstance(each, Model)}
    return list(found.values())
