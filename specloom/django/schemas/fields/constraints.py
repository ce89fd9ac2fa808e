"""What the validators of a Django field say: constraints that Pydantic checks itself, and validators that are run as they are."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from annotated_types import Ge, Le, MaxLen, MinLen, MultipleOf
from django.core import validators as django
from django.core.exceptions import ValidationError
from pydantic_core import PydanticCustomError

from .calling import After
from .patterns import json_pattern as json_pattern

if TYPE_CHECKING:
    from django.db import models

    Validator = Callable[[Any], object]

_EMPTY: Final[tuple[object, ...]] = (None, "", [], (), {})


@dataclass(frozen=True, slots=True, eq=False)
class Checks:
    """Runs Django's validators after Pydantic's own checks; what they say becomes an error of Pydantic.

    As in Django, an empty value is not looked at, and every validator has its say. ``prepare`` makes of the value what Django's
    validators know (the text of an address, the value of an enum).
    """

    validators: tuple[Validator, ...]
    prepare: Callable[[Any], object] | None = None

    def __call__(self, value: Any) -> Any:  # noqa: ANN401 - a validator takes what there is
        if value in _EMPTY:
            return value
        seen = self.prepare(value) if self.prepare else value
        code, messages = "", list[str]()
        for validator in self.validators:
            try:
                validator(seen)
            except ValidationError as error:
                code = code or str(getattr(error, "code", None) or "invalid")
                messages.extend(str(message) for message in error.messages)
            except (TypeError, OverflowError) as error:  # a date with a time zone beside one without
                code = code or "invalid"
                messages.append(str(error))
        if messages:
            # The message is not a template: without a context Pydantic leaves its braces alone.
            raise PydanticCustomError(code, " ".join(messages))
        return value


@dataclass(frozen=True, slots=True)
class Constraints:
    """What the validators of a field come to."""

    low: Any = None
    high: Any = None
    step: Any = None
    shortest: int | None = None
    longest: int | None = None
    pattern: str | None = None
    rest: tuple[Validator, ...] = ()

    def metadata(self, prepare: Callable[[Any], object] | None = None) -> tuple[object, ...]:
        """What stands in the ``Annotated`` of the type; the pattern is not here, it has a validator of its own."""
        found: list[object] = []
        if self.low is not None:
            found.append(Ge(self.low))
        if self.high is not None:
            found.append(Le(self.high))
        if self.step is not None:
            found.append(MultipleOf(self.step))
        if self.shortest:
            found.append(MinLen(self.shortest))
        if self.longest is not None:
            found.append(MaxLen(self.longest))
        return (*found, *checks(self.rest, prepare))


def checks(validators: Iterable[Validator], prepare: Callable[[Any], object] | None = None) -> tuple[object, ...]:
    """The metadata that runs validators; none where there is nothing to run."""
    listed = tuple(validators)
    return (After(Checks(listed, prepare)),) if listed else ()


def number_constraints(
    field: models.Field[Any, Any],
    convert: Callable[[Any], Any],
    bounds: tuple[int | None, int | None] = (None, None),
) -> Constraints:
    """Of a number: the narrowest limits, and the first step; ``convert`` makes a limit the type of the field.

    A limit that is called, a step that does not begin at zero and every validator besides are left to run.
    """
    lows = [limit for limit in bounds[:1] if limit is not None]
    highs = [limit for limit in bounds[1:] if limit is not None]
    step: Any = None
    rest: list[Validator] = []
    for validator in field.validators:
        limit = _limit(validator, convert)
        if limit is None:
            rest.append(validator)
        elif _is(validator, django.MinValueValidator):
            lows.append(limit)
        elif _is(validator, django.MaxValueValidator):
            highs.append(limit)
        elif _is(validator, django.StepValueValidator) and step is None and limit > 0 and not _offset(validator):
            step = limit
        else:
            rest.append(validator)
    return Constraints(max(lows, default=None), min(highs, default=None), step, rest=tuple(rest))


def length_constraints(
    field: models.Field[Any, Any], longest: int | None, blank: bool = True, with_pattern: bool = True
) -> Constraints:
    """Of a text or a list: its lengths, and the first pattern that JSON Schema can say.

    A blank value passes every validator of Django, so where it is allowed a minimum is left to run.
    """
    shortest = 0 if blank else 1
    pattern: str | None = None
    rest: list[Validator] = []
    for validator in field.validators:
        limit = _limit(validator, int)
        if limit is not None and _is(validator, django.MaxLengthValidator):
            longest = limit if longest is None else min(longest, limit)
        elif limit is not None and _is(validator, django.MinLengthValidator) and not blank:
            shortest = max(shortest, limit)
        else:
            rest.append(validator)
            if with_pattern and pattern is None:
                pattern = json_pattern(validator)
    return Constraints(shortest=shortest, longest=longest, pattern=pattern, rest=tuple(rest))


def _is(validator: object, kind: type[django.BaseValidator]) -> bool:
    """Whether it is one of a kind that compares as the kind does: a subclass may compare otherwise."""
    return (
        isinstance(validator, kind)
        and type(validator).compare is kind.compare
        and type(validator).clean is kind.clean
        and type(validator).__call__ is kind.__call__
    )


def _limit(validator: object, convert: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - whatever the field holds
    limit = getattr(validator, "limit_value", None)
    if limit is None or callable(limit):
        return None
    try:
        made = convert(limit)
        # A limit that the type cannot hold (2.5 of an integer) is compared by Django's own validator.
        return made if made == limit or (isinstance(limit, float) and math.isclose(made, limit)) else None
    except (TypeError, ValueError, ArithmeticError):
        return None


def _offset(validator: object) -> bool:
    return bool(getattr(validator, "offset", None))


def as_decimal(limit: object) -> Decimal:
    """A limit of a decimal field as it is written: 0.1, not the nearest binary number."""
    return limit if isinstance(limit, Decimal) else Decimal(str(limit))
