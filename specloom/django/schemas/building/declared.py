"""The declaration in the body of a class: found, taken out, and held against the model in the brackets of the base."""

from __future__ import annotations

from types import GenericAlias
from typing import Any, TypeVar

from pydantic import BaseModel

from specloom.django.schemas.declaration import SchemaConfig

CONFIG = "__schema_config__"
"""The attribute of a schema that keeps its declaration."""


def take_config(name: str, namespace: dict[str, Any], own: dict[str, Any]) -> SchemaConfig[Any] | None:
    """Takes the declaration out of the body of a class, where Pydantic would take it for a field without a type."""
    if "config" not in namespace:
        return None
    value = namespace["config"]
    if isinstance(value, SchemaConfig):
        own.pop("config", None)
        del namespace["config"]
        return value
    if "config" in own or hasattr(value, "__get__"):
        return None  # a field, a method or a computed field of this name
    raise ValueError(f"{name}.config has to be a SchemaConfig(model=…, fields=…), not {value!r}")


def _arguments(namespace: dict[str, Any]) -> list[object]:
    """The models in ``BaseSchema[Model]``."""
    found: list[object] = []
    for one in namespace.get("__orig_bases__", ()):
        if isinstance(one, GenericAlias) and isinstance(one.__origin__, type) and issubclass(one.__origin__, BaseModel):
            found += one.__args__
    return found


def check_config_needed(name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> None:
    inherited = any(CONFIG in one.__dict__ for base in bases for one in base.__mro__)
    for argument in _arguments(namespace):
        if not inherited and argument is not Any and not isinstance(argument, TypeVar):
            raise ValueError(f"{name} is a schema of {argument!r} and needs config = SchemaConfig(model=…, fields=…)")


def check_argument(name: str, namespace: dict[str, Any], config: SchemaConfig[Any]) -> None:
    for argument in _arguments(namespace):
        model = config.model_class()
        if argument is not Any and isinstance(argument, type) and not issubclass(model, argument):
            raise ValueError(f"{name} is a schema of {argument.__name__}, but its config is of {model._meta.label}")
