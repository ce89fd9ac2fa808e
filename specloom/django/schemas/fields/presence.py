"""Whether a field is required, what it is by default, and whether it may be null: the contract's table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields import NOT_PROVIDED
from django.utils.functional import Promise

from .choices import choice_default, holds_text
from .columns import column_value
from .shape import MISSING

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]


@dataclass(frozen=True, slots=True)
class Presence:
    """One row of the table: null or not, and what stands there when nothing is given."""

    nullable: bool
    default: object = MISSING
    default_factory: Callable[[], object] | None = None
    automatic: bool = False

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return self.default is MISSING and self.default_factory is None


def presence_of(field: AnyField) -> Presence:
    """The row of a column.

    A default of the field's own wins. Then what the database or Django gives; then the table:

    ==============  =====  =====  ========  =======  ============
    field           null   blank  required  default  type
    ==============  =====  =====  ========  =======  ============
    text            yes    yes    no        None     ``str | None``
    text            yes    no     yes                ``str | None``
    text            no     yes    no        ``""``   ``str``
    text            no     no     yes                ``str``
    any other       yes    yes    no        None     ``T | None``
    any other       yes    no     yes                ``T | None``
    any other       no     either yes                ``T``
    ==============  =====  =====  ========  =======  ============
    """
    null, blank = bool(field.null), bool(field.blank)
    automatic = is_automatic(field)
    if field.has_default() and not (field.default is None and not null):
        return _own_default(field, null, automatic)
    if automatic:
        return Presence(null, default=None, automatic=True)
    if null:
        return Presence(True, default=None) if blank else Presence(True)
    if blank and holds_text(field):
        return Presence(False, default=choice_default(field, ""))
    return Presence(False)


def presence_of_many(field: AnyField, strict_null: bool) -> Presence:
    """The row of a many-to-many field: required unless blank."""
    return list_presence(strict_null) if field.blank else Presence(not strict_null)


def list_presence(strict_null: bool) -> Presence:
    """The row of reverse relations: not required; null by default, or an empty list where lists are never null."""
    return Presence(False, default_factory=list) if strict_null else Presence(True, default=None)


def is_automatic(field: AnyField) -> bool:
    """Whether the database or Django gives the value."""
    if isinstance(field, (models.AutoField, models.fields.proxy.OrderWrt)):
        return True
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False) or has_db_default(field):
        return True
    if getattr(field, "generated", False) or type(field).__name__ == "CompositePrimaryKey":
        return True  # a composite key is its parts, which are fields of their own
    remote = field.remote_field
    return bool(remote and getattr(remote, "parent_link", False) and field.auto_created)


def has_db_default(field: AnyField) -> bool:
    """Whether the database has a default of its own for the column (Django 5.0+)."""
    return getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED


def in_column(field: AnyField, presence: Presence) -> Presence:
    """The row of a field whose attribute holds an object of an app's own: its default is what the column holds."""
    factory = presence.default_factory
    if factory is not None:
        return replace(presence, default_factory=lambda: column_value(field, factory()))
    return presence if presence.default is MISSING else replace(presence, default=column_value(field, presence.default))


def _own_default(field: AnyField, null: bool, automatic: bool) -> Presence:
    default: Any = field.default
    if callable(default):
        plain = not (field.is_relation or field.choices)
        return Presence(null, default_factory=default if plain else _factory(field), automatic=automatic)
    if isinstance(default, (Promise, bytes, memoryview)) or field.is_relation:
        # A translation waits for its language, bytes are no text for a JSON Schema, a related object may be in the database.
        return Presence(null, default_factory=_factory(field), automatic=automatic)
    return Presence(null, default=choice_default(field, as_python(field, default)), automatic=automatic)


def _factory(field: AnyField) -> Callable[[], object]:
    def make() -> object:
        return choice_default(field, as_python(field, field.get_default()))

    return make


def as_python(field: AnyField, value: object) -> object:
    """A default as an instance has it after it was saved: ``"1.50"`` of a decimal field is a decimal."""
    raw = value.value if isinstance(value, Enum) else str(value) if isinstance(value, Promise) else value
    try:
        return raw if raw is None else field.to_python(raw)
    except (ValidationError, TypeError, ValueError):
        return raw
