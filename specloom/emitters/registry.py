"""Which emitters and formatters there are: the built-in ones, and those that other packages register by entry points."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from specloom.ir.diagnostics import SpecloomError, nearest

from .protocol import Emitter, EmitterOptions, Formatter

EMITTERS = "specloom.emitters"
FORMATTERS = "specloom.formatters"

BUILT_IN = {
    "typescript": ("specloom.emitters.typescript", "TypeScriptEmitter"),
    "python": ("specloom.emitters.python", "PythonEmitter"),
    "go": ("specloom.emitters.golang", "GoEmitter"),
    "proto": ("specloom.emitters.proto", "ProtoEmitter"),
}
"""Name -> module and class; a module is imported only when its emitter is asked for."""


@cache
def _registered(group: str) -> dict[str, EntryPoint]:
    return {point.name: point for point in sorted(entry_points(group=group), key=lambda point: (point.name, point.value))}


def emitter_names() -> tuple[str, ...]:
    """Names of all emitters: the built-in ones first, others by name."""
    return (*BUILT_IN, *(name for name in _registered(EMITTERS) if name not in BUILT_IN))


@cache
def find_emitter(name: str) -> Emitter[EmitterOptions]:
    """The emitter of a name. A built-in name is always the built-in emitter; to use another one, give it another name.

    Raises ``SpecloomError``: ``unknown-emitter`` (with the nearest name), ``broken-emitter`` where what is registered cannot be
    imported or is no emitter.
    """
    if name in BUILT_IN:
        module, attribute = BUILT_IN[name]
        return _made(name, getattr(import_module(module), attribute))
    point = _registered(EMITTERS).get(name)
    if point is None:
        raise SpecloomError.of("unknown-emitter", f"there is no emitter {name!r}", hint=nearest(name, emitter_names()))
    try:
        return _made(name, point.load())
    except (ImportError, AttributeError) as error:
        raise SpecloomError.of("broken-emitter", f"the emitter {name!r} ({point.value}) cannot be imported: {error}",
                               hint="reinstall the package that brings it") from error


def find_formatter(name: str) -> Formatter:
    """The formatter that a package registered under a name.

    Raises ``SpecloomError``: ``unknown-formatter``, ``broken-formatter``.
    """
    point = _registered(FORMATTERS).get(name)
    if point is None:
        raise SpecloomError.of("unknown-formatter", f"there is no formatter {name!r}",
                               hint=f"registered are: {', '.join(_registered(FORMATTERS)) or 'none'}")
    try:
        found = point.load()
    except (ImportError, AttributeError) as error:
        raise SpecloomError.of("broken-formatter", f"the formatter {name!r} ({point.value}) cannot be imported: {error}",
                               hint="reinstall the package that brings it") from error
    if not isinstance(found, Formatter):
        raise SpecloomError.of("broken-formatter", f"{point.value} cannot be called with a text")
    return found


def _made(name: str, found: object) -> Emitter[EmitterOptions]:
    made: object = found() if isinstance(found, type) else found
    if not isinstance(made, Emitter):
        raise SpecloomError.of("broken-emitter", f"what is registered as {name!r} has no options_type and emit",
                               hint="see specloom.emitters.protocol.Emitter")
    return made
