"""The Django app: it has no models, only commands, and tells drf-spectacular how it describes schemas of models."""

from __future__ import annotations

import sys

from django.apps import AppConfig, apps


class SpecloomConfig(AppConfig):
    """``"specloom.django"`` in INSTALLED_APPS."""

    name = "specloom.django"
    label = "specloom_django"
    verbose_name = "specloom"

    def ready(self) -> None:
        """Tells drf-spectacular of schemas where models already have some; those made later tell it themselves."""
        if "specloom.django.schemas.building" in sys.modules and apps.is_installed("drf_spectacular"):
            from .schemas.documenting import extension as extension
