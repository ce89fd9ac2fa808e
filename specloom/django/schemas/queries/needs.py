"""What schemas read of the rows of a model: columns, and related objects in the same query or in one of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, assert_never

from django.db.models import ForeignObjectRel, ImageField, Manager, ManyToManyField, Model
from pydantic import AliasChoices, AliasPath, BaseModel

from specloom.django.schemas.building.declared import CONFIG
from specloom.django.schemas.building.resolved import schemas_in
from specloom.django.schemas.building.schema import Schema
from specloom.django.schemas.fields import Accessor, AccessorKind, accessors
from specloom.django.schemas.fields.columns import converts

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

Schemas = tuple[type[BaseModel], ...]
Direction = tuple[object, bool]
"""A relation, and whether it is read backwards."""


@dataclass(frozen=True, slots=True)
class Related:
    """Objects of a model that schemas are read from; without schemas only their keys are read."""

    model: type[Model]
    schemas: Schemas = ()
    columns: tuple[str, ...] = ()
    """What Django tells by to whom an object belongs."""
    whole: bool = False
    by_base_manager: bool = False
    known: Direction | None = None
    """The relation back to the object that has these, which Django keeps with them."""


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
    asked: dict[str, Needs] = field(default_factory=dict)
    """Related objects behind a relation of an app's own (tags, say), of which only the app knows how they are fetched."""
    joins: bool = True
    """Whether anything may be in the same query."""
    known: Direction | None = None
    read: set[type[BaseModel]] = field(default_factory=set)

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


def needs_of(related: Related, above: Schemas = (), *, joins: bool = True) -> Needs:
    """What the schemas read. ``above`` are the schemas whose rows these are joined to; without ``joins`` nothing is joined."""
    needs = Needs(related.model, related.whole or _makes_own_instances(related.model), joins=joins, known=related.known)
    needs.columns |= dict.fromkeys(related.columns)
    for schema in related.schemas:
        _read(schema, needs, (*above, *related.schemas))
    return needs


def _makes_own_instances(model: type[Model]) -> bool:
    """Whether a model has code that may look at any column of an instance as soon as it is there."""
    return model.__init__ is not Model.__init__ or model.from_db.__func__ is not Model.from_db.__func__  # type: ignore[attr-defined]  # a classmethod's


def _read(schema: type[BaseModel], needs: Needs, above: Schemas) -> None:
    """Adds what a schema reads of the rows."""
    if schema in needs.read:
        return
    needs.read.add(schema)
    accessed, whole = _accessed(schema, needs.model)
    needs.whole |= whole
    for accessor, schemas, objects in accessed:
        _add(accessor, needs, schemas, above, objects=objects)


def _accessed(schema: type[BaseModel], model: type[Model]) -> tuple[list[tuple[Accessor, Schemas, bool]], bool]:
    """The names of a model that a schema reads, with the schemas nested there and whether objects are read that have none.

    Also whether it may read any column.
    """
    resolved: Mapping[str, Accessor] = {}
    if issubclass(schema, Schema) and CONFIG in schema.__dict__:
        own = schema.__dict__[CONFIG].model_class()
        if issubclass(model, own._meta.concrete_model or own):
            resolved = {one.name: one.accessor for one in schema.resolved_fields()}
    whole = not resolved or _looks_at_instances(schema)
    accessed: list[tuple[Accessor, Schemas, bool]] = []
    for name, info in schema.model_fields.items():
        schemas = tuple(dict.fromkeys(schemas_in(info.annotation)))
        if name in resolved:
            accessed.append((resolved[name], schemas, False))
            continue
        known = accessors(model)
        for key in _attributes(name, info):
            if key in known:
                accessed.append((known[key], schemas, not schemas))
            elif hasattr(model, key):
                whole = True
    return accessed, whole


def _looks_at_instances(schema: type[BaseModel]) -> bool:
    """Whether a validator of the schema's own is given the instance itself."""
    validators = schema.__pydantic_decorators__.model_validators
    own = (Schema._read_instance.__name__, Schema._read_stored.__name__)
    return any(one.info.mode != "after" for name, one in validators.items() if name not in own)


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
                needs.generic[accessor.name] = (*needs.generic.get(accessor.name, ()), *schemas)
        case AccessorKind.FIELD | AccessorKind.REVERSE:
            if accessor.related is None or (source.concrete and not accessor.many and not schemas and not objects):
                needs.add(source)
                needs.whole |= converts(source)  # an attribute of an app's own may be made of several columns
                if isinstance(source, ImageField):  # looks at the size as soon as an instance is there
                    sizes = (getattr(source, name, None) for name in ("width_field", "height_field"))
                    needs.columns |= dict.fromkeys(name for name in sizes if name)
            else:
                _add_related(accessor, accessor.related, needs, schemas, above, objects=objects)
        case _:
            assert_never(accessor.kind)


def _add_related(
    accessor: Accessor, model: type[Model], needs: Needs, schemas: Schemas, above: Schemas, *, objects: bool
) -> None:
    relation, reverse = _direction(accessor.source)
    if (relation, reverse) == needs.known:  # read where the object is that these belong to
        return
    if relation.many_to_many and not isinstance(relation, ManyToManyField):
        below = needs.asked.setdefault(accessor.name, Needs(model, whole=True, joins=False))
        for schema in schemas:
            if schema not in above:
                _read(schema, below, (*above, *schemas))
        return
    back = (relation, not reverse) if relation.one_to_one else None
    if back is not None:
        _read_back(back, model, needs, schemas, above)
    here, there = _matched(accessor.source)
    needs.columns |= dict.fromkeys(here)
    name = accessor.source.name  # of a reverse relation, that in queries
    before = needs.fetched.get(accessor.name)
    joins = needs.joins and not accessor.many and before is None and _is_joined(accessor.source, model, schemas, above)
    if name in needs.joined or joins:
        if name not in needs.joined:
            needs.joined[name] = accessor.name, needs_of(Related(model, known=back), above)
        below = needs.joined[name][1]
        below.whole |= objects
        for schema in schemas:
            _read(schema, below, (*above, *schemas))
        return
    readers, whole = (before.schemas, before.whole) if before is not None else ((), False)
    readers = tuple(dict.fromkeys((*readers, *schemas)))
    needs.fetched[accessor.name] = Related(model, readers, there, whole or objects, not accessor.many, back)


def _read_back(back: Direction, model: type[Model], needs: Needs, schemas: Schemas, above: Schemas) -> None:
    """Adds what the schemas of the other of two objects read of the first: Django gives them the first one as it is."""
    for schema in schemas:
        for accessor, below, objects in _accessed(schema, model)[0]:
            if accessor.kind in (AccessorKind.FIELD, AccessorKind.REVERSE) and _direction(accessor.source) == back:
                needs.whole |= objects
                for one in below:
                    _read(one, needs, (*above, one))


def _direction(source: Any) -> tuple[Any, bool]:  # noqa: ANN401  # a field or a relation of any kind
    return (source.field, True) if isinstance(source, ForeignObjectRel) else (source, False)


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
    the columns of its own choice; and before Django 5.0 it takes both ways of a relation of a model to itself for one.
    """
    relation, reverse = _direction(source)
    if reverse and issubclass(relation.model, relation.related_model):
        return False
    filtered = type(model._base_manager) is not Manager
    endless = any(one in above for one in schemas)
    return not filtered and not endless and not relation.remote_field.parent_link and getattr(relation, "db_constraint", True)


def by_model(schemas: Schemas) -> list[Related]:
    """The objects that schemas are read from, for each model that the schemas are of."""
    found: dict[type[Model], Schemas] = {}
    for one in schemas:
        if issubclass(one, Schema) and CONFIG in one.__dict__:
            model = one.__dict__[CONFIG].model_class()
            model = model._meta.concrete_model or model
            found[model] = (*found.get(model, ()), one)
    return [Related(model, readers, by_base_manager=True) for model, readers in found.items()]
