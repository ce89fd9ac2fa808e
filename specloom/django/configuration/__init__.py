"""What a project says in its settings and its environment, checked and brought into one form: ``Project``.

Settings import from here at every start and before Django is set up: nothing here touches Django until ``load_project`` is
called, and what only that needs is not imported before.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .loading import load_project as load_project
    from .loading import project_of as project_of
    from .options import group_options as group_options

_HOMES = {"group_options": "options", "load_project": "loading", "project_of": "loading"}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{home}", __name__), name)
