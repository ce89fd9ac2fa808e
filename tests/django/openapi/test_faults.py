"""Views that crash, and what drf-spectacular remarks: told with file, line and what to do, and the rest goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import ModuleType

import pytest
from django.urls import path
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.settings import spectacular_settings
from pytest_django.fixtures import Settings

import specloom
from specloom.django.openapi import GroupDocument, group_document
from specloom.django.routing import forget_routes
from specloom.ir.diagnostics import Diagnostic, Severity, SpecloomError
from tests.django_project.describing import LIBRARY, group, project
from tests.django_project.faulty import views

Make = Callable[..., GroupDocument]
FAULTY = "tests.django_project.faulty"
SOURCE = Path(views.__file__)
_NUMBERS = count()


@pytest.fixture
def make(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes the document of a group whose views are these, by their paths."""
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, FAULTY]

    def made(given: dict[str, type[views.APIView]], **fields: object) -> GroupDocument:
        module = ModuleType(f"faulty_urls_{next(_NUMBERS)}")
        module.__dict__["urlpatterns"] = [path(f"api/{route}", view.as_view()) for route, view in given.items()]
        monkeypatch.setitem(sys.modules, module.__name__, module)
        settings.ROOT_URLCONF = module.__name__
        one = group("faulty", [FAULTY], **fields)
        return group_document(project(one), one)

    yield made
    forget_routes()


def line_of(text: str) -> int:
    return next(number for number, line in enumerate(SOURCE.read_text().splitlines(), 1) if text in line)


def paths(made: GroupDocument) -> dict[str, list[str]]:
    return {route: list(methods) for route, methods in made.document["paths"].items()}  # type: ignore[attr-defined]


def only(made: GroupDocument) -> Diagnostic:
    [found] = made.diagnostics
    return found


def test_views_that_crash_are_named_and_the_others_stay(make: Make) -> None:
    made = make({
        "made/": views.CrashesWhenMadeView, "serializer/": views.CrashesInSerializerView,
        "books/": views.CrashesInAuthenticationView, "sound/": views.SoundView,
    })
    assert paths(made) == {"/api/serializer/": ["post"], "/api/sound/": ["get"]}
    crashed = [each for each in made.diagnostics if each.code == "view-crash"]
    assert {each.message.partition(" crashes")[0].removeprefix(f"{FAULTY}.views.") for each in crashed} == {
        "CrashesWhenMadeView", "CrashesInSerializerView", "CrashesInAuthenticationView",
    }
    for each in crashed:
        assert each.severity is Severity.ERROR and each.hint and each.place is not None
        assert Path(each.place.file) == SOURCE
    reasons = {
        "no such device": "raise OSError", "no fields today": "raise LookupError",
        "attribute 'user'": "self.request.user.shelf",
    }
    for reason, code in reasons.items():
        [found] = [each for each in crashed if reason in each.message]
        assert found.place is not None and found.place.line == line_of(code)
    assert not GENERATOR_STATS._traces


def test_what_crashes_leaves_nothing_behind(make: Make) -> None:
    both = {"sound/": views.SoundView, "serializer/": views.CrashesInSerializerView}
    made = make(both)
    assert paths(made) == {"/api/serializer/": ["post"], "/api/sound/": ["get"]}
    assert list(made.document["components"]["schemas"]) == ["Part", "PartRequest"]  # type: ignore[index,call-overload]
    assert "GET /api/serializer/" in only(made).message
    assert specloom.load(made.document).diagnostics == specloom.load(make({"sound/": views.SoundView}).document).diagnostics


def test_a_class_that_cannot_be_made(make: Make) -> None:
    made = make({"sound/": views.SoundView, "made/": views.CrashesWhenMadeView})
    assert paths(made) == {"/api/sound/": ["get"]}
    assert "OSError: no such device" in only(made).message


@pytest.mark.parametrize(("view", "code", "says", "where"), [
    (views.SilentView, "unknown-serializer", "unable to guess serializer", "class SilentView"),
    (views.OddlyAuthenticatedView, "unknown-authentication", "OddAuthentication", "class OddlyAuthenticatedView"),
    (views.LooseView, "untyped-field", "get_loose", "class LooseSerializer"),
])
def test_remarks(make: Make, view: type[views.APIView], code: str, says: str, where: str) -> None:
    made = make({"<int:pk>/" if code == "untyped-field" else "one/": view})
    found = only(made)
    assert (found.code, found.severity) == (code, Severity.WARNING)
    assert says in found.message and "Warning" not in found.message and found.hint
    assert found.place is not None and (Path(found.place.file), found.place.line) == (SOURCE, line_of(where))


def test_two_operations_of_one_name(make: Make) -> None:
    made = make({"a/": views.NamedView, "b/": views.OtherNamedView})
    found = only(made)
    assert found.code == "operation-id-clash"
    assert "GET /api/a/ (NamedView) and GET /api/b/ (OtherNamedView)" in found.message
    assert found.pointer == "/paths/~1api~1b~1/get/operationId"
    assert found.place is not None and found.place.line == line_of("class OtherNamedView")
    assert {each.operation_id for each in specloom.load(made.document).operations} == {"thing", "thing_2"}


def test_remarks_are_not_made_where_the_project_does_not_want_them(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spectacular_settings, "DISABLE_ERRORS_AND_WARNINGS", True)
    assert make({"one/": views.SilentView}).diagnostics == ()


def test_no_split_of_requests_is_noted(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    given = dict(spectacular_settings.user_settings)
    del given["COMPONENT_SPLIT_REQUEST"]
    monkeypatch.setattr(spectacular_settings, "_user_settings", given)
    found = only(make({"sound/": views.SoundView}))
    assert (found.code, found.severity) == ("split-request-unset", Severity.INFO)


def test_default_schema_class_forgotten(settings: Settings, make: Make) -> None:
    right = make({"sound/": views.SoundView, "loose/<int:pk>/": views.LooseView})
    settings.REST_FRAMEWORK = {"PAGE_SIZE": 10}
    from rest_framework.schemas.openapi import AutoSchema

    forgotten = [type(cls.__name__, (cls,), {"schema": AutoSchema(), "__module__": cls.__module__})
                 for cls in (views.SoundView, views.LooseView)]
    made = make({"sound/": forgotten[0], "loose/<int:pk>/": forgotten[1]})
    assert paths(made) == paths(right)
    assert specloom.load(made.document).operations


def test_hooks_of_the_project_are_called(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def before(endpoints: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        return [endpoint for endpoint in endpoints if "a/" not in endpoint[0]]

    def after(result: dict[str, dict[str, object]], generator: object, request: object, public: bool) -> object:
        result["info"]["x-title"] = str(result["info"]["title"])
        return result

    monkeypatch.setattr(spectacular_settings, "PREPROCESSING_HOOKS", [before])
    monkeypatch.setattr(spectacular_settings, "POSTPROCESSING_HOOKS", [after])
    made = make({"a/": views.SoundView, "b/": views.SoundView}, title="Mine")
    assert paths(made) == {"/api/b/": ["get"]}
    assert made.document["info"]["x-title"] == "Mine"  # type: ignore[index,call-overload]


def test_a_hook_that_crashes_is_told(make: Make, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(**given: object) -> object:
        raise ZeroDivisionError("hook")

    before = spectacular_settings.TITLE
    monkeypatch.setattr(spectacular_settings, "POSTPROCESSING_HOOKS", [crash])
    with pytest.raises(SpecloomError) as caught:
        make({"one/": views.SilentView})
    assert [each.code for each in caught.value.diagnostics] == ["unknown-serializer", "schema-failed"]
    failed = caught.value.diagnostics[1]
    assert failed.place is not None and failed.place.file == __file__ and "ZeroDivisionError: hook" in failed.message
    assert before == spectacular_settings.TITLE and not GENERATOR_STATS
    assert capsys.readouterr().err == ""


def test_paths_that_are_wanted(make: Make) -> None:
    three = {"a/": views.SoundView, "b/": views.SoundView, "b/c/": views.SoundView}
    assert list(paths(make(three, include_patterns=("^/api/b/",)))) == ["/api/b/", "/api/b/c/"]
    assert list(paths(make(three, exclude_patterns=("c/$", "^/api/a")))) == ["/api/b/"]
    assert list(paths(make(three, include_patterns=("b",), exclude_patterns=("c",)))) == ["/api/b/"]
    nothing = make(three, include_patterns=("nothing",), exclude_patterns=("a/$", "elsewhere"))
    assert list(paths(nothing)) == []
    assert [each.code for each in nothing.diagnostics] == ["unused-pattern"] * 2
    assert [each.message.split("'")[1] for each in nothing.diagnostics] == ["nothing", "elsewhere"]


def test_views_with_versions(settings: Settings, make: Make) -> None:
    versioned = {"<str:version>/one/": views.VersionedView, "two/": views.SoundView}
    skipped = make(versioned, version="7.1")
    assert list(paths(skipped)) == ["/api/two/"]
    assert only(skipped).code == "no-version" and "VersionedView" in only(skipped).message
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "ALLOWED_VERSIONS": ["v1", "v2"]}
    for version in ("v1", "v2"):
        made = make(versioned, version=version)
        assert list(paths(made)) == [f"/api/{version}/one/", "/api/two/"]
        assert made.document["info"]["version"] == version  # type: ignore[index,call-overload]
        assert made.diagnostics == ()


def test_operations_that_let_anybody_in_though_a_group_does_not(settings: Settings) -> None:
    one = group("one", [LIBRARY], auth_required=True)
    found = only(group_document(project(one), one))
    assert found.code == "open-view" and "and 12 more" in found.message
