"""Every field of every configuration model takes effect in the project, or is refused: none is ignored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from specloom.django import (
    MonorepoConfig,
    MonorepoSettings,
    OpenAPIClientConfig,
    OpenAPIGroupConfig,
    RevolutionConfig,
    ZoneConfig,
    load_project,
)
from specloom.django.commands.arguments import Request, with_settings
from specloom.django.configuration.revolution import (
    GeneratorSettings,
    GeneratorsSettings,
    OutputSettings,
    PythonGeneratorSettings,
    TypeScriptGeneratorSettings,
)
from specloom.django.configuration.values import Idle, Only
from specloom.django.project import Project
from specloom.ir.diagnostics import SpecloomError

Data = dict[str, Any]

GROUP: Data = {"name": "shop", "apps": ["library"], "title": "Shop"}
ZONE: Data = {"apps": ["library"], "title": "Shop"}


def of_groups(**fields: object) -> Project:
    return load_project(SimpleNamespace(SPECLOOM={"groups": [GROUP], **fields}, BASE_DIR="/project"))


def of_zones(**fields: object) -> Project:
    corsheaders = {"INSTALLED_APPS": ["corsheaders"], "MIDDLEWARE": ["corsheaders.middleware.CorsMiddleware"]}
    said = {"zones": {"shop": ZONE}, **fields}
    return load_project(SimpleNamespace(DJANGO_REVOLUTION=said, BASE_DIR="/project", **corsheaders))


def of_group(**fields: object) -> Project:
    return of_groups(groups=[{**GROUP, **fields}])


def of_zone(**fields: object) -> Project:
    return of_zones(zones={"shop": {**ZONE, **fields}})


def of_monorepo(**fields: object) -> Project:
    return of_groups(monorepo=[{"path": "../web", **fields}])


def of_monorepos(**fields: object) -> Project:
    return of_zones(monorepo={"configurations": [{"path": "../web"}], **fields})


def of_output(**fields: object) -> Project:
    return of_zones(output=fields)


def of_go(**fields: object) -> Project:
    return of_zones(generators={"go": fields})


def of_typescript(**fields: object) -> Project:
    return of_zones(generators={"typescript": fields})


def of_python(**fields: object) -> Project:
    return of_zones(generators={"python": fields})


def of_generators(**fields: object) -> Project:
    return of_zones(generators=fields)


OTHER: list[tuple[type[BaseModel], Callable[..., Project], Mapping[str, Data]]] = [
    (OpenAPIGroupConfig, of_group, {
        "name": {"name": "other"}, "apps": {"apps": ["polls"]}, "title": {"title": "Other"},
        "description": {"description": "Text"}, "version": {"version": "v2"}, "auth_required": {"auth_required": True},
    }),
    (OpenAPIClientConfig, of_groups, {
        "groups": {"groups": [GROUP, {**GROUP, "name": "more"}]}, "output_dir": {"output_dir": "out"},
        "base_dir": {"base_dir": "/elsewhere"}, "api_prefix": {"api_prefix": "rest"},
        "generate_typescript": {"generate_typescript": False}, "generate_python": {"generate_python": False},
        "generate_go": {"generate_go": True}, "generate_proto": {"generate_proto": True},
        "generate_package_files": {"generate_package_files": True}, "generate_zod_schemas": {"generate_zod_schemas": True},
        "generate_fetchers": {"generate_zod_schemas": True, "generate_fetchers": True},
        "generate_swr_hooks": {"generate_zod_schemas": True, "generate_fetchers": True, "generate_swr_hooks": True},
        "options": {"options": {"typescript": {"import_ending": ".js"}}},
        "enable_archive": {"enable_archive": False}, "archive_retention_days": {"archive_retention_days": 3},
        "archive_max_count": {"archive_max_count": 3}, "max_workers": {"max_workers": 2},
        "monorepo": {"monorepo": [{"path": "../web"}]},
        "drf_title": {"drf_title": "Title"}, "drf_description": {"drf_description": "Text"},
        "drf_version": {"drf_version": "2.0"},
    }),
    (ZoneConfig, of_zone, {
        "apps": {"apps": ["polls"]}, "title": {"title": "Other"}, "description": {"description": "Text"},
        "public": {"public": False}, "auth_required": {"auth_required": True}, "version": {"version": "v2"},
        "rate_limit": {"rate_limit": "10/minute"}, "permissions": {"permissions": ["IsAuthenticated"]},
        "cors_enabled": {"cors_enabled": True}, "middleware": {"middleware": ["django.middleware.gzip.GZipMiddleware"]},
        "path_prefix": {"path_prefix": "other"}, "schema_title_override": {"schema_title_override": "Other"},
        "schema_description_override": {"schema_description_override": "Other"},
        "include_schema_patterns": {"include_schema_patterns": ["^/a"]},
        "exclude_schema_patterns": {"exclude_schema_patterns": ["^/a"]},
    }),
    (MonorepoConfig, of_monorepo, {
        "enabled": {"enabled": False}, "path": {"path": "../other"}, "api_package_path": {"api_package_path": "api"},
        "languages": {"languages": ["python"]}, "zones": {"zones": ["shop"]},
    }),
    (MonorepoSettings, of_monorepos, {
        "enabled": {"enabled": False}, "configurations": {"configurations": [{"path": "../other"}]},
    }),
    (OutputSettings, of_output, {
        "base_directory": {"base_directory": "out"}, "schemas_directory": {"schemas_directory": "documents"},
        "clients_directory": {"clients_directory": "made"}, "archive_directory": {"archive_directory": "old"},
    }),
    (GeneratorSettings, of_go, {"enabled": {"enabled": True}, "options": {"options": {"module": "example.com/{zone}"}}}),
    (TypeScriptGeneratorSettings, of_typescript, {"enabled": {"enabled": False}, "options": {"options": {"zod": True}}}),
    (PythonGeneratorSettings, of_python, {
        "enabled": {"enabled": False}, "options": {"options": {"package_files": True}},
        "package_name_template": {"package_name_template": "acme_{zone}"},
    }),
    (GeneratorsSettings, of_generators, {
        "typescript": {"typescript": {"enabled": False}}, "python": {"python": {"enabled": False}},
        "go": {"go": {"enabled": True}}, "proto": {"proto": {"enabled": True}},
    }),
    (RevolutionConfig, of_zones, {
        "project_root": {"project_root": "/elsewhere"}, "zones": {"zones": {"other": ZONE}},
        "api_prefix": {"api_prefix": "rest"},
        "debug": {"debug": True}, "title": {"title": "Title"}, "description": {"description": "Text"},
        "version": {"version": "2.0"},
        "max_workers": {"max_workers": 2}, "enable_multithreading": {"enable_multithreading": False},
        "output": {"output": {"base": "out"}}, "base_output_directory": {"base_output_directory": "out"},
        "generators": {"generators": {"go": {"enabled": True}}}, "python": {"python": {"enabled": False}},
        "monorepo": {"monorepo": {"path": "../web"}}, "enable_archiving": {"enable_archiving": False},
        "keep_archive_history": {"keep_archive_history": False}, "max_archive_files": {"max_archive_files": 3},
        "archive_retention_days": {"archive_retention_days": 3}, "auto_install_deps": {"auto_install_deps": True},
    }),
]
"""For each model: how a project is made of some fields of it, and for each field, what says something else than the default."""

ELSEWHERE = {(OpenAPIClientConfig, "enabled"), (MonorepoConfig, "name")}
"""Fields with tests of their own: switched off there is no project, and a name is for people."""


def fixed(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if any(isinstance(mark, Only) for mark in field.metadata):
            yield name


MODELS = [pytest.param(*row, id=row[0].__name__) for row in OTHER]


@pytest.mark.parametrize(("model", "project", "others"), MODELS)
def test_every_field_is_looked_at(model: type[BaseModel], project: Callable[..., Project], others: Mapping[str, Data]) -> None:
    elsewhere = {name for owner, name in ELSEWHERE if owner is model}
    assert {*others, *fixed(model), *elsewhere} == set(model.model_fields)


@pytest.mark.parametrize(("model", "project", "others"), MODELS)
def test_each_field_changes_the_project(
    model: type[BaseModel], project: Callable[..., Project], others: Mapping[str, Data]
) -> None:
    before = project()
    without = {name: project(**{key: value for key, value in fields.items() if key != name}) for name, fields in others.items()}
    for name, fields in others.items():
        assert project(**fields) not in (before, without[name]), name


OTHER_VALUES: dict[type, object] = {bool: None, str: "other", int: 7, float: 7.5}


@pytest.mark.parametrize(
    ("project", "model", "name"),
    [pytest.param(project, model, name, id=f"{model.__name__}.{name}") for model, project, _ in OTHER for name in fixed(model)],
)
def test_a_field_that_cannot_take_effect_says_what_to_do_instead(
    project: Callable[..., Project], model: type[BaseModel], name: str
) -> None:
    default = model.model_fields[name].default
    wrong: object = "elsewhere" if default is None else ["run.sh"] if default == () else OTHER_VALUES[type(default)]
    with pytest.raises(SpecloomError) as caught:
        project(**{name: not default if wrong is None else wrong})
    (found,) = caught.value.diagnostics
    assert found.code == "django-config"
    assert f".{name}: " in found.message and "cannot take effect" in found.message
    assert found.hint
    assert project() == project(**{name: default})


def test_switched_off_there_is_no_project() -> None:
    with pytest.raises(SpecloomError, match="is switched off"):
        of_groups(enabled=False)
    assert of_groups(enabled=True) == of_groups()


def test_whether_it_is_enabled_follows_from_the_groups() -> None:
    assert not OpenAPIClientConfig().enabled
    assert OpenAPIClientConfig(groups=(OpenAPIGroupConfig(**GROUP),)).enabled
    assert not OpenAPIClientConfig(enabled=False, groups=(OpenAPIGroupConfig(**GROUP),)).enabled


def test_what_is_said_of_the_whole_goes_to_groups_that_say_nothing() -> None:
    def said(project: Project) -> list[tuple[str, str]]:
        return [(group.version, group.description) for group in project.groups]

    own = {**GROUP, "name": "own", "version": "v1", "description": "Own"}
    assert said(of_groups(groups=[GROUP, own], drf_version="2.0", drf_description="All")) == [("2.0", "All"), ("v1", "Own")]
    assert said(of_groups(groups=[GROUP, own])) == [("v1", ""), ("v1", "Own")]
    zones = {"shop": ZONE, "own": {**ZONE, "version": "v3", "description": "Own"}}
    assert said(of_zones(zones=zones, version="2.0", description="All")) == [("2.0", "All"), ("v3", "Own")]
    assert said(of_zones(zones=zones)) == [("v1", ""), ("v3", "Own")]


def test_debug_lets_commands_say_more() -> None:
    assert with_settings(Request(), of_zones(debug=True)).verbose
    assert not with_settings(Request(), of_zones()).verbose
    assert with_settings(Request(verbose=True), of_zones()).verbose


def test_what_has_no_effect_is_noted() -> None:
    (note,) = of_zones(auto_install_deps=True).notes
    assert note.severity == "info" and "auto_install_deps" in note.message and note.hint
    assert of_zones().notes == ()
    assert any(isinstance(mark, Idle) for mark in MonorepoConfig.model_fields["name"].metadata)
    assert of_monorepo(name="web") == of_monorepo()


def test_defaults() -> None:
    project = of_groups()
    assert (project.languages, project.workers, project.api_prefix) == (("typescript", "python"), 20, "api")
    assert (project.archive.enabled, project.archive.days, project.archive.count) == (True, 30, None)
    assert str(project.outputs.client("typescript", "shop")) == "/project/openapi/clients/typescript/shop"
    zones = of_zones()
    assert (zones.languages, zones.workers, zones.api_prefix) == (("typescript", "python"), 20, "apix")
    assert (zones.archive.enabled, zones.archive.days, zones.archive.count) == (True, None, 10)
    assert str(zones.outputs.schema("shop")) == "/project/openapi/schemas/shop.yaml"


def test_the_project_in_detail() -> None:
    project = of_groups(
        generate_zod_schemas=True, generate_package_files=True,
        options={"typescript": {"zod": False}, "go": {"module": "x.org/a"}},
        monorepo={"path": "../web", "languages": ["typescript", "python"]},
    )
    assert project.options["typescript"] == {
        "zod": False, "fetchers": False, "hooks": False, "package_files": True, "package_name": "{group}-api-client",
    }
    assert project.options["go"] == {"module": "x.org/a"}
    assert [(str(each.path), each.language) for each in project.packages] == [
        ("/web/packages/api/src", "typescript"), ("/web/packages/api/src", "python"),
    ]
    assert of_zones(keep_archive_history=False).archive.count == 1
    assert of_zones(enable_multithreading=False, max_workers=8).workers == 1
    assert of_zone(permissions=["IsAdminUser"]).groups[0].permissions == ("rest_framework.permissions.IsAdminUser",)
    assert of_zone(title="A", schema_title_override="B").groups[0].title == "B"
    assert of_zones(zones={"my_zone": {"apps": ["library"]}}).groups[0].title == "My Zone"


@pytest.mark.parametrize("model", [row[0] for row in OTHER])
def test_models_are_frozen(model: type[BaseModel]) -> None:
    assert model.model_config["frozen"] and model.model_config["extra"] == "forbid"


def test_a_model_refuses_on_its_own() -> None:
    with pytest.raises(ValidationError, match=r"there is no field 'tilte'; did you mean 'title'\?"):
        OpenAPIGroupConfig(name="shop", apps=["shop"], tilte="Shop")  # type: ignore[call-arg]  # that is the point
