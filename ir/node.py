"""What every node of the IR is: a frozen Pydantic model that refuses unknown keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, ParamSpec, Self, TypeVar, cast

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer
from pydantic.fields import FieldInfo

P = ParamSpec("P")
N = TypeVar("N", bound="IRNode")

_put: Final = object.__setattr__  # a frozen model refuses its own


class IRNode(BaseModel):
    """Immutable, comparable by value, dumped to JSON and read back without loss.

    A dump leaves out what is at its default, all but ``kind``, which tells the members of a sum apart. Pydantic prepares the
    checks of a class when a node of it is first checked or dumped, because many runs do neither.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings", defer_build=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some values replaced, as Pydantic makes it, in a third of the time."""
        if deep:
            return super().model_copy(update=update, deep=True)
        given = update or {}
        node = object.__new__(type(self))
        _put(node, "__dict__", {**self.__dict__, **given})
        _put(node, "__pydantic_fields_set__", {*self.__pydantic_fields_set__, *given})
        _put(node, "__pydantic_extra__", None)
        _put(node, "__pydantic_private__", None)
        return node

    if not TYPE_CHECKING:

        @model_serializer(mode="wrap")
        def _without_defaults(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
            fields, given = type(self).model_fields, self.__dict__
            return {name: value for name, value in handler(self).items() if name == "kind" or _is_said(fields[name], given[name])}


def _is_said(field: FieldInfo, value: object) -> bool:
    return field.is_required() or bool(value != field.get_default(call_default_factory=True))


def trusted(model: Callable[P, N]) -> Callable[P, N]:
    """The constructor of a model less the checks, for values that have their types already.

    Checking each value again costs more than all else that is done to make a node. This is for code whose calls the type checker
    has seen, never for what comes from outside. Values are kept as they are, not copied; nothing is filled in by a factory.
    """
    class_ = cast("type[N]", model)
    blank = {name: None if field.is_required() else field.default for name, field in class_.model_fields.items()}
    new = object.__new__

    def make(**given: object) -> N:
        node = new(class_)
        _put(node, "__dict__", {**blank, **given})  # the order of the fields, whatever the order of the arguments
        _put(node, "__pydantic_fields_set__", {*given})
        _put(node, "__pydantic_extra__", None)
        _put(node, "__pydantic_private__", None)
        return node

    return cast("Callable[P, N]", make)
