"""Reads the settings of a Django project, in whichever spelling, and says everything that is wrong with them at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import SettingsError

from specloom.django.project import Project, Spelling
from specloom.ir.diagnostics import Diagnostic, SpecloomError, nearest

from .findings import Setting, settings_file, settings_findings
from .groups import OpenAPIClientConfig
from .layout import layout_findings
from .mapping import languages_with_options, project_of_groups, project_of_zones
from .options import option_findings
from .requirements import requirement_findings
from .revolution import ENVIRONMENT, RevolutionConfig, RevolutionSettings, unknown_variables, variable
from .values import Idle

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
        raise _error(Setting("", file), f"the settings say nothing about clients: there is no {GROUPS}", _PASTE)
    if groups is not None and zones is not None:
        both = f"{GROUPS} and {ZONES} are two spellings of one thing, and both are there"
        raise _error(Setting("", file), both, "keep one of them")
    setting = Setting(GROUPS if groups is not None else ZONES, file)
    config = _groups(groups, setting) if groups is not None else _zones(zones, setting)
    try:
        root = Path(getattr(source, "BASE_DIR", None) or Path()).resolve()
        project = project_of_groups(config, root) if isinstance(config, OpenAPIClientConfig) else project_of_zones(config, root)
    except (OSError, RuntimeError, TypeError, ValueError) as error:  # a BASE_DIR that is none, links in a circle
        raise _error(Setting("", file), f"there is no telling where the output goes: {error}", "look at BASE_DIR") from None
    if isinstance(config, OpenAPIClientConfig):
        languages = tuple(map(str, config.options))
    else:
        languages = languages_with_options(config)
        project = replace(project, notes=tuple(_notes(config, setting)))
    found = [*_option_findings(project, languages, setting), *layout_findings(project, setting),
             *requirement_findings(project, source, setting)]
    if found:
        raise SpecloomError(found)
    return project


def project_of(config: Project | OpenAPIClientConfig | RevolutionConfig | Mapping[str, object] | None) -> Project:
    """The project of Django's settings, or the one that they would mean if they said ``config`` in their place.

    Raises:
        SpecloomError: as :func:`load_project`.
    """
    return config if isinstance(config, Project) else load_project(None if config is None else _InPlace(config))


class _InPlace:
    """Django's settings, but for what they say about clients."""

    def __init__(self, config: OpenAPIClientConfig | RevolutionConfig | Mapping[str, object]) -> None:
        in_groups = isinstance(config, OpenAPIClientConfig) or (isinstance(config, Mapping) and "groups" in config)
        self.SPECLOOM: object = config if in_groups else None
        self.DJANGO_REVOLUTION: object = None if in_groups else config

    def __getattr__(self, name: str) -> object:
        from django.conf import settings

        return getattr(settings, name)


def _error(setting: Setting, message: str, hint: str) -> SpecloomError:
    return SpecloomError([setting.finding((), message, hint)])


def _source(settings: object | None) -> tuple[object, str | None]:
    """The settings, read, and their file."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        if settings is None:
            from django.conf import settings
        getattr(settings, GROUPS, None)  # Django reads the settings when the first of them is asked for
    except ImproperlyConfigured as error:
        hint = "set DJANGO_SETTINGS_MODULE, as manage.py does, or give --settings shop.settings"
        raise _error(Setting(""), f"there are no settings: {error}", hint) from None
    except ValidationError as error:
        raise SpecloomError(settings_findings(error)) from None
    return settings, settings_file(settings)


def _groups(given: object, setting: Setting) -> OpenAPIClientConfig:
    if isinstance(given, Mapping) and "zones" in given:
        raise _error(setting, "zones are another spelling", f"call the setting {ZONES}")
    if not isinstance(given, OpenAPIClientConfig | Mapping):
        raise _error(setting, f"is of type {type(given).__name__}", "write OpenAPIClientConfig(groups=[...])")
    try:
        config = given if isinstance(given, OpenAPIClientConfig) else OpenAPIClientConfig.model_validate(dict(given))
    except ValidationError as error:
        raise SpecloomError(setting.validation_findings(error)) from None
    if not config.enabled:
        raise _error(setting, "is switched off", "set enabled=True, with at least one group")
    return config


def _zones(given: object, setting: Setting) -> RevolutionSettings:
    if isinstance(given, OpenAPIClientConfig):
        raise _error(setting, "groups are another spelling", f"call the setting {GROUPS}")
    if not isinstance(given, RevolutionConfig | Mapping):
        raise _error(setting, f"is of type {type(given).__name__}", "write get_revolution_config(BASE_DIR, zones)")
    data = given.model_dump(exclude_unset=True) if isinstance(given, RevolutionConfig) else given
    known = [f"{ENVIRONMENT}{field.upper()}" for field in RevolutionConfig.model_fields]
    found = [Setting(name).finding((), "is no setting", nearest(name.upper(), known)) for name in unknown_variables()]
    # pydantic-settings takes such names for arguments of its own.
    private = [name for name in map(str, data) if name.startswith("_")]
    found += [setting.finding((name,), f"there is no field {name!r}") for name in private]
    try:
        config = RevolutionSettings(**{str(name): value for name, value in data.items() if str(name) not in private})
    except SettingsError as error:
        hint = "in the environment, lists and dicts are written as JSON"
        raise SpecloomError([*found, Setting("").finding((), str(error), hint)]) from None
    except ValidationError as error:
        raise SpecloomError([*found, *setting.validation_findings(error, variable)]) from None
    if found:
        raise SpecloomError(found)
    return config


def _notes(config: RevolutionConfig, setting: Setting) -> list[Diagnostic]:
    return [
        setting.note((name,), "has no effect", mark.why)
        for name, field in RevolutionConfig.model_fields.items() if name in config.model_fields_set
        for mark in field.metadata if isinstance(mark, Idle)
    ]


def _option_findings(project: Project, languages: tuple[str, ...], setting: Setting) -> list[Diagnostic]:
    return [
        setting.finding(("options", language) if project.spelling is Spelling.GROUPS else ("generators", language, "options"),
                        found.message.replace(": Value error, ", ": "), found.hint)
        for language, found in option_findings(project, languages)
    ]
