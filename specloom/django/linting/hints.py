"""What drf-spectacular will make of a function's return annotation, asked of drf-spectacular itself."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    """How a function's type reaches the schema."""

    TYPED = "typed"
    UNTYPED = "untyped"
    """There is no annotation and no ``@extend_schema_field``: it becomes a string."""
    UNMAPPABLE = "unmappable"
    """There is an annotation that has no schema: it becomes a string too."""
    BROKEN = "broken"
    """The annotation cannot be evaluated when the schema is made, which ends in a traceback."""
    DECIMAL = "decimal"
    """``Decimal`` is described as a number, while DRF's JSON has a string."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict, and what was seen."""

    verdict: Verdict
    detail: str = ""


def judged(function: Callable[..., object]) -> Judged:
    """The verdict on a function that runs."""
    from drf_spectacular.drainage import GENERATOR_STATS, get_override
    from drf_spectacular.plumbing import UnableToProceedError, get_type_hints, is_field, is_serializer, resolve_type_hint

    if get_override(function, "field") is not None:
        return Judged(Verdict.TYPED)
    try:
        hints = get_type_hints(function)
    except Exception as error:  # a name that is not there at run time, or whatever else an annotation may do
        return Judged(Verdict.BROKEN, f"{type(error).__name__}: {error}")
    if "return" not in hints:
        return Judged(Verdict.UNTYPED)
    hint = hints["return"]
    if hint is Decimal or (_is_union(hint) and Decimal in typing.get_args(hint)):
        return Judged(Verdict.DECIMAL) if _json_has_strings() else Judged(Verdict.TYPED)
    try:
        with GENERATOR_STATS.silence():
            if not (isinstance(hint, dict) or is_serializer(hint) or is_field(hint)):
                resolve_type_hint(hint)  # type: ignore[no-untyped-call]  # it is not typed
    except UnableToProceedError:
        return Judged(Verdict.UNMAPPABLE, _shown(hint))
    except Exception as error:  # drf-spectacular would raise the same
        return Judged(Verdict.BROKEN, f"{type(error).__name__}: {error}")
    return Judged(Verdict.TYPED)


def _is_union(hint: object) -> bool:
    return typing.get_origin(hint) in (typing.Union, types.UnionType)


def _shown(hint: object) -> str:
    return hint.__name__ if isinstance(hint, type) else str(hint).replace("typing.", "")


def _json_has_strings() -> bool:
    """Answers are written by DRF's own encoder, which turns a ``Decimal`` into a string."""
    from rest_framework.renderers import JSONRenderer
    from rest_framework.settings import api_settings
    from rest_framework.utils.encoders import JSONEncoder

    classes: list[object] = list(api_settings.DEFAULT_RENDERER_CLASSES)  # the stubs have the names that settings give
    writers = [each for each in classes if isinstance(each, type) and issubclass(each, JSONRenderer)]
    return bool(writers) and all(each.encoder_class is JSONEncoder for each in writers)


def described(thing: object) -> bool:
    """Whether somebody said what a field is: ``@extend_schema_field`` on it or its class, or an extension for its class."""
    from drf_spectacular.drainage import has_override
    from drf_spectacular.extensions import OpenApiSerializerFieldExtension

    return has_override(thing, "field") or OpenApiSerializerFieldExtension.get_match(thing) is not None
