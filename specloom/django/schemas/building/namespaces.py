"""The body of a class statement: its annotations, in every Python, and the names that they are found by."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from typing import Any, ForwardRef, get_args

from pydantic import BaseModel

_LAZY = ("__annotate_func__", "__annotate__")
"""Where Python 3.14 keeps the function that gives annotations."""


def own_annotations(namespace: dict[str, Any]) -> dict[str, Any]:
    """The annotations that were written in the body, in order."""
    if "__annotations__" in namespace:
        return dict(namespace["__annotations__"])
    function = next((namespace[name] for name in _LAZY if namespace.get(name) is not None), None)
    if function is None:
        return {}
    lazy = importlib.import_module("annotationlib")
    return dict(lazy.call_annotate_function(function, lazy.Format.FORWARDREF))


def set_annotations(namespace: dict[str, Any], annotations: dict[str, Any]) -> None:
    """Replaces the annotations of the body."""
    for name in _LAZY:
        namespace.pop(name, None)
    namespace["__annotations__"] = annotations


def complete(cls: type[BaseModel]) -> None:
    """Finds names that Pydantic did not, because the class statement is in a function and the metaclass stands between."""
    if cls.__pydantic_complete__:
        return
    frame = sys._getframe(2)  # the metaclass, and what the class statement is in
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith("specloom.django.schemas.building"):
        frame = frame.f_back
    if frame.f_code.co_name != "<module>" and any(_is_unknown(info.annotation) for info in cls.model_fields.values()):
        cls.model_rebuild(raise_errors=False, _types_namespace=dict(frame.f_locals))


def import_named(cls: type[BaseModel], seen: frozenset[type[BaseModel]] = frozenset()) -> None:
    """Imports the modules of schemas that a class, or one nested in it, names by where they are."""
    seen |= {cls}
    for info in cls.model_fields.values():
        for part in _parts(info.annotation):
            module = getattr(part, "__forward_module__", None)
            if isinstance(module, str):
                importlib.import_module(module)
            elif isinstance(part, type) and issubclass(part, BaseModel) and not part.__pydantic_complete__ and part not in seen:
                import_named(part, seen)


def _parts(annotation: object) -> Iterator[object]:
    yield annotation
    for one in get_args(annotation):
        yield from _parts(one)


def _is_unknown(annotation: object) -> bool:
    return any(isinstance(part, str | ForwardRef) for part in _parts(annotation))
