"""Which schemas are asked for: a model by its label, a schema or a module of schemas by its path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from types import ModuleType, new_class
from typing import TYPE_CHECKING, Any, cast

from pydantic import BaseModel

from specloom.django.schemas.building import BaseSchema
from specloom.django.schemas.declaration import SchemaConfig
from specloom.ir.diagnostics import SpecloomError, nearest

if TYPE_CHECKING:
    from django.db.models import Model

    Schema = type[BaseModel]


def schemas_named(names: Iterable[str]) -> tuple[Schema, ...]:
    """The schemas of names, each once: ``shop.Order`` (all fields of a model), ``shop.schemas.OrderSchema``, ``shop.schemas``.

    Raises ``SpecloomError``: ``unknown-schema`` where a name is neither, ``schema-not-built`` where a model has no schema,
    ``broken-module`` where a module cannot be imported.
    """
    return tuple(dict.fromkeys(schema for name in names for schema in _named(name)))


def schema_of_model(model: type[Model]) -> Schema:
    """A schema with all fields of a model, ``OrderSchema`` of ``Order``.

    Raises ``SpecloomError``: ``schema-not-built`` where a field has no type, or the model is swapped.
    """
    config: SchemaConfig[Any] = SchemaConfig(model=model, fields="__all__")
    body = {"__module__": model.__module__, "__qualname__": f"{model.__name__}Schema", "__doc__": model.__doc__, "config": config}
    if model.__doc__ is not None and model.__doc__.startswith(f"{model.__name__}("):  # Django's own words, a list of the fields
        body["__doc__"] = None
    try:
        return new_class(f"{model.__name__}Schema", (BaseSchema,), exec_body=lambda namespace: namespace.update(body))
    except (ValueError, AttributeError, LookupError) as error:
        raise SpecloomError.of("schema-not-built", f"{model._meta.label}: {error}") from error


def modules_named(names: Iterable[str]) -> dict[str, ModuleType]:
    """The modules of names. Raises ``SpecloomError``: ``not-a-module``, ``broken-module``."""
    found: dict[str, ModuleType] = {}
    for name in names:
        module = _imported(name)
        if module is None or not (module.__file__ or "").endswith(".py"):
            raise SpecloomError.of("not-a-module", f"{name} is no module with source", hint="stubs are of modules: app.schemas")
        found[name] = module
    return found


def _named(name: str) -> Iterator[Schema]:
    from django.apps import apps

    app, dot, last = name.rpartition(".")
    if dot and "." not in app and app in apps.app_configs:
        models = {model.__name__: model for model in apps.get_app_config(app).get_models()}
        if last in models:
            yield schema_of_model(models[last])
            return
        if (found := _imported(name)) is None and _attribute(name) is None:
            raise _unknown(name, f"the app {app!r} has no model {last!r}", last, models)
    else:
        found = _imported(name)
    if found is not None:
        yield from _schemas_in(found)
        return
    module = _imported(app) if dot else None
    if module is None:
        labels = [model._meta.label for model in apps.get_models()]
        raise _unknown(name, f"{name!r} is neither a model nor a schema", name, labels)
    thing = getattr(module, last, None)
    if not _is_schema(thing):
        known = [schema.__name__ for schema in own_schemas(module)]
        raise _unknown(name, f"{app} has no schema {last!r}", last, known)
    yield cast("Schema", thing)


def _schemas_in(module: ModuleType) -> Iterator[Schema]:
    found = list(own_schemas(module))
    if not found:
        raise SpecloomError.of("unknown-schema", f"{module.__name__} has no schemas", hint="name one: app.module.Schema")
    yield from found


def own_schemas(module: ModuleType) -> Iterator[Schema]:
    """The schemas that a module defines, in their order; those that it imports are another's."""
    for thing in vars(module).values():
        if _is_schema(thing) and thing.__module__ == module.__name__:
            yield cast("Schema", thing)


def _is_schema(thing: object) -> bool:
    """Whether it is a schema of a model, which any other model of Pydantic is not."""
    return isinstance(thing, type) and issubclass(thing, BaseSchema) and isinstance(getattr(thing, "config", None), SchemaConfig)


def _attribute(name: str) -> object:
    path, _, last = name.rpartition(".")
    return getattr(_imported(path), last, None)


def _imported(path: str) -> ModuleType | None:
    """The module of a path; ``None`` where there is none."""
    if not all(part.isidentifier() for part in path.split(".")):
        return None
    try:
        return import_module(path)
    except ModuleNotFoundError as error:
        if error.name is not None and (path == error.name or path.startswith(f"{error.name}.")):
            return None
        raise SpecloomError.of("broken-module", f"{path} cannot be imported: {error}") from error
    except Exception as error:
        raise SpecloomError.of("broken-module", f"{path} cannot be imported: {type(error).__name__}: {error}") from error


def _unknown(name: str, what: str, word: str, known: Iterable[str]) -> SpecloomError:
    return SpecloomError.of("unknown-schema", what, hint=nearest(word, known))
