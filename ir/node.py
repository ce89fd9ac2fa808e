"""What every node of the IR is: a frozen Pydantic model that refuses unknown keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer
from pydantic.fields import FieldInfo


class IRNode(BaseModel):
    """Immutable, comparable by value, dumped to JSON and read back without loss.

    A dump leaves out what is at its default, all but ``kind``, which tells the members of a sum apart.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")

    if not TYPE_CHECKING:

        @model_serializer(mode="wrap")
        def _without_defaults(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
            fields, given = type(self).model_fields, self.__dict__
            return {name: value for name, value in handler(self).items() if name == "kind" or _is_said(fields[name], given[name])}


def _is_said(field: FieldInfo, value: object) -> bool:
    return field.is_required() or bool(value != field.get_default(call_default_factory=True))
