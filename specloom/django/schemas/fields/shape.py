"""What a Django field is to Pydantic: its type, whether it is required, its default, its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from django.utils.functional import Promise
from pydantic import Field
from pydantic.fields import FieldInfo

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


class _Missing(Enum):
    MISSING = "missing"

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing.MISSING
"""Says that there is no default: ``None`` is one."""

_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FieldShape:
    """A field of a schema.

    ``annotation`` is the whole type, with constraints and with ``| None`` where the field takes it. ``title`` and ``description``
    may be lazy translations: they become text when a JSON Schema is asked for, in the language of that moment. ``automatic``
    says that the database or Django gives the value (an automatic key, ``auto_now``, ``db_default``, a generated column):
    such a field is left out of what is written unless it was set.
    """

    annotation: object
    required: bool
    default: object = MISSING
    default_factory: Callable[[], object] | None = None
    title: object | None = None
    description: object | None = None
    examples: tuple[object, ...] = ()
    json_schema_extra: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    automatic: bool = False

    def info(self, *, with_extra: bool = True) -> FieldInfo:
        """The Pydantic field, without the annotation: that is the class's. ``with_extra`` has what only a function can say."""
        title = self.title if isinstance(self.title, str) and not isinstance(self.title, Promise) else None
        lazy = {
            name: words
            for name, words in (("title", self.title), ("description", self.description))
            if isinstance(words, Promise)
        }
        description = None if self.description is None or "description" in lazy else str(self.description)
        examples = list(self.examples) or None
        words = _Words(tuple(lazy.items()), tuple(self.json_schema_extra.items()), self.automatic)
        extra: Any = words if lazy or self.automatic else dict(self.json_schema_extra) or None
        extra = extra if with_extra else None
        if self.default_factory is not None:
            made: Any = Field(
                default_factory=self.default_factory,
                title=title,
                description=description,
                examples=examples,
                json_schema_extra=extra,
            )
        else:
            made = Field(
                default=... if self.default is MISSING else self.default,
                title=title,
                description=description,
                examples=examples,
                json_schema_extra=extra,
            )
        assert isinstance(made, FieldInfo)  # Field() claims to give the type of the default
        return made


@dataclass(frozen=True, slots=True)
class _Words:
    """Puts into a JSON Schema what is known only when it is made."""

    lazy: tuple[tuple[str, Promise], ...]
    extra: tuple[tuple[str, object], ...]
    automatic: bool

    def __call__(self, schema: dict[str, Any]) -> None:
        schema.update({name: str(words) for name, words in self.lazy})
        schema.update(self.extra)
        if self.automatic and schema.get("default", MISSING) is None and not _takes_null(schema):
            del schema["default"]


def _takes_null(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") == "null" or any(part.get("type") == "null" for part in schema.get("anyOf", ()))


class GivenByServer:
    """In an ``Annotated`` of ``T | None``: the value may be absent on input, and is never null in what is answered."""

    __slots__ = ()

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Keep ``null`` out of the schema of what is answered."""
        schema = handler(core_schema)
        parts = [part for part in schema.get("anyOf", ()) if part != {"type": "null"}]
        if handler.mode == "validation" or not parts:
            return schema
        rest = {name: value for name, value in schema.items() if name != "anyOf"}
        return {**rest, **parts[0]} if len(parts) == 1 else {**rest, "anyOf": parts}


GIVEN_BY_SERVER: Final = GivenByServer()
