"""Lets pages of other origins call some zones, through django-cors-headers, and leaves all other addresses alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.urls import URLResolver

from specloom.django.project import Group
from specloom.ir.diagnostics import SpecloomError

from .tree import Pattern, ZoneResolver, children

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest


def allow_other_origins(group: Group) -> None:
    """Has django-cors-headers ask whether a request goes to a zone with ``cors_enabled``.

    Raises:
        SpecloomError: ``django-config``, django-cors-headers is not at work in this project.
    """
    if not group.cors_enabled:
        return
    if not apps.is_installed("corsheaders") or not any("corsheaders" in name for name in settings.MIDDLEWARE):
        raise SpecloomError.of(
            "django-config", f"{group.name}: cors_enabled needs django-cors-headers",
            hint="pip install django-cors-headers, then 'corsheaders' in INSTALLED_APPS and "
                 "'corsheaders.middleware.CorsMiddleware' first in MIDDLEWARE",
        )
    from corsheaders.signals import check_request_enabled

    check_request_enabled.connect(is_open, dispatch_uid="specloom.django.routing.cors")


def is_open(sender: object, request: HttpRequest, **_: object) -> bool:
    """Whether a request goes to an address of a zone with ``cors_enabled``."""
    from .routes import root_patterns

    return _open_below(root_patterns(), request.path_info.removeprefix("/"))


def _open_below(patterns: Iterable[Pattern], path: str) -> bool:
    for pattern in patterns:
        match = pattern.pattern.match(path) if isinstance(pattern, URLResolver) else None
        if not match:
            continue
        if isinstance(pattern, ZoneResolver):
            if pattern.group.cors_enabled:
                return True
        elif isinstance(pattern, URLResolver) and _open_below(children(pattern), match[0]):
            return True
    return False
