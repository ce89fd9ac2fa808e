"""What a Django project adds to INSTALLED_APPS: clients of its REST API, and Pydantic schemas of its models.

Needs the extra ``specloom[django]``. The names below are imported only when asked for, so that settings may import them before
Django is set up.
"""

from __future__ import annotations

from importlib import import_module

_HOMES: dict[str, str] = {}
"""Each public name and the module below this one that has it."""


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{home}", __name__), name)


def __dir__() -> list[str]:
    return sorted(_HOMES)
