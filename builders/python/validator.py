"""Checks the nodes of a package before they are printed: what breaks a rule here would not import, or not mean what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import libcst as cst

from specloom.ir.diagnostics import Diagnostic, Severity

from .nodes import Module


def validate(modules: Iterable[Module]) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with ``modules``."""
    return tuple(PythonValidator(tuple(modules)).check())


class PythonValidator:
    """Checks all modules of a package together."""

    def __init__(self, modules: tuple[Module, ...]) -> None:
        self.modules = modules

    def check(self) -> Iterator[Diagnostic]:
        """Every broken rule."""
        yield from ()


def _problem(module: Module, rule: str, message: str) -> Diagnostic:
    return Diagnostic(
        code="invalid-python-nodes", severity=Severity.ERROR, message=f"{'/'.join(module.path)}.py: {rule}: {message}"
    )


__all__ = ["PythonValidator", "cst", "validate"]
