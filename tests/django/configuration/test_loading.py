"""What is wrong with settings is said at once, by name, file and line, with what would be right."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from specloom.django import (
    MonorepoConfig,
    MonorepoSettings,
    OpenAPIClientConfig,
    OpenAPIGroupConfig,
    RevolutionConfig,
    ZoneConfig,
    create_revolution_zones,
    get_revolution_config,
    load_project,
    setup_revolution,
)
from specloom.django.configuration import group_options
from specloom.django.configuration.mapping import group_of, group_of_zone
from specloom.django.project import Project, Spelling
from specloom.ir.diagnostics import Diagnostic, SpecloomError

GROUP = {"name": "shop", "apps": ["library"], "title": "Shop"}
ZONES = {"shop": ZoneConfig(apps=("library",), title="Shop")}


def wrong(**settings: object) -> tuple[Diagnostic, ...]:
    with pytest.raises(SpecloomError) as caught:
        load_project(SimpleNamespace(**settings))
    assert {found.code for found in caught.value.diagnostics} == {"django-config"}
    return caught.value.diagnostics


def the_wrong_one(**settings: object) -> tuple[str, str]:
    (found,) = wrong(**settings)
    return found.message, found.hint or ""


def of_zones(**settings: object) -> Project:
    config = get_revolution_config("/project", ZONES, **settings)  # type: ignore[arg-type]  # any field
    return load_project(SimpleNamespace(BASE_DIR="/project", DJANGO_REVOLUTION=config))


# Which spelling


def test_without_either_setting_there_is_something_to_paste(tmp_path: Path) -> None:
    message, hint = the_wrong_one()
    assert "SPECLOOM" in message
    code = hint.partition("\n")[2]
    named: dict[str, object] = {}
    exec(compile(code, "settings", "exec"), named)
    assert load_project(SimpleNamespace(**named)).groups[0].name == "shop"


def test_one_spelling_at_a_time() -> None:
    message, hint = the_wrong_one(SPECLOOM={"groups": [GROUP]}, DJANGO_REVOLUTION={"zones": {}})
    assert "both" in message and hint
    assert load_project(SimpleNamespace(SPECLOOM={"groups": [GROUP]}, DJANGO_REVOLUTION=None)).spelling is Spelling.GROUPS


def test_settings_in_the_words_of_the_other() -> None:
    assert the_wrong_one(SPECLOOM=get_revolution_config("/p", ZONES))[1] == "call the setting DJANGO_REVOLUTION"
    config = OpenAPIClientConfig(groups=(OpenAPIGroupConfig(name="a", apps=("a",), title="A"),))
    assert the_wrong_one(DJANGO_REVOLUTION=config)[1] == "call the setting SPECLOOM"


@pytest.mark.parametrize("name", ["SPECLOOM", "DJANGO_REVOLUTION"])
@pytest.mark.parametrize("value", [1, "shop", ["shop"], OpenAPIClientConfig])
def test_a_setting_of_another_type(name: str, value: object) -> None:
    message, hint = the_wrong_one(**{name: value})
    assert message.startswith(f"{name}: is of type") and "write" in hint


def test_without_settings_there_is_no_traceback() -> None:
    code = "from specloom.django import load_project\ntry: load_project()\nexcept Exception as error: print(type(error), error)"
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment).stdout
    assert "SpecloomError" in said and "DJANGO_SETTINGS_MODULE" in said


def test_configuration_is_imported_without_django() -> None:
    code = (
        "import sys\nfrom specloom.django import *\n"
        "from specloom.django import OpenAPIClientConfig, ZoneConfig, get_revolution_config, create_drf_spectacular_config\n"
        "get_revolution_config('/p', {'a': ZoneConfig(apps=['a'])}); create_drf_spectacular_config()\n"
        "print(*[name for name in ('django', 'rest_framework', 'drf_spectacular', 'libcst') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""


# What is refused


def test_everything_wrong_is_said_at_once() -> None:
    found = wrong(SPECLOOM={
        "groups": [{"name": "a b", "apps": [], "title": "T"}, {"name": "ok", "aps": ["a"], "title": "T"}], "api_prefx": "x",
        "max_workers": 21, "options": {"ts": {}},
    })
    said = {each.message.partition(":")[0]: each.hint for each in found}
    assert said["SPECLOOM.groups[0].name"]
    assert "SPECLOOM.groups[0].apps" in said
    assert said["SPECLOOM.groups[1].aps"] == "did you mean 'apps'?"
    assert "SPECLOOM.groups[1].apps" in said
    assert said["SPECLOOM.api_prefx"] == "did you mean 'api_prefix'?"
    assert {"SPECLOOM.max_workers", "SPECLOOM.options.ts.[key]"} <= said.keys()


@pytest.mark.parametrize(("fields", "message"), [
    ({"enabled": True, "groups": []}, "there is no group"),
    ({"groups": [GROUP, GROUP]}, "two groups have one name: 'shop', 'shop'"),
    ({"groups": [GROUP, {**GROUP, "name": "Shop"}]}, "two groups have one name: 'shop', 'Shop'"),
    ({"groups": [GROUP], "generate_fetchers": True}, "Zod"),
    ({"groups": [GROUP], "generate_zod_schemas": True, "generate_swr_hooks": True}, "fetchers"),
    ({"groups": [GROUP], "client_structure": "flat"}, "'flat' cannot take effect"),
    ({"groups": [GROUP], "output_dir": ""}, "mixed"),
    ({"groups": [GROUP], "api_prefix": "a b"}, "no part of an address"),
    ({"groups": [{**GROUP, "name": "con"}]}, "cannot name a folder"),
    ({"groups": [{**GROUP, "apps": ["my app"]}]}, "is no name of an app"),
    ({"groups": [{**GROUP, "apps": []}]}, "no app is named"),
    ({"groups": [GROUP], "monorepo": [{"path": ""}]}, "no path"),
    ({"groups": [GROUP], "monorepo": [{"path": "x", "zones": ["shpo"]}]}, "there is no 'shpo'"),
    ({"groups": [GROUP], "options": {"go": {"modul": "x"}}}, "no option 'modul'"),
    ({"groups": [{**GROUP, "name": "a-b"}], "options": {"python": {"package_name": "{group}!"}}}, "package_name"),
])
def test_refused_in_groups(fields: dict[str, object], message: str) -> None:
    said, hint = the_wrong_one(SPECLOOM=fields)
    assert message in said
    assert hint or "package_name" in said


@pytest.mark.parametrize(("fields", "message", "hint"), [
    ({"rate_limit": "10"}, "is no rate", "'100/hour'"),
    ({"rate_limit": "10/month"}, "only the first letter", "'100/hour'"),
    ({"rate_limit": "0/day"}, "nobody", "'100/hour'"),
    ({"rate_limit": "-1/day"}, "is no rate", "'100/hour'"),
    ({"include_schema_patterns": ["("]}, "no regular expression", "escape"),
    ({"exclude_schema_patterns": ["["]}, "no regular expression", "escape"),
    ({"path_prefix": "a/<int:b>"}, "no part of an address", "slashes"),
    ({"path_prefix": "../b"}, "no part of an address", "slashes"),
    ({"prefix": "a"}, "no field 'prefix'", "path_prefix"),
    ({"permissions": ["IsAuthenticted"]}, "has no 'IsAuthenticted'", "'IsAuthenticated'"),
    ({"permissions": ["nowhere.IsStaff"]}, "cannot be imported: ModuleNotFoundError", "dotted name"),
    ({"permissions": ["pathlib.Path"]}, "no permission class", "BasePermission"),
    ({"permissions": ["a b"]}, "no dotted name", "module.Class"),
    ({"middleware": ["django.middleware.gzip.GzipMiddleware"]}, "has no 'GzipMiddleware'", "'GZipMiddleware'"),
    ({"middleware": ["sys.path"]}, "no middleware", "class or a function"),
    ({"middleware": ["GZipMiddleware"]}, "in no module", "dotted name"),
])
def test_refused_in_a_zone(fields: dict[str, object], message: str, hint: str) -> None:
    said, advice = the_wrong_one(DJANGO_REVOLUTION={"zones": {"shop": {"apps": ["library"], "title": "Shop", **fields}}})
    assert message in said and said.startswith(f"DJANGO_REVOLUTION.zones.shop.{next(iter(fields))}")
    assert hint in advice


@pytest.mark.parametrize(("fields", "message"), [
    ({"zones": {}}, "there is no zone"),
    ({"zones": {"a": {"apps": ["x"]}, "A": {"apps": ["x"]}}}, "share folders"),
    ({"zones": {"a": {"apps": ["x"], "path_prefix": "/b/"}, "b": {"apps": ["x"]}}}, "one address, 'b'"),
    ({"zones": {"a b": {"apps": ["x"]}}}, "no name of a group"),
    ({"zone": {}}, "no field 'zone'"),
    ({"base_output_directory": "x", "output": {"base": "y"}}, "one setting"),
    ({"python": {}, "generators": {"python": {}}}, "one setting"),
    ({"monorepo": {"pth": "x", "path": "y"}}, "no field 'pth'"),
    ({"monorepo": {"configurations": [], "temp_directory": "x"}}, "no field 'temp_directory'"),
    ({"generators": {"go": {"options": {"modul": "x"}}}}, "no option 'modul'"),
])
def test_refused_in_zones(fields: dict[str, object], message: str) -> None:
    found = wrong(DJANGO_REVOLUTION={"zones": {"shop": {"apps": ["library"], "title": "Shop"}}, **fields})
    assert message in found[0].message


def test_permissions_may_be_composed() -> None:
    module = ModuleType("composed_permissions")
    from rest_framework.permissions import IsAdminUser, IsAuthenticated

    module.__dict__.update(STAFF=IsAdminUser & IsAuthenticated)
    sys.modules["composed_permissions"] = module
    try:
        zone = ZoneConfig(apps=("library",), permissions=("composed_permissions.STAFF",))
        project = load_project(SimpleNamespace(DJANGO_REVOLUTION=get_revolution_config("/", {"a": zone})))
    finally:
        del sys.modules["composed_permissions"]
    assert project.groups[0].permissions == ("composed_permissions.STAFF",)


CORS = {"INSTALLED_APPS": ["corsheaders"], "MIDDLEWARE": ["corsheaders.middleware.CorsMiddleware"]}


@pytest.mark.parametrize(("settings", "hints"), [
    ({}, ["INSTALLED_APPS", "MIDDLEWARE"]),
    ({"INSTALLED_APPS": ["corsheaders"]}, ["MIDDLEWARE"]),
    ({"MIDDLEWARE": CORS["MIDDLEWARE"]}, ["INSTALLED_APPS"]),
    ({**CORS, "CORS_ALLOW_CREDENTIALS": True}, ["CORS_ALLOWED_ORIGINS"]),
])
def test_cors_needs_its_library_and_no_cookies(settings: dict[str, object], hints: list[str]) -> None:
    zones = {"a": {"apps": ["library"], "cors_enabled": True}}
    found = wrong(DJANGO_REVOLUTION={"zones": zones}, **settings)
    assert [hint in (each.hint or "") for each, hint in zip(found, hints, strict=True)] == [True] * len(hints)
    assert load_project(SimpleNamespace(DJANGO_REVOLUTION={"zones": zones}, **CORS)).groups[0].cors_enabled


def test_a_model_that_is_made_in_the_settings_refuses_there() -> None:
    with pytest.raises(ValidationError) as caught:
        OpenAPIClientConfig.model_validate({"groups": [{**GROUP, "titel": "x"}], "max_workers": 0})
    said = str(caught.value)
    assert "groups.0.titel" in said and "did you mean 'title'?" in said and "max_workers" in said
    with pytest.raises(ValidationError, match="there is no field 'zoness'; did you mean 'zones'"):
        get_revolution_config("/p", ZONES, zoness={})


@pytest.mark.parametrize(("output", "message"), [
    ({"schemas": "x", "clients": "x"}, "documents and clients"),
    ({"clients": "archive/clients"}, "clients and archive"),
    ({"schemas": "."}, "documents and clients"),
    ({"archive": "/project"}, "documents and archive"),
])
def test_folders_are_apart(output: dict[str, str], message: str) -> None:
    found = wrong(BASE_DIR="/project", DJANGO_REVOLUTION={"zones": {"a": {"apps": ["library"]}}, "output": output})
    assert message in found[0].message and found[0].message.startswith("DJANGO_REVOLUTION.output: ") and found[0].hint


@pytest.mark.parametrize("path", ["openapi/clients", "openapi/clients/typescript/shop", ".", "openapi/archive/x"])
def test_a_package_is_no_part_of_the_output(path: str) -> None:
    monorepo = {"path": path, "api_package_path": "."}
    found = wrong(BASE_DIR="/project", SPECLOOM={"groups": [GROUP], "monorepo": monorepo})
    assert all("in each other" in each.message and each.message.startswith("SPECLOOM.monorepo: ") for each in found)


@pytest.mark.parametrize("folder", ["a\0b", "~nobody-of-this-name/x"])
@pytest.mark.parametrize("field", ["output_dir", "base_dir"])
def test_folders_that_cannot_be(field: str, folder: str) -> None:
    message, hint = the_wrong_one(SPECLOOM={"groups": [GROUP], field: folder})
    assert message.startswith(f"SPECLOOM.{field}: ") and hint


def test_a_base_dir_that_is_none() -> None:
    assert "where the output goes" in the_wrong_one(SPECLOOM={"groups": [GROUP]}, BASE_DIR=7)[0]


KEYS = st.sampled_from([
    *OpenAPIClientConfig.model_fields, *RevolutionConfig.model_fields, *ZoneConfig.model_fields, *MonorepoConfig.model_fields,
    "name", "typescript", "options", "zod", "", "ä", "__class__", "_env_prefix", "self",
])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-3, 30), st.floats(), st.text(max_size=5), st.binary(max_size=2),
              st.sampled_from(["library", "shop.*", "10/hour", "v1", "openapi", "~", "../x", "/", "sys.path", "a.b"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.one_of(KEYS, st.integers(0, 2)), inner, max_size=4)),
    max_leaves=12,
)
SAID = st.one_of(VALUES, st.dictionaries(KEYS, VALUES, max_size=6), st.fixed_dictionaries(
    {"groups": st.just([GROUP])}, optional={name: VALUES for name in OpenAPIClientConfig.model_fields if name != "groups"},
), st.fixed_dictionaries(
    {"zones": st.dictionaries(st.sampled_from(["a", "b"]), st.fixed_dictionaries(
        {"apps": st.just(["library"])}, optional={name: VALUES for name in ZoneConfig.model_fields if name != "apps"},
    ), min_size=1)}, optional={name: VALUES for name in RevolutionConfig.model_fields if name != "zones"},
))


@given(st.sampled_from(["SPECLOOM", "DJANGO_REVOLUTION"]), SAID)
def test_whatever_is_said_is_a_project_or_refused_in_words(name: str, said: object) -> None:
    try:
        project = load_project(SimpleNamespace(**{name: said}, BASE_DIR="/project"))
    except SpecloomError as error:
        assert {found.code for found in error.diagnostics} == {"django-config"}
        assert all(found.message for found in error.diagnostics)
    else:
        assert project.groups and all(group.apps and group.title for group in project.groups)
        assert hash(project.groups) is not None


def test_arguments_of_the_reader_of_settings_are_no_fields() -> None:
    found = wrong(DJANGO_REVOLUTION={"zones": {"shop": {"apps": ["library"]}}, "_env_prefix": False, "_env_file": "x"})
    assert [each.message for each in found] == [
        f"DJANGO_REVOLUTION.{name}: there is no field {name!r}" for name in ("_env_prefix", "_env_file")
    ]


# Where


def test_a_finding_points_into_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings.py"
    file.write_text(
        'NAME = "ä"; ZONES = {\n    "shop": dict(apps=["library"], rate_limit="x"),\n}\n'
        'DJANGO_REVOLUTION = {"zones": ZONES, "ä": 1, "debg": 2}\n'
        'SPECLOOM = OpenAPIClientConfig(\n    groups=[\n        Group(name="a", aps=[]),\n    ],\n    max_workers=99,\n)\n',
        encoding="utf-8",
    )
    module = ModuleType("their_settings")
    module.__file__ = str(file)
    monkeypatch.setitem(sys.modules, "their_settings", module)
    zones = {"zones": {"shop": {"apps": ["library"], "rate_limit": "x"}}, "ä": 1, "debg": 2}
    found = wrong(SETTINGS_MODULE="their_settings", DJANGO_REVOLUTION=zones)
    assert [(each.place.line, each.place.column) for each in found if each.place] == [(2, 36), (4, 38), (4, 46)]
    groups = {"groups": [{"name": "a", "aps": []}], "max_workers": 99}
    found = wrong(SETTINGS_MODULE="their_settings", SPECLOOM=groups)
    assert [each.place.line for each in found if each.place] == [7, 7, 7, 9]
    assert str(found[-1]).startswith(f"{file}:9:5: error django-config: SPECLOOM.max_workers: ")


@pytest.mark.parametrize("text", ["", "SPECLOOM = 1 +", "SPECLOOM = make()\n", "SPECLOOM: int\n", "SPECLOOM = SPECLOOM\n"])
def test_settings_that_cannot_be_followed_are_named_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    file = tmp_path / "settings.py"
    file.write_text(text)
    module = ModuleType("their_settings")
    module.__file__ = str(file)
    monkeypatch.setitem(sys.modules, "their_settings", module)
    (found,) = wrong(SETTINGS_MODULE="their_settings", SPECLOOM={"groups": [GROUP], "max_workers": 99})
    assert found.file == str(file)


def test_a_model_that_refuses_while_the_settings_are_read_is_pointed_at(tmp_path: Path) -> None:
    (tmp_path / "their_settings.py").write_text(
        "from specloom.django import OpenAPIClientConfig\n\nSPECLOOM = OpenAPIClientConfig(\n    groups=[], api_prefx='x',\n)\n"
    )
    command = [sys.executable, "-m", "specloom", "django", "--settings", "their_settings", "generate_api"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "their_settings.py:3: OpenAPIClientConfig.api_prefx: there is no field 'api_prefx'" in done.stderr
    assert "did you mean 'api_prefix'?" in done.stderr


# The environment


def test_the_environment_goes_before_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not of_zones(output={"base": "out"}).debug
    monkeypatch.setenv("DJANGO_REVOLUTION_DEBUG", "true")
    monkeypatch.setenv("django_revolution_api_prefix", "rest")
    monkeypatch.setenv("DJANGO_REVOLUTION_MAX_WORKERS", "3")
    monkeypatch.setenv("DJANGO_REVOLUTION_OUTPUT__SCHEMAS", "documents")
    monkeypatch.setenv("DJANGO_REVOLUTION_GENERATORS__GO__ENABLED", "1")
    monkeypatch.setenv("DJANGO_REVOLUTION_GENERATORS__TYPESCRIPT__OPTIONS", '{"zod": true}')
    monkeypatch.setenv("DJANGO_REVOLUTION_MONOREPO__ENABLED", "false")
    monkeypatch.setenv("DJANGO_REVOLUTION_ENABLE_ARCHIVING", "")
    project = of_zones(output={"base": "out"}, monorepo={"path": "../web"})
    assert project.debug and project.api_prefix == "rest" and project.workers == 3 and project.packages == ()
    assert str(project.outputs.schemas) == "/project/out/documents"
    assert project.languages == ("typescript", "python", "go") and project.options == {"typescript": {"zod": True}}
    assert project.archive.enabled


def test_every_setting_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = {
        "project_root": "/p", "zones": {"other": {"apps": ["library"]}}, "api_prefix": "rest", "debug": True, "max_workers": 3,
    }
    for name, value in plain.items():
        monkeypatch.setenv(f"DJANGO_REVOLUTION_{name.upper()}", value if isinstance(value, str) else json.dumps(value))
    project = load_project(SimpleNamespace(DJANGO_REVOLUTION={}))
    assert project == load_project(SimpleNamespace(DJANGO_REVOLUTION=plain))


@pytest.mark.parametrize(("name", "value", "said", "hint"), [
    ("DJANGO_REVOLUTION_DEBGU", "1", "DJANGO_REVOLUTION_DEBGU: is no setting", "'DJANGO_REVOLUTION_DEBUG'"),
    ("DJANGO_REVOLUTION_MAX_WORKERS", "many", "DJANGO_REVOLUTION_MAX_WORKERS: ", ""),
    ("DJANGO_REVOLUTION_OUTPUT__BAES", "x", "DJANGO_REVOLUTION_OUTPUT__BAES: there is no field 'baes'", "base_directory"),
    ("DJANGO_REVOLUTION_ARCHIVE_FORMAT", "zip", "DJANGO_REVOLUTION_ARCHIVE_FORMAT: 'zip' cannot take effect", "leave it out"),
    ("DJANGO_REVOLUTION_ZONES", "{", "zones", "JSON"),
])
def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str, hint: str) -> None:
    monkeypatch.setenv(name, value)
    (found,) = wrong(DJANGO_REVOLUTION=get_revolution_config("/p", ZONES))
    assert said in found.message and hint in (found.hint or "")


def test_a_project_in_groups_does_not_look_at_variables_of_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_REVOLUTION_WHATEVER", "1")
    assert load_project(SimpleNamespace(SPECLOOM={"groups": [GROUP]})).groups[0].name == "shop"


# The same in other words

NAMES = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_-]{4,12}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(NAMES, st.lists(NAMES, min_size=1, max_size=3), TEXTS.filter(str.strip), TEXTS, NAMES, st.booleans())
def test_a_group_and_a_zone_that_say_the_same_are_equal(
    name: str, apps: list[str], title: str, description: str, version: str, auth_required: bool
) -> None:
    said = {"apps": apps, "title": title, "description": description, "version": version, "auth_required": auth_required}
    group = OpenAPIGroupConfig.model_validate({"name": name, **said})
    assert group_of(group) == group_of_zone(name, ZoneConfig.model_validate(said))


def test_the_ways_to_say_a_zone_are_equal() -> None:
    said: dict[str, object] = {"apps": ["library"], "title": "Shop", "permissions": ["IsAuthenticated"], "rate_limit": "1/min"}
    zone = ZoneConfig.model_validate(said)
    ways = [
        get_revolution_config("/project", {"shop": zone}),
        get_revolution_config(Path("/project"), create_revolution_zones({"shop": said}), False, None),
        get_revolution_config("/project", {"shop": said}),
        setup_revolution("/project", {"shop": zone}),
        RevolutionConfig(project_root=Path("/project"), zones={"shop": zone}),
        {"zones": {"shop": said}, "project_root": "/project"},
        # what Django Revolution's own function returns
        {"api_prefix": "apix", "debug": False, "monorepo": {"enabled": False, "path": "", "api_package_path": ""},
         "zones": {"shop": {**said, "middleware": None, "include_schema_patterns": None, "path_prefix": None}}},
    ]
    projects = [load_project(SimpleNamespace(DJANGO_REVOLUTION=way, BASE_DIR="/project")) for way in ways]
    assert all(project == projects[0] for project in projects)


def test_get_revolution_config_is_plain_data() -> None:
    config = get_revolution_config("/p", ZONES, True, MonorepoConfig(path="../web"), api_prefix="api")
    assert json.loads(json.dumps(config)) == config
    assert config["debug"] is True and config["api_prefix"] == "api"


def test_the_ways_to_say_monorepos_are_equal() -> None:
    one = MonorepoConfig(path="../web", api_package_path="packages/api/src")
    ways: list[object] = [
        one, [one], MonorepoSettings(configurations=(one,)), {"path": "../web"}, {"configurations": [{"path": "../web"}]},
    ]
    packages = [of_zones(monorepo=way).packages for way in ways]
    assert [str(package.path) for package in packages[0]] == ["/web/packages/api/src"]
    assert all(each == packages[0] for each in packages)
    assert of_zones(monorepo=MonorepoConfig(enabled=False)).packages == ()


def test_relative_folders_are_below_the_project_or_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    groups = {"groups": [GROUP], "output_dir": "a/../out"}
    assert load_project(SimpleNamespace(SPECLOOM=groups)).outputs.base == tmp_path.resolve() / "out"
    assert load_project(SimpleNamespace(SPECLOOM=groups, BASE_DIR=Path("/project"))).outputs.base == Path("/project/out")
    absolute = {**groups, "output_dir": "/out"}
    assert load_project(SimpleNamespace(SPECLOOM=absolute, BASE_DIR="/project")).outputs.base == Path("/out")
    below = {**groups, "base_dir": "web"}
    assert load_project(SimpleNamespace(SPECLOOM=below, BASE_DIR="/project")).outputs.base == Path("/project/web/out")


@pytest.mark.parametrize(("language", "option", "value", "said"), [
    ("typescript", "package_name", "@acme/{group}-client", "@acme/my-shop_api-client"),
    ("python", "package_name", "acme_{zone}", "acme_My_Shop_api"),
    ("go", "package_name", "{group}", "my_shop_api"),
    ("go", "module", "example.com/{group}", "example.com/my-shop_api"),
    ("proto", "package", "acme.{group}.v1", "acme.my_shop_api.v1"),
    ("proto", "go_package", "example.com/{group}", "example.com/my-shop_api"),
])
def test_options_have_the_name_of_their_group(language: str, option: str, value: str, said: str) -> None:
    groups = [{**GROUP, "name": "My-Shop_api"}, GROUP]
    project = load_project(SimpleNamespace(SPECLOOM={"groups": groups, "options": {language: {option: value}}}))
    assert group_options(project, "My-Shop_api", language)[option] == said
    assert group_options(project, "shop", language)[option] == value.replace("{group}", "shop").replace("{zone}", "shop")


def test_packages_of_several_groups_have_names_of_their_own() -> None:
    groups = [GROUP, {**GROUP, "name": "admin"}]
    project = load_project(SimpleNamespace(SPECLOOM={"groups": groups, "generate_package_files": True}))
    assert group_options(project, "shop", "typescript")["package_name"] == "shop-api-client"
    assert group_options(project, "admin", "typescript")["package_name"] == "admin-api-client"
