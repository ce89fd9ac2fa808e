"""Where things stand in the project's source: apps, views, and the line at which an exception arose."""

from __future__ import annotations

import inspect
import site
import sys
import sysconfig
import traceback
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import cast

from django.apps import AppConfig, apps

from specloom.ir.diagnostics import Place


def view_class(callback: Callable[..., object]) -> type | None:
    """The class that a view function was made of: of ``as_view()``, ``@api_view`` or a viewset; ``None`` for a plain function."""
    found = getattr(callback, "cls", None) or getattr(callback, "view_class", None)
    return found if isinstance(found, type) else None


def view_object(callback: Callable[..., object]) -> object:
    """What somebody wrote: the view's class, or the function."""
    cls = view_class(callback)
    if cls is not None:
        return cls
    inner = inspect.unwrap(callback)
    while isinstance(inner, partial):
        inner = inspect.unwrap(inner.func)
    return inner if hasattr(inner, "__name__") else type(inner)


def view_name(callback: Callable[..., object]) -> str:
    """The dotted name of a view as its author knows it."""
    return dotted_name(view_object(callback))


def dotted_name(thing: object) -> str:
    """Module and name of a class or function. What ``@api_view`` makes has the function's name, but not its qualified one."""
    name = str(getattr(thing, "__name__", None) or type(thing).__name__)
    qualified = str(getattr(thing, "__qualname__", None) or name)
    return f"{getattr(thing, '__module__', None) or '?'}.{qualified if qualified.endswith(name) else name}"


def view_module(callback: Callable[..., object]) -> str:
    """The module that a view was written in."""
    return str(getattr(view_object(callback), "__module__", None) or "")


def containing_app(module: str) -> AppConfig | None:
    """The installed app that a module belongs to."""
    return apps.get_containing_app_config(module) if module else None


def module_file(module: str) -> str | None:
    """The file of an imported module."""
    return getattr(sys.modules.get(module), "__file__", None)


def class_place(cls: object) -> Place | None:
    """File and line of a class or function."""
    try:
        file = inspect.getsourcefile(cast("type", cls))
    except TypeError:
        file = None
    if file is None:
        file = module_file(str(getattr(cls, "__module__", "")))
    if file is None:
        return None
    return Place(file=file, line=_line(cls, file))


def _line(cls: object, file: str) -> int | None:
    try:
        return inspect.getsourcelines(cast("type", cls))[1]
    except (OSError, TypeError):  # made at run time, as @api_view makes its class
        return definition_line(file, str(getattr(cls, "__name__", "")))


def definition_line(file: str, name: str) -> int | None:
    """The line on which a file first defines a name."""
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    starts = tuple(f"{word} {name}{end}" for word in ("class", "def", "async def") for end in ("(", ":"))
    return next((number for number, line in enumerate(lines, 1) if line.lstrip().startswith(starts)), None)


def error_place(error: BaseException) -> Place | None:
    """Where the project's own code last stood when the error arose; a library's place if no other is known."""
    if isinstance(error, SyntaxError) and error.filename:
        return Place(file=error.filename, line=error.lineno)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith("<")]
    own = [frame for frame in frames if not _is_library(frame.filename)]
    last = (own or frames)[-1:]
    return Place(file=last[0].filename, line=last[0].lineno) if last else None


def _is_library(file: str) -> bool:
    return any(Path(file).is_relative_to(folder) for folder in _library_folders())


def _library_folders() -> Iterable[Path]:
    yield Path(__file__).parents[2]
    paths = sysconfig.get_paths()
    for name in ("stdlib", "purelib", "platlib"):
        yield Path(paths[name])
    yield from map(Path, site.getsitepackages())
