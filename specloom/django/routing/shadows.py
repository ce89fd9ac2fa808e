"""Finds routes that stand behind another of the same path, which Django asks first and, where it matches, alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from specloom.ir.diagnostics import Diagnostic, Severity

from .origins import class_place, view_class, view_name
from .tree import View


def shadowed(routes: Iterable[tuple[str, View]]) -> Iterator[Diagnostic]:
    """The views that are at the path of an earlier one.

    Args:
        routes: paths and their views, in the order in which Django tries them.
    """
    first: dict[str, View] = {}
    for path, view in routes:
        before = first.setdefault(path, view)
        cls = view_class(view)
        if before is view or cls is None or getattr(cls, "schema", None) is None:
            continue  # no API, as the root view of a router, which may well be hidden
        yield Diagnostic(
            code="shadowed-route", severity=Severity.WARNING, place=class_place(cls),
            message=f"{path} of {view_name(view)} is reached by nothing that {view_name(before)} takes, which comes first",
            hint="give one of them another path",
        )
