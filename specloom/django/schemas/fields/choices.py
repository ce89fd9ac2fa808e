"""Choices of a Django field: the enum they come from, an enum made of them, or a Literal."""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, IntEnum
from functools import cache, partialmethod
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Union

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Choices
from django.utils.functional import Promise
from pydantic_core import PydanticCustomError, PydanticSerializationError, core_schema, to_jsonable_python

from .columns import column_value, converts

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_SIMPLE: Final = (str, int, bool)


def enum_of(field: models.Field[Any, Any]) -> type[Enum] | None:
    """The enum of a field's choices; ``None`` where it has none, or they are no texts and no whole numbers.

    The project's own enum where the choices are exactly its members; otherwise one named ``<Model><Field>Enum``. Groups are
    opened, a choice of ``None`` says only that the field may be null, and one of ``""`` that it may be blank.
    """
    if not field.choices or is_called(field):
        return None
    listed = _listed(field)
    values = tuple(value for value, _ in listed)
    if not values:
        return None
    own = _own_enum(field, listed)
    if own is not None:
        return own
    kind = next((kind for kind in (str, int) if all(type(value) is kind for value in values)), None)
    if kind is None:
        return None
    model = getattr(field, "model", None)
    name = f"{model.__name__ if model else ''}{_pascal(getattr(field, 'name', None) or 'field')}Enum"
    labels = tuple(label if isinstance(label, str) and not isinstance(label, Promise) else "" for _, label in listed)
    made = _made(name, model.__module__ if model else __name__, kind is int, values, labels)
    if model is not None and "__reduce_ex__" not in vars(made):
        # No module has the enum: pickles find it by the field.
        made.__reduce_ex__ = partialmethod(_reduced, model, field.name)  # type: ignore[assignment]
    return made


def _reduced(member: Enum, model: type[models.Model], name: str, _: object) -> tuple[object, tuple[object, ...]]:
    return _member, (model, name, member.value)


def _member(model: type[models.Model], name: str, value: object) -> object:
    """What a pickle has a member of a made enum by: the member of today, or else the value."""
    field: Any = model._meta.get_field(name)
    return choice_default(field, value)


def choice_type(field: models.Field[Any, Any], base: object) -> object | None:
    """The type of a field with choices: an enum, a Literal, or the type without them and a check; ``None`` without choices.

    With the blank text where the field is blank, and without null.
    """
    if not field.choices:
        return None
    if is_called(field):  # what a function gives today need not be what it gives tomorrow
        return Annotated[base, CalledChoices(field)]
    made: Any = enum_of(field)
    if made is None:
        values = tuple(value for value, _ in _listed(field))
        if not values:
            return None
        if not all(isinstance(value, _SIMPLE) for value in values):
            return Annotated[base, CalledChoices(field)]
        made = Literal[values]
    return Union[made, Literal[""]] if allows_blank(field) and "" not in _values_of(made) else made  # noqa: UP007 - of a type known only at run time


def choice_values(field: models.Field[Any, Any]) -> tuple[object, ...]:
    """The values of the choices, without null and blank."""
    return tuple(value for value, _ in _listed(field))


def choice_default(field: models.Field[Any, Any], value: object) -> object:
    """A default as the type of the choices has it: a member of the enum."""
    enum = enum_of(field)
    if enum is None or isinstance(value, enum):
        return value
    try:
        return enum(value)
    except ValueError:
        return value


def allows_blank(field: models.Field[Any, Any]) -> bool:
    """Whether the empty text is a value of the field: it is blank, or has that as its default."""
    return bool(takes_blank(field) and field.empty_strings_allowed and holds_text(field))


def takes_blank(field: models.Field[Any, Any]) -> bool:
    """Whether a field may be left blank, or is blank by default, as many are that Django's forms would not take so."""
    default = getattr(field.default, "value", field.default)
    return bool(field.blank) or (type(default) is str and not default)


def holds_text(field: models.Field[Any, Any]) -> bool:
    """Whether the table's rows for texts are the field's (Char, Slug, Email, URL, Text)."""
    return isinstance(field, (models.CharField, models.TextField)) or field.get_internal_type() in ("CharField", "TextField")


def is_called(field: models.Field[Any, Any]) -> bool:
    """Whether the choices are what a function gives (Django 5.0+)."""
    return type(field.choices).__name__ == "CallableChoiceIterator"


@dataclass(frozen=True, slots=True, eq=False)
class CalledChoices:
    """In an ``Annotated``: the value is one of the choices that the field has when it is looked at."""

    field: models.Field[Any, Any]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The type's own schema and the check after it."""
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The type's own schema and the values of this moment."""
        values = self._values()
        if any(isinstance(value, Decimal) for value in values):  # numbers and texts, with as many zeros as one likes
            return handler(core_schema)
        try:
            return {**handler(core_schema), "enum": [to_jsonable_python(value) for value in values]}
        except PydanticSerializationError:  # objects that only Python has
            return handler(core_schema)

    def _values(self) -> list[object]:
        return [*(value for value, _ in _listed(self.field)), *([""] if allows_blank(self.field) else [])]

    def _check(self, value: object) -> object:
        values = self._values()
        if value not in values:
            raise PydanticCustomError("enum", "Input should be {expected}", {"expected": ", ".join(map(repr, values))})
        return value


def _listed(field: models.Field[Any, Any]) -> list[tuple[object, object]]:
    """The choices without groups, ``None`` and, where the field is blank anyway, ``""``; each value once, as the field has it."""
    found: list[tuple[object, object]] = []
    for value, label in _flat(field):
        if value is None or (value == "" and allows_blank(field)):
            continue
        if not any(type(value) is type(known) and value == known for known, _ in found):
            found.append((value, label))
    return found


def _flat(field: models.Field[Any, Any]) -> Iterator[tuple[object, object]]:
    if converts(field):
        yield from ((value if value is None else column_value(field, value), label) for value, label in _of_app(field))
        return
    for value, label in field.flatchoices:
        raw: object = value.value if isinstance(value, Enum) else value
        try:
            yield (raw if raw is None else field.to_python(raw)), label
        except ValidationError:
            yield raw, label


def _of_app(field: models.Field[Any, Any]) -> list[tuple[object, object]]:
    """The choices of a field of an app's own, where its value is one of them; none where it is several."""
    found = [(value.value if isinstance(value, Enum) else value, label) for value, label in field.flatchoices or ()]
    for value, _ in found:
        try:
            made = value if value is None else field.to_python(value)
        except Exception:
            return []
        if isinstance(made, Collection) and not isinstance(made, str):
            return []
    return found


def _own_enum(field: models.Field[Any, Any], listed: list[tuple[object, object]]) -> type[Enum] | None:
    blank = allows_blank(field)
    default = getattr(field, "default", None)
    if isinstance(default, Enum) and _same_values(type(default), listed, blank):
        return type(default)
    model = getattr(field, "model", None)
    spaces = [vars(base) for base in model.__mro__] if model else []
    spaces += [vars(module) for base in (model.__mro__ if model else ()) if (module := sys.modules.get(base.__module__))]
    for space in spaces:
        for thing in tuple(space.values()):
            if isinstance(thing, type) and issubclass(thing, Choices) and thing is not Choices and _same(thing, listed, blank):
                return thing
    elsewhere = [enum for enum in _below(Choices) if _same(enum, listed, blank)]
    return elsewhere[0] if len(elsewhere) == 1 else None


def _below(kind: type[Choices]) -> Iterator[type[Choices]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def _same(enum: type[Choices], listed: list[tuple[object, object]], blank: bool) -> bool:
    return _same_values(enum, listed, blank) and all(
        _same_label(member.label, label) for member, (_, label) in zip(_members(enum, blank), listed, strict=True)
    )


def _same_values(enum: type[Enum], listed: list[tuple[object, object]], blank: bool) -> bool:
    return bool(listed) and [member.value for member in _members(enum, blank)] == [value for value, _ in listed]


def _members(enum: type[Enum], blank: bool) -> list[Any]:
    return [member for member in enum if not (blank and member.value == "")]


def _same_label(one: object, other: object) -> bool:
    """Whether two labels are one; translations are not asked for, which models may be too early for."""
    return one is other or (type(one) is str and type(other) is str and one == other)


def _values_of(made: Any) -> tuple[object, ...]:  # noqa: ANN401 - a class or a special form
    if isinstance(made, type) and issubclass(made, Enum):
        return tuple(member.value for member in made)
    return tuple(getattr(made, "__args__", ()))


@cache
def _made(name: str, module: str, whole: bool, values: tuple[Any, ...], labels: tuple[str, ...]) -> type[Enum]:
    """One enum for one set of choices, however often it is asked for."""
    taken: dict[str, Any] = {}
    for value, label in zip(values, labels, strict=True):
        stem = _constant(label) if whole else _constant(str(value)) or _constant(label)
        stem = stem or f"VALUE_{str(value).replace('-', 'MINUS_') if whole else len(taken) + 1}"
        unique, count = stem, 2
        while unique in taken:
            unique, count = f"{stem}_{count}", count + 1
        taken[unique] = value
    members = list(taken.items())
    made: Any = IntEnum(name, members, module=module) if whole else Enum(name, members, module=module, type=str)
    enum: type[Enum] = made
    return enum


def _constant(text: str) -> str:
    made = re.sub(r"\W+", "_", text).strip("_").upper()
    if not made.isidentifier() or keyword.iskeyword(made) or made == "MRO":
        made = f"VALUE_{made}" if made and f"VALUE_{made}".isidentifier() else ""
    return made


def _pascal(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))
