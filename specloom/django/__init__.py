"""What a Django project adds to INSTALLED_APPS: clients of its REST API, and Pydantic schemas of its models.

Needs the extra ``specloom[django]``. The names below are imported only when asked for, so that settings may import them before
Django is set up.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .archiving.manager import ArchiveManager as ArchiveManager
    from .configuration.groups import OpenAPIClientConfig as OpenAPIClientConfig
    from .configuration.groups import OpenAPIConfig as OpenAPIConfig
    from .configuration.groups import OpenAPIGroupConfig as OpenAPIGroupConfig
    from .configuration.loading import load_project as load_project
    from .configuration.rest_framework import DRFConfig as DRFConfig
    from .configuration.rest_framework import SpectacularConfig as SpectacularConfig
    from .configuration.rest_framework import SwaggerUISettings as SwaggerUISettings
    from .configuration.rest_framework import create_drf_config as create_drf_config
    from .configuration.rest_framework import create_drf_spectacular_config as create_drf_spectacular_config
    from .configuration.revolution import RevolutionConfig as RevolutionConfig
    from .configuration.zones import MonorepoConfig as MonorepoConfig
    from .configuration.zones import MonorepoSettings as MonorepoSettings
    from .configuration.zones import ZoneConfig as ZoneConfig
    from .configuration.zones import create_revolution_zones as create_revolution_zones
    from .configuration.zones import get_revolution_config as get_revolution_config
    from .configuration.zones import setup_revolution as setup_revolution
    from .generating.generator import OpenAPIGenerator as OpenAPIGenerator
    from .generating.results import GenerationResult as GenerationResult
    from .generating.results import GenerationSummary as GenerationSummary
    from .generating.running import generate_project as generate_project
    from .routing.manager import DynamicZoneManager as DynamicZoneManager
    from .routing.mounting import add_revolution_urls as add_revolution_urls
    from .routing.mounting import get_revolution_urls_info as get_revolution_urls_info
    from .routing.mounting import integrate_into_urls as integrate_into_urls
    from .zones.detecting import DynamicZoneDetector as DynamicZoneDetector
    from .zones.detecting import validate_zone_configuration as validate_zone_configuration

_HOMES: dict[str, str] = {
    "ArchiveManager": "archiving.manager",
    "DRFConfig": "configuration.rest_framework",
    "DynamicZoneDetector": "zones.detecting",
    "DynamicZoneManager": "routing.manager",
    "GenerationResult": "generating.results",
    "GenerationSummary": "generating.results",
    "MonorepoConfig": "configuration.zones",
    "MonorepoSettings": "configuration.zones",
    "OpenAPIClientConfig": "configuration.groups",
    "OpenAPIConfig": "configuration.groups",
    "OpenAPIGenerator": "generating.generator",
    "OpenAPIGroupConfig": "configuration.groups",
    "RevolutionConfig": "configuration.revolution",
    "SpectacularConfig": "configuration.rest_framework",
    "SwaggerUISettings": "configuration.rest_framework",
    "ZoneConfig": "configuration.zones",
    "create_drf_config": "configuration.rest_framework",
    "create_drf_spectacular_config": "configuration.rest_framework",
    "add_revolution_urls": "routing.mounting",
    "create_revolution_zones": "configuration.zones",
    "generate_project": "generating.running",
    "get_revolution_config": "configuration.zones",
    "get_revolution_urls_info": "routing.mounting",
    "integrate_into_urls": "routing.mounting",
    "load_project": "configuration.loading",
    "setup_revolution": "configuration.zones",
    "validate_zone_configuration": "zones.detecting",
}
"""Each public name and the module below this one that has it."""


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{home}", __name__), name)


def __dir__() -> list[str]:
    return sorted(_HOMES)
