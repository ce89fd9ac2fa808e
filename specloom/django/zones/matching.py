"""Which installed apps a group names: by their names as in INSTALLED_APPS, by their labels, or by wildcards."""

from __future__ import annotations

import site
import sysconfig
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from django.apps import AppConfig, apps

from specloom.django.project import Group, Project

_WILD = "*?["


def matched(pattern: str, configs: Iterable[AppConfig]) -> tuple[AppConfig, ...]:
    """The apps that a pattern names, in their own order.

    With ``*``, ``?`` or ``[...]`` in it, those whose whole name it describes: ``shop.*`` is every app below ``shop`` at any
    depth, and not ``shop`` itself. Else the app of that name, or of that ``AppConfig``, or, if there is neither, of that label.
    """
    if is_wild(pattern):
        return tuple(app for app in configs if fnmatchcase(app.name, pattern))
    found = tuple(configs)
    for named in (
        [app for app in found if app.name == pattern],
        [app for app in found if f"{type(app).__module__}.{type(app).__qualname__}" == pattern],
        [app for app in found if app.label == pattern],
    ):
        if named:
            return tuple(named)
    return ()


def is_wild(pattern: str) -> bool:
    """Whether a pattern may name several apps."""
    return any(sign in pattern for sign in _WILD)


def app_configs(group: Group) -> tuple[AppConfig, ...]:
    """The installed apps that a group names, in the order of INSTALLED_APPS, each once."""
    installed = tuple(apps.get_app_configs())
    named = {app.name for pattern in group.apps for app in matched(pattern, installed)}
    return tuple(app for app in installed if app.name in named)


def shared_apps(project: Project) -> tuple[tuple[AppConfig, tuple[Group, ...]], ...]:
    """The apps that more than one group names, with these groups."""
    owners: dict[str, list[Group]] = {}
    for group in project.groups:
        for app in app_configs(group):
            owners.setdefault(app.name, []).append(group)
    return tuple((app, tuple(owners[app.name])) for app in apps.get_app_configs() if len(owners.get(app.name, ())) > 1)


def ungrouped_apps(project: Project) -> tuple[AppConfig, ...]:
    """The project's own apps that no group names, in the order of INSTALLED_APPS."""
    named = {app.name for group in project.groups for app in app_configs(group)}
    return tuple(app for app in own_apps() if app.name not in named)


def own_apps() -> tuple[AppConfig, ...]:
    """The apps that are the project's own, not those of installed libraries, in the order of INSTALLED_APPS."""
    libraries = _library_folders()
    return tuple(
        app for app in apps.get_app_configs() if not any(Path(app.path).is_relative_to(folder) for folder in libraries)
    )


def _library_folders() -> tuple[Path, ...]:
    """Where libraries are: Python's own folders, and specloom's."""
    paths = sysconfig.get_paths()
    found = [paths["stdlib"], paths["purelib"], paths["platlib"], *site.getsitepackages(), site.getusersitepackages()]
    return (Path(__file__).parents[2], *dict.fromkeys(Path(folder) for folder in found))
