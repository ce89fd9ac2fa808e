"""Which installed apps a project's groups and zones name, and what is wrong with them before anything is made."""

from __future__ import annotations

from .checking import check_project
from .detecting import DynamicZoneDetector, validate_zone_configuration
from .documents import check_schemas
from .matching import app_configs, matched, shared_apps, ungrouped_apps

__all__ = [
    "DynamicZoneDetector",
    "app_configs",
    "check_project",
    "check_schemas",
    "matched",
    "shared_apps",
    "ungrouped_apps",
    "validate_zone_configuration",
]
