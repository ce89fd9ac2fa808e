"""The installed apps of a group."""

from __future__ import annotations

from specloom.django.zones.matching import app_configs

__all__ = ["app_configs"]
