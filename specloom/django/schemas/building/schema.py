"""The base of schemas: a Pydantic model whose fields come from a Django model."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping
from contextlib import nullcontext
from functools import partial
from inspect import Signature
from types import GenericAlias
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, cast

from django.db.models import Model
from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, ValidationInfo, model_validator
from pydantic_core import PydanticKnownError

from specloom.django.schemas.declaration import M, SchemaConfig
from specloom.django.schemas.reading import InstanceReader, StoredRows, Storing, model_keywords

from .composing import Composed, compose
from .declared import CONFIG, check_argument, check_config_needed, take_config
from .namespaces import complete, import_named, own_annotations, set_annotations
from .resolved import ResolvedField, resolve

if TYPE_CHECKING:
    from django.db.models import Manager, QuerySet
    from pydantic_core import SchemaValidator

    _ModelMeta = type
else:
    _ModelMeta = type(BaseModel)  # Pydantic has no public name for it

_READER = "__schema_reader__"
_STORED = "__schema_stored__"
_INFERRED = "__schema_inferred__"
_RESOLVED = "__schema_resolved__"


def _add_fields(namespace: dict[str, Any], inferred: Mapping[str, Composed], own: dict[str, Any]) -> None:
    """Puts fields into the body of a class, as if they were written there; what is written there stays as it is."""
    annotations: dict[str, object] = {}
    for name, composed in inferred.items():
        if name in own:
            annotations[name] = own[name]
        elif name == "config":  # of which the class attribute is the declaration
            annotations[name] = composed.whole
        elif name not in namespace:
            annotations[name] = composed.annotation
            namespace[name] = composed.info
    set_annotations(namespace, {**annotations, **own})


def _is_deferred(bases: tuple[type, ...], namespace: dict[str, Any]) -> bool:
    """Whether the validators of a class are made at first use: a command of Django need not wait for those of all schemas."""
    settings = [getattr(base, "model_config", {}) for base in bases]
    return not any("defer_build" in one for one in (*settings, namespace.get("model_config", {})))


def _inferred(bases: tuple[type, ...], inferred: Mapping[str, Composed], own: Collection[str]) -> frozenset[str]:
    """The fields of a class of which nobody but the model says the type and the limits."""
    names: set[str] = set()
    for base in reversed(bases):
        names = (names - getattr(base, "__pydantic_fields__", {}).keys()) | getattr(base, _INFERRED, frozenset())
    return frozenset((names - inferred.keys() | {name for name, one in inferred.items() if one.as_model}) - set(own))


class _Signature:
    """The signature of a schema whose validators are not made yet: Pydantic knows it with them."""

    def __get__(self, instance: object, owner: type[BaseModel]) -> Signature:
        owner.model_rebuild(raise_errors=False)
        if owner.__dict__.get("__signature__") in (self, None):
            raise AttributeError("__signature__")  # a schema is named that is not there yet
        return owner.__signature__


class SchemaMeta(_ModelMeta):
    """Adds what ``config`` declares to the annotations of a class, and leaves the rest to Pydantic."""

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **keywords: Any) -> SchemaMeta:  # noqa: ANN401
        own = own_annotations(namespace)
        config = take_config(name, namespace, own)
        inferred: Mapping[str, Composed] = {}
        nested: list[type[BaseModel]] = []
        if config is None:
            check_config_needed(name, bases, namespace)
        else:
            check_argument(name, namespace, config)
            if config.name is not None:
                namespace["__qualname__"] = namespace.get("__qualname__", name).removesuffix(name) + config.name
                name = config.name
            inferred = compose(config, name, partial(_nested_schema, nested, name, bases, namespace))
            _add_fields(namespace, inferred, own)
        deferred = config is not None and "defer_build" not in keywords and _is_deferred(bases, namespace)
        if deferred:
            keywords["defer_build"] = True
        shadowed = [one for one in {**inferred, "config": None} if any(hasattr(base, one) for base in bases)]
        with warnings.catch_warnings() if shadowed else nullcontext():
            for one in shadowed:  # the names are the model's: nobody chose them to be those of methods of Pydantic
                warnings.filterwarnings("ignore", f'Field name "{one}" (in ".*" )?shadows an attribute in parent')
            made = super().__new__(mcs, name, bases, namespace, **keywords)
        cls = cast("type[BaseModel]", made)
        if deferred:
            # It is not for what others make of the class: a subclass by django-ninja's PatchDict, a TypeAdapter by FastAPI.
            del cls.model_config["defer_build"]
        known = config or next((one.__dict__[CONFIG] for one in cls.__mro__ if CONFIG in one.__dict__), None)
        if known is not None:
            setattr(cls, CONFIG, known)
        setattr(cls, _INFERRED, _inferred(bases, inferred, own))
        for each in nested:  # where their names say that they are, so that their instances can be pickled
            if each.__name__ not in cls.__dict__ and each.__name__ not in cls.model_fields:
                setattr(cls, each.__name__, each)
        complete(cls)
        if not cls.__pydantic_complete__:
            cls.__signature__ = _Signature()  # type: ignore[assignment]  # which gives one
        return made

    @property
    def config(cls) -> SchemaConfig[Any]:
        """What the class was declared with. On the metaclass, so that a field of a model may have this name."""
        # While a class is being made this has to look absent, or Pydantic takes it for the default of a field of this name.
        for name in (CONFIG, "config"):
            if name in cls.__dict__:
                return cast("SchemaConfig[Any]", cls.__dict__[name])
        raise AttributeError(f"{cls.__name__} has no config")


class Schema(BaseModel):
    """What every schema can do."""

    # What is dumped always has every field, whether it was given or not: the JSON Schema of answers says so.
    model_config = ConfigDict(from_attributes=True, json_schema_serialization_defaults_required=True)

    @model_validator(mode="wrap")
    @classmethod
    def _read_stored(cls, data: object, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        """An instance of the model is validated without the limits that data has to keep."""
        if not isinstance(data, Model):
            return handler(data)
        validator = cls.__dict__[_STORED] if _STORED in cls.__dict__ else cls._stored_validator()
        try:
            return handler(data) if validator is None else cast(Self, validator.validate_python(data, context=info.context))
        except RecursionError:
            # Of objects that are fetched anew at each turn Pydantic does not see that they are the same.
            raise PydanticKnownError("recursion_loop") from None

    @model_validator(mode="before")
    @classmethod
    def _read_instance(cls, data: object) -> object:
        """An instance of the model is read as the data of the fields; all else is as it is in any Pydantic model."""
        reader = cls._reader() if isinstance(data, Model) else None
        return data if reader is None else reader.read(cast(Model, data))

    @classmethod
    def _stored_validator(cls) -> SchemaValidator | None:
        own = Schema._read_stored.__name__, Schema._read_instance.__name__
        made = Storing(*own, lambda one: one._stored_rows()).validator(cls)
        setattr(cls, _STORED, made)
        return made

    @classmethod
    def _stored_rows(cls) -> StoredRows | None:
        reader = cls._reader()
        return None if reader is None else StoredRows(reader, getattr(cls, _INFERRED))

    @classmethod
    def _reader(cls) -> InstanceReader | None:
        reader = cls.__dict__.get(_READER)
        if reader is None and CONFIG in cls.__dict__ and cls.model_config.get("from_attributes"):
            fields = {one.name: one for one in cls.resolved_fields()}
            reader = InstanceReader(cls.__dict__[CONFIG].model_class(), cls.model_fields, fields)
            setattr(cls, _READER, reader)
        return reader

    @classmethod
    def model_rebuild(
        cls,
        *,
        force: bool = False,
        raise_errors: bool = True,
        _parent_namespace_depth: int = 2,
        _types_namespace: Mapping[str, Any] | None = None,
    ) -> bool | None:
        """As Pydantic's, after schemas that are named by where they are (``"shop.schemas.OrderSchema"``) were imported."""
        if not cls.__pydantic_complete__:
            import_named(cls)
        return super().model_rebuild(
            force=force,
            raise_errors=raise_errors,
            _parent_namespace_depth=_parent_namespace_depth + 1,
            _types_namespace=_types_namespace,
        )

    @classmethod
    def resolved_fields(cls) -> tuple[ResolvedField, ...]:
        """The fields that read something of the model, in order: declared ones, and those of the class that the model knows.

        Raises ``PydanticUndefinedAnnotation`` where a schema is named that is not there yet.
        """
        known = cls.__dict__.get(_RESOLVED)
        if known is None:
            if not cls.__pydantic_complete__:
                cls.model_rebuild()
            config = cls.__dict__.get(CONFIG)
            known = () if config is None else resolve(cls.model_fields, config)
            setattr(cls, _RESOLVED, known)
        return cast("tuple[ResolvedField, ...]", known)

    def model_kwargs(self, *, exclude_unset: bool = True) -> dict[str, object]:
        """The keyword arguments that make an instance of the model: ``Model(**schema.model_kwargs())``.

        Columns only: foreign keys by their columns, enums by their values. With ``exclude_unset``, the default, what was not
        given is left to the model's own defaults.
        """
        return model_keywords(self, self.resolved_fields(), exclude_unset=exclude_unset)

    @classmethod
    def queryset(cls) -> QuerySet[Any]:
        """All rows of the model's default manager, with what this schema reads of them: see :meth:`prefetch_for`."""
        from specloom.django.schemas import queries

        return queries.queryset(cls)

    @classmethod
    def prefetch_for(cls, rows: QuerySet[Any] | Manager[Any]) -> QuerySet[Any]:
        """The same rows with ``select_related``, ``prefetch_related`` and ``only`` for what this schema reads of them.

        Raises ``ValueError`` for rows of another model.
        """
        from specloom.django.schemas import queries

        return queries.prefetch_for(cls, rows)

    @classmethod
    def from_queryset(cls, rows: QuerySet[Any] | Manager[Any]) -> list[Self]:
        """The schemas of all rows, in a number of queries that does not depend on how many there are."""
        from specloom.django.schemas import queries

        return queries.from_queryset(cls, rows)

    @classmethod
    async def afrom_queryset(cls, rows: QuerySet[Any] | Manager[Any]) -> list[Self]:
        """:meth:`from_queryset` in code that is asynchronous."""
        from specloom.django.schemas import queries

        return await queries.afrom_queryset(cls, rows)


if TYPE_CHECKING:

    class BaseSchema(Schema, Generic[M]):
        """The base of schemas of a model, in the words of type checkers."""

        config: ClassVar[SchemaConfig[Any]]

else:

    class BaseSchema(Schema, metaclass=SchemaMeta):
        """A Pydantic model with the fields of a Django model: ``class UserSchema(BaseSchema[User]): config = SchemaConfig(…)``.

        The class is an ordinary Pydantic model: annotations, validators, computed fields, ``model_config`` and bases of its own
        count, and win over what is declared in ``config``.
        """

        def __class_getitem__(cls, argument: object) -> object:
            # A schema is of one model, which is no parameter of its fields: Pydantic need not make a class for it.
            if CONFIG in cls.__dict__ or cls.__pydantic_generic_metadata__["parameters"]:
                return super().__class_getitem__(argument)
            return GenericAlias(cls, argument)


def _nested_schema(
    nested: list[type[BaseModel]],
    owner: str,
    bases: tuple[type, ...],
    namespace: dict[str, Any],
    field: str,
    config: SchemaConfig[Any],
) -> type[BaseModel]:
    """The schema of fields nested in a field: named after both, and with the settings of the schema around it."""
    name = owner + "".join(part[:1].upper() + part[1:] for part in field.split("_"))
    settings: dict[str, Any] = {}
    for base in (*reversed(bases), None):
        settings |= getattr(base, "model_config", {}) if base is not None else namespace.get("model_config", {})
    kept = {key: value for key, value in settings.items() if key not in ("title", "json_schema_extra")}
    body = {
        "__module__": namespace.get("__module__", __name__),
        "__qualname__": f"{namespace.get('__qualname__', owner)}.{name}",
        "__doc__": None,
        "model_config": kept,
        "config": config,
    }
    made = cast("type[BaseModel]", SchemaMeta(name, (BaseSchema,), body))
    nested.append(made)
    return made
