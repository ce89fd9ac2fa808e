"""The document of a group over HTTP, and Swagger UI and Redoc that show it, under whatever address they are mounted.

Imported only when addresses are made: drf-spectacular's views read the settings when they are imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.urls import URLPattern, path
from drf_spectacular.settings import spectacular_settings
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerView
from rest_framework.response import Response
from rest_framework.settings import api_settings

from specloom.django.project import Group, Project
from specloom.ir.diagnostics import SpecloomError

from .policies import permission_classes

if TYPE_CHECKING:
    from rest_framework.request import Request

SIDECAR = "drf_spectacular_sidecar"


class SchemaView(SpectacularAPIView):
    """A group's document: the one that commands write, but for what the request decides."""

    project: Project | None = None
    group: Group | None = None
    schema = None
    versioning_class = None  # a namespace or a header may name no version of these pages

    def _get_schema_response(self, request: Request) -> Response:
        from specloom.django.openapi import served_document
        from specloom.django.openapi.plain import plain

        assert self.project is not None and self.group is not None, "as_view(project=..., group=...)"
        asked = self._get_version_parameter(request)  # type: ignore[no-untyped-call]  # untyped
        version = self.api_version or self.kwargs.get(api_settings.VERSION_PARAM) or asked
        suffix = self.perform_content_negotiation(request, force=True)[0].format
        found = served_document(self.project, self.group, request, version)
        return Response(
            found if suffix == "yaml" else plain(found),  # in JSON, REST framework would make strings of decimal numbers
            headers={"Content-Disposition": f'inline; filename="{self.group.name}.{suffix}"'},
        )


class SwaggerView(SpectacularSwaggerView):
    """Swagger UI, from the sidecar where that is installed and the settings name no other place."""

    schema = None
    versioning_class = None  # a namespace or a header may name no version of these pages

    @staticmethod
    def _swagger_ui_resource(filename: str) -> str:
        if _from_sidecar("SWAGGER_UI_DIST"):
            return _sidecar(f"swagger-ui-dist/{filename}")
        return str(SpectacularSwaggerView._swagger_ui_resource(filename))  # type: ignore[no-untyped-call]  # untyped

    @staticmethod
    def _swagger_ui_favicon() -> str:
        if _from_sidecar("SWAGGER_UI_FAVICON_HREF"):
            return _sidecar("swagger-ui-dist/favicon-32x32.png")
        return str(SpectacularSwaggerView._swagger_ui_favicon())  # type: ignore[no-untyped-call]  # untyped


class RedocView(SpectacularRedocView):
    """Redoc, from the sidecar where that is installed and the settings name no other place."""

    schema = None
    versioning_class = None  # a namespace or a header may name no version of these pages

    @staticmethod
    def _redoc_standalone() -> str:
        if _from_sidecar("REDOC_DIST"):
            return _sidecar("redoc/bundles/redoc.standalone.js")
        return str(SpectacularRedocView._redoc_standalone())  # type: ignore[no-untyped-call]  # untyped


def page_patterns(project: Project, group: Group, prefix: str = "") -> list[URLPattern]:
    """``schema/``, ``schema/swagger/`` and ``schema/redoc/`` of a group below a route.

    Their names are ``{group}-schema``, ``{group}-swagger`` and ``{group}-redoc``. Swagger UI and Redoc find the schema one
    step above themselves, so they work wherever they are mounted. Where the group is not public, only who is signed in and
    has the group's permissions may see them.

    Raises:
        SpecloomError: ``django-config``, drf-spectacular is not among INSTALLED_APPS, so its templates are not found.
    """
    if not apps.is_installed("drf_spectacular"):
        raise SpecloomError.of("django-config", "the pages of the schema need drf-spectacular's templates",
                               hint="add 'drf_spectacular' to INSTALLED_APPS")
    guard: dict[str, Any] = {} if group.public else {"permission_classes": guards(group)}
    views = {
        "schema/": ("schema", SchemaView.as_view(project=project, group=group, **guard)),
        "schema/swagger/": ("swagger", SwaggerView.as_view(url="../", title=group.title, **guard)),
        "schema/redoc/": ("redoc", RedocView.as_view(url="../", title=group.title, **guard)),
    }
    return [path(f"{prefix}{route}", view, name=f"{group.name}-{name}") for route, (name, view) in views.items()]


def guards(group: Group) -> list[type]:
    """Who may see the pages of a group that is not public."""
    from rest_framework.permissions import IsAuthenticated

    return list(dict.fromkeys((IsAuthenticated, *permission_classes(group))))


def _from_sidecar(setting: str) -> bool:
    return apps.is_installed(SIDECAR) and setting not in (spectacular_settings.user_settings or {})


def _sidecar(file: str) -> str:
    from django.templatetags.static import static

    return static(f"{SIDECAR}/{file}")
