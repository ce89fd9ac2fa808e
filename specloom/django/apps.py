"""The Django app: it has no models, only commands."""

from __future__ import annotations

from django.apps import AppConfig


class SpecloomConfig(AppConfig):
    """``"specloom.django"`` in INSTALLED_APPS."""

    name = "specloom.django"
    label = "specloom_django"
    verbose_name = "specloom"
