"""What a configuration needs of Django and of other settings: classes that import, apps and middleware that are there."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from specloom.django.project import Group, Project
from specloom.ir.diagnostics import Diagnostic

from .findings import config_finding
from .values import nearest

_DOTTED = "write the dotted name of a class, as in 'shop.permissions.IsStaff'"
_CORS_MIDDLEWARE = "corsheaders.middleware.CorsMiddleware"


def requirement_findings(project: Project, settings: object, root: str, file: str | None) -> Iterator[Diagnostic]:
    """What groups ask for that is not there. ``root`` is the setting they are in."""
    for group in project.groups:
        where = f"{root}.zones.{group.name}"
        for dotted in group.permissions:
            yield from _class_findings(dotted, "has_permission", f"{where}.permissions", file)
        for dotted in group.middleware:
            yield from _class_findings(dotted, "__call__", f"{where}.middleware", file)
        if group.cors_enabled:
            yield from _cors_findings(group, settings, f"{where}.cors_enabled", file)


def _class_findings(dotted: str, needs: str, where: str, file: str | None) -> Iterator[Diagnostic]:
    module_name, _, name = dotted.rpartition(".")
    try:
        module = importlib.import_module(module_name) if module_name else None
    except Exception as error:  # whatever the module does when it is imported
        yield config_finding(where, f"{dotted!r} cannot be imported: {type(error).__name__}: {error}",
                             _DOTTED, file=file)
        return
    found = getattr(module, name, None)
    if found is None:
        names = [each for each, value in vars(module).items() if hasattr(value, needs)] if module else []
        hint = nearest(name, names) if names else _DOTTED
        yield config_finding(where, f"{module_name or dotted!r} has no {name!r}", hint, file=file)
    elif needs == "__call__" and not callable(found):
        yield config_finding(where, f"{dotted!r} is no middleware", "write the dotted name of a class or a function", file=file)
    elif needs != "__call__" and not hasattr(found, needs) and type(found).__name__ != "OperandHolder":
        yield config_finding(where, f"{dotted!r} is no permission class",
                             "derive it from rest_framework.permissions.BasePermission", file=file)


def _cors_findings(group: Group, settings: object, where: str, file: str | None) -> Iterator[Diagnostic]:
    apps = [str(app) for app in getattr(settings, "INSTALLED_APPS", ())]
    if not any(app == "corsheaders" or app.startswith("corsheaders.") for app in apps):
        yield config_finding(where, "needs django-cors-headers, which answers browsers that ask from other origins",
                             "pip install django-cors-headers, and add 'corsheaders' to INSTALLED_APPS", file=file)
    middleware = [str(each) for each in getattr(settings, "MIDDLEWARE", ())]
    if _CORS_MIDDLEWARE not in middleware:
        yield config_finding(where, "needs the middleware of django-cors-headers",
                             f"add {_CORS_MIDDLEWARE!r} to MIDDLEWARE, before CommonMiddleware", file=file)
    if getattr(settings, "CORS_ALLOW_CREDENTIALS", False):
        yield config_finding(
            where, "with CORS_ALLOW_CREDENTIALS, any page on the web could use the API as whoever is signed in",
            "leave cors_enabled out, and name the origins in CORS_ALLOWED_ORIGINS", file=file,
        )
