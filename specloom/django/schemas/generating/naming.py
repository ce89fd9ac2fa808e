"""Which schemas are asked for: a model by its label, a schema or a module of schemas by its path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import import_module
from types import ModuleType, new_class
from typing import TYPE_CHECKING, Any, cast

from pydantic import BaseModel

from specloom.builders.naming import pascal, words
from specloom.django.schemas.building import BaseSchema
from specloom.django.schemas.declaration import SchemaConfig
from specloom.ir.diagnostics import Diagnostic, SpecloomError, nearest

if TYPE_CHECKING:
    from django.db.models import Model

    Schema = type[BaseModel]


def schemas_named(names: Iterable[str]) -> tuple[Schema, ...]:
    """The schemas of names, each once.

    A name is a model's (``shop.Order``: all its fields), an app's (``shop``: all its models), a schema's
    (``shop.schemas.OrderSchema``) or a module's (``shop.schemas``: all its schemas).

    Raises ``SpecloomError`` with what is wrong with all of them: ``unknown-schema`` where a name is none of these,
    ``schema-not-built`` where a model has no schema, ``broken-module`` where a module cannot be imported.
    """
    found: dict[type[Model] | Schema, None] = {}
    problems: list[Diagnostic] = []
    for name in dict.fromkeys(names):
        try:
            found |= dict.fromkeys(_named(name))
        except SpecloomError as error:
            problems += error.diagnostics
    count = Counter(model.__name__ for model in found if not _is_schema(model))
    schemas: list[Schema] = []
    for thing in found:
        try:
            schemas.append(_schema_of(thing, alone=count[thing.__name__] < 2))
        except SpecloomError as error:
            problems += error.diagnostics
    if problems:
        raise SpecloomError(problems)
    return tuple(dict.fromkeys(schemas))


def _schema_of(thing: type[Model] | Schema, *, alone: bool) -> Schema:
    if _is_schema(thing):
        return cast("Schema", thing)
    model = cast("type[Model]", thing)
    app = "" if alone else pascal(words(model._meta.app_label))
    return schema_of_model(model, f"{app}{model.__name__}Schema")


def schema_of_model(model: type[Model], name: str | None = None) -> Schema:
    """A schema with all fields of a model, ``OrderSchema`` of ``Order`` where no other ``name`` is given.

    Raises ``SpecloomError``: ``schema-not-built`` where a field has no type, or the model is swapped.
    """
    name = name or f"{model.__name__}Schema"
    config: SchemaConfig[Any] = SchemaConfig(model=model, fields="__all__")
    body = {"__module__": model.__module__, "__qualname__": name, "__doc__": model.__doc__, "config": config}
    if model.__doc__ is not None and model.__doc__.startswith(f"{model.__name__}("):  # Django's own words, a list of the fields
        body["__doc__"] = None
    try:
        return new_class(name, (BaseSchema,), exec_body=lambda namespace: namespace.update(body))
    except (ValueError, AttributeError, LookupError) as error:
        raise SpecloomError.of("schema-not-built", f"{model._meta.label}: {error}") from error


def modules_named(names: Iterable[str]) -> dict[str, ModuleType]:
    """The modules of names. Raises ``SpecloomError``: ``not-a-module``, ``broken-module``."""
    found: dict[str, ModuleType] = {}
    problems: list[Diagnostic] = []
    for name in names:
        try:
            found[name] = _with_source(name)
        except SpecloomError as error:
            problems += error.diagnostics
    if problems:
        raise SpecloomError(problems)
    return found


def _with_source(name: str) -> ModuleType:
    module = _imported(name)
    if module is None or not (module.__file__ or "").endswith(".py"):
        raise SpecloomError.of("not-a-module", f"{name} is no module with source", hint="stubs are of modules: app.schemas")
    return module


def _named(name: str) -> Iterator[type[Model] | Schema]:
    from django.apps import apps

    if name in apps.app_configs:
        yield from _models_of(name)
        return
    app, dot, last = name.rpartition(".")
    if dot and app in apps.app_configs:
        models = {model.__name__: model for model in apps.get_app_config(app).get_models()}
        model = models.get(last) or next((each for each in models.values() if each.__name__.lower() == last.lower()), None)
        if model is not None:
            yield model
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
        known = [*(model._meta.label for model in apps.get_models()), *apps.app_configs]
        others = f"the apps are: {', '.join(apps.app_configs)}"  # of models there may be hundreds
        raise _unknown(name, f"{name!r} is neither a model nor an app nor a schema", name, known, others)
    thing = getattr(module, last, None)
    if not _is_schema(thing):
        raise _unknown(name, f"{app} has no schema {last!r}", last, [schema.__name__ for schema in own_schemas(module)])
    yield cast("Schema", thing)


def _models_of(app: str) -> Iterator[type[Model]]:
    from django.apps import apps

    models = list(apps.get_app_config(app).get_models())
    if not models:
        raise SpecloomError.of("unknown-schema", f"the app {app!r} has no models", hint="name a module of schemas: app.schemas")
    yield from models


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


def _unknown(name: str, what: str, word: str, known: Iterable[str], otherwise: str | None = None) -> SpecloomError:
    return SpecloomError.of("unknown-schema", what, hint=nearest(word, known, otherwise))
