"""What is wrong with a project is said with the app, its file and what to do; a project in order has nothing to be said."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType, SimpleNamespace
from unittest.mock import patch

import pytest
from django.conf import settings as django_settings
from django.test import override_settings

from specloom.django import (
    ArchiveManager,
    DynamicZoneDetector,
    OpenAPIClientConfig,
    OpenAPIGenerator,
    RevolutionConfig,
    ZoneConfig,
    get_revolution_config,
    load_project,
    validate_zone_configuration,
)
from specloom.django.project import Project
from specloom.django.zones import check_project, check_schemas
from specloom.ir.diagnostics import Diagnostic, Severity

from .conftest import Install

TESTS = "tests.django_project"
ALL = ("library", "polls", "billing")


def of_groups(**groups: tuple[str, ...]) -> Project:
    said = [{"name": name, "apps": apps, "title": name.title()} for name, apps in groups.items()]
    return load_project(SimpleNamespace(SPECLOOM={"groups": said}, BASE_DIR="/project"))


def of_zones(**zones: tuple[str, ...]) -> Project:
    said = {name: ZoneConfig(apps=apps, title=name.title()) for name, apps in zones.items()}
    return load_project(SimpleNamespace(DJANGO_REVOLUTION=get_revolution_config("/project", said)))


def found(project: Project, code: str) -> list[Diagnostic]:
    return [each for each in check_project(project) if each.code == code]


def errors(project: Project) -> list[Diagnostic]:
    return [each for each in check_project(project) if each.severity is Severity.ERROR]


def test_nothing_is_said_of_a_project_in_order() -> None:
    assert [str(each) for each in check_project(of_groups(library=ALL))] == []


@pytest.mark.parametrize(("name", "hint"), [
    (f"{TESTS}.libary", f"did you mean '{TESTS}.library'?"),
    ("pols", "did you mean 'polls'?"),
    ("email", "add 'email' to INSTALLED_APPS"),
    ("library.*", "'library.*' is what is below 'library'; name 'library' itself"),
    ("xyzzy", "the project's apps are: "),
])
def test_an_app_that_is_not_there(name: str, hint: str) -> None:
    for project in (of_groups(a=(*ALL, name)), of_zones(a=(*ALL, name))):
        (error,) = errors(project)
        assert error.code == "unknown-app" and repr(name) in error.message and hint in (error.hint or "")
        assert error.file and error.file.endswith("settings.py")


def test_an_app_that_is_not_there_is_pointed_at_in_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    file = tmp_path / "their_settings.py"
    file.write_text(
        'SPECLOOM = C(groups=[\n    G(name="a", apps=["library"]),\n    G(name="b", apps=["polls",\n        "xyzzy"]),\n])\n'
    )
    module = ModuleType("their_settings")
    module.__file__ = str(file)
    monkeypatch.setitem(sys.modules, "their_settings", module)
    with override_settings(SETTINGS_MODULE="their_settings"):
        (error,) = errors(of_groups(a=("library",), b=("polls", "xyzzy")))
    assert error.place and (error.place.line, error.place.column) == (4, 9)


def test_an_app_in_two_groups() -> None:
    (warning,) = found(of_groups(a=ALL, b=("polls",)), "shared-app")
    assert f"{TESTS}.polls is in a and b" in warning.message and warning.severity is Severity.WARNING
    assert warning.file and Path(warning.file).parts[-2:] == ("polls", "urls.py")


def test_an_app_in_no_group() -> None:
    (note,) = found(of_groups(a=("library", "billing")), "ungrouped-app")
    assert f"{TESTS}.polls" in note.message and note.severity is Severity.INFO


@pytest.mark.parametrize(("urls", "line", "reason"), [
    ("import nowhere\n", 1, "ModuleNotFoundError: No module named 'nowhere'"),
    ("urlpatterns = [\n    )\n", 2, "SyntaxError"),
    ("\n\n1 / 0\n", 3, "ZeroDivisionError"),
    ("from . import view\n", 1, "ImportError: cannot import name 'view'"),
    ("urlpatterns = 1\n", None, "no list urlpatterns"),
])
def test_a_urlconf_that_does_not_import(install: Install, urls: str, line: int | None, reason: str) -> None:
    folder = install("broken_urls", urls=urls)
    for project in (of_groups(a=(*ALL, "broken_urls")), of_zones(a=("broken_urls",))):
        (error,) = errors(project)
        assert error.code == "urlconf-import" and "broken_urls" in error.message and reason in error.message and error.hint
        assert error.place is None or (error.place.file, error.place.line) == (str(folder / "urls.py"), line)
        assert (error.file and Path(error.file).name == "urls.py") or error.place
    assert not validate_zone_configuration("a", ZoneConfig(apps=("broken_urls",)))


def test_every_broken_urlconf_is_said(install: Install) -> None:
    install("broken_one", urls="import nowhere_one\n")
    install("broken_two", urls="import nowhere_two\n")
    assert [each.code for each in errors(of_zones(a=("broken_one", "library"), b=("broken_two",)))] == ["urlconf-import"] * 2


@pytest.mark.parametrize("urls", [
    "from django.urls import re_path\nfrom . import views\nurlpatterns = [re_path(r'^(', views.things)]\n",
    "from django.urls import path\nurlpatterns = ['things/']\n",
    "from django.urls import include, path, re_path\nurlpatterns = [re_path('[', include([])), path('a', include([]))]\n",
])
def test_a_pattern_that_does_not_resolve(install: Install, urls: str) -> None:
    install("broken_patterns", urls=urls)
    (error,) = errors(of_zones(a=("broken_patterns",)))
    assert error.code == "url-pattern" and "broken_patterns.urls" in error.message
    assert error.file and error.file.endswith("urls.py")


def test_what_django_warns_of_is_a_warning(install: Install) -> None:
    urls = "from django.urls import path\nfrom . import views\nurlpatterns = [path('/things/', views.things)]\n"
    install("odd_patterns", urls=urls)
    (warning,) = found(of_zones(a=("odd_patterns",)), "url-pattern")
    assert warning.severity is Severity.WARNING and "/things/" in warning.message


def test_a_root_urlconf_that_does_not_import() -> None:
    with override_settings(ROOT_URLCONF="nowhere.urls"):
        (error,) = errors(of_groups(a=ALL))
    assert error.code == "urlconf-import" and "nowhere.urls" in error.message


def test_an_app_without_urls_is_remarked_in_a_zone(install: Install) -> None:
    install("no_urls", urls="")
    assert [each.severity for each in found(of_zones(a=("library", "no_urls")), "no-urls")] == [Severity.WARNING]
    assert not errors(of_zones(a=("library", "no_urls")))


def test_a_monorepo_that_is_not_there(tmp_path: Path) -> None:
    def packages(path: Path) -> list[Diagnostic]:
        said = {"groups": [{"name": "a", "apps": ALL, "title": "A"}], "monorepo": {"path": str(path), "api_package_path": "."}}
        return found(load_project(SimpleNamespace(SPECLOOM=said)), "no-monorepo")

    assert packages(tmp_path) == []
    (warning,) = packages(tmp_path / "web")
    assert warning.file == str(tmp_path / "web") and "--no-monorepo" in (warning.hint or "")


def test_notes_of_the_settings_are_among_the_findings() -> None:
    said = {"zones": {"a": {"apps": ALL}}, "auto_install_deps": True}
    project = load_project(SimpleNamespace(DJANGO_REVOLUTION=said))
    assert set(project.notes) <= set(check_project(project)) and project.notes


def test_schemas_that_are_made_have_no_error() -> None:
    assert [each for each in check_schemas(of_groups(library=ALL)) if each.severity is Severity.ERROR] == []


CLASHING = """\
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.response import Response


@extend_schema(operation_id="list_things", responses={200: str})
@api_view(["GET"])
def things(request):
    return Response([])


@extend_schema(operation_id="list_things", responses={200: str})
@api_view(["GET"])
def more(request):
    return Response([])
"""
TWO = "from django.urls import path\nfrom . import views\nurlpatterns = [path('a/', views.things), path('b/', views.more)]\n"


def test_operations_of_one_name_are_an_error(install: Install) -> None:
    install("clashing", views=CLASHING, urls=TWO)
    (error,) = [each for each in check_schemas(of_zones(mine=("clashing",))) if each.severity is Severity.ERROR]
    assert error.code == "operation-id-clash" and "list_things" in error.message and "mine" in error.message and error.hint


def test_a_schema_that_cannot_be_made_names_its_group(install: Install) -> None:
    install("crashing", views="from rest_framework.views import APIView\nclass Things(APIView):\n"
            "    def get_serializer(self): raise RuntimeError('boom')\n    def get(self, request): ...\n"
            "    @property\n    def schema(self): raise RuntimeError('boom')\n",
            urls="from django.urls import path\nfrom . import views\nurlpatterns = [path('a/', views.Things.as_view())]\n")
    said = [each for each in check_schemas(of_zones(mine=("crashing",), other=("library",))) if each.severity is Severity.ERROR]
    assert said and all("mine" in each.message for each in said)
    assert check_schemas(of_zones(mine=("crashing",), other=("library",)), ["other"]) == check_schemas(
        of_zones(other=("library",)))


# Under their names


def test_a_detector_of_the_projects_zones() -> None:
    detector = DynamicZoneDetector(of_zones(books=("library", f"{TESTS}.p*"), gone=("xyzzy",)))
    assert list(detector.detect_zones()) == detector.get_zone_names() == ["books", "gone"]
    assert detector.detect_zones()["books"].apps == (f"{TESTS}.library", f"{TESTS}.polls")
    assert detector.get_zone_apps("books") == detector.get_all_apps() == [f"{TESTS}.library", f"{TESTS}.polls"]
    assert detector.validate_zone("books") and not detector.validate_zone("gone") and not detector.validate_zone("nothing")
    assert detector.validate_zone_apps("books") and not detector.validate_zone_apps("gone")
    assert detector.findings("books") == () and detector.findings("gone")[0].code == "unknown-app"
    assert detector.app_exists("polls") and not detector.app_exists("pols")
    assert f"{TESTS}.polls" in detector.detect_apps()
    assert detector.get_zone("nothing") is None and detector.get_zone_apps("nothing") == []
    summary = detector.get_zones_summary()
    assert summary["total_zones"] == 2 and summary["zone_names"] == ["books", "gone"]
    zones = summary["zones"]
    assert isinstance(zones, dict) and zones["books"] == {
        "title": "Books", "description": "", "version": "v1", "apps": [f"{TESTS}.library", f"{TESTS}.polls"], "app_count": 2,
        "public": True, "auth_required": False, "path_prefix": "books",
    }


def test_a_detector_of_the_settings() -> None:
    config = get_revolution_config("/project", {"a": ZoneConfig(apps=("library",))})
    with override_settings(DJANGO_REVOLUTION=config):
        assert DynamicZoneDetector().zones == DynamicZoneDetector(config).zones


@pytest.mark.parametrize("config", [
    {"groups": [{"name": "a", "apps": ["library"], "title": "A"}]},
    OpenAPIClientConfig.model_validate({"groups": [{"name": "a", "apps": ["library"], "title": "A"}]}),
    RevolutionConfig.model_validate({"zones": {"a": {"apps": ["library"], "cors_enabled": True}}}),
])
def test_what_is_given_stands_in_the_place_of_the_settings(config: object) -> None:
    with override_settings(
        SPECLOOM={"groups": [{"name": "other", "apps": ["polls"], "title": "Other"}]}, BASE_DIR="/project",
        MIDDLEWARE=["corsheaders.middleware.CorsMiddleware"],
    ):
        with patch.object(django_settings, "INSTALLED_APPS", ["corsheaders"]):
            for made in (DynamicZoneDetector, OpenAPIGenerator, ArchiveManager):
                project = made(config).project if made is DynamicZoneDetector else made(config).config  # type: ignore[union-attr, arg-type]  # one of three
                assert [group.name for group in project.groups] == ["a"]
                assert project.outputs.base == Path("/project/openapi")
        assert OpenAPIGenerator().config.groups[0].name == "other"


def test_a_zone_alone() -> None:
    assert validate_zone_configuration("a", ZoneConfig(apps=("library",)))
    assert validate_zone_configuration("a", {"apps": ["library"]})
    assert not validate_zone_configuration("a", ZoneConfig(apps=("libary",)))
