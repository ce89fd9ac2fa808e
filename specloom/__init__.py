"""Turns API descriptions into client code people would have written by hand.

    import specloom
    api = specloom.load("openapi.yaml")                              # IRContext; api.diagnostics
    files = specloom.emit(api, "typescript", zod=True, hooks=True)   # {path: text}, nothing written
    specloom.write(files, "frontend/src/api")
    specloom.generate("openapi.yaml", typescript="frontend/src/api", python="backend/api_client")

Everything here is imported when it is first used: importing specloom itself costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.api import compare, emit, generate, generate_many, load
    from specloom.comparing import Change, Comparison, Impact
    from specloom.emitters.protocol import Emission, Emitter, EmitterOptions, Formatter
    from specloom.ir.context import IRContext
    from specloom.ir.diagnostics import Diagnostic, Place, Severity, SpecloomError
    from specloom.ir.filtering import OperationFilter
    from specloom.ir.paging import PagingRule
    from specloom.jobs import Job, JobResult, Mode, Target
    from specloom.writing import Plan, plan, write

__all__ = [
    "Change",
    "Comparison",
    "Diagnostic",
    "Emission",
    "Emitter",
    "EmitterOptions",
    "Formatter",
    "IRContext",
    "Impact",
    "Job",
    "JobResult",
    "Mode",
    "OperationFilter",
    "PagingRule",
    "Place",
    "Plan",
    "Severity",
    "SpecloomError",
    "Target",
    "compare",
    "emit",
    "generate",
    "generate_many",
    "load",
    "plan",
    "write",
]

_HOMES = {
    "specloom.api": ("compare", "emit", "generate", "generate_many", "load"),
    "specloom.comparing": ("Change", "Comparison", "Impact"),
    "specloom.emitters.protocol": ("Emission", "Emitter", "EmitterOptions", "Formatter"),
    "specloom.ir.context": ("IRContext",),
    "specloom.ir.diagnostics": ("Diagnostic", "Place", "Severity", "SpecloomError"),
    "specloom.ir.filtering": ("OperationFilter",),
    "specloom.ir.paging": ("PagingRule",),
    "specloom.jobs": ("Job", "JobResult", "Mode", "Target"),
    "specloom.writing": ("Plan", "plan", "write"),
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "__version__":
        from importlib.metadata import version

        return version("specloom")
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
