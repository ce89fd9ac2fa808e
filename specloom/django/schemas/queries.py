"""Querysets that fetch what a schema reads of its model, all of it at once and nothing else.

Related objects of which there is one are joined, others are prefetched, each with the columns that are read of them. The number
of queries depends on the schema alone (on the depth of the data too where a schema is nested in itself), never on the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, assert_never, cast

from django.db.models import ForeignObjectRel, ImageField, Manager, Model, Prefetch, QuerySet
from django.db.models.constants import LOOKUP_SEP
from pydantic import AliasChoices, AliasPath, BaseModel

from .building.declared import CONFIG
from .building.resolved import schemas_in
from .building.schema import Schema
from .fields import Accessor, AccessorKind, accessors

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic.fields import FieldInfo

    AnyPrefetch = Prefetch[Any, Any, Any]
else:
    AnyPrefetch = Prefetch

S = TypeVar("S", bound=Schema)
Schemas = tuple[type[BaseModel], ...]
Rows = QuerySet[Any]


def queryset(schema: type[Schema]) -> Rows:
    """Every row of the default manager of the schema's model, as :func:`prefetch_for` has it."""
    model: type[Model] = schema.__dict__[CONFIG].model_class()
    return prefetch_for(schema, model._default_manager.all())


def prefetch_for(schema: type[Schema], rows: Rows | Manager[Any]) -> Rows:
    """The same rows, with all that the schema reads of them.

    Filters, order, annotations and slices stay. So does what was selected or prefetched before: a ``Prefetch`` with a queryset of
    its own says which related rows there are. What was deferred is no longer.

    A model of which the schema reads a property or a method, or that makes its instances in a way of its own, has all its
    columns fetched, for nobody knows which are needed; a query that a property itself makes is still one for each row, unless
    the rows come with ``select_related`` or ``prefetch_related`` for it.

    Raises ``ValueError`` for rows of another model, ``TypeError`` for ``values()`` and ``NotSupportedError`` for ``union()`` and
    its like, as querysets do.
    """
    model = schema.__dict__[CONFIG].model_class()
    if isinstance(rows, Manager):
        rows = rows.all()
    if not issubclass(rows.model, model._meta.concrete_model):
        raise ValueError(f"{schema.__name__} is a schema of {model._meta.label}, not of {rows.model._meta.label}")
    return _fetching(rows, Related(rows.model, (schema,)))


def from_queryset(schema: type[S], rows: Rows | Manager[Any]) -> list[S]:
    """The schemas of all rows, in their order. Raises what :func:`prefetch_for` and the schema's ``model_validate`` do."""
    return [schema.model_validate(one) for one in prefetch_for(schema, rows)]


async def afrom_queryset(schema: type[S], rows: Rows | Manager[Any]) -> list[S]:
    """:func:`from_queryset` for code that must not wait, in the thread that Django keeps for this: properties may query."""
    from asgiref.sync import sync_to_async

    return await sync_to_async(from_queryset)(schema, rows)


@dataclass(frozen=True, slots=True)
class Related:
    """Objects of a model that schemas are read from; without schemas only their keys are read."""

    model: type[Model]
    schemas: Schemas = ()
    columns: tuple[str, ...] = ()
    """What Django tells by to whom an object belongs."""
    whole: bool = False
    by_base_manager: bool = False


@dataclass(slots=True)
class Needs:
    """What is read of the rows of a model."""

    model: type[Model]
    whole: bool = False
    columns: dict[str, None] = field(default_factory=dict)
    joined: dict[str, tuple[str, Needs]] = field(default_factory=dict)
    """Related objects in the same query: by their name in queries, with the attribute that has them."""
    fetched: dict[str, Related] = field(default_factory=dict)
    """Related objects with a query of their own, by the attribute that has them."""
    generic: dict[str, Schemas] = field(default_factory=dict)
    """The schemas of what a ``GenericForeignKey`` points to."""

    def add(self, *columns: Any) -> None:  # noqa: ANN401  # fields of any type
        self.columns |= dict.fromkeys(one.name for one in columns)

    def names(self) -> tuple[str, ...]:
        """The columns to fetch, the primary key always among them."""
        meta = self.model._meta
        if self.whole:
            return tuple(one.name for one in meta.concrete_fields)
        keys = getattr(meta, "pk_fields", None) or ((meta.pk,) if meta.pk is not None else ())  # Django 5.2 has keys of several
        return tuple(dict.fromkeys((*(one.name for one in keys), *self.columns)))

    def narrowed(self) -> bool:
        """Whether there are columns that need not be fetched."""
        return not self.whole or any(below.narrowed() for _, below in self.joined.values())


def _needs(related: Related, above: Schemas = ()) -> Needs:
    """What the schemas read. ``above`` are the schemas whose rows these are joined to."""
    needs = Needs(related.model, related.whole or _makes_own_instances(related.model))
    needs.columns |= dict.fromkeys(related.columns)
    for schema in related.schemas:
        _read(schema, needs, (*above, *related.schemas))
    return needs


def _makes_own_instances(model: type[Model]) -> bool:
    """Whether a model has code that may look at any column of an instance as soon as it is there."""
    return model.__init__ is not Model.__init__ or model.from_db.__func__ is not Model.from_db.__func__  # type: ignore[attr-defined]  # a classmethod's


def _read(schema: type[BaseModel], needs: Needs, above: Schemas) -> None:
    resolved: Mapping[str, Accessor] = {}
    if issubclass(schema, Schema) and CONFIG in schema.__dict__:
        resolved = {one.name: one.accessor for one in schema.resolved_fields()}
        if not issubclass(needs.model, schema.__dict__[CONFIG].model_class()._meta.concrete_model):
            resolved = {}
    if not resolved or _looks_at_instances(schema):
        needs.whole = True
    for name, info in schema.model_fields.items():
        schemas = tuple(dict.fromkeys(schemas_in(info.annotation)))
        if name in resolved:
            _add(resolved[name], needs, schemas, above)
            continue
        known = accessors(needs.model)
        for key in _attributes(name, info):
            if key in known:
                _add(known[key], needs, schemas, above, objects=True)
            elif hasattr(needs.model, key):
                needs.whole = True


def _looks_at_instances(schema: type[BaseModel]) -> bool:
    """Whether a validator of the schema's own is given the instance itself."""
    validators = schema.__pydantic_decorators__.model_validators
    return any(one.info.mode != "after" for name, one in validators.items() if name != Schema._read_instance.__name__)


def _attributes(name: str, info: FieldInfo) -> Iterator[str]:
    """The attributes in which a field that is not the model's may be found."""
    yield name
    alias = info.validation_alias
    for one in alias.choices if isinstance(alias, AliasChoices) else [alias]:
        first = one.path[0] if isinstance(one, AliasPath) else one
        if isinstance(first, str):
            yield first


def _add(accessor: Accessor, needs: Needs, schemas: Schemas, above: Schemas, *, objects: bool = False) -> None:
    """Adds what a name of the model reads: ``objects`` where related objects are read and not only their keys."""
    source = accessor.source
    match accessor.kind:
        case AccessorKind.PRIMARY_KEY:
            pass
        case AccessorKind.PROPERTY | AccessorKind.METHOD:
            needs.whole = True
        case AccessorKind.KEY:
            needs.add(source)
        case AccessorKind.GENERIC:
            needs.columns[source.fk_field] = None
            if schemas or objects:
                needs.columns[source.ct_field] = None
                needs.generic[accessor.name] = schemas
        case AccessorKind.FIELD | AccessorKind.REVERSE:
            if accessor.related is None or (source.concrete and not accessor.many and not schemas and not objects):
                needs.add(source)
                if isinstance(source, ImageField):  # looks at the size as soon as an instance is there
                    sizes = (getattr(source, name, None) for name in ("width_field", "height_field"))
                    needs.columns |= dict.fromkeys(name for name in sizes if name)
            else:
                _add_related(accessor, accessor.related, needs, schemas, above, objects=objects and not schemas)
        case _:
            assert_never(accessor.kind)


def _add_related(
    accessor: Accessor, model: type[Model], needs: Needs, schemas: Schemas, above: Schemas, *, objects: bool
) -> None:
    here, there = _matched(accessor.source)
    needs.columns |= dict.fromkeys(here)
    if accessor.many or not _is_joined(accessor.source, model, schemas, above):
        needs.fetched[accessor.name] = Related(model, schemas, there, objects, by_base_manager=not accessor.many)
        return
    name = accessor.source.name  # of a reverse relation, that in queries
    needs.joined[name] = accessor.name, _needs(Related(model, schemas, whole=objects), above)


def _matched(source: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:  # noqa: ANN401  # a field or a relation of any kind
    """The columns of both sides by which Django tells who belongs to whom."""
    relation: Any = source.field if isinstance(source, ForeignObjectRel) else source
    reverse = relation is not source
    if relation.many_to_many:
        name = relation.m2m_reverse_field_name() if reverse else relation.m2m_field_name()
        return _names(relation.remote_field.through._meta.get_field(name).foreign_related_fields), ()
    if hasattr(relation, "object_id_field_name"):  # a GenericRelation
        return (), (relation.content_type_field_name, relation.object_id_field_name)
    own, other = _names(relation.local_related_fields), _names(relation.foreign_related_fields)
    return (other, own) if reverse else (own, other)


def _names(fields: Sequence[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields)


def _is_joined(source: Any, model: type[Model], schemas: Schemas, above: Schemas) -> bool:  # noqa: ANN401
    """Whether the one related object comes in the same query.

    Not where that would never end, nor where it would find another object than the instance does: where the model's base manager
    filters, and where no constraint keeps the object from being gone. Between a parent's table and a child's Django joins only
    the columns of its own choice.
    """
    relation = source.field if isinstance(source, ForeignObjectRel) else source
    filtered = type(model._base_manager) is not Manager
    endless = any(one in above for one in schemas)
    return not filtered and not endless and not relation.remote_field.parent_link and getattr(relation, "db_constraint", True)


def _fetching(rows: Rows, related: Related) -> Rows:
    """The rows with all that is read of them."""
    needs = _needs(related)
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


def _lookups(needs: Needs, path: str = "") -> Iterator[tuple[str, Related | Schemas]]:
    """What is prefetched, by its path through attributes."""
    for attribute, related in needs.fetched.items():
        yield path + attribute, related
    for attribute, schemas in needs.generic.items():
        yield path + attribute, schemas
    for attribute, below in needs.joined.values():
        yield from _lookups(below, path + attribute + LOOKUP_SEP)


def _with_lookups(rows: Rows, ours: Mapping[str, Related | Schemas]) -> Rows:
    """The rows with what is prefetched, and with what already was; Django refuses to fetch one relation in two ways."""
    given: tuple[str | AnyPrefetch, ...] = rows._prefetch_related_lookups  # type: ignore[attr-defined]  # has no public name
    taken: set[int] = set()
    lookups: list[AnyPrefetch] = []
    for path, related in ours.items():
        if not isinstance(related, Related):
            taken |= {index for index, one in enumerate(given) if _path(one) == path}
            lookups.append(_AnyObjects(path, partial(_any_objects, related)))
            continue
        same = [index for index, one in enumerate(given) if _path(one) == path]
        below = [index for index, one in enumerate(given) if _path(one).startswith(path + LOOKUP_SEP)]
        taken |= {*same, *below}
        passed = tuple(given[index] for index in same), tuple(_without(given[index], path) for index in below)
        lookups.append(_Objects(path, partial(_objects, related, *passed)))
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


def _objects(
    related: Related, same: Sequence[str | AnyPrefetch], below: Sequence[str | AnyPrefetch]
) -> Rows:
    """Related objects as the attribute of an instance would find them, or as somebody else said."""
    manager = related.model._base_manager if related.by_base_manager else related.model._default_manager
    said = [one.queryset for one in same if isinstance(one, Prefetch) and one.queryset is not None]
    rows: Rows = said[-1] if said else manager.all()
    return _fetching(rows.prefetch_related(*below) if below else rows, related)


def _any_objects(schemas: Schemas) -> list[Rows]:
    """A queryset for each model that the schemas are of."""
    found: dict[type[Model], list[type[BaseModel]]] = {}
    for one in schemas:
        if issubclass(one, Schema) and CONFIG in one.__dict__:
            model = one.__dict__[CONFIG].model_class()
            found.setdefault(model._meta.concrete_model, []).append(one)
    return [
        _fetching(model._base_manager.all(), Related(model, tuple(readers), by_base_manager=True))
        for model, readers in found.items()
    ]


class _Objects(AnyPrefetch):
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
