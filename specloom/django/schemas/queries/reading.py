"""What schemas offer: the rows that they need, and themselves from rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import django
from django.db.models import Manager, QuerySet

from specloom.django.schemas.building.declared import CONFIG
from specloom.django.schemas.building.schema import Schema

from .completing import complete
from .fetching import fetching
from .needs import Related

if TYPE_CHECKING:
    from django.db.models import Model

    from specloom.django.schemas.declaration import SchemaConfig

S = TypeVar("S", bound=Schema)
Rows = QuerySet[Any]


def queryset(schema: type[Schema]) -> Rows:
    """Every row of the default manager of the schema's model, as :func:`prefetch_for` has it."""
    return prefetch_for(schema, _model(schema)._default_manager.all())


def prefetch_for(schema: type[Schema], rows: Rows | Manager[Any]) -> Rows:
    """The same rows, with all that the schema reads of them.

    Filters, order, annotations and slices stay. So does what was selected or prefetched before: a ``Prefetch`` with a queryset of
    its own says which related rows there are. What was deferred is no longer.

    A model of which the schema reads a property or a method, or that makes its instances in a way of its own, has all its
    columns fetched, for nobody knows which are needed; a query that a property itself makes is still one for each row, unless
    the rows come with ``select_related`` or ``prefetch_related`` for it. What a ``GenericForeignKey`` points to is fetched with
    what is nested in it since Django 5.0; before, only :func:`from_queryset` has it so.

    Raises ``ValueError`` for rows of another model, ``TypeError`` for a schema that has no model and for ``values()``, and
    ``NotSupportedError`` for ``union()`` and its like, as querysets do.
    """
    model = _model(schema)
    if isinstance(rows, Manager):
        rows = rows.all()
    if not issubclass(rows.model, model._meta.concrete_model or model):
        raise ValueError(f"{schema.__name__} is a schema of {model._meta.label}, not of {rows.model._meta.label}")
    return fetching(rows, Related(rows.model, (schema,)))


def from_queryset(schema: type[S], rows: Rows | Manager[Any]) -> list[S]:
    """The schemas of all rows, in their order. Raises what :func:`prefetch_for` and the schema's ``model_validate`` do."""
    fetched = list(prefetch_for(schema, rows))
    if fetched and django.VERSION < (5, 0):
        complete(fetched, Related(type(fetched[0]), (schema,)))
    return [schema.model_validate(one) for one in fetched]


async def afrom_queryset(schema: type[S], rows: Rows | Manager[Any]) -> list[S]:
    """:func:`from_queryset` for code that must not wait, in the thread that Django keeps for this: properties may query."""
    from asgiref.sync import sync_to_async

    return await sync_to_async(from_queryset)(schema, rows)


def _model(schema: type[Schema]) -> type[Model]:
    config: SchemaConfig[Any] | None = schema.__dict__.get(CONFIG)
    if config is None:
        raise TypeError(f"{schema.__name__} has no config that says of which model it is")
    return config.model_class()
