"""From either spelling to a project: pure functions, one for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from specloom.django.project import LANGUAGES, ArchivePolicy, Group, MonorepoPackage, Outputs, Project, Spelling

from .groups import OpenAPIClientConfig, OpenAPIGroupConfig
from .revolution import RevolutionConfig
from .zones import MonorepoConfig, ZoneConfig

_VERSION = "v1"
"""The version of a zone that says none: plain data of zones has it all the same."""
_DRF_PERMISSIONS = "rest_framework.permissions"


def project_of_groups(config: OpenAPIClientConfig, root: Path) -> Project:
    """The project that a configuration in groups means. ``root`` is what relative folders are below."""
    base = _below(_below(root, config.base_dir or Path()), config.output_dir)
    made = {
        "typescript": config.generate_typescript, "python": config.generate_python,
        "go": config.generate_go, "proto": config.generate_proto,
    }
    implied: dict[str, dict[str, object]] = {
        "typescript": {
            "zod": config.generate_zod_schemas, "fetchers": config.generate_fetchers, "hooks": config.generate_swr_hooks,
            "package_files": config.generate_package_files,
        },
        "python": {"package_files": config.generate_package_files},
    }
    return Project(
        groups=tuple(_completed(
            group_of(group), config.drf_description,
            config.drf_version if "drf_version" in config.model_fields_set and "version" not in group.model_fields_set else "",
        ) for group in config.groups),
        spelling=Spelling.GROUPS,
        outputs=_outputs(base, "schemas", "clients", "archive"),
        languages=tuple(language for language in LANGUAGES if made[language]),
        options=_options(implied, {str(language): own for language, own in config.options.items()}),
        archive=ArchivePolicy(config.enable_archive, config.archive_retention_days, config.archive_max_count),
        workers=config.max_workers,
        api_prefix=config.api_prefix.strip("/"),
        title=config.drf_title,
        description=config.drf_description,
        version=config.drf_version,
        packages=_packages(config.monorepo, root),
    )


def project_of_zones(config: RevolutionConfig, root: Path) -> Project:
    """The project that a configuration in zones means. ``root`` is what relative folders are below."""
    root = _below(root, config.project_root or Path())
    output = config.output
    generators = config.generators
    python = config.python or generators.python
    made = {"typescript": generators.typescript, "python": python, "go": generators.go, "proto": generators.proto}
    named = {} if python.package_name_template is None else {"package_name": python.package_name_template}
    return Project(
        groups=tuple(_completed(
            group_of_zone(name, zone), config.description,
            config.version if "version" in config.model_fields_set and zone.version == _VERSION else "",
        ) for name, zone in config.zones.items()),
        spelling=Spelling.ZONES,
        outputs=_outputs(
            _below(root, config.base_output_directory or output.base_directory),
            output.schemas_directory, output.clients_directory, output.archive_directory,
        ),
        languages=tuple(language for language in LANGUAGES if made[language].enabled),
        options=_options({"python": named}, {language: made[language].options for language in LANGUAGES}),
        archive=ArchivePolicy(
            config.enable_archiving, config.archive_retention_days, config.max_archive_files if config.keep_archive_history else 1
        ),
        workers=config.max_workers if config.enable_multithreading else 1,
        api_prefix=config.api_prefix.strip("/"),
        title=config.title,
        description=config.description,
        version=config.version,
        packages=_packages(config.monorepo.configurations, root) if config.monorepo.enabled else (),
        debug=config.debug,
    )


def languages_with_options(config: RevolutionConfig) -> tuple[str, ...]:
    """The languages for which zones say more than whether they are made."""
    generators = config.generators
    python = config.python or generators.python
    given = {
        "typescript": generators.typescript.options, "python": python.options or python.package_name_template,
        "go": generators.go.options, "proto": generators.proto.options,
    }
    return tuple(language for language in LANGUAGES if given[language])


def group_of(config: OpenAPIGroupConfig) -> Group:
    """The group that a group's configuration means."""
    return Group(
        name=config.name, apps=tuple(config.apps), title=config.title, description=config.description, version=config.version,
        auth_required=config.auth_required,
    )


def group_of_zone(name: str, zone: ZoneConfig) -> Group:
    """The group that a zone means."""
    title = zone.title or name.replace("_", " ").replace("-", " ").title()
    description = zone.description if zone.schema_description_override is None else zone.schema_description_override
    return Group(
        name=name, apps=tuple(zone.apps), title=zone.schema_title_override or title, description=description,
        version=zone.version, auth_required=zone.auth_required, public=zone.public,
        permissions=tuple(each if "." in each else f"{_DRF_PERMISSIONS}.{each}" for each in zone.permissions),
        rate_limit=zone.rate_limit, cors_enabled=zone.cors_enabled, middleware=tuple(zone.middleware),
        path_prefix=zone.path_prefix,
        include_patterns=tuple(zone.include_schema_patterns), exclude_patterns=tuple(zone.exclude_schema_patterns),
    )


def _completed(group: Group, description: str, version: str) -> Group:
    """A group with what is said of the whole API where it says nothing itself; a ``version`` goes before its own."""
    return replace(group, description=group.description or description, version=version or group.version)


def _below(root: Path, path: str | Path) -> Path:
    """A path from a folder, without ``..`` in it: ``a/../b`` and ``b`` are one output."""
    return (root / path).resolve()


def _outputs(base: Path, schemas: str | Path, clients: str | Path, archive: str | Path) -> Outputs:
    return Outputs(base, _below(base, schemas), _below(base, clients), _below(base, archive))


def _options(
    implied: Mapping[str, Mapping[str, object]], given: Mapping[str, Mapping[str, object]]
) -> dict[str, dict[str, object]]:
    """Options by language: those that fields mean, over them those given, and names that differ between groups."""
    options: dict[str, dict[str, object]] = {}
    for language in LANGUAGES:
        own = {**implied.get(language, {}), **given.get(language, {})}
        if language == "typescript" and own.get("package_files"):
            own.setdefault("package_name", "{group}-api-client")
        if own:
            options[language] = own
    return options


def _packages(configs: Iterable[MonorepoConfig], root: Path) -> tuple[MonorepoPackage, ...]:
    return tuple(
        MonorepoPackage(_below(_below(root, config.path), config.api_package_path), language, tuple(config.zones))
        for config in configs if config.enabled and config.path is not None
        for language in config.languages
    )
