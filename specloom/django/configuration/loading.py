"""Reads the settings of a Django project, in whichever spelling, and says everything that is wrong with them at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import SettingsError

from specloom.django.project import Project
from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError

from .findings import config_finding, settings_file, spelled, validation_findings
from .groups import OpenAPIClientConfig
from .mapping import languages_with_options, project_of_groups, project_of_zones
from .options import option_findings
from .requirements import requirement_findings
from .revolution import ENVIRONMENT, RevolutionConfig, RevolutionSettings, unknown_variables, variable
from .values import Idle, nearest

GROUPS = "SPECLOOM"
"""The setting of the spelling in groups."""
ZONES = "DJANGO_REVOLUTION"
"""The setting of the spelling in zones."""

_PASTE = """\
put this into your settings:

from specloom.django import OpenAPIClientConfig, OpenAPIGroupConfig

SPECLOOM = OpenAPIClientConfig(
    groups=[OpenAPIGroupConfig(name="shop", apps=["shop"], title="Shop")],
)"""


def load_project(settings: object | None = None) -> Project:
    """What a Django project wants generated.

    Args:
        settings: where ``SPECLOOM`` or ``DJANGO_REVOLUTION`` is an attribute; by default Django's own.

    Returns:
        The project, folders absolute. ``notes`` of it are settings about which nothing is to be done.

    Raises:
        SpecloomError: ``django-config``, once for each thing that is wrong, with a hint at what would be right.
    """
    source, file = _source(settings)
    groups, zones = getattr(source, GROUPS, None), getattr(source, ZONES, None)
    if groups is None and zones is None:
        raise _error("", f"the settings say nothing about clients: there is no {GROUPS}", _PASTE, file)
    if groups is not None and zones is not None:
        raise _error("", f"{GROUPS} and {ZONES} are two spellings of one thing, and both are there", "keep one of them", file)
    root = Path(getattr(source, "BASE_DIR", None) or Path()).resolve()
    if groups is not None:
        config = _groups(groups, file)
        project, name, languages = project_of_groups(config, root), GROUPS, tuple(map(str, config.options))
    else:
        settled = _zones(zones, file)
        project, name, languages = project_of_zones(settled, root), ZONES, languages_with_options(settled)
        project = replace(project, notes=tuple(_notes(settled, file)))
    found = [*_option_findings(project, languages, name, file), *_package_findings(project, name, file),
             *requirement_findings(project, source, name, file)]
    if found:
        raise SpecloomError(found)
    return project


def _error(where: str, message: str, hint: str, file: str | None) -> SpecloomError:
    return SpecloomError([config_finding(where, message, hint, file=file)])


def _source(settings: object | None) -> tuple[object, str | None]:
    """The settings, read, and their file."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        if settings is None:
            from django.conf import settings
        getattr(settings, GROUPS, None)  # Django reads the settings when the first of them is asked for
    except ImproperlyConfigured as error:
        hint = "set DJANGO_SETTINGS_MODULE, as manage.py does, or give --settings shop.settings"
        raise _error("", f"there are no settings: {error}", hint, None) from None
    except ValidationError as error:
        raise SpecloomError(validation_findings(error, error.title)) from None
    return settings, settings_file(settings)


def _groups(given: object, file: str | None) -> OpenAPIClientConfig:
    if isinstance(given, Mapping) and "zones" in given:
        raise _error(GROUPS, "zones are another spelling", f"call the setting {ZONES}", file)
    if not isinstance(given, OpenAPIClientConfig | Mapping):
        raise _error(GROUPS, f"is of type {type(given).__name__}", "write OpenAPIClientConfig(groups=[...])", file)
    try:
        config = given if isinstance(given, OpenAPIClientConfig) else OpenAPIClientConfig.model_validate(dict(given))
    except ValidationError as error:
        raise SpecloomError(validation_findings(error, GROUPS, file)) from None
    if not config.enabled:
        raise _error(GROUPS, "is switched off", "set enabled=True, with at least one group", file)
    return config


def _zones(given: object, file: str | None) -> RevolutionSettings:
    if isinstance(given, OpenAPIClientConfig):
        raise _error(ZONES, "groups are another spelling", f"call the setting {GROUPS}", file)
    if not isinstance(given, RevolutionConfig | Mapping):
        raise _error(ZONES, f"is of type {type(given).__name__}", "write get_revolution_config(BASE_DIR, zones)", file)
    data = given.model_dump(exclude_unset=True) if isinstance(given, RevolutionConfig) else given
    known = [f"{ENVIRONMENT}{field.upper()}" for field in RevolutionConfig.model_fields]
    found = [config_finding(name, "is no setting", nearest(name.upper(), known)) for name in unknown_variables()]
    try:
        config = RevolutionSettings(**{str(name): value for name, value in data.items()})
    except SettingsError as error:
        hint = "in the environment, lists and dicts are written as JSON"
        raise SpecloomError([*found, config_finding("", str(error), hint)]) from None
    except ValidationError as error:
        raise SpecloomError([*found, *validation_findings(error, ZONES, file, variable)]) from None
    if found:
        raise SpecloomError(found)
    return config


def _notes(config: RevolutionConfig, file: str | None) -> list[Diagnostic]:
    return [
        config_finding(spelled(ZONES, (name,)), "has no effect", mark.why, file=file, severity=Severity.INFO)
        for name, field in RevolutionConfig.model_fields.items() if name in config.model_fields_set
        for mark in field.metadata if isinstance(mark, Idle)
    ]


def _option_findings(project: Project, languages: tuple[str, ...], root: str, file: str | None) -> list[Diagnostic]:
    return [
        config_finding(root, found.message.replace(": Value error, ", ": "), found.hint, file=file)
        for _, found in option_findings(project, languages)
    ]


def _package_findings(project: Project, root: str, file: str | None) -> list[Diagnostic]:
    known = [group.name for group in project.groups]
    asked = dict.fromkeys(name for package in project.packages for name in package.groups)
    return [
        config_finding(f"{root}.monorepo", f"there is no {name!r}", nearest(name, known), file=file)
        for name in asked if name not in known
    ]
