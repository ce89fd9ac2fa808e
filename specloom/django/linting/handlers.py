"""Where the method of a view stands that answers a request: of classes, viewsets, and functions under ``@api_view``."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import libcst as cst

from .inspection import Inspection
from .sources import Definition, Source


def handler(inspection: Inspection, view: type, method: str, action: str) -> tuple[Source, cst.FunctionDef] | None:
    """The function that answers, where it stands in a file that was asked about."""
    if _is_function_view(view):
        return _function_view(inspection, view)
    static = inspect.getattr_static(view, action or method.lower(), None)
    standing = inspection.standing(static) if inspect.isfunction(static) else None
    if standing is None:
        return None
    source, node = standing
    return (source, node) if isinstance(node, cst.FunctionDef) else None


def standing_view(inspection: Inspection, view: type) -> tuple[Source, Definition] | None:
    """The class of a view, or its function."""
    if _is_function_view(view):
        return _function_view(inspection, view)
    for each in view.__mro__:  # a zone puts classes of its own around views
        standing = inspection.standing(each)
        if standing is not None:
            return standing
    return None


def _is_function_view(view: type) -> bool:
    """``@api_view`` makes a class of the function; a zone may have made another of that."""
    return any(each.__qualname__ == "WrappedAPIView" for each in view.__mro__)


def _function_view(inspection: Inspection, view: type) -> tuple[Source, cst.FunctionDef] | None:
    view = next(each for each in view.__mro__ if each.__qualname__ == "WrappedAPIView")
    file = getattr(sys.modules.get(view.__module__), "__file__", None)
    path = Path(file).resolve() if file else None
    source = inspection.at(path) if path is not None and inspection.targets.own(path) else None
    node = source.definition(view.__name__) if source is not None else None
    return (source, node) if source is not None and isinstance(node, cst.FunctionDef) else None
