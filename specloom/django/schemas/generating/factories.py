"""What makes a default as source: Python's own functions, and Django's clock as Python says it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import MethodType

from specloom.builders.python.nodes import Expression, Symbol, attribute, call, ref

_DATETIME = ref(Symbol("datetime", "datetime"))


def factory_source(factory: Callable[..., object]) -> Expression | None:
    """The function behind ``default_factory=``; ``None`` for the project's own, which stays there: what is made stands alone."""
    if _is_clock(factory):
        return _clock()
    owner = getattr(factory, "__self__", None)
    if isinstance(owner, type) and (found := _symbol(owner)) is not None:  # date.today
        return attribute(ref(found), factory.__name__) if getattr(owner, factory.__name__, None) == factory else None
    symbol = None if isinstance(factory, MethodType) else _symbol(factory)
    return None if symbol is None else ref(symbol)


def _symbol(thing: Callable[..., object]) -> Symbol | None:
    module, name = getattr(thing, "__module__", None), getattr(thing, "__qualname__", "")
    if not isinstance(module, str) or not name.isidentifier() or module.partition(".")[0] not in sys.stdlib_module_names:
        return None
    return Symbol(module, name) if getattr(sys.modules.get(module), name, None) is thing else None


def _is_clock(factory: object) -> bool:
    from django.utils import timezone

    return factory is timezone.now


def _clock() -> Expression:
    """``django.utils.timezone.now``, by the project's ``USE_TZ``."""
    from django.conf import settings

    now = attribute(_DATETIME, "now")
    return call(ref(Symbol("functools", "partial")), now, ref(Symbol("datetime", "UTC"))) if settings.USE_TZ else now
