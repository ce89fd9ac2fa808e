"""The installed apps of a group."""

from __future__ import annotations

from fnmatch import fnmatchcase

from django.apps import AppConfig, apps

from specloom.django.project import Group


def app_configs(group: Group) -> tuple[AppConfig, ...]:
    """The installed apps that a group names, in the order of INSTALLED_APPS."""
    return tuple(app for app in apps.get_app_configs() if any(fnmatchcase(app.name, name) for name in group.apps))
