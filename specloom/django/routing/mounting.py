"""Puts the addresses of zones and the pages of all groups into a project's URLconf by one call, and says where they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, URLResolver, get_script_prefix, reverse
from django.urls.resolvers import RoutePattern

from specloom.django.project import Group, Project, Spelling

from .cors import allow_other_origins
from .routes import root_patterns, zone_resolver
from .tree import Pattern, ZoneResolver, path_of, resolvers

if TYPE_CHECKING:
    from django.urls import URLPattern

NAMESPACE = "specloom"
"""Of the pages' names: ``reverse("specloom:public-schema")``."""


class PagesResolver(URLResolver):
    """The pages of all groups. Its class is the mark by which they are found again."""


def add_revolution_urls(urlpatterns: Sequence[Pattern], project: Project | None = None) -> list[Pattern]:
    """Adds the addresses of every zone, and the schema, Swagger UI and Redoc of every zone or group.

    A zone's apps are at ``/{api_prefix}/{path_prefix or zone}/{app label}/``, no word twice in a row, with the zone's policies on
    their views, and its pages at ``/{api_prefix}/{path_prefix or zone}/schema/``. Groups stay where the project has them: only
    pages are added, at ``/{api_prefix}/{group}/schema/``. A list that has been given all this is returned as it is.

    Args:
        urlpatterns: those of a URLconf, of the root or of one that is included anywhere. A list gets the new ones at its end,
            and may be used without the result.
        project: by default the project of the settings.

    Returns:
        The patterns, to be assigned to ``urlpatterns``.

    Raises:
        SpecloomError: the settings are wrong, or a zone's policy cannot take effect.
    """
    whole = urlpatterns if isinstance(urlpatterns, list) else list(urlpatterns)
    if any(isinstance(each, ZoneResolver | PagesResolver) for _, each in resolvers(whole)):
        return whole
    whole.extend(mounted_patterns(_project(project)))
    return whole


def integrate_into_urls(urlpatterns: Sequence[Pattern]) -> list[Pattern]:
    """The same as :func:`add_revolution_urls`."""
    return add_revolution_urls(urlpatterns)


def mounted_patterns(project: Project) -> list[Pattern]:
    """What :func:`add_revolution_urls` adds."""
    zones: list[Pattern] = []
    if project.spelling is Spelling.ZONES:
        for group in project.groups:
            allow_other_origins(group)
            zones.append(zone_resolver(project.api_prefix, group))
    return [pages_resolver(project), *zones]


def pages_resolver(project: Project) -> PagesResolver:
    """The pages of all groups, each where its addresses are."""
    from .pages import page_patterns

    pages = [each for group in project.groups for each in page_patterns(project, group, pages_route(project, group))]
    return PagesResolver(RoutePattern(""), pages, app_name=NAMESPACE, namespace=NAMESPACE)


def pages_route(project: Project, group: Group) -> str:
    """The route below which a group's pages are; that of its name where its prefix is empty or another's too."""
    match project.spelling:
        case Spelling.GROUPS:
            prefix = group.name
        case Spelling.ZONES:
            shared = sum(other.prefix == group.prefix for other in project.groups) > 1
            prefix = group.name if shared or not group.prefix else group.prefix
    return "".join(f"{part}/" for part in (project.api_prefix.strip("/"), prefix) if part)


def group_urlpatterns(project: Project | None = None) -> list[URLPattern]:
    """The pages of every group below its name: what ``specloom.django.urls`` has."""
    from .pages import page_patterns

    known = _project(project)
    return [each for group in known.groups for each in page_patterns(known, group, f"{group.name}/")]


def get_revolution_urls_info(project: Project | None = None) -> dict[str, object]:
    """Where everything is: for each zone or group its apps and its addresses.

    ``api_url`` of a zone, ``schema_url``, ``swagger_url`` and ``redoc_url`` are where these really are, or ``None`` where they
    are not mounted.
    """
    from specloom.django.zones.matching import app_configs

    known = _project(project)
    zones = {
        group.name: {
            "title": group.title, "description": group.description, "version": group.version,
            "public": group.public, "auth_required": group.auth_required,
            "apps": [app.name for app in app_configs(group)],
            "app_count": len(app_configs(group)),
            "api_url": _api_url(group),
            **{f"{page}_url": _page_url(group, page) for page in ("schema", "swagger", "redoc")},
        }
        for group in known.groups
    }
    apps = list(dict.fromkeys(app.name for group in known.groups for app in app_configs(group)))
    return {"api_prefix": known.api_prefix, "total_zones": len(zones), "total_apps": len(apps), "zones": zones, "all_apps": apps}


def _api_url(group: Group) -> str | None:
    mounted = (
        path_of(trail, resolver) for trail, resolver in resolvers(root_patterns())
        if isinstance(resolver, ZoneResolver) and resolver.group.name == group.name
    )
    found = next(mounted, None)
    return found and get_script_prefix().rstrip("/") + found


def _page_url(group: Group, page: str) -> str | None:
    try:
        return reverse(f"{NAMESPACE}:{group.name}-{page}")
    except NoReverseMatch:
        return None


def _project(given: Project | None) -> Project:
    if given is not None:
        return given
    from specloom.django.configuration import load_project

    return load_project()
