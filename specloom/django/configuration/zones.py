"""The spelling in zones: ``settings.DJANGO_REVOLUTION = get_revolution_config(...)``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, ClassVar, Self

from pydantic import Field, field_validator, model_validator

from .values import Apps, ConfigModel, Dotted, Expression, Folder, GroupName, Idle, Language, Many, Prefix, Rate, refusal


class ZoneConfig(ConfigModel):
    """Apps whose API has an address, a document and clients of its own, and what is asked of those who call it."""

    elsewhere: ClassVar[Mapping[str, str]] = {
        "prefix": "did you mean 'path_prefix'?", "name": "the name is the zone's key: zones={'public': ZoneConfig(...)}"
    }

    apps: Apps = Field(description="Apps as in INSTALLED_APPS, or their labels; * stands for anything: 'shop.*'.")
    title: str = Field(default="", description="The title of the document; made of the name where there is none.")
    description: str = Field(default="", description="The description of the document.")
    public: bool = Field(default=True, description="Whether everybody may read the document and its pages.")
    auth_required: bool = Field(default=False, description="Whether every view asks for somebody who is signed in.")
    version: str = Field(default="v1", min_length=1, description="The version of the document.")
    rate_limit: Rate | None = Field(default=None, description="For every view: '1000/hour'.")
    permissions: Many[Dotted] = Field(
        default=(), description="Permission classes that every view asks for beside its own; DRF's own by their bare names."
    )
    cors_enabled: bool = Field(default=False, description="Whether pages of every origin may call it; needs django-cors-headers.")
    middleware: Many[Dotted] = Field(default=(), description="Middleware around the zone's views, outermost first.")
    path_prefix: Prefix | None = Field(default=None, description="The part of the address after the API's; by default the name.")
    schema_title_override: str | None = Field(default=None, description="The title of the document, in place of 'title'.")
    schema_description_override: str | None = Field(default=None, description="The same for its description.")
    include_schema_patterns: Many[Expression] = Field(default=(), description="Only paths that one of them finds.")
    exclude_schema_patterns: Many[Expression] = Field(default=(), description="No paths that one of them finds.")

    @field_validator("permissions", "middleware", "include_schema_patterns", "exclude_schema_patterns", mode="before")
    @classmethod
    def _none_is_none(cls, given: object) -> object:
        return () if given is None else given


class MonorepoConfig(ConfigModel):
    """A package of a monorepo that gets copies of clients: ``{path}/{api_package_path}``."""

    name: Annotated[str, Idle("it is for those who read the settings")] = Field(default="", description="For people.")
    enabled: bool = Field(default=True, description="Whether it gets any.")
    path: Folder | None = Field(default=None, description="The monorepo; relative to the project's folder.")
    api_package_path: Folder = Field(default=Path("packages/api/src"), description="The package in it.")
    languages: Many[Language] = Field(
        default=("typescript",), min_length=1, description="The languages whose clients it gets."
    )
    zones: Many[GroupName] = Field(default=(), description="The zones or groups whose clients it gets; by default all.")

    @field_validator("path", mode="before")
    @classmethod
    def _empty_is_none(cls, given: object) -> object:
        return None if given == "" else given

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if self.enabled and self.path is None:
            raise refusal("the monorepo has no path", "give path=, or enabled=False")
        return self


class MonorepoSettings(ConfigModel):
    """Several monorepos."""

    elsewhere: ClassVar[Mapping[str, str]] = {"temp_directory": "nothing is copied by way of another folder: leave it out"}

    enabled: bool = Field(default=True, description="Whether any of them gets anything.")
    configurations: Many[MonorepoConfig] = Field(default=(), description="The monorepos.")


def create_revolution_zones(zones_dict: Mapping[str, Mapping[str, object]]) -> dict[str, ZoneConfig]:
    """Zones of plain data. Raises ``pydantic.ValidationError``."""
    return {name: ZoneConfig.model_validate(dict(zone)) for name, zone in zones_dict.items()}


def get_revolution_config(
    project_root: str | Path,
    zones: Mapping[str, ZoneConfig | Mapping[str, object]],
    debug: bool = False,
    monorepo: MonorepoConfig | MonorepoSettings | Sequence[MonorepoConfig] | None = None,
    **settings: object,
) -> dict[str, object]:
    """What ``settings.DJANGO_REVOLUTION`` is to be: plain data, checked.

    Args:
        project_root: the folder that relative outputs are below.
        zones: the zones by their names.
        debug: whether messages say more.
        monorepo: a package of a monorepo, or several, that get copies of clients.
        settings: any other field of ``RevolutionSettings``: ``api_prefix="api"``.

    Raises:
        pydantic.ValidationError: something is not as it has to be; the message names what would be right.
    """
    from .revolution import RevolutionConfig

    said = {"project_root": project_root, "zones": zones, "debug": debug, "monorepo": monorepo, **settings}
    config = RevolutionConfig.model_validate({name: value for name, value in said.items() if value is not None})
    return config.model_dump(mode="json", include={*said, "api_prefix"})


def setup_revolution(
    project_root: str | Path, zones: Mapping[str, ZoneConfig | Mapping[str, object]], debug: bool = False
) -> dict[str, object]:
    """The same as :func:`get_revolution_config`."""
    return get_revolution_config(project_root, zones, debug)
