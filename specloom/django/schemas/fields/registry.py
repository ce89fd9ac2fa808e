"""Types of a project's own fields: by class, found through the MRO of the field."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, ClassVar, Generic, TypeVar

from django.db import models

TypeMaker = Callable[[Any], Any]
"""From a field to the whole type of its value, without null."""

F = TypeVar("F", bound="models.Field[Any, Any]")


class FieldTypeHandler(Generic[F]):
    """What a class registers for a field class: its type, and words or defaults other than the field's own.

    A subclass names the field class in ``field`` and gives the type in ``get_pydantic_type_raw``; where it sets ``title``,
    ``description``, ``default``, ``default_factory`` or ``examples``, these are used in place of the field's.
    """

    def __init__(self, field_obj: F) -> None:
        self.field_obj = field_obj

    @classmethod
    def field(cls) -> type[F]:
        """The field class, with its subclasses."""
        raise NotImplementedError(f"{cls.__name__}.field() does not say which field class it is for")

    def get_pydantic_type_raw(self) -> object:
        """The type of the value, without null."""
        raise NotImplementedError(f"{type(self).__name__}.get_pydantic_type_raw() does not say the type")


class FieldTypeRegistry:
    """Types of field classes. A schema looks into the one that it is given, then into the shared one, then into Django's table.

        FieldTypeRegistry.instance().register(MoneyField, lambda field: Money)
        FieldTypeRegistry.instance().register(MoneyHandler)
    """

    _shared: ClassVar[FieldTypeRegistry | None] = None

    def __init__(self) -> None:
        self._makers: dict[type[Any], TypeMaker] = {}
        self._handlers: dict[type[Any], type[FieldTypeHandler[Any]]] = {}

    @classmethod
    def instance(cls) -> FieldTypeRegistry:
        """The shared one, which every schema knows."""
        if FieldTypeRegistry._shared is None:
            FieldTypeRegistry._shared = FieldTypeRegistry()
        return FieldTypeRegistry._shared

    def register(self, kind: type[Any], maker: object = None) -> None:
        """Say the type of a field class and of its subclasses.

        ``kind`` is a handler, or a field class with its type or a function from a field to the type. The type is the whole of it:
        of the field only null, default and words are added. The later word of two for one class counts.
        """
        if isinstance(kind, type) and issubclass(kind, models.Field):
            if maker is None:
                raise TypeError(f"register({kind.__name__}) needs the type, or a function from a field to the type")
            self._handlers.pop(kind, None)
            if callable(maker) and not isinstance(maker, type) and not hasattr(maker, "__origin__"):
                self._makers[kind] = maker
            else:
                self._makers[kind] = lambda _: maker
            return
        if not hasattr(kind, "field") or not hasattr(kind, "get_pydantic_type_raw"):
            raise TypeError(f"{kind!r} is no field class and no handler: a handler has field() and get_pydantic_type_raw()")
        handled = kind.field()
        self._handlers[handled] = kind
        self._makers[handled] = lambda field: kind(field).get_pydantic_type_raw()

    def register_if_module_installed(self, fq_field_class: str, fq_handler_class: str) -> None:
        """Register a handler by its dotted path, where the field class's module is installed."""
        try:
            import_module(fq_field_class.rpartition(".")[0])
        except ModuleNotFoundError:
            return
        module, _, name = fq_handler_class.rpartition(".")
        self.register(getattr(import_module(module), name))

    def unregister(self, kind: type[Any]) -> None:
        """Forget what was said of a field class."""
        self._makers.pop(kind, None)
        self._handlers.pop(kind, None)

    def found(self, kind: type[Any]) -> TypeMaker | None:
        """What was said of exactly this class, here or in the shared one."""
        here = self._makers.get(kind)
        return here if here is not None or self is self.instance() else self.instance()._makers.get(kind)

    def said(self) -> tuple[object, ...]:
        """All that was said, here and in the shared one: as long as this stays the same, so does what is found."""
        both = (self,) if self is self.instance() else (self, self.instance())
        return tuple(one for each in both for said in (each._makers, each._handlers) for pair in said.items() for one in pair)

    def handler(self, field: models.Field[Any, Any]) -> FieldTypeHandler[Any] | None:
        """The handler of a field, where a handler was registered for it."""
        for kind in type(field).__mro__:
            if self.found(kind) is not None:
                handler = self._handlers.get(kind) or self.instance()._handlers.get(kind)
                return handler(field) if handler is not None else None
        return None
