"""What was said of a field in place of what its model says."""

from __future__ import annotations

import dataclasses
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import annotated_types
from django.utils.functional import Promise
from pydantic import StringConstraints
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from specloom.django.schemas.declaration import UNSET, Infer, InferExcept
from specloom.django.schemas.fields import MISSING, FieldShape

_BOUNDS: tuple[tuple[type, ...], ...] = (
    (annotated_types.MaxLen,),
    (annotated_types.MinLen,),
    (annotated_types.Ge, annotated_types.Gt),
    (annotated_types.Le, annotated_types.Lt),
    (annotated_types.MultipleOf,),
)
"""Constraints of which a new one takes the place of the old."""

WORDS = ("title", "description")
"""What may be a translation."""

_STRING_BOUNDS: dict[type, str] = {annotated_types.MaxLen: "max_length", annotated_types.MinLen: "min_length"}


def overridden(shape: FieldShape, value: object) -> tuple[FieldShape, FieldInfo | None]:
    """The shape without what ``value`` (``Infer``, ``InferExcept`` or a FieldInfo) says otherwise, and what it says."""
    if isinstance(value, FieldInfo):
        annotation: object = UNSET if value.annotation is None else value.annotation
        return _replaced(shape, value, annotation), value
    if not isinstance(value, InferExcept):
        assert value is Infer or isinstance(value, Infer)
        return shape, None
    said = value.arguments
    lazy: dict[str, Any] = {name: said[name] for name in WORDS if isinstance(said.get(name), Promise)}
    info = value.info(without=lazy)  # translations wait for their language where the model's own do
    shape = dataclasses.replace(_replaced(shape, info, value.annotation), **lazy)
    if value.arguments.get("default", None) is ...:
        shape = dataclasses.replace(shape, required=True, default=MISSING, default_factory=None)
    return shape, info


def _replaced(shape: FieldShape, info: FieldInfo, annotation: object) -> FieldShape:
    changes: dict[str, Any] = {"annotation": shape.annotation if annotation is UNSET else annotation}
    if info.title is not None:
        changes["title"] = None
    if info.description is not None:
        changes["description"] = None
    if info.examples is not None:
        changes["examples"] = ()
    if info.default is not PydanticUndefined or info.default_factory is not None:
        changes |= {"required": False, "default": MISSING, "default_factory": None}
    if info.default is None and info.default_factory is None:
        changes["annotation"] = nullable(changes["annotation"])
    if annotation is UNSET:
        changes["annotation"] = without_bounds(changes["annotation"], info.metadata)
    return dataclasses.replace(shape, **changes)


def not_required(shape: FieldShape) -> FieldShape:
    """The same field, which need not be given: null where the model has no default."""
    if not shape.required:
        return shape
    return dataclasses.replace(shape, required=False, annotation=nullable(shape.annotation), default=None)


def is_nullable(annotation: object) -> bool:
    """Whether a type lets null through."""
    if get_origin(annotation) is Annotated:
        return is_nullable(get_args(annotation)[0])
    return annotation in (None, NoneType) or (_is_union(annotation) and any(is_nullable(one) for one in get_args(annotation)))


def nullable(annotation: object) -> object:
    """The type, or null."""
    return annotation if is_nullable(annotation) else Union[annotation, None]  # noqa: UP007  # of values, also forward references


def without_bounds(annotation: object, given: list[Any]) -> object:
    """The type without the constraints that others of the same kind take the place of."""
    gone = tuple(kind for group in _BOUNDS if any(isinstance(one, group) for one in given) for kind in group)
    return _without(annotation, gone) if gone else annotation


def _without(annotation: object, gone: tuple[type, ...]) -> object:
    if _is_union(annotation):
        return Union[tuple(_without(one, gone) for one in get_args(annotation))]  # noqa: UP007
    if get_origin(annotation) is not Annotated:
        return annotation
    inner, *metadata = get_args(annotation)
    kept = [one for each in metadata for one in _relaxed(each, gone)]
    inner = _without(inner, gone)
    return Annotated[(inner, *kept)] if kept else inner


def _relaxed(metadata: object, gone: tuple[type, ...]) -> tuple[object, ...]:
    if isinstance(metadata, gone):
        return ()
    if isinstance(metadata, StringConstraints):
        return (dataclasses.replace(metadata, **{_STRING_BOUNDS[kind]: None for kind in gone if kind in _STRING_BOUNDS}),)
    if isinstance(metadata, FieldInfo) and any(isinstance(one, gone) for one in metadata.metadata):
        return tuple(one for one in metadata.metadata if not isinstance(one, gone))
    return (metadata,)


def _is_union(annotation: object) -> bool:
    return get_origin(annotation) is Union or isinstance(annotation, UnionType)
