"""What a schema is declared with: the model, its fields, and what to infer of each of them."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from keyword import iskeyword
from types import GenericAlias
from typing import TYPE_CHECKING, Any, ForwardRef, Generic, Literal, Self, TypeAlias, TypeGuard, TypeVar, cast, get_args

from pydantic import BaseModel, Field
from pydantic.fields import FieldInfo

if TYPE_CHECKING:
    from typing import _SpecialForm  # the type of Self

    from django.db.models import Model

    from .fields import Accessor, Accessors, FieldTypeRegistry

M = TypeVar("M", bound="Model")

ALL: Literal["__all__"] = "__all__"
UNSET = object()
_FIELD_ARGUMENTS = [name for name, one in inspect.signature(Field).parameters.items() if one.kind is not one.VAR_KEYWORD]


class Infer:
    """Everything about the field is taken from the model: ``"name": Infer``."""


class InferExcept(Infer):
    """Everything about the field is taken from the model, except for what is said here.

    Takes the arguments of :func:`pydantic.Field`, and ``annotation``, which replaces the type.

    Raises ``TypeError`` for an argument that ``Field`` does not have.
    """

    __slots__ = ("annotation", "arguments")

    def __init__(self, *, annotation: object = UNSET, **arguments: object) -> None:
        for name in arguments:
            if name not in _FIELD_ARGUMENTS:
                raise TypeError(f"InferExcept() has no argument {name!r}{_nearest(name, [*_FIELD_ARGUMENTS, 'annotation'])}")
        self.annotation = annotation
        self.arguments = arguments

    def info(self, *, without: Collection[str] = ()) -> FieldInfo:
        """The arguments as Pydantic keeps them, but for some."""
        arguments: dict[str, Any] = {name: value for name, value in self.arguments.items() if name not in without}
        return cast(FieldInfo, Field(**arguments))

    def __repr__(self) -> str:
        said = {**self.arguments, **({} if self.annotation is UNSET else {"annotation": self.annotation})}
        return f"InferExcept({', '.join(f'{name}={value!r}' for name, value in said.items())})"


FieldDefinition: TypeAlias = (
    "type[Infer] | Infer | FieldInfo | type[BaseModel] | type[list[Any]] | ForwardRef | GenericAlias | str"
    " | Mapping[str, FieldDefinition] | Sequence[object] | _SpecialForm"
)
"""What one field is: inferred, a schema (or the name of one that comes later), a list of one, or fields of the related model."""

ModelFields: TypeAlias = "Mapping[str, FieldDefinition]"
"""The fields by their names."""

ModelFieldsCompact: TypeAlias = "Sequence[str | tuple[str, FieldDefinition]]"
"""Names of fields that are inferred, or pairs of a name and what the field is."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One field of a schema, as it was declared."""

    name: str
    accessor: Accessor
    value: type[Infer] | Infer | FieldInfo | type[BaseModel] | ForwardRef | SchemaConfig[Model]
    """A schema or its name where the value is nested; a configuration where only fields of the nested schema were given."""


@dataclass(frozen=True)
class SchemaConfig(Generic[M]):
    """Of which model a schema is, and of which of its fields.

    ``model`` is the class, or its label (``"shop.Order"``, ``settings.AUTH_USER_MODEL``). ``fields`` are a mapping of names to
    definitions, a list of names (or pairs of a name and a definition), or ``"__all__"``: its columns and relations
    to many, but for those that have no type (a search vector) and those whose name begins with an underscore.
    ``exclude`` takes names away, ``optional`` (names, or ``"__all__"``) makes fields that need not be given. ``depth`` says how
    many steps inferred relations are followed. ``name`` is used in place of the name of the class. ``field_type_registry`` knows
    fields that are not Django's. With ``strict_null`` lists of related objects are never null.

    Raises ``ValueError`` where this makes no sense; a name that the model does not have is an ``AttributeError`` of the class
    statement.
    """

    model: type[M] | str
    fields: ModelFields | ModelFieldsCompact | Literal["__all__"]
    name: str | None = None
    exclude: Collection[str] = ()
    optional: Collection[str] | Literal["__all__"] = ()
    depth: int = 0
    field_type_registry: FieldTypeRegistry | None = field(default=None, repr=False)
    strict_null: bool = False

    def __post_init__(self) -> None:
        if not _is_model(self.model) and not (isinstance(self.model, str) and self.model.count(".") == 1):
            raise ValueError(f'SchemaConfig(model=…) takes a Django model or its label ("app.Model"), not {self.model!r}')
        if isinstance(self.fields, str) and self.fields != ALL:
            raise ValueError(f'SchemaConfig(fields=…) takes a mapping, a list or "__all__", not {self.fields!r}')
        if not isinstance(self.fields, Mapping | Sequence):
            raise ValueError(f'SchemaConfig(fields=…) takes a mapping, a list or "__all__", not {self.fields!r}')
        for argument, names in (("exclude", self.exclude), ("optional", self.optional)):
            if isinstance(names, str) and not (argument == "optional" and names == ALL):
                raise ValueError(f"SchemaConfig({argument}=…) takes a collection of names, not the text {names!r}")
        if not isinstance(self.depth, int) or self.depth < 0:
            raise ValueError(f"SchemaConfig(depth=…) takes a number from 0, not {self.depth!r}")
        if self.name is not None and (not self.name.isidentifier() or iskeyword(self.name)):
            raise ValueError(f"SchemaConfig(name=…) takes the name of a class, not {self.name!r}")

    def model_class(self) -> type[M]:
        """The model itself. Raises ``LookupError`` for a label that no app has, ``ValueError`` for a model that is swapped."""
        from django.apps import apps

        model = cast("type[M]", apps.get_model(self.model)) if isinstance(self.model, str) else self.model
        if isinstance(self.model, str) and model._meta.swapped:
            model = cast("type[M]", apps.get_model(model._meta.swapped))
        if model._meta.swapped:
            raise ValueError(f"{model._meta.label} is swapped for {model._meta.swapped}: name that instead")
        return model

    def tree(self) -> tuple[Definition, ...]:
        """Each field as it was declared, in order.

        Raises ``AttributeError`` for a name that the model does not have, ``ValueError`` for what cannot define a field.
        """
        from .fields import accessors

        model = self.model_class()
        known = accessors(model)
        pairs = list(self._pairs(model))
        names = [name for name, _ in pairs]
        optional: Collection[str] = () if self.optional == ALL else self.optional
        for name in (*names, *self.exclude):
            _check_name(name, model, known)
        for name in optional:
            if name not in names:
                _check_name(name, model, known)
                raise AttributeError(f"{name!r} is optional, but not among the fields: {', '.join(names)}{_nearest(name, names)}")
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"SchemaConfig(fields=…) names {name!r} of {model._meta.label} twice")
        return tuple(self._definition(model, known[name], name, value) for name, value in pairs if name not in self.exclude)

    def _pairs(self, model: type[M]) -> Iterator[tuple[str, object]]:
        if self.fields == ALL:
            from .fields import left_out

            found = (*model._meta.concrete_fields, *model._meta.many_to_many)
            yield from ((one.name, Infer) for one in found if left_out(one) is None and not one.name.startswith("_"))
        elif isinstance(self.fields, Mapping):
            yield from self.fields.items()
        else:
            for one in self.fields:
                if isinstance(one, str):
                    yield one, Infer
                elif isinstance(one, tuple) and len(one) == 2 and isinstance(one[0], str):
                    yield one
                else:
                    raise ValueError(f"a list of fields has names, or pairs of a name and a definition, not {one!r}")

    def _definition(self, model: type[M], accessor: Accessor, name: str, value: object) -> Definition:
        where = f"{name!r} of {model._meta.label}"
        related = accessor.related
        if _is_inferred(value):
            nested = value is Infer and self.depth > 0 and related is not None
            return Definition(name, accessor, self._below(related, ALL, self.depth - 1) if nested and related else value)
        if isinstance(value, FieldInfo) or _is_schema(value):
            return Definition(name, accessor, value)
        element, listed = _listed(value, related)
        if listed and related is not None and not accessor.many:
            raise ValueError(f"{where} is one object, so its definition cannot be a list: {value!r}")
        if _is_inferred(element) or _is_schema(element):
            return Definition(name, accessor, element)
        reference = _reference(element)
        if reference is not None:
            return Definition(name, accessor, reference)
        if isinstance(element, Mapping | list | tuple) or element == ALL:
            if related is None:
                raise ValueError(f"{where} is no relation, so no fields can be nested in it: {value!r}")
            return Definition(name, accessor, self._below(related, cast("ModelFields", element), self.depth))
        raise ValueError(
            f"{where} cannot be defined by {value!r}: "
            "give Infer, InferExcept(…), Field(…), a schema, a list of one, or nested fields"
        )

    def _below(self, model: type[Model], fields: ModelFields | Literal["__all__"], depth: int) -> SchemaConfig[Model]:
        nested = cast("SchemaConfig[Model]", self)
        return replace(nested, model=model, fields=fields, name=None, exclude=(), optional=(), depth=max(depth, 0))


def _is_inferred(value: object) -> TypeGuard[type[Infer] | Infer]:
    return value is Infer or isinstance(value, Infer)


def _is_schema(value: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(value, type) and issubclass(value, BaseModel)


def _is_model(value: object) -> bool:
    from django.db.models import Model

    return isinstance(value, type) and issubclass(value, Model) and value is not Model


def _listed(value: object, related: type[Model] | None) -> tuple[object, bool]:
    """What a list is of: ``["id", "name"]`` are fields of the related model, ``["OrderSchema"]`` is a schema that comes later."""
    if isinstance(value, GenericAlias) and value.__origin__ is list:
        return get_args(value)[0], True
    if not isinstance(value, list) or len(value) != 1:
        return value, False
    element = value[0]
    if isinstance(element, str):
        from .fields import accessors

        if element == ALL:
            return element, True
        if "." not in element and (related is None or element in accessors(related) or not element[:1].isupper()):
            return value, False
    return (value, False) if isinstance(element, tuple) else (element, True)


def _reference(value: object) -> ForwardRef | None:
    """A schema that is told by its name: ``"OrderSchema"``, ``"shop.schemas.OrderSchema"`` in another module, or ``Self``."""
    if isinstance(value, ForwardRef):
        return value
    if value is Self:
        return ForwardRef("Self")
    if isinstance(value, str) and value != ALL:
        if not all(part.isidentifier() for part in value.split(".")):
            raise ValueError(f"{value!r} is not the name of a schema")
        module, _, name = value.rpartition(".")
        # The first part of a class in a class is a class, whose name begins with a capital.
        return ForwardRef(name, module=module) if module and not module[0].isupper() else ForwardRef(value)
    return None


def _check_name(name: object, model: type[Model], known: Accessors) -> None:
    if not isinstance(name, str):
        raise ValueError(f"fields of {model._meta.label} are told by their names, not by {name!r}")
    known[name]  # raises the error that names the nearest


def _nearest(name: str, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, names, 1, 0.5)
    return f"; did you mean {near[0]!r}?" if near else ""
