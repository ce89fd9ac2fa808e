"""The spelling in groups: ``settings.SPECLOOM = OpenAPIClientConfig(...)``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, ClassVar, Self

from pydantic import Field, field_validator, model_validator

from .values import Apps, ConfigModel, Folder, GroupName, Language, Many, Only, Prefix, refusal
from .zones import MonorepoConfig

NAMESPACED = Only(("namespaced",), "methods are always grouped by tag, as in api.users.list(): leave client_structure out")


class OpenAPIGroupConfig(ConfigModel):
    """Apps whose API is described by one document and becomes one client in each language."""

    elsewhere: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("public", "permissions", "rate_limit", "cors_enabled", "middleware", "path_prefix"),
        "only zones have it, which have addresses of their own: settings.DJANGO_REVOLUTION = get_revolution_config(...)",
    )

    name: GroupName = Field(description="Letters, digits, _ and -; names files and folders.")
    apps: Apps = Field(description="Apps as in INSTALLED_APPS, or their labels; * stands for anything: 'shop.*'.")
    title: str = Field(min_length=1, description="The title of the document.")
    description: str = Field(default="", description="The description of the document.")
    version: str = Field(default="v1", min_length=1, description="The version of the document.")
    auth_required: bool = Field(default=False, description="Whether every operation needs somebody who is signed in.")


class OpenAPIClientConfig(ConfigModel):
    """What a project wants generated, in groups of apps."""

    elsewhere: ClassVar[Mapping[str, str]] = {
        "zones": "zones are another spelling: settings.DJANGO_REVOLUTION = get_revolution_config(project_root, zones)",
        "generate_swift": "there is no Swift; the languages are typescript, python, go and proto",
        "generate_swift_codable": "there is no Swift; the languages are typescript, python, go and proto",
        "title": "did you mean 'drf_title'?",
        "description": "did you mean 'drf_description'?",
        "version": "did you mean 'drf_version'?",
    }

    enabled: bool = Field(default=False, description="Whether commands do anything; by default, whether there are groups.")
    groups: Many[OpenAPIGroupConfig] = Field(default=(), description="The groups.")
    output_dir: Folder = Field(default=Path("openapi"), description="Where everything goes; relative to base_dir.")
    base_dir: Folder | None = Field(default=None, description="By default settings.BASE_DIR, else the current folder.")
    api_prefix: Prefix = Field(default="api", description="Where the addresses of the API begin.")
    generate_typescript: bool = Field(default=True, description="Make TypeScript clients.")
    generate_python: bool = Field(default=True, description="Make Python clients.")
    generate_go: bool = Field(default=False, description="Make Go clients.")
    generate_proto: bool = Field(default=False, description="Make proto3 files.")
    generate_package_files: bool = Field(default=False, description="package.json, tsconfig.json and pyproject.toml too.")
    generate_zod_schemas: bool = Field(default=False, description="Zod schemas beside the types of TypeScript.")
    generate_fetchers: bool = Field(default=False, description="A function for each operation in TypeScript; needs Zod schemas.")
    generate_swr_hooks: bool = Field(default=False, description="SWR hooks in TypeScript; need fetchers.")
    client_structure: Annotated[str, NAMESPACED] = Field(default="namespaced", description="How methods are grouped: by tag.")
    options: Mapping[Language, Mapping[str, object]] = Field(
        default_factory=dict,
        description="Further options of a language, which go before the fields above: {'go': {'module': 'example.com/{group}'}}. "
        "{group} is the group's name.",
    )
    enable_archive: bool = Field(default=True, description="Keep a copy of what each run made.")
    archive_retention_days: int | None = Field(default=30, ge=1, description="For how many days; None: for ever.")
    archive_max_count: int | None = Field(default=None, ge=1, description="How many at most.")
    max_workers: int = Field(default=20, ge=1, le=20, description="How many tasks run at once at most.")
    monorepo: Many[MonorepoConfig] = Field(default=(), description="Packages that get copies of clients.")
    drf_title: str = Field(default="API", min_length=1, description="The title of the whole API.")
    drf_description: str = Field(default="", description="The description of the whole API.")
    drf_version: str = Field(default="1.0.0", min_length=1, description="The version of the whole API.")

    @model_validator(mode="before")
    @classmethod
    def _enabled_by_groups(cls, given: object) -> object:
        if isinstance(given, Mapping) and "enabled" not in given:
            return {**given, "enabled": bool(given.get("groups"))}
        return given

    @field_validator("monorepo", mode="before")
    @classmethod
    def _one_or_more(cls, given: object) -> object:
        return (given,) if isinstance(given, MonorepoConfig | Mapping) else given

    @field_validator("output_dir")
    @classmethod
    def _somewhere(cls, value: Path) -> Path:
        if value == Path():
            raise refusal("the output would be mixed with everything else", "name a folder of its own: 'openapi'")
        return value

    @field_validator("groups")
    @classmethod
    def _distinct(cls, groups: tuple[OpenAPIGroupConfig, ...]) -> tuple[OpenAPIGroupConfig, ...]:
        counts = Counter(group.name.lower() for group in groups)  # some file systems are blind to case
        twice = [group.name for group in groups if counts[group.name.lower()] > 1]
        if twice:
            raise refusal(f"two groups have one name: {', '.join(map(repr, twice))}", "give each a name of its own")
        return groups

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.enabled and not self.groups:
            raise refusal("there is no group", "add groups=[OpenAPIGroupConfig(name='shop', apps=['shop'], title='Shop')]")
        if self.generate_fetchers and not self.generate_zod_schemas:
            raise refusal("fetchers parse answers by Zod schemas, which are off", "set generate_zod_schemas=True")
        if self.generate_swr_hooks and not self.generate_fetchers:
            raise refusal("SWR hooks call fetchers, which are off", "set generate_fetchers=True")
        return self


OpenAPIConfig = OpenAPIClientConfig
"""The name that django-cfg has for it."""
