"""Fields as reusable apps have them: attributes hold objects of the app's own, of which the column holds something plain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.related import ManyToManyRel, RelatedField, lazy_related_operation


@dataclass(frozen=True)
class Colour:
    """What a colour field holds; its column holds six digits."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"{self.red:02x}{self.green:02x}{self.blue:02x}"


def colour(value: Any) -> Colour | None:  # noqa: ANN401
    """A colour of what a form, a database or a project has."""
    if value is None or isinstance(value, Colour):
        return value
    try:
        return Colour(*bytes.fromhex(value))
    except (TypeError, ValueError):
        raise ValidationError("This is no colour.", code="colour") from None


def not_black(value: Colour) -> None:
    """A validator that takes the object, and would break of its column's text."""
    if value.red == value.green == value.blue == 0:
        raise ValidationError("Too dark.", code="dark")


class ColourField(models.CharField):
    """A colour, as django-phonenumber-field has phone numbers and django-timezone-field time zones."""

    default_validators = [not_black]  # noqa: RUF012 - as Django's own fields have it

    def __init__(self, *values: Any, **named: Any) -> None:  # noqa: ANN401
        super().__init__(*values, **{"max_length": 6, **named})

    def to_python(self, value: Any) -> Colour | None:  # noqa: ANN401
        return colour(value)

    def from_db_value(self, value: Any, *_: object) -> Colour | None:  # noqa: ANN401
        return colour(value)

    def get_prep_value(self, value: Any) -> str | None:  # noqa: ANN401
        return None if value is None else str(colour(value))


class Several(list[str]):
    """Several of some choices."""


class SeveralField(models.CharField):
    """Some of its choices, as django-multiselectfield has them; each by itself is no value."""

    def to_python(self, value: Any) -> Several:  # noqa: ANN401
        return Several(value if isinstance(value, list) else value.split(","))

    def from_db_value(self, value: str, *_: object) -> Several:
        return Several(value.split(","))

    def get_prep_value(self, value: Any) -> str:  # noqa: ANN401
        return ",".join(value) if isinstance(value, list) else value


@dataclass(frozen=True)
class Price:
    """An amount of a currency."""

    amount: int
    currency: str


class PriceDescriptor:
    """An attribute that is made of two columns."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: models.Model | None, owner: object) -> object:
        # Both columns have to be there, as in django-money: neither is fetched when it is missing.
        return self if instance is None else Price(instance.__dict__[self.name], instance.__dict__["currency"])

    def __set__(self, instance: models.Model, value: Any) -> None:  # noqa: ANN401
        instance.__dict__[self.name] = value.amount if isinstance(value, Price) else value


class PriceField(models.IntegerField):
    """An amount whose attribute knows the currency, as django-money has it."""

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, PriceDescriptor(name))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:  # noqa: ANN401
        return super().get_db_prep_save(value.amount if isinstance(value, Price) else value, connection)


class LabelsManager(models.Manager[Any]):
    """The labels of one instance; fetched before, or else by a query. Nobody may bring a queryset of his own."""

    def __init__(self, instance: models.Model, field: Labels) -> None:
        super().__init__()
        self.instance, self.field, self.model = instance, field, field.remote_field.model

    def get_queryset(self) -> Any:  # noqa: ANN401
        cached = getattr(self.instance, "_prefetched_objects_cache", {}).get(self.field.name)
        if cached is not None:
            return cached
        return self.model._default_manager.filter(pk__in=self._links([self.instance]).values("label"))

    def get_prefetch_querysets(self, instances: Sequence[models.Model], querysets: Any = None) -> tuple[Any, ...]:  # noqa: ANN401
        if querysets:
            raise ValueError("Labels are fetched as they are.")
        links = list(self._links(instances).select_related("label"))
        for link in links:
            link.label.of = link.owner
        return [link.label for link in links], lambda label: label.of, lambda each: each.pk, False, self.field.name, False

    def get_prefetch_queryset(self, instances: Sequence[models.Model], queryset: Any = None) -> tuple[Any, ...]:  # noqa: ANN401
        """The name of it before Django 5.0."""
        return self.get_prefetch_querysets(instances, queryset)

    def _links(self, instances: Sequence[models.Model]) -> Any:  # noqa: ANN401
        return self.field.remote_field.through._default_manager.filter(owner__in=[one.pk for one in instances])


class Labels(RelatedField):  # type: ignore[type-arg]
    """A relation to many that is no ``ManyToManyField``, as django-taggit has tags; what it points to has no way back."""

    many_to_many = True
    many_to_one = False
    one_to_many = False
    one_to_one = False

    def __init__(self, to: type[models.Model] | str, through: type[models.Model] | str) -> None:
        rel = ManyToManyRel(self, to, through=through)  # type: ignore[arg-type]
        super().__init__(rel=rel, blank=True, null=True, serialize=False)  # type: ignore[call-arg]

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False, **_: object) -> None:
        self.set_attributes_from_name(name)
        self.model = cls
        self.opts = cls._meta
        cls._meta.add_field(self)
        setattr(cls, name, self)
        if isinstance(self.remote_field.model, str):  # in the state of migrations
            lazy_related_operation(self._resolve, cls, self.remote_field.model, self.remote_field.through)

    def _resolve(self, _: object, to: type[models.Model], through: type[models.Model]) -> None:
        self.remote_field.model, self.remote_field.through = to, through

    def deconstruct(self) -> Any:  # noqa: ANN401
        name, path, _, _ = super().deconstruct()
        ends = (self.remote_field.model, self.remote_field.through)
        return name, path, [one if isinstance(one, str) else one._meta.label for one in ends], {}

    def get_internal_type(self) -> str:
        return "ManyToManyField"

    def m2m_db_table(self) -> str:
        return str(self.remote_field.through._meta.db_table)

    def __get__(self, instance: models.Model | None, owner: object = None) -> Any:  # noqa: ANN401
        return self if instance is None else LabelsManager(instance, self)
