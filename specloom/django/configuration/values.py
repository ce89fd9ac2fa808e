"""The ground of every configuration model: frozen, no unknown fields, and refusals that name what is right instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    ModelWrapValidatorHandler,
    PlainValidator,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from specloom.ir.diagnostics import nearest

_Item = TypeVar("_Item")
_HINTED = "{problem}; {hint}"
_PLAIN = "{problem}"


def refusal(problem: str, hint: str) -> PydanticCustomError:
    """What a validator raises: what is wrong, and what would be right."""
    return PydanticCustomError("refused", _HINTED, {"problem": problem, "hint": hint})


class ConfigModel(BaseModel):
    """A part of a configuration. An unknown field is refused with the nearest right one as a hint."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    elsewhere: ClassVar[Mapping[str, str]] = {}
    """Names of fields that other tools have, and what to do instead."""

    @model_validator(mode="wrap")
    @classmethod
    def _with_hints(cls, given: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(given)
        except ValidationError as error:
            raise ValidationError.from_exception_data(cls.__name__, [
                InitErrorDetails(
                    type=_unknown(cls, str(detail["loc"][0]))
                    if detail["type"] == "extra_forbidden" and len(detail["loc"]) == 1
                    else _again(detail["type"], detail["msg"], detail.get("ctx", {})),
                    loc=detail["loc"], input=detail["input"],
                )
                for detail in error.errors(include_url=False)
            ]) from None


def _unknown(model: type[ConfigModel], name: str) -> PydanticCustomError:
    hint = model.elsewhere.get(name) or nearest(name, model.model_fields)
    return PydanticCustomError("unknown_field", _HINTED, {"problem": f"there is no field {name!r}", "hint": hint})


def _again(kind: str, message: str, context: Mapping[str, object]) -> PydanticCustomError:
    """An error of a field, as what it was: the kinds that Pydantic knows cannot be made again with any message."""
    if "problem" in context:
        return PydanticCustomError(kind, _HINTED if "hint" in context else _PLAIN, dict(context))
    problem = f"{message[:1].lower()}{message[1:]}"
    return PydanticCustomError(kind, _PLAIN, {"problem": problem})


@dataclass(frozen=True, slots=True)
class Only:
    """Marks a field that can say only what is so anyway; all else is refused, since it could not take effect."""

    values: tuple[object, ...]
    hint: str

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def _check(self, value: object) -> object:
        if value not in self.values:
            raise refusal(f"{value!r} cannot take effect", self.hint)
        return value


@dataclass(frozen=True, slots=True)
class Idle:
    """Marks a field that is taken, since settings that are read as they are have it, but about which nothing is to be done."""

    why: str


def _checked(test: Callable[[str], str | None], hint: str) -> AfterValidator:
    def check(value: str) -> str:
        problem = test(value)
        if problem is not None:
            raise refusal(f"{value!r} {problem}", hint)
        return value

    return AfterValidator(check)


def _group_name_fault(name: str) -> str | None:
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        return "is no name of a group"
    if not re.fullmatch(r"[A-Za-z]{3}[0-9]?", name):
        return None
    from specloom.writing.paths import path_fault  # settings are read at every start: only for what may be a device's name

    fault = path_fault(name)
    return None if fault is None else f"cannot name a folder: {fault}"


def _app_fault(pattern: str) -> str | None:
    return None if re.fullmatch(r"[\w.*?\[\]!-]+", pattern) else "is no name of an app"


def _expression_fault(expression: str) -> str | None:
    try:
        re.compile(expression)
    except re.error as error:
        return f"is no regular expression: {error}"
    return None


_PERIODS = (
    "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "h", "hr", "hrs", "hour", "hours",
    "d", "day", "days",
)


def _rate_fault(rate: str) -> str | None:
    number, slash, period = rate.partition("/")
    if not slash or not re.fullmatch(r"[0-9]+", number) or not period:
        return "is no rate"
    if period not in _PERIODS:
        return f"counts by {period!r}, of which Django REST framework would read only the first letter"
    return "lets nobody in" if int(number) == 0 else None


def _prefix_fault(prefix: str) -> str | None:
    parts = prefix.strip("/").split("/")
    if prefix.strip("/") and not all(re.fullmatch(r"[\w.~-]+", part) and part.strip(".") for part in parts):
        return "is no part of an address"
    return None


def _as_tuple(values: Sequence[_Item]) -> tuple[_Item, ...]:
    return tuple(values)


def _some(patterns: Sequence[str]) -> Sequence[str]:
    if not patterns:
        raise refusal("no app is named", "name at least one, as in apps=['shop']")
    return patterns


def _folder(value: object) -> Path:
    if not isinstance(value, str | Path):
        raise refusal(f"a {type(value).__name__} is no folder", "write a text or a Path")
    if "\0" in str(value):
        raise refusal("no folder can be called so", "leave out what is no letter")
    try:
        return Path(str(value).strip()).expanduser()
    except RuntimeError as error:  # ~name, and there is no such user
        raise refusal(f"{str(value)!r}: {error}", "write the whole path") from None


Language = Literal["typescript", "python", "go", "proto"]
GroupName = Annotated[str, _checked(_group_name_fault, "letters, digits, _ and - only, as in 'shop'")]
AppPattern = Annotated[str, _checked(_app_fault, "write it as in INSTALLED_APPS; * stands for anything, as in 'shop.*'")]
Folder = Annotated[str | Path, PlainValidator(_folder)]
"""A ``Path``, which people may give as text."""
Many = Annotated[Sequence[_Item], AfterValidator(_as_tuple)]
"""A tuple, which people may give as a list."""
Apps = Annotated[Many[AppPattern], AfterValidator(_some)]
Expression = Annotated[str, _checked(_expression_fault, "escape what is meant literally, as in r'^/api/shop\\.json$'")]
Rate = Annotated[str, _checked(_rate_fault, "write it as in '100/hour': a number, and second, minute, hour or day")]
Prefix = Annotated[str, _checked(_prefix_fault, "letters, digits, and . _ ~ - between slashes, as in 'api/v1'")]
Dotted = Annotated[str, _checked(
    lambda name: None if re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*", name) else "is no dotted name", "write module.Class"
)]
