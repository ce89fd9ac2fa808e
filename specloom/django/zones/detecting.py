"""Zones as their users ask for them by name: a thin face over the functions beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.apps import apps

from specloom.django.configuration.groups import OpenAPIClientConfig
from specloom.django.configuration.loading import project_of
from specloom.django.configuration.mapping import group_of_zone
from specloom.django.configuration.revolution import RevolutionConfig
from specloom.django.configuration.zones import ZoneConfig
from specloom.django.project import Group, Project, Spelling
from specloom.ir.diagnostics import Diagnostic, Severity

from .checking import app_urls_findings, unknown_apps
from .matching import app_configs, matched


class DynamicZoneDetector:
    """What zones there are, which apps they have, and whether they are in order.

    ``config`` is a project, or what ``settings.DJANGO_REVOLUTION`` or ``settings.SPECLOOM`` may be; by default what they are.
    """

    def __init__(
        self, config: Project | OpenAPIClientConfig | RevolutionConfig | Mapping[str, object] | None = None
    ) -> None:
        self._project = project_of(config)

    @property
    def project(self) -> Project:
        """The project that the zones are of."""
        return self._project

    @property
    def zones(self) -> dict[str, Group]:
        """The zones by their names, in the order of the settings."""
        return {group.name: group for group in self._project.groups}

    def detect_zones(self) -> dict[str, Group]:
        """The zones by their names, each with the names of the installed apps that its patterns stand for."""
        return {name: replace(group, apps=tuple(app.name for app in app_configs(group))) for name, group in self.zones.items()}

    def get_zone_names(self) -> list[str]:
        """The names, in the order of the settings."""
        return list(self.zones)

    def get_zone(self, name: str) -> Group | None:
        """The zone of a name."""
        return self.zones.get(name)

    def validate_zone(self, name: str) -> bool:
        """Whether there is such a zone, its apps are installed and their URLconfs import."""
        group = self.get_zone(name)
        return group is not None and not _errors(zone_findings(group, self._project.spelling))

    def validate_zone_apps(self, name: str) -> bool:
        """Whether there is such a zone and all apps that it names are installed."""
        group = self.get_zone(name)
        return group is not None and not any(True for _ in unknown_apps(group, self._project.spelling))

    def findings(self, name: str) -> tuple[Diagnostic, ...]:
        """Why a zone is not in order. Raises ``KeyError``: there is no such zone."""
        return zone_findings(self._project.group(name), self._project.spelling)

    def get_zone_apps(self, name: str) -> list[str]:
        """The names of a zone's installed apps; none where there is no such zone."""
        group = self.get_zone(name)
        return [] if group is None else [app.name for app in app_configs(group)]

    def get_all_apps(self) -> list[str]:
        """The names of the apps of all zones, sorted."""
        return sorted({app.name for group in self._project.groups for app in app_configs(group)})

    def detect_apps(self) -> list[str]:
        """The names of all installed apps."""
        return [app.name for app in apps.get_app_configs()]

    def app_exists(self, name: str) -> bool:
        """Whether an app of that name or label is installed."""
        return bool(matched(name, apps.get_app_configs()))

    def get_zones_summary(self) -> dict[str, object]:
        """All that is known of the zones, as plain data."""
        detected = self.detect_zones()
        return {
            "total_zones": len(detected),
            "zone_names": list(detected),
            "zones": {
                name: {
                    "title": group.title, "description": group.description, "version": group.version,
                    "apps": list(group.apps), "app_count": len(group.apps),
                    "public": group.public, "auth_required": group.auth_required, "path_prefix": group.prefix,
                }
                for name, group in detected.items()
            },
        }


def validate_zone_configuration(zone_name: str, zone_config: ZoneConfig | Mapping[str, object]) -> bool:
    """Whether a zone is in order: its settings, its apps, their URLconfs.

    Raises:
        pydantic.ValidationError: ``zone_config`` is plain data and no zone.
    """
    config = zone_config if isinstance(zone_config, ZoneConfig) else ZoneConfig.model_validate(dict(zone_config))
    return not _errors(zone_findings(group_of_zone(zone_name, config), Spelling.ZONES))


def zone_findings(group: Group, spelling: Spelling) -> tuple[Diagnostic, ...]:
    """What is wrong with one zone, without making a document of it."""
    found = list(unknown_apps(group, spelling))
    for app in app_configs(group):
        found += app_urls_findings(app)
    return tuple(found)


def _errors(found: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    return [each for each in found if each.severity is Severity.ERROR]
