"""All settings of the spelling in zones, from plain data and from the environment; what cannot take effect is refused."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, ClassVar, Self

from pydantic import Field, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from .values import ConfigModel, Folder, GroupName, Idle, Only, Prefix, refusal
from .zones import MonorepoConfig, MonorepoSettings, ZoneConfig

ENVIRONMENT = "DJANGO_REVOLUTION_"
"""What names of environment variables begin with."""
NESTED = "__"
"""What stands in them between a setting and a setting in it: ``DJANGO_REVOLUTION_OUTPUT__BASE``."""

_LAYOUT = "clients are in {clients}/{language}/{zone}: leave it out, or give output={'clients_directory': ...}"
_TEMPLATES = "there are no templates; an emitter of your own is an entry point in specloom.emitters"
_OWN_STYLE = "files are laid out as each language's own formatter does: leave it out"
_MODELS = "models are Pydantic 2 with enums of their own: leave it out"
_ONE_ARCHIVE = "a run is one folder of the archive with all languages in it: give archive_directory"
_SHORT = ("base", "schemas", "clients", "archive", "temp")
_TESTS = "no tests are made: leave it out"


def with_long_names(output: object) -> object:
    """Where everything goes, by the long names of its fields: ``base`` is ``base_directory``."""
    if not isinstance(output, Mapping):
        return output
    return {f"{name}_directory" if name in _SHORT else name: value for name, value in output.items()}


class OutputSettings(ConfigModel):
    """Where everything goes. Fields may be given without ``_directory`` at their ends."""

    base_directory: Folder = Field(
        default=Path("openapi"), description="The folder that the others are below; relative to the project's."
    )
    schemas_directory: Folder = Field(default=Path("schemas"), description="Documents.")
    clients_directory: Folder = Field(default=Path("clients"), description="Clients.")
    archive_directory: Folder = Field(default=Path("archive"), description="Copies of each run.")
    temp_directory: Annotated[str | None, Only((None, "temp"), "files are made in memory: leave it out")] = Field(
        default=None, description="Not used."
    )
    archive_directory_ts: Annotated[str | None, Only((None,), _ONE_ARCHIVE)] = Field(default=None, description="Not used.")
    archive_directory_py: Annotated[str | None, Only((None,), _ONE_ARCHIVE)] = Field(default=None, description="Not used.")

    @model_validator(mode="before")
    @classmethod
    def _by_either_name(cls, given: object) -> object:
        return with_long_names(given)


class GeneratorSettings(ConfigModel):
    """What is made in one language."""

    enabled: bool = Field(default=False, description="Whether it is made.")
    options: Mapping[str, object] = Field(
        default_factory=dict, description="Options of its emitter: {'zod': True}. {zone} is the zone's name."
    )
    output_directory: Annotated[Path | None, Only((None,), _LAYOUT)] = Field(default=None, description="Not used.")
    custom_templates: Annotated[str | None, Only((None,), _TEMPLATES)] = Field(default=None, description="Not used.")
    generate_tests: Annotated[bool, Only((False,), _TESTS)] = Field(default=False, description="Not used.")


class TypeScriptGeneratorSettings(GeneratorSettings):
    """What is made in TypeScript."""

    enabled: bool = Field(default=True, description="Whether it is made.")
    output_format: Annotated[str, Only(("prettier",), _OWN_STYLE)] = Field(default="prettier", description="Not used.")


class PythonGeneratorSettings(GeneratorSettings):
    """What is made in Python, with what other generators let one choose."""

    enabled: bool = Field(default=True, description="Whether it is made.")
    package_name_template: str | None = Field(
        default=None, description="The packages' names in pyproject.toml: 'acme_{zone}'. By default made of the title."
    )
    project_name_template: Annotated[
        str | None, Only((None,), "the project is named as the package is: give package_name_template")
    ] = Field(default=None, description="Not used.")
    client_class_name_template: Annotated[
        str, Only(("APIClient",), "the class is APIClient in every package: leave it out, and import it under another name")
    ] = Field(default="APIClient", description="Not used.")
    generator_type: Annotated[str, Only(("specloom",), "specloom makes the client itself: leave it out")] = Field(
        default="specloom", description="Not used.",
    )
    overwrite: Annotated[
        bool, Only((True,), "what specloom made it makes anew, and what people changed it keeps unless forced: leave it out")
    ] = Field(default=True, description="Not used.")
    fail_on_warning: Annotated[bool, Only((False,), "--validate shows warnings: leave it out")] = Field(
        default=False, description="Not used.",
    )
    auto_format: Annotated[bool, Only((True,), _OWN_STYLE)] = Field(default=True, description="Not used.")
    use_black: Annotated[bool, Only((True,), _OWN_STYLE)] = Field(default=True, description="Not used.")
    use_isort: Annotated[bool, Only((True,), _OWN_STYLE)] = Field(default=True, description="Not used.")
    line_length: Annotated[int, Only((88,), _OWN_STYLE)] = Field(default=88, description="Not used.")
    use_mypy: Annotated[bool, Only((True,), "clients always pass mypy --strict: leave it out")] = Field(
        default=True, description="Not used.",
    )
    use_string_enums: Annotated[bool, Only((False,), _MODELS)] = Field(default=False, description="Not used.")
    generate_aliases: Annotated[bool, Only((True,), _MODELS)] = Field(default=True, description="Not used.")
    use_pydantic_v2: Annotated[bool, Only((True,), _MODELS)] = Field(default=True, description="Not used.")
    additional_properties: Annotated[bool, Only((False,), "models are open where the document says so: leave it out")] = Field(
        default=False, description="Not used.",
    )
    datetime_format: Annotated[str, Only(("iso-8601",), "dates are sent as the document says: leave it out")] = Field(
        default="iso-8601", description="Not used.",
    )
    http_timeout: Annotated[float, Only((30,), "give it where the client is made: APIClient(base_url=..., timeout=10)")] = Field(
        default=30, description="Not used.",
    )
    max_retries: Annotated[
        int, Only((3,), "give it where the client is made: APIClient(base_url=..., retry=RetryPolicy(attempts=5))")
    ] = Field(default=3, description="Not used.")
    post_generation_hooks: Annotated[
        tuple[str, ...], Only(((),), "run the commands after the command that generates, as in a Makefile")
    ] = Field(default=(), description="Not used.")


class GeneratorsSettings(ConfigModel):
    """What is made in each language."""

    typescript: TypeScriptGeneratorSettings = TypeScriptGeneratorSettings()
    python: PythonGeneratorSettings = PythonGeneratorSettings()
    go: GeneratorSettings = GeneratorSettings()
    proto: GeneratorSettings = GeneratorSettings()


class RevolutionConfig(ConfigModel):
    """What ``settings.DJANGO_REVOLUTION`` may hold."""

    elsewhere: ClassVar[Mapping[str, str]] = {
        "groups": "groups are another spelling: settings.SPECLOOM = OpenAPIClientConfig(groups=[...])",
        "output_dir": "did you mean output={'base_directory': ...}?",
    }

    project_root: Folder | None = Field(default=None, description="What outputs are relative to; by default settings.BASE_DIR.")
    zones: Mapping[GroupName, ZoneConfig] = Field(description="The zones by their names.")
    api_prefix: Prefix = Field(default="apix", description="Where the zones' addresses begin.")
    debug: bool = Field(default=False, description="Whether messages say more.")
    title: str = Field(default="API", min_length=1, description="The title of the whole API.")
    description: str = Field(default="", description="The description of the whole API.")
    version: str = Field(default="1.0.0", min_length=1, description="The version of the whole API.")
    max_workers: int = Field(default=20, ge=1, description="How many tasks run at once at most.")
    enable_multithreading: bool = Field(default=True, description="Whether more than one task runs at once.")
    output: OutputSettings = Field(default=OutputSettings(), description="Where everything goes.")
    base_output_directory: Folder | None = Field(default=None, description="Another name of output.base_directory.")
    generators: GeneratorsSettings = Field(default=GeneratorsSettings(), description="What is made in each language.")
    python: PythonGeneratorSettings | None = Field(default=None, description="Another name of generators.python.")
    monorepo: MonorepoSettings = Field(
        default=MonorepoSettings(enabled=False), description="Packages that get copies of clients."
    )
    enable_archiving: bool = Field(default=True, description="Keep a copy of what each run made.")
    archive_format: Annotated[
        str, Only(("folder",), "an archive is a folder per run, which can be compared: leave it out")
    ] = Field(default="folder", description="Not used.")
    keep_archive_history: bool = Field(default=True, description="Whether more than the last run is kept.")
    max_archive_files: int | None = Field(default=10, ge=1, description="How many runs are kept at most; None: all.")
    archive_retention_days: int | None = Field(default=None, ge=1, description="For how many days; None: for ever.")
    auto_install_deps: Annotated[bool, Idle("nothing else has to be installed to make clients")] = Field(
        default=False, description="Not used.",
    )

    @field_validator("monorepo", mode="before")
    @classmethod
    def _one_or_more(cls, given: object) -> object:
        if isinstance(given, MonorepoConfig):
            return MonorepoSettings(enabled=given.enabled, configurations=(given,))
        if isinstance(given, Mapping) and not given.keys() <= {"enabled", "configurations", "temp_directory"}:
            return cls._one_or_more(MonorepoConfig.model_validate(dict(given)))
        if isinstance(given, list | tuple):
            return {"configurations": given}
        return given

    @field_validator("zones")
    @classmethod
    def _distinct(cls, zones: Mapping[str, ZoneConfig]) -> Mapping[str, ZoneConfig]:
        if not zones:
            raise refusal("there is no zone", "zones={'public': ZoneConfig(apps=['shop'], title='Shop')}")
        names: dict[str, str] = {}
        prefixes: dict[str, str] = {}
        for name, zone in zones.items():
            other = names.setdefault(name.lower(), name)  # some file systems are blind to case
            if other != name:
                raise refusal(f"the zones {other!r} and {name!r} would share folders", "give each a name of its own")
            prefix = (name if zone.path_prefix is None else zone.path_prefix).strip("/")
            other = prefixes.setdefault(prefix, name)
            if other != name:
                raise refusal(f"the zones {other!r} and {name!r} have one address, {prefix!r}", "give one another path_prefix")
        return zones

    @model_validator(mode="after")
    def _said_once(self) -> Self:
        if self.base_output_directory is not None and "base_directory" in self.output.model_fields_set:
            raise refusal("base_output_directory and output.base_directory are one setting", "leave one of them out")
        if self.python is not None and "python" in self.generators.model_fields_set:
            raise refusal("python and generators.python are one setting", "leave one of them out")
        return self


class RevolutionSettings(RevolutionConfig, BaseSettings):
    """The same, where the environment goes before what the settings say: ``DJANGO_REVOLUTION_DEBUG=true``."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT, env_nested_delimiter=NESTED, env_ignore_empty=True,
        frozen=True, extra="forbid", str_strip_whitespace=True,
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then what is given."""
        return _LongNames(settings_cls, env_settings), _LongNames(settings_cls, init_settings)


class _LongNames(PydanticBaseSettingsSource):
    """A source whose fields have one name each, so that one source goes before another whichever name each has."""

    def __init__(self, settings_cls: type[BaseSettings], source: PydanticBaseSettingsSource) -> None:
        super().__init__(settings_cls)
        self._source = source

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[object, str, bool]:
        """What the source has of a field."""
        return self._source.get_field_value(field, field_name)

    def __call__(self) -> dict[str, object]:
        """What the source has."""
        found = self._source()
        return {**found, "output": with_long_names(found["output"])} if "output" in found else found


def unknown_variables() -> Iterator[str]:
    """Names of environment variables that look like settings and are none."""
    for name in sorted(os.environ):
        if name.upper().startswith(ENVIRONMENT):
            field = name[len(ENVIRONMENT):].lower().split(NESTED)[0]
            if field not in RevolutionConfig.model_fields:
                yield name


def variable(path: tuple[int | str, ...]) -> str | None:
    """The environment variable that gave the setting at a path, if one did."""
    asked = [(ENVIRONMENT + NESTED.join(map(str, path[:length]))).upper() for length in range(len(path), 0, -1)]
    given = {name.upper(): name for name in os.environ if os.environ[name]}
    return next((given[name] for name in asked if name in given), None)
