"""The type of each Django field, without null: one table by class, which subclasses find through their MRO."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from types import GenericAlias
from typing import TYPE_CHECKING, Annotated, Any, Final, cast
from uuid import UUID

from annotated_types import MinLen
from django.core import validators as django
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.backends.base.operations import BaseDatabaseOperations
from pydantic import AfterValidator, AllowInfNan, BeforeValidator, IPvAnyAddress, JsonValue, PlainSerializer
from pydantic_core import PydanticCustomError

from .binary import bytes_answered, from_base64
from .calling import After
from .choices import choice_type, choice_values, is_called, takes_blank
from .columns import ColumnValue, converts, with_lenient_validators
from .constraints import Constraints, as_decimal, checks, length_constraints, number_constraints
from .digits import Digits
from .keywords import ExactKeywords, ExtraKeywords, TextKeywords
from .storable import FileName, SameLengths, Zoneless, moment, storable_json, storable_text, without_scope

if TYPE_CHECKING:
    from .registry import FieldTypeRegistry

    AnyField = models.Field[Any, Any]


class UnmappedFieldError(ValueError):
    """A field has no type: its class and the classes above it are in no table."""


@dataclass(frozen=True, slots=True)
class FieldTypes:
    """The types of fields, with those that a project registered."""

    registry: FieldTypeRegistry

    def of(self, field: AnyField) -> Any:  # noqa: ANN401 - a type known only at run time
        """The type of a field's value, with its constraints and choices, without null.

        Raises ``UnmappedFieldError`` where no class of the field's MRO is known.
        """
        reason = left_out(field)
        if reason is not None:
            raise UnmappedFieldError(f"{named(field)} has no schema: {reason}")
        for kind in _kinds(field):
            registered = self.registry.found(kind)
            if registered is not None:
                return registered(field)
            maker = _TYPES.get(kind)
            if maker is not None:
                if not converts(field):
                    return maker(field, self)
                return Annotated[maker(with_lenient_validators(field), self), BeforeValidator(ColumnValue(field))]
            elsewhere = _BY_PATH.get(_path(kind))
            if elsewhere is not None:
                return elsewhere(field, self)
        raise UnmappedFieldError(
            f"{named(field)} is a {type(field).__module__}.{type(field).__qualname__}, whose type is not known: say it with "
            f"FieldTypeRegistry.instance().register({type(field).__qualname__}, lambda field: …)"
        )

    def by_column(self, field: AnyField) -> bool:
        """Whether a field of an app's own has the type of its column, because nobody registered another."""
        found = (kind for kind in _kinds(field) if self.registry.found(kind) or kind in _TYPES or _path(kind) in _BY_PATH)
        first = next(found, None)
        return first is not None and first in _TYPES and self.registry.found(first) is None and converts(field)

    def key_of(self, model: Any) -> Any:  # noqa: ANN401 - a type known only at run time
        """The type of a model's primary key."""
        if isinstance(model, str):
            raise UnmappedFieldError(f"{model} is not a model that is installed: a relation to it has no type")
        # An abstract model has no key yet; those that come of it have any.
        return Any if model._meta.pk is None else self.of(model._meta.pk)


def _kinds(field: AnyField) -> Iterator[type[Any]]:
    """The class of a field and those above it; last comes the column that a field of the project's own says it is."""
    yield from type(field).__mro__
    yield from getattr(models, field.get_internal_type() or "", models.Field).__mro__


def _path(kind: type[Any]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def named(field: Any) -> str:  # noqa: ANN401 - any kind of field
    """How an error names a field: ``shop.Order.total``."""
    model = getattr(field, "model", None)
    name = getattr(field, "name", None) or "a field"
    return f"{model._meta.label}.{name}" if model is not None else f"{name}"


def left_out(field: object) -> str | None:
    """Why a field is in no schema; ``None`` for one that is."""
    return _reason(cast(Hashable, type(field)))


@lru_cache(maxsize=512)
def _reason(kind: Any) -> str | None:  # noqa: ANN401 - a class
    paths = {_path(above) for above in kind.__mro__}
    return next((reason for path, reason in _LEFT_OUT.items() if path in paths), None)


def list_of(item: Any) -> Any:  # noqa: ANN401 - a type known only at run time
    """``list[item]``."""
    return GenericAlias(list, (item,))


def tuple_of(items: Iterable[Any]) -> Any:  # noqa: ANN401 - a type known only at run time
    """``tuple[items]``."""
    return GenericAlias(tuple, tuple(items))


def _typed(base: Any, *metadata: object) -> Any:  # noqa: ANN401 - a type known only at run time
    return Annotated[(base, *metadata)] if metadata else base


def _value_of(member: Any) -> object:  # noqa: ANN401 - a member of an enum, or what a Literal has
    return getattr(member, "value", member)


def _written(field: AnyField) -> list[Any]:
    """The validators that are not those of the field's class."""
    return [each for each in field.validators if each not in field.default_validators]


def _chosen(field: AnyField, base: Any) -> Any:  # noqa: ANN401 - a type known only at run time
    """The choices of a field with the validators that were written for it, or nothing."""
    made = choice_type(field, base)
    if made is None:
        return None
    known = () if is_called(field) else choice_values(field)
    return _typed(made, *checks((each for each in _written(field) if not _always_passes(each, known)), _value_of))


def _always_passes(validator: Any, values: tuple[Any, ...]) -> bool:  # noqa: ANN401 - any validator
    """Whether one of Django's own limits lets every choice through, so that it need not be run."""
    if not isinstance(validator, django.BaseValidator | django.DecimalValidator) or not values:
        return False
    if callable(getattr(validator, "limit_value", None)):
        return False
    try:
        for value in values:
            validator(value)
    except ValidationError:
        return False
    return True


def _text(
    base: Any = str,  # noqa: ANN401 - a type
    format: str | None = None, shortens: bool = True
) -> Callable[[AnyField, FieldTypes], Any]:
    def make(field: AnyField, _: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
        chosen = _chosen(field, base)
        if chosen is not None:
            return chosen
        blank = takes_blank(field) or not shortens
        found = length_constraints(field, field.max_length, blank)
        keywords = TextKeywords(format, found.pattern, takes_blank(field))
        return _typed(base, *found.metadata(), After(storable_text), *([keywords] if format or found.pattern else []))

    return make


def _integer(field: AnyField, _: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    chosen = _chosen(field, int)
    if chosen is not None:
        return chosen
    return _typed(int, *number_constraints(field, int, _bounds(field)).metadata())


def _bounds(field: AnyField) -> tuple[int | None, int | None]:
    """What the column holds. SQLite does not look, so there it is what Django calls safe in every database."""
    operations: Any = BaseDatabaseOperations if connection.vendor == "sqlite" else connection.ops
    kind = field.get_internal_type()
    if operations is BaseDatabaseOperations:
        return BaseDatabaseOperations.integer_field_ranges.get(kind or "", (None, None))
    try:
        low, high = operations.integer_field_range(kind)
    except KeyError:  # a kind of column that the project made
        return None, None
    return low, high


def _float(field: AnyField, _: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    return _chosen(field, float) or _typed(float, AllowInfNan(False), *number_constraints(field, float).metadata())


def _decimal(field: Any, _: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    found = number_constraints(field, as_decimal)
    rest = tuple(each for each in found.rest if type(each) is not django.DecimalValidator)
    kept = Constraints(found.low, found.high, found.step, rest=rest)
    base = _typed(Decimal, Digits(field.max_digits, field.decimal_places))
    return _chosen(field, base) or _typed(base, *kept.metadata())


def _plain(base: object, *metadata: object) -> Callable[[AnyField, FieldTypes], Any]:
    def make(field: AnyField, _: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
        return _chosen(field, base) or _typed(base, *metadata, *checks(field.validators))

    return make


def _file(field: Any, _: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    # Validators of a file look into the file; a schema has its name or its address only, and the name's length is not the
    # address's.
    return _typed(str, After(storable_text), AfterValidator(FileName(field)))


def _address(field: Any, _: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    protocol = str(getattr(field, "protocol", "ipv4")).lower()  # the old IPAddressField has version 4 only
    base, formats = {
        "ipv4": (IPv4Address, ("ipv4",)),
        "ipv6": (IPv6Address, ("ipv6",)),
    }.get(protocol, (IPvAnyAddress, ("ipv4", "ipv6")))
    chosen = _chosen(field, str)
    if chosen is not None:
        return chosen
    known = (django.validate_ipv4_address, django.validate_ipv6_address, django.validate_ipv46_address)
    written = [each for each in field.validators if each not in known and not isinstance(each, django.MaxLengthValidator)]
    texts = [{"type": "string", "format": each} for each in formats]
    keywords = ExactKeywords(texts[0] if len(texts) == 1 else {"anyOf": texts})
    scope = () if protocol == "ipv4" else (AfterValidator(without_scope),)
    return _typed(base, *scope, *checks(written, str), PlainSerializer(str, return_type=str), keywords)


def _binary(field: AnyField, _: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    return _typed(
        bytes,
        *length_constraints(field, field.max_length, with_pattern=False).metadata(),
        BeforeValidator(from_base64),
        PlainSerializer(bytes_answered),
        ExactKeywords({"type": "string", "format": "byte", "contentEncoding": "base64"}),
    )


def _json(field: Any, _: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    # With an encoder of its own the column holds what that encoder writes: dates, decimals, objects.
    base: Any = JsonValue if field.encoder is None else Any
    rest = checks(field.validators) if field.encoder is not None else (AfterValidator(storable_json), *checks(field.validators))
    if field.null:
        return _typed(base, *rest)
    return _typed(base, *rest, AfterValidator(_not_null), ExtraKeywords({"not": {"type": "null"}}))


def _not_null(value: object) -> object:
    if value is None:
        raise PydanticCustomError("not_null", "Input should not be null")
    return value


def _generated(field: Any, types: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    result = copy(field.output_field)
    result.blank = True  # the database computes it, also to an empty text
    return types.of(result)


def _composite(field: Any, types: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    return tuple_of(types.of(part) for part in field.fields)


def _to_one(field: Any, types: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    if isinstance(field.remote_field.model, str):
        raise UnmappedFieldError(f"{named(field)} points to {field.remote_field.model}, which is not a model that is installed")
    targets = [types.of(target) for target in field.foreign_related_fields]
    base = targets[0] if len(targets) == 1 else tuple_of(targets)
    return _chosen(field, base) or _typed(base, *checks(_written(field)))


def _to_many(field: Any, types: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    return list_of(types.key_of(field.remote_field.model))


def _array(field: Any, types: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    depth = _depth(field)
    # An empty list in a list is none in PostgreSQL: it comes back as an empty list alone.
    item = _typed(types.of(field.base_field), MinLen(1)) if depth > 1 else types.of(field.base_field)
    item = item | None if field.base_field.null else item
    chosen = _chosen(field, list_of(item))
    found = length_constraints(field, field.size, with_pattern=False)
    return chosen or _typed(list_of(item), *found.metadata(), *([AfterValidator(SameLengths(depth))] if depth > 1 else []))


def _depth(field: Any) -> int:  # noqa: ANN401 - a field of a package that may be absent
    """How many lists are in each other."""
    inner = getattr(field, "base_field", None)
    return 0 if inner is None or not hasattr(field, "size") else 1 + _depth(inner)


def _hstore(field: AnyField, _: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    text = Annotated[str, After(storable_text)]
    return _typed(GenericAlias(dict, (text, text | None)), *checks(field.validators))


def _range(field: Any, types: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    from .ranges import Discrete, range_type

    bounds = getattr(field, "default_bounds", "[)")
    name = next(kind.__name__ for kind in type(field).__mro__ if "base_field" in vars(kind)).removesuffix("Field")
    base = field.base_field
    steps: Discrete | None = None
    if isinstance(base, models.IntegerField):
        steps = Discrete(1, _bounds(base)[1])
    elif isinstance(base, models.DateField) and not isinstance(base, models.DateTimeField):
        steps = Discrete(timedelta(days=1), date.max)
    return _typed(range_type(field.range_type, name, types.of(base), bounds, steps), *checks(field.validators))


def _schema_field(field: Any, _: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    return field.adapter.prepared_schema


_TYPES: Final[Mapping[type[Any], Callable[[Any, FieldTypes], Any]]] = {
    models.CharField: _text(),
    models.TextField: _text(),
    models.EmailField: _text(format="email"),
    models.URLField: _text(format="uri"),
    models.FilePathField: _text(shortens=False),
    models.IntegerField: _integer,
    models.FloatField: _float,
    models.DecimalField: _decimal,
    models.BooleanField: _plain(bool),
    models.DateField: _plain(date),
    models.DateTimeField: _plain(datetime, AfterValidator(moment)),
    models.TimeField: _plain(time, Zoneless()),
    models.DurationField: _plain(timedelta),
    models.UUIDField: _plain(UUID),
    models.BinaryField: _binary,
    models.GenericIPAddressField: _address,
    models.IPAddressField: _address,
    models.FileField: _file,
    models.JSONField: _json,
    models.ForeignObject: _to_one,
    models.ManyToManyField: _to_many,
    **({models.GeneratedField: _generated} if hasattr(models, "GeneratedField") else {}),
    **({models.CompositePrimaryKey: _composite} if hasattr(models, "CompositePrimaryKey") else {}),
}
"""By class, the most special first in a field's MRO."""


_POSTGRES: Final = "django.contrib.postgres.fields"
_BY_PATH: Final[Mapping[str, Callable[[Any, FieldTypes], Any]]] = {
    f"{_POSTGRES}.array.ArrayField": _array,
    f"{_POSTGRES}.hstore.HStoreField": _hstore,
    f"{_POSTGRES}.ranges.RangeField": _range,
    "django.contrib.contenttypes.fields.GenericRelation": _to_many,
    "django_pydantic_field.fields.PydanticSchemaField": _schema_field,
    "django_pydantic_field.v2.fields.PydanticSchemaField": _schema_field,
}
"""By the place of the class, where its package or app may be absent: nobody imports it here."""

_LEFT_OUT: Final[Mapping[str, str]] = {
    "django.contrib.postgres.search.SearchVectorField": (
        "a search vector is an index that the database reads, with no value for a client"
    ),
    "django.contrib.postgres.search._Float4Field": "it is the rank of a search, which no model stores",
    "django.contrib.postgres.search.SearchQueryField": "a search query is an expression, which no model stores",
}
"""What is in no schema, and why."""
