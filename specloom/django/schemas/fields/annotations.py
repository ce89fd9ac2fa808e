"""What the return annotation of a property or a method says, with the keys of models in place of models."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from django.db.models import Manager, Model, QuerySet

from .types import FieldTypes, list_of

_LISTS: Final = (Manager, QuerySet)


def return_type(function: Callable[..., Any], types: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    """The type that a function returns; anything where it does not say.

    A model becomes the type of its primary key, a queryset or a manager a list of what is in it.

    Raises ``TypeError`` for an annotation whose names its module does not have at run time.
    """
    if "return" not in getattr(function, "__annotations__", {}):
        return Any
    try:
        hint: Any = get_type_hints(function, include_extras=True)["return"]
    except NameError as error:
        where = f"{function.__module__}.{function.__qualname__}"
        raise TypeError(
            f"the return annotation of {where} names {error.name!r}, which {function.__module__} has only for type checkers: "
            "import it at run time, or say the type with InferExcept(annotation=…)"
        ) from error
    return _without_models(hint, types)


def says_return(function: object) -> bool:
    """Whether a function has a return annotation and is called with nothing but its instance, and without waiting."""
    if not inspect.isfunction(function) or inspect.iscoroutinefunction(function) or "return" not in function.__annotations__:
        return False
    parameters = list(inspect.signature(function).parameters.values())
    first, rest = parameters[:1], parameters[1:]
    return bool(first) and all(
        each.default is not each.empty or each.kind in (each.VAR_POSITIONAL, each.VAR_KEYWORD) for each in rest
    )


def related_model(function: Callable[..., Any]) -> tuple[type[Model] | None, bool]:
    """The model that a function returns one of, or a list of; for schemas that are nested there."""
    try:
        hint: Any = get_type_hints(function)["return"]
    except (NameError, KeyError):
        return None, False
    parts = [part for part in (get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)) if part is not type(None)]
    if len(parts) != 1:
        return None, False
    part = parts[0]
    many = get_origin(part) in (list, tuple, set, frozenset) or _is_list_of_rows(get_origin(part) or part)
    found = [each for each in get_args(part) if isinstance(each, type) and issubclass(each, Model)] if many else [part]
    model = found[0] if found else None
    return (model, many) if isinstance(model, type) and issubclass(model, Model) else (None, False)


def _without_models(hint: Any, types: FieldTypes) -> Any:  # noqa: ANN401 - a type known only at run time
    if isinstance(hint, type) and get_origin(hint) is None:
        if issubclass(hint, Model):
            return types.key_of(hint)
        return list[Any] if _is_list_of_rows(hint) else hint
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is None or not _names_models(hint):
        return hint
    if _is_list_of_rows(origin):
        return list_of(_without_models(arguments[0], types))
    replaced = tuple(_without_models(each, types) for each in arguments)
    if origin in (Union, UnionType):
        return Union[replaced]  # noqa: UP007 - of a tuple known only at run time
    return origin[replaced]


def _names_models(hint: Any) -> bool:  # noqa: ANN401 - a type known only at run time
    if isinstance(hint, type) and get_origin(hint) is None:
        return issubclass(hint, (Model, *_LISTS))
    return _is_list_of_rows(get_origin(hint)) or any(_names_models(each) for each in get_args(hint))


def _is_list_of_rows(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, _LISTS)


