"""Checks nodes before they are printed: what a reader of the output would call a mistake of ours."""

from __future__ import annotations

from collections.abc import Iterable

from specloom.ir.diagnostics import Diagnostic

from .nodes import File


class TypeScriptValidator:
    """Rules over files of nodes."""

    def check(self, files: Iterable[File]) -> tuple[Diagnostic, ...]:
        """Everything that is wrong with ``files``."""
        return ()
