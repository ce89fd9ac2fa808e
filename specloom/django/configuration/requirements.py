"""What a configuration needs of Django and of other settings: classes that import, apps and middleware that are there."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from specloom.django.project import Project
from specloom.ir.diagnostics import Diagnostic, nearest

from .findings import Setting
from .positions import Key

_DOTTED = "write the dotted name of a class, as in 'shop.permissions.IsStaff'"
_CORS_MIDDLEWARE = "corsheaders.middleware.CorsMiddleware"

_Fault = tuple[str, str]
"""What is wrong, and what would be right."""


def requirement_findings(project: Project, settings: object, setting: Setting) -> Iterator[Diagnostic]:
    """What the zones of a project ask for that is not there."""
    for group in project.groups:
        at: tuple[Key, ...] = ("zones", group.name)
        for index, dotted in enumerate(group.permissions):
            for fault in _class_faults(dotted, "has_permission"):
                yield setting.finding((*at, "permissions", index), *fault)
        for index, dotted in enumerate(group.middleware):
            for fault in _class_faults(dotted, "__call__"):
                yield setting.finding((*at, "middleware", index), *fault)
        if group.cors_enabled:
            for fault in _cors_faults(settings):
                yield setting.finding((*at, "cors_enabled"), *fault)


def _class_faults(dotted: str, needs: str) -> Iterator[_Fault]:
    module_name, _, name = dotted.rpartition(".")
    if not module_name:
        yield f"{dotted!r} is in no module", _DOTTED
        return
    try:
        module = importlib.import_module(module_name)
    except Exception as error:  # whatever the module does when it is imported
        yield f"{dotted!r} cannot be imported: {type(error).__name__}: {error}", _DOTTED
        return
    found = getattr(module, name, None)
    if found is None:
        names = [each for each, value in vars(module).items() if hasattr(value, needs)]
        yield f"{module_name!r} has no {name!r}", nearest(name, names) if names else _DOTTED
    elif needs == "__call__" and not callable(found):
        yield f"{dotted!r} is no middleware", "write the dotted name of a class or a function"
    elif needs != "__call__" and not hasattr(found, needs) and type(found).__name__ != "OperandHolder":
        yield f"{dotted!r} is no permission class", "derive it from rest_framework.permissions.BasePermission"


def _cors_faults(settings: object) -> Iterator[_Fault]:
    apps = [str(app) for app in getattr(settings, "INSTALLED_APPS", ())]
    if not any(app == "corsheaders" or app.startswith("corsheaders.") for app in apps):
        yield ("needs django-cors-headers, which answers browsers that ask from other origins",
               "pip install django-cors-headers, and add 'corsheaders' to INSTALLED_APPS")
    if _CORS_MIDDLEWARE not in map(str, getattr(settings, "MIDDLEWARE", ())):
        yield ("needs the middleware of django-cors-headers",
               f"add {_CORS_MIDDLEWARE!r} to MIDDLEWARE, before CommonMiddleware")
    if getattr(settings, "CORS_ALLOW_CREDENTIALS", False):
        yield ("with CORS_ALLOW_CREDENTIALS, any page on the web could use the API as whoever is signed in",
               "leave cors_enabled out, and name the origins in CORS_ALLOWED_ORIGINS")
