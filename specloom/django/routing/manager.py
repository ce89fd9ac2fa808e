"""Zones' addresses as users of Django Revolution ask for them: a thin face over the functions beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING

from django.urls import URLPattern

from specloom.django.project import Group, Project

from .mounting import get_revolution_urls_info, mounted_patterns, pages_route
from .placing import below_label
from .routes import forget_routes, urlconf, urls_module, zone_resolver
from .tree import Pattern

if TYPE_CHECKING:
    from specloom.django.configuration.zones import ZoneConfig


class DynamicZoneManager:
    """Makes URL patterns and URLconfs of zones, in memory.

    ``config`` is a project, or what ``settings.DJANGO_REVOLUTION`` may be; by default the project of Django's settings.
    """

    def __init__(self, config: Project | Mapping[str, object] | None = None) -> None:
        from specloom.django.zones import DynamicZoneDetector

        self._project = DynamicZoneDetector(config).project

    @property
    def project(self) -> Project:
        """The project that the zones are of."""
        return self._project

    @property
    def zones(self) -> dict[str, Group]:
        """The zones by their names, in the order of the settings."""
        return {group.name: group for group in self._project.groups}

    def get_app_urls(self, apps: Sequence[str]) -> list[Pattern]:
        """The ``urls`` modules of apps, each below its app's label, without any policy."""
        from specloom.django.zones.matching import app_configs

        found = app_configs(Group("apps", tuple(apps), ""))
        modules = [(app.label, urls_module(app)) for app in found]
        return [below_label(label, module) for label, module in modules if module is not None]

    def create_dynamic_urlconf_module(self, zone_name: str, zone: ZoneConfig | Group | None = None) -> ModuleType:
        """A URLconf of a zone's addresses alone.

        Args:
            zone_name: the zone's name.
            zone: how it is configured, where the settings do not say or say something else.

        Raises:
            KeyError: there is no such zone, and none was given.
        """
        return urlconf(self._project, self._zone(zone_name, zone))

    def create_zone_schema_patterns(self, zone_name: str, zone: ZoneConfig | Group | None = None) -> list[URLPattern]:
        """``schema/``, ``schema/swagger/`` and ``schema/redoc/`` of a zone, to be included anywhere. Raises ``KeyError``."""
        from .pages import page_patterns

        return page_patterns(self._project, self._zone(zone_name, zone))

    def get_zone_urls(self, zone_name: str | None = None) -> list[Pattern]:
        """The addresses of one zone, or of all, each zone below its prefix. Raises ``KeyError``."""
        return [zone_resolver(self._project.api_prefix, group) for group in self._chosen(zone_name)]

    def get_zone_schema_urls(self, zone_name: str | None = None) -> list[URLPattern]:
        """The pages of one zone, or of all, where :func:`add_revolution_urls` puts them. Raises ``KeyError``."""
        from .pages import page_patterns

        return [
            each for group in self._chosen(zone_name)
            for each in page_patterns(self._project, group, pages_route(self._project, group))
        ]

    def get_all_zone_patterns(self) -> list[Pattern]:
        """Everything that :func:`add_revolution_urls` adds."""
        return mounted_patterns(self._project)

    def get_info(self) -> dict[str, object]:
        """As :func:`get_revolution_urls_info`."""
        return get_revolution_urls_info(self._project)

    def clear_cache(self) -> None:
        """Forgets URLconfs made before."""
        forget_routes()

    def _chosen(self, name: str | None) -> tuple[Group, ...]:
        return self._project.groups if name is None else (self._project.group(name),)

    def _zone(self, name: str, zone: ZoneConfig | Group | None) -> Group:
        if zone is None:
            return self._project.group(name)
        if isinstance(zone, Group):
            return zone
        from specloom.django.configuration.mapping import group_of_zone

        return group_of_zone(name, zone)


